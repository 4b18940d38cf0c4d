/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How batches adapt to the time they take, and the names of kinds.
 */
#include <check.h>

#include "sociopoint/base/str.h"
#include "sociopoint/store/problems.h"
#include "sociopoint/store/store.h"
#include "support/run.h"

static const struct {
    int size;
    int64_t elapsed_ms;
    int next;
} batches[] = {
    {25, 0, 50},    {25, 50, 50},   {25, 51, 25},   {25, 100, 25},  {25, 101, 12},
    {25, 1000, 1},  {1, 100000, 1}, {0, 0, 1},      {200, 10, 200}, {150, 10, 200},
    {200, 200, 50}, {3, 101, 1},    {200, 5000, 2},
};

START_TEST(test_upkeep_batch_size)
{
    ck_assert_int_eq(store_batch_size(batches[_i].size, batches[_i].elapsed_ms), batches[_i].next);
}
END_TEST

START_TEST(test_upkeep_kinds)
{
    enum store_kind kind = STORE_TAXONOMY;
    for (int i = 0; i < STORE_KIND_COUNT; i++) {
        ck_assert(store_kind_from_name(str_from(store_kind_name((enum store_kind)i)), &kind));
        ck_assert_int_eq(kind, i);
    }
    ck_assert(!store_kind_from_name(STR("planet"), &kind));
    ck_assert(!store_kind_from_name((struct str){0}, &kind));
    ck_assert_int_eq(kind, STORE_KIND_COUNT - 1);
}
END_TEST

START_TEST(test_upkeep_problems_are_said_once)
{
    for (size_t i = 0; i < store_problem_count; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(store_problems[i].code, store_problems[j].code);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_upkeep");
    TCase *tests = tcase_create("upkeep");
    tcase_add_loop_test(tests, test_upkeep_batch_size, 0, COUNT_OF(batches));
    tcase_add_test(tests, test_upkeep_kinds);
    tcase_add_test(tests, test_upkeep_problems_are_said_once);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
