/* SPDX-License-Identifier: EUPL-1.2 */
/* Events: occurrences in a window, one event, and both as calendars. */
#include "fixture.h"

#include "sociopoint/catalogue/events.h"
#include "support/run.h"

static struct fixture fixture;

#define FACTS_CLUB                                                                                 \
    "{\"name\":\"Klub\",\"organization_name\":\"Charita\",\"starts_at\":"                          \
    "\"2026-10-20T09:00\",\"ends_at\":\"2026-10-20T10:00\",\"rrule\":{\"freq\":\"WEEKLY\","        \
    "\"byday\":\"TU\",\"except\":[\"2026-11-03\"]},\"municipality\":\"ostrava\",\"district\":"     \
    "\"poruba\",\"place\":\"Dům, Ostrava\",\"situations\":[\"debt-enforcement\"],"                \
    "\"modified\":\"2026-01-02T03:04:05Z\"}"
#define FACTS_FAIR                                                                                 \
    "{\"name\":\"Trh; den, který nemá čas\",\"description\":\"První\\nden\",\"starts_at\":"    \
    "\"2026-12-24\",\"as_of\":\"2026-10\",\"source\":\"https://example.org/a,b\","                 \
    "\"modified\":\"2026-02-02T03:04:05Z\"}"
#define FACTS_DAILY                                                                                \
    "{\"name\":\"Denně\",\"starts_at\":\"2026-01-01\",\"all_day\":true,\"rrule\":{\"freq\":"      \
    "\"WEEKLY\",\"byday\":\"TH,FR,SA,SU,MO,TU,WE\"},\"area\":[\"municipality:brno\"],"             \
    "\"modified\":\"2026-02-02T03:04:05Z\"}"

static const struct {
    const char *key;
    const char *municipality;
    const char *facts;
    const char *starts_at;
} published[] = {
    {"klub", "ostrava", FACTS_CLUB, "2026-10-20T09:00"},
    {"trh", "ostrava", FACTS_FAIR, "2026-12-24"},
    {"denne", "brno", FACTS_DAILY, "2026-01-01"},
};

static void publish(int64_t seq, size_t i, bool removed)
{
    char facts[1024];
    (void)snprintf(facts, sizeof facts, "{\"service\":\"%s\",%s",
                   i == 0 ? fixture_id("service", "poradna") : "", published[i].facts + 1);
    const struct document_row row = {
        .seq = seq,
        .removed = removed,
        .municipality = str_from(published[i].municipality),
        .facts = str_from(facts),
    };
    fixture_apply_event(&fixture, &row, published[i].key, published[i].key, published[i].starts_at);
}

