/* SPDX-License-Identifier: EUPL-1.2 */
/* POST /match with a text: understood with the city's own vocabulary, or kindly not at all. */
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

static void ask(const char *text, const char *more)
{
    char body[1024];
    (void)snprintf(body, sizeof body, "{\"text\":\"%s\"%s}", text, more);
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", body), 200);
}

/* One sentence for each language and each way to be in danger; none of them is an example. */
static const struct {
    const char *text;
    const char *situation; /* the first */
    const char *line;      /* the first that is read out; "-": none is */
} understood[] = {
    {"exekutor mi včera obstavil celý účet", "debt-enforcement", "-"},
    {"exekutor mi vcera obstavil cely ucet", "debt-enforcement", "-"},
    {"manžel mě zase zbil, bojím se o život", "domestic-violence", "112"},
    {"dneska v noci nemám kde spát, venku mrzne", "roofless-tonight", "112"},
    {"už nechci žít, nemá to smysl", "suicidal-crisis", "112"},
    {"я більше не хочу жити", "suicidal-crisis", "112"},
    {"I have nowhere to sleep tonight and it is freezing", "roofless-tonight", "112"},
    {"nemám kde dnes prespať, vonku mrzne", "roofless-tonight", "112"},
};

START_TEST(test_match_text_is_understood)
{
    ask(understood[_i].text, "");
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/key"), understood[_i].situation);
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/used"), "true");
    ck_assert_str_eq(fixture_at(&fixture, "/understood/state"), "sure");
    ck_assert_str_ne(fixture_at(&fixture, "/situations/0/words/0/text"), "-");
    ck_assert_str_eq(fixture_at(&fixture, "/crisis/0/number"), understood[_i].line);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "no-store"));
}
END_TEST

static const char *const others[] = {
    "kdy jede tramvaj číslo osm",
    "12345",
    "\\ud83d\\ude2d\\ud83d\\ude2d",
    "qwertz uiop",
    "nepiju",
    "nemám dluhy",
    "Welches Wetter wird es morgen geben",
    "x",
};

START_TEST(test_match_text_is_about_something_else)
{
    ask(others[_i], "");
    ck_assert_str_eq(fixture_at(&fixture, "/understood/state"), "none");
    ck_assert_str_eq(fixture_at(&fixture, "/situations"), "[]");
    ck_assert_str_eq(fixture_at(&fixture, "/results"), "[]");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/phone"), "800 700 650");
    ck_assert_str_ne(fixture_at(&fixture, "/understood/text"), "-");
}
END_TEST

START_TEST(test_match_text_empty_says_whom_to_call)
{
    ask("", "");
    ck_assert_str_eq(fixture_at(&fixture, "/understood"), "-");
    ck_assert_str_eq(fixture_at(&fixture, "/situations"), "[]");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/phone"), "800 700 650");
}
END_TEST

/* What the text says of the people goes into the question, unless the question says it. */
START_TEST(test_match_text_people)
{
    ask("mám dluhy, je mi 34", "");
    ck_assert_str_eq(fixture_at(&fixture, "/understood/people/ages"), "[34]");
    ask("mám dluhy, je mi 34", ",\"situations\":[\"debt-enforcement\"]");
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/key"), "debt-enforcement");
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/confidence"), "1.0");
}
END_TEST

START_TEST(test_match_text_without_directory)
{
    fixture_done(&fixture);
    fixture_init_empty(&fixture);
    ask("už nechci žít", "");
    ck_assert_str_eq(fixture_at(&fixture, "/situations/0/key"), "suicidal-crisis");
    ck_assert_str_eq(fixture_at(&fixture, "/crisis/0/number"), "112");
    ck_assert_str_eq(fixture_at(&fixture, "/generation/degraded"), "true");
}
END_TEST

/* More words than are read: read up to the limit, and answered. */
START_TEST(test_match_text_very_long)
{
    enum { LENGTH = 9900 };
    static char body[LENGTH + 64];
    size_t length = (size_t)snprintf(body, sizeof body, "{\"text\":\"");
    while (length < LENGTH)
        length += (size_t)snprintf(body + length, sizeof body - length, "dluhy a exekuce ");
    (void)snprintf(body + length, sizeof body - length, "\"}");
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", body), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/understood/cut"), "true");
    ck_assert_str_ne(fixture_at(&fixture, "/situations/0/key"), "-");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rest/match-text");
    TCase *tcase = tcase_create("text");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_match_text_is_understood, 0,
                        (int)(sizeof understood / sizeof understood[0]));
    tcase_add_loop_test(tcase, test_match_text_is_about_something_else, 0,
                        (int)(sizeof others / sizeof others[0]));
    tcase_add_test(tcase, test_match_text_empty_says_whom_to_call);
    tcase_add_test(tcase, test_match_text_people);
    tcase_add_test(tcase, test_match_text_without_directory);
    tcase_add_test(tcase, test_match_text_very_long);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
