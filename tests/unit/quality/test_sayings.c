/* SPDX-License-Identifier: EUPL-1.2 */
/* What is learnt from, written as rows and read back; and what is counted as right. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "quality/phrases.h"
#include "quality/sayings.h"
#include "quality/tally.h"
#include "support/run.h"
#include "support/source.h"

enum { LANGUAGES = 3, MANY = 1024 };

static const struct str synonyms[] = {STR_CONSTANT("a\\b\tc")};
static const struct situation situations[] = {
    {.term = {.key = STR_CONSTANT("drug-use"), .name = {{STR_CONSTANT("n1"), STR_CONSTANT("n2")}}},
     .synonyms = synonyms,
     .synonym_count = 1},
    {.term = {.key = STR_CONSTANT("panic")}, .urgency = URGENCY_CRISIS}};
static const struct category categories[] = {{{.key = STR_CONSTANT("addiction")}}};
static const struct knowledge knowledge = {
    .situations = situations, .situation_count = 2, .categories = categories, .category_count = 1};

/* The rows, as lines that phrases_read takes: key, language, saying. */
static void export(const char *path)
{
    struct error err;
    FILE *to = fopen(path, "w");
    ck_assert_ptr_nonnull(to);
    ck_assert(sayings_write(&knowledge, source_path("config"), to, &err));
    ck_assert_int_eq(fclose(to), 0);
}

static size_t rows_of(const struct phrases *rows, const char *key, const char *saying)
{
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        count += strcmp(rows->items[i].text, key) == 0 &&
                         (saying == NULL || strcmp(rows->items[i].language, saying) == 0)
                     ? 1
                     : 0;
    return count;
}

START_TEST(test_sayings_round_trip)
{
    char path[] = "/tmp/sayings-XXXXXX";
    const int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(close(descriptor), 0);
    struct phrases rows;
    export(path);
    ck_assert(phrases_read(&rows, path));
    ck_assert_uint_eq(rows_of(&rows, "drug-use", "n1"), 1);
    ck_assert_uint_eq(rows_of(&rows, "drug-use", "n2"), 1);
    ck_assert_uint_eq(rows_of(&rows, "drug-use", "a\\\\b c"), 1); /* as COPY reads it */
    ck_assert_uint_gt(rows_of(&rows, "drug-use", NULL), LANGUAGES);
    ck_assert_uint_eq(rows_of(&rows, "none", "asdf"), 1);
    ck_assert_uint_eq(rows_of(&rows, "panic", NULL), 0); /* nothing is said of it */
    ck_assert_uint_gt(rows.count, MANY);
    phrases_done(&rows);
    ck_assert_int_eq(remove(path), 0);
}
END_TEST

START_TEST(test_sayings_of_a_folder_without_examples)
{
    struct error err = {0};
    FILE *to = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(to);
    ck_assert(!sayings_write(&knowledge, "/nowhere", to, &err));
    ck_assert_int_eq(fclose(to), 0);
}
END_TEST

START_TEST(test_tally_counts_first_three_other_and_crises)
{
    struct tallies tallies = {0};
    const struct answer both = {.situations = {0, 1}, .count = 2, .crisis_lines = true};
    const struct answer drugs = {.situations = {0}, .count = 1};
    const struct answer alarm = {.situations = {0}, .count = 1, .crisis_lines = true};
    const struct answer silence = {0};
    tallies_count(&tallies, &knowledge, "panic", "cs", &both);
    tallies_count(&tallies, &knowledge, "panic,drug-use", "cs", &drugs);
    tallies_count(&tallies, &knowledge, "drug-use", "uk", &silence);
    tallies_count(&tallies, &knowledge, "drug-use", "uk", &alarm);
    tallies_count(&tallies, &knowledge, "none", "uk", &drugs);
    ck_assert_uint_eq(tallies.count, 2);
    ck_assert_uint_eq(tallies.all.asked, 4);
    ck_assert_uint_eq(tallies.all.first, 2);
    ck_assert_uint_eq(tallies.all.three, 3);
    ck_assert_uint_eq(tallies.all.other_answered, 1);
    ck_assert_uint_eq(tallies.all.crises, 2);
    ck_assert_uint_eq(tallies.languages[0].crises_missed, 1);
    ck_assert_uint_eq(tallies.all.calm, 2);
    ck_assert_uint_eq(tallies.all.needless, 1);
    ck_assert_uint_eq(tallies.languages[1].asked, 2);
    ck_assert(answer_names_crisis(&knowledge, &both));
    ck_assert(!answer_names_crisis(&knowledge, &alarm));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("quality/sayings");
    TCase *cases = tcase_create("sayings");
    tcase_add_test(cases, test_sayings_round_trip);
    tcase_add_test(cases, test_sayings_of_a_folder_without_examples);
    tcase_add_test(cases, test_tally_counts_first_three_other_and_crises);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
