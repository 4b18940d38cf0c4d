/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/match.h"

#include <assert.h>

#include "argument_internal.h"
#include "choice_internal.h"
#include "context_internal.h"
#include "help_internal.h"
#include "opening_internal.h"
#include "rank_internal.h"
#include "room_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "suggest_internal.h"

static const enum match_state state_of[] = {
    [VERDICT_MET] = MATCH_MET,
    [VERDICT_UNKNOWN] = MATCH_UNKNOWN,
    [VERDICT_FAILED] = MATCH_FAILED,
};

/* --- The context ------------------------------------------------------------------------------- */

static void find_code_bits(struct match_context *context)
{
    const struct match_resolved *question = context->question;
    for (size_t i = 0; i < question->language_count; i++)
        context->language_bits |=
            generation_language_bit(context->generation, question->languages[i]);
    for (size_t i = 0; i < question->accessibility_count; i++) {
        uint16_t bit =
            generation_accessibility_bit(context->generation, question->accessibility[i]);
        context->accessibility_bits |= bit;
        context->accessibility_missing = context->accessibility_missing || bit == 0;
    }
}

static void set_points(const struct match_weights *weights, struct active_rule *active)
{
    enum match_condition condition = active->rule->condition;
    active->points[VERDICT_MET] = weights->met[condition];
    active->points[VERDICT_UNKNOWN] = weights->unknown[condition];
    active->points[VERDICT_FAILED] = weights->failed[condition];
}

static bool has_weight(const struct active_rule *active)
{
    return active->rule->hard != NULL || active->rule->points != NULL ||
           active->points[VERDICT_MET] != 0 || active->points[VERDICT_UNKNOWN] != 0 ||
           active->points[VERDICT_FAILED] != 0;
}

static void find_active_rules(struct match_context *context)
{
    for (size_t i = 0; i < context->rules->count; i++) {
        const struct match_rule *rule = context->rules->rules[i];
        if (rule->asked != NULL && !rule->asked(context))
            continue;
        struct active_rule *active = &context->active[context->active_count++];
        *active = (struct active_rule){.rule = rule, .service_rules = rule->service_rules};
        set_points(&context->knowledge->weights, active);
        if (!has_weight(active))
            continue;
        if (rule->costly)
            context->weighed_costly[context->weighed_costly_count++] = active;
        else if (rule->service_rules == 0)
            context->weighed[context->weighed_count++] = active;
        else
            context->weighed_ruled[context->weighed_ruled_count++] = active;
    }
}

/* The hours of the way in which help is wanted, where only one is. */
static enum opening_purpose purpose_of(unsigned forms)
{
    return forms == FORM_FIELD        ? OPENING_FIELD
           : forms == FORM_OUTPATIENT ? OPENING_OUTPATIENT
                                      : OPENING_GENERAL;
}

static void find_time_and_place(struct match_context *context)
{
    const struct match_resolved *question = context->question;
    context->today = civil_time_at(question->now_ms).day;
    context->year = civil_day_date(context->today).year;
    context->purpose = purpose_of(question->forms);
    if (question->located)
        context->origin = distance_origin_at(question->latitude_micro, question->longitude_micro);
}

/* Fills the context, which holds pointers into itself and stays where it is. */
static void context_init(struct match_context *context, const struct generation *generation,
                         const struct match_resolved *question, const struct match_rules *rules,
                         struct arena *arena)
{
    const struct knowledge *knowledge = generation_knowledge(generation);
    *context = (struct match_context){
        .generation = generation,
        .index = generation_match_index(generation),
        .knowledge = knowledge,
        .municipality = &knowledge->municipalities[question->municipality],
        .question = question,
        .rules = rules,
        .arena = arena,
    };
    find_time_and_place(context);
    find_code_bits(context);
    find_active_rules(context);
}

/* --- Reasons ----------------------------------------------------------------------------------- */

static struct match_reason situation_reason(const struct match_context *context,
                                            const struct match_row *row, size_t asked, bool named)
{
    const struct knowledge *knowledge = context->knowledge;
    const struct situation *situation =
        &knowledge->situations[context->question->situations[asked]];
    struct match_reason reason = {
        .condition = "situation",
        .state = MATCH_MET,
        .code = named ? "reason.situation.met" : "reason.situation.met.kind",
        .points = rank_situation_points(context, row, asked, named),
        .arguments = {argument_translated(&situation->term.name)},
    };
    if (named || row->kind == MATCH_NO_KIND)
        return reason;
    uint64_t shared = row->target_groups & situation->target_groups;
    reason.arguments[1] = argument_translated(&knowledge->kinds[row->kind].term.name);
    if (shared != 0)
        reason.arguments[2] =
            argument_translated(&knowledge->target_groups[__builtin_ctzll(shared)].term.name);
    return reason;
}

