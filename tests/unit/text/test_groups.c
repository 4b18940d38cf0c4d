/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/text/groups.h"
#include "support/run.h"

static const struct str debt[] = {STR_CONSTANT("dluh*"), STR_CONSTANT("debt"),
                                  STR_CONSTANT("Борг")};
static const struct str money[] = {STR_CONSTANT("dluhy"), STR_CONSTANT("peníze"),
                                   STR_CONSTANT("dluh*")};
static const struct word_group groups[] = {{STR_CONSTANT("debt"), debt, 3},
                                           {STR_CONSTANT("money"), money, 3}};

enum { ARENA_BYTES = 1 << 20 };

static const struct {
    const char *word;
    const char *groups; /* their positions */
} cases[] = {
    {"dluh", "01"}, {"dluhy", "01"}, {"dluhu", "01"}, {"dlu", ""},     {"debt", "0"},
    {"debts", ""},  {"борг", "0"},   {"penize", "1"}, {"penizek", ""}, {"", ""},
};

START_TEST(test_groups_table)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct error err = {0};
    uint16_t found[WORD_GROUPS_OF_WORD];
    char text[WORD_GROUPS_OF_WORD + 1] = "";
    const struct word_groups *made = word_groups_new(groups, 2, arena, &err);
    const size_t count = word_groups_of(made, str_from(cases[_i].word), found);
    for (size_t i = 0; i < count; i++)
        text[i] = (char)('0' + found[i]);
    ck_assert_str_eq(text, cases[_i].groups);
    arena_free(arena);
}
END_TEST

START_TEST(test_groups_by_name)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct error err = {0};
    const struct word_groups *made = word_groups_new(groups, 2, arena, &err);
    ck_assert_ptr_eq(word_groups_find(made, STR("money")), &groups[1]);
    ck_assert_ptr_null(word_groups_find(made, STR("mone")));
    arena_free(arena);
}
END_TEST

START_TEST(test_groups_refuse_what_is_no_word)
{
    static const struct str bad[] = {STR_CONSTANT("dobrý"), STR_CONSTANT("dvě slova")};
    const struct word_group with_bad[] = {groups[0], {STR_CONSTANT("bad"), bad, 2}};
    struct arena *arena = arena_new(ARENA_BYTES);
    struct error err = {0};
    ck_assert_ptr_null(word_groups_new(with_bad, 2, arena, &err));
    ck_assert_str_eq(err.problems[0].code, "phrase-word-unusable");
    ck_assert_str_eq(err.problems[0].pointer, "1/1");
    ck_assert_str_eq(err.problems[0].argument[0], "dvě slova");
    arena_free(arena);
}
END_TEST

/* A word of very many groups is in the first ones. */
START_TEST(test_groups_of_a_word_have_a_limit)
{
    static const struct str word[] = {STR_CONSTANT("slovo")};
    struct word_group many[WORD_GROUPS_OF_WORD + 4];
    uint16_t found[WORD_GROUPS_OF_WORD];
    struct arena *arena = arena_new(ARENA_BYTES);
    struct error err = {0};
    for (size_t i = 0; i < WORD_GROUPS_OF_WORD + 4; i++)
        many[i] = (struct word_group){STR("many"), word, 1};
    const struct word_groups *made = word_groups_new(many, WORD_GROUPS_OF_WORD + 4, arena, &err);
    ck_assert_uint_eq(word_groups_of(made, STR("slovo"), found), WORD_GROUPS_OF_WORD);
    for (size_t i = 1; i < WORD_GROUPS_OF_WORD; i++)
        ck_assert_uint_gt(found[i], found[i - 1]);
    arena_free(arena);
}
END_TEST

START_TEST(test_groups_without_memory)
{
    bool made = false;
    for (size_t bytes = 0; !made; bytes += 512) {
        struct arena *arena = arena_new(bytes);
        struct error err = {0};
        made = word_groups_new(groups, 2, arena, &err) != NULL;
        ck_assert(made || err.problem_count == 1);
        arena_free(arena);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text/groups");
    TCase *tcase = tcase_create("groups");
    tcase_add_loop_test(tcase, test_groups_table, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_groups_by_name);
    tcase_add_test(tcase, test_groups_refuse_what_is_no_word);
    tcase_add_test(tcase, test_groups_of_a_word_have_a_limit);
    tcase_add_test(tcase, test_groups_without_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
