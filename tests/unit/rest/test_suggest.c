/* SPDX-License-Identifier: EUPL-1.2 */
/* POST /suggest, and services that the text of POST /match names. */
#define FIXTURE_CONFIG "config" /* what has been learnt matters here */
#include "fixture.h"
#include "support/run.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static const struct {
    const char *body;
    const char *pointer;
    const char *value;
} items[] = {
    {"{\"text\":\"exek\"}", "/items/0/kind", "situation"},
    {"{\"text\":\"exek\"}", "/items/0/key", "debt-enforcement"},
    {"{\"text\":\"exek\"}", "/items/0/name", "Exekuce"},
    {"{\"text\":\"exek\"}", "/items/0/words/0/end", "4"},
    {"{\"text\":\"enforc\",\"language\":\"en\"}", "/items/0/name", "Debt enforcement (bailiffs)"},
    {"{\"text\":\"mám na krku exekutora\"}", "/items/0/key", "debt-enforcement"},
    {"{\"text\":\"😀 Poruba\"}", "/items/0/kind", "place"},
    {"{\"text\":\"😀 Poruba\"}", "/items/0/key", "poruba"},
    {"{\"text\":\"😀 Poruba\"}", "/items/0/detail", "Ostrava"},
    {"{\"text\":\"😀 Poruba\"}", "/items/0/words/0/start", "3"},
    {"{\"text\":\"😀 Poruba\"}", "/items/0/words/0/text", "Poruba"},
    {"{\"text\":\"Podané ruce\",\"municipality\":\"ostrava\"}", "/municipality", "ostrava"},
    {"{\"text\":\"ruce podane\",\"municipality\":\"brno\"}", "/items/0/kind", "organization"},
    {"{\"text\":\"ruce podane\",\"municipality\":\"brno\"}", "/items/0/name", "Podané ruce"},
    {"{\"text\":\"e\"}", "/items", "[]"},
    {"{\"text\":\"\"}", "/items", "[]"},
    {"{\"text\":\"?!\"}", "/items", "[]"},
};

START_TEST(test_suggest_items)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/suggest", items[_i].body), 200);
    ck_assert_str_eq(fixture_at(&fixture, items[_i].pointer), items[_i].value);
}
END_TEST

/* Services come with their organisation; those of a city are shown there. */
START_TEST(test_suggest_service)
{
    bool found = false;
    ck_assert_int_eq(fixture_post(&fixture, "/v1/suggest", "{\"text\":\"azylový dum\"}"), 200);
    const json_t *list = json_object_get(fixture.json, "items");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(item, "name")), "Azylový dům") != 0)
            continue;
        ck_assert_str_eq(json_string_value(json_object_get(item, "kind")), "service");
        ck_assert_str_eq(json_string_value(json_object_get(item, "detail")), "Charita");
        found = true;
    }
    ck_assert(found);
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/suggest", "{\"text\":\"azylový dům\",\"limit\":1}"), 200);
    ck_assert_uint_eq(json_array_size(json_object_get(fixture.json, "items")), 1);
}
END_TEST

START_TEST(test_suggest_is_not_kept)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/suggest", "{\"text\":\"exek\"}"), 200);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "no-store"));
    ck_assert(!str_present(fixture_answer_header(&fixture, "ETag")));
}
END_TEST

static const char *const refused[] = {
    "{}",
    "{\"text\":\"exek\",\"limit\":0}",
    "{\"text\":\"exek\",\"limit\":9}",
    "{\"text\":\"exek\",\"municipality\":\"atlantis\"}",
    "{\"text\":\"exek\",\"language\":\"xx\"}",
    "{\"text\":\"exek\",\"situations\":[]}",
};

START_TEST(test_suggest_refused)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/suggest", refused[_i]), 422);
}
END_TEST

/* A service that the text names is a result with the words that do, which are part of its score. */
START_TEST(test_suggest_match_named)
{
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/match", "{\"text\":\"kde je ta Dluhova poradna\"}"), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/service/name"), "Dluhová poradna");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/named/0/start"), "10");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/named/0/end"), "25");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/named/0/text"), "Dluhova poradna");
    const json_t *result = json_array_get(json_object_get(fixture.json, "results"), 0);
    const json_t *reasons = json_object_get(result, "reasons");
    int64_t points = 0;
    bool told = false;
    for (size_t i = 0; i < json_array_size(reasons); i++) {
        const json_t *reason = json_array_get(reasons, i);
        points += json_integer_value(json_object_get(reason, "points"));
        told = told ||
               strcmp(json_string_value(json_object_get(reason, "code")), "reason.name.met") == 0;
    }
    ck_assert(told);
    ck_assert_int_eq(points, json_integer_value(json_object_get(result, "score")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tests = tcase_create("suggest");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, setup, teardown); /* reading the configuration takes long */
    tcase_add_loop_test(tests, test_suggest_items, 0, (int)(sizeof items / sizeof items[0]));
    tcase_add_test(tests, test_suggest_service);
    tcase_add_test(tests, test_suggest_is_not_kept);
    tcase_add_loop_test(tests, test_suggest_refused, 0, (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tests, test_suggest_match_named);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
