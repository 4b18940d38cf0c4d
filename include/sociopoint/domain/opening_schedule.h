/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the texts of HSDS schedules to opening hours.
 *
 * A draft is filled schedule by schedule; its hours are a view of it, to be used while it lives or
 * to be copied elsewhere. Plain values; not for two threads at once.
 */
#ifndef SOCIOPOINT_DOMAIN_OPENING_SCHEDULE_H
#define SOCIOPOINT_DOMAIN_OPENING_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/opening_hours.h"
#include "sociopoint/domain/texts.h"

/*
 * An HSDS schedule as its record gives it; what it does not give is absent (or 0, or false).
 *
 * The members of HSDS 3.1 mean what they mean there and in RFC 5545. Times are local: "08:00",
 * "08:00:00", for closing also "24:00"; closing at or before opening means the next day. `freq` is
 * WEEKLY where absent. Without `byday` (and `bymonthday`) the day of `dtstart` counts; without that
 * the days are not stated. The last four are ours: HSDS has no words for them.
 */
struct opening_schedule {
    struct str freq;
    struct str wkst;
    struct str byday;
    struct str byweekno;
    struct str bymonthday;
    struct str byyearday; /* refused: HSDS has no yearly frequency that it would belong to */
    struct str dtstart;
    struct str until;
    int64_t interval;
    int64_t count;
    struct str valid_from;
    struct str valid_to;
    struct str opens_at;
    struct str closes_at;
    struct str purpose;  /* "general", "phone", "outpatient", "field" */
    struct str holidays; /* "open", "closed", "also", "only" (enum opening_holidays) */
    bool by_appointment;
    bool replaces; /* special hours: needs valid_from and valid_to */
};

/* The member of that name that is a text ("byday"); NULL for any other. */
struct str *opening_schedule_text(struct opening_schedule *schedule, struct str name);

struct opening_draft {
    struct opening_rule rules[OPENING_RULES_MAXIMUM];
    size_t rule_count;
    struct opening_closure closures[OPENING_CLOSURES_MAXIMUM];
    size_t closure_count;
};

/* The codes of the problems below; each comes with the text at fault, the pointer is its member. */
extern const struct text_code opening_problems[];
extern const size_t opening_problem_count;

/*
 * One schedule as a rule, or the first problem ("/byday", "schedule-weekday", ...) and *rule
 * untouched. ERROR_INVALID; ERROR_UNSUPPORTED for what HSDS allows and we do not evaluate (times
 * with an offset, byyearday).
 */
MUST_USE bool opening_rule_parse(const struct opening_schedule *schedule, struct opening_rule *rule,
                                 struct error *err);

/* Adds a schedule; also ERROR_LIMIT. The draft is untouched on failure. */
MUST_USE bool opening_draft_schedule(struct opening_draft *draft,
                                     const struct opening_schedule *schedule, struct error *err);

/* A closure as its record gives it: dates, both included; absent `valid_to`: until further notice. */
struct opening_closed_dates {
    struct str valid_from;
    struct str valid_to;
    struct str purpose;
    struct str text; /* kept as a view */
};

/* Adds a closure; errors as above. */
MUST_USE bool opening_draft_closure(struct opening_draft *draft,
                                    const struct opening_closed_dates *closed, struct error *err);

/* A view of the draft, valid while the draft lives and stays where and as it is. */
struct opening_hours opening_draft_hours(const struct opening_draft *draft);

#endif
