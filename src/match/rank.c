/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_internal.h"

#include "ahead_internal.h"
#include "diversity_internal.h"
#include "frontier_internal.h"
#include "rank_exhaustive_internal.h"
#include "rank_named_internal.h"
#include "served_internal.h"
#include "weigh_internal.h"
#include "worths_internal.h"

#include <string.h>

/* What a service has to stand before: another one, or while there is none, the order 0 at a row that
 * no service has. */
struct bar {
    int64_t order;
    uint32_t row;
};

struct pass {
    const struct match_context *context;
    struct ranks *ranks;
    struct worths worths;
    struct served_sets sets;
    struct frontier frontier;
    size_t situations;
    const struct match_candidates *candidates[MATCH_SITUATIONS_MAXIMUM];
    unsigned wanted; /* bit i: the i-th situation can be served by what is looked for */
    struct bar best_bars[MATCH_SITUATIONS_MAXIMUM]; /* what would be the best of a situation */
    struct bar result_bar;                          /* what would change the results */
    struct bar lowest_bar;                          /* the lower one of all that matter */
};

/* One service that is being looked at. */
struct candidate {
    uint32_t row;
    struct served served;
    int64_t worth; /* with all facets, as far as these are known */
};

static const struct bar open_bar = {0, UINT32_MAX};

/* The parts in which candidates may be offered in the asked municipality. */
enum { ASKED_PARTS = 2, WORD_BITS = 64, BATCH_ROWS = 32 };

static size_t asked_part(const struct match_context *context, size_t i)
{
    return i == 0 ? (size_t)context->question->municipality
                  : context->knowledge->municipality_count;
}

/* How many groups and runs the asked parts of the situation's candidates have. */
static size_t count_prospects(const struct pass *pass, size_t situation)
{
    size_t count = 0;
    for (size_t i = 0; i < ASKED_PARTS; i++) {
        const uint32_t *parts = pass->candidates[situation]->parts + asked_part(pass->context, i);
        const struct match_group *groups = pass->context->index->groups;
        count += parts[1] - parts[0];
        count += groups[parts[1]].first_run - groups[parts[0]].first_run;
    }
    return count;
}

static bool pass_init(struct pass *pass, const struct match_context *context, struct ranks *ranks)
{
    size_t prospects = 0;
    pass->context = context;
    pass->ranks = ranks;
    pass->situations = context->question->situation_count;
    for (size_t i = 0; i < pass->situations; i++) {
        pass->candidates[i] = &context->index->candidates[context->question->situations[i]];
        pass->best_bars[i] = open_bar;
        prospects += count_prospects(pass, i);
    }
    pass->result_bar = pass->lowest_bar = open_bar;
    served_init(&pass->sets, context);
    return worths_init(&pass->worths, context) &&
           frontier_init(&pass->frontier, prospects, context->arena);
}

/* --- What candidates have in common ------------------------------------------------------------ */

/* What all of the group are worth by what they have in common, without situations. */
static int64_t worth_of_group(const struct pass *pass, const struct match_group *group)
{
    return worth_zero() + worths_of_class(&pass->worths, FACET_PERSON, group->person);
}

static int64_t worth_of_run(const struct pass *pass, const struct match_group *group,
                            const struct match_run *run)
{
    return worth_of_group(pass, group) + worths_of_class(&pass->worths, FACET_AREA, run->area);
}

static int64_t worth_of_stretch(const struct pass *pass, int64_t run,
                                const struct match_stretch *stretch)
{
    return run + worths_of_class(&pass->worths, FACET_SOURCE, stretch->source);
}

static int64_t worth_of_situation(const struct pass *pass, const struct match_group *group)
{
    return pass->sets.worth[group->strength][group->shares_group];
}

