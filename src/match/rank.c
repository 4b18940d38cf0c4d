/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_internal.h"

#include "conditions_internal.h"
#include "diversity_internal.h"
#include "sociopoint/domain/civil_time.h"

#include <string.h>

enum { SCORE_ZERO = 1 << (RANK_SCORE_BITS - 1) /* where 0 points stand in the order */ };

/* --- Points ------------------------------------------------------------------------------------ */

enum match_verdict rank_verdict(const struct match_context *context, const struct match_row *row,
                                const struct active_rule *active)
{
    if (active->service_rules != 0 && (row->rules & active->service_rules) == 0)
        return VERDICT_NONE;
    return active->rule->verdict(context, row);
}

int rank_situation_points(const struct match_context *context, const struct match_row *row,
                          size_t asked, bool named)
{
    const struct match_weights *weights = &context->knowledge->weights;
    const struct situation *situation =
        &context->knowledge->situations[context->question->situations[asked]];
    int points = named ? weights->named_situation : weights->kind_of_situation;
    bool shared = (row->target_groups & situation->target_groups) != 0;
    return shared ? points + weights->target_group_of_situation : points;
}

int rank_points(const struct match_context *context, const struct match_row *row,
                const struct active_rule *active, enum match_verdict verdict)
{
    if (active->rule->points != NULL)
        return active->rule->points(context, row, verdict);
    return active->points[verdict];
}

/* The first day that the owner's confirmation may mean; only for confirmed rows. */
static int64_t confirmed_day(const struct match_context *context, const struct match_row *row)
{
    struct civil_date date = {0};
    struct str text = match_index_facts(context->index, row)->confirmed_on;
    if (!civil_date_from_text(text, &date))
        return INT32_MIN;
    date.month = date.month == 0 ? 1 : date.month;
    date.day = date.day == 0 ? 1 : date.day;
    return civil_date_exists(date) ? civil_day_from_date(date) : INT32_MIN;
}

enum match_freshness rank_freshness(const struct match_context *context,
                                    const struct match_row *row)
{
    if ((row->flags & ROW_CONFIRMED) == 0)
        return FRESHNESS_UNCONFIRMED;
    int64_t age = context->today - confirmed_day(context, row);
    return age <= context->knowledge->weights.review_age_days ? FRESHNESS_CONFIRMED
                                                              : FRESHNESS_OVERDUE;
}

int rank_source_points(const struct match_context *context, const struct match_row *row)
{
    const struct match_weights *weights = &context->knowledge->weights;
    const int oldest =
        (int)(sizeof weights->source_year_points / sizeof weights->source_year_points[0]) - 1;
    int age = context->year - row->source_year;
    if (row->source_year == MATCH_UNDATED || age > oldest)
        age = oldest;
    int points = weights->source_year_points[age < 0 ? 0 : age];
    if ((row->flags & ROW_CONFIRMED) == 0)
        return points;
    bool overdue = rank_freshness(context, row) == FRESHNESS_OVERDUE;
    return points + (overdue ? weights->overdue : weights->confirmed);
}

/* Adds the points of the conditions; false when two hard ones fail: nobody wants to hear of it. */
static bool weigh_conditions(const struct match_context *context, const struct match_row *row,
                             const struct active_rule *const *conditions, size_t count,
                             struct ranked *ranked)
{
    for (size_t i = 0; i < count; i++) {
        const struct active_rule *active = conditions[i];
        enum match_verdict verdict = rank_verdict(context, row, active);
        bool hard = verdict == VERDICT_FAILED && active->rule->hard != NULL &&
                    active->rule->hard(context, row);
        if (!hard) {
            ranked->score += rank_points(context, row, active, verdict);
            continue;
        }
        if (ranked->failed != NULL)
            return false;
        ranked->failed = active->rule;
    }
    return true;
}

static uint64_t limited(int64_t value, uint64_t maximum)
{
    if (value < 0)
        return 0;
    return (uint64_t)value > maximum ? maximum : (uint64_t)value;
}

