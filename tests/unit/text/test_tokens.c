/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/text/tokens.h"
#include "support/run.h"

/* Tokens as one string: words with a space between, numbers in brackets, a new clause behind a bar. */
static const struct {
    const char *text;
    const char *tokens;
} cases[] = {
    {"", ""},
    {"  \t\n ", ""},
    {"exekutor mi obstavil účet", "exekutor mi obstavil ucet"},
    {"NEMÁM DNES KDE SPÁT", "nemam dnes kde spat"},
    {"Příliš žluťoučký kůň", "prilis zlutoucky kun"},
    {"za\xcc\x81vislost", "zavislost"}, /* decomposed */
    {"závislost", "zavislost"},
    {"ľúbiť ňaďo ôsmy", "lubit nado osmy"},
    {"Łódź Straße", "lodz strasse"},
    {"я не хочу жити", "я не хочу жити"},
    {"Їжа, ПАМ'ЯТЬ", "їжа|память"},
    {"пам\xca\xbcять пам\xe2\x80\x99ять", "память память"},
    {"и\xcc\x86 і\xcc\x88", "й ї"}, /* decomposed letters of their own */
    {"don't can\xe2\x80\x99t", "dont cant"},
    {"'quoted' words'", "quoted words"},
    {"dcera (15) kouří", "dcera [15] kouri"},
    {"40tis. 3+1 15letá", "[40] tis|[3] [1] [15] leta"},
    {"pomoooc prosííím", "pomoc prosim"},
    {"ann anna annna", "ann anna ana"},
    {"Bolí. Moc!! Opravdu?", "boli|moc|opravdu"},
    {"a, b; c: d\ne \xe2\x80\xa6 f", "a|b|c|d|e|f"},
    {"99999999999", "[99999999999]"},
    {"1000000", "[1000000]"}, /* letters that repeat are thinned out, digits not */
    {"\xf0\x9f\x98\xad\xf0\x9f\x98\xad pomoc \xf0\x9f\x8f\xa0", "pomoc"},
    {"\xef\xac\x81nance \xef\xbd\x81\xef\xbd\x82", "finance ab"}, /* ligature, wide letters */
    {"a\xff\xfe b\xc3", "a b"},                                   /* what is no UTF-8 */
    {"\xcc\x81\xcc\x81 x", "x"},                                  /* marks on nothing */
};

static const char *joined(const struct text_tokens *tokens, char *out, size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < tokens->count; i++) {
        const struct text_token *token = &tokens->items[i];
        const bool number = token->kind == TOKEN_NUMBER;
        const char *gap = i == 0 ? "" : token->clause > tokens->items[i - 1].clause ? "|" : " ";
        length +=
            (size_t)snprintf(out + length, size - length, "%s%s%.*s%s", gap, number ? "[" : "",
                             STR_ARGUMENTS(token->word), number ? "]" : "");
    }
    return out;
}

START_TEST(test_tokens_table)
{
    struct arena *arena = arena_new(1 << 20);
    struct text_tokens tokens;
    struct error err;
    char out[512];
    ck_assert(text_tokens_read(str_from(cases[_i].text), arena, &tokens, &err));
    ck_assert_str_eq(joined(&tokens, out, sizeof out), cases[_i].tokens);
    ck_assert(!tokens.cut);
    arena_free(arena);
}
END_TEST

START_TEST(test_tokens_stand_where_scripts_count_them)
{
    /* the house is two UTF-16 units, á one, the combining acute one more */
    static const uint32_t expected[][2] = {{3, 8}, {9, 14}, {15, 17}};
    struct arena *arena = arena_new(1 << 20);
    struct text_tokens tokens;
    struct error err;
    ck_assert(text_tokens_read(STR("\xf0\x9f\x8f\xa0 mámát ma\xcc\x81m\xcc\x8c 12"), arena, &tokens,
                               &err));
    ck_assert_uint_eq(tokens.count, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(tokens.items[i].start, expected[i][0]);
        ck_assert_uint_eq(tokens.items[i].end, expected[i][1]);
    }
    ck_assert(str_equal_z(tokens.items[0].source, "mámát"));
    ck_assert(str_equal_z(tokens.items[1].source, "ma\xcc\x81m\xcc\x8c"));
    ck_assert(str_equal_z(tokens.items[2].source, "12"));
    arena_free(arena);
}
END_TEST

