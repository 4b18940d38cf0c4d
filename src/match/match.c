/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/match.h"

#include <assert.h>

#include "argument_internal.h"
#include "choice_internal.h"
#include "context_internal.h"
#include "help_internal.h"
#include "opening_internal.h"
#include "rank_internal.h"
#include "rank_named_internal.h"
#include "room_internal.h"
#include "shown_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/match/understanding.h"
#include "suggest_internal.h"
#include "weigh_internal.h"

static const enum match_state state_of[] = {
    [VERDICT_MET] = MATCH_MET,
    [VERDICT_UNKNOWN] = MATCH_UNKNOWN,
    [VERDICT_FAILED] = MATCH_FAILED,
};

/* --- Reasons ----------------------------------------------------------------------------------- */

static struct match_reason situation_reason(const struct match_context *context,
                                            const struct match_row *row, size_t asked, bool named)
{
    const struct knowledge *knowledge = context->knowledge;
    const struct situation *situation =
        &knowledge->situations[context->question->situations[asked]];
    uint64_t shared = row->target_groups & situation->target_groups;
    struct match_reason reason = {
        .condition = "situation",
        .state = MATCH_MET,
        .code = named ? "reason.situation.met" : "reason.situation.met.kind",
        .points = weigh_situation_points(context, named, shared != 0),
        .arguments = {argument_translated(&situation->term.name)},
    };
    if (named || row->kind == MATCH_NO_KIND)
        return reason;
    reason.arguments[1] = argument_translated(&knowledge->kinds[row->kind].term.name);
    if (shared != 0)
        reason.arguments[2] =
            argument_translated(&knowledge->target_groups[__builtin_ctzll(shared)].term.name);
    return reason;
}

/* The first of the words will do. */
static struct match_reason name_reason(const struct match_context *context,
                                       const struct text_spans *words)
{
    return (struct match_reason){
        .condition = "name",
        .state = MATCH_MET,
        .code = "reason.name.met",
        .points = context->knowledge->weights.name,
        .arguments = {argument_plain(words->items[0].text)},
    };
}

static struct match_reason source_reason(const struct match_context *context,
                                         const struct match_row *row)
{
    const struct service_facts *facts = match_index_facts(context->index, row);
    const enum match_freshness freshness = weigh_freshness(context, row);
    bool confirmed = freshness != FRESHNESS_UNCONFIRMED;
    bool dated = confirmed || str_present(facts->as_of);
    struct match_reason reason = {
        .condition = "source",
        .state = freshness == FRESHNESS_CONFIRMED ? MATCH_MET : MATCH_UNKNOWN,
        .code = freshness == FRESHNESS_CONFIRMED ? "reason.source.met"
                : freshness == FRESHNESS_OVERDUE ? "reason.source.unknown.overdue"
                : dated                          ? "reason.source.unknown"
                                                 : "reason.source.unknown.undated",
        .points = weigh_source_points(context, row),
    };
    if (dated)
        reason.arguments[0] = argument_plain(confirmed ? facts->confirmed_on : facts->as_of);
    return reason;
}

/* The reason of a condition with its words; false when the arena is exhausted. */
static bool condition_reason(const struct match_context *context, const struct match_row *row,
                             const struct active_rule *active, enum match_verdict verdict,
                             struct match_reason *reason)
{
    const struct match_rule *rule = active->rule;
    *reason = (struct match_reason){
        .condition = match_condition_key(rule->condition),
        .state = state_of[verdict],
        .code = rule->codes[state_of[verdict]],
        .points = weigh_points(context, row, active, verdict),
    };
    return rule->explain == NULL || rule->explain(context, row, reason);
}

/* What is said of the service whether it was asked or not: hours, place, room. */
static bool find_shown(const struct match_context *context, const struct match_row *row,
                       struct match_shown *shown)
{
    const struct service_facts *facts = match_index_facts(context->index, row);
    shown->choice = choice_make(context, row, facts);
    const struct opening_question hours =
        choice_opening_question(context, facts, shown->choice.place);
    return opening_describe(&hours, (row->flags & ROW_PHONE) != 0, context->arena,
                            &shown->opening) &&
           room_describe(context, facts, &shown->room);
}

/* Every condition is asked once of each result, when what is shown of it is known. */
static void find_verdicts(const struct match_context *context, const struct match_row *row,
                          uint8_t *verdicts)
{
    for (size_t i = 0; i < context->active_count; i++)
        verdicts[i] = (uint8_t)weigh_verdict(context, row, &context->active[i]);
}

