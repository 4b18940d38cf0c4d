/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One YAML file that has been held against its schema.
 */
#ifndef SOCIOPOINT_CONFIG_SOURCE_INTERNAL_H
#define SOCIOPOINT_CONFIG_SOURCE_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

#include "problems_internal.h"

struct config_yaml;
struct json_schema;

/* The schema in the file `path`, which is named `name` in problems; NULL when it is none. */
struct json_schema *config_schema_open(const char *path, const char *name,
                                       struct config_problems *problems);
/* The file if it is as the schema says; else NULL, and every problem is told. */
struct config_yaml *config_source_open(const char *path, const char *name,
                                       const struct json_schema *schema,
                                       struct config_problems *problems);

#endif
