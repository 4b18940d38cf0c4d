/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/domain/civil_time.h"
#include "sociopoint/domain/holidays.h"
#include "support/run.h"

static int32_t day_of(int year, int month, int day)
{
    return civil_day_from_date((struct civil_date){year, month, day});
}

/* Every public holiday of the years, in order; all other days of them are none. */
static const struct {
    struct civil_date date;
    enum holiday holiday;
} holidays[] = {
    {{2015, 1, 1}, HOLIDAY_NEW_YEAR},
    {{2015, 4, 6}, HOLIDAY_EASTER_MONDAY}, /* Good Friday, 3 April, was none yet */
    {{2015, 5, 1}, HOLIDAY_LABOUR_DAY},
    {{2015, 5, 8}, HOLIDAY_VICTORY_DAY},
    {{2015, 7, 5}, HOLIDAY_CYRIL_AND_METHODIUS},
    {{2015, 7, 6}, HOLIDAY_JAN_HUS},
    {{2015, 9, 28}, HOLIDAY_CZECH_STATEHOOD},
    {{2015, 10, 28}, HOLIDAY_CZECHOSLOVAK_STATE},
    {{2015, 11, 17}, HOLIDAY_FREEDOM_AND_DEMOCRACY},
    {{2015, 12, 24}, HOLIDAY_CHRISTMAS_EVE},
    {{2015, 12, 25}, HOLIDAY_CHRISTMAS_DAY},
    {{2015, 12, 26}, HOLIDAY_SAINT_STEPHEN},
    {{2016, 1, 1}, HOLIDAY_NEW_YEAR},
    {{2016, 3, 25}, HOLIDAY_GOOD_FRIDAY},
    {{2016, 3, 28}, HOLIDAY_EASTER_MONDAY},
    {{2016, 5, 1}, HOLIDAY_LABOUR_DAY},
    {{2016, 5, 8}, HOLIDAY_VICTORY_DAY},
    {{2016, 7, 5}, HOLIDAY_CYRIL_AND_METHODIUS},
    {{2016, 7, 6}, HOLIDAY_JAN_HUS},
    {{2016, 9, 28}, HOLIDAY_CZECH_STATEHOOD},
    {{2016, 10, 28}, HOLIDAY_CZECHOSLOVAK_STATE},
    {{2016, 11, 17}, HOLIDAY_FREEDOM_AND_DEMOCRACY},
    {{2016, 12, 24}, HOLIDAY_CHRISTMAS_EVE},
    {{2016, 12, 25}, HOLIDAY_CHRISTMAS_DAY},
    {{2016, 12, 26}, HOLIDAY_SAINT_STEPHEN},
    {{2026, 1, 1}, HOLIDAY_NEW_YEAR},
    {{2026, 4, 3}, HOLIDAY_GOOD_FRIDAY},
    {{2026, 4, 6}, HOLIDAY_EASTER_MONDAY},
    {{2026, 5, 1}, HOLIDAY_LABOUR_DAY},
    {{2026, 5, 8}, HOLIDAY_VICTORY_DAY},
    {{2026, 7, 5}, HOLIDAY_CYRIL_AND_METHODIUS},
    {{2026, 7, 6}, HOLIDAY_JAN_HUS},
    {{2026, 9, 28}, HOLIDAY_CZECH_STATEHOOD},
    {{2026, 10, 28}, HOLIDAY_CZECHOSLOVAK_STATE},
    {{2026, 11, 17}, HOLIDAY_FREEDOM_AND_DEMOCRACY},
    {{2026, 12, 24}, HOLIDAY_CHRISTMAS_EVE},
    {{2026, 12, 25}, HOLIDAY_CHRISTMAS_DAY},
    {{2026, 12, 26}, HOLIDAY_SAINT_STEPHEN},
    {{2027, 1, 1}, HOLIDAY_NEW_YEAR},
    {{2027, 3, 26}, HOLIDAY_GOOD_FRIDAY},
    {{2027, 3, 29}, HOLIDAY_EASTER_MONDAY},
    {{2027, 5, 1}, HOLIDAY_LABOUR_DAY},
    {{2027, 5, 8}, HOLIDAY_VICTORY_DAY},
    {{2027, 7, 5}, HOLIDAY_CYRIL_AND_METHODIUS},
    {{2027, 7, 6}, HOLIDAY_JAN_HUS},
    {{2027, 9, 28}, HOLIDAY_CZECH_STATEHOOD},
    {{2027, 10, 28}, HOLIDAY_CZECHOSLOVAK_STATE},
    {{2027, 11, 17}, HOLIDAY_FREEDOM_AND_DEMOCRACY},
    {{2027, 12, 24}, HOLIDAY_CHRISTMAS_EVE},
    {{2027, 12, 25}, HOLIDAY_CHRISTMAS_DAY},
    {{2027, 12, 26}, HOLIDAY_SAINT_STEPHEN},
};
static const size_t holiday_count = sizeof holidays / sizeof holidays[0];

