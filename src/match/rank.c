/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_internal.h"

#include "ahead_internal.h"
#include "diversity_internal.h"
#include "rank_exhaustive_internal.h"
#include "rank_named_internal.h"
#include "served_internal.h"
#include "weigh_internal.h"
#include "worths_internal.h"

#include <assert.h>
#include <string.h>

/* What a service has to stand before: another one, or while there is none, the order 0 at a row that
 * no service has. */
struct bar {
    int64_t order;
    uint32_t row;
};

/* Candidates that are alike in much, and the highest order that one of them could have. */
struct prospect {
    int64_t order;
    int64_t worth; /* what they have in common */
    const struct match_group *group;
};

struct pass {
    const struct match_context *context;
    struct ranks *ranks;
    struct worths worths;
    struct served_sets sets;
    struct prospect *prospects; /* groups that have not been looked through */
    size_t prospect_count;
    size_t situations;
    const struct match_candidates *candidates[MATCH_SITUATIONS_MAXIMUM];
    unsigned wanted; /* bit i: the i-th situation can be served by what is looked for */
    struct bar best_bars[MATCH_SITUATIONS_MAXIMUM]; /* what would be the best of a situation */
    struct bar result_bar;                          /* what would change the results */
    struct bar lowest_bar;                          /* the lower one of all that matter */
};

static const struct bar open_bar = {0, UINT32_MAX};

/* The parts in which candidates may be offered in the asked municipality. */
enum { ASKED_PARTS = 2, WORD_BITS = 64, BATCH_ROWS = 32 };

static size_t asked_part(const struct match_context *context, size_t i)
{
    return i == 0 ? (size_t)context->question->municipality
                  : context->knowledge->municipality_count;
}

/* How many groups the asked parts of the situation's candidates have. */
static size_t count_groups(const struct pass *pass, size_t situation)
{
    size_t count = 0;
    for (size_t i = 0; i < ASKED_PARTS; i++) {
        const uint32_t *parts = pass->candidates[situation]->parts + asked_part(pass->context, i);
        count += parts[1] - parts[0];
    }
    return count;
}

static bool pass_init(struct pass *pass, const struct match_context *context, struct ranks *ranks)
{
    size_t groups = 0;
    pass->context = context;
    pass->ranks = ranks;
    pass->situations = context->question->situation_count;
    for (size_t i = 0; i < pass->situations; i++) {
        pass->candidates[i] = &context->index->candidates[context->question->situations[i]];
        pass->best_bars[i] = open_bar;
        groups += count_groups(pass, i);
    }
    pass->result_bar = pass->lowest_bar = open_bar;
    served_init(&pass->sets, context);
    /* Nothing is read before it has been added, so there is nothing to be cleared. */
    void *memory = arena_buffer(context->arena, groups * sizeof *pass->prospects);
    pass->prospects = memory;
    return pass->prospects != NULL && worths_init(&pass->worths, context);
}

/* --- What candidates are worth ----------------------------------------------------------------- */

/* What all of the group are worth by what they have in common. */
static int64_t worth_of_group(const struct pass *pass, const struct match_group *group)
{
    return worth_zero() + worths_of_class(&pass->worths, FACET_PERSON, group->person) +
           served_worth(&pass->sets, group->strength, group->shares_group);
}

