/* SPDX-License-Identifier: EUPL-1.2 */
/* Which occurrences are in which window, on which page, and beside which service. */
#include <stdio.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/catalogue/events.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

static struct entry_heap heap; /* goes with the program */

static struct catalogue *catalogue;
static struct generation *generation;
static struct arena *arena;

static const struct {
    const char *key;
    const char *municipality; /* of the row; NULL: several */
    const char *facts;        /* after the name */
} events[] = {
    /* every Tuesday at nine, in Poruba */
    {"c", "ostrava",
     "\"starts_at\":\"2026-11-03T09:00\",\"ends_at\":\"2026-11-03T10:00\","
     "\"rrule\":{\"freq\":\"WEEKLY\",\"byday\":\"TU\"},\"municipality\":\"ostrava\","
     "\"district\":\"poruba\",\"situations\":[\"debt\"]"},
    /* the first Tuesday of the month, time not stated; where in Ostrava is not known */
    {"m", "ostrava",
     "\"starts_at\":\"2026-11-03\",\"rrule\":{\"freq\":\"MONTHLY\",\"byday\":\"1TU\","
     "\"until\":\"2027-02-28\",\"except\":[\"2026-12-01\"]},\"municipality\":\"ostrava\""},
    /* three days, for people of one district */
    {"t", "ostrava",
     "\"starts_at\":\"2026-11-20\",\"ends_at\":\"2026-11-22\",\"all_day\":true,"
     "\"area\":[\"district:ostrava/slezska-ostrava\"],\"situations\":[\"debt\",\"lonely\"]"},
    /* for the people of a locality */
    {"l", "ostrava", "\"starts_at\":\"2026-11-10T17:00\",\"area\":[\"locality:ostrava/jilova\"]"},
    {"h", "ostrava", "\"starts_at\":\"2026-11-11T17:00\",\"area\":[\"locality:ostrava/hrusov\"]"},
    /* for a whole region, and in Brno */
    {"r", NULL, "\"starts_at\":\"2026-11-12T17:00\",\"area\":[\"region:moravskoslezsky\"]"},
    {"b", "brno", "\"starts_at\":\"2026-11-13T17:00\",\"area\":[\"municipality:brno\"]"},
    /* times that nobody can read */
    {"x", "ostrava", "\"starts_at\":\"2026-02-30\""},
};

static void put_events(void)
{
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        char facts[1024];
        (void)snprintf(facts, sizeof facts, "{\"name\":\"%s\",%s}", events[i].key, events[i].facts);
        struct document_row row = rows_document(1, DOCUMENT_EVENT, events[i].key, facts);
        row.municipality = str_from(events[i].municipality);
        rows_apply(catalogue, &row);
    }
}

static void setup(void)
{
    catalogue = catalogue_new();
    arena = arena_new(4 * 1024 * 1024);
    put_events();
    generation = rows_build(catalogue);
}

static void teardown(void)
{
    generation_free(generation);
    catalogue_free(catalogue);
    arena_free(arena);
}

static int32_t day_of(const char *text)
{
    struct civil_date date;
    ck_assert(civil_date_from_text(str_from(text), &date));
    return civil_day_from_date(date);
}

/* "c3 m3 c10": key and day of the month. */
static const char *names_of(const struct event_occurrence *occurrences, size_t count)
{
    static char text[1024];
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s%d", i == 0 ? "" : " ",
                                 STR_ARGUMENTS(occurrences[i].entry->facts.event->name),
                                 civil_day_date(occurrences[i].when.day).day);
    return text;
}

