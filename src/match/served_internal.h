/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which of the asked situations a service serves, by the sets of rows of each, and what that is
 * worth.
 */
#ifndef SOCIOPOINT_MATCH_SERVED_INTERNAL_H
#define SOCIOPOINT_MATCH_SERVED_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "context_internal.h"

/* What of a question this looks at, close at hand. */
struct served_sets {
    size_t situations;
    const uint64_t *named[MATCH_SITUATIONS_MAXIMUM]; /* as in struct match_candidates */
    const uint64_t *sharing[MATCH_SITUATIONS_MAXIMUM];
    int64_t worth[STRENGTH_NAMED + 1][2]; /* of one situation; with a shared group: [1] */
};

struct served {
    int64_t worth;    /* of all that it serves */
    uint8_t set;      /* bit i: the i-th asked situation */
    uint8_t named;    /* ... because its record names it */
    uint8_t coverage; /* how many */
};

void served_init(struct served_sets *sets, const struct match_context *context);
/* An empty set when the row is no candidate. */
struct served served_by(const struct served_sets *sets, uint32_t row);

#endif