static void setup(void)
{
    fixture_init(&fixture);
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        publish(100 + (int64_t)i, i, false);
    fixture_build(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static const char *of_event(const char *key, const char *suffix)
{
    static char text[100];
    (void)snprintf(text, sizeof text, "/v1/events/%s%s", fixture_id("event", key), suffix);
    return text;
}

static bool says_lines(const char *lines)
{
    return fixture_says(&fixture, lines);
}

/* --- Lists -------------------------------------------------------------------------------------- */

static const struct {
    const char *query;
    const char *total;
    const char *pointer; /* into the answer */
    const char *value;
} lists[] = {
    {"from=2026-10-19&to=2026-11-10&municipality=ostrava", "3", "/contents/0/starts_at",
     "2026-10-20T09:00:00+02:00"},
    /* after the change of the clocks it is nine o'clock again; the day left out is left out */
    {"from=2026-10-26&to=2026-11-10&municipality=ostrava", "2", "/contents/0/starts_at",
     "2026-10-27T09:00:00+01:00"},
    {"from=2026-10-26&to=2026-11-10&municipality=ostrava", "2", "/contents/1/ends_at",
     "2026-11-10T10:00:00+01:00"},
    {"from=2026-10-26&to=2026-11-10&municipality=ostrava", "2", "/contents/0/text", "-"},
    {"from=2026-12-24&to=2026-12-24&municipality=ostrava", "1", "/contents/0/date", "2026-12-24"},
    {"from=2026-12-24&to=2026-12-24&municipality=ostrava", "1", "/contents/0/starts_at", "-"},
    {"from=2026-12-24&to=2026-12-24&municipality=ostrava", "1", "/contents/0/text",
     "Čas není uveden. Ověřte ho u pořadatele."},
    {"from=2026-12-24&to=2026-12-24&municipality=brno", "1", "/contents/0/all_day", "true"},
    {"from=2026-12-24&to=2026-12-24&municipality=brno", "1", "/contents/0/text", "-"},
    {"from=2026-12-24&to=2026-12-24", "2", "/contents/1/event/name", "trh"},
    {"from=2026-12-01&municipality=brno", "30", "/to", "2026-12-30"},
    {"from=2026-12-01&municipality=brno&per_page=20&page=2", "30", "/size", "10"},
    {"from=2026-12-01&municipality=brno&per_page=20&page=3", "30", "/empty", "true"},
    {"from=2026-12-01&situation=debt-enforcement", "5", "/contents/0/date", "2026-12-01"},
    {"from=2026-12-01&situation=roofless-tonight", "0", "/empty", "true"},
    {"from=2026-12-01&to=2026-12-07&district=poruba", "1", "/contents/0/event/name", "klub"},
    {"from=2026-12-24&to=2026-12-31&district=Slezsk%C3%A1%20Ostrava", "1", "/contents/0/event/name",
     "trh"},
    {"from=2026-12-24&to=2026-12-31&district=Muglinov", "1", "/contents/0/event/name", "trh"},
    {"from=2026-01-01&to=2027-01-01&per_page=1&municipality=brno", "366", "/total_pages", "366"},
};

START_TEST(test_event_list)
{
    char target[200];
    (void)snprintf(target, sizeof target, "/v1/events?%s", lists[_i].query);
    ck_assert_int_eq(fixture_get(&fixture, target), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/total_items"), lists[_i].total);
    ck_assert_str_eq(fixture_at(&fixture, lists[_i].pointer), lists[_i].value);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Content-Language"), "cs"));
}
END_TEST

/* From now on: 30 days, and nothing that is over. */
START_TEST(test_event_list_from_now)
{
    ck_assert_int_eq(fixture_get(&fixture, "/v1/events?municipality=brno"), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/total_items"), "30");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/date"), fixture_at(&fixture, "/from"));
    ck_assert_str_eq(fixture_at(&fixture, "/contents/29/date"), fixture_at(&fixture, "/to"));
}
END_TEST

START_TEST(test_event_list_links)
{
    ck_assert_int_eq(
        fixture_get(&fixture, "/v1/events?from=2026-12-01&municipality=brno&per_page=20"), 200);
    ck_assert(str_equal(
        fixture_answer_header(&fixture, "Link"),
        STR("</v1/events?page=1&from=2026-12-01&municipality=brno&per_page=20>; rel=\"first\", "
            "</v1/events?page=2&from=2026-12-01&municipality=brno&per_page=20>; rel=\"next\", "
            "</v1/events?page=2&from=2026-12-01&municipality=brno&per_page=20>; rel=\"last\"")));
}
END_TEST

START_TEST(test_event_list_language)
{
    fixture_begin(&fixture, "GET", "/v1/events?from=2026-12-24&to=2026-12-24&municipality=ostrava");
    fixture_header(&fixture, "Accept-Language", "uk");
    ck_assert_int_eq(fixture_send(&fixture), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/language"), "uk");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/text"),
                     "Час не зазначено. Уточніть його в організатора.");
}
END_TEST

static const struct {
    const char *query;
    const char *codes; /* of all problems, each with its parameter */
} refusals[] = {
    {"municipality=praha", "municipality-unknown municipality"},
    {"municipality=ostrava&district=atlantis", "district-unknown district"},
    {"municipality=brno&district=poruba", "district-unknown district"},
    {"situation=boredom", "situation-unknown situation"},
    {"from=2026-12-02&to=2026-12-01", "window-reversed to"},
    {"from=2026-01-01&to=2027-01-02", "window-too-long to"},
    {"from=2026-02-30", "schema-format from"},
    {"from=today", "schema-format from"},
    {"per_page=101", "schema-maximum per_page"},
    {"when=now", "parameter-unknown when"},
    /* all of them at once */
    {"municipality=praha&situation=boredom&from=2026-12-02&to=2026-12-01",
     "municipality-unknown municipality, situation-unknown situation, window-reversed to"},
};

START_TEST(test_event_refusals)
{
    char target[200];
    char codes[300] = "";
    (void)snprintf(target, sizeof target, "/v1/events?%s", refusals[_i].query);
    ck_assert_int_eq(fixture_get(&fixture, target), 400);
    const json_t *problems = json_object_get(fixture.json, "problems");
    for (size_t i = 0; i < json_array_size(problems); i++) {
        const json_t *problem = json_array_get(problems, i);
        size_t used = strlen(codes);
        (void)snprintf(codes + used, sizeof codes - used, "%s%s %s", i == 0 ? "" : ", ",
                       json_string_value(json_object_get(problem, "code")),
                       json_string_value(json_object_get(problem, "parameter")));
    }
    ck_assert_str_eq(codes, refusals[_i].codes);
}
END_TEST

/* --- Tags --------------------------------------------------------------------------------------- */

static const struct {
    const char *key; /* of an event, or NULL for a target */
    const char *target;
} reads[] = {
    {NULL, "/v1/events"},
    {NULL, "/v1/events?from=2026-12-01&municipality=brno"},
    {NULL, "/v1/events.ics"},
    {NULL, "/v1/events.ics?municipality=ostrava"},
    {"klub", ""},
    {"klub", ".ics"},
};

START_TEST(test_event_unchanged)
{
    char tag[160];
    char target[120];
    (void)snprintf(target, sizeof target, "%s",
                   reads[_i].key == NULL ? reads[_i].target
                                         : of_event(reads[_i].key, reads[_i].target));
    ck_assert_int_eq(fixture_get(&fixture, target), 200);
    (void)str_copy_z(fixture_answer_header(&fixture, "ETag"), tag, sizeof tag);
    fixture_begin(&fixture, "GET", target);
    fixture_header(&fixture, "If-None-Match", tag);
    ck_assert_int_eq(fixture_send(&fixture), 304);
    ck_assert_uint_eq(fixture.body.length, 0);
    publish(200, 0, true);
    fixture_build(&fixture);
    fixture_begin(&fixture, "GET", target);
    fixture_header(&fixture, "If-None-Match", tag);
    ck_assert_int_eq(fixture_send(&fixture), reads[_i].key == NULL ? 200 : 404);
}
END_TEST

/* The tag of one event's calendar is its own: it stays when other things change, and is another one
 * in another language. */
START_TEST(test_event_calendar_tag)
{
    char tag[160];
    ck_assert_int_eq(fixture_get(&fixture, of_event("klub", ".ics")), 200);
    (void)str_copy_z(fixture_answer_header(&fixture, "ETag"), tag, sizeof tag);
    publish(200, 1, true);
    fixture_build(&fixture);
    ck_assert_int_eq(fixture_get(&fixture, of_event("klub", ".ics")), 200);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "ETag"), tag));
    fixture_begin(&fixture, "GET", of_event("klub", ".ics"));
    fixture_header(&fixture, "Accept-Language", "en");
    fixture_header(&fixture, "If-None-Match", tag);
    ck_assert_int_eq(fixture_send(&fixture), 200);
}
END_TEST

