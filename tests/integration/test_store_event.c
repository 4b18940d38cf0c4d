/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * Events in the listing and as documents: what they embed, when they are over, who may write them.
 */
#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/store/transaction.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

#define EVENT "00000000-0000-4000-8000-0000000000e1"
#define PUT_EVENT(more)                                                                            \
    "SELECT listing.put_event('{\"id\": \"" EVENT                                                  \
    "\", \"key\": \"klub\", \"municipality\": \"ostrava\", \"organization\": \"pomoc\","           \
    " \"organization_id\": \"" SAMPLE_ORGANIZATION "\", \"name\": \"Klub\","                       \
    " \"source\": {\"url\": \"https://example.org/\", \"as_of\": \"2025\"}" more "}')"
#define PUBLISH_EVENT SAMPLE_PUBLISH("event", EVENT)
#define AT_SAMPLES                                                                                 \
    ", \"service\": \"poradna\", \"service_id\": \"" SAMPLE_SERVICE                                \
    "\", \"location\": \"dum\", \"location_id\": \"" SAMPLE_LOCATION "\""
#define EVENT_IS(column) "SELECT " column " FROM published.document WHERE kind = 'event'"
#define EVENT_BODY       EVENT_IS("body")
#define EVENT_GONE       EVENT_IS("deleted_at IS NOT NULL")

static struct database database;
static PGconn *session;

static void setup_program(void)
{
    database_create(&database, "event");
    database_migrate(&database);
}

static void teardown_program(void)
{
    database_drop(&database);
}

static void setup(void)
{
    session = sample_open(&database);
}

static void teardown(void)
{
    PQfinish(session);
}

START_TEST(test_event_is_published_once)
{
    const char *put = PUT_EVENT(AT_SAMPLES ", \"starts_at\": \"2026-11-24\", \"rrule\":"
                                           " {\"freq\": \"WEEKLY\", \"byday\": \"TU\"},"
                                           " \"check\": [\"Ověřit čas\"]");
    ck_assert_int_eq(sample_put_and_publish(&database, put, PUBLISH_EVENT), 1);
    ck_assert_int_eq(sample_put_and_publish(&database, put, PUBLISH_EVENT), 0);
    ck_assert_str_eq(session_value(session, "SELECT version FROM listing.event"), "1");
    ck_assert_str_eq(session_value(session, EVENT_IS("municipality")), "ostrava");
    ck_assert_str_eq(session_value(session, EVENT_IS("facts::json -> 'rrule' ->> 'byday'")), "TU");
    ck_assert_str_eq(session_value(session, EVENT_IS("facts::json ->> 'place'")),
                     SAMPLE_STREET ", Ostrava");
    ck_assert_str_eq(session_value(session, EVENT_IS("facts::json ->> 'district'")), "poruba");
    /* It names no situations, so those of its service count. */
    ck_assert_str_eq(session_value(session, EVENT_IS("facts::json ->> 'situations'")),
                     "[\"debt\"]");
    ck_assert_str_eq(session_value(session, EVENT_IS("body::json -> 'service' ->> 'name'")),
                     "Poradna");
    ck_assert_str_eq(session_value(session, EVENT_IS("body::json ->> 'last_modified'"
                                                     " = facts::json ->> 'modified'")),
                     "t");
    ck_assert_str_eq(session_value(session, EVENT_IS("facts || body || short LIKE '%Ověřit%'")),
                     "f");
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM admin.due"), "0");
}
END_TEST

