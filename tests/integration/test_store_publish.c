/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * What publishing does and does not do: unchanged records, hidden changes, concealed places, due
 * documents, tombstones, refusals.
 */
#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/store/problems.h"
#include "sociopoint/store/transaction.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

#define MAXIMUM_SEQ  "SELECT max(seq) FROM published.document"
#define SERVICE_BODY "SELECT body FROM published.document WHERE kind = 'service'"

static struct database database;
static PGconn *session;

static void setup_program(void)
{
    database_create(&database, "publish");
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

START_TEST(test_publish_unchanged)
{
    long long seq = session_number(session, MAXIMUM_SEQ);
    char row[64];
    (void)snprintf(row, sizeof row, "%s",
                   session_value(session, "SELECT xmin || ' ' || version || ' ' || modified"
                                          " FROM listing.service"));
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\""),
                                            SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
                     0);
    ck_assert_int_eq(session_number(session, MAXIMUM_SEQ), seq);
    ck_assert_str_eq(session_value(session, "SELECT xmin || ' ' || version || ' ' || modified"
                                            " FROM listing.service"),
                     row);
}
END_TEST

/* What the city must check is in the listing and nowhere else, not even as a time of change. */
START_TEST(test_publish_hidden_change)
{
    long long seq = session_number(session, MAXIMUM_SEQ);
    session_do(session, "SELECT pg_sleep(1.1)"); /* published times have seconds */
    ck_assert_int_eq(
        sample_put_and_publish(
            &database, SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\", \"check\": [\"Ověřit hlas\"]"),
            SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
        0);
    ck_assert_str_eq(session_value(session, "SELECT version FROM listing.service"), "2");
    ck_assert_int_eq(session_number(session, MAXIMUM_SEQ), seq);
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            SAMPLE_PUT_SERVICE(", \"name\": \"Poradna 2\","
                                                               " \"check\": [\"Ověřit hlas\"]"),
                                            SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
                     2);
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM published.document"
                                            " WHERE facts || body || short LIKE '%Ověřit%'"),
                     "0");
    ck_assert_str_eq(session_value(session, "SELECT body::json ->> 'last_modified'"
                                            " = facts::json ->> 'modified'"
                                            " FROM published.document WHERE kind = 'service'"),
                     "t");
}
END_TEST

