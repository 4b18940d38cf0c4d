/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/base/moment.h"
#include "support/run.h"

static const struct {
    const char *text;
    int64_t wall_ms;
} good[] = {
    {"1970-01-01", 0},
    {"1970-01-01T00:00:00Z", 0},
    {"1969-12-31T23:59:59Z", -1000},
    {"2026-01-02", INT64_C(1767312000000)},
    {"2026-01-02T10:00:00Z", INT64_C(1767348000000)},
    {"2026-01-02t10:00:00z", INT64_C(1767348000000)},
    {"2026-01-02T11:00:00+01:00", INT64_C(1767348000000)},
    {"2026-01-02T08:30:00-01:30", INT64_C(1767348000000)},
    {"2026-01-02T10:00:00.5Z", INT64_C(1767348000500)},
    {"2026-01-02T10:00:00.123456Z", INT64_C(1767348000123)},
    {"2024-02-29", INT64_C(1709164800000)},
    {"2024-03-01", INT64_C(1709251200000)},
    {"2000-02-29T00:00:00Z", INT64_C(951782400000)},
    {"2016-12-31T23:59:60Z", INT64_C(1483228800000)},
    {"0001-01-01", INT64_C(-62135596800000)},
    {"9999-12-31T23:59:59Z", INT64_C(253402300799000)},
};

static const char *const bad[] = {
    "",
    "2026",
    "2026-01",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "2026-01-32",
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "0000-01-01",
    "2026/01/02",
    "2026-1-2",
    "2026-01-02 ",
    "2026-01-02T",
    "x026-01-02",
    "2026-01-02T10:00:00",
    "2026-01-02T10:00Z",
    "2026-01-02T24:00:00Z",
    "2026-01-02T10:60:00Z",
    "2026-01-02T10:00:61Z",
    "2026-01-02T10:00:00.Z",
    "2026-01-02T10:00:00ZZ",
    "2026-01-02T10:00:00+1:00",
    "2026-01-02T10:00:00+0100",
    "2026-01-02T10:00:00+24:00",
    "2026-01-02T10:00:00+01:60",
    "2026-01-02 10:00:00Z",
    "2026-01-02T10-00-00Z",
    "today",
};

START_TEST(test_moment_good)
{
    int64_t wall_ms = 1;
    ck_assert(moment_from_text(str_from(good[_i].text), &wall_ms));
    ck_assert_int_eq(wall_ms, good[_i].wall_ms);
}
END_TEST

START_TEST(test_moment_bad)
{
    int64_t wall_ms = 42;
    ck_assert_msg(!moment_from_text(str_from(bad[_i]), &wall_ms), "%s", bad[_i]);
    ck_assert_int_eq(wall_ms, 42);
}
END_TEST

START_TEST(test_moment_absent)
{
    int64_t wall_ms = 42;
    ck_assert(!moment_from_text((struct str){NULL, 0}, &wall_ms));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("moment");
    TCase *tests = tcase_create("moment");
    tcase_add_loop_test(tests, test_moment_good, 0, sizeof good / sizeof good[0]);
    tcase_add_loop_test(tests, test_moment_bad, 0, sizeof bad / sizeof bad[0]);
    tcase_add_test(tests, test_moment_absent);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
