/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer under construction.
 *
 * The server adds what every answer has: Content-Length, Date, X-Request-Id, Connection,
 * X-Content-Type-Options, Referrer-Policy, Content-Security-Policy and, with a page,
 * Permissions-Policy (these four only where the answer does not set them itself), the CORS headers
 * of a public route, and where requests are counted RateLimit-Policy and RateLimit. It leaves the
 * body out for HEAD, 204 and 304; a handler of GET need not know.
 *
 * Failure is sticky, as with builders: when a header or piece does not fit, or a header has a byte
 * that must not stand in one, the server sends its 500 instead of the answer.
 *
 * Names, values and pieces are views: they must stay valid until the answer has been written, so
 * they are literals, arena memory of the request, or kept alive by what `release` gives back. An
 * answer belongs to one thread.
 */
#ifndef SOCIOPOINT_HTTP_RESPONSE_H
#define SOCIOPOINT_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

enum {
    HTTP_RESPONSE_HEADERS = 24,
    HTTP_RESPONSE_PIECES_MAXIMUM = 65536,
    HTTP_RESPONSE_HEAD_ROOM = 2048 /* what a usual head takes, and more */
};

struct http_response {
    int status;              /* 0 until set; 200 ... 599 */
    struct str content_type; /* absent: none is sent */
    struct http_field headers[HTTP_RESPONSE_HEADERS];
    size_t header_count;
    struct str *pieces; /* the body, one after the other */
    size_t piece_count;
    size_t piece_capacity;
    char *composed; /* the first piece, where the head may be written in front of it; else NULL */
    struct arena *arena; /* where `pieces` grows */
    bool failed;

    /* Called once when the answer has been written, or could not be; NULL for nothing. */
    void (*release)(void *context);
    void *release_context;
};

/* Without status, headers or body. */
void http_response_init(struct http_response *response, struct arena *arena);
/* Back to what http_response_init left, but for `release`: an error found half-way starts anew. */
void http_response_clear(struct http_response *response);
/* Adds a header; `name` is a literal such as "ETag". */
void http_response_header(struct http_response *response, const char *name, struct str value);
/* The value of a header set before, its name in any case; absent when there is none. */
struct str http_response_get_header(const struct http_response *response, const char *name);
/* Adds a piece to the body; nothing is copied. */
void http_response_append(struct http_response *response, struct str piece);
/* Status, type and a body of one piece. */
void http_response_set(struct http_response *response, int status, struct str content_type,
                       struct str body);
/*
 * The same of a body that has HTTP_RESPONSE_HEAD_ROOM bytes before it, which become the server's:
 * head and body then leave in one write without being copied.
 */
void http_response_set_composed(struct http_response *response, int status, struct str content_type,
                                char *body, size_t length);
/* The bytes of all pieces. */
uint64_t http_response_length(const struct http_response *response);
/*
 * Calls `release` if there is one, once. The server does it; a test without a server does it
 * itself.
 */
void http_response_release(struct http_response *response);

#endif
