/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/domain/opening_hours.h"
#include "support/run.h"

static void check_date(const struct opening_date *date, int32_t day)
{
    const struct civil_date civil = civil_day_date(day);
    ck_assert_int_eq(date->day, day);
    ck_assert_int_eq(date->begins_ms, civil_time_utc_ms(day, 0));
    ck_assert_int_eq(date->weekday, civil_day_weekday(day));
    ck_assert_int_eq(date->holiday, holiday_of_day(day));
    ck_assert_int_eq(date->month_day, civil.day);
    ck_assert_int_eq(date->month_day + date->days_left, civil_month_days(civil.year, civil.month));
}

/* A search enters no day that has not two more after it. */
static void check_room(const struct opening_moment *moment)
{
    const int64_t search_ms = INT64_C(86400000) * OPENING_SEARCH_DAYS;
    const struct opening_date *date = &moment->dates[OPENING_MOMENT_DAYS - 2];
    ck_assert_int_ge(date->begins_ms, moment->at.utc_ms + search_ms);
}

static void check_moment(int64_t at_ms)
{
    struct opening_moment moment;
    const struct civil_time at = civil_time_at(at_ms);
    opening_moment_init(&moment, at_ms);
    ck_assert_int_eq(moment.at.utc_ms, at.utc_ms);
    ck_assert_int_eq(moment.at.day, at.day);
    ck_assert_int_eq(moment.at.minute, at.minute);
    ck_assert_int_eq(moment.at.offset_minutes, at.offset_minutes);
    for (int32_t i = 0; i < OPENING_MOMENT_DAYS; i++)
        check_date(&moment.dates[i], at.day - 1 + i);
    check_room(&moment);
}

/* Whatever the day, all around it are as the calendar, the clock and the law have them: years with
 * and without a Good Friday, leap years, the year in which Easter is on both sides of a month. */
START_TEST(test_opening_moment_days)
{
    static const int years[] = {2015, 2016, 2018, 2024, 2026, 2100};
    const int32_t first = civil_day_from_date((struct civil_date){years[_i], 1, 1});
    for (int32_t day = first; day < first + 366; day++)
        check_moment(civil_time_utc_ms(day, CIVIL_DAY_MINUTES - 1));
}
END_TEST

/* The local day counts, not that of UTC; on the nights of change too. */
START_TEST(test_opening_moment_minutes)
{
    static const struct civil_date dates[] = {{2026, 3, 29}, {2026, 10, 25}, {2026, 7, 6}};
    const int32_t day = civil_day_from_date(dates[_i]);
    for (int32_t minute = 0; minute <= 2 * CIVIL_DAY_MINUTES; minute += 15)
        check_moment(civil_time_utc_ms(day, minute));
}
END_TEST

/* Any number is a moment. */
START_TEST(test_opening_moment_extremes)
{
    static const int64_t moments[] = {INT64_MIN, -1, 0, INT64_MAX};
    check_moment(moments[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/opening_moment");
    TCase *tests = tcase_create("opening_moment");
    tcase_add_loop_test(tests, test_opening_moment_days, 0, 6);
    tcase_add_loop_test(tests, test_opening_moment_minutes, 0, 3);
    tcase_add_loop_test(tests, test_opening_moment_extremes, 0, 4);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
