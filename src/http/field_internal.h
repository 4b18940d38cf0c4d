/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables of names and values: headers, query and path parameters.
 */
#ifndef SOCIOPOINT_HTTP_FIELD_INTERNAL_H
#define SOCIOPOINT_HTTP_FIELD_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

/* Whether two header names are the same (ASCII case aside). */
bool field_same_name(struct str left, const char *right);
/* The first header of that name, NULL when there is none. */
const struct http_field *field_find(const struct http_field *fields, size_t count,
                                    const char *name);
size_t field_count(const struct http_field *fields, size_t count, const char *name);
/* Whether a comma-separated list such as Connection has that token, in any case. */
bool field_list_has(struct str list, const char *token);

#endif
