/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/text/groups.h"
#include "sociopoint/text/phrases.h"
#include "sociopoint/text/tokens.h"
#include "support/run.h"

static const struct str partners[] = {STR_CONSTANT("manžel*"), STR_CONSTANT("přítel"),
                                      STR_CONSTANT("чоловік")};
static const struct word_group partner = {STR_CONSTANT("partner"), partners, 3};

enum { ARENA_BYTES = 4 << 20 };

static const struct {
    const char *line;
    unsigned near;
    const char *text;
    bool found;
} cases[] = {
    {"nechci žít", 0, "já už nechci takhle žít", true},
    {"nechci žít", 0, "ZIT UZ NECHCI", true},
    {"nechci žít", 0, "nechci", false},
    {"nechci žít", 0, "nechci a b c d e f žít", true},
    {"nechci žít", 0, "nechci a b c d e f g žít", false},
    {"nechci žít", 3, "nechci už žít", true},
    {"nechci žít", 3, "nechci už vůbec žít", false},
    {"nechci|nechce|nechcu žít", 0, "nechcu žít", true},
    {"znásil*", 0, "znásilnili mě", true},
    {"znásil*", 0, "násilí", false},
    {"bij* @partner", 0, "manželka mě bije", true},
    {"bije @partner", 0, "přítel mě bije", true},
    {"bije @partner", 0, "přítelkyně mě bije", false},
    {"бє|б'є @partner", 0, "чоловік мене б'є", true},
    {"bije @partner|soused", 0, "soused bije ženu", true},
    {"bije !srdce", 0, "srdce mi bije", false},
    {"bije !srdce", 0, "bije mě, pomozte", true},
    {"bije !srdce @partner", 0, "manžel bije a srdce buší", false},
    {"a|b a|b", 0, "a", false}, /* each in a word of its own */
    {"a|b a|b", 0, "a a", true},
    {"a|b a|c", 0, "a b", true}, /* a first try may take the wrong one */
    {"a", 0, "", false},
    {"mi #", 2, "je mi 82", true},
    {"mi #", 2, "je mi let", false},
    {"# let|rokov !před", 2, "syn, 15 let", true},
    {"# let|rokov !před", 2, "před 15 lety, před 15 let", false},
    {"  mezery   kolem ", 0, "mezery kolem", true},
};

static struct phrase_set *make(const char *line, unsigned near, struct arena *arena,
                               struct error *err)
{
    const struct phrase_line lines[] = {{str_from(line), near}};
    const struct word_groups *groups = word_groups_new(&partner, 1, arena, err);
    return groups == NULL ? NULL : phrase_set_new(groups, lines, 1, arena, err);
}

START_TEST(test_phrases_table)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct text_tokens tokens;
    struct phrase_hits hits;
    struct error err = {0};
    struct phrase_set *set = make(cases[_i].line, cases[_i].near, arena, &err);
    ck_assert_ptr_nonnull(set);
    ck_assert(text_tokens_read(str_from(cases[_i].text), arena, &tokens, &err));
    ck_assert(phrase_set_find(set, &tokens, arena, &hits, &err));
    ck_assert_msg((hits.count == 1) == cases[_i].found, "%s: %s", cases[_i].line, cases[_i].text);
    arena_free(arena);
}
END_TEST

START_TEST(test_phrases_say_which_words)
{
    static const struct phrase_line lines[] = {
        {STR_CONSTANT("žít nechci"), 0}, {STR_CONSTANT("nic"), 0}, {STR_CONSTANT("dál"), 0}};
    struct arena *arena = arena_new(ARENA_BYTES);
    struct text_tokens tokens;
    struct phrase_hits hits;
    struct error err = {0};
    struct phrase_set *set = phrase_set_new(NULL, lines, 3, arena, &err);
    ck_assert(text_tokens_read(STR("já nechci dál žít"), arena, &tokens, &err));
    ck_assert(phrase_set_find(set, &tokens, arena, &hits, &err));
    ck_assert_uint_eq(hits.count, 2);
    ck_assert_uint_eq(hits.items[0].line, 0);
    ck_assert_uint_eq(hits.items[0].token_count, 2);
    ck_assert_uint_eq(hits.items[0].tokens[0], 1);
    ck_assert_uint_eq(hits.items[0].tokens[1], 3);
    ck_assert_uint_eq(hits.items[1].line, 2);
    arena_free(arena);
}
END_TEST

