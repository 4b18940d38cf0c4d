/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whose address a request comes from, when listed proxies stand between.
 */
#ifndef SOCIOPOINT_HTTP_FORWARDED_INTERNAL_H
#define SOCIOPOINT_HTTP_FORWARDED_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

struct proxies;

/*
 * Addresses ("127.0.0.1", "::1") and networks ("10.0.0.0/8"). Problem: proxy-malformed (pointer
 * "/proxies/0").
 */
MUST_USE struct proxies *proxies_new(const char *const *texts, size_t count, struct error *err);
void proxies_free(struct proxies *proxies);

/*
 * The address of the client: the peer, unless that is a listed proxy; then the last address of
 * X-Forwarded-For that is no listed proxy. What is not an address ends the search at the one
 * before. A view of `peer` or of a header.
 */
struct str forwarded_client(const struct proxies *proxies, struct str peer,
                            const struct http_field *headers, size_t header_count);

#endif
