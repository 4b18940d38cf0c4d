/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Percent-encoding, strictly (RFC 3986 section 2.1).
 */
#ifndef SOCIOPOINT_HTTP_URI_H
#define SOCIOPOINT_HTTP_URI_H

#include <stdbool.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/base/str.h"

enum http_uri_part { HTTP_URI_SEGMENT, HTTP_URI_QUERY };

enum http_uri_result { HTTP_URI_DECODED, HTTP_URI_MALFORMED, HTTP_URI_NO_MEMORY };

/*
 * Decodes one segment, or one name or value of a query (where '+' is a space). MALFORMED: a '%'
 * without two hexadecimal digits, a control byte (NUL too), or a result that is not UTF-8. Text
 * without '%' and '+' is not copied.
 */
MUST_USE enum http_uri_result http_uri_decode(struct str encoded, enum http_uri_part part,
                                              struct arena *arena, struct str *decoded);
/*
 * Appends `text` with everything but unreserved characters encoded; fits segments and queries
 * alike.
 */
void http_uri_append(struct builder *builder, struct str text);

#endif