static struct match_reason source_reason(const struct match_context *context,
                                         const struct match_row *row)
{
    const struct service_facts *facts = match_index_facts(context->index, row);
    const enum match_freshness freshness = rank_freshness(context, row);
    bool confirmed = freshness != FRESHNESS_UNCONFIRMED;
    bool dated = confirmed || str_present(facts->as_of);
    struct match_reason reason = {
        .condition = "source",
        .state = freshness == FRESHNESS_CONFIRMED ? MATCH_MET : MATCH_UNKNOWN,
        .code = freshness == FRESHNESS_CONFIRMED ? "reason.source.met"
                : freshness == FRESHNESS_OVERDUE ? "reason.source.unknown.overdue"
                : dated                          ? "reason.source.unknown"
                                                 : "reason.source.unknown.undated",
        .points = rank_source_points(context, row),
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
        .points = rank_points(context, row, active, verdict),
    };
    return rule->explain == NULL || rule->explain(context, row, reason);
}

/* What is said of the service whether it was asked or not: hours, place, room. */
static bool fill_circumstances(const struct match_context *context, const struct match_row *row,
                               struct match_result *result)
{
    const struct service_facts *facts = match_index_facts(context->index, row);
    const struct place_choice choice = choice_make(context, row, facts);
    const struct opening_question hours = choice_opening_question(context, facts, choice.place);
    bool shown = choice.place != NULL && !choice.place->concealed;
    result->freshness = rank_freshness(context, row);
    result->place = shown ? choice.place : NULL;
    result->distance_from = choice.from;
    result->distance_m = choice.metres;
    return opening_describe(&hours, (row->flags & ROW_PHONE) != 0, context->arena,
                            &result->opening) &&
           room_describe(context, facts, &result->room);
}

static bool fill_result(const struct match_context *context, const struct ranked *ranked,
                        struct match_result *result)
{
    const struct match_row *row = &context->index->rows[ranked->row];
    struct match_reason *reasons =
        arena_array(context->arena, context->question->situation_count + context->active_count + 1,
                    sizeof *reasons);
    size_t count = 0;
    if (reasons == NULL)
        return false;
    for (size_t i = 0; i < context->question->situation_count; i++) {
        if ((ranked->served >> i & 1) != 0)
            reasons[count++] = situation_reason(context, row, i, (ranked->named >> i & 1) != 0);
    }
    for (size_t i = 0; i < context->active_count; i++) {
        enum match_verdict verdict = rank_verdict(context, row, &context->active[i]);
        if (verdict == VERDICT_NONE)
            continue;
        if (!condition_reason(context, row, &context->active[i], verdict, &reasons[count++]))
            return false;
    }
    reasons[count++] = source_reason(context, row);
    *result = (struct match_result){.entry = context->index->services[row->service],
                                    .situations = ranked->served,
                                    .score = ranked->score,
                                    .reasons = reasons,
                                    .reason_count = count};
    return fill_circumstances(context, row, result);
}

static bool fill_results(const struct match_context *context, const struct ranking *ranking,
                         struct match_answer *answer)
{
    struct match_result *results = arena_array(context->arena, ranking->count, sizeof *results);
    if (results == NULL)
        return false;
    for (size_t i = 0; i < ranking->count; i++) {
        if (!fill_result(context, &ranking->items[i], &results[i]))
            return false;
    }
    answer->results = results;
    answer->result_count = ranking->count;
    return true;
}

/* --- Near misses ------------------------------------------------------------------------------- */

static const struct active_rule *active_of(const struct match_context *context,
                                           const struct match_rule *rule)
{
    const struct active_rule *active = context->active;
    while (active->rule != rule)
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
    if (!condition_reason(context, row, active_of(context, ranked->failed), VERDICT_FAILED,
                          &miss->failed))
        return false;
    miss->failed.points = 0; /* it costs the place, not points */
    return ranked->failed->near_miss(context, row, miss);
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

/* The question that would decide whether the service is a result at all; NULL: none. */
static const char *ask_of(const struct match_context *context, const struct match_row *row,
                          const struct active_rule *active)
{
    const struct match_rule *rule = active->rule;
    if (rule->hard == NULL || rank_verdict(context, row, active) != VERDICT_UNKNOWN ||
        !rule->hard(context, row))
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
            const char *code = ask_of(context, row, &context->active[j]);
            if (code != NULL)
                asks_note(&asks, code, context->active[j].rule->condition, i);
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
        .at_ms = context->question->at_ms,
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
    rank_candidates(&context, &ranks);
    if (!help_fill(context.knowledge, question, arena, answer) ||
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
