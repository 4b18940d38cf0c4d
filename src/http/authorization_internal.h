/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The key in a request (RFC 6750 section 2.1).
 */
#ifndef SOCIOPOINT_HTTP_AUTHORIZATION_INTERNAL_H
#define SOCIOPOINT_HTTP_AUTHORIZATION_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

/*
 * Whether there is one Authorization and it is "Bearer" (in any case), spaces and a key; *key is
 * the key then, else absent.
 */
bool authorization_bearer(const struct http_field *headers, size_t count, struct str *key);

#endif
