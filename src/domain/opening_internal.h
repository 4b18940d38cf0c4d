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
    size_t rule_count;
    uint64_t chosen;
    uint64_t by_appointment; /* of the chosen */
    uint64_t unsure;         /* of the chosen */
    uint64_t overnight;      /* of the chosen: those that can reach into the next day */
    const struct opening_hours *closing[2]; /* whose closures count; NULL: nobody's */
    enum opening_purpose purpose;
};

struct opening_day {
    int32_t day;
    enum holiday holiday;
    const struct opening_closure *closure; /* of all that is asked for; NULL: none */
    uint64_t happening;                    /* rules whose stretch begins on this day */
    uint64_t doubtful;                     /* of these: a holiday of which they say nothing */
    bool covered;                          /* something is stated of this day */
};

/* Which rules and closures the question is about. */
void opening_select(const struct opening_question *question, struct opening_selection *selection);
/* Whether it is open at any time, for ever: the answer that a search would find last. */
bool opening_is_endless(const struct opening_selection *selection);
/* What happens on a day. */
void opening_day_plan(const struct opening_selection *selection, int32_t day,
                      struct opening_day *plan);
/* Whether the day is one of the recurrence of the rule: validity, holidays and closures aside. */
bool opening_rule_recurs(const struct opening_rule *rule, int32_t day);

#endif
