/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the code of a refusal to its status and its document.
 */
#ifndef SOCIOPOINT_HTTP_REFUSAL_INTERNAL_H
#define SOCIOPOINT_HTTP_REFUSAL_INTERNAL_H

#include "sociopoint/http/refusal.h"
#include "sociopoint/http/response.h"

/* The row of a code; a code that is not in the table is our own mistake. */
const struct http_refusal_kind *refusal_kind(const char *code);
/*
 * The document of last resort: type, title, status and code in fixed bytes, without any allocation.
 */
struct str refusal_minimal_document(const struct http_refusal_kind *kind);

#endif
