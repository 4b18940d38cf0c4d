/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One pass over the candidates: points from the rows alone, the best kept.
 */
#ifndef SOCIOPOINT_MATCH_RANK_INTERNAL_H
#define SOCIOPOINT_MATCH_RANK_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "context_internal.h"
#include "sociopoint/match/match.h"

/* Bits of struct ranked's `order` below coverage and reachability: points and the source's year. */
enum { RANK_SCORE_BITS = 20, RANK_YEAR_BITS = 16, RANK_POINTS_BITS = 36 };

/* A candidate and what decides its place. */
struct ranked {
    uint64_t order; /* greater first; equal ones by row */
    uint32_t row;
    int score;
    uint8_t served;                  /* bit i: it serves the i-th asked situation */
    uint8_t named;                   /* ... because its record names it */
    uint8_t coverage;                /* how many it serves */
    const struct match_rule *failed; /* the one hard condition of a near miss; NULL: none */
};

/* The best so far, best first. */
struct ranking {
    struct ranked items[MATCH_LIMIT_MAXIMUM + MATCH_SPARE];
    size_t count;
    size_t maximum;
};

struct ranks {
    struct ranking results;
    struct ranking near_misses;
    size_t fitting;                 /* services without a failed hard condition, shown or not */
    size_t missed[CONDITION_COUNT]; /* services that fail this hard condition alone */
};

/* Ranks the candidates of the asked situations. */
void rank_candidates(const struct match_context *context, struct ranks *ranks);
/* How the service of the candidate stands to a condition of the question. */
enum match_verdict rank_verdict(const struct match_context *context, const struct match_row *row,
                                const struct active_rule *active);
/* The points of a verdict. */
int rank_points(const struct match_context *context, const struct match_row *row,
                const struct active_rule *active, enum match_verdict verdict);
/* How far the record can be trusted. */
enum match_freshness rank_freshness(const struct match_context *context,
                                    const struct match_row *row);
/* The points for serving the i-th asked situation, and for the source. */
int rank_situation_points(const struct match_context *context, const struct match_row *row,
                          size_t asked, bool named);
int rank_source_points(const struct match_context *context, const struct match_row *row);

#endif
