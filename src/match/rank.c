/* SPDX-License-Identifier: EUPL-1.2 */
#include "rank_internal.h"

#include "diversity_internal.h"
#include "rank_named_internal.h"
#include "weigh_internal.h"

#include <string.h>

enum { BATCH_SIZE = 32 };

/* What the classes of one facet are worth. */
struct facet_worths {
    enum match_facet facet;
    const uint16_t *classes; /* by candidate */
    const uint32_t *rows;    /* by class: the row that speaks for it */
    int64_t *worths;         /* by class: WORTH_BOUNDED is set where it is not known yet */
};

/* Candidates whose worths are summed up together, because that is fast. */
struct batch {
    size_t count;
    uint32_t at[BATCH_SIZE]; /* in match_index.candidate_items; of several, in one of them */
    int64_t served_worth[BATCH_SIZE]; /* of the situations they serve */
    int64_t most[BATCH_SIZE];         /* with all facets, as far as these are known */
    uint8_t served[BATCH_SIZE];       /* as in struct ranked */
    uint8_t named[BATCH_SIZE];
};

struct pass {
    const struct match_context *context;
    struct ranks *ranks;
    void (*take)(struct pass *pass, size_t i); /* what is done with those that reach lowest_bar */
    struct facet_worths facets[FACET_COUNT];   /* those that are asked, in the order of the enum */
    size_t facet_count;
    size_t quick_count; /* of them: those whose conditions look at the row alone */
    int64_t situation[STRENGTH_NAMED + 1][2]; /* what one is worth; with a shared group: [1] */
    int64_t order_mask;
    bool exhaustive;
    size_t situations;
    const struct match_candidates *candidates[MATCH_SITUATIONS_MAXIMUM];
    struct ranked best[MATCH_SITUATIONS_MAXIMUM]; /* of each situation */
    int64_t best_bars[MATCH_SITUATIONS_MAXIMUM];  /* the least order that would be better */
    int64_t result_bar;                           /* the least order that changes the results */
    int64_t lowest_bar;                           /* of all of them */
    struct batch batch;
};

/* --- Tables ------------------------------------------------------------------------------------ */

static bool add_facet(struct pass *pass, enum match_facet facet)
{
    const struct match_index *index = pass->context->index;
    const struct match_classes *classes = &index->classes[facet];
    int64_t most = weigh_most(pass->context, facet);
    int64_t *worths = arena_array(pass->context->arena, classes->count, sizeof *worths);
    if (worths == NULL)
        return false;
    for (size_t i = 0; i < classes->count; i++)
        worths[i] = most;
    pass->facets[pass->facet_count++] =
        (struct facet_worths){facet, index->candidate_classes[facet], classes->rows, worths};
    if (facet < FACET_HOURS)
        pass->quick_count = pass->facet_count;
    return true;
}

static bool pass_init(struct pass *pass, const struct match_context *context, struct ranks *ranks)
{
    memset(pass, 0, offsetof(struct pass, batch));
    pass->context = context;
    pass->ranks = ranks;
    pass->order_mask = weigh_order_mask(context);
    pass->exhaustive = (context->rules->order & ORDER_EXHAUSTIVE) != 0;
    pass->situations = context->question->situation_count;
    for (size_t i = 0; i < pass->situations; i++)
        pass->candidates[i] = &context->index->candidates[context->question->situations[i]];
    for (int strength = STRENGTH_KIND; strength <= STRENGTH_NAMED; strength++) {
        for (int shares = 0; shares <= 1; shares++)
            pass->situation[strength][shares] =
                weigh_situation(context, strength == STRENGTH_NAMED, shares == 1);
    }
    for (enum match_facet facet = 0; facet < FACET_COUNT; facet++) {
        if (weigh_is_asked(context, facet) && !add_facet(pass, facet))
            return false;
    }
    return true;
}

/* --- One candidate ------------------------------------------------------------------------------ */

static const struct match_row *row_of(const struct pass *pass, uint32_t at)
{
    const struct match_index *index = pass->context->index;
    return &index->rows[index->candidate_items[at].row];
}

