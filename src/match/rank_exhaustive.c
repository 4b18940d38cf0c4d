/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_exhaustive_internal.h"

#include "served_internal.h"
#include "weigh_internal.h"

static int64_t weigh_row(const struct match_context *context, const struct match_row *row)
{
    int64_t worth = worth_zero();
    for (enum match_facet facet = 0; facet < FACET_COUNT; facet++) {
        if (weigh_is_asked(context, facet))
            worth += weigh_facet(context, facet, row);
    }
    return worth;
}

static void take(const struct match_context *context, struct ranks *ranks, uint32_t row,
                 const struct served *served)
{
    const int64_t worth = served->worth + weigh_row(context, &context->index->rows[row]);
    if (worth < 0 && !worth_is_near_miss(worth))
        return;
    const int64_t fitting = worth < 0 ? worth_without_failure(worth) : worth;
    struct ranked fresh = {.order = fitting & weigh_order_mask(context),
                           .row = row,
                           .score = worth_points(fitting),
                           .served = served->set,
                           .named = served->named};
    if (worth < 0) {
        fresh.failed = worth_failed(worth);
        ranks->missed[fresh.failed]++;
        ranking_insert(&ranks->near_misses, &fresh);
        return;
    }
    ranks->fitting++;
    ranking_keep_best(ranks->best, context->question->situation_count, &fresh);
    ranking_insert(&ranks->results, &fresh);
}

void rank_exhaustive(const struct match_context *context, struct ranks *ranks)
{
    struct served_sets sets;
    served_init(&sets, context);
    for (size_t row = 0; row < context->index->row_count; row++) {
        const struct served served = served_by(&sets, (uint32_t)row);
        if (served.set != 0)
            take(context, ranks, (uint32_t)row, &served);
    }
}
