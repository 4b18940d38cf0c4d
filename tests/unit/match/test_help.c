/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom to call in any case. */
#include "fixture.h"
#include "support/run.h"

#define WORKING_DAYS "\"schedules\":[{\"byday\":\"MO,TU,WE,TH,FR\",\"holidays\":\"closed\"}]"
#define PHONE_HOURS                                                                                \
    "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"15:00\","             \
    "\"purpose\":\"phone\"},{\"byday\":\"TU\",\"opens_at\":\"08:00\",\"closes_at\":\"15:00\"}]"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

/* Numbers joined by ", ". */
static const char *numbers(const uint16_t *lines, size_t count)
{
    struct builder text;
    builder_init(&text, fixture.arena, 256);
    for (size_t i = 0; i < count; i++) {
        builder_append_z(&text, i > 0 ? ", " : "");
        builder_append(&text, fixture_lines[lines[i]].number);
    }
    builder_append_char(&text, '\0');
    return builder_view(&text).data;
}

static const struct {
    const char *question;
    const char *crisis;
    bool contact;
    const char *fallback;
} cases[] = {
    /* No crisis, no lines; Ostrava has a first contact. */
    {"situations=debts", "", true, ""},
    {"situations=parenting", "", true, ""},
    /* Confirmed lines first, in the editors' order; the unconfirmed after them. */
    {"situations=roofless-tonight", "112, 737 267 939, 116 111, 116 123", true, ""},
    {"situations=debts,roofless-tonight", "112, 737 267 939, 116 111, 116 123", true, ""},
    /* Elsewhere Ostrava's lines are left out, and so is its contact. */
    {"situations=roofless-tonight;municipality=brno", "112, 116 111, 116 123", false, "116 111"},
    {"situations=parenting;municipality=brno", "", false, "116 111"},
    {"situations=parenting,roofless-tonight;municipality=brno", "112, 116 111, 116 123", false,
     "116 111"},
    /* Numbers of emergency advise nobody: without other lines it ends at the town hall. */
    {"situations=debts;municipality=brno", "", false, ""},
};

START_TEST(test_help_table)
{
    fixture_ask(&fixture, cases[_i].question);
    const struct match_answer *answer = &fixture.answer;
    const struct match_fallback *fallback = &answer->fallback;
    ck_assert_uint_eq(answer->result_count, 0);
    ck_assert_str_eq(numbers(answer->crisis_lines, answer->crisis_line_count), cases[_i].crisis);
    ck_assert_int_eq(fallback->contact != NULL, cases[_i].contact);
    ck_assert_int_eq(fallback->town_hall, !cases[_i].contact);
    ck_assert_str_eq(numbers(fallback->lines, fallback->line_count), cases[_i].fallback);
}
END_TEST

START_TEST(test_help_without_catalogue_is_the_same_help)
{
    struct match_answer answer;
    fixture_ask(&fixture, "situations=debts,roofless-tonight;municipality=brno");
    ck_assert(match_without_catalogue(fixture.knowledge, &fixture.resolved, fixture.arena, &answer,
                                      &fixture.err));
    ck_assert_uint_eq(answer.situation_count, 2);
    ck_assert_uint_eq(answer.situations[1], 1);
    ck_assert_uint_eq(answer.crisis_line_count, fixture.answer.crisis_line_count);
    ck_assert_uint_eq(answer.fallback.line_count, fixture.answer.fallback.line_count);
    ck_assert_uint_eq(answer.result_count, 0);
}
END_TEST

/* The first contact's hours are those of its listing, by phone. */
static const struct {
    const char *now;
    const char *facts; /* of the listing; NULL: there is none */
    const char *code;
} contacts[] = {
    {"2026-11-23T12:00:00+01:00", NULL, NULL},
    {"2026-11-23T12:00:00+01:00", "", "opening.unknown"},
    {"2026-11-23T12:00:00+01:00", WORKING_DAYS, "opening.unknown.unstated"},
    {"2026-11-28T12:00:00+01:00", WORKING_DAYS, "opening.closed"},
    {"2026-12-24T12:00:00+01:00", WORKING_DAYS, "opening.closed"},
    {"2027-03-26T12:00:00+01:00", WORKING_DAYS, "opening.closed"},
    {"2027-03-29T12:00:00+02:00", WORKING_DAYS, "opening.closed"},
    {"2027-03-30T12:00:00+02:00", WORKING_DAYS, "opening.unknown.unstated"},
    {"2026-11-23T12:00:00+01:00", PHONE_HOURS, "opening.open.until"},
    {"2026-11-23T12:00:00+01:00", "\"places\":[{\"municipality\":\"ostrava\"," WORKING_DAYS "}]",
     "opening.unknown.unstated"},
};

START_TEST(test_help_says_when_the_contact_is_there)
{
    static const struct first_contact contact = {.name = SAME("Sociopoint"),
                                                 .phone = STR_CONSTANT("800 700 650")};
    struct first_contact known = contact;
    struct municipality cities[2];
    memcpy(cities, fixture_municipalities, sizeof cities);
    known.service = uuid_of_key("service", STR("sociopoint"));
    cities[OSTRAVA].first_contact = &known;
    fixture.knowledge->municipalities = cities;
    if (contacts[_i].facts != NULL)
        fixture_service(&fixture, "sociopoint", contacts[_i].facts);
    char question[128];
    (void)snprintf(question, sizeof question, "situations=alcohol;now=%s", contacts[_i].now);
    fixture_ask(&fixture, question);
    const struct match_fallback *fallback = &fixture.answer.fallback;
    ck_assert_int_eq(fallback->has_opening, contacts[_i].code != NULL);
    if (contacts[_i].code != NULL)
        ck_assert_str_eq(fallback->opening.code, contacts[_i].code);
    fixture_done(&fixture);
    fixture_init(&fixture);
}
END_TEST

START_TEST(test_help_without_a_question)
{
    struct match_answer answer;
    ck_assert(
        match_without_catalogue(fixture.knowledge, NULL, fixture.arena, &answer, &fixture.err));
    ck_assert_ptr_eq(answer.fallback.contact, &fixture_contact);
    fixture.knowledge->default_municipality = BRNO;
    ck_assert(
        match_without_catalogue(fixture.knowledge, NULL, fixture.arena, &answer, &fixture.err));
    ck_assert(answer.fallback.town_hall);
    ck_assert_str_eq(numbers(answer.fallback.lines, answer.fallback.line_count), "");
    ck_assert_uint_eq(answer.situation_count, 0);
}
END_TEST

START_TEST(test_help_arena_exhausted)
{
    struct match_answer answer;
    struct error err = {0};
    struct arena *none = arena_new(0);
    fixture_resolve(&fixture, "situations=debts");
    ck_assert(!match_without_catalogue(fixture.knowledge, &fixture.resolved, none, &answer, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    arena_free(none);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/help");
    TCase *tests = tcase_create("help");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_help_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_help_without_catalogue_is_the_same_help);
    tcase_add_loop_test(tests, test_help_says_when_the_contact_is_there, 0,
                        sizeof contacts / sizeof contacts[0]);
    tcase_add_test(tests, test_help_without_a_question);
    tcase_add_test(tests, test_help_arena_exhausted);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