/* Coverage, reachability, points and source, one behind the other; the steps of the rules alone. */
static uint64_t order_of(const struct match_context *context, const struct match_row *row,
                         const struct ranked *ranked)
{
    unsigned steps = context->rules->order;
    uint64_t order = 0;
    if ((steps & ORDER_COVERAGE) != 0)
        order = ranked->coverage;
    order <<= 1;
    if ((steps & ORDER_REACHABLE) != 0)
        order |= offer_is_reachable(context, row);
    order <<= RANK_SCORE_BITS;
    if ((steps & ORDER_SCORE) != 0)
        order |= limited((int64_t)ranked->score + SCORE_ZERO, (1U << RANK_SCORE_BITS) - 1);
    order <<= RANK_YEAR_BITS;
    return (steps & ORDER_SOURCE) != 0 ? order | row->source_year : order;
}

/* False when it has no place among the results nor the near misses. */
static bool weigh(const struct match_context *context, struct ranked *ranked)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    uint64_t here = UINT64_C(1) << context->question->municipality;
    if ((row->municipalities & here) == 0 || (row->flags & ROW_CLOSED) != 0)
        return false;
    if (!weigh_conditions(context, row, context->weighed, context->weighed_count, ranked))
        return false;
    if (row->rules != 0 && !weigh_conditions(context, row, context->weighed_ruled,
                                             context->weighed_ruled_count, ranked))
        return false;
    for (size_t i = 0; i < context->question->situation_count; i++) {
        if ((ranked->served >> i & 1) != 0)
            ranked->score += rank_situation_points(context, row, i, (ranked->named >> i & 1) != 0);
    }
    ranked->score += rank_source_points(context, row);
    ranked->order = order_of(context, row, ranked);
    return true;
}

/* --- The best ---------------------------------------------------------------------------------- */

static bool stands_before(const struct ranked *left, const struct ranked *right)
{
    if (left->order != right->order)
        return left->order > right->order;
    return left->row < right->row;
}

static void ranking_insert(struct ranking *ranking, const struct ranked *fresh)
{
    size_t place = ranking->count;
    while (place > 0 && stands_before(fresh, &ranking->items[place - 1]))
        place--;
    if (place == ranking->maximum)
        return;
    if (ranking->count < ranking->maximum)
        ranking->count++;
    memmove(&ranking->items[place + 1], &ranking->items[place],
            (ranking->count - 1 - place) * sizeof *fresh);
    ranking->items[place] = *fresh;
}

static void ranking_remove(struct ranking *ranking, size_t place)
{
    ranking->count--;
    memmove(&ranking->items[place], &ranking->items[place + 1],
            (ranking->count - place) * sizeof ranking->items[0]);
}

/* Leaves the first `maximum`. */
static void ranking_cut(struct ranking *ranking, size_t maximum)
{
    ranking->maximum = maximum;
    if (ranking->count > maximum)
        ranking->count = maximum;
}

/* --- Every situation ----------------------------------------------------------------------------- */

/* How many of the ranked serve the situation. */
static size_t serving(const struct ranking *ranking, size_t situation)
{
    size_t count = 0;
    for (size_t i = 0; i < ranking->count; i++)
        count += ranking->items[i].served >> situation & 1;
    return count;
}

/* Whether some situation would be left without a service if this one went. */
static bool is_needed(const struct ranking *ranking, size_t place, size_t situations)
{
    for (size_t i = 0; i < situations; i++) {
        if ((ranking->items[place].served >> i & 1) != 0 && serving(ranking, i) == 1)
            return true;
    }
    return false;
}

/* Puts `best` in, in place of the last that no situation needs; the ranking is full, or `best` were in. */
static void promote(struct ranking *ranking, const struct ranked *best, size_t situations)
{
    for (size_t place = ranking->count; place-- > 0;) {
        if (is_needed(ranking, place, situations))
            continue;
        ranking_remove(ranking, place);
        ranking_insert(ranking, best);
        return;
    }
}

