/* SPDX-License-Identifier: EUPL-1.2 */
#include "refusal_internal.h"

#include <assert.h>
#include <string.h>

#include "sociopoint/base/str.h"

/* Status, code, title; one list for the kinds and their minimal documents. */
#define REFUSALS(ROW)                                                                              \
    ROW(400, "request-malformed", "Bad Request")                                                   \
    ROW(400, "framing-ambiguous", "Bad Request")                                                   \
    ROW(400, "content-length-malformed", "Bad Request")                                            \
    ROW(400, "host-invalid", "Bad Request")                                                        \
    ROW(400, "body-unexpected", "Bad Request")                                                     \
    ROW(400, "body-incomplete", "Bad Request")                                                     \
    ROW(400, "path-malformed", "Bad Request")                                                      \
    ROW(400, "query-malformed", "Bad Request")                                                     \
    ROW(400, "parameter-malformed", "Bad Request")                                                 \
    ROW(401, "key-refused", "Unauthorized")                                                        \
    ROW(404, "path-unknown", "Not Found")                                                          \
    ROW(405, "method-not-allowed", "Method Not Allowed")                                           \
    ROW(408, "request-timeout", "Request Timeout")                                                 \
    ROW(411, "length-required", "Length Required")                                                 \
    ROW(413, "body-too-large", "Content Too Large")                                                \
    ROW(414, "uri-too-long", "URI Too Long")                                                       \
    ROW(417, "expectation-unsupported", "Expectation Failed")                                      \
    ROW(429, "rate-limited", "Too Many Requests")                                                  \
    ROW(431, "headers-too-many", "Request Header Fields Too Large")                                \
    ROW(500, "internal", "Internal Server Error")                                                  \
    ROW(503, "overloaded", "Service Unavailable")                                                  \
    ROW(505, "version-unsupported", "HTTP Version Not Supported")

#define KIND_ROW(status, code, title) {status, code, title},
static const struct http_refusal_kind kinds[] = {REFUSALS(KIND_ROW)};

#define DOCUMENT_ROW(status, code, title)                                                          \
    "{\"type\":\"about:blank\",\"title\":\"" title "\",\"status\":" #status ",\"code\":\"" code    \
    "\"}",
static const char *const documents[] = {REFUSALS(DOCUMENT_ROW)};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

const struct http_refusal_kind *http_refusal_at(size_t index)
{
    return index < KINDS ? &kinds[index] : NULL;
}

const struct http_refusal_kind *refusal_kind(const char *code)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i].code, code) == 0)
            return &kinds[i];
    }
    assert(false && "a refusal without a row");
    return &kinds[0];
}

struct str refusal_minimal_document(const struct http_refusal_kind *kind)
{
    return str_from(documents[kind - kinds]);
}
