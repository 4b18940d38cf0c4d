/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_named_internal.h"

#include "served_internal.h"
#include "sociopoint/match/named.h"
#include "weigh_internal.h"

/* What the row is worth with its name, which covers more than all situations, and what it serves. */
static int64_t weigh_named(const struct match_context *context, uint32_t row, struct ranked *ranked)
{
    struct served_sets sets;
    served_init(&sets, context);
    const struct served served = served_by(&sets, row);
    const int64_t covered = (int64_t)sets.situations + 1 - __builtin_popcount(served.set);
    int64_t worth = worth_zero() + served.worth + covered * WORTH_COVERAGE +
                    context->knowledge->weights.name * WORTH_POINT;
    *ranked = (struct ranked){.row = row, .served = served.set, .named = served.named};
    for (enum match_facet facet = 0; facet < FACET_COUNT; facet++) {
        if (weigh_is_asked(context, facet))
            worth += weigh_facet(context, facet, &context->index->rows[row]);
    }
    return worth;
}

static void finish(const struct match_context *context, int64_t worth, struct ranked *ranked)
{
    ranked->order = worth & weigh_order_mask(context);
    ranked->score = worth_points(worth);
}

void rank_named_results(const struct match_context *context, struct ranks *ranks)
{
    const struct match_named *named = context->question->named;
    for (size_t i = 0; named != NULL && i < named->count; i++) {
        struct ranked fresh;
        const int64_t worth = weigh_named(context, named->items[i].row, &fresh);
        if (worth < 0)
            continue;
        finish(context, worth, &fresh);
        ranks->fitting += fresh.served == 0; /* the others have been counted */
        ranking_replace(&ranks->results, &fresh);
    }
}

void rank_named_near_misses(const struct match_context *context, struct ranks *ranks)
{
    const struct match_named *named = context->question->named;
    for (size_t i = 0; named != NULL && i < named->count; i++) {
        struct ranked fresh;
        const int64_t worth = weigh_named(context, named->items[i].row, &fresh);
        if (!worth_is_near_miss(worth))
            continue;
        finish(context, worth_without_failure(worth), &fresh);
        fresh.failed = worth_failed(worth);
        ranks->missed[fresh.failed] += fresh.served == 0;
        ranking_replace(&ranks->near_misses, &fresh);
    }
}

const struct text_spans *rank_named_words(const struct match_context *context, uint32_t row)
{
    const struct match_named *named = context->question->named;
    for (size_t i = 0; named != NULL && i < named->count; i++) {
        if (named->items[i].row == row)
            return &named->items[i].words;
    }
    return NULL;
}
