/* SPDX-License-Identifier: EUPL-1.2 */
#include "match_answer_internal.h"

#include "contact_internal.h"
#include "event_internal.h"
#include "exchange_internal.h"
#include "opening_internal.h"
#include "situation_internal.h"
#include "sociopoint/catalogue/entry.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"
#include "understood_internal.h"
#include "write_internal.h"

enum { WRITTEN_SLOTS = 64 };

/* Where in the answer a reason stands: others of its code begin alike, and most are the same. */
struct written {
    const struct match_reason *reason; /* NULL: none */
    size_t start;
    size_t head; /* up to its sentence */
    size_t length;
};

/* What every part of the answer is written with. */
struct writer {
    const struct exchange *x;
    const struct match_answer *answer;
    struct builder *out;
    struct written written[WRITTEN_SLOTS]; /* the last, by code */
};

/* The sentence of a match code as the member "text". */
static void write_sentence(struct writer *at, const char *code,
                           const struct match_argument arguments[MATCH_ARGUMENTS])
{
    write_text_begin(at->out, "text");
    match_sentence_append_escaped(&at->x->knowledge->texts, at->x->language, code, arguments,
                                  at->out);
    write_text_end(at->out);
}

static void write_argument(struct writer *at, const char *name,
                           const struct match_argument *argument)
{
    write_text(at->out, name,
               match_argument_text(argument, &at->x->knowledge->texts, at->x->language));
}

/* Codes are literals, so one address is one code; that one code may have two costs nothing but time. */
static struct written *written_like(struct writer *at, const struct match_reason *reason)
{
    uintptr_t code = (uintptr_t)reason->code;
    return &at->written[(code / 8 ^ code / 512) % WRITTEN_SLOTS];
}

static bool begins_alike(const struct match_reason *left, const struct match_reason *right)
{
    return left->code == right->code && left->condition == right->condition &&
           left->state == right->state;
}

static bool says_the_same(const struct match_reason *left, const struct match_reason *right)
{
    bool same = left->points == right->points;
    for (int i = 0; i < MATCH_ARGUMENTS && same; i++) {
        const struct match_argument *one = &left->arguments[i];
        const struct match_argument *other = &right->arguments[i];
        same = one->translated == other->translated && one->text_code == other->text_code &&
               str_equal(one->plain, other->plain);
    }
    return same;
}

/* Returns how long it is. */
static size_t write_reason_head(struct builder *out, const char *name,
                                const struct match_reason *reason)
{
    write_object(out, name);
    size_t start = out->length;
    write_plain(out, "code", str_from(reason->code));
    write_plain(out, "condition", str_from(reason->condition));
    write_plain(out, "state", str_from(match_state_key(reason->state)));
    write_text_begin(out, "text");
    return out->length - start + 1;
}

static void write_reason(struct writer *at, const char *name, const struct match_reason *reason)
{
    struct builder *out = at->out;
    struct written *like = written_like(at, reason);
    struct written fresh = {.reason = reason};
    if (like->reason == NULL || !begins_alike(like->reason, reason)) {
        fresh.head = write_reason_head(out, name, reason);
    } else if (says_the_same(like->reason, reason)) {
        write_copy(out, name, like->start, like->length);
        return;
    } else {
        fresh.head = like->head;
        write_copy(out, name, like->start, like->head);
    }
    fresh.start = out->length - fresh.head;
    match_sentence_append_escaped(&at->x->knowledge->texts, at->x->language, reason->code,
                                  reason->arguments, out);
    write_text_end(out);
    write_int(out, "points", reason->points);
    write_object_end(out);
    fresh.length = out->length - fresh.start;
    *like = fresh;
}

/* The keys of the asked situations that a service serves. */
static void write_served(struct writer *at, unsigned situations)
{
    write_array(at->out, "situations");
    for (size_t i = 0; i < at->answer->situation_count; i++) {
        if ((situations & (1U << i)) != 0)
            write_text(at->out, NULL,
                       at->x->knowledge->situations[at->answer->situations[i]].term.key);
    }
    write_array_end(at->out);
}

static void write_freshness(struct writer *at, const struct match_result *result)
{
    static const char *const codes[] = {[FRESHNESS_UNCONFIRMED] = "freshness.unconfirmed",
                                        [FRESHNESS_CONFIRMED] = "freshness.confirmed",
                                        [FRESHNESS_OVERDUE] = "freshness.overdue"};
    const struct service_facts *facts = result->entry->facts.service;
    bool confirmed = result->freshness != FRESHNESS_UNCONFIRMED;
    const struct str arguments[3] = {confirmed ? facts->confirmed_on : facts->as_of};
    const char *code = str_present(arguments[0]) ? codes[result->freshness] : "freshness.undated";
    write_object(at->out, "freshness");
    write_text_z(at->out, "state", match_freshness_key(result->freshness));
    write_text(at->out, "as_of", facts->as_of);
    write_text(at->out, "confirmed_on", facts->confirmed_on);
    write_text_begin(at->out, "text");
    texts_append_escaped(&at->x->knowledge->texts, at->x->language, str_from(code), arguments,
                         at->out);
    write_text_end(at->out);
    write_object_end(at->out);
}

/* Where it is, and how far. */
static void write_place(struct writer *at, const struct match_result *result)
{
    static const char *const from[] = {
        [DISTANCE_FROM_PLACE] = "place", [DISTANCE_FROM_DISTRICT] = "district"};
    if (result->place == NULL)
        return;
    write_object(at->out, "place");
    write_id(at->out, "id", &result->place->service_at_location);
    write_text(at->out, "municipality", result->place->municipality);
    write_text(at->out, "district", result->place->district);
    write_text(at->out, "locality", result->place->locality);
    write_object_end(at->out);
    if (result->distance_from == DISTANCE_NONE)
        return;
    write_object(at->out, "distance");
    write_int(at->out, "metres", result->distance_m);
    write_text_z(at->out, "from", from[result->distance_from]);
    write_object_end(at->out);
}