static const struct {
    int municipality;
    int district;
    const char *situation;
    const char *from;
    const char *to;
    const char *now; /* a day: what is over at its noon is left out; NULL: nothing is */
    const char *expected;
} windows[] = {
    /* by start; at the same start by name */
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, NULL, "2026-11-01", "2026-11-13", NULL,
     "m3 c3 c10 l10 h11 r12 b13"},
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, NULL, "2026-11-01", "2026-11-02", NULL, ""},
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, NULL, "2026-11-03", "2026-11-03", NULL, "m3 c3"},
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, NULL, "2020-01-01", "2020-12-31", NULL, ""},
    /* what still lasts is in it, what has ended the day before is not */
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, NULL, "2026-11-22", "2026-11-24", NULL, "t20 c24"},
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, NULL, "2026-11-23", "2026-11-24", NULL, "c24"},
    /* a day left out, and the end of the rule */
    {OSTRAVA, KNOWLEDGE_NONE, NULL, "2026-11-28", "2026-12-08", NULL, "c1 c8"},
    {OSTRAVA, KNOWLEDGE_NONE, NULL, "2027-02-01", "2027-03-03", NULL, "m2 c2 c9 c16 c23 c2"},
    /* what is over is left out */
    {OSTRAVA, KNOWLEDGE_NONE, NULL, "2026-11-03", "2026-11-03", "2026-11-03", "m3"},
    {OSTRAVA, KNOWLEDGE_NONE, NULL, "2026-11-01", "2026-11-11", "2026-11-10", "l10 h11"},
    /* municipalities: an area decides before the row */
    {BRNO, KNOWLEDGE_NONE, NULL, "2026-11-01", "2026-11-30", NULL, "b13"},
    {OPAVA, KNOWLEDGE_NONE, NULL, "2026-11-01", "2026-11-30", NULL, "r12"},
    {OSTRAVA, KNOWLEDGE_NONE, NULL, "2026-11-09", "2026-11-15", NULL, "c10 l10 h11 r12"},
    /* districts: there, for people from there, or not said */
    {OSTRAVA, DISTRICT_PORUBA, NULL, "2026-11-01", "2026-11-22", NULL, "m3 c3 c10 h11 r12 c17"},
    {OSTRAVA, DISTRICT_SLEZSKA, NULL, "2026-11-01", "2026-11-22", NULL, "m3 l10 h11 r12 t20"},
    {OSTRAVA, DISTRICT_JIH, NULL, "2026-11-01", "2026-11-22", NULL, "m3 h11 r12"},
    {BRNO, 0, NULL, "2026-11-01", "2026-11-30", NULL, "b13"},
    /* situations */
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, "debt", "2026-11-15", "2026-11-24", NULL, "c17 t20 c24"},
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, "lonely", "2026-11-01", "2026-11-30", NULL, "t20"},
    {KNOWLEDGE_NONE, KNOWLEDGE_NONE, "roofless", "2026-11-01", "2026-11-30", NULL, ""},
};

START_TEST(test_events_window)
{
    struct error err = {0};
    struct event_page page;
    const struct event_query query = {
        .municipality = windows[_i].municipality,
        .district = windows[_i].district,
        .situation = str_from(windows[_i].situation),
        .first_day = day_of(windows[_i].from),
        .last_day = day_of(windows[_i].to),
        .now_ms = windows[_i].now == NULL ? INT64_MIN
                                          : civil_time_utc_ms(day_of(windows[_i].now), 12 * 60),
        .page = 1,
        .per_page = 100,
    };
    ck_assert(generation_events(generation, &query, arena, &page, &err));
    ck_assert_str_eq(names_of(page.occurrences, page.page.size), windows[_i].expected);
}
END_TEST

static const struct {
    size_t page;
    size_t per_page;
    size_t size;
    size_t pages;
    bool first;
    bool last;
    bool empty;
    const char *expected;
} pages[] = {
    {1, 3, 3, 2, true, false, false, "m3 c3 c10"},
    {2, 3, 2, 2, false, true, false, "c17 c24"},
    {3, 3, 0, 2, false, true, true, ""},
    {1, 5, 5, 1, true, true, false, "m3 c3 c10 c17 c24"},
    {5, 1, 1, 5, false, true, false, "c24"},
    {1, LIST_ALL, 5, 1, true, true, false, "m3 c3 c10 c17 c24"},
};

START_TEST(test_events_pages)
{
    struct error err = {0};
    struct event_page found;
    struct event_query query = {
        .municipality = OSTRAVA,
        .district = DISTRICT_PORUBA,
        .first_day = day_of("2026-11-01"),
        .last_day = day_of("2026-11-30"),
        .now_ms = INT64_MIN,
        .page = pages[_i].page,
        .per_page = pages[_i].per_page,
    };
    rows_remove(catalogue, 2, DOCUMENT_EVENT, "h");
    rows_remove(catalogue, 2, DOCUMENT_EVENT, "r");
    generation_free(generation);
    generation = rows_build(catalogue);
    ck_assert(generation_events(generation, &query, arena, &found, &err));
    ck_assert_str_eq(names_of(found.occurrences, found.page.size), pages[_i].expected);
    ck_assert_uint_eq(found.page.size, pages[_i].size);
    ck_assert_uint_eq(found.page.total_items, 5);
    ck_assert_uint_eq(found.page.total_pages, pages[_i].pages);
    ck_assert(found.page.first_page == pages[_i].first);
    ck_assert(found.page.last_page == pages[_i].last);
    ck_assert(found.page.empty == pages[_i].empty);
}
END_TEST

static struct event_query all_days(void)
{
    return (struct event_query){
        .municipality = KNOWLEDGE_NONE,
        .district = KNOWLEDGE_NONE,
        .first_day = day_of("2026-01-01"),
        .last_day = day_of("2026-12-31"),
        .now_ms = INT64_MIN,
        .page = 1,
        .per_page = 100,
    };
}

