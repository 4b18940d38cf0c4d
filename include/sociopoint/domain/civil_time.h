/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Local time in Europe/Prague, without libc's time zone: pure functions, for any thread.
 *
 * Days are numbers: days since 1970-01-01 of the proleptic Gregorian calendar. The zone is Central
 * European Time (UTC+1) with summer time (UTC+2) from the last Sunday of March, 01:00 UTC, to the
 * last Sunday of October, 01:00 UTC (Directive 2000/84/EC, articles 2 and 3). The rule holds here
 * for every year; in Czechia it has been so since 1996.
 */
#ifndef SOCIOPOINT_DOMAIN_CIVIL_TIME_H
#define SOCIOPOINT_DOMAIN_CIVIL_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/domain/civil_date.h"

enum { CIVIL_DAY_MINUTES = 24 * 60, CIVIL_TIME_TEXT_SIZE = 32 };

enum weekday {
    WEEKDAY_MONDAY,
    WEEKDAY_TUESDAY,
    WEEKDAY_WEDNESDAY,
    WEEKDAY_THURSDAY,
    WEEKDAY_FRIDAY,
    WEEKDAY_SATURDAY,
    WEEKDAY_SUNDAY,
    WEEKDAY_COUNT
};

/* A moment, and what the clock on the wall shows then. */
struct civil_time {
    int64_t utc_ms;
    int32_t day;            /* of the local date */
    int32_t minute;         /* of the local day, 0 to 1439 */
    int32_t offset_minutes; /* east of UTC: 60 or 120 */
};

/* Whether the calendar has such a day: year 1 to 9999, month and day given. */
bool civil_date_exists(struct civil_date date);
/* How many days the month has. */
int civil_month_days(int year, int month);
/* The number of a date that exists. */
int32_t civil_day_from_date(struct civil_date date);
struct civil_date civil_day_date(int32_t day);
enum weekday civil_day_weekday(int32_t day);
/* The week of the year by ISO 8601: 1 to 53. `*weeks` becomes how many that year has. */
int civil_day_week(int32_t day, int *weeks);

/* What the clock shows at a moment; moments outside the years 1 to 9999 are moved to their edge. */
struct civil_time civil_time_at(int64_t utc_ms);

/*
 * When the clock shows `minute` (0 to 2880; from 1440 on, of the next day) of a local day.
 *
 * By RFC 5545, section 3.3.5: a time that comes twice in October means the first one; a time left
 * out in March is read with the offset before the gap (02:30 means 03:30 summer time).
 */
int64_t civil_time_utc_ms(int32_t day, int32_t minute);

/* RFC 3339 with the local offset ("2026-10-25T02:30:00+01:00"); returns `text`. */
char *civil_time_format(const struct civil_time *time, char text[CIVIL_TIME_TEXT_SIZE]);

#endif
