/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdlib.h>

#include "sociopoint/domain/language.h"
#include "sociopoint/domain/service_facts.h"
#include "sociopoint/domain/texts.h"

static const struct text table[] = {
    {STR_CONSTANT("a.none"), {{STR_CONSTANT("Nic"), STR_CONSTANT("None"), STR_CONSTANT("Нічого")}}},
    {STR_CONSTANT("b.two"),
     {{STR_CONSTANT("{1} a {0}"), STR_CONSTANT("{0} and {1}"), STR_CONSTANT("{0} і {1}")}}},
    {STR_CONSTANT("c.brace"),
     {{STR_CONSTANT("{"), STR_CONSTANT("{9} {0"), STR_CONSTANT("{0}{0}")}}},
};
static const struct texts texts = {table, 3};

static const struct {
    enum language language;
    const char *code;
    const char *sentence;
} cases[] = {
    {LANGUAGE_CS, "a.none", "Nic"},      {LANGUAGE_CS, "b.two", "Y a X"},
    {LANGUAGE_EN, "b.two", "X and Y"},   {LANGUAGE_CS, "c.brace", "{"},
    {LANGUAGE_EN, "c.brace", "{9} {0"},  {LANGUAGE_UK, "c.brace", "XX"},
    {LANGUAGE_UK, "unknown", "unknown"},
};

START_TEST(test_texts_placeholders_table)
{
    struct builder out;
    builder_init(&out, NULL, 1000);
    texts_append(&texts, cases[_i].language, cases[_i].code,
                 (struct str[]){STR("X"), STR("Y"), {NULL, 0}}, &out);
    ck_assert(str_equal_z(builder_view(&out), cases[_i].sentence));
    builder_done(&out);
}
END_TEST

START_TEST(test_texts_missing_argument_leaves_its_place_empty)
{
    struct builder out;
    builder_init(&out, NULL, 1000);
    texts_append(&texts, LANGUAGE_EN, "b.two", (struct str[3]){STR("X")}, &out);
    ck_assert(str_equal_z(builder_view(&out), "X and "));
    builder_done(&out);
}
END_TEST

START_TEST(test_language_tags_both_ways)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        enum language language;
        ck_assert(language_from_tag(str_from(language_tag((enum language)i)), &language));
        ck_assert_int_eq((int)language, i);
    }
    enum language untouched = LANGUAGE_UK;
    ck_assert(!language_from_tag(STR("CS"), &untouched));
    ck_assert_int_eq(untouched, LANGUAGE_UK);
}
END_TEST

START_TEST(test_service_rule_keys_both_ways)
{
    for (unsigned bit = RULE_MEN_ONLY; bit <= RULE_REFERRAL; bit *= 2)
        ck_assert_uint_eq(service_rule_from_key(str_from(service_rule_key((enum service_rule)bit))),
                          bit);
    ck_assert_uint_eq(service_rule_from_key(STR("nobody")), 0);
    ck_assert_ptr_null(service_rule_key((enum service_rule)0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("texts and keys");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, test_texts_placeholders_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, test_texts_missing_argument_leaves_its_place_empty);
    tcase_add_test(tcase, test_language_tags_both_ways);
    tcase_add_test(tcase, test_service_rule_keys_both_ways);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