static void serve_every_situation(struct ranking *ranking, const struct ranked *best,
                                  size_t situations)
{
    for (size_t i = 0; i < situations; i++) {
        if (best[i].served != 0 && serving(ranking, i) == 0)
            promote(ranking, &best[i], situations);
    }
}

/* --- The pass ------------------------------------------------------------------------------------ */

/* Where the pass stands in each situation's candidates. */
struct pass {
    const struct match_row *rows;
    const struct match_candidates *lists[MATCH_SITUATIONS_MAXIMUM];
    size_t positions[MATCH_SITUATIONS_MAXIMUM];
    size_t count;
};

/* Rows lie far apart: the one that comes up soon is fetched while others are weighed. */
static void fetch_ahead(const struct pass *pass, size_t list)
{
    enum { AHEAD = 6 };
    const struct match_candidates *candidates = pass->lists[list];
    if (pass->positions[list] + AHEAD < candidates->count)
        __builtin_prefetch(&pass->rows[candidates->items[pass->positions[list] + AHEAD].row]);
}

/* The next row in ascending order with the situations it serves; false at the end. */
static bool pass_next(struct pass *pass, struct ranked *next)
{
    uint32_t row = UINT32_MAX;
    for (size_t i = 0; i < pass->count; i++) {
        const struct match_candidates *list = pass->lists[i];
        if (pass->positions[i] < list->count && list->items[pass->positions[i]].row < row)
            row = list->items[pass->positions[i]].row;
    }
    if (row == UINT32_MAX)
        return false;
    *next = (struct ranked){.row = row};
    for (size_t i = 0; i < pass->count; i++) {
        const struct match_candidates *list = pass->lists[i];
        if (pass->positions[i] == list->count || list->items[pass->positions[i]].row != row)
            continue;
        next->served |= (uint8_t)(1U << i);
        next->coverage++;
        if (list->items[pass->positions[i]].strength == STRENGTH_NAMED)
            next->named |= (uint8_t)(1U << i);
        pass->positions[i]++;
        fetch_ahead(pass, i);
    }
    return true;
}

/* Remembers the best of each situation. */
static void keep_best(struct ranked *best, size_t situations, const struct ranked *fresh)
{
    for (size_t i = 0; i < situations; i++) {
        bool serves = (fresh->served >> i & 1) != 0;
        if (serves && (best[i].served == 0 || stands_before(fresh, &best[i])))
            best[i] = *fresh;
    }
}

void rank_candidates(const struct match_context *context, struct ranks *ranks)
{
    const size_t situations = context->question->situation_count;
    struct ranked best[MATCH_SITUATIONS_MAXIMUM] = {0};
    struct pass pass = {.rows = context->index->rows, .count = situations};
    struct ranked next;
    for (size_t i = 0; i < situations; i++)
        pass.lists[i] = &context->index->candidates[context->question->situations[i]];
    memset(ranks->missed, 0, sizeof ranks->missed);
    ranks->results.count = ranks->near_misses.count = ranks->fitting = 0;
    ranks->results.maximum = context->question->limit + MATCH_SPARE;
    ranks->near_misses.maximum = MATCH_NEAR_MISSES_MAXIMUM;
    while (pass_next(&pass, &next)) {
        if (!weigh(context, &next))
            continue;
        if (next.failed != NULL) {
            ranks->missed[next.failed->condition]++;
            ranking_insert(&ranks->near_misses, &next);
            continue;
        }
        ranks->fitting++;
        keep_best(best, situations, &next);
        ranking_insert(&ranks->results, &next);
    }
    if ((context->rules->order & ORDER_DIVERSITY) != 0)
        diversity_apply(context, &ranks->results);
    ranking_cut(&ranks->results, context->question->limit);
    if ((context->rules->order & ORDER_EVERY_SITUATION) != 0)
        serve_every_situation(&ranks->results, best, situations);
}