/* How many reasons the n-th result has. */
static size_t count_reasons(const struct match_context *context, const struct ranked *ranked,
                            size_t n)
{
    size_t count = (size_t)__builtin_popcount(ranked->served) + 1;
    count += rank_named_words(context, ranked->row) != NULL;
    for (size_t i = 0; i < context->active_count; i++)
        count += context_verdict(context, n, i) != VERDICT_NONE;
    return count;
}

static bool fill_reasons(const struct match_context *context, const struct ranked *ranked, size_t n,
                         struct match_result *result)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    /* Each is written as a whole, so there is nothing to be cleared. */
    void *memory = arena_buffer(context->arena,
                                count_reasons(context, ranked, n) * sizeof(struct match_reason));
    struct match_reason *reason = memory;
    if (reason == NULL)
        return false;
    result->reasons = reason;
    for (size_t i = 0; i < context->question->situation_count; i++) {
        if ((ranked->served >> i & 1) != 0)
            *reason++ = situation_reason(context, row, i, (ranked->named >> i & 1) != 0);
    }
    if (result->named != NULL)
        *reason++ = name_reason(context, result->named);
    for (size_t i = 0; i < context->active_count; i++) {
        enum match_verdict verdict = context_verdict(context, n, i);
        if (verdict == VERDICT_NONE)
            continue;
        if (!condition_reason(context, row, &context->active[i], verdict, reason++))
            return false;
    }
    *reason++ = source_reason(context, row);
    result->reason_count = (size_t)(reason - result->reasons);
    return true;
}

static bool fill_result(struct match_context *context, const struct ranked *ranked, size_t n,
                        struct match_result *result)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    struct match_shown shown;
    if (!find_shown(context, row, &shown))
        return false;
    const struct place_choice *choice = &shown.choice;
    *result = (struct match_result){
        .entry = context->index->services[row->service],
        .situations = ranked->served,
        .named = rank_named_words(context, ranked->row),
        .score = ranked->score,
        .freshness = weigh_freshness(context, row),
        .opening = shown.opening,
        .place = choice->place != NULL && !choice->place->concealed ? choice->place : NULL,
        .distance_from = choice->from,
        .distance_m = choice->from == DISTANCE_NONE ? 0 : distance_metres(choice->straight),
        .room = shown.room,
    };
    context->shown = &shown;
    find_verdicts(context, row, context->verdicts + n * context->active_count);
    bool filled = fill_reasons(context, ranked, n, result);
    context->shown = NULL;
    return filled;
}

static bool fill_results(struct match_context *context, const struct ranking *ranking,
                         struct match_answer *answer)
{
    /* Each is written as a whole, so there is nothing to be cleared. */
    void *memory = arena_buffer(context->arena, ranking->count * sizeof(struct match_result));
    void *verdicts = arena_buffer(context->arena, ranking->count * context->active_count);
    struct match_result *results = memory;
    context->verdicts = verdicts;
    if (results == NULL || verdicts == NULL)
        return false;
    for (size_t n = 0; n < ranking->count; n++) {
        if (!fill_result(context, &ranking->items[n], n, &results[n]))
            return false;
    }
    answer->results = results;
    answer->result_count = ranking->count;
    return true;
}

/* --- Near misses ------------------------------------------------------------------------------- */

static const struct active_rule *active_of(const struct match_context *context,
                                           enum match_condition condition)
{
    const struct active_rule *active = context->active;
    while (active->rule->condition != condition)
        active++;
    return active;
}

static bool fill_near_miss(const struct match_context *context, const struct ranked *ranked,
                           struct match_near_miss *miss)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    *miss = (struct match_near_miss){
        .entry = context->index->services[row->service],
        .situations = ranked->served,
        .score = ranked->score,
    };
    const struct active_rule *failed = active_of(context, ranked->failed);
    if (!condition_reason(context, row, failed, VERDICT_FAILED, &miss->failed))
        return false;
    miss->failed.points = 0; /* it costs the place, not points */
    return failed->rule->near_miss(context, row, miss);
}

static bool fill_near_misses(const struct match_context *context, const struct ranks *ranks,
                             struct match_answer *answer)
{
    const struct ranking *ranking = &ranks->near_misses;
    if (ranks->fitting >= MATCH_RESULTS_ENOUGH)
        return true;
    struct match_near_miss *misses = arena_array(context->arena, ranking->count, sizeof *misses);
    if (misses == NULL)
        return false;
    for (size_t i = 0; i < ranking->count; i++) {
        if (!fill_near_miss(context, &ranking->items[i], &misses[i]))
            return false;
    }
    answer->near_misses = misses;
    answer->near_miss_count = ranking->count;
    return true;
}

