/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a server serves: a row for each method of each path.
 *
 * A template is a path of segments: literal ("services"), a parameter ("{id}", which takes one
 * whole segment, not empty) or a parameter with a suffix ("{id}.ics"). Matching is exact and
 * case-sensitive, a trailing slash is another path, and an encoded slash is data and never
 * separates. Where several templates fit, the one with the more literal segment (from the left)
 * wins: "/services/search" before "/services/{id}.ics" before "/services/{id}". HEAD follows GET
 * and OPTIONS is answered by the server; neither may stand in the table.
 */
#ifndef SOCIOPOINT_HTTP_ROUTE_H
#define SOCIOPOINT_HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/http/request.h"

enum { HTTP_PATH_PARAMETERS_MAXIMUM = 8, HTTP_PATH_SEGMENTS_MAXIMUM = 16 };

struct http_route {
    enum http_method method;
    const char *path_template; /* must outlive the server */
    const void *data;          /* given to the handler */
    size_t body_maximum;       /* 0: that of the server's options */
    int64_t request_ms;        /* 0: that of the server's options */
    bool is_public;            /* any origin may read the answer (CORS), without credentials */
    bool is_uncounted;         /* requests do not count against the client's limit */
};

#endif
