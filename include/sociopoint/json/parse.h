/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading JSON that nobody has vouched for.
 *
 * One pass over the bytes counts depth and values before the parser allocates anything, so that
 * what a text may cost is decided by the limits and not by its author. Accepted is RFC 8259 in
 * UTF-8 and nothing else: no duplicate keys (however they are escaped), no NUL in strings, no byte
 * order mark, no lone surrogates, no numbers that do not fit. Any value may stand at the top.
 *
 * Results are the caller's (json_decref, or CLEANUP(json_decrefp), both jansson's). Every function
 * but json_start may be called from any thread. Problems: json-* of json/problems.h; their pointer
 * is "", or "<path>:<line>" for files.
 */
#ifndef SOCIOPOINT_JSON_PARSE_H
#define SOCIOPOINT_JSON_PARSE_H

#include <jansson.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

/* What a text may cost. Elements are values of any kind, the members of objects included. */
struct json_limits {
    size_t bytes;
    size_t depth;
    size_t elements;
};

enum {
    JSON_REQUEST_BYTES = 1024 * 1024,
    JSON_REQUEST_DEPTH = 32,
    JSON_REQUEST_ELEMENTS = 20000, /* an empty object costs about 250 bytes of memory: 5 MB */
    JSON_FILE_BYTES = 64 * 1024 * 1024,
    JSON_FILE_DEPTH = 64,
    JSON_FILE_ELEMENTS = 4 * 1000 * 1000
};

/* For bodies of requests, and for files that an administrator names. */
extern const struct json_limits json_limits_request;
extern const struct json_limits json_limits_file;

/*
 * Seeds the hash of objects and has the library's allocations watched; to be called once, before
 * the first value and before there are threads.
 */
void json_start(void);

/* The value of the whole text, or NULL and *err (ERROR_MALFORMED, ERROR_LIMIT, ERROR_MEMORY). */
MUST_USE json_t *json_parse(struct str text, const struct json_limits *limits, struct error *err);

/* The same of a regular file; NULL also when it cannot be read (ERROR_NOT_FOUND, ERROR_UNAVAILABLE). */
MUST_USE json_t *json_parse_file(const char *path, const struct json_limits *limits,
                                 struct error *err);

#endif
