/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"
#include "support/run.h"

enum { ARENA_BYTES = 1 << 20, TEXT_SIZE = 256 };

static struct arena *arena;
static struct vocabulary *vocabulary;

static void setup(void)
{
    static const char *const words[] = {"exekutor", "obstavil", "ucet",  "zadluzeny",
                                        "spat",     "dluhy",    "dluhy", "druhy"};
    arena = arena_new(ARENA_BYTES);
    vocabulary = vocabulary_new(arena);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        ck_assert(vocabulary_add(vocabulary, str_from(words[i])));
    ck_assert(vocabulary_finish(vocabulary));
}

static void teardown(void)
{
    vocabulary_free(vocabulary);
    arena_free(arena);
}

static const struct {
    const char *text;
    const char *words; /* as they are read */
} cases[] = {
    {"exekutor obstavil účet", "exekutor obstavil ucet"},
    {"exketuor obsatvil účte", "exketuor obstavil ucte"}, /* two mistakes; too short to guess */
    {"zadluženého", "zadluzeneho"},                       /* begins like a known one */
    {"zdaluzeny", "zadluzeny"},
    {"druhy", "druhy"}, /* known, however near it is to a commoner one */
    {"dluhi", "dluhy"},
    {"spta 12345", "spta 12345"},
    {"", ""},
};

START_TEST(test_vocabulary_corrects)
{
    struct text_tokens tokens;
    struct error err;
    char text[TEXT_SIZE] = "";
    size_t length = 0;
    ck_assert(text_tokens_read(str_from(cases[_i].text), arena, &tokens, &err));
    ck_assert(vocabulary_correct(vocabulary, arena, &tokens, &err));
    for (size_t i = 0; i < tokens.count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%.*s", i == 0 ? "" : " ",
                                   STR_ARGUMENTS(tokens.items[i].word));
    ck_assert_str_eq(text, cases[_i].words);
}
END_TEST

START_TEST(test_vocabulary_has_what_was_added)
{
    ck_assert(vocabulary_has(vocabulary, STR("dluhy")));
    ck_assert(!vocabulary_has(vocabulary, STR("dluh")));
    ck_assert(vocabulary_knows(vocabulary, STR("dluhy")));
    ck_assert(!vocabulary_knows(vocabulary, STR("dluh")));
}
END_TEST

START_TEST(test_vocabulary_without_memory)
{
    struct arena *none = arena_new(0);
    struct arena *little = arena_new(512);
    struct text_tokens tokens;
    struct error err = {0};
    ck_assert_ptr_null(vocabulary_new(none));
    struct vocabulary *small = vocabulary_new(little);
    ck_assert(!vocabulary_add(small, STR("exekutor")));
    ck_assert(text_tokens_read(STR("exekutor"), arena, &tokens, &err));
    ck_assert(!vocabulary_correct(vocabulary, none, &tokens, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    vocabulary_free(NULL);
    arena_free(little);
    arena_free(none);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text/vocabulary");
    TCase *tcase = tcase_create("vocabulary");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_vocabulary_corrects, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_vocabulary_has_what_was_added);
    tcase_add_test(tcase, test_vocabulary_without_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
