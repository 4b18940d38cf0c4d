/* SPDX-License-Identifier: EUPL-1.2 */
#include "diversity_internal.h"

#include "weigh_internal.h"

#include <string.h>

static const struct uuid *organization_of(const struct match_context *context,
                                          const struct ranked *ranked)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    return &match_index_facts(context->index, row)->organization;
}

static bool is_same(const struct match_context *context, const struct ranked *left,
                    const struct ranked *right)
{
    return uuid_compare_ids(organization_of(context, left), organization_of(context, right)) == 0;
}

/* How many of those before `place` are of its organisation. */
static int before_of_same(const struct match_context *context, const struct ranking *ranking,
                          size_t place, const struct ranked *ranked)
{
    int count = 0;
    for (size_t i = 0; i < place; i++)
        count += is_same(context, &ranking->items[i], ranked);
    return count;
}

/* Whether `other` may stand before `ranked`: it fits as well, and is not far behind. */
static bool may_pass(const struct match_context *context, const struct ranked *other,
                     const struct ranked *ranked)
{
    int within = context->knowledge->weights.diversity.within;
    return (other->order >> WORTH_FIT_BIT) == (ranked->order >> WORTH_FIT_BIT) &&
           ranked->score - other->score <= within;
}

/* The first behind `place` whose organisation has room and that may pass; the count: there is none. */
static size_t find_other(const struct match_context *context, const struct ranking *ranking,
                         size_t place)
{
    const int at_most = context->knowledge->weights.diversity.at_most;
    const struct ranked *passed = &ranking->items[place];
    for (size_t i = place + 1; i < ranking->count; i++) {
        const struct ranked *other = &ranking->items[i];
        if (may_pass(context, other, passed) &&
            before_of_same(context, ranking, place, other) < at_most)
            return i;
    }
    return ranking->count;
}

static void move_up(struct ranking *ranking, size_t from, size_t to)
{
    const struct ranked moved = ranking->items[from];
    memmove(&ranking->items[to + 1], &ranking->items[to], (from - to) * sizeof moved);
    ranking->items[to] = moved;
}

void diversity_apply(const struct match_context *context, struct ranking *ranking)
{
    const struct match_diversity *wanted = &context->knowledge->weights.diversity;
    size_t first = wanted->first < 0 ? 0 : (size_t)wanted->first;
    for (size_t place = 0; place < first && place < ranking->count; place++) {
        if (before_of_same(context, ranking, place, &ranking->items[place]) < wanted->at_most)
            continue;
        size_t other = find_other(context, ranking, place);
        if (other < ranking->count)
            move_up(ranking, other, place);
    }
}