START_TEST(test_events_refusals)
{
    struct error err = {0};
    struct event_page page;
    struct event_query query = all_days();
    query.page = 0;
    ck_assert(!generation_events(generation, &query, arena, &page, &err));
    ck_assert_str_eq(err.problems[0].code, "page-out-of-range");
    struct arena *small CLEANUP(arena_freep) = arena_new(64);
    query = all_days();
    ck_assert(!generation_events(generation, &query, small, &page, &err));
    ck_assert_str_eq(err.problems[0].code, "memory-exhausted");
    size_t count;
    ck_assert_ptr_null(generation_event_list(generation, KNOWLEDGE_NONE, small, &count));
}
END_TEST

START_TEST(test_events_too_many)
{
    struct error err = {0};
    struct event_page page;
    struct event_query query = all_days();
    for (int i = 0; i < 400; i++) {
        char key[16];
        (void)snprintf(key, sizeof key, "e%d", i);
        rows_put(catalogue, 1, DOCUMENT_EVENT, key,
                 "{\"starts_at\":\"2026-01-05\",\"rrule\":{\"freq\":\"WEEKLY\","
                 "\"byday\":\"MO,WE\"}}");
    }
    generation_free(generation);
    generation = rows_build(catalogue);
    ck_assert(!generation_events(generation, &query, arena, &page, &err));
    ck_assert_str_eq(err.problems[0].code, "list-too-long");
    ck_assert_str_eq(err.problems[0].pointer, "to");
}
END_TEST

START_TEST(test_events_list)
{
    static const struct {
        int municipality;
        const char *expected;
    } lists[] = {{KNOWLEDGE_NONE, "xcmlhrbt"}, {OSTRAVA, "xcmlhrt"}, {BRNO, "b"}, {OPAVA, "r"}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        size_t count;
        char names[32] = "";
        const struct entry *const *list =
            generation_event_list(generation, lists[i].municipality, arena, &count);
        ck_assert_ptr_nonnull(list);
        for (size_t k = 0; k < count; k++)
            names[k] = list[k]->facts.event->name.data[0];
        ck_assert_str_eq(names, lists[i].expected);
    }
}
END_TEST

/* --- Of a service ------------------------------------------------------------------------------- */

static void put_of_service(const char *key, const char *service, const char *when)
{
    char facts[512];
    char id[UUID_TEXT_SIZE];
    const struct uuid of = rows_id(DOCUMENT_SERVICE, service);
    (void)snprintf(facts, sizeof facts, "{\"name\":\"%s\",\"service\":\"%s\",%s}", key,
                   uuid_to_text(&of, id), when);
    rows_put(catalogue, 1, DOCUMENT_EVENT, key, facts);
}

static const char *next_of(const char *service, const char *now, size_t maximum)
{
    struct event_occurrence found[8];
    const struct uuid id = rows_id(DOCUMENT_SERVICE, service);
    size_t count = generation_service_events(
        generation, &id, civil_time_utc_ms(day_of(now), 12 * 60), found, maximum);
    ck_assert_uint_le(count, maximum);
    return names_of(found, count);
}

START_TEST(test_events_of_service)
{
    put_of_service("k", "one", "\"starts_at\":\"2026-11-03\",\"rrule\":{\"freq\":\"WEEKLY\"}");
    put_of_service("o", "one", "\"starts_at\":\"2026-11-05\"");
    put_of_service("p", "one",
                   "\"starts_at\":\"2026-11-04T10:00\",\"ends_at\":\"2026-11-04T11:00\"");
    put_of_service("q", "one", "\"starts_at\":\"2026-11-30\"");
    put_of_service("s", "two", "\"starts_at\":\"2026-11-03\"");
    generation_free(generation);
    generation = rows_build(catalogue);
    ck_assert_str_eq(next_of("one", "2026-11-01", 8), "k3 p4 o5 q30");
    ck_assert_str_eq(next_of("one", "2026-11-01", 2), "k3 p4");
    ck_assert_str_eq(next_of("one", "2026-11-01", 1), "k3");
    ck_assert_str_eq(next_of("one", "2026-11-03", 8), "k3 p4 o5 q30");
    ck_assert_str_eq(next_of("one", "2026-11-04", 8), "o5 k10 q30"); /* p is over at noon */
    ck_assert_str_eq(next_of("one", "2027-01-01", 8), "k5");
    ck_assert_str_eq(next_of("two", "2026-11-03", 8), "s3");
    ck_assert_str_eq(next_of("two", "2026-11-04", 8), "");
    ck_assert_str_eq(next_of("three", "2026-11-01", 8), "");
}
END_TEST

