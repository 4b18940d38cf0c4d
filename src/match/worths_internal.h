/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the classes of services are worth to a question, found out as it is needed.
 *
 * For each facet that the question has to do with there is a table by class. At first it holds the
 * most that the facet can give, marked as bounded; the conditions are asked when a candidate of the
 * class could be shown, those that need more than the row last, and what they say is kept for the
 * other candidates of the class. So what is read here is never too low.
 */
#ifndef SOCIOPOINT_MATCH_WORTHS_INTERNAL_H
#define SOCIOPOINT_MATCH_WORTHS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "context_internal.h"
#include "sociopoint/base/attribute.h"

struct worths {
    const struct match_context *context;
    int64_t order_mask;
    int64_t *of[FACET_COUNT]; /* by facet and class; NULL: it is not asked and worth nothing */
    enum match_facet asked[FACET_COUNT]; /* in the order of the enum */
    size_t asked_count;
    enum match_facet rest[FACET_COUNT]; /* those in which candidates of a group differ */
    size_t rest_count;
    int64_t rest_most;                  /* no row has more of these */
    enum match_facet open[FACET_COUNT]; /* those of which not every class was asked at once */
    size_t open_count;
    size_t quick_count; /* of these: those whose conditions look at the row alone, the first ones */
};

/* False when the arena is exhausted. */
MUST_USE bool worths_init(struct worths *worths, const struct match_context *context);
/* What a class is worth, for which its conditions are asked if they have not been; of
 * MATCH_NO_CLASS the most. */
int64_t worths_of_class(const struct worths *worths, enum match_facet facet, uint16_t class);
/* What a row with the classes is worth, as far as it is known. */
int64_t worths_of_row(const struct worths *worths, const struct match_row_classes *classes);
/* The worth of the row, of which the first open facets become known, as long as it reaches the
 * bar. */
int64_t worths_settle(const struct worths *worths, uint32_t row, int64_t worth, size_t open_count,
                      int64_t bar);

#endif
