/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How a service stands to the conditions of a question, and what that is worth.
 *
 * A worth is a sum: of what the asked situations give that a service serves, and of what each of
 * its facets (catalogue/match_index.h) gives. So the match adds a few numbers for a candidate, and
 * asks the conditions once for each class. The greater worth stands first:
 *
 *   bits 54 up  minus one for each hard condition that fails, which makes the sum negative
 *   46 to 53    which condition that is, where it is one
 *   42 to 45    coverage: how many of the asked situations it serves
 *   41          it can be called or visited
 *   21 to 40    points, from the middle on
 *   5 to 20     the year of the source
 *   4           of the place only the most is known that any row of its class can give
 *   0 to 3      of how many facets only the most is known that any row can give
 */
#ifndef SOCIOPOINT_MATCH_WEIGH_INTERNAL_H
#define SOCIOPOINT_MATCH_WEIGH_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "context_internal.h"
#include "sociopoint/match/match.h"

enum { WORTH_YEAR_BIT = 5, WORTH_POINTS_BIT = 21, WORTH_FIT_BIT = 41, WORTH_FAILED_BIT = 46 };

#define WORTH_BOUNDED   INT64_C(1)
#define WORTH_NARROWED  INT64_C(16)
#define WORTH_YEAR      (INT64_C(1) << WORTH_YEAR_BIT)
#define WORTH_POINT     (INT64_C(1) << WORTH_POINTS_BIT)
#define WORTH_REACHABLE (INT64_C(1) << WORTH_FIT_BIT)
#define WORTH_COVERAGE  (INT64_C(1) << 42)
#define WORTH_FAILED    (INT64_C(1) << WORTH_FAILED_BIT)
#define WORTH_FAILURE   (INT64_C(1) << 54)
/* Of a service that is neither a result nor a near miss, whatever else speaks for it. */
#define WORTH_NEVER (-256 * WORTH_FAILURE)

/* How the service of the row stands to a condition of the question. */
enum match_verdict weigh_verdict(const struct match_context *context, const struct match_row *row,
                                 const struct active_rule *active);
/* The points of a verdict. */
int weigh_points(const struct match_context *context, const struct match_row *row,
                 const struct active_rule *active, enum match_verdict verdict);
/* How far the record can be trusted. */
enum match_freshness weigh_freshness(const struct match_context *context,
                                     const struct match_row *row);
/* The points for serving a situation, and for the source. */
int weigh_situation_points(const struct match_context *context, bool named, bool shares_group);
int weigh_source_points(const struct match_context *context, const struct match_row *row);

/* What a facet of the row is worth; the same for all rows of its class. */
int64_t weigh_facet(const struct match_context *context, enum match_facet facet,
                    const struct match_row *row);
/* What a facet of all rows of the class is worth; where they differ, the most of it, and
 * WORTH_NARROWED is among it. */
int64_t weigh_class(const struct match_context *context, enum match_facet facet, uint16_t class);
/* The most it can be worth for any row; WORTH_BOUNDED is among it. */
int64_t weigh_most(const struct match_context *context, enum match_facet facet);
/* Whether the question has to do with the facet; if not, it is worth nothing. */
bool weigh_is_asked(const struct match_context *context, enum match_facet facet);
/* What serving a situation is worth. */
int64_t weigh_situation(const struct match_context *context, bool named, bool shares_group);
/* The part of a worth by which the rules order. */
int64_t weigh_order_mask(const struct match_context *context);

/* The worth of a service that serves nothing yet, to which the rest is added. */
static inline int64_t worth_zero(void)
{
    return INT64_C(1) << (WORTH_FIT_BIT - 1);
}

/* The points in a worth in which nothing fails. */
static inline int worth_points(int64_t worth)
{
    const int64_t mask = (INT64_C(1) << (WORTH_FIT_BIT - WORTH_POINTS_BIT)) - 1;
    return (int)((worth >> WORTH_POINTS_BIT & mask) - (worth_zero() >> WORTH_POINTS_BIT));
}

/* Whether it is only the most, as far as some facet is concerned. */
static inline bool worth_is_bounded(int64_t worth)
{
    return (worth & (WORTH_YEAR - WORTH_BOUNDED)) != 0;
}

/* Whether exactly one hard condition fails. */
static inline bool worth_is_near_miss(int64_t worth)
{
    return worth < 0 && worth >= -WORTH_FAILURE;
}

/* Of a near miss: the condition, and the worth without the failure. */
static inline enum match_condition worth_failed(int64_t worth)
{
    return (enum match_condition)((worth + WORTH_FAILURE) >> WORTH_FAILED_BIT);
}

static inline int64_t worth_without_failure(int64_t worth)
{
    return (worth + WORTH_FAILURE) & (WORTH_FAILED - 1);
}

#endif