START_TEST(test_publish_refuses_repeatable_read)
{
    session_do(session, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    ck_assert_str_eq(session_failure(session, SAMPLE_PUBLISH("service", SAMPLE_SERVICE)), "SP004");
    session_do(session, "ROLLBACK");
    session_do(session, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    ck_assert_str_eq(session_failure(session, "SELECT published.prune()"), "SP004");
    session_do(session, "ROLLBACK");
}
END_TEST

/* The lock is not waited for longer than 2 s, whatever the role's own limit. */
START_TEST(test_publish_lock_timeout)
{
    PGconn *holder CLEANUP(session_closep) = session_open(&database, "socio_import");
    PGconn *waiter CLEANUP(session_closep) = session_open(&database, "socio_import");
    sample_begin(holder);
    session_do(holder, SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    sample_begin(waiter);
    session_do(waiter, "SET LOCAL lock_timeout = 0");
    ck_assert_str_eq(session_failure(waiter, SAMPLE_PUBLISH("service", SAMPLE_SERVICE)), "55P03");
}
END_TEST

START_TEST(test_publish_conceal_deletes_address)
{
    ck_assert_int_gt(
        sample_put_and_publish(&database,
                               SAMPLE_PUT_LOCATION(", \"concealed\": true,"
                                                   " \"area\": [\"district:ostrava/poruba\"]"),
                               SAMPLE_PUBLISH("location", SAMPLE_LOCATION)),
        0);
    ck_assert_str_eq(session_value(session, "SELECT address IS NULL AND concealed"
                                            " FROM listing.location"),
                     "t");
    ck_assert_str_eq(session_value(session,
                                   "SELECT count(*) FROM published.document"
                                   " WHERE facts || body || short ~ '" SAMPLE_STREET "|700 30'"),
                     "0");
    ck_assert_str_eq(session_value(session, "SELECT facts::json #>> '{places,0}'"
                                            " FROM published.document WHERE kind = 'service'"),
                     "{\"id\":\"" SAMPLE_PLACE "\",\"municipality\":\"ostrava\","
                     "\"district\":\"poruba\",\"concealed\":true}");
}
END_TEST

/* Coordinates go like the address; hours stay, they lead to no door. */
START_TEST(test_publish_concealing_removes_coordinates)
{
    static const char hours[] = ", \"schedules\": [{\"byday\": \"MO\"}]";
    char put[1000];
    (void)snprintf(put, sizeof put,
                   SAMPLE_PUT_LOCATION(SAMPLE_ADDRESS ", \"latitude\": 49.835123,"
                                                      " \"longitude\": 18.171234%s"),
                   hours);
    ck_assert_int_eq(
        sample_put_and_publish(&database, put, SAMPLE_PUBLISH("location", SAMPLE_LOCATION)), 2);
    (void)snprintf(put, sizeof put,
                   SAMPLE_PUT_LOCATION(", \"concealed\": true,"
                                       " \"area\": [\"district:ostrava/poruba\"]%s"),
                   hours);
    ck_assert_int_eq(
        sample_put_and_publish(&database, put, SAMPLE_PUBLISH("location", SAMPLE_LOCATION)), 2);
    ck_assert_str_eq(session_value(session, "SELECT num_nonnulls(latitude, longitude, address)"
                                            " FROM listing.location"),
                     "0");
    ck_assert_str_eq(
        session_value(session, "SELECT count(*) FROM published.document WHERE facts || body ||"
                               " short ~ '49\\.8|18\\.17|latitude|longitude|" SAMPLE_STREET "'"),
        "0");
    ck_assert_str_eq(session_value(session, "SELECT facts::json #>> '{places,0,schedules,0,byday}'"
                                            " FROM published.document WHERE kind = 'service'"),
                     "MO");
}
END_TEST

static const struct {
    const char *more;
    const char *pointer;
} concealed_with[] = {
    {SAMPLE_ADDRESS, "/address"},
    {", \"address\": {\"city\": \"Ostrava\"}", "/address"},
    {", \"street\": \"Tajná 13\"", "/street"},
    {", \"postal_code\": \"700 30\"", "/postal_code"},
    {", \"locality\": \"jirska-24\"", "/locality"},
    {", \"latitude\": 49.8", "/latitude"},
    {", \"longitude\": 18.2", "/longitude"},
    {", \"area\": [\"locality:ostrava/jirska-24\"]", "/area"},
};

/* Through the store, as the import does it; the street stands in no error. */
START_TEST(test_publish_refuses_concealed_address)
{
    char json[600];
    bool changed;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_IMPORT, 1);
    struct store_tx *tx CLEANUP(store_tx_endp) = store_tx_begin(store, "all", &err);
    ck_assert_ptr_nonnull(tx);
    (void)snprintf(json, sizeof json,
                   "{\"id\": \"" SAMPLE_LOCATION
                   "\", \"key\": \"dum\", \"municipality\": \"ostrava\","
                   " \"organization_id\": \"" SAMPLE_ORGANIZATION "\", \"concealed\": true%s}",
                   concealed_with[_i].more);
    ck_assert(!store_put_location(tx, json, &changed, &err));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, "location-concealed-address");
    ck_assert_str_eq(err.problems[0].pointer, concealed_with[_i].pointer);
    ck_assert_str_eq(err.problems[0].argument[0], "");
}
END_TEST

/* Even around put_location. */
START_TEST(test_publish_concealed_constraint)
{
    ck_assert_str_eq(session_failure(session, "UPDATE listing.location SET concealed = true"),
                     "23514");
}
END_TEST

START_TEST(test_publish_alert_ends_by_itself)
{
    PGconn *ticker CLEANUP(session_closep) = session_open(&database, "socio_write");
    ck_assert_int_eq(
        sample_put_and_publish(&database,
                               SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\","
                                                  " \"alert\": \"Dnes zavřeno\","
                                                  " \"alert_until\": \"2999-01-01T00:00:00Z\""),
                               SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
        2);
    ck_assert_ptr_nonnull(strstr(session_value(session, SERVICE_BODY), "Dnes zavřeno"));
    ck_assert_int_eq(session_number(session, "SELECT count(*) FROM admin.due"), 2);
    ck_assert_int_eq(session_number(ticker, "SELECT published.publish_due(10)"), 0);
    /* The moment comes; the tick needs no scope. */
    session_do(session, "UPDATE listing.service SET alert_until = now() - interval '1 second'");
    session_do(session, "UPDATE admin.due SET due_at = now() - interval '1 second'");
    ck_assert_int_eq(session_number(ticker, "SELECT published.publish_due(10)"), 2);
    ck_assert_ptr_null(strstr(session_value(session, SERVICE_BODY), "Dnes zavřeno"));
    ck_assert_int_eq(session_number(session, "SELECT count(*) FROM admin.due"), 0);
}
END_TEST

START_TEST(test_publish_many_dependents_are_due)
{
    int done = 0;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_WRITE, 1);
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_import");
    sample_begin(writer);
    session_do(writer,
               "INSERT INTO listing.service (id, key, organization_id, municipality, name, source)"
               " SELECT md5('s' || n)::uuid, 's' || n, '" SAMPLE_ORGANIZATION "', 'ostrava',"
               " 'Služba ' || n, '{}' FROM generate_series(1, 250) n");
    for (int first = 1; first <= 250; first += 125) {
        char sql[256];
        (void)snprintf(sql, sizeof sql,
                       "SELECT published.publish(ARRAY(SELECT ('service', md5('s' || n)::uuid)"
                       "::published.key FROM generate_series(%d, %d) n))",
                       first, first + 124);
        session_do(writer, sql);
    }
    session_do(writer, "COMMIT");
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            SAMPLE_PUT_ORGANIZATION(", \"name\": \"Nová pomoc\""),
                                            SAMPLE_PUBLISH("organization", SAMPLE_ORGANIZATION)),
                     1);
    ck_assert_int_eq(session_number(session, "SELECT count(*) FROM admin.due"), 252);
    ck_assert(store_drain_due(store, &done, &err));
    ck_assert_int_eq(done, 252);
    ck_assert_str_eq(session_value(session,
                                   "SELECT count(*) FROM published.document"
                                   " WHERE facts::json ->> 'organization_name' = 'Nová pomoc'"),
                     "251");
}
END_TEST