/* What the facet of the candidate is worth: by its class, or where it has none, by itself. */
static int64_t find_worth(const struct pass *pass, const struct facet_worths *facet, uint32_t at)
{
    const struct match_context *context = pass->context;
    uint16_t class = facet->classes[at];
    if (class == MATCH_NO_CLASS || pass->exhaustive)
        return weigh_facet(context, facet->facet, row_of(pass, at));
    const struct match_row *speaker = &context->index->rows[facet->rows[class]];
    facet->worths[class] = weigh_facet(context, facet->facet, speaker);
    return facet->worths[class];
}

/* The worth of the i-th of the batch, of which the first facets become known, as long as it may
 * reach the bar. */
static int64_t settle(const struct pass *pass, size_t i, size_t facet_count, int64_t bar)
{
    const uint32_t at = pass->batch.at[i];
    int64_t worth = worth_zero() + pass->batch.served_worth[i];
    for (size_t k = 0; k < pass->facet_count; k++)
        worth += pass->facets[k].worths[pass->facets[k].classes[at]];
    for (size_t k = 0; k < facet_count && worth_is_bounded(worth); k++) {
        const struct facet_worths *facet = &pass->facets[k];
        if ((worth & pass->order_mask) < bar)
            break;
        int64_t known = facet->worths[facet->classes[at]];
        if ((known & WORTH_BOUNDED) != 0)
            worth += find_worth(pass, facet, at) - known;
    }
    return worth;
}

/* The i-th of the batch, which comes to this worth without failures. */
static struct ranked ranked_of(const struct pass *pass, size_t i, int64_t worth)
{
    const struct batch *batch = &pass->batch;
    return (struct ranked){
        .order = worth & pass->order_mask,
        .row = pass->context->index->candidate_items[batch->at[i]].row,
        .score = worth_points(worth),
        .served = batch->served[i],
        .named = batch->named[i],
    };
}

/* --- Results ----------------------------------------------------------------------------------- */

/* While the results are not full, every service counts. */
static void set_bars(struct pass *pass)
{
    const struct ranking *results = &pass->ranks->results;
    if (pass->exhaustive)
        return;
    if (results->count == results->maximum)
        pass->result_bar = results->items[results->count - 1].order;
    pass->lowest_bar = pass->result_bar;
    for (size_t i = 0; pass->situations > 1 && i < pass->situations; i++) {
        const struct ranked *best = &pass->best[i];
        pass->best_bars[i] = best->served == 0 ? 0 : best->order;
        if (pass->best_bars[i] < pass->lowest_bar)
            pass->lowest_bar = pass->best_bars[i];
    }
}

/* The least order with which a service could be shown: as a result, or as the best of a situation. */
static int64_t bar_of(const struct pass *pass, unsigned served)
{
    int64_t bar = pass->result_bar;
    for (size_t i = 0; pass->situations > 1 && i < pass->situations; i++) {
        if ((served >> i & 1) != 0 && pass->best_bars[i] < bar)
            bar = pass->best_bars[i];
    }
    return bar;
}

/* Remembers the best of each situation. */
static void keep_best(struct pass *pass, const struct ranked *fresh)
{
    for (size_t i = 0; i < pass->situations; i++) {
        bool serves = (fresh->served >> i & 1) != 0;
        struct ranked *best = &pass->best[i];
        if (serves && (best->served == 0 || ranked_stands_before(fresh, best)))
            *best = *fresh;
    }
}

static void take_result(struct pass *pass, size_t i)
{
    int64_t bar = bar_of(pass, pass->batch.served[i]);
    int64_t worth = settle(pass, i, pass->facet_count, bar);
    if ((worth & pass->order_mask) < bar)
        return;
    const struct ranked fresh = ranked_of(pass, i, worth);
    pass->ranks->fitting++;
    if (pass->situations > 1)
        keep_best(pass, &fresh);
    ranking_insert(&pass->ranks->results, &fresh);
    set_bars(pass);
}

/* --- Near misses ------------------------------------------------------------------------------- */

/* Whether it would be among the near misses if it met every condition that is not known yet. */
static bool may_be_near_miss(const struct pass *pass, int64_t worth)
{
    const struct ranking *misses = &pass->ranks->near_misses;
    return misses->count < misses->maximum || (worth_without_failure(worth) & pass->order_mask) >=
                                                  misses->items[misses->count - 1].order;
}