/* --- Facts -------------------------------------------------------------------------------------- */

START_TEST(test_events_facts)
{
    struct error err = {0};
    const char *facts =
        "{\"name\":\"Klub \\\"U\\\"\",\"description\":\"a\\nb\",\"organization\":"
        "\"00000000-0000-4000-8000-000000000005\",\"organization_name\":\"Pomoc\","
        "\"starts_at\":\"2026-11-03T09:00\",\"ends_at\":\"2026-11-04T01:00\",\"rrule\":{\"freq\":"
        "\"MONTHLY\",\"byday\":\"1TU\",\"interval\":2,\"until\":\"2027-12-31\",\"except\":"
        "[\"2027-03-02\",\"2027-01-05\"],\"later\":1},\"place\":\"Dům\",\"municipality\":"
        "\"ostrava\","
        "\"district\":\"poruba\",\"area\":[\"cz\"],\"situations\":[\"debt\"],\"source\":"
        "\"https://example.org/\",\"as_of\":\"2026\",\"modified\":\"2026-11-01T00:00:00Z\","
        "\"unknown\":[{}]}";
    const struct document_row row = rows_document(1, DOCUMENT_EVENT, "f", facts);
    struct entry *entry = entry_new(&heap, &row, &err);
    ck_assert_ptr_nonnull(entry);
    const struct event_facts *event = entry->facts.event;
    ck_assert(str_equal_z(event->name, "Klub \"U\""));
    ck_assert(str_equal_z(event->description, "a\nb"));
    ck_assert(str_equal_z(event->place, "Dům"));
    ck_assert(str_equal_z(event->as_of, "2026"));
    ck_assert(str_equal_z(entry->sort_key, "klub u"));
    ck_assert(str_equal_z(entry->search_text, "klub u\npomoc"));
    ck_assert(!event->has_service);
    ck_assert_int_eq(event->when.days.interval, 2);
    ck_assert_uint_eq(event->when.days.except_count, 2);
    ck_assert_int_eq(event->when.days.except[0], day_of("2027-01-05"));
    ck_assert_int_eq(event->when.days.last_day, day_of("2027-12-31"));
    ck_assert_int_eq(event->when.day_span, 1);
    ck_assert_int_eq(event->when.starts_at, 9 * 60);
    ck_assert_int_eq(event->when.ends_at, 60);
    ck_assert_int_eq(entry->modified_ms, 1793491200000);
    entry_release(entry);
}
END_TEST

static const char *const unreadable[] = {
    "{}",
    "{\"starts_at\":5}",
    "{\"starts_at\":\"soon\"}",
    "{\"starts_at\":\"2026-11-03\",\"rrule\":{\"freq\":\"DAILY\"}}",
    "{\"starts_at\":\"2026-11-03\",\"rrule\":{\"freq\":\"WEEKLY\",\"interval\":\"x\"}}",
    "{\"starts_at\":\"2026-11-03\",\"rrule\":{\"freq\":\"WEEKLY\",\"except\":[7]}}",
};

/* It is published all the same, and happens on no day. */
START_TEST(test_events_unreadable_times)
{
    struct error err = {0};
    struct occurrence found;
    const struct document_row row = rows_document(1, DOCUMENT_EVENT, "f", unreadable[_i]);
    struct entry *entry = entry_new(&heap, &row, &err);
    ck_assert_ptr_nonnull(entry);
    ck_assert(!happening_next(&entry->facts.event->when, INT32_MIN, INT64_MIN, &found));
    ck_assert_int_eq(entry->modified_ms, -1);
    entry_release(entry);
}
END_TEST

START_TEST(test_events_malformed_facts)
{
    struct error err = {0};
    const struct document_row row = rows_document(1, DOCUMENT_EVENT, "f", "[1]");
    ck_assert_ptr_null(entry_new(&heap, &row, &err));
    ck_assert_str_eq(err.problems[0].code, "facts-malformed");
    const struct document_row cut = rows_document(1, DOCUMENT_EVENT, "f", "{\"name\":\"a\"");
    ck_assert_ptr_null(entry_new(&heap, &cut, &err));
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("events");
    TCase *tests = tcase_create("events");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_events_window, 0, COUNT_OF(windows));
    tcase_add_loop_test(tests, test_events_pages, 0, COUNT_OF(pages));
    tcase_add_test(tests, test_events_refusals);
    tcase_add_test(tests, test_events_too_many);
    tcase_add_test(tests, test_events_list);
    tcase_add_test(tests, test_events_of_service);
    tcase_add_test(tests, test_events_facts);
    tcase_add_loop_test(tests, test_events_unreadable_times, 0, COUNT_OF(unreadable));
    tcase_add_test(tests, test_events_malformed_facts);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