/* What the candidate serves, where it stands among those of a situation. */
static struct served served_of(const struct pass *pass, struct match_candidate item)
{
    if (pass->situations > 1)
        return served_by(&pass->sets, item.row);
    return (struct served){
        .worth = pass->sets.worth[item.strength][item.shares_group],
        .set = 1,
        .named = item.strength == STRENGTH_NAMED,
        .coverage = 1,
    };
}

/* Adds to the worth of a stretch what its candidate at this position has besides. */
static void add_rest(const struct pass *pass, struct candidate *candidate, uint32_t at,
                     int64_t stretch)
{
    const struct worths *worths = &pass->worths;
    candidate->worth = stretch + candidate->served.worth;
    candidate->worth += worths_sum(worths, worths->rest, worths->rest_count,
                                   &pass->context->index->candidate_classes[at]);
}

/* The candidate, which comes to this worth without failures. */
static struct ranked ranked_of(const struct pass *pass, const struct candidate *candidate,
                               int64_t worth)
{
    return (struct ranked){
        .order = worth & pass->worths.order_mask,
        .row = candidate->row,
        .score = worth_points(worth),
        .served = candidate->served.set,
        .named = candidate->served.named,
    };
}

/* --- Results ----------------------------------------------------------------------------------- */

static bool reaches(int64_t order, uint32_t row, const struct bar *bar)
{
    return order > bar->order || (order == bar->order && row < bar->row);
}

static struct bar lower(struct bar left, struct bar right)
{
    return reaches(left.order, left.row, &right) ? right : left;
}

/* While the results are not full, every service counts. */
static void set_bars(struct pass *pass)
{
    const struct ranking *results = &pass->ranks->results;
    if (results->count == results->maximum) {
        const struct ranked *last = &results->items[results->count - 1];
        pass->result_bar = (struct bar){last->order, last->row};
    }
    pass->lowest_bar = pass->result_bar;
    for (size_t i = 0; pass->situations > 1 && i < pass->situations; i++) {
        const struct ranked *best = &pass->ranks->best[i];
        pass->best_bars[i] = best->served == 0 ? open_bar : (struct bar){best->order, best->row};
        if ((pass->wanted >> i & 1) != 0)
            pass->lowest_bar = lower(pass->lowest_bar, pass->best_bars[i]);
    }
}

/* What a service has to stand before to be shown: as a result, or as the best of a situation. */
static struct bar bar_of(const struct pass *pass, unsigned served)
{
    struct bar bar = pass->result_bar;
    for (size_t i = 0; pass->situations > 1 && i < pass->situations; i++) {
        if ((served >> i & 1) != 0)
            bar = lower(bar, pass->best_bars[i]);
    }
    return bar;
}

static void take_result(struct pass *pass, const struct candidate *candidate)
{
    const int64_t mask = pass->worths.order_mask;
    const uint32_t row = candidate->row;
    const struct bar bar = bar_of(pass, candidate->served.set);
    if (!reaches(candidate->worth & mask, row, &bar))
        return;
    const int64_t worth =
        worths_settle(&pass->worths, row, candidate->worth, pass->worths.asked_count, bar.order);
    if (!reaches(worth & mask, row, &bar))
        return;
    const struct ranked fresh = ranked_of(pass, candidate, worth);
    pass->ranks->fitting++;
    if (pass->situations > 1)
        ranking_keep_best(pass->ranks->best, pass->situations, &fresh);
    ranking_insert(&pass->ranks->results, &fresh);
    set_bars(pass);
}

/* --- The most promising first ------------------------------------------------------------------ */

/* Adds what could hold a service to be shown, of which so much is the most. */
static void add_prospect(struct pass *pass, int64_t most, struct prospect fresh)
{
    fresh.order = most & pass->worths.order_mask;
    if (reaches(fresh.order, fresh.row, &pass->lowest_bar))
        frontier_add(&pass->frontier, &fresh);
}

