/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The best of the candidates of the asked situations.
 *
 * Candidates stand in groups that are alike in what decides most (catalogue/match_index.h). The
 * group that could hold the highest order is looked through first, and when none could hold one
 * that would be shown, the rest is never looked at. What candidates are worth is known by their
 * classes (worths_internal.h): a bound may be too high and never too low, so the answer does not
 * depend on it (ORDER_EXHAUSTIVE does without all this).
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
    struct ranked best[MATCH_SITUATIONS_MAXIMUM]; /* of each situation, where several are asked */
    /* With fewer fitting ones than that: */
    struct ranking near_misses;
    size_t missed[CONDITION_COUNT]; /* services that fail this hard condition alone */
};

/* Ranks the candidates of the asked situations; false when the arena is exhausted. */
MUST_USE bool rank_candidates(const struct match_context *context, struct ranks *ranks);

#endif
