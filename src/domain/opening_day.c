/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

enum { LAST_ORDINALS_SHIFT = 8 };

/* What is stated of a day, by the purposes (bits) of the rules that state it. */
struct statement {
    unsigned replaced; /* purposes of which rules that replace stand alone */
    unsigned holiday;  /* purposes of which hours of this holiday are stated */
    unsigned closed;   /* purposes that are closed */
};

static bool recurs_weekly(const struct opening_rule *rule, int32_t day, enum weekday weekday)
{
    if ((rule->weekdays & (1U << weekday)) == 0)
        return false;
    if (rule->interval > 1) {
        int32_t anchor = rule->anchor_day;
        int32_t anchor_weekday = (int32_t)civil_day_weekday(anchor);
        int32_t start = rule->week_start;
        int32_t from = anchor - (anchor_weekday - start + WEEKDAY_COUNT) % WEEKDAY_COUNT;
        int32_t to = day - ((int32_t)weekday - start + WEEKDAY_COUNT) % WEEKDAY_COUNT;
        if ((to - from) / WEEKDAY_COUNT % rule->interval != 0)
            return false;
    }
    if (rule->weeks == 0 && rule->weeks_from_end == 0)
        return true;
    int weeks;
    int week = civil_day_week(day, &weeks);
    return (rule->weeks >> week & 1) != 0 || (rule->weeks_from_end >> (weeks - week + 1) & 1) != 0;
}

/* The weekday part of a monthly rule: "TU" any Tuesday, "1TU" the first, "-1TU" the last. */
static bool is_monthly_weekday(const struct opening_rule *rule, int day, int last,
                               enum weekday weekday)
{
    if ((rule->weekdays & (1U << weekday)) != 0)
        return true;
    int from_start = (day - 1) / WEEKDAY_COUNT + 1;
    int from_end = (last - day) / WEEKDAY_COUNT + 1 + LAST_ORDINALS_SHIFT;
    return (rule->ordinals[weekday] & (1U << from_start | 1U << from_end)) != 0;
}

static bool recurs_monthly(const struct opening_rule *rule, int32_t day, enum weekday weekday)
{
    struct civil_date date = civil_day_date(day);
    if (rule->interval > 1) {
        struct civil_date anchor = civil_day_date(rule->anchor_day);
        int months = (date.year - anchor.year) * 12 + date.month - anchor.month;
        if (months % rule->interval != 0)
            return false;
    }
    int last = civil_month_days(date.year, date.month);
    if (rule->month_days != 0 || rule->month_days_from_end != 0) {
        bool named = (rule->month_days >> date.day & 1) != 0 ||
                     (rule->month_days_from_end >> (last - date.day + 1) & 1) != 0;
        if (!named || !rule->has_weekdays)
            return named;
    }
    return is_monthly_weekday(rule, date.day, last, weekday);
}

bool opening_rule_recurs(const struct opening_rule *rule, int32_t day)
{
    enum weekday weekday = civil_day_weekday(day);
    return rule->frequency == OPENING_WEEKLY ? recurs_weekly(rule, day, weekday)
                                             : recurs_monthly(rule, day, weekday);
}

static bool is_valid(const struct opening_rule *rule, int32_t day)
{
    return rule->first_day <= day && day <= rule->last_day;
}

static void find_closures(const struct opening_selection *selection, struct opening_day *plan,
                          struct statement *stated)
{
    for (size_t k = 0; k < sizeof selection->closing / sizeof selection->closing[0]; k++) {
        const struct opening_hours *hours = selection->closing[k];
        for (size_t i = 0; hours != NULL && i < hours->closure_count; i++) {
            const struct opening_closure *closure = &hours->closures[i];
            if (plan->day < closure->first_day || plan->day > closure->last_day)
                continue;
            stated->closed |= 1U << closure->purpose;
            if (closure->purpose == OPENING_GENERAL || closure->purpose == selection->purpose)
                plan->closure = closure;
        }
    }
}

/* Whether the rule happens on the day; *doubtful when that is a holiday it says nothing of. */
static bool happens(const struct opening_rule *rule, const struct opening_day *plan,
                    bool holiday_stated, bool *doubtful)
{
    bool recurs = opening_rule_recurs(rule, plan->day);
    bool is_holiday = plan->holiday != HOLIDAY_NONE;
    switch ((enum opening_holidays)rule->holidays) {
    case OPENING_HOLIDAYS_CLOSED:
        return recurs && !is_holiday;
    case OPENING_HOLIDAYS_ALSO:
        return recurs || is_holiday;
    case OPENING_HOLIDAYS_ONLY:
        return recurs && is_holiday;
    case OPENING_HOLIDAYS_UNSTATED:
        *doubtful = is_holiday;
        return recurs && !(is_holiday && holiday_stated);
    case OPENING_HOLIDAYS_OPEN:
        break;
    }
    return recurs;
}

/* One look at all rules: what they state of the day together. */
static void find_statements(const struct opening_selection *selection, struct opening_day *plan,
                            struct statement *stated)
{
    for (size_t i = 0; i < selection->rule_count; i++) {
        const struct opening_rule *rule = &selection->rules[i];
        if ((selection->chosen >> i & 1) == 0 || !is_valid(rule, plan->day))
            continue;
        if (rule->replaces)
            stated->replaced |= 1U << rule->purpose;
        if (rule->holidays != OPENING_HOLIDAYS_ONLY || plan->holiday != HOLIDAY_NONE)
            plan->covered = true;
    }
    if (plan->holiday == HOLIDAY_NONE)
        return;
    for (size_t i = 0; i < selection->rule_count; i++) {
        const struct opening_rule *rule = &selection->rules[i];
        bool in_force = rule->replaces || (stated->replaced >> rule->purpose & 1) == 0;
        bool states =
            rule->holidays == OPENING_HOLIDAYS_ALSO || rule->holidays == OPENING_HOLIDAYS_ONLY;
        if ((selection->chosen >> i & 1) != 0 && states && in_force && is_valid(rule, plan->day))
            stated->holiday |= 1U << rule->purpose;
    }
}

void opening_day_plan(const struct opening_selection *selection, int32_t day,
                      struct opening_day *plan)
{
    struct statement stated = {0};
    *plan = (struct opening_day){.day = day, .holiday = holiday_of_day(day)};
    find_closures(selection, plan, &stated);
    if (plan->closure != NULL) {
        plan->covered = true;
        return;
    }
    find_statements(selection, plan, &stated);
    for (size_t i = 0; i < selection->rule_count; i++) {
        const struct opening_rule *rule = &selection->rules[i];
        unsigned purpose = 1U << rule->purpose;
        if ((selection->chosen >> i & 1) == 0 || !is_valid(rule, day) ||
            (stated.closed & purpose) != 0 || ((stated.replaced & purpose) != 0 && !rule->replaces))
            continue;
        bool doubtful = false;
        if (!happens(rule, plan, (stated.holiday & purpose) != 0, &doubtful))
            continue;
        plan->happening |= UINT64_C(1) << i;
        if (doubtful)
            plan->doubtful |= UINT64_C(1) << i;
    }
}