static enum holiday expected_on(int32_t day)
{
    for (size_t i = 0; i < holiday_count; i++) {
        if (civil_day_from_date(holidays[i].date) == day)
            return holidays[i].holiday;
    }
    return HOLIDAY_NONE;
}

static const int years[] = {2015, 2016, 2026, 2027};

START_TEST(test_holidays_of_year)
{
    int year = years[_i];
    for (int32_t day = day_of(year, 1, 1); day < day_of(year + 1, 1, 1); day++)
        ck_assert_int_eq(holiday_of_day(day), expected_on(day));
}
END_TEST

/* By months it is the same; from 1818 to 2285 Easter is as early and as late as it can be. */
START_TEST(test_holidays_of_months)
{
    const int32_t end = day_of(2286, 1, 1);
    for (int32_t day = day_of(1818, 1, 1); day < end; day++) {
        const struct civil_date date = civil_day_date(day);
        const uint32_t days = holiday_days_of_month(date.year, date.month);
        ck_assert_int_eq(days >> date.day & 1, holiday_of_day(day) != HOLIDAY_NONE);
        ck_assert_int_eq(days & 1, 0);
    }
}
END_TEST

/* Easter Sundays of the Astronomical Almanac: common years, and the earliest and latest possible. */
static const struct civil_date easters[] = {
    {1818, 3, 22}, {1943, 4, 25}, {1961, 4, 2},  {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24},
    {2016, 3, 27}, {2019, 4, 21}, {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},  {2027, 3, 28},
    {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2031, 4, 13}, {2032, 3, 28}, {2033, 4, 17},
    {2034, 4, 9},  {2035, 3, 25}, {2036, 4, 13}, {2037, 4, 5},  {2038, 4, 25}, {2285, 3, 22},
};

START_TEST(test_holidays_easter)
{
    struct civil_date easter = easter_sunday(easters[_i].year);
    ck_assert_int_eq(easter.year, easters[_i].year);
    ck_assert_int_eq(easter.month, easters[_i].month);
    ck_assert_int_eq(easter.day, easters[_i].day);
}
END_TEST

/* The cycle of 5,700,000 years aside: always a Sunday, never before 22 March or after 25 April. */
START_TEST(test_holidays_easter_range)
{
    for (int year = 1583; year <= 9999; year++) {
        int32_t easter = civil_day_from_date(easter_sunday(year));
        ck_assert_int_eq(civil_day_weekday(easter), WEEKDAY_SUNDAY);
        ck_assert_int_ge(easter, day_of(year, 3, 22));
        ck_assert_int_le(easter, day_of(year, 4, 25));
    }
}
END_TEST

static const struct {
    struct civil_date date;
    bool working;
} working_days[] = {
    {{2026, 7, 3}, true},    /* Friday */
    {{2026, 7, 4}, false},   /* Saturday */
    {{2026, 7, 5}, false},   /* Sunday and holiday */
    {{2026, 7, 6}, false},   /* Monday, Jan Hus */
    {{2026, 7, 7}, true},    /* Tuesday */
    {{2026, 4, 2}, true},    /* Maundy Thursday */
    {{2026, 4, 3}, false},   /* Good Friday */
    {{2026, 4, 6}, false},   /* Easter Monday */
    {{2026, 12, 23}, true},  /* Wednesday */
    {{2026, 12, 24}, false}, /* Christmas Eve */
    {{2026, 12, 31}, true},  /* New Year's Eve is none */
};

START_TEST(test_holidays_working_day)
{
    int32_t day = civil_day_from_date(working_days[_i].date);
    ck_assert_int_eq(holiday_is_working_day(day), working_days[_i].working);
}
END_TEST

START_TEST(test_holidays_keys_differ)
{
    for (int i = 0; i < HOLIDAY_COUNT; i++) {
        ck_assert_ptr_nonnull(holiday_key((enum holiday)i));
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(holiday_key((enum holiday)i), holiday_key((enum holiday)j));
    }
    ck_assert_str_eq(holiday_key(HOLIDAY_NONE), "none");
    ck_assert_str_eq(holiday_key(HOLIDAY_GOOD_FRIDAY), "good-friday");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/holidays");
    TCase *tests = tcase_create("holidays");
    tcase_add_loop_test(tests, test_holidays_of_year, 0, sizeof years / sizeof years[0]);
    tcase_add_test(tests, test_holidays_of_months);
    tcase_add_loop_test(tests, test_holidays_easter, 0, sizeof easters / sizeof easters[0]);
    tcase_add_test(tests, test_holidays_easter_range);
    tcase_add_loop_test(tests, test_holidays_working_day, 0,
                        sizeof working_days / sizeof working_days[0]);
    tcase_add_test(tests, test_holidays_keys_differ);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