static void take_near_miss(struct pass *pass, size_t i)
{
    int64_t worth = settle(pass, i, pass->quick_count, INT64_MIN);
    if (!worth_is_near_miss(worth))
        return;
    enum match_condition failed = worth_failed(worth);
    pass->ranks->missed[failed]++;
    if (!may_be_near_miss(pass, worth))
        return;
    worth = settle(pass, i, pass->facet_count, INT64_MIN);
    struct ranked fresh = ranked_of(pass, i, worth_without_failure(worth));
    fresh.failed = failed;
    ranking_insert(&pass->ranks->near_misses, &fresh);
}

/* --- Batches ----------------------------------------------------------------------------------- */

/* Adds what the facets of the batch are worth, and takes those that reach the bar. */
static void finish_batch(struct pass *pass)
{
    struct batch *batch = &pass->batch;
    for (size_t i = 0; i < batch->count; i++)
        batch->most[i] = worth_zero() + batch->served_worth[i];
    for (size_t k = 0; k < pass->facet_count; k++) {
        const struct facet_worths *facet = &pass->facets[k];
        for (size_t i = 0; i < batch->count; i++)
            batch->most[i] += facet->worths[facet->classes[batch->at[i]]];
    }
    for (size_t i = 0; i < batch->count; i++) {
        if ((batch->most[i] & pass->order_mask) >= pass->lowest_bar)
            pass->take(pass, i);
    }
    batch->count = 0;
}

/* The candidates of the only asked situation, of one part. */
static void pass_through_one(struct pass *pass, size_t part)
{
    const struct match_index *index = pass->context->index;
    const uint32_t *parts = pass->candidates[0]->parts + part;
    struct batch *batch = &pass->batch;
    memset(batch->served, 1, sizeof batch->served);
    for (uint32_t next = parts[0]; next < parts[1]; next += BATCH_SIZE) {
        size_t left = parts[1] - next;
        batch->count = left < BATCH_SIZE ? left : BATCH_SIZE;
        for (size_t i = 0; i < batch->count; i++) {
            const struct match_candidate item = index->candidate_items[next + i];
            batch->at[i] = next + (uint32_t)i;
            batch->served_worth[i] = pass->situation[item.strength][item.shares_group];
            batch->named[i] = item.strength == STRENGTH_NAMED;
        }
        finish_batch(pass);
    }
}

/* --- Several situations ------------------------------------------------------------------------ */

static unsigned count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* Rows of the word that are candidates of so many of the situations. */
static uint64_t covered_by(const struct pass *pass, size_t word, unsigned coverage)
{
    uint64_t at_least[MATCH_SITUATIONS_MAXIMUM + 2] = {~UINT64_C(0)}; /* so many of those seen */
    for (size_t i = 0; i < pass->situations; i++) {
        const uint64_t rows = pass->candidates[i]->bits[word];
        for (size_t n = coverage + 1; n > 0; n--)
            at_least[n] |= at_least[n - 1] & rows;
    }
    return at_least[coverage] & ~at_least[coverage + 1];
}

/* Adds to the last of the batch that the row of the bit serves the i-th situation. */
static void serve(struct pass *pass, size_t i, size_t word, unsigned bit)
{
    struct batch *batch = &pass->batch;
    const size_t place = batch->count - 1;
    uint64_t before = pass->candidates[i]->bits[word] & ((UINT64_C(1) << bit) - 1);
    batch->at[place] = pass->candidates[i]->positions[word] + count_bits(before);
    const struct match_candidate item = pass->context->index->candidate_items[batch->at[place]];
    batch->served_worth[place] += pass->situation[item.strength][item.shares_group];
    batch->served[place] |= (uint8_t)(1U << i);
    batch->named[place] |= (uint8_t)((unsigned)(item.strength == STRENGTH_NAMED) << i);
}