/* Names of areas stand in documents; a renamed one is followed by them. */
START_TEST(test_publish_renamed_area)
{
    int done = 0;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_IMPORT, 1);
    ck_assert_int_eq(
        sample_put_and_publish(&database,
                               "SELECT listing.put_area('{\"code\": \"district:ostrava/poruba\","
                               " \"name\": \"Nová Poruba\", \"part_of\":"
                               " \"municipality:ostrava\"}')",
                               "SELECT published.publish('{}')"),
        0);
    ck_assert(store_drain_due(store, &done, &err));
    ck_assert_int_eq(done, 7);
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM published.document"
                                            " WHERE body LIKE '%\"region\":\"Nová Poruba\"%'"),
                     "2");
    ck_assert(store_drain_due(store, &done, &err));
    ck_assert_int_eq(done, 0);
}
END_TEST

START_TEST(test_publish_tombstones)
{
    long long seq = session_number(session, MAXIMUM_SEQ);
    /* Service and place become tombstones, the organisation loses the terms of the service. */
    ck_assert_int_eq(
        sample_put_and_publish(&database, "SELECT listing.remove('service', '" SAMPLE_SERVICE "')",
                               SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
        3);
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM published.document"
                                            " WHERE deleted_at IS NOT NULL AND body IS NULL"
                                            " AND facts IS NULL AND short IS NULL"
                                            " AND kind IN ('service', 'service_at_location')"),
                     "2");
    ck_assert_int_eq(session_number(session, MAXIMUM_SEQ), seq + 3);
    /* Removing it again, or publishing it again, changes nothing. */
    ck_assert_int_eq(
        sample_put_and_publish(&database, "SELECT listing.remove('service', '" SAMPLE_SERVICE "')",
                               SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
        0);
    /* And it can come back. */
    ck_assert_int_eq(sample_put_and_publish(&database,
                                            SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\""),
                                            SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
                     3);
    ck_assert_ptr_nonnull(strstr(session_value(session, SERVICE_BODY), "Poradna"));
}
END_TEST

START_TEST(test_publish_prune)
{
    int removed = -1;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = database_store(&database, STORE_ROLE_WRITE, 1);
    ck_assert_int_gt(
        sample_put_and_publish(&database, "SELECT listing.remove('service', '" SAMPLE_SERVICE "')",
                               SAMPLE_PUBLISH("service", SAMPLE_SERVICE)),
        0);
    ck_assert(store_prune(store, &removed, &err));
    ck_assert_int_eq(removed, 0);
    session_do(session, "UPDATE published.document SET deleted_at = now() - interval '91 days'"
                        " WHERE deleted_at IS NOT NULL");
    long long seq = session_number(
        session, "SELECT max(seq) FROM published.document WHERE deleted_at IS NOT NULL");
    ck_assert(store_prune(store, &removed, &err));
    ck_assert_int_eq(removed, 2);
    ck_assert_int_eq(session_number(session, "SELECT pruned_seq FROM published.state"), seq);
}
END_TEST