static const struct {
    const char *line;
    const char *code;
    const char *argument;
} bad_cases[] = {
    {"", "phrase-empty", ""},
    {"!jen zákaz", NULL, NULL},
    {"!jen !zákaz", "phrase-empty", "!jen !zákaz"},
    {"a b c d e f g", "phrase-long", "6"},
    {"bije @partners", "phrase-group-unknown", "partners"},
    {"bije|-|x", "phrase-word-unusable", "-"},
    {"bije||x", "phrase-word-unusable", ""},
    {"*", "phrase-word-unusable", "*"},
    {"e-mail", "phrase-word-unusable", "e-mail"},
};

START_TEST(test_phrases_bad_lines)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct error err = {0};
    struct phrase_set *set = make(bad_cases[_i].line, 0, arena, &err);
    ck_assert((set == NULL) == (bad_cases[_i].code != NULL));
    if (set == NULL) {
        ck_assert_str_eq(err.problems[0].code, bad_cases[_i].code);
        ck_assert_str_eq(err.problems[0].pointer, "0");
        ck_assert_str_eq(err.problems[0].argument[0], bad_cases[_i].argument);
    }
    arena_free(arena);
}
END_TEST

/* However many lines there are that nearly fit, a long text takes bounded work. */
START_TEST(test_phrases_adversarial_text)
{
    enum { REPEATS = 1000 };
    static char text[8 * REPEATS];
    struct arena *arena = arena_new(ARENA_BYTES);
    struct text_tokens tokens;
    struct phrase_hits hits;
    struct error err = {0};
    for (size_t i = 0; i < REPEATS; i++)
        memcpy(text + 4 * i, i % 8 == 7 ? "x   " : "a   ", 4);
    struct phrase_set *set = make("a a a a x x", 0, arena, &err);
    ck_assert(text_tokens_read((struct str){text, 4 * REPEATS}, arena, &tokens, &err));
    ck_assert(phrase_set_find(set, &tokens, arena, &hits, &err));
    ck_assert_uint_eq(hits.count, 0);
    arena_free(arena);
}
END_TEST

START_TEST(test_phrases_without_memory)
{
    struct error err = {0};
    bool made = false;
    for (size_t bytes = 0; !made; bytes += 64) {
        struct arena *arena = arena_new(bytes);
        struct error failed = {0};
        made = make("bije|mlátí @partner !srdce", 0, arena, &failed) != NULL;
        ck_assert(made || failed.code == ERROR_MEMORY || failed.code == ERROR_INVALID);
        arena_free(arena);
    }
    struct arena *small = arena_new(ARENA_BYTES);
    struct text_tokens tokens;
    struct phrase_hits hits;
    struct phrase_set *set = make("bije", 0, small, &err);
    ck_assert(text_tokens_read(STR("bije mě"), small, &tokens, &err));
    struct arena *none = arena_new(8);
    ck_assert(!phrase_set_find(set, &tokens, none, &hits, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    arena_free(none);
    arena_free(small);
}
END_TEST

static void count_word(void *context, struct str word)
{
    (void)word;
    ++*(size_t *)context;
}

START_TEST(test_phrases_tell_their_whole_words)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct error err = {0};
    size_t count = 0;
    phrase_set_words(make("bije|mlátí @partner začín*", 0, arena, &err), count_word, &count);
    ck_assert_uint_eq(count, 4); /* bije, mlati, pritel, чоловік */
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text/phrases");
    TCase *tcase = tcase_create("phrases");
    tcase_add_loop_test(tcase, test_phrases_table, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_phrases_say_which_words);
    tcase_add_loop_test(tcase, test_phrases_bad_lines, 0,
                        (int)(sizeof bad_cases / sizeof bad_cases[0]));
    tcase_add_test(tcase, test_phrases_adversarial_text);
    tcase_add_test(tcase, test_phrases_without_memory);
    tcase_add_test(tcase, test_phrases_tell_their_whole_words);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
