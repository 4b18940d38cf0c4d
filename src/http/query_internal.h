/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The query of a URI as decoded parameters.
 */
#ifndef SOCIOPOINT_HTTP_QUERY_INTERNAL_H
#define SOCIOPOINT_HTTP_QUERY_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/http/refusal.h"
#include "sociopoint/http/request.h"

enum { QUERY_PARAMETERS_MAXIMUM = 64 };

struct query {
    struct http_field *fields;
    size_t count;
    /* Names of the parameters whose value cannot be decoded; no more than a refusal can name. */
    struct str malformed[HTTP_REFUSAL_PARAMETERS];
    size_t malformed_count;
};

/*
 * Parses "a=1&b=2". An empty item is skipped, an item without '=' has an empty value. Returns NULL,
 * or the code of a refusal: query-malformed (a name that cannot be decoded or is empty, too many
 * parameters), parameter-malformed (see `malformed`), overloaded (no memory).
 */
const char *query_parse(struct str text, struct arena *arena, struct query *query);

#endif
