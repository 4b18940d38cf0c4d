/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether the framing of a request is beyond doubt. Ambiguity is never repaired: it is refused, and
 * the connection closed, because a proxy in front may have read it the other way.
 */
#ifndef SOCIOPOINT_HTTP_FRAMING_INTERNAL_H
#define SOCIOPOINT_HTTP_FRAMING_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

enum {
    FRAMING_HEADERS_MAXIMUM = 63, /* civetweb stores 64 and drops the rest silently */
    FRAMING_URI_MAXIMUM = 8 * 1024,
    FRAMING_HEAD_MAXIMUM = 16 * 1024
};

/* The head of a request as received. */
struct head {
    struct str method;
    struct str uri; /* with the query */
    struct str version;
    const struct http_field *headers;
    size_t header_count;
};

struct framing {
    uint64_t body_length;
    bool expects_continue;
    bool client_closes; /* the client asks for the end of the connection, or cannot keep it */
};

/*
 * Fills *framing and returns NULL, or the code of a refusal: uri-too-long, headers-too-many,
 * framing-ambiguous, length-required, content-length-malformed, host-invalid, body-unexpected,
 * expectation-unsupported.
 */
const char *framing_check(const struct head *head, struct framing *framing);

#endif
