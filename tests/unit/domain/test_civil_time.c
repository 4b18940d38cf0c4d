/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/base/moment.h"
#include "sociopoint/domain/civil_time.h"
#include "support/run.h"

static int64_t utc(const char *text)
{
    int64_t ms;
    ck_assert_msg(moment_from_text(str_from(text), &ms), "%s", text);
    return ms;
}

static const struct {
    struct civil_date date;
    int32_t day;
    enum weekday weekday;
    int week; /* ISO 8601 */
    int weeks;
} days[] = {
    {{1970, 1, 1}, 0, WEEKDAY_THURSDAY, 1, 53},
    {{1969, 12, 31}, -1, WEEKDAY_WEDNESDAY, 1, 53},
    {{2000, 2, 29}, 11016, WEEKDAY_TUESDAY, 9, 52},
    {{2000, 3, 1}, 11017, WEEKDAY_WEDNESDAY, 9, 52},
    {{1, 1, 1}, -719162, WEEKDAY_MONDAY, 1, 52},
    {{9999, 12, 31}, 2932896, WEEKDAY_FRIDAY, 52, 52},
    {{2025, 12, 28}, 20450, WEEKDAY_SUNDAY, 52, 52},
    {{2025, 12, 29}, 20451, WEEKDAY_MONDAY, 1, 53},
    {{2026, 1, 1}, 20454, WEEKDAY_THURSDAY, 1, 53},
    {{2026, 7, 20}, 20654, WEEKDAY_MONDAY, 30, 53},
    {{2026, 12, 31}, 20818, WEEKDAY_THURSDAY, 53, 53},
    {{2027, 1, 3}, 20821, WEEKDAY_SUNDAY, 53, 53},
    {{2027, 1, 4}, 20822, WEEKDAY_MONDAY, 1, 52},
};

START_TEST(test_civil_day_table)
{
    int weeks;
    struct civil_date date = civil_day_date(days[_i].day);
    ck_assert_int_eq(civil_day_from_date(days[_i].date), days[_i].day);
    ck_assert_int_eq(date.year, days[_i].date.year);
    ck_assert_int_eq(date.month, days[_i].date.month);
    ck_assert_int_eq(date.day, days[_i].date.day);
    ck_assert_int_eq(civil_day_weekday(days[_i].day), days[_i].weekday);
    ck_assert_int_eq(civil_day_week(days[_i].day, &weeks), days[_i].week);
    ck_assert_int_eq(weeks, days[_i].weeks);
}
END_TEST

/* Every day of all years in turn: the number goes up by one, the weekday by one. */
START_TEST(test_civil_day_all)
{
    int32_t day = -719162;
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int i = 1; i <= civil_month_days(year, month); i++, day++) {
                struct civil_date date = civil_day_date(day);
                if (date.year != year || date.month != month || date.day != i ||
                    civil_day_from_date(date) != day)
                    ck_abort_msg("%d-%d-%d", year, month, i);
            }
        }
    }
    ck_assert_int_eq(day, 2932897);
}
END_TEST

static const struct {
    struct civil_date date;
    bool exists;
} dates[] = {
    {{2024, 2, 29}, true},  {{2026, 2, 29}, false}, {{2100, 2, 29}, false}, {{2000, 2, 29}, true},
    {{2026, 4, 31}, false}, {{2026, 12, 31}, true}, {{2026, 13, 1}, false}, {{2026, 0, 1}, false},
    {{2026, 1, 0}, false},  {{0, 1, 1}, false},     {{10000, 1, 1}, false}, {{9999, 12, 31}, true},
};

START_TEST(test_civil_date_exists)
{
    ck_assert_int_eq(civil_date_exists(dates[_i].date), dates[_i].exists);
}
END_TEST

/* What the clock shows: around both changes of 2026 and 2027, and elsewhere. */
static const struct {
    const char *utc;
    const char *local;
} moments[] = {
    {"1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00"},
    {"1969-12-31T23:59:59Z", "1970-01-01T00:59:59+01:00"},
    {"2026-01-15T11:00:00Z", "2026-01-15T12:00:00+01:00"},
    {"2026-07-15T10:00:00Z", "2026-07-15T12:00:00+02:00"},
    {"2026-07-15T22:30:00Z", "2026-07-16T00:30:00+02:00"},
    {"2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"},
    {"2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"},
    {"2026-10-25T00:00:00Z", "2026-10-25T02:00:00+02:00"},
    {"2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"},
    {"2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"},
    {"2026-10-25T02:00:00Z", "2026-10-25T03:00:00+01:00"},
    {"2027-03-28T00:59:59Z", "2027-03-28T01:59:59+01:00"},
    {"2027-03-28T01:00:00Z", "2027-03-28T03:00:00+02:00"},
    {"2027-10-31T00:59:59Z", "2027-10-31T02:59:59+02:00"},
    {"2027-10-31T01:00:00Z", "2027-10-31T02:00:00+01:00"},
    {"2026-12-31T23:00:00Z", "2027-01-01T00:00:00+01:00"},
};

