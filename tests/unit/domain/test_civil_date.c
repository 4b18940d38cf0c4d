/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/domain/civil_date.h"
#include "support/run.h"

static const struct {
    const char *text;
    bool good;
    struct civil_date date;
} cases[] = {
    {"2025", true, {2025, 0, 0}},
    {"2025-07", true, {2025, 7, 0}},
    {"2025-07-31", true, {2025, 7, 31}},
    {"2025-07-31T23:59:00Z", true, {2025, 7, 31}},
    {"", false, {0}},
    {"25", false, {0}},
    {"0000", false, {0}},
    {"2025-", false, {0}},
    {"2025-13", false, {0}},
    {"2025-00", false, {0}},
    {"2025-7", false, {0}},
    {"2025-07-32", false, {0}},
    {"2025/07/31", false, {0}},
    {"2025-07/31", false, {0}},
    {"2025-07-31 ", false, {0}},
    {"20x5", false, {0}},
};

START_TEST(test_civil_date_table)
{
    struct civil_date date = {1, 2, 3};
    ck_assert_int_eq(civil_date_from_text(str_from(cases[_i].text), &date), cases[_i].good);
    if (!cases[_i].good) {
        ck_assert_int_eq(date.year, 1); /* untouched */
        return;
    }
    ck_assert_int_eq(date.year, cases[_i].date.year);
    ck_assert_int_eq(date.month, cases[_i].date.month);
    ck_assert_int_eq(date.day, cases[_i].date.day);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/civil_date");
    TCase *tests = tcase_create("civil_date");
    tcase_add_loop_test(tests, test_civil_date_table, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
