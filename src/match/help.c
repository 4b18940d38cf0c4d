/* SPDX-License-Identifier: EUPL-1.2 */
#include "help_internal.h"

#include "sociopoint/match/understanding.h"

/* Lines being gathered, each once. */
struct line_list {
    const struct knowledge *knowledge;
    uint16_t *lines;
    size_t count;
};

static void add_line(struct line_list *list, uint16_t line)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->lines[i] == line)
            return;
    }
    list->lines[list->count++] = line;
}

/* Which lines of a situation are wanted. */
enum line_choice { LINES_CONFIRMED, LINES_UNCONFIRMED };

/* Adds the situation's lines of the country and of the municipality (KNOWLEDGE_NONE: of no city). */
static void add_lines_of(struct line_list *list, const struct situation *situation,
                         int municipality, enum line_choice choice)
{
    for (size_t i = 0; i < situation->crisis_line_count; i++) {
        const struct crisis_line *line = &list->knowledge->crisis_lines[situation->crisis_lines[i]];
        bool here = line->municipality == KNOWLEDGE_NONE || line->municipality == municipality;
        if (here && line->confirmed == (choice == LINES_CONFIRMED))
            add_line(list, situation->crisis_lines[i]);
    }
}

/* The lines of dangers in the text come before all others. */
static void add_danger_lines(struct line_list *list, const struct match_resolved *question)
{
    const struct match_understanding *understood = question->understanding;
    for (size_t i = 0; understood != NULL && i < understood->crisis_line_count; i++)
        add_line(list, understood->crisis_lines[i]);
}

static const struct situation *asked_situation(const struct knowledge *knowledge,
                                               const struct match_resolved *question, size_t i)
{
    return &knowledge->situations[question->situations[i]];
}

static void add_lines_of_crisis(struct line_list *list, const struct situation *situation,
                                int municipality, enum line_choice choice)
{
    if (situation->urgency == URGENCY_CRISIS)
        add_lines_of(list, situation, municipality, choice);
}

/* A crisis that the text only may speak of: a false alarm is better than silence. */
static void add_lines_of_possible(struct line_list *list, const struct match_resolved *question,
                                  enum line_choice choice)
{
    const struct match_understanding *understood = question->understanding;
    for (size_t i = 0; understood != NULL && i < understood->situation_count; i++) {
        const struct recognised *recognised = &understood->situations[i];
        if (recognised->alarm)
            add_lines_of_crisis(list, &list->knowledge->situations[recognised->situation],
                                question->municipality, choice);
    }
}

/* The lines of the situations that are a crisis: confirmed ones in the editors' order, then others. */
static void add_crisis_lines(struct line_list *list, const struct match_resolved *question)
{
    for (int choice = LINES_CONFIRMED; choice <= LINES_UNCONFIRMED; choice++) {
        for (size_t i = 0; i < question->situation_count; i++) {
            const struct situation *situation = asked_situation(list->knowledge, question, i);
            add_lines_of_crisis(list, situation, question->municipality, (enum line_choice)choice);
        }
        add_lines_of_possible(list, question, (enum line_choice)choice);
    }
}

/* 112, 150, 155, 156, 158: who answers there sends help and does not advise. */
static bool is_emergency_number(const struct crisis_line *line)
{
    return line->number.length <= 3;
}

/* Confirmed lines of the country that advise in the situations asked about. */
static void add_fallback_lines(struct line_list *list, const struct match_resolved *question)
{
    for (size_t i = 0; question != NULL && i < question->situation_count; i++)
        add_lines_of(list, asked_situation(list->knowledge, question, i), KNOWLEDGE_NONE,
                     LINES_CONFIRMED);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!is_emergency_number(&list->knowledge->crisis_lines[list->lines[i]]))
            list->lines[kept++] = list->lines[i];
    }
    list->count = kept;
}

static bool line_list_init(struct line_list *list, const struct knowledge *knowledge,
                           struct arena *arena)
{
    *list = (struct line_list){.knowledge = knowledge};
    list->lines = arena_array(arena, knowledge->crisis_line_count, sizeof *list->lines);
    return list->lines != NULL;
}

/* The municipality's first contact; where there is none, lines of the country and the town hall. */
static bool fill_fallback(const struct knowledge *knowledge, const struct match_resolved *question,
                          struct arena *arena, struct match_fallback *fallback)
{
    int municipality = question != NULL ? question->municipality : knowledge->default_municipality;
    *fallback = (struct match_fallback){0};
    if (municipality != KNOWLEDGE_NONE)
        fallback->contact = knowledge->municipalities[municipality].first_contact;
    if (fallback->contact != NULL)
        return true;
    struct line_list list;
    if (!line_list_init(&list, knowledge, arena))
        return false;
    add_fallback_lines(&list, question);
    fallback->lines = list.lines;
    fallback->line_count = list.count;
    fallback->town_hall = true;
    return true;
}

bool help_fill(const struct knowledge *knowledge, const struct match_resolved *question,
               struct arena *arena, struct match_answer *answer)
{
    struct line_list list;
    *answer = (struct match_answer){0};
    if (!fill_fallback(knowledge, question, arena, &answer->fallback))
        return false;
    if (question == NULL)
        return true;
    if (!line_list_init(&list, knowledge, arena))
        return false;
    add_danger_lines(&list, question);
    add_crisis_lines(&list, question);
    answer->situations = question->situations;
    answer->situation_count = question->situation_count;
    answer->crisis_lines = list.lines;
    answer->crisis_line_count = list.count;
    answer->at = civil_time_at(question->at_ms);
    return true;
}