/* The candidate as it stands among those of a situation, without what it is worth. */
static struct ranked ranked_of(const struct pass *pass, struct match_candidate item)
{
    if (pass->situations == 1)
        return (struct ranked){
            .row = item.row, .served = 1, .named = item.strength == STRENGTH_NAMED};
    const struct served served = served_by(&pass->sets, item.row);
    return (struct ranked){.row = item.row, .served = served.set, .named = served.named};
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

static struct bar bar_at(const struct ranked *ranked)
{
    return (struct bar){ranked->order, ranked->row};
}

/* Of several situations the best of each matters too. */
static void set_best_bars(struct pass *pass)
{
    for (size_t i = 0; i < pass->situations; i++) {
        const struct ranked *best = &pass->ranks->best[i];
        pass->best_bars[i] = best->served == 0 ? open_bar : bar_at(best);
        if ((pass->wanted >> i & 1) != 0)
            pass->lowest_bar = lower(pass->lowest_bar, pass->best_bars[i]);
    }
}

/* While the results are not full, every service counts. */
static void set_bars(struct pass *pass)
{
    const struct ranking *results = &pass->ranks->results;
    if (results->count == results->maximum)
        pass->result_bar = bar_at(&results->items[results->count - 1]);
    pass->lowest_bar = pass->result_bar;
    if (pass->situations > 1)
        set_best_bars(pass);
}

/* What a service has to stand before to be shown: as a result, or as the best of a situation. */
static struct bar bar_of(const struct pass *pass, unsigned served)
{
    struct bar bar = pass->result_bar;
    for (; pass->situations > 1 && served != 0; served &= served - 1)
        bar = lower(bar, pass->best_bars[__builtin_ctz(served)]);
    return bar;
}

/* The service, which comes to this worth, as far as it is known. */
static void take_result(struct pass *pass, struct ranked *fresh, int64_t worth)
{
    const int64_t mask = pass->worths.order_mask;
    const struct bar bar = bar_of(pass, fresh->served);
    if (!reaches(worth & mask, fresh->row, &bar))
        return;
    worth = worths_settle(&pass->worths, fresh->row, worth, pass->worths.open_count, bar.order);
    fresh->order = worth & mask;
    fresh->score = worth_points(worth);
    if (!reaches(fresh->order, fresh->row, &bar))
        return;
    pass->ranks->fitting++;
    if (pass->situations > 1)
        ranking_keep_best(pass->ranks->best, pass->situations, fresh);
    ranking_insert(&pass->ranks->results, fresh);
    set_bars(pass);
}

/* --- The most promising first ------------------------------------------------------------------ */

static void add_groups(struct pass *pass, size_t situation)
{
    for (size_t i = 0; i < ASKED_PARTS; i++) {
        const uint32_t *parts = pass->candidates[situation]->parts + asked_part(pass->context, i);
        for (uint32_t at = parts[0]; at < parts[1]; at++) {
            const struct match_group *group = &pass->context->index->groups[at];
            const int64_t worth = worth_of_group(pass, group);
            const int64_t order = (worth + pass->worths.rest_most) & pass->worths.order_mask;
            if (order >= pass->lowest_bar.order)
                pass->prospects[pass->prospect_count++] = (struct prospect){order, worth, group};
        }
    }
}

/* Takes out the group that could hold the highest order; there is one. */
static struct prospect take_prospect(struct pass *pass)
{
    struct prospect *best = pass->prospects;
    for (size_t i = 1; i < pass->prospect_count; i++) {
        if (pass->prospects[i].order > best->order)
            best = &pass->prospects[i];
    }
    const struct prospect taken = *best;
    *best = pass->prospects[--pass->prospect_count];
    return taken;
}

/* What serves several of the asked situations has been looked at before. */
static void take_of_group(struct pass *pass, size_t at, int64_t worth)
{
    const struct match_index *index = pass->context->index;
    const struct match_candidate item = index->candidate_items[at];
    PREFETCH(&index->row_classes[item.row]);
    PREFETCH(&index->rows[item.row]);
    PREFETCH(&index->spot_first[item.row]);
    struct ranked fresh = ranked_of(pass, item);
    if ((fresh.served & (fresh.served - 1)) == 0)
        take_result(pass, &fresh, worth);
}

/* The loop over thousands: adds up what candidates are worth in so many facets, as far as that is
 * known. */
static ALWAYS_INLINE void add_up(struct pass *pass, const struct prospect *prospect,
                                 const size_t facets)
{
    const struct worths *worths = &pass->worths;
    const struct match_index *index = pass->context->index;
    const int64_t mask = worths->order_mask;
    const int64_t *of[FACET_COUNT];
    const uint16_t *classes[FACET_COUNT];
    for (size_t k = 0; k < facets; k++) {
        of[k] = worths->of[worths->rest[k]];
        classes[k] = index->candidate_classes[worths->rest[k]];
    }
    for (size_t at = prospect->group[0].first; at < prospect->group[1].first; at++) {
        int64_t worth = prospect->worth;
#pragma GCC unroll 8
        for (size_t k = 0; k < facets; k++)
            worth += of[k][classes[k][at]];
        if ((worth & mask) >= pass->lowest_bar.order)
            take_of_group(pass, at, worth);
    }
}

/* For each number of facets there is a loop of its own, in which they are added one by one. */
static void look_through_group(struct pass *pass, const struct prospect *prospect)
{
    switch (pass->worths.rest_count) {
    case 2:
        add_up(pass, prospect, 2);
        break;
    case 3:
        add_up(pass, prospect, 3);
        break;
    case 4:
        add_up(pass, prospect, 4);
        break;
    case 5:
        add_up(pass, prospect, 5);
        break;
    case 6:
        add_up(pass, prospect, 6);
        break;
    case 7:
        add_up(pass, prospect, 7);
        break;
    default:
        assert(false); /* area and source are always asked, and there are no more facets */
    }
}

/* Services that serve one of the wanted situations and no other that is asked: mostly many. */
static void look_for_serving_one(struct pass *pass)
{
    pass->prospect_count = 0;
    set_bars(pass);
    for (size_t i = 0; i < pass->situations; i++) {
        if ((pass->wanted >> i & 1) != 0)
            add_groups(pass, i);
    }
    while (pass->prospect_count > 0) {
        const struct prospect prospect = take_prospect(pass);
        if (prospect.order < pass->lowest_bar.order)
            return;
        look_through_group(pass, &prospect);
    }
}

/* --- Several situations ------------------------------------------------------------------------ */

static uint64_t all_or_none(unsigned wanted)
{
    return wanted != 0 ? ~UINT64_C(0) : 0;
}

/* Rows of the word that are candidates of just so many of the situations: they are counted for all
 * rows at once, in numbers of four bits of which each stands in a word of its own. */
static uint64_t covering(const struct pass *pass, size_t word, unsigned coverage)
{
    uint64_t ones = 0;
    uint64_t twos = 0;
    uint64_t fours = 0;
    uint64_t eights = 0;
    for (size_t i = 0; i < pass->situations; i++) {
        const uint64_t rows = pass->sets.named[i][word] | pass->sets.sharing[i][word];
        const uint64_t to_twos = ones & rows;
        const uint64_t to_fours = twos & to_twos;
        ones ^= rows;
        twos ^= to_twos;
        eights |= fours & to_fours;
        fours ^= to_fours;
    }
    const uint64_t others =
        (ones ^ all_or_none(coverage & 1)) | (twos ^ all_or_none(coverage & 2)) |
        (fours ^ all_or_none(coverage & 4)) | (eights ^ all_or_none(coverage & 8));
    return pass->context->index->offered[pass->context->question->municipality][word] & ~others;
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
        const uint32_t row = batch->rows[i];
        const struct served served = served_by(&pass->sets, row);
        const int64_t worth = worth_zero() + served.worth +
                              worths_of_row(worths, &pass->context->index->row_classes[row]);
        if ((served.set & pass->wanted) == 0 ||
            (worth & worths->order_mask) < pass->lowest_bar.order)
            continue;
        struct ranked fresh = {.row = row, .served = served.set, .named = served.named};
        take_result(pass, &fresh, worth);
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

static void take_near_miss(struct pass *pass, struct ranked *fresh, int64_t worth)
{
    const struct worths *worths = &pass->worths;
    worth = worths_settle(worths, fresh->row, worth, worths->quick_count, INT64_MIN);
    if (!worth_is_near_miss(worth))
        return;
    fresh->failed = worth_failed(worth);
    pass->ranks->missed[fresh->failed]++;
    if (!may_be_near_miss(pass, worth))
        return;
    worth = worth_without_failure(
        worths_settle(worths, fresh->row, worth, worths->open_count, INT64_MIN));
    fresh->order = worth & worths->order_mask;
    fresh->score = worth_points(worth);
    ranking_insert(&pass->ranks->near_misses, fresh);
}

/* A candidate of several lists counts in the first. */
static void take_near_miss_of_list(struct pass *pass, size_t situation, uint32_t row)
{
    const struct served served = served_by(&pass->sets, row);
    struct ranked fresh = {.row = row, .served = served.set, .named = served.named};
    if ((size_t)__builtin_ctz(served.set) == situation)
        take_near_miss(pass, &fresh,
                       worth_zero() + served.worth +
                           worths_of_row(&pass->worths, &pass->context->index->row_classes[row]));
}

static void look_for_near_misses_in_group(struct pass *pass, const struct match_group *group,
                                          size_t situation)
{
    if (worth_of_group(pass, group) < -WORTH_FAILURE)
        return; /* two conditions fail all of them, or more */
    for (size_t at = group[0].first; at < group[1].first; at++)
        take_near_miss_of_list(pass, situation, pass->context->index->candidate_items[at].row);
}

static void look_for_near_misses(struct pass *pass)
{
    const struct match_group *groups = pass->context->index->groups;
    for (size_t i = 0; i < pass->situations * ASKED_PARTS; i++) {
        const size_t situation = i / ASKED_PARTS;
        const uint32_t *parts =
            pass->candidates[situation]->parts + asked_part(pass->context, i % ASKED_PARTS);
        for (uint32_t at = parts[0]; at < parts[1]; at++)
            look_for_near_misses_in_group(pass, &groups[at], situation);
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
