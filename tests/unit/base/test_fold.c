/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/fold.h"
#include "support/run.h"

static const struct {
    const char *name;
    const char *folded;
} cases[] = {
    {"", ""},
    {" ", ""},
    {"Slezská Ostrava", "slezska ostrava"},
    {"slezska-ostrava", "slezska ostrava"},
    {"  Sodná 25,  Ostrava–Muglinov ", "sodna 25 ostrava muglinov"},
    {"PŘÍLIŠ ŽLUŤOUČKÝ KŮŇ", "prilis zlutoucky kun"},
    {"úpěl ďábelské ódy", "upel dabelske ody"},
    {"Łódź × Straße", "lodz strase"},
    {"e\xcc\x81", "e"}, /* a combining acute */
    {"Київ, ЩАСТЯ, Ґанок", "київ щастя ґанок"},
    {"„Pomocná ruka“ (o.p.s.)", "pomocna ruka o p s"},
    {"\xf0\x9f\x8f\xa0 dům", "\xf0\x9f\x8f\xa0 dum"}, /* what is no letter of ours stays */
};

START_TEST(test_fold_table)
{
    struct arena *arena = arena_new(4096);
    struct str name = str_from(cases[_i].name);
    struct str folded = fold_name(name, arena);
    ck_assert_msg(str_equal_z(folded, cases[_i].folded), "%.*s", STR_ARGUMENTS(folded));
    ck_assert(fold_is(name, folded));
    ck_assert(fold_is(folded, folded));
    ck_assert(!fold_is(name, STR("something else")));
    arena_free(arena);
}
END_TEST

START_TEST(test_fold_is_needs_all_of_both)
{
    ck_assert(!fold_is(STR("Poruba"), STR("poru")));
    ck_assert(!fold_is(STR("Poru"), STR("poruba")));
    ck_assert(!fold_is(STR("Poruba"), STR("poruba sever")));
}
END_TEST

START_TEST(test_fold_absent_name_and_no_memory)
{
    struct arena *none = arena_new(0);
    struct arena *some = arena_new(64);
    ck_assert(str_empty(fold_name((struct str){NULL, 0}, some)));
    ck_assert(!str_present(fold_name(STR("x"), none)));
    arena_free(none);
    arena_free(some);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/fold");
    TCase *tests = tcase_create("fold");
    tcase_add_loop_test(tests, test_fold_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_fold_is_needs_all_of_both);
    tcase_add_test(tests, test_fold_absent_name_and_no_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