/* When the last of it is over; local midnight and local times, also in summer. */
static const struct {
    const char *when;
    const char *over; /* "" for never */
} ends[] = {
    {"\"starts_at\": \"2999-01-07\"", "2999-01-07 23:00:00+00"},
    {"\"starts_at\": \"2999-07-07\"", "2999-07-07 22:00:00+00"},
    {"\"starts_at\": \"2999-07-07T09:00\"", "2999-07-07 22:00:00+00"},
    {"\"starts_at\": \"2999-07-07T09:00\", \"ends_at\": \"2999-07-07T10:30\"",
     "2999-07-07 08:30:00+00"},
    {"\"starts_at\": \"2999-07-07T22:00\", \"ends_at\": \"2999-07-08T02:00\"",
     "2999-07-08 00:00:00+00"},
    {"\"starts_at\": \"2999-07-07\", \"ends_at\": \"2999-07-09\", \"all_day\": true",
     "2999-07-09 22:00:00+00"},
    {"\"starts_at\": \"2023-10-24\", \"rrule\": {\"freq\": \"WEEKLY\", \"byday\": \"TU\"}", ""},
    {"\"starts_at\": \"2023-10-24\", \"rrule\": {\"freq\": \"WEEKLY\", \"until\": \"2999-01-07\"}",
     "2999-01-07 23:00:00+00"},
    {"\"starts_at\": \"2023-10-24T09:00\", \"ends_at\": \"2023-10-25T10:00\","
     " \"rrule\": {\"freq\": \"WEEKLY\", \"until\": \"2999-01-07\"}",
     "2999-01-08 09:00:00+00"},
};

START_TEST(test_event_is_due_when_over)
{
    char put[1200];
    (void)snprintf(put, sizeof put, PUT_EVENT(", %s"), ends[_i].when);
    session_do(session, "SET timezone = 'UTC'");
    ck_assert_int_eq(sample_put_and_publish(&database, put, PUBLISH_EVENT), 1);
    ck_assert_str_eq(session_value(session, "SELECT due_at FROM admin.due"), ends[_i].over);
}
END_TEST

START_TEST(test_event_goes_when_it_is_over)
{
    int done = 0;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_WRITE, 1);
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            PUT_EVENT(", \"starts_at\": \"2999-07-07T09:00\""),
                                            PUBLISH_EVENT),
                     1);
    long long seq = session_number(session, "SELECT max(seq) FROM published.document");
    ck_assert(store_drain_due(store, &done, &err));
    ck_assert_int_eq(done, 0);
    /* The moment comes; the tick needs no scope. */
    session_do(session, "UPDATE listing.event SET starts_at = '2020-07-07T09:00'");
    session_do(session, "UPDATE admin.due SET due_at = now() - interval '1 second'");
    ck_assert(store_drain_due(store, &done, &err));
    ck_assert_int_eq(done, 1);
    ck_assert_str_eq(session_value(session, EVENT_GONE), "t");
    ck_assert_str_eq(session_value(session, EVENT_BODY), "");
    ck_assert_int_eq(session_number(session, EVENT_IS("seq")), seq + 1);
    /* The record stays, nothing is due any more, and publishing it again writes nothing. */
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM listing.event"), "1");
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM admin.due"), "0");
    ck_assert_int_eq(sample_put_and_publish(&database, "SELECT 1", PUBLISH_EVENT), 0);
    /* It is put off, and is there again. */
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            PUT_EVENT(", \"starts_at\": \"2999-08-07T09:00\""),
                                            PUBLISH_EVENT),
                     1);
    ck_assert_str_eq(session_value(session, EVENT_GONE), "f");
}
END_TEST

/* What is over already when it comes in is kept and never shown. */
START_TEST(test_event_of_the_past)
{
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            PUT_EVENT(", \"starts_at\": \"2023-10-28T10:00\","
                                                      " \"ends_at\": \"2023-10-28T16:00\""),
                                            PUBLISH_EVENT),
                     0);
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM listing.event"), "1");
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM published.document"
                                            " WHERE kind = 'event'"),
                     "0");
}
END_TEST

