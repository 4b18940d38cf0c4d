/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_internal.h"

#include "bound_internal.h"
#include "conditions_internal.h"
#include "diversity_internal.h"
#include "when_internal.h"

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

enum match_freshness rank_freshness(const struct match_context *context,
                                    const struct match_row *row)
{
    if ((row->flags & ROW_CONFIRMED) == 0)
        return FRESHNESS_UNCONFIRMED;
    const struct service_facts *facts = match_index_facts(context->index, row);
    int64_t age = (int64_t)context->today - when_first_day(facts->confirmed_on);
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

/* What the order is made of. */
struct standing {
    unsigned coverage;
    bool reachable;
    int score;
    unsigned source_year;
};

/* What one of each is worth: coverage, reachability, points and source stand one behind the other;
 * nothing for a step that the rules leave out. */
struct order_units {
    uint64_t coverage;
    uint64_t reachable;
    uint64_t point;
    uint64_t year;
};

static struct order_units order_units_of(unsigned steps)
{
    const uint64_t one = 1;
    return (struct order_units){
        .coverage = (steps & ORDER_COVERAGE) != 0 ? one << (RANK_POINTS_BITS + 1) : 0,
        .reachable = (steps & ORDER_REACHABLE) != 0 ? one << RANK_POINTS_BITS : 0,
        .point = (steps & ORDER_SCORE) != 0 ? one << RANK_YEAR_BITS : 0,
        .year = (steps & ORDER_SOURCE) != 0,
    };
}

static inline uint64_t order_of(const struct order_units *units, struct standing standing)
{
    const int most = (1 << RANK_SCORE_BITS) - 1;
    int points = standing.score + SCORE_ZERO;
    points = points < 0 ? 0 : points > most ? most : points;
    return standing.coverage * units->coverage + standing.reachable * units->reachable +
           (uint64_t)points * units->point + standing.source_year * units->year;
}

static void set_order(const struct match_context *context, const struct match_row *row,
                      struct ranked *ranked)
{
    const struct order_units units = order_units_of(context->rules->order);
    ranked->order =
        order_of(&units, (struct standing){.coverage = ranked->coverage,
                                           .reachable = offer_is_reachable(context, row),
                                           .score = ranked->score,
                                           .source_year = row->source_year});
}

/* Everything but the costly conditions; false: it is not among the results nor the near misses. */
static bool weigh(const struct match_context *context, struct ranked *ranked)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    uint64_t here = UINT64_C(1) << context->question->municipality;
    ranked->score = 0;
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
    set_order(context, row, ranked);
    return true;
}

/* What `weigh` left out. */
static bool weigh_costly(const struct match_context *context, struct ranked *ranked)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    if (!weigh_conditions(context, row, context->weighed_costly, context->weighed_costly_count,
                          ranked))
        return false;
    set_order(context, row, ranked);
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

/*
 * Candidates are gone through in the order of rows. Those that can still change the answer are
 * gathered, so that their rows are on the way from memory together, and then weighed.
 */
enum { GATHERED_MAXIMUM = 16 };

struct pass {
    const struct match_context *context;
    struct ranks *ranks;
    struct bound bound;
    struct order_units units;
    const struct match_candidate
        *next[MATCH_SITUATIONS_MAXIMUM]; /* of each situation's candidates */
    const struct match_candidate *end[MATCH_SITUATIONS_MAXIMUM];
    size_t count;
    struct ranked best[MATCH_SITUATIONS_MAXIMUM]; /* of each situation */
    struct ranked gathered[GATHERED_MAXIMUM]; /* not weighed yet: `order` is the most it can be */
    size_t gathered_count;
    uint64_t bar; /* the least order that changes the results; 0: every service counts */
};

static void pass_init(struct pass *pass, const struct match_context *context, struct ranks *ranks)
{
    *pass = (struct pass){
        .context = context, .ranks = ranks, .count = context->question->situation_count};
    pass->units = order_units_of(context->rules->order);
    bound_init(&pass->bound, context);
    for (size_t i = 0; i < pass->count; i++) {
        const struct match_candidates *candidates =
            &context->index->candidates[context->question->situations[i]];
        pass->next[i] = candidates->items;
        pass->end[i] = candidates->items + candidates->count;
    }
}

/* The next row in ascending order; UINT32_MAX at the end. */
static uint32_t next_row(const struct pass *pass)
{
    uint32_t row = UINT32_MAX;
    for (size_t i = 0; i < pass->count; i++) {
        if (pass->next[i] != pass->end[i] && pass->next[i]->row < row)
            row = pass->next[i]->row;
    }
    return row;
}

/* The most that a candidate can come to which covers so many situations for so many points. */
static inline uint64_t most_order(const struct pass *pass, struct match_candidate candidate,
                                  unsigned coverage, int situation_points)
{
    return order_of(&pass->units,
                    (struct standing){
                        .coverage = coverage,
                        .reachable = (candidate.traits & pass->bound.reachable) != 0,
                        .score = situation_points + bound_rest(&pass->bound, candidate),
                        .source_year = bound_year(candidate),
                    });
}

