/* SPDX-License-Identifier: EUPL-1.2 */
/* POST /match: answers as the contract says, in three languages, and never a dead end. */
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
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/lines"), "[]");
    ck_assert(fixture_says(&fixture, "sociální odbor"));
    ck_assert(!fixture_says(&fixture, "800 700 650"));
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/match",
                     "{\"situations\":[\"alcohol-problem\"],\"municipality\":\"brno\"}"),
        200);
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/lines/0/number"), "800 350 000");
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

/* A directory of one service with hours, a place and room; asked by the API alone. */
static void publish_hours(const char *facts)
{
    struct error err = {0};
    struct builder text;
    struct arena *arena = arena_new(64 * 1024);
    builder_init(&text, arena, 8192);
    builder_printf(
        &text,
        "{\"name\":\"Výdej\",\"status\":\"active\",\"situations\":[\"food-clothes-aid\"],"
        "\"area\":[\"municipality:ostrava\"],\"file_municipality\":\"ostrava\","
        "\"phones\":1,%s}",
        facts);
    const char *id = fixture_id("service", "vydej");
    struct builder body;
    builder_init(&body, arena, 8192);
    builder_printf(&body, "{\"id\":\"%s\",\"name\":\"Výdej\",\"status\":\"active\",", id);
    fixture_fill(&body, FIXTURE_ORGANIZATION "," FIXTURE_SOURCE "}");
    const struct document_row row = {.seq = 100,
                                     .kind = DOCUMENT_SERVICE,
                                     .id = uuid_of_key("service", STR("vydej")),
                                     .municipality = STR("ostrava"),
                                     .facts = builder_view(&text),
                                     .body = builder_view(&body),
                                     .short_form = builder_view(&body)};
    ck_assert(catalogue_apply(fixture.catalogue, &row, &err));
    fixture_build(&fixture);
    arena_free(arena);
}

#define WORKING_HOURS                                                                              \
    "\"schedules\":[{\"byday\":\"MO,TU,WE,TH,FR\",\"opens_at\":\"08:00\",\"closes_at\":\"16:00\"," \
    "\"holidays\":\"closed\"}]"
#define NIGHTS "\"schedules\":[{\"byday\":\"SA\",\"opens_at\":\"22:00\",\"closes_at\":\"06:00\"}]"
#define WEEKDAYS_UNSAID                                                                            \
    "\"schedules\":[{\"byday\":\"MO,TU,WE,TH,FR\",\"opens_at\":\"08:00\","                         \
    "\"closes_at\":\"16:00\"}]"

/* Two years of holidays with movable Easter, both changes of the clock, and what is not known. */
static const struct {
    const char *facts;
    const char *open_at;
    const char *state;
    const char *cause;
    const char *member; /* closes_at or opens_next; NULL: neither is looked at */
    const char *time;
} moments[] = {
    {WORKING_HOURS, "2026-11-23T10:00", "open", "stated", "closes_at", "2026-11-23T16:00:00+01:00"},
    {WORKING_HOURS, "2026-11-23T16:00", "closed", "stated", "opens_next",
     "2026-11-24T08:00:00+01:00"},
    {WORKING_HOURS, "2026-01-01T10:00", "closed", "stated", "opens_next",
     "2026-01-02T08:00:00+01:00"},
    {WORKING_HOURS, "2026-04-03T10:00", "closed", "stated", "opens_next",
     "2026-04-07T08:00:00+02:00"},
    {WORKING_HOURS, "2026-04-06T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2026-05-01T10:00", "closed", "stated", "opens_next",
     "2026-05-04T08:00:00+02:00"},
    {WORKING_HOURS, "2026-05-08T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2026-07-06T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2026-09-28T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2026-10-28T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2026-11-17T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2026-12-24T10:00", "closed", "stated", "opens_next",
     "2026-12-28T08:00:00+01:00"},
    {WORKING_HOURS, "2026-12-25T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-01-01T10:00", "closed", "stated", "opens_next",
     "2027-01-04T08:00:00+01:00"},
    {WORKING_HOURS, "2027-03-26T10:00", "closed", "stated", "opens_next",
     "2027-03-30T08:00:00+02:00"},
    {WORKING_HOURS, "2027-03-29T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-07-05T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-07-06T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-09-28T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-10-28T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-11-17T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-12-24T10:00", "closed", "stated", NULL, NULL},
    {WORKING_HOURS, "2027-12-27T10:00", "open", "stated", NULL, NULL},
    {WEEKDAYS_UNSAID, "2026-12-24T10:00", "unknown", "holiday", NULL, NULL},
    {WEEKDAYS_UNSAID, "2027-03-29T10:00", "unknown", "holiday", "opens_next",
     "2027-03-30T08:00:00+02:00"},
    /* 25 October 2026: 02:30 twice, the night is an hour longer. */
    {NIGHTS, "2026-10-24T23:00", "open", "stated", "closes_at", "2026-10-25T06:00:00+01:00"},
    {NIGHTS, "2026-10-25T02:30:00+02:00", "open", "stated", "closes_at",
     "2026-10-25T06:00:00+01:00"},
    {NIGHTS, "2026-10-25T02:30:00+01:00", "open", "stated", "closes_at",
     "2026-10-25T06:00:00+01:00"},
    {NIGHTS, "2026-10-25T06:00", "closed", "stated", "opens_next", "2026-10-31T22:00:00+01:00"},
    /* 28 March 2027: 02:30 does not come. */
    {NIGHTS, "2027-03-28T01:59", "open", "stated", "closes_at", "2027-03-28T06:00:00+02:00"},
    {NIGHTS, "2027-03-28T03:00", "open", "stated", "closes_at", "2027-03-28T06:00:00+02:00"},
    {NIGHTS, "2027-03-28T06:00", "closed", "stated", "opens_next", "2027-04-03T22:00:00+02:00"},
    {"\"cost\":\"free\"", "2026-11-23T10:00", "unknown", "no-hours", NULL, NULL},
};