START_TEST(test_event_follows_what_it_embeds)
{
    (void)sample_put_and_publish(&database, PUT_EVENT(AT_SAMPLES ", \"starts_at\": \"2999-07-07\""),
                                 PUBLISH_EVENT);
    (void)sample_put_and_publish(&database, SAMPLE_PUT_SERVICE(", \"name\": \"Nová poradna\""),
                                 SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    ck_assert_ptr_nonnull(strstr(session_value(session, EVENT_BODY), "Nová poradna"));
    (void)sample_put_and_publish(&database, SAMPLE_PUT_ORGANIZATION(", \"name\": \"Nová pomoc\""),
                                 SAMPLE_PUBLISH("organization", SAMPLE_ORGANIZATION));
    ck_assert_ptr_nonnull(strstr(session_value(session, EVENT_BODY), "Nová pomoc"));
    /* A place that becomes concealed leaves no address behind. */
    (void)sample_put_and_publish(&database,
                                 SAMPLE_PUT_LOCATION(", \"concealed\": true,"
                                                     " \"area\": [\"district:ostrava/poruba\"]"),
                                 SAMPLE_PUBLISH("location", SAMPLE_LOCATION));
    ck_assert_str_eq(
        session_value(session, EVENT_IS("facts || body || short ~ '" SAMPLE_STREET "|700 30'")),
        "f");
    ck_assert_str_eq(session_value(session, EVENT_IS("body::json -> 'place' ->> 'concealed'")),
                     "true");
}
END_TEST

/* A service that is closed for good has no events. */
START_TEST(test_event_of_a_defunct_service)
{
    (void)sample_put_and_publish(&database, PUT_EVENT(AT_SAMPLES ", \"starts_at\": \"2999-07-07\""),
                                 PUBLISH_EVENT);
    (void)sample_put_and_publish(
        &database, SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\", \"status\": \"defunct\""),
        SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    ck_assert_str_eq(session_value(session, EVENT_GONE), "t");
}
END_TEST

static const struct {
    const char *area;
    const char *municipality;
} municipality_rules[] = {
    {"", "ostrava"},
    {", \"area\": [\"municipality:brno\"]", "brno"},
    {", \"area\": [\"district:ostrava/poruba\", \"locality:ostrava/jilova\"]", "ostrava"},
    {", \"area\": [\"region:moravskoslezsky\"]", ""},
};

START_TEST(test_event_municipality)
{
    char put[1200];
    (void)snprintf(put, sizeof put, PUT_EVENT(", \"starts_at\": \"2999-07-07\"%s"),
                   municipality_rules[_i].area);
    (void)sample_put_and_publish(&database, put, PUBLISH_EVENT);
    ck_assert_str_eq(session_value(session, EVENT_IS("municipality")),
                     municipality_rules[_i].municipality);
}
END_TEST

START_TEST(test_event_removal)
{
    struct error err = {0};
    struct uuid id;
    bool changed = false;
    int written = 0;
    (void)sample_put_and_publish(&database, PUT_EVENT(AT_SAMPLES ", \"starts_at\": \"2999-07-07\""),
                                 PUBLISH_EVENT);
    /* Others need the service as long as the event is there. */
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_import");
    sample_begin(writer);
    ck_assert_str_eq(
        session_failure(writer, "SELECT listing.remove('service', '" SAMPLE_SERVICE "')"), "SP002");
    session_do(writer, "ROLLBACK");
    ck_assert(uuid_from_text(STR(EVENT), &id));
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_IMPORT, 1);
    struct store_tx *tx = store_tx_begin(store, "all", &err);
    const struct store_record_key key = {STORE_EVENT, id};
    ck_assert_ptr_nonnull(tx);
    ck_assert(store_remove(tx, STORE_EVENT, &id, &changed, &err));
    ck_assert(changed);
    ck_assert(store_publish(tx, &key, 1, &written, &err));
    ck_assert(store_tx_commit(tx, &err));
    store_tx_end(tx);
    ck_assert_int_eq(written, 1);
    ck_assert_str_eq(session_value(session, EVENT_GONE), "t");
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM admin.due"), "0");
}
END_TEST

START_TEST(test_event_put_through_the_store)
{
    struct error err = {0};
    bool changed = false;
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_WRITE, 1);
    struct store_tx *tx = store_tx_begin(store, "org:" SAMPLE_ORGANIZATION, &err);
    const char *json = "{\"id\": \"" EVENT "\", \"key\": \"klub\", \"municipality\": \"ostrava\","
                       " \"organization_id\": \"" SAMPLE_ORGANIZATION "\", \"name\": \"Klub\","
                       " \"starts_at\": \"2999-07-07\", \"source\": {\"name\": \"zápis\"}}";
    ck_assert_ptr_nonnull(tx);
    ck_assert(store_put_event(tx, json, &changed, &err));
    ck_assert(changed);
    ck_assert(store_put_event(tx, json, &changed, &err));
    ck_assert(!changed);
    store_tx_end(tx);
}
END_TEST