/* Puts the row of the bit, whose first situation is the i-th, into the batch. */
static void take_row(struct pass *pass, size_t i, size_t word, unsigned bit, unsigned coverage)
{
    struct batch *batch = &pass->batch;
    const size_t place = batch->count++;
    batch->served_worth[place] = 0;
    batch->served[place] = batch->named[place] = 0;
    serve(pass, i, word, bit);
    while (--coverage > 0) {
        do
            i++;
        while ((pass->candidates[i]->bits[word] >> bit & 1) == 0);
        serve(pass, i, word, bit);
    }
    if (batch->count == BATCH_SIZE)
        finish_batch(pass);
}

/* The situations of whose candidates one that covers so many could still be shown, as bits. */
static unsigned wanting(const struct pass *pass, unsigned coverage)
{
    const int64_t beyond = (coverage + 1) * WORTH_COVERAGE; /* it comes to less */
    unsigned set = 0;
    if (pass->result_bar < beyond)
        return (1U << pass->situations) - 1;
    for (size_t i = 0; i < pass->situations; i++)
        set |= (unsigned)(pass->best_bars[i] < beyond) << i;
    return set;
}

/* The rows of one part that are candidates of so many situations, of the wanting ones among them. */
static void pass_through_covered(struct pass *pass, size_t part, unsigned coverage, unsigned wanted)
{
    const uint32_t *words = pass->context->index->part_words + part;
    for (size_t word = words[0]; word < words[1]; word++) {
        uint64_t rows = 0;
        for (size_t i = 0; i < pass->situations; i++)
            rows |= (wanted >> i & 1) != 0 ? pass->candidates[i]->bits[word] : 0;
        if (rows != 0)
            rows &= covered_by(pass, word, coverage);
        for (size_t i = 0; rows != 0; i++) {
            uint64_t first = rows & pass->candidates[i]->bits[word];
            rows &= ~first;
            for (; first != 0; first &= first - 1)
                take_row(pass, i, word, (unsigned)__builtin_ctzll(first), coverage);
        }
    }
    finish_batch(pass);
}

/* --- The pass ------------------------------------------------------------------------------------ */

/*
 * What is in the asked municipality alone, and what is there too. Candidates of several situations
 * come by how many these are, so that the many that serve but one are mostly left out.
 */
static void pass_through(struct pass *pass)
{
    const size_t here = (size_t)pass->context->question->municipality;
    const size_t there_too = pass->context->knowledge->municipality_count;
    pass->batch.count = 0;
    if (pass->situations == 1) {
        pass_through_one(pass, here);
        pass_through_one(pass, there_too);
        return;
    }
    for (unsigned coverage = (unsigned)pass->situations; coverage > 0; coverage--) {
        unsigned wanted = wanting(pass, coverage);
        if (wanted == 0)
            return;
        pass_through_covered(pass, here, coverage, wanted);
        pass_through_covered(pass, there_too, coverage, wanted);
    }
}

static void look_for_results(struct pass *pass)
{
    pass->take = take_result;
    pass_through(pass);
}

static void look_for_near_misses(struct pass *pass)
{
    pass->take = take_near_miss;
    pass->lowest_bar = pass->result_bar = INT64_MIN;
    pass_through(pass);
}

bool rank_candidates(const struct match_context *context, struct ranks *ranks)
{
    struct pass pass;
    const size_t limit = context->question->limit;
    memset(ranks->missed, 0, sizeof ranks->missed);
    ranks->fitting = 0;
    ranking_init(&ranks->results, limit + MATCH_SPARE);
    ranking_init(&ranks->near_misses, MATCH_NEAR_MISSES_MAXIMUM);
    if (!pass_init(&pass, context, ranks))
        return false;
    look_for_results(&pass);
    rank_named_results(context, ranks);
    if (ranks->fitting < MATCH_RESULTS_ENOUGH) {
        look_for_near_misses(&pass);
        rank_named_near_misses(context, ranks);
    }
    if ((context->rules->order & ORDER_DIVERSITY) != 0)
        diversity_apply(context, &ranks->results);
    ranking_cut(&ranks->results, limit);
    if ((context->rules->order & ORDER_EVERY_SITUATION) != 0)
        ranking_serve_every_situation(&ranks->results, pass.best, pass.situations);
    return true;
}
