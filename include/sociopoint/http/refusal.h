/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Requests the server refuses by itself, before any handler.
 *
 * The server decides status, code and headers (Allow, Retry-After); the document is written by the
 * `refuse` function of the options, in the language of the caller if it likes: it sets content type
 * and body of the answer (and may add headers such as Content-Language), from finished documents or
 * the answer's arena. What it leaves without a body gets a minimal application/problem+json. It
 * must not allocate much, wait or fail: it is also called when memory is short and for bytes that
 * are no request at all. It may be called from any worker thread.
 */
#ifndef SOCIOPOINT_HTTP_REFUSAL_H
#define SOCIOPOINT_HTTP_REFUSAL_H

#include <stddef.h>

#include "sociopoint/base/str.h"

enum { HTTP_REFUSAL_PARAMETERS = 16 };

struct http_refusal {
    int status;
    const char *code; /* one of http_refusal_at */
    /*
     * Query parameters whose value cannot be decoded (parameter-malformed), decoded names; valid
     * UTF-8.
     */
    struct str parameters[HTTP_REFUSAL_PARAMETERS];
    size_t parameter_count;
    struct str accept_language; /* as sent; absent when unknown */
    const char *request_id;
};

/* A row of the table of all refusals. */
struct http_refusal_kind {
    int status;
    const char *code;
    const char *title; /* the status in English, for the minimal document */
};

/*
 * The `index`-th kind, NULL past the end; so that rest can check that it has a sentence for each
 * code: request-malformed, framing-ambiguous, content-length-malformed, host-invalid,
 * body-unexpected, body-incomplete, path-malformed, query-malformed, parameter-malformed (400),
 * key-refused (401), path-unknown (404), method-not-allowed (405), request-timeout (408),
 * length-required (411), body-too-large (413), uri-too-long (414), expectation-unsupported (417),
 * rate-limited (429), headers-too-many (431), internal (500), overloaded (503),
 * version-unsupported (505).
 */
const struct http_refusal_kind *http_refusal_at(size_t index);

#endif