static void add_groups(struct pass *pass, size_t situation)
{
    const int64_t more =
        weigh_most(pass->context, FACET_AREA) + pass->worths.source_most + pass->worths.rest_most;
    for (size_t i = 0; i < ASKED_PARTS; i++) {
        const uint32_t *parts = pass->candidates[situation]->parts + asked_part(pass->context, i);
        for (uint32_t at = parts[0]; at < parts[1]; at++) {
            const struct match_group *group = &pass->context->index->groups[at];
            add_prospect(pass, worth_of_group(pass, group) + worth_of_situation(pass, group) + more,
                         (struct prospect){0, 0, at, PROSPECT_GROUP});
        }
    }
}

/* The candidates of a stretch, which comes to this worth; none has a higher order. */
static void look_through_stretch(struct pass *pass, const struct match_stretch *stretch,
                                 int64_t worth, int64_t order)
{
    const struct match_index *index = pass->context->index;
    for (uint32_t at = stretch[0].first; at < stretch[1].first; at++) {
        const struct match_candidate item = index->candidate_items[at];
        if (!reaches(order, item.row, &pass->lowest_bar))
            return; /* by their rows, nor do those that follow */
        struct candidate candidate = {.row = item.row, .served = served_of(pass, item)};
        if (candidate.served.coverage > 1)
            continue; /* it has been looked at with those */
        add_rest(pass, &candidate, at, worth);
        take_result(pass, &candidate);
    }
}

static void look_through_run(struct pass *pass, const struct prospect *prospect)
{
    const struct match_index *index = pass->context->index;
    const struct match_group *group = &index->groups[prospect->group];
    const struct match_run *run = &index->runs[prospect->run];
    const int64_t alike = worth_of_run(pass, group, run);
    const int64_t more = worth_of_situation(pass, group) + pass->worths.rest_most;
    for (uint32_t at = run[0].first_stretch; at < run[1].first_stretch; at++) {
        const struct match_stretch *stretch = &index->stretches[at];
        const int64_t worth = worth_of_stretch(pass, alike, stretch);
        look_through_stretch(pass, stretch, worth, (worth + more) & pass->worths.order_mask);
    }
}

/* While the results are not full, no run can be left out, so none has to wait for its turn. */
static void open_group(struct pass *pass, const struct prospect *prospect)
{
    const struct match_group *group = &pass->context->index->groups[prospect->group];
    const int64_t more =
        worth_of_situation(pass, group) + pass->worths.source_most + pass->worths.rest_most;
    for (uint32_t at = group[0].first_run; at < group[1].first_run; at++) {
        const struct match_run *run = &pass->context->index->runs[at];
        const int64_t worth = worth_of_run(pass, group, run);
        const struct prospect fresh = {0, run->lowest_row, prospect->group, at};
        if (pass->lowest_bar.order > 0)
            add_prospect(pass, worth + more, fresh);
        else if (worth >= 0)
            look_through_run(pass, &fresh);
    }
}

/* Services that serve one of the wanted situations and no other that is asked: mostly many. */
static void look_for_serving_one(struct pass *pass)
{
    pass->frontier.count = 0;
    set_bars(pass);
    for (size_t i = 0; i < pass->situations; i++) {
        if ((pass->wanted >> i & 1) != 0)
            add_groups(pass, i);
    }
    while (pass->frontier.count > 0) {
        const struct prospect prospect = frontier_take(&pass->frontier);
        if (!reaches(prospect.order, prospect.row, &pass->lowest_bar))
            return;
        if (prospect.run == PROSPECT_GROUP)
            open_group(pass, &prospect);
        else
            look_through_run(pass, &prospect);
    }
}

/* --- Several situations ------------------------------------------------------------------------ */

