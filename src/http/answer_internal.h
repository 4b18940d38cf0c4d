/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer as bytes: status line, headers, body.
 */
#ifndef SOCIOPOINT_HTTP_ANSWER_INTERNAL_H
#define SOCIOPOINT_HTTP_ANSWER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/http/response.h"

enum { ANSWER_SCRATCH_SIZE = 4096 };

struct answer {
    const struct http_response *response; /* with a status and not failed */
    const char *request_id;
    const char *date;  /* as in the Date header */
    bool without_body; /* HEAD */
    bool keeps_connection;
    bool any_origin;         /* CORS */
    struct str limit_policy; /* RateLimit-Policy and RateLimit; absent: not sent */
    struct str limit_now;
};

/* Where the bytes go; `write` takes all of them or returns false. */
struct answer_sink {
    bool (*write)(void *context, const char *bytes, size_t length);
    void *context;
};

/*
 * Writes the answer, in one write when it is small. The buffer comes from the arena; when that has
 * no room left, `scratch` serves, so that an answer never fails for want of memory. Sets
 * *body_bytes to what was sent of the body.
 */
bool answer_write(const struct answer *answer, struct arena *arena,
                  char scratch[ANSWER_SCRATCH_SIZE], const struct answer_sink *sink,
                  uint64_t *body_bytes);

enum { ANSWER_DATE_SIZE = 32 };

/* "Tue, 15 Nov 1994 08:12:31 GMT", in no locale; returns `text`. */
char *answer_date(int64_t wall_ms, char text[ANSWER_DATE_SIZE]);

#endif