/* --- One event, calendars ----------------------------------------------------------------------- */

START_TEST(test_event_detail)
{
    ck_assert_int_eq(fixture_get(&fixture, of_event("klub", "")), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/name"), "klub");
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "ETag"), "\"pe1.100\""));
    ck_assert_int_eq(fixture_get(&fixture, of_event("nothing", "")), 404);
    ck_assert_int_eq(fixture_get(&fixture, of_event("nothing", ".ics")), 404);
    ck_assert_int_eq(fixture_get(&fixture, "/v1/events/klub"), 400);
}
END_TEST

START_TEST(test_event_calendar_of_times)
{
    ck_assert_int_eq(fixture_get(&fixture, of_event("klub", ".ics")), 200);
    ck_assert(str_starts_with(fixture.body, STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")));
    ck_assert(says_lines("BEGIN:VTIMEZONE\r\nTZID:Europe/Prague\r\n"));
    ck_assert(says_lines("\r\nDTSTAMP:20260102T030405Z\r\n"
                         "DTSTART;TZID=Europe/Prague:20261020T090000\r\n"
                         "DTEND;TZID=Europe/Prague:20261020T100000\r\n"
                         "RRULE:FREQ=WEEKLY;BYDAY=TU\r\n"
                         "EXDATE;TZID=Europe/Prague:20261103T090000\r\n"
                         "SUMMARY:Klub\r\nDESCRIPTION:Charita\r\nLOCATION:Dům\\, Ostrava\r\n"
                         "END:VEVENT\r\nEND:VCALENDAR\r\n"));
    ck_assert(says_lines("X-WR-CALNAME:Klub\r\n"));
    char uid[60];
    (void)snprintf(uid, sizeof uid, "\r\nUID:%s\r\n", fixture_id("event", "klub"));
    ck_assert(says_lines(uid));
}
END_TEST

START_TEST(test_event_calendar_of_days)
{
    ck_assert_int_eq(fixture_get(&fixture, of_event("trh", ".ics")), 200);
    ck_assert(says_lines("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225\r\n"
                         "SUMMARY:Trh\\; den\\, který nemá čas\r\n"
                         "DESCRIPTION:První\\nden\\nČas není uveden."));
    ck_assert(says_lines("\r\nURL:https://example.org/a,b\r\nTRANSP:TRANSPARENT\r\n"));
    ck_assert_int_eq(fixture_get(&fixture, of_event("denne", ".ics")), 200);
    ck_assert(!says_lines("DESCRIPTION"));
}
END_TEST

START_TEST(test_event_calendar_of_municipality)
{
    ck_assert_int_eq(fixture_get(&fixture, "/v1/events.ics?municipality=brno"), 200);
    ck_assert(says_lines("X-WR-CALNAME:Akce: Brno\r\n"));
    ck_assert(says_lines("SUMMARY:Denně\r\n"));
    ck_assert(!says_lines("SUMMARY:Klub"));
    ck_assert_int_eq(fixture_get(&fixture, "/v1/events.ics"), 200);
    ck_assert(says_lines("X-WR-CALNAME:Akce: Město\r\n"));
    ck_assert(says_lines("SUMMARY:Klub\r\n"));
    ck_assert_int_eq(fixture_get(&fixture, "/v1/events.ics?municipality=praha"), 400);
}
END_TEST

/* --- Beside a service --------------------------------------------------------------------------- */

START_TEST(test_event_in_match)
{
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/match",
                     "{\"situations\":[\"debt-enforcement\"],\"open_at\":\"2026-10-27T09:30\"}"),
        200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/events/0/name"), "Klub");
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/events/0/starts_at"),
                     "2026-10-27T09:00:00+01:00");
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/match",
                     "{\"situations\":[\"debt-enforcement\"],\"open_at\":\"2026-10-27T10:00\"}"),
        200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/events/0/date"), "2026-11-10");
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", "{\"situations\":[\"shelter-housing\"]}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/results/0/events"), "-");
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("event");
    TCase *tests = tcase_create("event");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_event_list, 0, COUNT_OF(lists));
    tcase_add_test(tests, test_event_list_from_now);
    tcase_add_test(tests, test_event_list_links);
    tcase_add_test(tests, test_event_list_language);
    tcase_add_loop_test(tests, test_event_refusals, 0, COUNT_OF(refusals));
    tcase_add_loop_test(tests, test_event_unchanged, 0, COUNT_OF(reads));
    tcase_add_test(tests, test_event_calendar_tag);
    tcase_add_test(tests, test_event_detail);
    tcase_add_test(tests, test_event_calendar_of_times);
    tcase_add_test(tests, test_event_calendar_of_days);
    tcase_add_test(tests, test_event_calendar_of_municipality);
    tcase_add_test(tests, test_event_in_match);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