START_TEST(test_civil_time_at)
{
    char text[CIVIL_TIME_TEXT_SIZE];
    struct civil_time time = civil_time_at(utc(moments[_i].utc));
    ck_assert_str_eq(civil_time_format(&time, text), moments[_i].local);
    ck_assert_int_eq(time.utc_ms, utc(moments[_i].local));
}
END_TEST

/* From the clock to the moment, by RFC 5545: "the first of two", "before the gap". */
static const struct {
    struct civil_date date;
    int minute;
    const char *local;
} readings[] = {
    {{2026, 7, 15}, 720, "2026-07-15T12:00:00+02:00"},
    {{2026, 7, 15}, 1440, "2026-07-16T00:00:00+02:00"},
    {{2026, 7, 15}, 1800, "2026-07-16T06:00:00+02:00"},
    {{2026, 7, 15}, 2880, "2026-07-17T00:00:00+02:00"},
    {{2026, 3, 29}, 0, "2026-03-29T00:00:00+01:00"},
    {{2026, 3, 29}, 119, "2026-03-29T01:59:00+01:00"},
    {{2026, 3, 29}, 120, "2026-03-29T03:00:00+02:00"},
    {{2026, 3, 29}, 150, "2026-03-29T03:30:00+02:00"},
    {{2026, 3, 29}, 180, "2026-03-29T03:00:00+02:00"},
    {{2026, 3, 29}, 1440, "2026-03-30T00:00:00+02:00"},
    {{2026, 3, 28}, 1440 + 360, "2026-03-29T06:00:00+02:00"},
    {{2026, 10, 25}, 119, "2026-10-25T01:59:00+02:00"},
    {{2026, 10, 25}, 120, "2026-10-25T02:00:00+02:00"},
    {{2026, 10, 25}, 150, "2026-10-25T02:30:00+02:00"},
    {{2026, 10, 25}, 180, "2026-10-25T03:00:00+01:00"},
    {{2026, 10, 25}, 1440, "2026-10-26T00:00:00+01:00"},
    {{2027, 3, 28}, 121, "2027-03-28T03:01:00+02:00"},
    {{2027, 10, 31}, 179, "2027-10-31T02:59:00+02:00"},
    {{2027, 10, 31}, 180, "2027-10-31T03:00:00+01:00"},
    {{2026, 12, 31}, 1440, "2027-01-01T00:00:00+01:00"},
};

START_TEST(test_civil_time_utc_ms)
{
    int32_t day = civil_day_from_date(readings[_i].date);
    ck_assert_int_eq(civil_time_utc_ms(day, readings[_i].minute), utc(readings[_i].local));
}
END_TEST

/* There and back, each quarter of an hour of two years, but for the hour that comes twice. */
START_TEST(test_civil_time_round)
{
    int64_t end = utc("2028-01-01T00:00:00Z");
    for (int64_t ms = utc("2026-01-01T00:00:00Z"); ms < end; ms += 900000) {
        struct civil_time time = civil_time_at(ms);
        int64_t back = civil_time_utc_ms(time.day, time.minute);
        bool second = ms - back == 3600000;
        ck_assert_msg(back == ms || second, "%lld", (long long)ms);
        ck_assert_msg(!second || (time.minute >= 120 && time.minute < 180), "%lld", (long long)ms);
    }
}
END_TEST

/* Whatever number comes in, the years stay within 1 to 9999. */
START_TEST(test_civil_time_extremes)
{
    ck_assert_int_eq(civil_time_at(INT64_MIN).utc_ms, utc("0001-01-01T00:00:00Z"));
    ck_assert_int_eq(civil_time_at(INT64_MAX).utc_ms, utc("9999-12-31T00:00:00Z"));
    ck_assert_int_eq(civil_time_at(-1).day, 0);
    ck_assert_int_eq(civil_time_at(-1).minute, 59);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/civil_time");
    TCase *tests = tcase_create("civil_time");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, test_civil_day_table, 0, sizeof days / sizeof days[0]);
    tcase_add_test(tests, test_civil_day_all);
    tcase_add_loop_test(tests, test_civil_date_exists, 0, sizeof dates / sizeof dates[0]);
    tcase_add_loop_test(tests, test_civil_time_at, 0, sizeof moments / sizeof moments[0]);
    tcase_add_loop_test(tests, test_civil_time_utc_ms, 0, sizeof readings / sizeof readings[0]);
    tcase_add_test(tests, test_civil_time_round);
    tcase_add_test(tests, test_civil_time_extremes);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
