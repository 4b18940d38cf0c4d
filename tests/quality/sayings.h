/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What understanding learns from, as rows another program can read: the names, descriptions and
 * synonyms of the situations, the examples of how people say them, and what is about something
 * else.
 */
#ifndef SOCIOPOINT_TESTS_QUALITY_SAYINGS_H
#define SOCIOPOINT_TESTS_QUALITY_SAYINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "sociopoint/base/error.h"
#include "sociopoint/domain/knowledge.h"

/*
 * Writes one row for each saying and situation it stands for: the situation's key (or "none"), the
 * language, the saying, between tabs, as COPY of PostgreSQL reads it. `config` is the folder that
 * `knowledge` was loaded from.
 */
MUST_USE bool sayings_write(const struct knowledge *knowledge, const char *config, FILE *to,
                            struct error *err);

#endif
