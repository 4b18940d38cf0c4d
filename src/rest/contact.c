/* SPDX-License-Identifier: EUPL-1.2 */
#include "contact_internal.h"

#include "opening_internal.h"
#include "sociopoint/base/error.h"
#include "sociopoint/match/match.h"
#include "write_internal.h"

static void write_line(const struct crisis_line *line, enum language language, struct builder *out)
{
    write_object(out, NULL);
    write_text(out, "number", line->number);
    write_text(out, "name", line->name.in[language]);
    write_text(out, "for_whom", line->for_whom.in[language]);
    write_text(out, "hours", line->hours.in[language]);
    write_text(out, "operator", line->operator_name);
    write_flag(out, "round_the_clock", line->round_the_clock);
    write_flag(out, "confirmed", line->confirmed);
    write_text(out, "as_of", line->as_of);
    write_object_end(out);
}

void contact_write_lines(const struct knowledge *knowledge, enum language language,
                         const char *name, const uint16_t *lines, size_t count, struct builder *out)
{
    write_array(out, name);
    for (size_t i = 0; i < count; i++)
        write_line(&knowledge->crisis_lines[lines[i]], language, out);
    write_array_end(out);
}

void contact_write_local_lines(const struct knowledge *knowledge, enum language language,
                               const struct situation *situation, int municipality,
                               struct builder *out)
{
    write_array(out, "crisis_lines");
    for (size_t i = 0; i < situation->crisis_line_count; i++) {
        const struct crisis_line *line = &knowledge->crisis_lines[situation->crisis_lines[i]];
        if (line->municipality == KNOWLEDGE_NONE || line->municipality == municipality)
            write_line(line, language, out);
    }
    write_array_end(out);
}

/* The sentence "call <name>, <phone>, <hours>". */
static void write_advice(const struct knowledge *knowledge, enum language language,
                         const struct first_contact *contact, struct builder *out)
{
    const struct str arguments[3] = {contact->name.in[language], contact->phone,
                                     contact->hours.in[language]};
    write_text_begin(out, "text");
    texts_append_escaped(&knowledge->texts, language, STR("fallback.contact"), arguments, out);
    write_text_end(out);
}

static void write_contact(const struct first_contact *contact, enum language language,
                          struct builder *out)
{
    write_id(out, "service_id", &contact->service);
    write_text(out, "name", contact->name.in[language]);
    write_text(out, "phone", contact->phone);
    write_text(out, "email", contact->email);
    write_text(out, "hours", contact->hours.in[language]);
}

static void write_opening(const struct knowledge *knowledge, enum language language,
                          const struct match_fallback *fallback, struct builder *out)
{
    if (fallback->has_opening)
        opening_write(&knowledge->texts, language, &fallback->opening, out);
}

static void write_emergency(const struct knowledge *knowledge, enum language language,
                            struct builder *out)
{
    static const char *const numbers[] = {"112", "155", "158"};
    write_object(out, "emergency");
    write_text(out, "text", texts_find(&knowledge->texts, language, "fallback.emergency"));
    write_array(out, "numbers");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        write_text(out, NULL, str_from(numbers[i]));
    write_array_end(out);
    write_object_end(out);
}

void contact_write_fallback(const struct knowledge *knowledge, enum language language,
                            const struct match_fallback *fallback, struct builder *out)
{
    write_object(out, "fallback");
    if (fallback->contact != NULL) {
        write_text(out, "kind", STR("contact"));
        write_advice(knowledge, language, fallback->contact, out);
        write_contact(fallback->contact, language, out);
        write_opening(knowledge, language, fallback, out);
    } else {
        /* Where no line advises, the town hall does; its advice is then the text itself. */
        write_text(out, "kind", STR("lines"));
        write_text(
            out, "text",
            texts_find(&knowledge->texts, language,
                       fallback->line_count > 0 ? "fallback.lines" : "fallback.town-hall.alone"));
    }
    contact_write_lines(knowledge, language, "lines", fallback->lines, fallback->line_count, out);
    if (fallback->town_hall && fallback->line_count > 0)
        write_text(out, "advice", texts_find(&knowledge->texts, language, "fallback.town-hall"));
    write_emergency(knowledge, language, out);
    write_object_end(out);
}

void contact_write_help(const struct knowledge *knowledge, enum language language,
                        struct arena *arena, struct builder *out)
{
    struct match_answer answer = {0};
    struct error err = {0};
    write_array(out, "crisis");
    for (size_t i = 0; i < knowledge->crisis_line_count; i++) {
        const struct crisis_line *line = &knowledge->crisis_lines[i];
        if (line->confirmed && line->round_the_clock && line->municipality == KNOWLEDGE_NONE)
            write_line(line, language, out);
    }
    write_array_end(out);
    /* Without memory there is still the advice, and the emergency numbers. */
    if (!match_without_catalogue(knowledge, NULL, arena, &answer, &err))
        answer.fallback.town_hall = true;
    contact_write_fallback(knowledge, language, &answer.fallback, out);
}
