/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

enum { DAY_MS = CIVIL_DAY_MINUTES * 60 * 1000 };

/* When the day after a day begins. The clock is changed on the last Sunday of a month alone. */
static int64_t next_begins_ms(const struct opening_date *date)
{
    bool may_change = date->weekday == WEEKDAY_SUNDAY && date->days_left < WEEKDAY_COUNT;
    return may_change ? civil_time_utc_ms(date->day + 1, 0) : date->begins_ms + DAY_MS;
}

/* The day and all after it in its month, as far as `count` goes; returns how many that is. */
static size_t fill_month(struct opening_date *dates, size_t count, int32_t day)
{
    const struct civil_date first = civil_day_date(day);
    const int days = civil_month_days(first.year, first.month) - first.day + 1;
    const uint32_t holidays = holiday_days_of_month(first.year, first.month);
    int64_t begins_ms = civil_time_utc_ms(day, 0);
    enum weekday weekday = civil_day_weekday(day);
    int i = 0;
    for (; i < days && (size_t)i < count; i++) {
        dates[i] = (struct opening_date){
            .begins_ms = begins_ms,
            .day = day + i,
            .weekday = (uint8_t)weekday,
            .month_day = (uint8_t)(first.day + i),
            .days_left = (uint8_t)(days - 1 - i),
        };
        if ((holidays >> (first.day + i) & 1) != 0)
            dates[i].holiday = (uint8_t)holiday_of_day(day + i);
        begins_ms = next_begins_ms(&dates[i]);
        weekday = weekday == WEEKDAY_SUNDAY ? WEEKDAY_MONDAY : weekday + 1;
    }
    return (size_t)i;
}

void opening_dates_fill(struct opening_date *dates, size_t count, int32_t first)
{
    for (size_t filled = 0; filled < count;)
        filled += fill_month(dates + filled, count - filled, first + (int32_t)filled);
}

void opening_moment_init(struct opening_moment *moment, int64_t at_ms)
{
    moment->at = civil_time_at(at_ms);
    opening_dates_fill(moment->dates, OPENING_MOMENT_DAYS, moment->at.day - 1);
}
