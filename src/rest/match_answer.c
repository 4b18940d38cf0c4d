/* SPDX-License-Identifier: EUPL-1.2 */
#include "match_answer_internal.h"

#include "contact_internal.h"
#include "exchange_internal.h"
#include "situation_internal.h"
#include "sociopoint/catalogue/entry.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"
#include "write_internal.h"

enum { SENTENCE_MAXIMUM = 4096 };

/* What every part of the answer is written with. `sentence` is used again for each one. */
struct writer {
    const struct exchange *x;
    const struct match_answer *answer;
    struct builder sentence;
    struct builder *out;
};

/* The sentence of a match code as the member `name`; the code itself where it does not fit. */
static void write_sentence(struct writer *at, const char *name, const char *code,
                           const struct match_argument arguments[MATCH_ARGUMENTS])
{
    at->sentence.length = 0;
    match_sentence_append(&at->x->knowledge->texts, at->x->language, code, arguments,
                          &at->sentence);
    if (builder_failed(&at->sentence))
        write_text_z(at->out, name, code);
    else
        write_text(at->out, name, builder_view(&at->sentence));
}

static void write_argument(struct writer *at, const char *name,
                           const struct match_argument *argument)
{
    write_text(at->out, name,
               match_argument_text(argument, &at->x->knowledge->texts, at->x->language));
}

static void write_reason(struct writer *at, const char *name, const struct match_reason *reason)
{
    write_object(at->out, name);
    write_text_z(at->out, "code", reason->code);
    write_text_z(at->out, "condition", reason->condition);
    write_text_z(at->out, "state", match_state_key(reason->state));
    write_sentence(at, "text", reason->code, reason->arguments);
    write_int(at->out, "points", reason->points);
    write_object_end(at->out);
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

static void write_freshness(struct writer *at, const struct service_facts *facts)
{
    bool confirmed = str_present(facts->confirmed_on);
    const char *code = "freshness.undated";
    struct str arguments[3] = {{NULL, 0}};
    if (confirmed) {
        code = "freshness.confirmed";
        arguments[0] = facts->confirmed_on;
    } else if (str_present(facts->as_of)) {
        code = "freshness.unconfirmed";
        arguments[0] = facts->as_of;
    }
    write_object(at->out, "freshness");
    write_text_z(at->out, "state", confirmed ? "confirmed" : "unconfirmed");
    write_text(at->out, "as_of", facts->as_of);
    write_text(at->out, "confirmed_on", facts->confirmed_on);
    at->sentence.length = 0;
    texts_append(&at->x->knowledge->texts, at->x->language, code, arguments, &at->sentence);
    write_text(at->out, "text", builder_view(&at->sentence));
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
        write_freshness(at, result->entry->facts.service);
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
        write_sentence(at, "text", ask->code, none);
        write_array(at->out, "results");
        for (size_t k = 0; k < ask->result_count; k++)
            write_int(at->out, NULL, ask->results[k]);
        write_array_end(at->out);
        write_object_end(at->out);
    }
    write_array_end(at->out);
}

static void write_situations(struct writer *at)
{
    write_array(at->out, "situations");
    for (size_t i = 0; i < at->answer->situation_count; i++) {
        const struct situation *situation =
            &at->x->knowledge->situations[at->answer->situations[i]];
        write_object(at->out, NULL);
        situation_write_name(situation, at->x->language, at->out);
        write_text_z(at->out, "urgency", situation_urgency_key(situation->urgency));
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
        at->sentence.length = 0;
        builder_append(&at->sentence, epoch);
        builder_append_char(&at->sentence, ':');
        builder_append_int(&at->sentence, generation_seq(generation));
        write_text(at->out, "cursor", builder_view(&at->sentence));
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
    builder_init(&at.sentence, x->arena, SENTENCE_MAXIMUM);
    write_object(out, NULL);
    write_text_z(out, "language", language_tag(x->language));
    write_text(out, "municipality", knowledge->municipalities[question->municipality].key);
    write_situations(&at);
    contact_write_lines(knowledge, x->language, "crisis", answer->crisis_lines,
                        answer->crisis_line_count, out);
    write_results(&at);
    write_near_misses(&at);
    write_asks(&at);
    contact_write_fallback(knowledge, x->language, &answer->fallback, x->arena, out);
    write_generation(&at);
    write_object_end(out);
}
