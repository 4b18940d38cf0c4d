/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/text/classifier.h"
#include "sociopoint/text/groups.h"

enum { DEBT, HUNGER, OTHER, LABELS, ARENA_BYTES = 4 << 20, EXAMPLES_MAXIMUM = 32 };

static const struct str drink[] = {STR_CONSTANT("pivo"), STR_CONSTANT("vodka"),
                                   STR_CONSTANT("горілка")};
static const struct word_group groups[] = {{STR_CONSTANT("drink"), drink, 3}};

static const struct {
    const char *text;
    uint16_t labels[2];
    size_t label_count;
} examples[] = {
    {"mám dluhy", {DEBT}, 1},
    {"dlužím bance peníze", {DEBT}, 1},
    {"nesplácím půjčku", {DEBT}, 1},
    {"jsem zadlužený až po uši", {DEBT}, 1},
    {"nemám co jíst", {HUNGER}, 1},
    {"děti mají hlad", {HUNGER}, 1},
    {"lednička je prázdná", {HUNGER}, 1},
    {"mám dluhy a nemám co jíst", {DEBT, HUNGER}, 2},
    {"kdy jede tramvaj", {OTHER}, 1},
    {"jak bude zítra", {OTHER}, 1},
    {"pivo je studené", {OTHER}, 1},
};
enum { EXAMPLES = sizeof examples / sizeof examples[0] };

static struct arena *arena;
static const struct word_groups *made_groups;
static struct classifier *classifier;

static struct text_tokens read(const char *text)
{
    struct text_tokens tokens;
    struct error err;
    ck_assert(text_tokens_read(str_from(text), arena, &tokens, &err));
    return tokens;
}

static struct classifier *learn(void)
{
    struct classifier_example learnt[EXAMPLES_MAXIMUM];
    struct error err = {0};
    for (size_t i = 0; i < EXAMPLES; i++)
        learnt[i] = (struct classifier_example){read(examples[i].text), examples[i].labels,
                                                examples[i].label_count};
    return classifier_learn(made_groups, learnt, EXAMPLES, LABELS, &err);
}

static void setup(void)
{
    struct error err = {0};
    arena = arena_new(ARENA_BYTES);
    made_groups = word_groups_new(groups, 1, arena, &err);
    classifier = learn();
    ck_assert_ptr_nonnull(classifier);
}

static void teardown(void)
{
    classifier_free(classifier);
    arena_free(arena);
}

static void weigh(const char *text, float *likelihood)
{
    struct error err = {0};
    const struct text_tokens tokens = read(text);
    ck_assert(classifier_weigh(classifier, (struct text_stretch){&tokens, 0, tokens.count}, arena,
                               likelihood, &err));
}

/* What is likeliest; none of these texts is an example. */
static const struct {
    const char *text;
    int label;
} cases[] = {
    {"dluhy", DEBT},
    {"zadlužená", DEBT}, /* begins alike */
    {"mám velké dluhy", DEBT},
    {"děti nemají co jíst", HUNGER},
    {"jede tramvaj zítra", OTHER},
    {"горілка", OTHER}, /* only by its group */
};

START_TEST(test_classifier_table)
{
    float likelihood[LABELS];
    weigh(cases[_i].text, likelihood);
    for (int i = 0; i < LABELS; i++) {
        ck_assert(likelihood[i] > 0 && likelihood[i] < 1);
        ck_assert_msg(i == cases[_i].label || likelihood[i] < likelihood[cases[_i].label], "%s: %d",
                      cases[_i].text, i);
    }
}
END_TEST

START_TEST(test_classifier_finds_both_of_two)
{
    float both[LABELS];
    float nothing[LABELS];
    weigh("dluhy a hlad", both);
    weigh("xyz", nothing);
    ck_assert(both[DEBT] > 2 * nothing[DEBT]);
    ck_assert(both[HUNGER] > 2 * nothing[HUNGER]);
}
END_TEST

START_TEST(test_classifier_is_the_same_every_time)
{
    float first[LABELS];
    float second[LABELS];
    struct classifier *kept = classifier;
    weigh("mám dluhy", first);
    classifier = learn();
    weigh("mám dluhy", second);
    ck_assert_mem_eq(first, second, sizeof first);
    ck_assert_uint_eq(classifier_label_count(classifier), LABELS);
    ck_assert_uint_gt(classifier_feature_count(classifier), EXAMPLES);
    classifier_free(kept);
}
END_TEST

START_TEST(test_classifier_says_which_word_spoke)
{
    struct error err = {0};
    float shares[4];
    const struct text_tokens tokens = read("já mám ty dluhy");
    ck_assert(classifier_explain(classifier, (struct text_stretch){&tokens, 0, 4}, DEBT, arena,
                                 shares, &err));
    for (size_t i = 0; i < 3; i++)
        ck_assert(shares[3] > shares[i]);
    ck_assert(shares[3] > 0);
}
END_TEST

START_TEST(test_classifier_of_nothing)
{
    struct error err = {0};
    float likelihood[LABELS];
    struct classifier *empty = classifier_learn(made_groups, NULL, 0, LABELS, &err);
    const struct text_tokens tokens = read("mám dluhy");
    ck_assert(classifier_weigh(empty, (struct text_stretch){&tokens, 0, tokens.count}, arena,
                               likelihood, &err));
    ck_assert(likelihood[DEBT] < 0.1F);
    classifier_free(empty);
    weigh("", likelihood);
    weigh("12 34", likelihood);
    ck_assert(likelihood[DEBT] < 0.5F);
    classifier_free(NULL);
}
END_TEST

START_TEST(test_classifier_without_memory)
{
    struct error err = {0};
    float likelihood[LABELS];
    float shares[2];
    struct arena *none = arena_new(8);
    const struct text_tokens tokens = read("mám dluhy");
    ck_assert(!classifier_weigh(classifier, (struct text_stretch){&tokens, 0, 2}, none, likelihood,
                                &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    ck_assert(!classifier_explain(classifier, (struct text_stretch){&tokens, 0, 2}, DEBT, none,
                                  shares, &err));
    arena_free(none);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text/classifier");
    TCase *tcase = tcase_create("classifier");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_classifier_table, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_classifier_finds_both_of_two);
    tcase_add_test(tcase, test_classifier_is_the_same_every_time);
    tcase_add_test(tcase, test_classifier_says_which_word_spoke);
    tcase_add_test(tcase, test_classifier_of_nothing);
    tcase_add_test(tcase, test_classifier_without_memory);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