/* --- What to ask ------------------------------------------------------------------------------- */

/* The questions found so far; each has room for every result. */
struct asks {
    struct match_ask *items;
    uint16_t *results;
    size_t count;
    size_t width;
};

/* Notes that the question would decide the result. */
static void asks_note(struct asks *asks, const char *code, enum match_condition condition,
                      size_t result)
{
    size_t i = 0;
    while (i < asks->count && !str_equal_z(str_from(code), asks->items[i].code))
        i++;
    uint16_t *results = asks->results + i * asks->width;
    if (i == asks->count)
        asks->items[asks->count++] =
            (struct match_ask){code, match_condition_key(condition), results, 0};
    results[asks->items[i].result_count++] = (uint16_t)result;
}

/* The question that would decide whether the service is a result at all, which is unknown by the
 * rule; NULL: none. */
static const char *ask_of(const struct match_context *context, const struct match_row *row,
                          const struct match_rule *rule)
{
    if (rule->hard == NULL || !rule->hard(context, row))
        return NULL;
    return rule->choose_ask != NULL ? rule->choose_ask(context, row) : rule->ask;
}

/* Most results first, then the one that decides the better result; stable. */
static void asks_sort(struct asks *asks)
{
    for (size_t i = 1; i < asks->count; i++) {
        struct match_ask ask = asks->items[i];
        size_t place = i;
        for (; place > 0; place--) {
            const struct match_ask *before = &asks->items[place - 1];
            bool better =
                ask.result_count > before->result_count ||
                (ask.result_count == before->result_count && ask.results[0] < before->results[0]);
            if (!better)
                break;
            asks->items[place] = *before;
        }
        asks->items[place] = ask;
    }
}

static bool fill_asks(const struct match_context *context, const struct ranking *ranking,
                      struct match_answer *answer)
{
    const size_t maximum = context->active_count + 1; /* the area alone has two questions */
    struct asks asks = {.width = ranking->count};
    asks.items = arena_array(context->arena, maximum, sizeof *asks.items);
    asks.results = arena_array(context->arena, maximum * ranking->count, sizeof *asks.results);
    if (asks.items == NULL || asks.results == NULL)
        return false;
    for (size_t i = 0; i < ranking->count; i++) {
        const struct match_row *row = &context->index->rows[ranking->items[i].row];
        for (size_t j = 0; j < context->active_count; j++) {
            const struct match_rule *rule = context->active[j].rule;
            if (context_verdict(context, i, j) != VERDICT_UNKNOWN)
                continue;
            const char *code = ask_of(context, row, rule);
            if (code != NULL)
                asks_note(&asks, code, rule->condition, i);
        }
    }
    asks_sort(&asks);
    answer->asks = asks.items;
    answer->ask_count = asks.count;
    return true;
}

/* --- The answer -------------------------------------------------------------------------------- */

/* The hours of the first contact, which is called. */
static bool fill_fallback_opening(const struct match_context *context,
                                  struct match_fallback *fallback)
{
    if (fallback->contact == NULL)
        return true;
    const struct entry *entry =
        generation_find(context->generation, DOCUMENT_SERVICE, &fallback->contact->service);
    if (entry == NULL)
        return true;
    const struct service_facts *facts = entry->facts.service;
    const struct opening_question question = {
        .place = facts->place_count == 0 ? NULL : facts->places[0].hours,
        .service = facts->hours,
        .purpose = OPENING_PHONE,
        .moment = &context->moment,
    };
    fallback->has_opening = true;
    return opening_describe(&question, true, context->arena, &fallback->opening);
}

bool match_run(const struct generation *generation, const struct match_resolved *question,
               const struct match_rules *rules, struct arena *arena, struct match_answer *answer,
               struct error *err)
{
    struct match_context context;
    struct ranks ranks;
    assert(question->limit > 0 && question->limit <= MATCH_LIMIT_MAXIMUM);
    context_init(&context, generation, question, rules, arena);
    if (!rank_candidates(&context, &ranks) ||
        !help_fill(context.knowledge, question, arena, answer) ||
        !fill_results(&context, &ranks.results, answer) ||
        !fill_near_misses(&context, &ranks, answer) ||
        !fill_asks(&context, &ranks.results, answer) || !suggest_fill(&context, &ranks, answer) ||
        !fill_fallback_opening(&context, &answer->fallback))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return true;
}

bool match_without_catalogue(const struct knowledge *knowledge,
                             const struct match_resolved *question, struct arena *arena,
                             struct match_answer *answer, struct error *err)
{
    if (!help_fill(knowledge, question, arena, answer))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return true;
}
