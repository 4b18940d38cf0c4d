/* SPDX-License-Identifier: EUPL-1.2 */
#include "quality/tally.h"

#include <stdio.h>
#include <string.h>

bool ids_are_none(const char *ids)
{
    return strcmp(ids, "none") == 0;
}

double percent_of(unsigned part, unsigned whole)
{
    return whole == 0 ? 0 : 100.0 * part / whole;
}

/* Whether the comma-separated ids name the situation. */
static bool names(const struct knowledge *knowledge, const char *ids, uint16_t situation)
{
    struct str rest = str_from(ids);
    while (str_present(rest)) {
        struct str id = rest;
        struct str behind = {NULL, 0};
        (void)str_cut(rest, ',', &id, &behind);
        if (str_equal(id, knowledge->situations[situation].term.key))
            return true;
        rest = behind;
    }
    return false;
}

struct answer answer_of_understanding(const struct match_understanding *understanding)
{
    struct answer answer = {.count = understanding->situation_count,
                            .crisis_lines = understanding->crisis_line_count > 0};
    for (size_t i = 0; i < understanding->situation_count; i++) {
        answer.situations[i] = understanding->situations[i].situation;
        answer.crisis_lines = answer.crisis_lines || understanding->situations[i].alarm;
    }
    return answer;
}

bool answer_names_crisis(const struct knowledge *knowledge, const struct answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        if (knowledge->situations[answer->situations[i]].urgency == URGENCY_CRISIS)
            return true;
    }
    return false;
}

int answer_place(const struct knowledge *knowledge, const char *ids, const struct answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        if (names(knowledge, ids, answer->situations[i]))
            return (int)i;
    }
    return -1;
}

/* Whether the first id is a crisis. */
static bool is_crisis(const struct knowledge *knowledge, const char *ids)
{
    struct str first = str_from(ids);
    struct str behind;
    (void)str_cut(first, ',', &first, &behind);
    const int situation = knowledge_situation(knowledge, first);
    return situation != KNOWLEDGE_NONE &&
           knowledge->situations[situation].urgency == URGENCY_CRISIS;
}

bool answer_misses_crisis(const struct knowledge *knowledge, const char *ids,
                          const struct answer *answer)
{
    return is_crisis(knowledge, ids) && !answer->crisis_lines;
}

static struct tally *tally_of(struct tallies *tallies, const char *language)
{
    size_t i = 0;
    while (i < tallies->count && strcmp(tallies->languages[i].language, language) != 0)
        i++;
    if (i == tallies->count && i < TALLY_LANGUAGES_MAXIMUM) {
        tallies->languages[i] = (struct tally){0};
        (void)snprintf(tallies->languages[i].language, TALLY_LANGUAGE_SIZE, "%s", language);
        tallies->count++;
    }
    return &tallies->languages[i < TALLY_LANGUAGES_MAXIMUM ? i : TALLY_LANGUAGES_MAXIMUM - 1];
}

/* Whether none of the ids is a crisis. */
static bool is_calm(const struct knowledge *knowledge, const char *ids)
{
    for (uint16_t i = 0; i < knowledge->situation_count; i++) {
        if (knowledge->situations[i].urgency == URGENCY_CRISIS && names(knowledge, ids, i))
            return false;
    }
    return true;
}

static void count(struct tally *tally, const struct knowledge *knowledge, const char *ids,
                  const struct answer *answer)
{
    if (ids_are_none(ids)) {
        tally->other++;
        tally->other_answered += answer->count > 0 ? 1 : 0;
        return;
    }
    const int place = answer_place(knowledge, ids, answer);
    tally->asked++;
    tally->first += place == 0 ? 1 : 0;
    tally->three += place >= 0 && place < TALLY_FIRST_ONES ? 1 : 0;
    tally->crises += is_crisis(knowledge, ids) ? 1 : 0;
    tally->crises_missed += answer_misses_crisis(knowledge, ids, answer) ? 1 : 0;
    if (is_calm(knowledge, ids)) {
        tally->calm++;
        tally->needless += answer->crisis_lines ? 1 : 0;
    }
}

void tallies_count(struct tallies *tallies, const struct knowledge *knowledge, const char *ids,
                   const char *language, const struct answer *answer)
{
    count(tally_of(tallies, language), knowledge, ids, answer);
    count(&tallies->all, knowledge, ids, answer);
}
