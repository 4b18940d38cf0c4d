/* SPDX-License-Identifier: EUPL-1.2 */
/* Services asked for by name: weighed like any other, with points for the name. */
#include "fixture.h"

#include "sociopoint/match/completion.h"
#include "sociopoint/match/named.h"
#include "support/run.h"

enum { POINTS = 120 };

static struct fixture fixture;
static struct match_named named;

#define HERE "\"phones\":1,\"area\":[\"municipality:ostrava\"],"

static void start(void)
{
    fixture_init(&fixture);
    fixture.knowledge->weights.name = POINTS;
    fixture_service(&fixture, "Adelante", HERE "\"situations\":[\"roofless-tonight\"]");
    fixture_service(&fixture, "Bedriska", HERE "\"situations\":[\"roofless-tonight\"]");
    fixture_service(&fixture, "Debora",
                    HERE "\"situations\":[\"parenting\"],\"rules\":[\"women-only\"]");
    fixture_service(&fixture, "Mikasa", HERE "\"situations\":[\"parenting\"]");
    fixture_service(&fixture, "Vlhka",
                    "\"phones\":1,\"area\":[\"municipality:brno\"],"
                    "\"situations\":[\"roofless-tonight\"]");
    fixture_build(&fixture);
}

static void stop(void)
{
    fixture_done(&fixture);
}

/* Asks with the text's names, and with the situations of `words` as if they had been understood. */
static void ask(const char *words, const char *text)
{
    fixture_question(&fixture, words);
    fixture.question.text = str_from(text);
    ck_assert(match_resolve(fixture.knowledge, &fixture.question, fixture.arena, &fixture.resolved,
                            &fixture.err));
    ck_assert(
        match_find_named(fixture.generation, str_from(text), fixture.arena, &named, &fixture.err));
    fixture.resolved.named = &named;
    ck_assert(match_run(fixture.generation, &fixture.resolved, match_rules_all(), fixture.arena,
                        &fixture.answer, &fixture.err));
}

static const struct {
    const char *words;
    const char *text;
    const char *results;
    const char *near_miss;
} asked[] = {
    {"", "hledám Mikasu", "Mikasa", ""},
    {"", "nic takového", "", ""},
    {"", "", "", ""},
    {"situations=roofless-tonight", "kde spát", "Adelante Bedriska", ""},
    {"situations=roofless-tonight", "spát v Bedrisce", "Bedriska Adelante", ""},
    {"situations=roofless-tonight", "Mikasa", "Mikasa Adelante Bedriska", ""},
    {"situations=roofless-tonight", "mikassa", "Mikasa Adelante Bedriska", ""},
    {"situations=roofless-tonight;limit=1", "Mikasa", "Mikasa", ""},
    {"situations=roofless-tonight,parenting", "Adelante", "Adelante Bedriska Debora Mikasa", ""},
    {"", "chci na Deboru", "Debora", ""},
    {"sex=male", "chci na Deboru", "", "Debora"},
    {"sex=male;situations=parenting", "chci na Deboru", "Mikasa", "Debora"},
    {"situations=roofless-tonight", "Vlhka", "Adelante Bedriska", ""},
    {"municipality=brno", "Vlhka", "Vlhka", ""},
};

START_TEST(test_named_order)
{
    ask(asked[_i].words, asked[_i].text);
    ck_assert_str_eq(fixture_results(&fixture), asked[_i].results);
    ck_assert_uint_eq(fixture.answer.near_miss_count, asked[_i].near_miss[0] == '\0' ? 0 : 1);
    if (fixture.answer.near_miss_count > 0)
        ck_assert(
            str_equal_z(fixture_name(fixture.answer.near_misses[0].entry), asked[_i].near_miss));
    for (size_t i = 0; i < fixture.answer.result_count; i++) {
        const struct match_result *result = &fixture.answer.results[i];
        int points = 0;
        for (size_t k = 0; k < result->reason_count; k++)
            points += result->reasons[k].points;
        ck_assert_int_eq(points, result->score);
    }
}
END_TEST

START_TEST(test_named_reason)
{
    ask("situations=roofless-tonight", "😀 hledám Mikasu!");
    const struct match_result *result = &fixture.answer.results[0];
    const struct match_reason *reason = fixture_reason(result, "name");
    ck_assert_ptr_nonnull(reason);
    ck_assert_str_eq(reason->code, "reason.name.met");
    ck_assert_int_eq(reason->points, POINTS);
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[0]), "Mikasu");
    ck_assert_uint_eq(result->named->count, 1);
    ck_assert_uint_eq(result->named->items[0].start, 10);
    ck_assert_uint_eq(result->named->items[0].end, 16);
    ck_assert_uint_eq(result->situations, 0);
    ck_assert_ptr_null(fixture.answer.results[1].named);
    ck_assert_ptr_null(fixture_reason(&fixture.answer.results[1], "name"));
}
END_TEST

/* Neither finding names nor ranking them goes on without memory. */
START_TEST(test_named_without_memory)
{
    struct arena *small = arena_new(64);
    struct error err = {0};
    struct completions completions;
    const struct completion_question question = {.text = STR("mika"), .limit = 8};
    ck_assert(!match_find_named(fixture.generation, STR("Mikasa"), small, &named, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    ck_assert(!match_complete(fixture.generation, &question, small, &completions, &err));
    arena_free(small);
}
END_TEST

static const struct {
    const char *text;
    size_t limit;
    const char *kinds; /* of the items, by their first letters */
} completed[] = {
    {"m", 8, ""},     /* one letter says nothing */
    {"mi", 8, "v"},   /* the service */
    {"exek", 8, "s"}, /* a situation, by what it is called, too */
    {"poru", 8, "p"}, /* the district */
    {"mikasa exek", 8, "vs"},
    {"mikasa exek", 1, "v"},
};

START_TEST(test_named_completion)
{
    static const char letters[] = {[NAME_SERVICE] = 'v',
                                   [NAME_ORGANIZATION] = 'o',
                                   [NAME_SITUATION] = 's',
                                   [NAME_PLACE] = 'p'};
    struct completions completions;
    const struct completion_question question = {.text = str_from(completed[_i].text),
                                                 .municipality = OSTRAVA,
                                                 .limit = completed[_i].limit};
    char kinds[COMPLETION_LIMIT_MAXIMUM + 1] = "";
    ck_assert(
        match_complete(fixture.generation, &question, fixture.arena, &completions, &fixture.err));
    for (size_t i = 0; i < completions.count; i++)
        kinds[i] = letters[completions.items[i].kind];
    ck_assert_str_eq(kinds, completed[_i].kinds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("named");
    TCase *tests = tcase_create("named");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_loop_test(tests, test_named_order, 0, (int)(sizeof asked / sizeof asked[0]));
    tcase_add_test(tests, test_named_reason);
    tcase_add_test(tests, test_named_without_memory);
    tcase_add_loop_test(tests, test_named_completion, 0,
                        (int)(sizeof completed / sizeof completed[0]));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
