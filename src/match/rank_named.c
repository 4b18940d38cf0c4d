/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_named_internal.h"

#include "sociopoint/match/named.h"
#include "weigh_internal.h"

/* The row among the candidates of a situation in a part of them, or NULL. */
static const struct match_candidate *find_in_part(const struct match_index *index,
                                                  const uint32_t *part, uint32_t row)
{
    uint32_t low = part[0];
    uint32_t high = part[1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (index->candidate_items[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    const struct match_candidate *found = &index->candidate_items[low];
    return low < part[1] && found->row == row ? found : NULL;
}

/* A row stands in the part of the asked municipality or in that of several, if it is offered. */
static const struct match_candidate *find_candidate(const struct match_context *context,
                                                    size_t asked, uint32_t row)
{
    const struct match_index *index = context->index;
    const uint32_t *parts = index->candidates[context->question->situations[asked]].parts;
    const struct match_candidate *here =
        find_in_part(index, parts + context->question->municipality, row);
    return here != NULL ? here
                        : find_in_part(index, parts + context->knowledge->municipality_count, row);
}

/* What the row is worth with its name, which covers more than all situations, and what it serves. */
static int64_t weigh_named(const struct match_context *context, uint32_t row, struct ranked *ranked)
{
    const size_t situations = context->question->situation_count;
    int64_t worth = worth_zero() + ((int64_t)situations + 1) * WORTH_COVERAGE +
                    context->knowledge->weights.name * WORTH_POINT;
    *ranked = (struct ranked){.row = row};
    for (size_t i = 0; i < situations; i++) {
        const struct match_candidate *candidate = find_candidate(context, i, row);
        if (candidate == NULL)
            continue;
        const bool named = candidate->strength == STRENGTH_NAMED;
        worth += weigh_situation(context, named, candidate->shares_group == 1) - WORTH_COVERAGE;
        ranked->served |= (uint8_t)(1U << i);
        ranked->named |= (uint8_t)((unsigned)named << i);
    }
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
