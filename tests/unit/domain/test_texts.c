/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/domain/language.h"
#include "sociopoint/domain/service_facts.h"
#include "sociopoint/domain/texts.h"
#include "support/run.h"

static const struct text table[] = {
    {.code = STR_CONSTANT("a.none"),
     .sentence = {{STR_CONSTANT("Nic"), STR_CONSTANT("None"), STR_CONSTANT("Нічого")}}},
    {.code = STR_CONSTANT("b.two"),
     .sentence = {{STR_CONSTANT("{1} a {0}"), STR_CONSTANT("{0} and {1}"),
                   STR_CONSTANT("{0} і {1}")}}},
    {.code = STR_CONSTANT("c.brace"),
     .sentence = {{STR_CONSTANT("{"), STR_CONSTANT("{9} {0"), STR_CONSTANT("{0}{0}")}}},
};
static const struct texts texts = {.texts = table, .count = 3};

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

/* The same texts as config leaves them. */
static struct arena *prepare(struct text items[3], struct texts *prepared)
{
    struct arena *arena = arena_new(100000);
    memcpy(items, table, sizeof table);
    ck_assert(texts_prepare(items, 3, arena, prepared));
    return arena;
}

START_TEST(test_texts_prepared_say_the_same)
{
    struct text items[3];
    struct texts prepared;
    struct arena *arena = prepare(items, &prepared);
    const struct str arguments[] = {STR("X"), STR("Y"), {NULL, 0}};
    struct builder out;
    builder_init(&out, arena, 1000);
    texts_append(&prepared, cases[_i].language, cases[_i].code, arguments, &out);
    ck_assert(str_equal_z(builder_view(&out), cases[_i].sentence));
    out.length = 0;
    texts_append_escaped(&prepared, cases[_i].language, str_from(cases[_i].code), arguments, &out);
    ck_assert(str_equal_z(builder_view(&out), cases[_i].sentence));
    arena_free(arena);
}
END_TEST

START_TEST(test_texts_escape_sentence_and_arguments_once)
{
    struct text items[] = {
        {.code = STR("a"), .sentence = {{STR("\"{0}\"\n\\"), STR("{1}"), STR("ahoj")}}}};
    struct texts prepared;
    struct arena *arena = arena_new(100000);
    struct builder out;
    ck_assert(texts_prepare(items, 1, arena, &prepared));
    builder_init(&out, arena, 1000);
    texts_append_escaped(&prepared, LANGUAGE_CS, STR("a"), (struct str[3]){STR("{1}\t\"")}, &out);
    ck_assert(str_equal_z(builder_view(&out), "\\\"{1}\\t\\\"\\\"\\n\\\\"));
    out.length = 0;
    texts_append_escaped(&prepared, LANGUAGE_EN, STR("b\""), (struct str[3]){{NULL, 0}}, &out);
    ck_assert(str_equal_z(builder_view(&out), "b\\\""));
    /* What has nothing to escape is the sentence itself. */
    ck_assert_ptr_eq(items[0].escaped.in[LANGUAGE_UK].data, items[0].sentence.in[LANGUAGE_UK].data);
    arena_free(arena);
}
END_TEST

START_TEST(test_texts_index_finds_every_code_of_many)
{
    enum { MANY = 300, CODE_SIZE = 16 };
    static char codes[MANY][CODE_SIZE];
    static struct text items[MANY];
    struct texts prepared;
    struct arena *arena = arena_new(100000);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(codes[i], CODE_SIZE, "some.code.%d", i);
        items[i] = (struct text){.code = str_from(codes[i]), .sentence = {{str_from(codes[i])}}};
    }
    ck_assert(texts_prepare(items, MANY, arena, &prepared));
    for (int i = 0; i < MANY; i++)
        ck_assert_ptr_eq(texts_find(&prepared, LANGUAGE_CS, codes[i]).data, codes[i]);
    ck_assert(!str_present(texts_find(&prepared, LANGUAGE_CS, "some.code.300")));
    ck_assert(!str_present(texts_find(&prepared, LANGUAGE_CS, "")));
    arena_free(arena);
}
END_TEST

START_TEST(test_texts_preparing_needs_memory)
{
    struct text items[] = {{.code = STR("a"), .sentence = {{STR("\""), STR("b"), STR("c")}}}};
    struct texts prepared = {0};
    struct arena *without = arena_new(8);
    ck_assert(!texts_prepare(items, 1, without, &prepared));
    struct arena *for_index = arena_new(16); /* which leaves nothing for the escaped quote */
    ck_assert(!texts_prepare(items, 1, for_index, &prepared));
    ck_assert_uint_eq(prepared.count, 0);
    arena_free(without);
    arena_free(for_index);
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
    tcase_add_loop_test(tcase, test_texts_prepared_say_the_same, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, test_texts_escape_sentence_and_arguments_once);
    tcase_add_test(tcase, test_texts_index_finds_every_code_of_many);
    tcase_add_test(tcase, test_texts_preparing_needs_memory);
    tcase_add_test(tcase, test_language_tags_both_ways);
    tcase_add_test(tcase, test_service_rule_keys_both_ways);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
