/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * When a service can be reached: open, closed or unknown, by what its record states.
 *
 * Hours are a plain value: rules (stretches of time that recur) and closures (dates on which
 * nothing happens). They are made by opening_schedule.h. Evaluation is pure: no clock, no memory,
 * any thread; the moment is passed in, local time is Europe/Prague. What depends on the moment
 * alone (struct opening_moment) is worked out once for all hours that are asked for it.
 *
 * Only what is stated counts, and unknown is never called closed:
 * - a record that states no hours is unknown at any time (but closed during its closures);
 * - a day for which some rule is valid is closed outside the stated hours; a day for which none is
 *   valid (the schedule has run out, or not begun) is unknown;
 * - on a public holiday a rule that does not speak of holidays gives "unknown" in its hours. Where
 *   another rule states the hours of holidays, that one alone counts. Round the clock on all seven
 *   days includes holidays;
 * - days without times ("on working days") are unknown from midnight to midnight, times without
 *   days unknown in these times;
 * - rules that replace (the regime of Christmas) stand alone on their dates.
 * What is stated of a day goes for what begins on that day: a night that begins before a holiday
 * or a closure is not cut off at midnight.
 */
#ifndef SOCIOPOINT_DOMAIN_OPENING_HOURS_H
#define SOCIOPOINT_DOMAIN_OPENING_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"
#include "sociopoint/domain/civil_time.h"
#include "sociopoint/domain/holidays.h"

enum {
    OPENING_RULES_MAXIMUM = 64,
    OPENING_CLOSURES_MAXIMUM = 16,
    OPENING_SEARCH_DAYS = 70, /* how far the next opening is looked for: two months and more */
    /* Yesterday, today, those of the search, one more where the clock loses an hour meanwhile, the
     * day into which its night reaches, and the one that says when that ends. */
    OPENING_MOMENT_DAYS = 1 + 1 + OPENING_SEARCH_DAYS + 1 + 1 + 1
};

/* Dates of a rule or closure that has no beginning or no end. */
#define OPENING_DAY_FIRST INT32_MIN
#define OPENING_DAY_LAST  INT32_MAX

/* All bits 1 << enum weekday. */
enum { OPENING_ALL_WEEKDAYS = (1 << WEEKDAY_COUNT) - 1 };

/* The zero value promises nothing. */
enum opening_state { OPENING_UNKNOWN, OPENING_CLOSED, OPENING_OPEN };

/* What the hours are for: the service as a whole, its phone, coming in, workers in the field. */
enum opening_purpose {
    OPENING_GENERAL,
    OPENING_PHONE,
    OPENING_OUTPATIENT,
    OPENING_FIELD,
    OPENING_PURPOSE_COUNT
};

/* What a rule says of public holidays. */
enum opening_holidays {
    OPENING_HOLIDAYS_UNSTATED,
    OPENING_HOLIDAYS_OPEN,   /* as on any such day of the week */
    OPENING_HOLIDAYS_CLOSED, /* "working days" */
    OPENING_HOLIDAYS_ALSO,   /* its days and every holiday ("Saturday, Sunday and holidays") */
    OPENING_HOLIDAYS_ONLY    /* holidays alone */
};

enum opening_frequency { OPENING_WEEKLY, OPENING_MONTHLY };

/* A stretch of time that recurs; made by opening_schedule.h alone. What every rule is asked for
 * comes first: rules of many records are read one after the other, and memory is slow. */
struct opening_rule {
    uint64_t weeks;          /* bit n: week n of the year (ISO 8601); both 0: every week */
    uint64_t weeks_from_end; /* bit n: the n-th week from the end of the year */
    int32_t first_day;       /* valid from ... to, both included */
    int32_t last_day;
    uint16_t opens;                   /* minute of the day, 0 to 1439 */
    uint16_t length;                  /* minutes, 1 to 1440 */
    uint16_t interval;                /* every n-th week or month */
    uint8_t weekdays;                 /* 1 << enum weekday */
    uint8_t frequency;                /* enum opening_frequency */
    uint8_t purpose;                  /* enum opening_purpose */
    uint8_t holidays;                 /* enum opening_holidays */
    uint8_t week_start;               /* enum weekday */
    bool by_appointment : 1;          /* not for those who just come */
    bool unsure : 1;                  /* days or times are not stated: unknown, not open */
    bool replaces : 1;                /* on its dates the rules that do not replace are void */
    bool has_weekdays : 1;            /* weekdays or ordinals are given, beside month days too */
    uint16_t ordinals[WEEKDAY_COUNT]; /* monthly: bits 1 to 5 first ..., 9 to 13 last ... */
    int32_t anchor_day;               /* weeks and months of `interval` are counted from it */
    uint32_t month_days;              /* bit n: the n-th day of the month */
    uint32_t month_days_from_end;     /* bit n: the n-th from its end */
};