/* A place that a service gives up, and an organisation it leaves. */
START_TEST(test_publish_what_no_longer_embeds)
{
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_import");
    sample_begin(writer);
    session_do(writer,
               "SELECT listing.put_organization('{\"id\": \"00000000-0000-4000-8000-0000000000aa\","
               " \"key\": \"jina\", \"municipality\": \"ostrava\", \"name\": \"Jiná\"}')");
    session_do(writer,
               "SELECT listing.put_service('{\"id\": \"" SAMPLE_SERVICE "\", \"key\": \"poradna\","
               " \"municipality\": \"ostrava\", \"name\": \"Poradna\","
               " \"organization_id\": \"00000000-0000-4000-8000-0000000000aa\","
               " \"situations\": [\"debt\"]}')");
    session_do(writer, SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    session_do(writer, "COMMIT");
    ck_assert_str_eq(session_value(session, "SELECT deleted_at IS NOT NULL FROM published.document"
                                            " WHERE kind = 'service_at_location'"),
                     "t");
    ck_assert_str_eq(session_value(session, "SELECT facts::json ->> 'terms' FROM published.document"
                                            " WHERE id = '" SAMPLE_ORGANIZATION "'"),
                     "");
    ck_assert_str_eq(session_value(session, "SELECT facts::json ->> 'terms' FROM published.document"
                                            " WHERE id = '00000000-0000-4000-8000-0000000000aa'"),
                     "[\"" SAMPLE_TERM "\"]");
}
END_TEST

static const struct {
    const char *area;
    const char *municipality;
} municipality_rules[] = {
    {"", "ostrava"},
    {", \"area\": [\"municipality:ostrava\"]", "ostrava"},
    {", \"area\": [\"district:ostrava/poruba\", \"locality:ostrava/jilova\"]", "ostrava"},
    {", \"area\": [\"municipality:brno\"]", "brno"},
    {", \"area\": [\"municipality:brno\", \"district:ostrava/poruba\"]", ""},
    {", \"area\": [\"region:moravskoslezsky\"]", ""},
    {", \"area\": [\"cz\"]", ""},
    {", \"area\": [\"cz\", \"municipality:ostrava\"]", ""},
};

START_TEST(test_publish_municipality)
{
    char put[1200];
    (void)snprintf(put, sizeof put, SAMPLE_PUT_SERVICE(", \"name\": \"Jinak\"%s"),
                   municipality_rules[_i].area);
    ck_assert_int_gt(
        sample_put_and_publish(&database, put, SAMPLE_PUBLISH("service", SAMPLE_SERVICE)), 0);
    ck_assert_str_eq(session_value(session, "SELECT municipality FROM published.document"
                                            " WHERE kind = 'service'"),
                     municipality_rules[_i].municipality);
}
END_TEST

static const struct {
    const char *put;
    const char *problem;
    const char *pointer;
    const char *argument;
} refusals[] = {
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"email\": \"á@b.cz\""), "email-malformed", "/email",
     "á@b.cz"},
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"emails\": [\"a@b.cz\", \"a b@c.cz\"]"),
     "email-malformed", "/emails/1", "a b@c.cz"},
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"email\": \"a@b\""), "email-malformed", "/email",
     "a@b"},
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"url\": \"www.b.cz\""), "uri-malformed", "/url",
     "www.b.cz"},
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"url\": \"https://b.cz/žádost\""), "uri-malformed",
     "/url", "https://b.cz/žádost"},
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"url\": \"https://b.cz/%zz\""), "uri-malformed",
     "/url", "https://b.cz/%zz"},
    {SAMPLE_PUT_SERVICE(", \"name\": \"x\", \"contact_source\": {\"url\": \"ftp://b.cz\"}"),
     "uri-malformed", "/contact_source/url", "ftp://b.cz"},
    {SAMPLE_PUT_ORGANIZATION(", \"name\": \"x\", \"website\": \"b\""), "uri-malformed", "/website",
     "b"},
    {"SELECT listing.put_service('{\"id\": \"" SAMPLE_SERVICE
     "\", \"key\": \"poradna\", \"name\": \"x\","
     " \"municipality\": \"ostrava\", \"organization_id\": \"" SAMPLE_ORGANIZATION "\","
     " \"situations\": [\"debt\", \"dragons\"]}')",
     "term-unknown", "/situations/1", "dragons"},
    {"SELECT listing.put_service('{\"id\": \"" SAMPLE_SERVICE
     "\", \"key\": \"poradna\", \"name\": \"x\","
     " \"municipality\": \"ostrava\", \"organization_id\": \"" SAMPLE_ORGANIZATION "\","
     " \"kind\": \"99\"}')",
     "term-unknown", "/kind", "99"},
    {"SELECT listing.put_service('{\"id\": \"" SAMPLE_SERVICE
     "\", \"key\": \"poradna\", \"name\": \"x\","
     " \"municipality\": \"ostrava\", \"organization\": \"nikdo\","
     " \"organization_id\": \"" SAMPLE_TERM "\"}')",
     "organization-unknown", "/organization", "nikdo"},
    {"SELECT listing.put_service('{\"id\": \"" SAMPLE_SERVICE
     "\", \"key\": \"poradna\", \"name\": \"x\","
     " \"municipality\": \"ostrava\", \"organization_id\": \"" SAMPLE_ORGANIZATION "\","
     " \"locations\": [\"nikde\"], \"location_ids\": [\"" SAMPLE_TERM "\"],"
     " \"service_at_location_ids\": [\"" SAMPLE_PLACE "\"]}')",
     "location-unknown", "/locations/0", "nikde"},
    {SAMPLE_PUT_LOCATION(", \"area\": [\"municipality:ostrava\"]"), "location-area-not-concealed",
     "/area", ""},
    {"SELECT listing.put_term('{\"id\": \"" SAMPLE_TERM
     "\", \"taxonomy\": \"colours\", \"key\": \"x\","
     " \"name\": \"x\"}')",
     "taxonomy-unknown", "/taxonomy", "colours"},
    {"SELECT listing.remove('planet', '" SAMPLE_TERM "')", "kind-unknown", "", "planet"},
    {"SELECT listing.remove('organization', '" SAMPLE_ORGANIZATION "')", "listing-in-use", "",
     "organization"},
    {"SELECT listing.remove('location', '" SAMPLE_LOCATION "')", "listing-in-use", "", "location"},
    {"SELECT listing.remove('taxonomy_term', '" SAMPLE_TERM "')", "listing-in-use", "",
     "taxonomy_term"},
    {"SELECT listing.remove('taxonomy', '" SAMPLE_TAXONOMY "')", "listing-in-use", "", "taxonomy"},
};