/* Rows of the word that are candidates of so many of the situations. */
static uint64_t covering(const struct pass *pass, size_t word, unsigned coverage)
{
    uint64_t at_least[MATCH_SITUATIONS_MAXIMUM + 2] = {
        pass->context->index->offered[pass->context->question->municipality][word]};
    for (size_t i = 0; i < pass->situations; i++) {
        const uint64_t rows = pass->sets.named[i][word] | pass->sets.sharing[i][word];
        for (size_t n = coverage + 1; n > 0; n--)
            at_least[n] |= at_least[n - 1] & rows;
    }
    return at_least[coverage] & ~at_least[coverage + 1];
}

/* Rows that are looked at together: by the time the first one is, all have been read. */
struct batch {
    size_t count;
    uint32_t rows[BATCH_ROWS];
};

static void look_at_batch(struct pass *pass, struct batch *batch)
{
    const struct worths *worths = &pass->worths;
    for (size_t i = 0; i < batch->count; i++) {
        struct candidate candidate = {.row = batch->rows[i]};
        candidate.served = served_by(&pass->sets, candidate.row);
        if ((candidate.served.set & pass->wanted) == 0)
            continue;
        candidate.worth = worth_zero() + candidate.served.worth +
                          worths_sum(worths, worths->asked, worths->asked_count,
                                     &pass->context->index->row_classes[candidate.row]);
        take_result(pass, &candidate);
    }
    batch->count = 0;
}

/* Services that serve so many of the situations, more than one: mostly few. */
static void look_for_serving_several(struct pass *pass, unsigned coverage)
{
    const struct match_index *index = pass->context->index;
    const size_t words = (index->row_count + WORD_BITS - 1) / WORD_BITS;
    struct batch batch = {.count = 0};
    for (size_t word = 0; word < words; word++) {
        for (uint64_t rows = covering(pass, word, coverage); rows != 0; rows &= rows - 1) {
            const size_t row = word * WORD_BITS + (size_t)__builtin_ctzll(rows);
            PREFETCH(&index->row_classes[row]);
            batch.rows[batch.count++] = (uint32_t)row;
            if (batch.count == BATCH_ROWS)
                look_at_batch(pass, &batch);
        }
    }
    look_at_batch(pass, &batch);
}

/* The situations of whose candidates one that covers so many could still be shown, as bits. */
static unsigned wanting(const struct pass *pass, unsigned coverage)
{
    const int64_t beyond = (coverage + 1) * WORTH_COVERAGE; /* it comes to less */
    unsigned set = 0;
    if (pass->result_bar.order < beyond)
        return (1U << pass->situations) - 1;
    for (size_t i = 0; i < pass->situations; i++)
        set |= (unsigned)(pass->best_bars[i].order < beyond) << i;
    return set;
}

/*
 * Candidates of several situations come by how many these are: those that serve more stand before
 * the others whatever their points, so the many that serve but one are mostly left out.
 */
static void look_for_results(struct pass *pass)
{
    for (unsigned coverage = (unsigned)pass->situations; coverage > 0; coverage--) {
        pass->wanted = wanting(pass, coverage);
        if (pass->wanted == 0)
            return;
        if (coverage == 1)
            look_for_serving_one(pass);
        else
            look_for_serving_several(pass, coverage);
    }
}

/* --- Near misses ------------------------------------------------------------------------------- */

/* Whether it would be among the near misses if it met every condition that is not known yet. */
static bool may_be_near_miss(const struct pass *pass, int64_t worth)
{
    const struct ranking *misses = &pass->ranks->near_misses;
    return misses->count < misses->maximum ||
           (worth_without_failure(worth) & pass->worths.order_mask) >=
               misses->items[misses->count - 1].order;
}

static void take_near_miss(struct pass *pass, const struct candidate *candidate)
{
    const struct worths *worths = &pass->worths;
    int64_t worth =
        worths_settle(worths, candidate->row, candidate->worth, worths->quick_count, INT64_MIN);
    if (!worth_is_near_miss(worth))
        return;
    enum match_condition failed = worth_failed(worth);
    pass->ranks->missed[failed]++;
    if (!may_be_near_miss(pass, worth))
        return;
    worth = worths_settle(worths, candidate->row, worth, worths->asked_count, INT64_MIN);
    struct ranked fresh = ranked_of(pass, candidate, worth_without_failure(worth));
    fresh.failed = failed;
    ranking_insert(&pass->ranks->near_misses, &fresh);
}