static void write_count(struct writer *at, const char *name, int count)
{
    if (count >= 0)
        write_int(at->out, name, count);
}

static void write_room(struct writer *at, const struct match_result *result)
{
    static const char *const states[] = {
        [FREE_UNKNOWN] = "unknown", [FREE_SOME] = "some", [FREE_NONE] = "none"};
    const struct match_room *room = &result->room;
    write_object(at->out, "room");
    write_text_z(at->out, "state", states[room->state]);
    write_text(at->out, "unit", room->unit);
    write_count(at, "available", room->available);
    write_count(at, "maximum", room->maximum);
    write_count(at, "waiting", room->waiting);
    write_text(at->out, "as_of", room->as_of);
    write_count(at, "registered_maximum", result->entry->facts.service->registered_maximum);
    write_sentence(at, room->code, room->arguments);
    write_object_end(at->out);
}

static void write_results(struct writer *at)
{
    write_array(at->out, "results");
    for (size_t i = 0; i < at->answer->result_count; i++) {
        const struct match_result *result = &at->answer->results[i];
        write_object(at->out, NULL);
        write_json(at->out, "service", result->entry->short_form);
        write_served(at, result->situations);
        write_int(at->out, "score", result->score);
        write_array(at->out, "reasons");
        for (size_t k = 0; k < result->reason_count; k++)
            write_reason(at, NULL, &result->reasons[k]);
        write_array_end(at->out);
        if (result->named != NULL)
            understood_write_words("named", result->named, at->out);
        write_freshness(at, result);
        opening_write(&at->x->knowledge->texts, at->x->language, &result->opening, at->out);
        write_place(at, result);
        write_room(at, result);
        event_write_of_service(at->x, &result->entry->id, at->answer->at.utc_ms, at->out);
        write_object_end(at->out);
    }
    write_array_end(at->out);
}

static void write_near_misses(struct writer *at)
{
    write_array(at->out, "near_misses");
    for (size_t i = 0; i < at->answer->near_miss_count; i++) {
        const struct match_near_miss *miss = &at->answer->near_misses[i];
        write_object(at->out, NULL);
        write_json(at->out, "service", miss->entry->short_form);
        write_served(at, miss->situations);
        write_int(at->out, "score", miss->score);
        write_reason(at, "failed", &miss->failed);
        write_argument(at, "asked", &miss->asked);
        write_argument(at, "needed", &miss->needed);
        write_object_end(at->out);
    }
    write_array_end(at->out);
}

static void write_asks(struct writer *at)
{
    static const struct match_argument none[MATCH_ARGUMENTS];
    write_array(at->out, "questions");
    for (size_t i = 0; i < at->answer->ask_count; i++) {
        const struct match_ask *ask = &at->answer->asks[i];
        write_object(at->out, NULL);
        write_text_z(at->out, "code", ask->code);
        write_text_z(at->out, "condition", ask->condition);
        write_sentence(at, ask->code, none);
        write_array(at->out, "results");
        for (size_t k = 0; k < ask->result_count; k++)
            write_int(at->out, NULL, ask->results[k]);
        write_array_end(at->out);
        write_object_end(at->out);
    }
    write_array_end(at->out);
}

static void write_suggestions(struct writer *at)
{
    static const struct match_argument none[MATCH_ARGUMENTS];
    write_array(at->out, "suggestions");
    for (size_t i = 0; i < at->answer->suggestion_count; i++) {
        const struct match_suggestion *suggestion = &at->answer->suggestions[i];
        write_object(at->out, NULL);
        write_text_z(at->out, "code", suggestion->code);
        write_text_z(at->out, "condition", suggestion->condition);
        write_sentence(at, suggestion->code, none);
        write_int(at->out, "services", (int64_t)suggestion->services);
        write_object_end(at->out);
    }
    write_array_end(at->out);
}

static void write_generation(struct writer *at)
{
    const struct generation *generation = at->x->generation;
    write_object(at->out, "generation");
    if (generation != NULL) {
        struct str epoch = generation_epoch(generation);
        write_text_begin(at->out, "cursor");
        builder_append_escaped(at->out, epoch);
        builder_append_char(at->out, ':');
        builder_append_int(at->out, generation_seq(generation));
        write_text_end(at->out);
        write_time(at->out, "loaded_at", generation_loaded_at_ms(generation));
    }
    write_flag(at->out, "degraded", generation == NULL || generation_degraded(generation));
    write_object_end(at->out);
}

void match_answer_write(const struct exchange *x, const struct match_resolved *question,
                        const struct match_answer *answer, struct builder *out)
{
    const struct knowledge *knowledge = x->knowledge;
    struct writer at = {.x = x, .answer = answer, .out = out};
    write_object(out, NULL);
    write_text_z(out, "language", language_tag(x->language));
    write_text(out, "municipality", knowledge->municipalities[question->municipality].key);
    opening_write_time(out, "at", &answer->at);
    understood_write_situations(knowledge, x->language, question, answer, out);
    understood_write(knowledge, x->language, question->understanding, out);
    contact_write_lines(knowledge, x->language, "crisis", answer->crisis_lines,
                        answer->crisis_line_count, out);
    write_results(&at);
    write_near_misses(&at);
    write_asks(&at);
    write_suggestions(&at);
    contact_write_fallback(knowledge, x->language, &answer->fallback, out);
    write_generation(&at);
    write_object_end(out);
}