START_TEST(test_tokens_numbers_have_values)
{
    struct arena *arena = arena_new(1 << 20);
    struct text_tokens tokens;
    struct error err;
    ck_assert(text_tokens_read(STR("15 4294967294 4294967295 99999999999999999999"), arena, &tokens,
                               &err));
    ck_assert_uint_eq(tokens.items[0].number, 15);
    ck_assert_uint_eq(tokens.items[1].number, UINT32_MAX - 1);
    ck_assert_uint_eq(tokens.items[2].number, UINT32_MAX);
    ck_assert_uint_eq(tokens.items[3].number, UINT32_MAX);
    arena_free(arena);
}
END_TEST

/* Texts made to be slow or large: one letter, marks without end, words without end. */
START_TEST(test_tokens_limits)
{
    static const struct {
        const char *unit;
        size_t count; /* of tokens */
        bool cut;
    } floods[] = {{"a", 1, false},
                  {"\xcc\x81", 0, false},
                  {"\xd0\xb8\xcc\x86", 1, false},
                  {"b ", TEXT_TOKENS_MAXIMUM, true},
                  {"7", 1, false},
                  {"ab", 1, false},
                  {"\xff", 0, false},
                  {"\xf0\x9f\x98\xad", 0, false}};
    enum { FLOOD_BYTES = 65536 };
    static char flood[FLOOD_BYTES];
    struct arena *arena = arena_new(1 << 20);
    struct text_tokens tokens;
    struct error err;
    const size_t length = strlen(floods[_i].unit);
    for (size_t i = 0; i + length <= FLOOD_BYTES; i += length)
        memcpy(flood + i, floods[_i].unit, length);
    ck_assert(
        text_tokens_read((struct str){flood, FLOOD_BYTES / length * length}, arena, &tokens, &err));
    ck_assert_uint_eq(tokens.count, floods[_i].count);
    ck_assert(tokens.cut == floods[_i].cut);
    for (size_t i = 0; i < tokens.count; i++)
        ck_assert_uint_le(tokens.items[i].word.length, TEXT_WORD_BYTES);
    arena_free(arena);
}
END_TEST

START_TEST(test_tokens_without_memory)
{
    struct arena *arena = arena_new(64);
    struct text_tokens tokens;
    struct error err = {0};
    ck_assert(!text_tokens_read(STR("jedna dva tři čtyři pět"), arena, &tokens, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    arena_free(arena);
}
END_TEST

START_TEST(test_fold_word_is_one_word)
{
    struct arena *arena = arena_new(1 << 16);
    ck_assert(str_equal_z(text_fold_word(STR("Žít"), arena), "zit"));
    ck_assert(str_equal_z(text_fold_word(STR("б'є"), arena), "бє"));
    ck_assert(!str_present(text_fold_word(STR("dvě slova"), arena)));
    ck_assert(!str_present(text_fold_word(STR("--"), arena)));
    ck_assert(!str_present(text_fold_word(STR(""), arena)));
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text/tokens");
    TCase *tcase = tcase_create("tokens");
    tcase_add_loop_test(tcase, test_tokens_table, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_tokens_stand_where_scripts_count_them);
    tcase_add_test(tcase, test_tokens_numbers_have_values);
    tcase_add_loop_test(tcase, test_tokens_limits, 0, 8);
    tcase_add_test(tcase, test_tokens_without_memory);
    tcase_add_test(tcase, test_fold_word_is_one_word);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
