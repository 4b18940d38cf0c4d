/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The most points a candidate can come to, from its eight bytes alone.
 *
 * Few candidates of a large situation can still get among the best, and their rows lie far apart in
 * memory: not to look at the others is what makes a match cheap. A bound may be too high, never too
 * low: a condition that no trait speaks of counts with the most that any verdict of it gives. The
 * answer never depends on it (ORDER_EXHAUSTIVE does without).
 */
#ifndef SOCIOPOINT_MATCH_BOUND_INTERNAL_H
#define SOCIOPOINT_MATCH_BOUND_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "context_internal.h"

enum { BOUND_HALF = 7, BOUND_HALF_SETS = 1 << BOUND_HALF, BOUND_FORM_SETS = 8 };

/* Of one question. */
struct bound {
    int low[BOUND_HALF_SETS];   /* points by the lower half of a candidate's traits, */
    int high[BOUND_HALF_SETS];  /* by the upper, */
    int forms[BOUND_FORM_SETS]; /* and by the forms */
    int situation[MATCH_SITUATIONS_MAXIMUM][STRENGTH_NAMED + 1][2]; /* with a shared group: [1] */
    int costly;        /* what the costly conditions give at most */
    const int *source; /* the weights' points by the age of the source */
    int oldest;        /* the last of them: older ones and undated */
    int year;
    uint16_t reachable; /* candidates with one of these traits may be called or visited */
};

void bound_init(struct bound *bound, const struct match_context *context);

/* Points for serving the i-th asked situation, which are exact. */
static inline int bound_situation(const struct bound *bound, size_t asked,
                                  struct match_candidate candidate)
{
    bool shared = (candidate.traits & TRAIT_SHARED_GROUP) != 0;
    return bound->situation[asked][candidate.strength][shared];
}

/* What everything else can give at most. */
static inline int bound_rest(const struct bound *bound, struct match_candidate candidate)
{
    const int oldest = bound->oldest;
    int age = bound->year - (candidate.source_year + MATCH_YEAR_ZERO);
    age = age < 0 ? 0 : age > oldest || candidate.source_year == 0 ? oldest : age;
    const unsigned traits = candidate.traits & (TRAIT_FORMS - 1);
    return bound->low[traits & (BOUND_HALF_SETS - 1)] + bound->high[traits >> BOUND_HALF] +
           bound->forms[candidate.traits / TRAIT_FORMS] + bound->source[age];
}

/* The latest year its source can be of. */
static inline unsigned bound_year(struct match_candidate candidate)
{
    if (candidate.source_year == 0)
        return MATCH_UNDATED;
    return candidate.source_year == UINT8_MAX ? UINT16_MAX
                                              : candidate.source_year + (unsigned)MATCH_YEAR_ZERO;
}

#endif
