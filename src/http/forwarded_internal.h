/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whose address a request comes from, when listed proxies stand between.
 */
#ifndef SOCIOPOINT_HTTP_FORWARDED_INTERNAL_H
#define SOCIOPOINT_HTTP_FORWARDED_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "network_internal.h"
#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

struct client {
    struct str text; /* a view of the peer or of a header */
    struct address address;
    bool is_proxy; /* a listed proxy speaks for itself, or does not say for whom */
};

/*
 * The client: the peer, unless that is a listed proxy; then the last address of X-Forwarded-For
 * that is no listed proxy. What is not an address ends the search at the one before.
 */
struct client forwarded_client(const struct networks *proxies, struct str peer,
                               const struct http_field *headers, size_t header_count);

#endif
