/* SPDX-License-Identifier: EUPL-1.2 */
/* POST /match: answers as the contract says, in three languages, and never a dead end. */
#include "fixture.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

#define README_QUESTION                                                                            \
    "{\"situations\":[\"debt-enforcement\"],\"district\":\"Slezská Ostrava\",\"age\":34}"

START_TEST(test_match_first_question)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", README_QUESTION), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/key"), "debt-enforcement");
    ck_assert_str_eq(fixture_at(&fixture, "/municipality"), "ostrava");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/service/name"), "Dluhová poradna");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/situations"), "[\"debt-enforcement\"]");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/reasons/0/condition"), "situation");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/reasons/0/state"), "met");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/reasons/0/text"),
                     "Pomáhá v situaci „Exekuce“.");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/freshness/state"), "unconfirmed");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/freshness/as_of"), "2025-03");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/kind"), "contact");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/phone"), "800 700 650");
    ck_assert_str_eq(fixture_at(&fixture, "/generation/cursor"), "e1:10");
    ck_assert_str_eq(fixture_at(&fixture, "/generation/degraded"), "false");
}
END_TEST

/* Nothing of it may be kept anywhere on the way. */
START_TEST(test_match_headers)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", README_QUESTION), 200);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "no-store"));
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Content-Language"), "cs"));
    ck_assert(!str_present(fixture_answer_header(&fixture, "ETag")));
}
END_TEST

static const struct {
    const char *accept;
    const char *body;
    const char *language;
    const char *text;
} languages[] = {
    {"en", "{\"situations\":[\"debt-enforcement\"]}", "en", "Debt enforcement (bailiffs)"},
    {"uk", "{\"situations\":[\"debt-enforcement\"]}", "uk", "Примусове стягнення боргів"},
    {"en", "{\"situations\":[\"debt-enforcement\"],\"language\":\"uk\"}", "uk",
     "Примусове стягнення боргів"},
    {"de", "{\"situations\":[\"debt-enforcement\"]}", "cs", "Exekuce"},
};

START_TEST(test_match_languages)
{
    fixture_begin(&fixture, "POST", "/v1/match");
    fixture_body(&fixture, languages[_i].body);
    fixture_header(&fixture, "Accept-Language", languages[_i].accept);
    ck_assert_int_eq(fixture_send(&fixture), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/language"), languages[_i].language);
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/name"), languages[_i].text);
}
END_TEST

/* A woman is not sent to a shelter for men: it is a near miss with what failed. */
START_TEST(test_match_near_miss)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match",
                                  "{\"situations\":[\"roofless-tonight\"],\"sex\":\"female\"}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/results"), "[]");
    ck_assert_str_eq(fixture_at(&fixture, "/near_misses/0/service/name"), "Azylový dům");
    ck_assert_str_eq(fixture_at(&fixture, "/near_misses/0/failed/condition"), "sex");
    ck_assert_str_eq(fixture_at(&fixture, "/near_misses/0/failed/state"), "failed");
}
END_TEST

/* What is not known is asked for, and the position of the result it decides is told. */
START_TEST(test_match_questions)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", "{\"situations\":[\"roofless-tonight\"]}"),
                     200);
    ck_assert(fixture_says(&fixture, "\"code\":\"ask.sex\""));
    ck_assert_str_eq(fixture_at(&fixture, "/questions/0/results"), "[0]");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/freshness/state"), "confirmed");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/freshness/confirmed_on"), "2026-10-01");
}
END_TEST

/* A crisis has its lines first. */
START_TEST(test_match_crisis)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", "{\"situations\":[\"suicidal-crisis\"]}"),
                     200);
    ck_assert_str_ne(fixture_at(&fixture, "/crisis/0/number"), "-");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/emergency/numbers"),
                     "[\"112\",\"155\",\"158\"]");
}
END_TEST

/* In Brno nobody is sent to Ostrava's contact. */
START_TEST(test_match_elsewhere)
{
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/match",
                     "{\"situations\":[\"debt-enforcement\"],\"municipality\":\"brno\"}"),
        200);
    ck_assert_str_eq(fixture_at(&fixture, "/results"), "[]");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/kind"), "lines");
    ck_assert_str_ne(fixture_at(&fixture, "/fallback/lines/0/number"), "-");
    ck_assert_str_ne(fixture_at(&fixture, "/fallback/advice"), "-");
    ck_assert(!fixture_says(&fixture, "800 700 650"));
}
END_TEST

/* Before the first load there is still somebody to call. */
START_TEST(test_match_without_directory)
{
    fixture_done(&fixture);
    fixture_init_empty(&fixture);
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", "{\"situations\":[\"suicidal-crisis\"]}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/generation"), "{\"degraded\":true}");
    ck_assert_str_ne(fixture_at(&fixture, "/crisis/0/number"), "-");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/phone"), "800 700 650");
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", "{\"situations\":[\"nothing\"]}"), 422);
}
END_TEST

/* An unknown word is named with its neighbours, all at once. */
START_TEST(test_match_unknown_words)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match",
                                  "{\"situations\":[\"debt-enforcment\"],\"district\":\"Porubaa\","
                                  "\"target_groups\":[\"qqqqqqqqqqqqqq\"]}"),
                     422);
    ck_assert_uint_eq(json_array_size(json_object_get(fixture.json, "problems")), 3);
    ck_assert(fixture_says(&fixture, "„debt-enforcment“ neznáme. Podobné, které známe: debt-"));
    ck_assert(fixture_says(&fixture, "Poruba"));
    ck_assert(!fixture_says(&fixture, "známe: .") && !fixture_says(&fixture, "{1}"));
}
END_TEST

/* Whatever memory is left, there is an answer, and a failure of ours still says whom to call. */
START_TEST(test_match_short_of_memory)
{
    int helpful = 0;
    for (size_t bytes = 1024; bytes < 1024 * 1024; bytes = bytes * 5 / 4) {
        fixture_begin(&fixture, "POST", "/v1/match");
        fixture_body(&fixture, README_QUESTION);
        struct arena *small = arena_new(bytes);
        fixture.request.arena = small;
        fixture.request.headers = fixture.headers;
        fixture.request.header_count = fixture.header_count;
        http_response_init(&fixture.response, small);
        rest_handle(fixture.rest, &fixture.request, &fixture.response);
        int status = fixture.response.status;
        ck_assert(status == 200 || status == 503 || status == 500 || status == 0);
        if (status == 503 && !fixture.response.failed) {
            fixture_collect(&fixture);
            helpful +=
                fixture_says(&fixture, "\"crisis\":[{") && fixture_says(&fixture, "800 700 650");
        }
        http_response_release(&fixture.response);
        arena_free(small);
    }
    ck_assert_int_gt(helpful, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match");
    TCase *tests = tcase_create("match");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_match_first_question);
    tcase_add_test(tests, test_match_headers);
    tcase_add_loop_test(tests, test_match_languages, 0, sizeof languages / sizeof languages[0]);
    tcase_add_test(tests, test_match_near_miss);
    tcase_add_test(tests, test_match_questions);
    tcase_add_test(tests, test_match_crisis);
    tcase_add_test(tests, test_match_elsewhere);
    tcase_add_test(tests, test_match_without_directory);
    tcase_add_test(tests, test_match_unknown_words);
    tcase_add_test(tests, test_match_short_of_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
