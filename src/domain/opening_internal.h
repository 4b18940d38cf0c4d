/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What happens on one day: the step between rules and the line of time.
 */
#ifndef SOCIOPOINT_DOMAIN_OPENING_INTERNAL_H
#define SOCIOPOINT_DOMAIN_OPENING_INTERNAL_H

#include "sociopoint/domain/opening_hours.h"

/* The rules and closures that a question is about; sets of rules are bits by index. */
struct opening_selection {
    const struct opening_rule *rules;
    uint64_t chosen;
    uint64_t by_appointment; /* of the chosen */
    uint64_t unsure;         /* of the chosen */
    uint64_t overnight;      /* of the chosen: those that can reach into the next day */
    int32_t last_day;        /* after it nothing is stated */
    const struct opening_hours *closing[2]; /* that have closures that count; NULL: none */
    enum opening_purpose purpose;
};

struct opening_day {
    const struct opening_date *date;
    const struct opening_closure *closure; /* of all that is asked for; NULL: none */
    uint64_t happening;                    /* rules whose stretch begins on this day */
    uint64_t doubtful;                     /* of these: a holiday of which they say nothing */
    bool covered;                          /* something is stated of this day */
};

/* The first of a set of rules that is not empty. */
static inline const struct opening_rule *opening_rule_first(const struct opening_rule *rules,
                                                            uint64_t set)
{
    return &rules[__builtin_ctzll(set)];
}

/* Whether the rule states hours of holidays as such. */
static inline bool opening_rule_is_of_holidays(const struct opening_rule *rule)
{
    return rule->holidays == OPENING_HOLIDAYS_ALSO || rule->holidays == OPENING_HOLIDAYS_ONLY;
}

/* So many days, one after the other. */
void opening_dates_fill(struct opening_date *dates, size_t count, int32_t first);
/* Which rules and closures the question is about. */
void opening_select(const struct opening_question *question, struct opening_selection *selection);
/* Whether `rules`, those of one way in, are open at any time, or unknown at any time, for ever: the
 * answer that a search would find last. */
bool opening_is_endless(const struct opening_selection *selection, uint64_t rules);
/* What happens on a day. */
void opening_day_plan(const struct opening_selection *selection, const struct opening_date *date,
                      struct opening_day *plan);
/* Whether the day is one of the recurrence of the rule: validity, holidays and closures aside. */
bool opening_rule_recurs(const struct opening_rule *rule, const struct opening_date *date);

#endif
