/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * When something that happens once or again and again happens: pure functions, for any thread.
 *
 * The rules are a part of RFC 5545: WEEKLY and MONTHLY with BYDAY, INTERVAL and UNTIL, and EXDATE.
 * Everything is local to Europe/Prague (civil_time.h): what begins at 09:00 begins at 09:00 in
 * summer and in winter. Days are numbers as in civil_time.h. Weeks begin on Monday.
 */
#ifndef SOCIOPOINT_DOMAIN_RECURRENCE_H
#define SOCIOPOINT_DOMAIN_RECURRENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/civil_time.h"

enum recurrence_frequency { RECURRENCE_ONCE, RECURRENCE_WEEKLY, RECURRENCE_MONTHLY };

enum {
    RECURRENCE_NO_DAY = INT32_MAX, /* no end, no further day */
    RECURRENCE_NO_TIME = -1,
    RECURRENCE_ORDINALS = 11, /* -5 to 5; 0: each such weekday */
    RECURRENCE_ORDINAL_ZERO = 5
};

/*
 * The days on which it begins. `weekdays[RECURRENCE_ORDINAL_ZERO + n]` has a bit (1 << enum
 * weekday) for each weekday that BYDAY names with the ordinal n: "2TU" is the second Tuesday of the
 * month, "-1FR" its last Friday, "TU" (0) each Tuesday. Without any, the weekday (or, monthly, the
 * day of the month) of the first day counts; months that have no such day are passed over.
 */
struct recurrence {
    enum recurrence_frequency frequency;
    int32_t first_day; /* the first occurrence */
    int32_t last_day;  /* UNTIL, inclusive; RECURRENCE_NO_DAY: without end */
    int32_t interval;  /* every so many weeks or months, from 1 */
    uint8_t weekdays[RECURRENCE_ORDINALS];
    const int32_t *except; /* days left out, ascending */
    size_t except_count;
};

/* Something that happens: on which days, and from when to when on each of them. */
struct happening {
    struct recurrence days;
    int32_t starts_at; /* minute of the day; RECURRENCE_NO_TIME: a whole day, or not stated */
    int32_t ends_at;   /* minute of the last day (to 1439); RECURRENCE_NO_TIME: not stated */
    int32_t day_span;  /* days from the first to the last, usually 0 */
};

/* One of them. Without a time it lasts from midnight to midnight, without an end to midnight. */
struct occurrence {
    int32_t day;
    int64_t starts_ms; /* UTC; inclusive */
    int64_t ends_ms;   /* UTC; exclusive, later than starts_ms */
};

/*
 * "TU,TH" or, where `with_ordinals`, "2TU,-1FR" into `weekdays`. False for anything else, and then
 * `weekdays` is as it was.
 */
MUST_USE bool recurrence_byday_from_text(struct str text, bool with_ordinals,
                                         uint8_t weekdays[RECURRENCE_ORDINALS]);
/* Whether BYDAY says anything. */
bool recurrence_has_byday(const struct recurrence *days);
/* Whether it begins on this day. */
bool recurrence_falls_on(const struct recurrence *days, int32_t day);
/*
 * The first day on or after `from` on which it begins, or RECURRENCE_NO_DAY. Goes through at most
 * 1200 periods from there: a rule that fits no day of them (a fifth Tuesday every 12th month) has
 * none.
 */
int32_t recurrence_next(const struct recurrence *days, int32_t from);

/* When it happens if it begins on that day. */
struct occurrence happening_on(const struct happening *happening, int32_t day);
/*
 * The first occurrence that is not over at `from_ms` and begins on `from_day` or later; false when
 * there is none. For the next one ask again from its day + 1.
 */
bool happening_next(const struct happening *happening, int32_t from_day, int64_t from_ms,
                    struct occurrence *occurrence);

#endif
