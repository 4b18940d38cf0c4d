/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

/* Any of the rules will do. */
enum { ANY_PURPOSE = OPENING_PURPOSE_COUNT };

/* A step of the search for rules: whose, and for what. */
struct source {
    const struct opening_hours *hours;
    int purpose; /* enum opening_purpose, or ANY_PURPOSE */
    bool of_service;
};

enum { SOURCES_MAXIMUM = 4 };

static uint64_t rules_for(const struct opening_hours *hours, int purpose)
{
    uint64_t found = 0;
    if (hours == NULL)
        return 0;
    for (size_t i = 0; i < hours->rule_count; i++) {
        if (purpose == ANY_PURPOSE || hours->rules[i].purpose == purpose)
            found |= UINT64_C(1) << i;
    }
    return found;
}

/* In which order rules are looked for (opening_hours.h, struct opening_question). */
static void order_sources(const struct opening_question *question,
                          struct source sources[SOURCES_MAXIMUM])
{
    const struct opening_hours *place = question->place;
    const struct opening_hours *service = question->service;
    int asked = (int)question->purpose;
    int fallback = asked == OPENING_GENERAL ? ANY_PURPOSE : OPENING_GENERAL;
    bool service_first = asked == OPENING_PHONE || asked == OPENING_FIELD;
    sources[0] = (struct source){place, asked, false};
    sources[1] = (struct source){place, fallback, false};
    sources[2] = (struct source){service, asked, true};
    sources[3] = (struct source){service, fallback, true};
    if (service_first) {
        sources[1] = (struct source){service, asked, true};
        sources[2] = (struct source){place, fallback, false};
    }
}

static void sort_chosen(struct opening_selection *selection)
{
    for (size_t i = 0; i < selection->rule_count; i++) {
        uint64_t bit = UINT64_C(1) << i;
        const struct opening_rule *rule = &selection->rules[i];
        if ((selection->chosen & bit) == 0)
            continue;
        if (rule->by_appointment)
            selection->by_appointment |= bit;
        if (rule->unsure)
            selection->unsure |= bit;
        if (rule->opens + rule->length > CIVIL_DAY_MINUTES)
            selection->overnight |= bit;
    }
}

void opening_select(const struct opening_question *question, struct opening_selection *selection)
{
    struct source sources[SOURCES_MAXIMUM];
    order_sources(question, sources);
    *selection = (struct opening_selection){
        .closing = {question->place, question->service},
        .purpose = question->purpose,
    };
    for (size_t i = 0; i < SOURCES_MAXIMUM && selection->chosen == 0; i++) {
        uint64_t found = rules_for(sources[i].hours, sources[i].purpose);
        if (found == 0)
            continue;
        selection->chosen = found;
        selection->rules = sources[i].hours->rules;
        selection->rule_count = sources[i].hours->rule_count;
        /* Phone and field hours of the service go on while one of its places is closed. */
        bool apart = question->purpose == OPENING_PHONE || question->purpose == OPENING_FIELD;
        if (apart && sources[i].of_service && sources[i].purpose == (int)question->purpose)
            selection->closing[0] = NULL;
    }
    sort_chosen(selection);
}

/* Round the clock without limits of any kind. */
static bool rule_is_endless(const struct opening_rule *rule)
{
    bool every_day = rule->frequency == OPENING_WEEKLY && rule->interval == 1 &&
                     rule->weekdays == OPENING_ALL_WEEKDAYS && rule->weeks == 0 &&
                     rule->weeks_from_end == 0 && rule->length == CIVIL_DAY_MINUTES;
    bool for_ever = rule->first_day == OPENING_DAY_FIRST && rule->last_day == OPENING_DAY_LAST;
    return every_day && for_ever && rule->holidays == OPENING_HOLIDAYS_OPEN && !rule->unsure &&
           !rule->by_appointment;
}

bool opening_is_endless(const struct opening_selection *selection)
{
    bool endless = false;
    for (size_t k = 0; k < sizeof selection->closing / sizeof selection->closing[0]; k++) {
        if (selection->closing[k] != NULL && selection->closing[k]->closure_count > 0)
            return false;
    }
    for (size_t i = 0; i < selection->rule_count; i++) {
        const struct opening_rule *rule = &selection->rules[i];
        if ((selection->chosen >> i & 1) == 0)
            continue;
        if (rule->replaces)
            return false;
        endless |= rule_is_endless(rule);
    }
    return endless;
}
