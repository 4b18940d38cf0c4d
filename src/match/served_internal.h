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
    int64_t worth[2][2]; /* of one situation, by whether it is named and a group is shared; of one
                            that is not served: [0][0], which is 0 */
};

struct served {
    int64_t worth; /* of all that it serves */
    uint8_t set;   /* bit i: the i-th asked situation */
    uint8_t named; /* ... because its record names it */
};

void served_init(struct served_sets *sets, const struct match_context *context);
/* What the situation is worth to a candidate of this strength. */
static inline int64_t served_worth(const struct served_sets *sets, unsigned strength,
                                   unsigned shares_group)
{
    return sets->worth[strength == STRENGTH_NAMED][shares_group];
}

/* An empty set when the row is no candidate. */
static inline struct served served_by(const struct served_sets *sets, uint32_t row)
{
    enum { WORD_BITS = 64 };
    struct served served = {0};
    for (size_t i = 0; i < sets->situations; i++) {
        const unsigned named = sets->named[i][row / WORD_BITS] >> (row % WORD_BITS) & 1;
        const unsigned shares = sets->sharing[i][row / WORD_BITS] >> (row % WORD_BITS) & 1;
        served.worth += sets->worth[named][shares];
        served.set |= (uint8_t)((named | shares) << i);
        served.named |= (uint8_t)(named << i);
    }
    return served;
}

#endif
