/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/base/str.h"
#include "support/run.h"

static const struct {
    struct str bytes;
    bool valid;
} utf8_cases[] = {
    {STR_CONSTANT(""), true},
    {STR_CONSTANT("plain"), true},
    {STR_CONSTANT("p\xC5\x99\xC3\xADli\xC5\xA1 \xC5\xBElu\xC5\xA5ou\xC4\x8Dk\xC3\xBD"), true},
    {STR_CONSTANT("\xE2\x82\xAC"), true},
    {STR_CONSTANT("\xF0\x9F\x98\x80"), true},
    {STR_CONSTANT("\xF4\x8F\xBF\xBF"), true},
    {STR_CONSTANT("\xF4\x90\x80\x80"), false}, /* beyond U+10FFFF */
    {STR_CONSTANT("\xC0\xAF"), false},         /* overlong */
    {STR_CONSTANT("\xE0\x80\xAF"), false},     /* overlong */
    {STR_CONSTANT("\xF0\x80\x80\xAF"), false}, /* overlong */
    {STR_CONSTANT("\xED\xA0\x80"), false},     /* surrogate */
    {STR_CONSTANT("\x80"), false},
    {STR_CONSTANT("\xE2\x82"), false}, /* cut */
    {STR_CONSTANT("\xE2\x28\xA1"), false},
    {STR_CONSTANT("\xFF"), false},
    {STR_CONSTANT("sixteen letters."), true},
    {STR_CONSTANT("eight of\xC5\x99"), true}, /* behind what is looked at in eights */
    {STR_CONSTANT("eight of\x80"), false},
    {STR_CONSTANT("seven b\x80 and more"), false},
};

START_TEST(test_str_utf8_table)
{
    ck_assert_int_eq(str_is_utf8(utf8_cases[_i].bytes), utf8_cases[_i].valid);
}
END_TEST

static const struct {
    struct str text;
    uint64_t maximum;
    bool valid;
    uint64_t value;
} number_cases[] = {
    {STR_CONSTANT("0"), 10, true, 0},
    {STR_CONSTANT("10"), 10, true, 10},
    {STR_CONSTANT("11"), 10, false, 0},
    {STR_CONSTANT("007"), 10, false, 0},
    {STR_CONSTANT(""), 10, false, 0},
    {STR_CONSTANT("-1"), 10, false, 0},
    {STR_CONSTANT("+1"), 10, false, 0},
    {STR_CONSTANT(" 1"), 10, false, 0},
    {STR_CONSTANT("1e1"), 10, false, 0},
    {STR_CONSTANT("18446744073709551615"), UINT64_MAX, true, UINT64_MAX},
    {STR_CONSTANT("18446744073709551616"), UINT64_MAX, false, 0},
};

START_TEST(test_str_number_table)
{
    uint64_t value = 0;
    ck_assert_int_eq(str_to_uint(number_cases[_i].text, number_cases[_i].maximum, &value),
                     number_cases[_i].valid);
    ck_assert_uint_eq(value, number_cases[_i].value);
}
END_TEST

START_TEST(test_str_compare_orders_bytes_then_length)
{
    ck_assert_int_lt(str_compare(STR("a"), STR("b")), 0);
    ck_assert_int_lt(str_compare(STR("a"), STR("ab")), 0);
    ck_assert_int_gt(str_compare(STR("b"), STR("ab")), 0);
    ck_assert_int_eq(str_compare(STR("ab"), STR("ab")), 0);
    ck_assert_int_eq(str_compare(STR(""), (struct str){NULL, 0}), 0);
}
END_TEST

START_TEST(test_str_cut_splits_at_the_first)
{
    struct str before = STR("untouched");
    struct str after = STR("untouched");
    ck_assert(!str_cut(STR("none"), '/', &before, &after));
    ck_assert(str_equal_z(before, "untouched"));
    ck_assert(str_cut(STR("a/b/c"), '/', &before, &after));
    ck_assert(str_equal_z(before, "a"));
    ck_assert(str_equal_z(after, "b/c"));
}
END_TEST

START_TEST(test_str_copy_cuts_on_a_character)
{
    char buffer[4];
    ck_assert_str_eq(str_copy_z(STR("ab\xC4\x8D"), buffer, sizeof buffer), "ab");
    ck_assert_str_eq(str_copy_z(STR("abc"), buffer, sizeof buffer), "abc");
    ck_assert_str_eq(str_copy_z((struct str){NULL, 0}, buffer, sizeof buffer), "");
}
END_TEST

/* The published vectors of FNV-1a. */
START_TEST(test_str_hash_is_fnv_1a)
{
    ck_assert_uint_eq(str_hash(STR("")), 0xcbf29ce484222325u);
    ck_assert_uint_eq(str_hash(STR("a")), 0xaf63dc4c8601ec8cu);
    ck_assert_uint_eq(str_hash(STR("foobar")), 0x85944171f73967e8u);
    ck_assert_uint_eq(str_hash_add(str_hash(STR("foo")), STR("bar")), 0x85944171f73967e8u);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("str");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, test_str_utf8_table, 0, sizeof utf8_cases / sizeof utf8_cases[0]);
    tcase_add_loop_test(tcase, test_str_number_table, 0,
                        sizeof number_cases / sizeof number_cases[0]);
    tcase_add_test(tcase, test_str_hash_is_fnv_1a);
    tcase_add_test(tcase, test_str_compare_orders_bytes_then_length);
    tcase_add_test(tcase, test_str_cut_splits_at_the_first);
    tcase_add_test(tcase, test_str_copy_cuts_on_a_character);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
