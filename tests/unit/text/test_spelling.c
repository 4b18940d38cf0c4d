/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/text/spelling.h"
#include "support/run.h"

static const struct spelling_word words[] = {
    {STR_CONSTANT("exekutor"), 40}, {STR_CONSTANT("exekuce"), 30},  {STR_CONSTANT("dluhy"), 50},
    {STR_CONSTANT("druhy"), 2},     {STR_CONSTANT("manzel"), 20},   {STR_CONSTANT("spat"), 9},
    {STR_CONSTANT("допомога"), 5},  {STR_CONSTANT("ubytovna"), 11}, {STR_CONSTANT("ubytovnu"), 3},
};
enum { WORD_COUNT = sizeof words / sizeof words[0] };

static const struct {
    const char *asked;
    const char *found; /* NULL: none */
} cases[] = {
    {"exekutor", "exekutor"},  {"exekuto", "exekutor"}, /* one left out */
    {"exekutorr", "exekutor"},                          /* one added */
    {"exekutpr", "exekutor"},                           /* one changed */
    {"exekutro", "exekutor"},                           /* two exchanged */
    {"exektuor", "exekutor"},  {"exketuor", NULL},      /* two mistakes */
    {"rxekutor", NULL},                                 /* the first letter stands */
    {"xeekutor", NULL},        {"dlhy", NULL},          /* too short to guess */
    {"dluhi", "dluhy"},        {"druuhy", "druhy"},
    {"dduhy", "dluhy"}, /* the commoner of two that are equally near */
    {"spatt", NULL},    /* known words that are too short are not guessed at */
    {"манзель", NULL},         {"дпомога", "допомога"},
    {"допомоога", "допомога"}, {"допомого", "допомога"},
    {"ubytovny", "ubytovna"},  {"", NULL},
};

START_TEST(test_spelling_table)
{
    struct spelling *spelling = spelling_new(words, WORD_COUNT);
    const int64_t found = spelling_find(spelling, str_from(cases[_i].asked));
    if (cases[_i].found == NULL)
        ck_assert_msg(found < 0, "%s", cases[_i].asked);
    else
        ck_assert_msg(found >= 0 && str_equal_z(words[found].word, cases[_i].found), "%s",
                      cases[_i].asked);
    spelling_free(spelling);
}
END_TEST

START_TEST(test_spelling_of_no_words)
{
    struct spelling *spelling = spelling_new(NULL, 0);
    ck_assert_int_eq(spelling_find(spelling, STR("exekutor")), -1);
    spelling_free(spelling);
    spelling_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text/spelling");
    TCase *tcase = tcase_create("spelling");
    tcase_add_loop_test(tcase, test_spelling_table, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_spelling_of_no_words);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
