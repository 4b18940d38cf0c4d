/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/domain/match_condition.h"
#include "support/run.h"

START_TEST(test_match_condition_keys_both_ways)
{
    enum match_condition condition = CONDITION_COUNT;
    for (int i = 0; i < CONDITION_COUNT; i++) {
        const char *key = match_condition_key((enum match_condition)i);
        ck_assert(match_condition_from_key(str_from(key), &condition));
        ck_assert_int_eq(condition, i);
    }
}
END_TEST

START_TEST(test_match_condition_unknown_key_changes_nothing)
{
    enum match_condition condition = CONDITION_COST;
    ck_assert(!match_condition_from_key(STR("weather"), &condition));
    ck_assert(!match_condition_from_key((struct str){NULL, 0}, &condition));
    ck_assert_int_eq(condition, CONDITION_COST);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match condition");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, test_match_condition_keys_both_ways);
    tcase_add_test(tcase, test_match_condition_unknown_key_changes_nothing);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