/* Dates, both included, on which nothing of the purpose begins; OPENING_GENERAL closes all. */
struct opening_closure {
    int32_t first_day;
    int32_t last_day;
    enum opening_purpose purpose;
    struct str text; /* why; absent: not said. Lives with the record. */
};

/* A view: the arrays live with the record (or with a struct opening_draft). */
struct opening_hours {
    const struct opening_rule *rules;
    size_t rule_count; /* at most OPENING_RULES_MAXIMUM */
    const struct opening_closure *closures;
    size_t closure_count;
};

/* A day of the calendar, with what hours need to know of it. */
struct opening_date {
    int64_t begins_ms; /* UTC */
    int32_t day;
    uint8_t weekday;   /* enum weekday */
    uint8_t holiday;   /* enum holiday */
    uint8_t month_day; /* 1 to 31 */
    uint8_t days_left; /* of the month, 0 to 30 */
};

/* A moment and the days around it, for any number of questions. A plain value. */
struct opening_moment {
    struct civil_time at;
    struct opening_date dates[OPENING_MOMENT_DAYS]; /* from the day before the moment on */
};

/* Any number of milliseconds is a moment (civil_time_at() moves those that are far away). */
void opening_moment_init(struct opening_moment *moment, int64_t at_ms);

/*
 * What is asked. Either of `place` and `service` may be NULL (states nothing).
 *
 * Hours of the place go before hours of the service, hours of the purpose asked before general
 * ones; but phone and field hours of the service go before the general hours of a place. A question
 * for OPENING_GENERAL where a record has no general hours takes all it has. Closures of the service
 * always count, those of the place unless phone or field hours of the service are taken.
 */
struct opening_question {
    const struct opening_hours *place;
    const struct opening_hours *service;
    enum opening_purpose purpose;
    const struct opening_moment *moment;
};

/* Why the state is what it is. */
enum opening_cause {
    OPENING_CAUSE_NO_HOURS,  /* unknown: nothing is stated for the purpose */
    OPENING_CAUSE_STATED,    /* open or closed: stated hours */
    OPENING_CAUSE_CLOSURE,   /* closed: `closure` of the answer */
    OPENING_CAUSE_HOLIDAY,   /* unknown: `holiday` of the answer, of which nothing is said */
    OPENING_CAUSE_UNSTATED,  /* unknown: days or times are not stated */
    OPENING_CAUSE_NOT_VALID, /* unknown: the schedule has run out or not begun */
    OPENING_CAUSE_COUNT
};

/* One way in: just come (or call), or by appointment. */
struct opening_way {
    enum opening_state state;
    /* Till when without a break; absent where nothing changes within OPENING_SEARCH_DAYS, and for a
     * way that no rule speaks of. */
    bool has_until;
    struct civil_time until;
    enum opening_state then; /* the state after `until`: "closes at" where it is closed */
    /* When it is open next, where it is not open now. */
    bool has_next;
    bool next_sure; /* closed up to then; false: it may be open before, that is unknown */
    struct civil_time next;
};

struct opening_answer {
    struct opening_way walk_in;
    struct opening_way appointment;
    enum opening_cause cause; /* of the state of `walk_in` */
    /* Bits 1 << enum opening_purpose of the rules by which it is open at the moment. */
    unsigned purposes;
    const struct opening_closure *closure; /* of the day; NULL: none */
    enum holiday holiday;                  /* of the local day */
    struct civil_time at;
};

/* Whether one can just come (or call) at the moment; the fast way to the state of `walk_in`. */
enum opening_state opening_state_at(const struct opening_question *question);
/* Whether anybody can be there at the moment: the same, but "unknown" where it is closed and those
 * who are expected come in. */
enum opening_state opening_presence_at(const struct opening_question *question);
/* The whole answer. */
void opening_evaluate(const struct opening_question *question, struct opening_answer *answer);

/* "open", "closed", "unknown". Static storage, as are all keys here. */
const char *opening_state_key(enum opening_state state);
/* "no-hours", "stated", "closure", "holiday", "unstated", "not-valid". */
const char *opening_cause_key(enum opening_cause cause);
/* "general", "phone", "outpatient", "field". */
const char *opening_purpose_key(enum opening_purpose purpose);

#endif
