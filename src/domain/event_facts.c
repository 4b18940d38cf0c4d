/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/event_facts.h"

#include <stdlib.h>

enum { DATE_LENGTH = 10, TIME_LENGTH = 16, INTERVAL_MAXIMUM = 520 };

static bool fail(const char *name, const char **member)
{
    *member = name;
    return false;
}

static bool two_digits(const char *at, int maximum, int *value)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return false;
    *value = (at[0] - '0') * 10 + at[1] - '0';
    return *value <= maximum;
}

static bool read_day(struct str text, int32_t *day)
{
    struct civil_date date;
    if (text.length != DATE_LENGTH || !civil_date_from_text(text, &date) ||
        !civil_date_exists(date))
        return false;
    *day = civil_day_from_date(date);
    return true;
}

/* A date, or a date and a time of the local day. */
static bool read_time(struct str text, int32_t *day, int32_t *minute)
{
    int hours;
    int minutes;
    *minute = RECURRENCE_NO_TIME;
    if (text.length == DATE_LENGTH)
        return read_day(text, day);
    if (text.length != TIME_LENGTH || text.data[DATE_LENGTH] != 'T' || text.data[13] != ':' ||
        !read_day((struct str){text.data, DATE_LENGTH}, day) ||
        !two_digits(text.data + 11, 23, &hours) || !two_digits(text.data + 14, 59, &minutes))
        return false;
    *minute = hours * 60 + minutes;
    return true;
}

/* The end has the form of the start and is not before it; a time is after it. */
static bool read_end(const struct event_times *times, struct happening *when)
{
    int32_t day;
    if (!str_present(times->ends_at))
        return true;
    if (!read_time(times->ends_at, &day, &when->ends_at))
        return false;
    when->day_span = day - when->days.first_day;
    bool timed = when->starts_at != RECURRENCE_NO_TIME;
    if (timed != (when->ends_at != RECURRENCE_NO_TIME) || when->day_span < 0)
        return false;
    return !timed || when->day_span > 0 || when->ends_at > when->starts_at;
}

static int compare_days(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return a < b ? -1 : a > b;
}

static bool read_except(const struct event_times *times, int32_t *days, struct recurrence *rule)
{
    for (size_t i = 0; i < times->except_count; i++) {
        if (!read_day(times->except[i], &days[i]))
            return false;
    }
    if (times->except_count > 1)
        qsort(days, times->except_count, sizeof *days, compare_days);
    rule->except = days;
    rule->except_count = times->except_count;
    return true;
}

/* The rule without its exceptions, of which the start has to be a day. */
static bool read_rule(const struct event_times *times, struct recurrence *rule)
{
    bool weekly = str_equal_z(times->frequency, "WEEKLY");
    if (!str_present(times->frequency))
        return true;
    if ((!weekly && !str_equal_z(times->frequency, "MONTHLY")) || times->interval < 1 ||
        times->interval > INTERVAL_MAXIMUM)
        return false;
    rule->frequency = weekly ? RECURRENCE_WEEKLY : RECURRENCE_MONTHLY;
    rule->interval = times->interval;
    if (str_present(times->byday) &&
        !recurrence_byday_from_text(times->byday, !weekly, rule->weekdays))
        return false;
    return recurrence_falls_on(rule, rule->first_day);
}

bool event_times_read(const struct event_times *times, int32_t *days, struct happening *when,
                      const char **member)
{
    *when = (struct happening){
        .days = {.frequency = RECURRENCE_ONCE, .last_day = RECURRENCE_NO_DAY, .interval = 1},
        .ends_at = RECURRENCE_NO_TIME,
    };
    if (!read_time(times->starts_at, &when->days.first_day, &when->starts_at))
        return fail("starts_at", member);
    if (!read_end(times, when))
        return fail("ends_at", member);
    if (!read_rule(times, &when->days))
        return fail("rrule", member);
    if (str_present(times->until) && (!read_day(times->until, &when->days.last_day) ||
                                      when->days.last_day < when->days.first_day))
        return fail("until", member);
    return read_except(times, days, &when->days) || fail("except", member);
}