/* Only who sees the organisation sees its events. */
START_TEST(test_event_rights)
{
    (void)sample_put_and_publish(&database, PUT_EVENT(", \"starts_at\": \"2999-07-07\""),
                                 PUBLISH_EVENT);
    static const struct {
        const char *scope;
        const char *seen;
    } scopes[] = {{"all", "1"},
                  {"org:" SAMPLE_ORGANIZATION, "1"},
                  {"org:" SAMPLE_SERVICE, "0"},
                  {"city:ostrava", "1"},
                  {"city:brno", "0"}};
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_write");
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        char sql[160];
        session_do(writer, "BEGIN");
        (void)snprintf(sql, sizeof sql, "SELECT set_config('socio.scope', '%s', true)",
                       scopes[i].scope);
        session_do(writer, sql);
        ck_assert_str_eq(session_value(writer, "SELECT count(*) FROM listing.event"),
                         scopes[i].seen);
        session_do(writer, "ROLLBACK");
    }
    ck_assert_str_eq(session_failure(writer, "SELECT count(*) FROM listing.event"), "SP003");
    PGconn *reader CLEANUP(session_closep) = session_open(&database, "socio_read");
    ck_assert_str_eq(session_failure(reader, "SELECT count(*) FROM listing.event"), "42501");
}
END_TEST

static const struct {
    const char *more;
    const char *problem; /* or an SQLSTATE of PostgreSQL's own */
    const char *pointer;
} refusals[] = {
    {", \"starts_at\": \"2999-07-07\", \"situations\": [\"debt\", \"dragons\"]", "term-unknown",
     "/situations/1"},
    {", \"starts_at\": \"2999-07-07\", \"target_groups\": [\"dragons\"]", "term-unknown",
     "/target_groups/0"},
    {", \"starts_at\": \"2999-07-07\", \"service\": \"x\", \"service_id\": \"" SAMPLE_TERM "\"",
     "service-unknown", "/service"},
    {", \"starts_at\": \"2999-07-07\", \"location\": \"x\", \"location_id\": \"" SAMPLE_TERM "\"",
     "location-unknown", "/location"},
    {", \"starts_at\": \"2999-07-07\", \"organization_id\": \"" SAMPLE_TERM "\"",
     "organization-unknown", "/organization"},
    {", \"starts_at\": \"2999-07-07\", \"source\": {\"url\": \"ftp://x\"}", "uri-malformed",
     "/source/url"},
    {", \"starts_at\": \"tomorrow\"", "23514", ""},
    {"", "23502", ""},
};

START_TEST(test_event_refusals)
{
    char put[1200];
    (void)snprintf(put, sizeof put, PUT_EVENT("%s"), refusals[_i].more);
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_import");
    sample_begin(writer);
    PGresult *answer = PQexec(writer, put);
    const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    ck_assert_ptr_nonnull(state);
    if (strncmp(state, "SP", 2) == 0) {
        ck_assert_str_eq(PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY), refusals[_i].problem);
        ck_assert_str_eq(PQresultErrorField(answer, PG_DIAG_COLUMN_NAME), refusals[_i].pointer);
    } else {
        ck_assert_str_eq(state, refusals[_i].problem);
    }
    PQclear(answer);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_event");
    TCase *tests = tcase_create("event");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_event_is_published_once);
    tcase_add_loop_test(tests, test_event_is_due_when_over, 0, COUNT_OF(ends));
    tcase_add_test(tests, test_event_goes_when_it_is_over);
    tcase_add_test(tests, test_event_of_the_past);
    tcase_add_test(tests, test_event_follows_what_it_embeds);
    tcase_add_test(tests, test_event_of_a_defunct_service);
    tcase_add_loop_test(tests, test_event_municipality, 0, COUNT_OF(municipality_rules));
    tcase_add_test(tests, test_event_removal);
    tcase_add_test(tests, test_event_put_through_the_store);
    tcase_add_test(tests, test_event_rights);
    tcase_add_loop_test(tests, test_event_refusals, 0, COUNT_OF(refusals));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
