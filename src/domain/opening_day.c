/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

enum { LAST_ORDINALS_SHIFT = 8 };

/* A number by which weeks are told apart, for weeks that begin on `start`. */
static int32_t week_start_of(int32_t day, int32_t weekday, int32_t start)
{
    return day - (weekday - start + WEEKDAY_COUNT) % WEEKDAY_COUNT;
}

static bool recurs_weekly(const struct opening_rule *rule, const struct opening_date *date)
{
    if ((rule->weekdays >> date->weekday & 1) == 0)
        return false;
    if (rule->interval > 1) {
        int32_t anchor = rule->anchor_day;
        int32_t from = week_start_of(anchor, (int32_t)civil_day_weekday(anchor), rule->week_start);
        int32_t to = week_start_of(date->day, date->weekday, rule->week_start);
        if ((to - from) / WEEKDAY_COUNT % rule->interval != 0)
            return false;
    }
    if ((rule->weeks | rule->weeks_from_end) == 0)
        return true;
    int weeks;
    int week = civil_day_week(date->day, &weeks);
    return (rule->weeks >> week & 1) != 0 || (rule->weeks_from_end >> (weeks - week + 1) & 1) != 0;
}

/* The weekday part of a monthly rule: "TU" any Tuesday, "1TU" the first, "-1TU" the last. */
static bool is_monthly_weekday(const struct opening_rule *rule, const struct opening_date *date)
{
    if ((rule->weekdays >> date->weekday & 1) != 0)
        return true;
    int from_start = (date->month_day - 1) / WEEKDAY_COUNT + 1;
    int from_end = date->days_left / WEEKDAY_COUNT + 1 + LAST_ORDINALS_SHIFT;
    return (rule->ordinals[date->weekday] & (1U << from_start | 1U << from_end)) != 0;
}

static bool is_month_asked(const struct opening_rule *rule, int32_t day)
{
    struct civil_date date = civil_day_date(day);
    struct civil_date anchor = civil_day_date(rule->anchor_day);
    int months = (date.year - anchor.year) * 12 + date.month - anchor.month;
    return months % rule->interval == 0;
}

static bool recurs_monthly(const struct opening_rule *rule, const struct opening_date *date)
{
    if (rule->interval > 1 && !is_month_asked(rule, date->day))
        return false;
    if (rule->month_days != 0 || rule->month_days_from_end != 0) {
        bool named = (rule->month_days >> date->month_day & 1) != 0 ||
                     (rule->month_days_from_end >> (date->days_left + 1) & 1) != 0;
        if (!named || !rule->has_weekdays)
            return named;
    }
    return is_monthly_weekday(rule, date);
}

bool opening_rule_recurs(const struct opening_rule *rule, const struct opening_date *date)
{
    return rule->frequency == OPENING_WEEKLY ? recurs_weekly(rule, date)
                                             : recurs_monthly(rule, date);
}

static bool is_valid(const struct opening_rule *rule, const struct opening_date *date)
{
    return rule->first_day <= date->day && date->day <= rule->last_day;
}

/* Finds the closure of the day; returns the purposes (bits) that are closed. */
static unsigned find_closures(const struct opening_selection *selection, struct opening_day *plan)
{
    unsigned closed = 0;
    for (size_t k = 0; k < sizeof selection->closing / sizeof selection->closing[0]; k++) {
        const struct opening_hours *hours = selection->closing[k];
        for (size_t i = 0; hours != NULL && i < hours->closure_count; i++) {
            const struct opening_closure *closure = &hours->closures[i];
            if (plan->date->day < closure->first_day || plan->date->day > closure->last_day)
                continue;
            closed |= 1U << closure->purpose;
            if (closure->purpose == OPENING_GENERAL || closure->purpose == selection->purpose)
                plan->closure = closure;
        }
    }
    return closed;
}

/* Whether the rule happens on the day, if no other rule speaks of it. */
static bool happens(const struct opening_rule *rule, const struct opening_date *date)
{
    bool is_holiday = date->holiday != HOLIDAY_NONE;
    if (rule->holidays == (is_holiday ? OPENING_HOLIDAYS_CLOSED : OPENING_HOLIDAYS_ONLY))
        return false;
    return (is_holiday && rule->holidays == OPENING_HOLIDAYS_ALSO) ||
           opening_rule_recurs(rule, date);
}

/* Each rule by itself; returns the purposes (bits) of which rules that replace stand alone. */
static unsigned find_happening(const struct opening_selection *selection, struct opening_day *plan)
{
    const struct opening_date *date = plan->date;
    unsigned replaced = 0;
    for (uint64_t set = selection->chosen; set != 0; set &= set - 1) {
        const struct opening_rule *rule = opening_rule_first(selection->rules, set);
        if (!is_valid(rule, date))
            continue;
        if (rule->replaces)
            replaced |= 1U << rule->purpose;
        if (rule->holidays != OPENING_HOLIDAYS_ONLY || date->holiday != HOLIDAY_NONE)
            plan->covered = true;
        if (happens(rule, date))
            plan->happening |= set & -set;
    }
    return replaced;
}

static bool is_replaced(const struct opening_rule *rule, unsigned replaced)
{
    return !rule->replaces && (replaced >> rule->purpose & 1) != 0;
}

static void drop_void(const struct opening_selection *selection, unsigned closed, unsigned replaced,
                      struct opening_day *plan)
{
    for (uint64_t set = plan->happening; set != 0; set &= set - 1) {
        const struct opening_rule *rule = opening_rule_first(selection->rules, set);
        if ((closed >> rule->purpose & 1) != 0 || is_replaced(rule, replaced))
            plan->happening &= ~(set & -set);
    }
}

/* Rules that say nothing of holidays are doubtful, or void where another one does. */
static void settle_holiday(const struct opening_selection *selection, unsigned replaced,
                           struct opening_day *plan)
{
    unsigned stated = 0; /* purposes of which hours of holidays are stated */
    for (uint64_t set = selection->chosen; set != 0; set &= set - 1) {
        const struct opening_rule *rule = opening_rule_first(selection->rules, set);
        if (opening_rule_is_of_holidays(rule) && is_valid(rule, plan->date) &&
            !is_replaced(rule, replaced))
            stated |= 1U << rule->purpose;
    }
    for (uint64_t set = plan->happening; set != 0; set &= set - 1) {
        const struct opening_rule *rule = opening_rule_first(selection->rules, set);
        if (rule->holidays == OPENING_HOLIDAYS_UNSTATED)
            plan->doubtful |= set & -set;
        if ((plan->doubtful & set & -set) != 0 && (stated >> rule->purpose & 1) != 0)
            plan->happening &= ~(set & -set);
    }
}

void opening_day_plan(const struct opening_selection *selection, const struct opening_date *date,
                      struct opening_day *plan)
{
    *plan = (struct opening_day){.date = date};
    unsigned closed = find_closures(selection, plan);
    if (plan->closure != NULL) {
        plan->covered = true;
        return;
    }
    unsigned replaced = find_happening(selection, plan);
    if ((closed | replaced) != 0)
        drop_void(selection, closed, replaced, plan);
    if (date->holiday != HOLIDAY_NONE)
        settle_holiday(selection, replaced, plan);
}