static bool is_known_problem(const char *code)
{
    for (size_t i = 0; i < store_problem_count; i++)
        if (strcmp(store_problems[i].code, code) == 0)
            return true;
    return false;
}

START_TEST(test_publish_refusals)
{
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_import");
    sample_begin(writer);
    PGresult *answer = PQexec(writer, refusals[_i].put);
    ck_assert_str_eq(PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY), refusals[_i].problem);
    ck_assert_str_eq(PQresultErrorField(answer, PG_DIAG_COLUMN_NAME) != NULL
                         ? PQresultErrorField(answer, PG_DIAG_COLUMN_NAME)
                         : "",
                     refusals[_i].pointer);
    ck_assert_str_eq(PQresultErrorField(answer, PG_DIAG_CONSTRAINT_NAME) != NULL
                         ? PQresultErrorField(answer, PG_DIAG_CONSTRAINT_NAME)
                         : "",
                     refusals[_i].argument);
    ck_assert(is_known_problem(refusals[_i].problem));
    PQclear(answer);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_publish");
    TCase *tests = tcase_create("publish");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_publish_unchanged);
    tcase_add_test(tests, test_publish_hidden_change);
    tcase_add_test(tests, test_publish_refuses_repeatable_read);
    tcase_add_test(tests, test_publish_lock_timeout);
    tcase_add_test(tests, test_publish_conceal_deletes_address);
    tcase_add_test(tests, test_publish_concealing_removes_coordinates);
    tcase_add_loop_test(tests, test_publish_refuses_concealed_address, 0, COUNT_OF(concealed_with));
    tcase_add_test(tests, test_publish_concealed_constraint);
    tcase_add_test(tests, test_publish_alert_ends_by_itself);
    tcase_add_test(tests, test_publish_many_dependents_are_due);
    tcase_add_test(tests, test_publish_renamed_area);
    tcase_add_test(tests, test_publish_tombstones);
    tcase_add_test(tests, test_publish_prune);
    tcase_add_test(tests, test_publish_what_no_longer_embeds);
    tcase_add_loop_test(tests, test_publish_municipality, 0, COUNT_OF(municipality_rules));
    tcase_add_loop_test(tests, test_publish_refusals, 0, COUNT_OF(refusals));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