START_TEST(test_match_opening)
{
    char body[256];
    char member[64];
    publish_hours(moments[_i].facts);
    (void)snprintf(body, sizeof body, "{\"situations\":[\"food-clothes-aid\"],\"open_at\":\"%s\"}",
                   moments[_i].open_at);
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", body), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/opening/state"), moments[_i].state);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/opening/cause"), moments[_i].cause);
    ck_assert(fixture_says(&fixture, "\"condition\":\"open\""));
    if (moments[_i].member == NULL)
        return;
    (void)snprintf(member, sizeof member, "/results/0/opening/%s", moments[_i].member);
    ck_assert_str_eq(fixture_at(&fixture, member), moments[_i].time);
}
END_TEST

/* Without a time asked the answer says what is so now, and of which now. */
START_TEST(test_match_opening_unasked)
{
    publish_hours("\"schedules\":[{\"byday\":\"MO,TU,WE,TH,FR,SA,SU\",\"opens_at\":\"00:00\","
                  "\"closes_at\":\"24:00\"}]");
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", "{\"situations\":[\"food-clothes-aid\"]}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/opening/state"), "open");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/opening/text"), "Otevřeno nepřetržitě.");
    ck_assert(!fixture_says(&fixture, "\"condition\":\"open\""));
    ck_assert_str_ne(fixture_at(&fixture, "/at"), "-");
    ck_assert_str_eq(fixture_at(&fixture, "/fallback/opening"), "-");
}
END_TEST

START_TEST(test_match_place_distance_room)
{
    publish_hours("\"places\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"municipality\":"
                  "\"ostrava\",\"district\":\"poruba\",\"address\":true,\"latitude\":49.8385,"
                  "\"longitude\":18.1661}],\"registered_maximum\":30,\"capacities\":[{\"unit\":"
                  "\"lůžka\",\"available\":2,\"maximum\":20,\"waiting\":0,"
                  "\"as_of\":\"2020-01-01\"}]");
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match",
                                  "{\"situations\":[\"food-clothes-aid\"],\"lat\":49.8285,"
                                  "\"lon\":18.1661,\"radius_m\":900,\"with_capacity\":true}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/place/district"), "poruba");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/distance"),
                     "{\"metres\":1112,\"from\":\"place\"}");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/room/state"), "unknown");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/room/available"), "2");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/room/registered_maximum"), "30");
    ck_assert(fixture_says(&fixture, "1100 m, to je dál než 900 m"));
    ck_assert_str_eq(fixture_at(&fixture, "/suggestions/0/code"), "suggest.distance");
}
END_TEST

/* A concealed place leaves nothing: no place, no distance, whatever is asked. */
START_TEST(test_match_concealed)
{
    publish_hours("\"places\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"municipality\":"
                  "\"ostrava\",\"district\":\"ostrava-jih\",\"concealed\":true}]");
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match",
                                  "{\"situations\":[\"food-clothes-aid\"],\"lat\":49.79,"
                                  "\"lon\":18.25,\"radius_m\":900}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/service/name"), "Výdej");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/place"), "-");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/distance"), "-");
    ck_assert(!fixture_says(&fixture, "\"condition\":\"distance\""));
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
    tcase_add_loop_test(tests, test_match_opening, 0, sizeof moments / sizeof moments[0]);
    tcase_add_test(tests, test_match_opening_unasked);
    tcase_add_test(tests, test_match_place_distance_room);
    tcase_add_test(tests, test_match_concealed);
    tcase_add_test(tests, test_match_short_of_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
