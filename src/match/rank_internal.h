/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One pass over the candidates of the asked situations, the best kept.
 *
 * What each facet of a candidate is worth stands in a table by its class. At first the tables hold
 * the most that a facet can give; the conditions are asked only for classes of candidates that
 * could be shown, those that need more than the row last, and what they say is kept for the other
 * candidates of the class. So a bound is never too low, and the answer never depends on it
 * (ORDER_EXHAUSTIVE does without tables).
 */
#ifndef SOCIOPOINT_MATCH_RANK_INTERNAL_H
#define SOCIOPOINT_MATCH_RANK_INTERNAL_H

#include "context_internal.h"
#include "ranking_internal.h"
#include "sociopoint/base/attribute.h"

struct ranks {
    struct ranking results;
    size_t fitting; /* services without a failed hard condition; from MATCH_RESULTS_ENOUGH on not
                       all of them */
    /* With fewer fitting ones than that: */
    struct ranking near_misses;
    size_t missed[CONDITION_COUNT]; /* services that fail this hard condition alone */
};

/* Ranks the candidates of the asked situations; false when the arena is exhausted. */
MUST_USE bool rank_candidates(const struct match_context *context, struct ranks *ranks);

#endif
