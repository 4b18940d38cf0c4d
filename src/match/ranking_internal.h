/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The best services so far, and the rules about the list as a whole.
 */
#ifndef SOCIOPOINT_MATCH_RANKING_INTERNAL_H
#define SOCIOPOINT_MATCH_RANKING_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/domain/match_condition.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"

/* A service and what decides its place. */
struct ranked {
    int64_t order; /* greater first; equal ones by row */
    uint32_t row;
    int score;
    uint8_t served;              /* bit i: it serves the i-th asked situation */
    uint8_t named;               /* ... because its record names it */
    enum match_condition failed; /* of a near miss: the hard condition */
};

/* Best first. */
struct ranking {
    struct ranked items[MATCH_LIMIT_MAXIMUM + MATCH_SPARE];
    size_t count;
    size_t maximum;
};

bool ranked_stands_before(const struct ranked *left, const struct ranked *right);

void ranking_init(struct ranking *ranking, size_t maximum);
/* Puts it in its place, if it is among the best `maximum`. */
void ranking_insert(struct ranking *ranking, const struct ranked *fresh);
/* The same in place of what the ranking has of its row. */
void ranking_replace(struct ranking *ranking, const struct ranked *fresh);
/* Remembers it where it is better than the best so far of a situation that it serves; of a situation
 * that has none yet, `served` is 0. */
void ranking_keep_best(struct ranked *best, size_t situations, const struct ranked *fresh);
/* Leaves the first `maximum`. */
void ranking_cut(struct ranking *ranking, size_t maximum);
/* Where none of the ranked serves a situation, the best that does (its `served` is not 0) takes the
 * place of the last that no situation needs. */
void ranking_serve_every_situation(struct ranking *ranking, const struct ranked *best,
                                   size_t situations);

#endif
