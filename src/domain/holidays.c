/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/holidays.h"

#include "sociopoint/domain/civil_time.h"

enum { GOOD_FRIDAY_SINCE = 2016 };

static const char *const keys[HOLIDAY_COUNT] = {
    [HOLIDAY_NONE] = "none",
    [HOLIDAY_NEW_YEAR] = "new-year",
    [HOLIDAY_GOOD_FRIDAY] = "good-friday",
    [HOLIDAY_EASTER_MONDAY] = "easter-monday",
    [HOLIDAY_LABOUR_DAY] = "labour-day",
    [HOLIDAY_VICTORY_DAY] = "victory-day",
    [HOLIDAY_CYRIL_AND_METHODIUS] = "cyril-and-methodius",
    [HOLIDAY_JAN_HUS] = "jan-hus",
    [HOLIDAY_CZECH_STATEHOOD] = "czech-statehood",
    [HOLIDAY_CZECHOSLOVAK_STATE] = "czechoslovak-state",
    [HOLIDAY_FREEDOM_AND_DEMOCRACY] = "freedom-and-democracy",
    [HOLIDAY_CHRISTMAS_EVE] = "christmas-eve",
    [HOLIDAY_CHRISTMAS_DAY] = "christmas-day",
    [HOLIDAY_SAINT_STEPHEN] = "saint-stephen",
};

/* Those with a date of their own. */
static const struct {
    int month;
    int day;
    enum holiday holiday;
} fixed[] = {
    {1, 1, HOLIDAY_NEW_YEAR},
    {5, 1, HOLIDAY_LABOUR_DAY},
    {5, 8, HOLIDAY_VICTORY_DAY},
    {7, 5, HOLIDAY_CYRIL_AND_METHODIUS},
    {7, 6, HOLIDAY_JAN_HUS},
    {9, 28, HOLIDAY_CZECH_STATEHOOD},
    {10, 28, HOLIDAY_CZECHOSLOVAK_STATE},
    {11, 17, HOLIDAY_FREEDOM_AND_DEMOCRACY},
    {12, 24, HOLIDAY_CHRISTMAS_EVE},
    {12, 25, HOLIDAY_CHRISTMAS_DAY},
    {12, 26, HOLIDAY_SAINT_STEPHEN},
};

/* The letters are those of the source, so that the two can be compared. */
struct civil_date easter_sunday(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = b / 4;
    int e = b % 4;
    int f = (b + 8) / 25;
    int g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4;
    int k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return (struct civil_date){year, n / 31, n % 31 + 1};
}

/* Easter Sunday is from 22 March to 25 April, so its Friday and Monday are in these two months. */
static enum holiday of_easter(struct civil_date date, int32_t day)
{
    if (date.month != 3 && date.month != 4)
        return HOLIDAY_NONE;
    int32_t sunday = civil_day_from_date(easter_sunday(date.year));
    if (day == sunday + 1)
        return HOLIDAY_EASTER_MONDAY;
    if (day == sunday - 2 && date.year >= GOOD_FRIDAY_SINCE)
        return HOLIDAY_GOOD_FRIDAY;
    return HOLIDAY_NONE;
}

/* By month, the days (bits) that are in the table: nearly all dates are not. */
static const uint32_t fixed_days[] = {
    [1] = 1U << 1,
    [5] = 1U << 1 | 1U << 8,
    [7] = 1U << 5 | 1U << 6,
    [9] = 1U << 28,
    [10] = 1U << 28,
    [11] = 1U << 17,
    [12] = 1U << 24 | 1U << 25 | 1U << 26,
};

enum holiday holiday_of_day(int32_t day)
{
    struct civil_date date = civil_day_date(day);
    if ((fixed_days[date.month] >> date.day & 1) == 0)
        return of_easter(date, day);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        if (fixed[i].month == date.month && fixed[i].day == date.day)
            return fixed[i].holiday;
    }
    return of_easter(date, day);
}

/* Of March and April, their days counted in a row: 1 April is bit 32. */
static uint64_t easter_days(int year)
{
    const struct civil_date sunday = easter_sunday(year);
    const int row = sunday.month == 3 ? sunday.day : 31 + sunday.day;
    const uint64_t monday = UINT64_C(1) << (row + 1);
    return year < GOOD_FRIDAY_SINCE ? monday : monday | UINT64_C(1) << (row - 2);
}

uint32_t holiday_days_of_month(int year, int month)
{
    if (month != 3 && month != 4)
        return fixed_days[month];
    const uint64_t days = easter_days(year) >> (month == 3 ? 0 : 31);
    return fixed_days[month] | ((uint32_t)days & ~UINT32_C(1));
}

const char *holiday_key(enum holiday holiday)
{
    return keys[holiday];
}

bool holiday_is_working_day(int32_t day)
{
    return civil_day_weekday(day) < WEEKDAY_SATURDAY && holiday_of_day(day) == HOLIDAY_NONE;
}
