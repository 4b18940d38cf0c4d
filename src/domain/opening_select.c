/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

/* A step of the search for rules: whose, and whether for what is asked or for what will do too. */
struct step {
    bool of_service;
    bool will_do;
};

enum { STEPS = 4, ANY_PURPOSE = OPENING_PURPOSE_COUNT };

/* In which order rules are looked for (opening_hours.h, struct opening_question). */
static const struct step place_first[STEPS] = {
    {false, false}, {false, true}, {true, false}, {true, true}};
static const struct step service_first[STEPS] = {
    {false, false}, {true, false}, {false, true}, {true, true}};

static uint64_t rules_for(const struct opening_hours *hours, unsigned purpose)
{
    uint64_t found = 0;
    for (size_t i = 0; i < hours->rule_count; i++) {
        bool fits = purpose == ANY_PURPOSE || hours->rules[i].purpose == purpose;
        found |= (uint64_t)fits << i;
    }
    return found;
}

static void sort_chosen(struct opening_selection *selection)
{
    bool closes = selection->closing[0] != NULL || selection->closing[1] != NULL;
    selection->last_day = closes ? OPENING_DAY_LAST : OPENING_DAY_FIRST;
    for (uint64_t set = selection->chosen; set != 0; set &= set - 1) {
        const struct opening_rule *rule = opening_rule_first(selection->rules, set);
        const uint64_t bit = set & -set;
        if (rule->by_appointment)
            selection->by_appointment |= bit;
        if (rule->unsure)
            selection->unsure |= bit;
        if (rule->opens + rule->length > CIVIL_DAY_MINUTES)
            selection->overnight |= bit;
        if (rule->last_day > selection->last_day)
            selection->last_day = rule->last_day;
    }
}

/* Those hours if they have closures. */
static const struct opening_hours *closing_of(const struct opening_hours *hours)
{
    return hours != NULL && hours->closure_count > 0 ? hours : NULL;
}

void opening_select(const struct opening_question *question, struct opening_selection *selection)
{
    /* Phone and field hours of the service go on while one of its places is closed. */
    const bool apart = question->purpose == OPENING_PHONE || question->purpose == OPENING_FIELD;
    const struct step *steps = apart ? service_first : place_first;
    const unsigned will_do = question->purpose == OPENING_GENERAL ? ANY_PURPOSE : OPENING_GENERAL;
    *selection = (struct opening_selection){
        .closing = {closing_of(question->place), closing_of(question->service)},
        .purpose = question->purpose,
    };
    for (size_t i = 0; i < STEPS && selection->chosen == 0; i++) {
        const struct opening_hours *hours =
            steps[i].of_service ? question->service : question->place;
        if (hours == NULL)
            continue;
        selection->rules = hours->rules;
        selection->chosen = rules_for(hours, steps[i].will_do ? will_do : question->purpose);
        if (apart && selection->chosen != 0 && steps[i].of_service && !steps[i].will_do)
            selection->closing[0] = NULL;
    }
    sort_chosen(selection);
}

/* Round the clock without limits of any kind. */
static bool rule_is_always(const struct opening_rule *rule)
{
    bool every_day = rule->length == CIVIL_DAY_MINUTES && rule->frequency == OPENING_WEEKLY &&
                     rule->interval == 1 && rule->weekdays == OPENING_ALL_WEEKDAYS &&
                     rule->weeks == 0 && rule->weeks_from_end == 0;
    return every_day && rule->first_day == OPENING_DAY_FIRST && rule->last_day == OPENING_DAY_LAST;
}

bool opening_is_endless(const struct opening_selection *selection, uint64_t rules)
{
    bool open = false;
    bool unknown = false;
    bool of_holidays = false;
    if (selection->closing[0] != NULL || selection->closing[1] != NULL)
        return false;
    for (uint64_t set = selection->chosen; set != 0; set &= set - 1) {
        const struct opening_rule *rule = opening_rule_first(selection->rules, set);
        if (rule->replaces)
            return false;
        of_holidays |= opening_rule_is_of_holidays(rule);
        if ((rules & set & -set) == 0 || !rule_is_always(rule))
            continue;
        open |= !rule->unsure && rule->holidays == OPENING_HOLIDAYS_OPEN;
        unknown |= rule->unsure && rule->holidays <= OPENING_HOLIDAYS_OPEN;
    }
    bool never_open = (rules & ~selection->unsure) == 0;
    return open || (unknown && never_open && !of_holidays);
}
