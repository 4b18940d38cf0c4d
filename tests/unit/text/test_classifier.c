/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/text/classifier.h"
#include "sociopoint/text/groups.h"
#include "support/run.h"

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
    float odds[LABELS];
    const struct text_tokens tokens = read(text);
    const struct classifier_text *made = classifier_read(classifier, &tokens, arena, &err);
    ck_assert_ptr_nonnull(made);
    classifier_odds(made, 0, odds);
    for (int i = 0; i < LABELS; i++)
        likelihood[i] = classifier_likelihood(odds[i]);
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
    classifier_explain(classifier_read(classifier, &tokens, arena, &err), 0, DEBT, shares);
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
    struct classifier *kept = classifier;
    classifier = empty;
    weigh("mám dluhy", likelihood);
    ck_assert(likelihood[DEBT] < 0.1F);
    classifier = kept;
    classifier_free(empty);
    weigh("", likelihood);
    weigh("12 34", likelihood);
    ck_assert(likelihood[DEBT] < 0.5F);
    classifier_free(NULL);
}
END_TEST

/* Words that nobody knows weigh alike in each alphabet: their letters count, not their bytes. */
static const struct {
    const char *latin;
    const char *cyrillic;
} unknown_words[] = {
    {"dluhy x", "dluhy щ"},
    {"dluhy xy", "dluhy щю"},
    {"dluhy xyz", "dluhy щюя"},
    {"dluhy xyzw", "dluhy щюяж"},
    {"dluhy xyzwv", "dluhy щюяжф"},
    {"dluhy xyzwvq", "dluhy щюяжфц"},
    {"dluhy xyzwvqr", "dluhy щюяжфцш"},
};

START_TEST(test_classifier_counts_letters)
{
    float latin[LABELS];
    float cyrillic[LABELS];
    weigh(unknown_words[_i].latin, latin);
    weigh(unknown_words[_i].cyrillic, cyrillic);
    ck_assert_mem_eq(latin, cyrillic, sizeof latin);
}
END_TEST

/* A word of each part of a long text, so that each stretch is told from the others. */
static const char *const long_text = "dluhy a b c d e f g h i j k hlad m n o p q r s t u tramvaj";

START_TEST(test_classifier_stretches_cover_a_long_text)
{
    struct error err = {0};
    const struct text_tokens tokens = read(long_text);
    const struct classifier_text *made = classifier_read(classifier, &tokens, arena, &err);
    const size_t count = classifier_stretch_count(made);
    struct text_stretch stretch = classifier_stretch(made, 0);
    ck_assert_uint_eq(stretch.from, 0);
    ck_assert_uint_eq(stretch.to, tokens.count);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 1; i < count; i++) {
        stretch = classifier_stretch(made, i);
        ck_assert_uint_eq(stretch.from, (i - 1) * CLASSIFIER_STRETCH / 2);
        ck_assert_uint_eq(stretch.to,
                          i + 1 == count ? tokens.count : stretch.from + CLASSIFIER_STRETCH);
    }
}
END_TEST

/* What has been added up of a long text is what its stretches say when they are read alone. */
START_TEST(test_classifier_stretch_is_as_if_it_stood_alone)
{
    struct error err = {0};
    float inside[LABELS];
    float alone[LABELS];
    float shares_inside[CLASSIFIER_STRETCH];
    float shares_alone[CLASSIFIER_STRETCH];
    const struct text_tokens tokens = read(long_text);
    const struct classifier_text *made = classifier_read(classifier, &tokens, arena, &err);
    for (size_t i = 1; i < classifier_stretch_count(made); i++) {
        const struct text_stretch stretch = classifier_stretch(made, i);
        const struct text_tokens part = {tokens.items + stretch.from, stretch.to - stretch.from,
                                         false};
        const struct classifier_text *single = classifier_read(classifier, &part, arena, &err);
        ck_assert_uint_eq(classifier_stretch_count(single), 1);
        classifier_odds(made, i, inside);
        classifier_odds(single, 0, alone);
        classifier_explain(made, i, DEBT, shares_inside);
        classifier_explain(single, 0, DEBT, shares_alone);
        for (int k = 0; k < LABELS; k++)
            ck_assert_float_eq_tol(inside[k], alone[k], 1e-5F);
        for (size_t k = 0; k < part.count; k++)
            ck_assert_float_eq_tol(shares_inside[k], shares_alone[k], 1e-5F);
    }
}
END_TEST

/* The shares of the words, what all texts have in common besides, are the odds. */
START_TEST(test_classifier_shares_add_up_to_the_odds)
{
    struct error err = {0};
    float odds[LABELS];
    float none[LABELS];
    float shares[TEXT_TOKENS_MAXIMUM];
    const struct text_tokens tokens = read(long_text);
    const struct text_tokens nothing = read("");
    const struct classifier_text *made = classifier_read(classifier, &tokens, arena, &err);
    classifier_odds(classifier_read(classifier, &nothing, arena, &err), 0, none);
    for (size_t i = 0; i < classifier_stretch_count(made); i++) {
        const struct text_stretch stretch = classifier_stretch(made, i);
        float sum = none[HUNGER];
        classifier_odds(made, i, odds);
        classifier_explain(made, i, HUNGER, shares);
        for (size_t k = 0; k < stretch.to - stretch.from; k++)
            sum += shares[k];
        ck_assert_float_eq_tol(sum, odds[HUNGER], 1e-4F);
    }
}
END_TEST

START_TEST(test_classifier_without_memory)
{
    const struct text_tokens tokens = read(long_text);
    const struct classifier_text *made = NULL;
    size_t failures = 0;
    for (size_t bytes = 8; made == NULL; bytes += 64) {
        struct error err = {0};
        struct arena *little = arena_new(bytes);
        made = classifier_read(classifier, &tokens, little, &err);
        ck_assert(made != NULL || err.code == ERROR_MEMORY);
        failures += made == NULL ? 1 : 0;
        arena_free(little);
    }
    ck_assert_uint_gt(failures, 4);
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
    tcase_add_loop_test(tcase, test_classifier_counts_letters, 0,
                        (int)(sizeof unknown_words / sizeof unknown_words[0]));
    tcase_add_test(tcase, test_classifier_stretches_cover_a_long_text);
    tcase_add_test(tcase, test_classifier_stretch_is_as_if_it_stood_alone);
    tcase_add_test(tcase, test_classifier_shares_add_up_to_the_odds);
    tcase_add_test(tcase, test_classifier_without_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
