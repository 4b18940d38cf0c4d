/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A request as a handler sees it: routed, decoded and read to its end.
 *
 * It is a plain value, so that handlers can be tested without a server. Everything it shows lives
 * in its arena (or in the connection) and is valid until the answer has been written, so an answer
 * may refer to it. It belongs to one worker thread. Worker threads have a stack of about 100 KB:
 * buffers belong in the arena.
 */
#ifndef SOCIOPOINT_HTTP_REQUEST_H
#define SOCIOPOINT_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHOD_COUNT
};

/* A name and its value: a path parameter, a query parameter or a header. */
struct http_field {
    struct str name;
    struct str value;
};

struct http_request {
    enum http_method method;    /* HTTP_HEAD when so asked; the route is then the one of GET */
    const void *route_data;     /* `data` of the route */
    const char *route_template; /* "/v1/services/{id}" */
    struct str path;            /* as sent, still encoded, without the query */

    /* Decoded once; valid UTF-8 without control bytes (U+0000 to U+001F, U+007F). */
    const struct http_field *path_parameters;
    size_t path_parameter_count;
    const struct http_field *query; /* in the order sent; a name may occur several times */
    size_t query_count;

    /* As sent: bytes, not necessarily UTF-8. */
    const struct http_field *headers;
    size_t header_count;

    struct str body; /* all of it; empty when there is none */
    struct str
        remote_address; /* of the client; X-Forwarded-For counts when a listed proxy says so */
    bool with_key;  /* sent with a key that was not refused: the answer is for the sender alone */
    const char *id; /* 16 hexadecimal digits, also in the answer's X-Request-Id */
    struct arena *arena; /* reset after the answer */
    int64_t start_ms;    /* monotonic */
    int64_t deadline_ms; /* monotonic; whoever waits for something waits no longer */
};

/* "GET"; static storage. */
const char *http_method_name(enum http_method method);
/* Case-sensitive; false for any other word. */
MUST_USE bool http_method_from_text(struct str text, enum http_method *method);

/* The first header of that name in any case; absent when there is none. */
struct str http_request_header(const struct http_request *request, const char *name);
/* The first parameter of that name; absent when there is none. */
struct str http_request_query(const struct http_request *request, const char *name);
struct str http_request_path_parameter(const struct http_request *request, const char *name);

#endif