/* Takes the row off the lists it is in: the situations it serves, and the most it can come to. */
static struct match_candidate take_row(struct pass *pass, uint32_t row, struct ranked *ranked)
{
    struct match_candidate candidate = {0};
    int points = 0;
    *ranked = (struct ranked){.row = row};
    for (size_t i = 0; i < pass->count; i++) {
        if (pass->next[i] == pass->end[i] || pass->next[i]->row != row)
            continue;
        candidate = *pass->next[i]++;
        ranked->served |= (uint8_t)(1U << i);
        ranked->coverage++;
        if (candidate.strength == STRENGTH_NAMED)
            ranked->named |= (uint8_t)(1U << i);
        points += bound_situation(&pass->bound, i, candidate);
    }
    ranked->order = most_order(pass, candidate, ranked->coverage, points);
    return candidate;
}

/*
 * Whether a candidate that comes to its `order` at most could be shown: before the last result, or
 * as the best of a situation. Equal ones stand before it, because rows ascend.
 */
static inline bool may_matter(const struct pass *pass, const struct ranked *candidate)
{
    if (candidate->order >= pass->bar)
        return true;
    for (size_t i = 0; pass->count > 1 && i < pass->count; i++) {
        if ((candidate->served >> i & 1) != 0 && candidate->order > pass->best[i].order)
            return true;
    }
    return false;
}

/* While the results are not full, every service counts, for the near misses too. */
static void set_bar(struct pass *pass)
{
    const struct ranking *results = &pass->ranks->results;
    bool exhaustive = (pass->context->rules->order & ORDER_EXHAUSTIVE) != 0;
    if (!exhaustive && results->count == results->maximum)
        pass->bar = results->items[results->count - 1].order + 1;
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

static void take_in(struct pass *pass, const struct ranked *fresh)
{
    struct ranks *ranks = pass->ranks;
    if (fresh->failed != NULL) {
        ranks->missed[fresh->failed->condition]++;
        ranking_insert(&ranks->near_misses, fresh);
        return;
    }
    ranks->fitting++;
    keep_best(pass->best, pass->count, fresh);
    ranking_insert(&ranks->results, fresh);
    set_bar(pass);
}

/* Whether the weighed candidate could be shown if it met every costly condition. */
static bool may_still_matter(const struct pass *pass, const struct ranked *fresh)
{
    const uint64_t point = UINT64_C(1) << RANK_YEAR_BITS;
    struct ranked most = *fresh;
    most.order += (uint64_t)pass->bound.costly * point;
    return may_matter(pass, &most);
}

static void weigh_gathered(struct pass *pass)
{
    const struct match_context *context = pass->context;
    bool costly = context->weighed_costly_count > 0;
    for (size_t i = 0; i < pass->gathered_count; i++) {
        struct ranked *fresh = &pass->gathered[i];
        if (!may_matter(pass, fresh) || !weigh(context, fresh))
            continue;
        if (costly && (!may_still_matter(pass, fresh) || !weigh_costly(context, fresh)))
            continue;
        take_in(pass, fresh);
    }
    pass->gathered_count = 0;
}

static void gather(struct pass *pass, const struct ranked *candidate)
{
    __builtin_prefetch(&pass->context->index->rows[candidate->row]);
    pass->gathered[pass->gathered_count++] = *candidate;
    if (pass->gathered_count == GATHERED_MAXIMUM)
        weigh_gathered(pass);
}

static bool is_elsewhere(const struct pass *pass, struct match_candidate candidate)
{
    return candidate.municipality != MATCH_NO_SINGLE_CITY &&
           candidate.municipality != pass->context->question->municipality;
}

/* Most questions are about one situation: nothing to merge, and one comparison for most candidates. */
static void pass_through_one(struct pass *pass)
{
    for (const struct match_candidate *next = pass->next[0]; next != pass->end[0]; next++) {
        int points = bound_situation(&pass->bound, 0, *next);
        uint64_t order = most_order(pass, *next, 1, points);
        if (order < pass->bar || is_elsewhere(pass, *next))
            continue;
        gather(pass, &(struct ranked){.row = next->row,
                                      .order = order,
                                      .served = 1,
                                      .named = next->strength == STRENGTH_NAMED,
                                      .coverage = 1});
    }
}

static void pass_through_several(struct pass *pass)
{
    struct ranked ranked;
    for (uint32_t row = next_row(pass); row != UINT32_MAX; row = next_row(pass)) {
        struct match_candidate candidate = take_row(pass, row, &ranked);
        if (may_matter(pass, &ranked) && !is_elsewhere(pass, candidate))
            gather(pass, &ranked);
    }
}

void rank_candidates(const struct match_context *context, struct ranks *ranks)
{
    struct pass pass;
    memset(ranks->missed, 0, sizeof ranks->missed);
    ranks->results.count = ranks->near_misses.count = ranks->fitting = 0;
    ranks->results.maximum = context->question->limit + MATCH_SPARE;
    ranks->near_misses.maximum = MATCH_NEAR_MISSES_MAXIMUM;
    pass_init(&pass, context, ranks);
    if (pass.count == 1)
        pass_through_one(&pass);
    else
        pass_through_several(&pass);
    weigh_gathered(&pass);
    if ((context->rules->order & ORDER_DIVERSITY) != 0)
        diversity_apply(context, &ranks->results);
    ranking_cut(&ranks->results, context->question->limit);
    if ((context->rules->order & ORDER_EVERY_SITUATION) != 0)
        serve_every_situation(&ranks->results, pass.best, pass.count);
}
