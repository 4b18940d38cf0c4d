/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/recurrence.h"

#include <string.h>

enum { PERIODS_MAXIMUM = 1200, MONTHS_OF_YEAR = 12 };

static const char weekday_names[WEEKDAY_COUNT][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/* --- BYDAY -------------------------------------------------------------------------------------- */

static bool weekday_from_text(struct str text, int *weekday)
{
    for (int i = 0; i < WEEKDAY_COUNT; i++) {
        if (str_equal_z(text, weekday_names[i])) {
            *weekday = i;
            return true;
        }
    }
    return false;
}

/* "TU", "2TU" or "-1TU": the bit goes to the row of its ordinal. */
static bool add_byday(struct str item, bool with_ordinals, uint8_t weekdays[RECURRENCE_ORDINALS])
{
    int weekday;
    int ordinal = 0;
    struct str rest = item;
    bool from_end = rest.length > 0 && rest.data[0] == '-';
    if (from_end)
        rest = (struct str){rest.data + 1, rest.length - 1};
    if (rest.length == 3 && rest.data[0] >= '1' && rest.data[0] <= '5') {
        ordinal = rest.data[0] - '0';
        rest = (struct str){rest.data + 1, rest.length - 1};
    }
    if ((from_end || ordinal != 0) && (!with_ordinals || ordinal == 0))
        return false;
    if (!weekday_from_text(rest, &weekday))
        return false;
    weekdays[RECURRENCE_ORDINAL_ZERO + (from_end ? -ordinal : ordinal)] |= (uint8_t)(1 << weekday);
    return true;
}

bool recurrence_byday_from_text(struct str text, bool with_ordinals,
                                uint8_t weekdays[RECURRENCE_ORDINALS])
{
    uint8_t found[RECURRENCE_ORDINALS] = {0};
    bool more = true;
    while (more) {
        struct str item = text;
        more = str_cut(text, ',', &item, &text);
        if (!add_byday(item, with_ordinals, found))
            return false;
    }
    memcpy(weekdays, found, sizeof found);
    return true;
}

bool recurrence_has_byday(const struct recurrence *days)
{
    for (int i = 0; i < RECURRENCE_ORDINALS; i++) {
        if (days->weekdays[i] != 0)
            return true;
    }
    return false;
}

/* --- Days --------------------------------------------------------------------------------------- */

static int32_t monday_of(int32_t day)
{
    return day - (int32_t)civil_day_weekday(day);
}

/* Months since the year 0. */
static int32_t month_of(int32_t day)
{
    struct civil_date date = civil_day_date(day);
    return date.year * MONTHS_OF_YEAR + date.month - 1;
}

static int32_t first_day_of_month(int32_t month)
{
    return civil_day_from_date(
        (struct civil_date){month / MONTHS_OF_YEAR, month % MONTHS_OF_YEAR + 1, 1});
}

static bool names_weekday(const struct recurrence *days, int ordinal, int32_t day)
{
    unsigned bits = days->weekdays[RECURRENCE_ORDINAL_ZERO + ordinal];
    return (bits >> civil_day_weekday(day) & 1) != 0;
}

/* Whether the weekday of the day is asked for within its month, from either end. */
static bool fits_month(const struct recurrence *days, int32_t day)
{
    struct civil_date date = civil_day_date(day);
    if (!recurrence_has_byday(days))
        return date.day == civil_day_date(days->first_day).day;
    int left = civil_month_days(date.year, date.month) - date.day;
    return names_weekday(days, 0, day) ||
           names_weekday(days, (date.day - 1) / WEEKDAY_COUNT + 1, day) ||
           names_weekday(days, -(left / WEEKDAY_COUNT + 1), day);
}

static bool fits_week(const struct recurrence *days, int32_t day)
{
    if (!recurrence_has_byday(days))
        return civil_day_weekday(day) == civil_day_weekday(days->first_day);
    return names_weekday(days, 0, day);
}

static bool is_excepted(const struct recurrence *days, int32_t day)
{
    for (size_t i = 0; i < days->except_count && days->except[i] <= day; i++) {
        if (days->except[i] == day)
            return true;
    }
    return false;
}

static bool in_range(const struct recurrence *days, int32_t day)
{
    return day >= days->first_day && day <= days->last_day && !is_excepted(days, day);
}

bool recurrence_falls_on(const struct recurrence *days, int32_t day)
{
    if (!in_range(days, day))
        return false;
    switch (days->frequency) {
    case RECURRENCE_WEEKLY:
        return (monday_of(day) - monday_of(days->first_day)) / WEEKDAY_COUNT % days->interval ==
                   0 &&
               fits_week(days, day);
    case RECURRENCE_MONTHLY:
        return (month_of(day) - month_of(days->first_day)) % days->interval == 0 &&
               fits_month(days, day);
    case RECURRENCE_ONCE:
        break;
    }
    return day == days->first_day;
}

/* --- The next day ------------------------------------------------------------------------------- */

/* The first fitting day from `from` to `last`, all within one period. */
static int32_t first_in_period(const struct recurrence *days, int32_t from, int32_t last)
{
    for (int32_t day = from; day <= last; day++) {
        if (recurrence_falls_on(days, day))
            return day;
    }
    return RECURRENCE_NO_DAY;
}

/* The number of the first period at or after `period` that is asked for, counted from `first`. */
static int32_t next_period(int32_t first, int32_t period, int32_t interval)
{
    int32_t since = period - first;
    return first + (since + interval - 1) / interval * interval;
}

static int32_t next_weekly(const struct recurrence *days, int32_t from)
{
    int32_t first = monday_of(days->first_day) / WEEKDAY_COUNT;
    int32_t offset = monday_of(days->first_day) - first * WEEKDAY_COUNT;
    int32_t week = next_period(first, (monday_of(from) - offset) / WEEKDAY_COUNT, days->interval);
    for (int i = 0; i < PERIODS_MAXIMUM; i++, week += days->interval) {
        int32_t monday = week * WEEKDAY_COUNT + offset;
        if (monday > days->last_day)
            return RECURRENCE_NO_DAY;
        int32_t found = first_in_period(days, monday > from ? monday : from, monday + 6);
        if (found != RECURRENCE_NO_DAY)
            return found;
    }
    return RECURRENCE_NO_DAY;
}

static int32_t next_monthly(const struct recurrence *days, int32_t from)
{
    int32_t month = next_period(month_of(days->first_day), month_of(from), days->interval);
    for (int i = 0; i < PERIODS_MAXIMUM; i++, month += days->interval) {
        int32_t start = first_day_of_month(month);
        if (start > days->last_day)
            return RECURRENCE_NO_DAY;
        int32_t end = first_day_of_month(month + 1) - 1;
        int32_t found = first_in_period(days, start > from ? start : from, end);
        if (found != RECURRENCE_NO_DAY)
            return found;
    }
    return RECURRENCE_NO_DAY;
}

int32_t recurrence_next(const struct recurrence *days, int32_t from)
{
    if (from < days->first_day)
        from = days->first_day;
    if (from > days->last_day)
        return RECURRENCE_NO_DAY;
    switch (days->frequency) {
    case RECURRENCE_WEEKLY:
        return next_weekly(days, from);
    case RECURRENCE_MONTHLY:
        return next_monthly(days, from);
    case RECURRENCE_ONCE:
        break;
    }
    return recurrence_falls_on(days, from) ? from : RECURRENCE_NO_DAY;
}

/* --- Times -------------------------------------------------------------------------------------- */

struct occurrence happening_on(const struct happening *happening, int32_t day)
{
    int32_t last = day + happening->day_span;
    struct occurrence found = {
        .day = day,
        .starts_ms = civil_time_utc_ms(day, happening->starts_at < 0 ? 0 : happening->starts_at),
        .ends_ms = civil_time_utc_ms(last, happening->ends_at < 0 ? CIVIL_DAY_MINUTES
                                                                  : happening->ends_at),
    };
    /* In March an hour is left out: what ends within it ends when it begins at the earliest. */
    if (found.ends_ms <= found.starts_ms)
        found.ends_ms = found.starts_ms + 1;
    return found;
}

bool happening_next(const struct happening *happening, int32_t from_day, int64_t from_ms,
                    struct occurrence *occurrence)
{
    int32_t earliest =
        civil_time_at(from_ms).day - happening->day_span - 1; /* before, all is over */
    int32_t day = recurrence_next(&happening->days, from_day > earliest ? from_day : earliest);
    while (day != RECURRENCE_NO_DAY) {
        struct occurrence found = happening_on(happening, day);
        if (found.ends_ms > from_ms) {
            *occurrence = found;
            return true;
        }
        day = recurrence_next(&happening->days, day + 1);
    }
    return false;
}