/* A candidate of several lists counts in the first. */
static void look_for_near_misses_in_run(struct pass *pass, const struct match_run *run,
                                        int64_t alike, size_t situation)
{
    const struct match_index *index = pass->context->index;
    for (uint32_t i = run[0].first_stretch; i < run[1].first_stretch; i++) {
        const struct match_stretch *stretch = &index->stretches[i];
        const int64_t worth = worth_of_stretch(pass, alike, stretch);
        for (uint32_t at = stretch[0].first; at < stretch[1].first; at++) {
            const struct match_candidate item = index->candidate_items[at];
            struct candidate candidate = {.row = item.row, .served = served_of(pass, item)};
            if ((size_t)__builtin_ctz(candidate.served.set) != situation)
                continue;
            add_rest(pass, &candidate, at, worth);
            take_near_miss(pass, &candidate);
        }
    }
}

static void look_for_near_misses(struct pass *pass)
{
    const struct match_index *index = pass->context->index;
    for (size_t i = 0; i < pass->situations * ASKED_PARTS; i++) {
        const size_t situation = i / ASKED_PARTS;
        const uint32_t *parts =
            pass->candidates[situation]->parts + asked_part(pass->context, i % ASKED_PARTS);
        for (uint32_t at = parts[0]; at < parts[1]; at++) {
            const struct match_group *group = &index->groups[at];
            for (uint32_t n = group[0].first_run; n < group[1].first_run; n++) {
                const int64_t alike = worth_of_run(pass, group, &index->runs[n]);
                if (alike >= -WORTH_FAILURE) /* else two conditions fail all of them, or more */
                    look_for_near_misses_in_run(pass, &index->runs[n], alike, situation);
            }
        }
    }
}

/* --- The ranking ------------------------------------------------------------------------------- */

static void ranks_init(struct ranks *ranks, const struct match_context *context)
{
    ranks->fitting = 0;
    memset(ranks->missed, 0, sizeof ranks->missed);
    memset(ranks->best, 0, sizeof ranks->best);
    ranking_init(&ranks->results, context->question->limit + MATCH_SPARE);
    ranking_init(&ranks->near_misses, MATCH_NEAR_MISSES_MAXIMUM);
}

/* False when the arena is exhausted. */
static bool rank_by_classes(const struct match_context *context, struct ranks *ranks)
{
    struct pass pass;
    if (!pass_init(&pass, context, ranks))
        return false;
    look_for_results(&pass);
    rank_named_results(context, ranks);
    if (ranks->fitting >= MATCH_RESULTS_ENOUGH)
        return true;
    look_for_near_misses(&pass);
    rank_named_near_misses(context, ranks);
    return true;
}

static void rank_by_rows(const struct match_context *context, struct ranks *ranks)
{
    rank_exhaustive(context, ranks);
    rank_named_results(context, ranks);
    rank_named_near_misses(context, ranks);
}

bool rank_candidates(const struct match_context *context, struct ranks *ranks)
{
    const unsigned order = context->rules->order;
    ranks_init(ranks, context);
    if ((order & ORDER_EXHAUSTIVE) != 0)
        rank_by_rows(context, ranks);
    else if (!rank_by_classes(context, ranks))
        return false;
    ahead_read(context, &ranks->results, context->question->limit);
    if ((order & ORDER_DIVERSITY) != 0)
        diversity_apply(context, &ranks->results);
    ranking_cut(&ranks->results, context->question->limit);
    if ((order & ORDER_EVERY_SITUATION) != 0)
        ranking_serve_every_situation(&ranks->results, ranks->best,
                                      context->question->situation_count);
    return true;
}
