/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/civil_time.h"

#include "sociopoint/base/digits.h"

enum {
    MINUTE_MS = 60 * 1000,
    DAY_MS = 24 * 60 * MINUTE_MS,
    SWITCH_UTC_MINUTE = 60,    /* both changes of the year are at 01:00 UTC */
    SWITCH_LOCAL_MINUTE = 180, /* from 03:00 on, local times of such a day are after the change */
    WINTER_OFFSET = 60,
    SUMMER_OFFSET = 120,
    DAYS_OF_ERA = 146097,  /* 400 years */
    DAYS_TO_1970 = 719468, /* from 0000-03-01 */
    DAY_MINIMUM = -719162, /* 0001-01-01 */
    DAY_MAXIMUM = 2932896  /* 9999-12-31 */
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int civil_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

bool civil_date_exists(struct civil_date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= civil_month_days(date.year, date.month);
}

/* Years that begin in March put the leap day last, so that the days before a month are linear. */
int32_t civil_day_from_date(struct civil_date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int month = date.month <= 2 ? date.month + 9 : date.month - 3;
    int leaps = year / 4 - year / 100 + year / 400;
    return year * 365 + leaps + (153 * month + 2) / 5 + date.day - 1 - DAYS_TO_1970;
}

/*
 * C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar
 * algorithms", Software: Practice and Experience 53(4), 2023: divisions that are multiplications.
 * Years begin in March here too, and their months at 3.
 */
static inline struct civil_date date_of(int32_t day)
{
    const uint32_t quarters = 4 * (uint32_t)(day + DAYS_TO_1970) + 3; /* of a day */
    const uint32_t century = quarters / DAYS_OF_ERA;
    const uint64_t product = UINT64_C(2939745) * (quarters % DAYS_OF_ERA | 3);
    const uint32_t of_century = (uint32_t)(product >> 32);
    const uint32_t of_year = (uint32_t)product / 2939745 / 4;
    const uint32_t scaled = 2141 * of_year + 197913; /* the month, then its days */
    const bool later = of_year >= 306;               /* January and February */
    return (struct civil_date){
        .year = (int)(100 * century + of_century + later),
        .month = (int)(scaled >> 16) - (later ? 12 : 0),
        .day = (int)((scaled & 0xffff) / 2141) + 1,
    };
}

struct civil_date civil_day_date(int32_t day)
{
    return date_of(day);
}

enum weekday civil_day_weekday(int32_t day)
{
    int since = (day + WEEKDAY_THURSDAY) % WEEKDAY_COUNT; /* 1970-01-01 was a Thursday */
    return (enum weekday)(since < 0 ? since + WEEKDAY_COUNT : since);
}

/* The Monday of the week that holds 4 January, which is in week 1 by definition. */
static int32_t first_week(int year)
{
    int32_t fourth = civil_day_from_date((struct civil_date){year, 1, 4});
    return fourth - (int32_t)civil_day_weekday(fourth);
}

int civil_day_week(int32_t day, int *weeks)
{
    int32_t thursday = day - (int32_t)civil_day_weekday(day) + WEEKDAY_THURSDAY;
    int year = civil_day_date(thursday).year;
    int32_t first = first_week(year);
    *weeks = (first_week(year + 1) - first) / WEEKDAY_COUNT;
    return (thursday - first) / WEEKDAY_COUNT + 1;
}

/* Whether a day has summer time; on the two days of change, before or after it. */
static bool is_summer(int32_t day, bool after_change)
{
    struct civil_date date = date_of(day);
    if (date.month != 3 && date.month != 10)
        return date.month > 3 && date.month < 10;
    int last_weekday = ((int)civil_day_weekday(day) + 31 - date.day) % WEEKDAY_COUNT;
    int last_sunday = 31 - (last_weekday + 1) % WEEKDAY_COUNT;
    bool past = date.day > last_sunday || (date.day == last_sunday && after_change);
    return past == (date.month == 3);
}

struct civil_time civil_time_at(int64_t utc_ms)
{
    int64_t minutes = utc_ms / MINUTE_MS - (utc_ms % MINUTE_MS < 0 ? 1 : 0);
    int64_t days = minutes / CIVIL_DAY_MINUTES - (minutes % CIVIL_DAY_MINUTES < 0 ? 1 : 0);
    if (days < DAY_MINIMUM || days > DAY_MAXIMUM)
        return civil_time_at((days < 0 ? DAY_MINIMUM : DAY_MAXIMUM) * (int64_t)DAY_MS);
    int32_t day = (int32_t)days;
    int32_t minute = (int32_t)(minutes - days * CIVIL_DAY_MINUTES);
    int32_t offset = is_summer(day, minute >= SWITCH_UTC_MINUTE) ? SUMMER_OFFSET : WINTER_OFFSET;
    int32_t local = minute + offset;
    return (struct civil_time){
        .utc_ms = utc_ms,
        .day = local < CIVIL_DAY_MINUTES ? day : day + 1,
        .minute = local % CIVIL_DAY_MINUTES,
        .offset_minutes = offset,
    };
}

/*
 * On both days of change the offset before it goes for all that the clock shows before 03:00: in
 * March because times of the gap are read so, in October because of two equal times the first one
 * is meant.
 */
int64_t civil_time_utc_ms(int32_t day, int32_t minute)
{
    int32_t on = day + minute / CIVIL_DAY_MINUTES;
    int32_t at = minute % CIVIL_DAY_MINUTES;
    int32_t offset = is_summer(on, at >= SWITCH_LOCAL_MINUTE) ? SUMMER_OFFSET : WINTER_OFFSET;
    return ((int64_t)on * CIVIL_DAY_MINUTES + at - offset) * MINUTE_MS;
}

char *civil_time_format(const struct civil_time *time, char text[CIVIL_TIME_TEXT_SIZE])
{
    struct civil_date date = civil_day_date(time->day);
    int second = (int)(time->utc_ms % MINUTE_MS / 1000);
    char *to = digits_put_date(text, date.year, date.month, date.day);
    *to++ = 'T';
    to = digits_put_time(to, time->minute / 60, time->minute % 60,
                         second < 0 ? second + 60 : second);
    *to++ = '+';
    to = digits_put(to, (unsigned)time->offset_minutes / 60, 2);
    *to++ = ':';
    to = digits_put(to, (unsigned)time->offset_minutes % 60, 2);
    *to = '\0';
    return text;
}
