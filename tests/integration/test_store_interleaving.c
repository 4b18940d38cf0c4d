/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * Two writers at once: whatever the order of their steps, the published documents are the truth
 * afterwards.
 *
 * Each writer puts, publishes and commits on a connection of its own. Every one of the 20 orders of
 * the six steps is run. A step that has to wait is seen in pg_locks, not guessed from the time it
 * takes.
 */
#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/clock.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

enum { STEPS = 3, WRITERS = 2, ORDERS = 1 << (STEPS * WRITERS), STEP_MS = 10000 };

/* One side: its steps, how far it is, and whether the present one still waits for a lock. */
struct writer {
    const char *steps[STEPS];
    int next;
    bool waiting;
    PGconn *session;
};

static struct database database;
static PGconn *observer;

static void setup_program(void)
{
    database_create(&database, "interleaving");
    database_migrate(&database);
}

static void teardown_program(void)
{
    database_drop(&database);
}

static bool waits_for_lock(const struct writer *writer)
{
    char sql[128];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM pg_locks WHERE pid = %d AND NOT granted",
                   PQbackendPID(writer->session));
    return session_number(observer, sql) > 0;
}

/*
 * Until the step is done (true), or until it is known to wait for a lock (false, unless `patient`).
 */
static bool step_done(struct writer *writer, bool patient)
{
    struct timespec pause = {.tv_nsec = 500 * 1000};
    int64_t deadline = clock_monotonic_ms() + STEP_MS;
    for (;;) {
        ck_assert_int_eq(PQconsumeInput(writer->session), 1);
        if (!PQisBusy(writer->session))
            break;
        if (!patient && waits_for_lock(writer))
            return false;
        ck_assert_int_lt(clock_monotonic_ms(), deadline);
        (void)nanosleep(&pause, NULL);
    }
    for (PGresult *answer; (answer = PQgetResult(writer->session)) != NULL; PQclear(answer)) {
        ExecStatusType status = PQresultStatus(answer);
        ck_assert_msg(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK, "%s: %s",
                      writer->steps[writer->next], PQresultErrorMessage(answer));
    }
    writer->next++;
    writer->waiting = false;
    return true;
}

static void take_step(struct writer *writer)
{
    if (writer->waiting && !step_done(writer, false))
        return;
    if (writer->next == STEPS)
        return;
    ck_assert_int_eq(PQsendQuery(writer->session, writer->steps[writer->next]), 1);
    writer->waiting = true;
    (void)step_done(writer, false);
}

static void finish(struct writer *first, struct writer *second)
{
    while (first->next < STEPS || second->next < STEPS) {
        take_step(first);
        take_step(second);
    }
}

static int bits(int order)
{
    int count = 0;
    for (; order != 0; order >>= 1)
        count += order & 1;
    return count;
}

/* Runs the steps in one order: bit i says whose turn the i-th is. */
static void run_order(struct writer *first, struct writer *second, int order)
{
    struct writer *const writers[] = {first, second};
    for (int i = 0; i < WRITERS; i++) {
        writers[i]->next = 0;
        writers[i]->waiting = false;
        writers[i]->session = session_open(&database, "socio_import");
        sample_begin(writers[i]->session);
    }
    for (int turn = 0; turn < STEPS * WRITERS; turn++)
        take_step(writers[(order >> turn) & 1]);
    finish(first, second);
    PQfinish(first->session);
    PQfinish(second->session);
}

/*
 * Both orders of seq and every document are as a rendering of the listing from scratch would have
 * them.
 */
static void assert_truth(void)
{
    ck_assert_str_eq(
        session_value(
            observer,
            "SELECT count(*) FROM published.document d,"
            " published.render((d.kind, d.id)::published.key, d.facts::json ->> 'modified') r"
            " WHERE (d.facts, d.body, d.short) IS DISTINCT FROM (r.facts, r.body, r.short)"),
        "0");
}

static void each_order(struct writer *first, struct writer *second, void (*check)(void))
{
    observer = session_open(&database, NULL);
    for (int order = 0; order < ORDERS; order++) {
        if (bits(order) != STEPS)
            continue;
        database_empty(&database);
        sample_put_all(observer);
        run_order(first, second, order);
        assert_truth();
        check();
    }
    PQfinish(observer);
}

#define PUT_EDITED_SERVICE                                                                         \
    SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\", \"description\": \"Nově i v sobotu\"")

static void check_concealed_and_edited(void)
{
    ck_assert_str_eq(session_value(observer,
                                   "SELECT count(*) FROM published.document"
                                   " WHERE facts || body || short LIKE '%" SAMPLE_STREET "%'"
                                   " OR facts || body || short LIKE '%700 30%'"),
                     "0");
    ck_assert_str_eq(session_value(observer, "SELECT count(*) FROM listing.location"
                                             " WHERE address IS NOT NULL"),
                     "0");
    ck_assert_str_eq(session_value(observer, "SELECT body::json ->> 'description'"
                                             " FROM published.document WHERE kind = 'service'"),
                     "Nově i v sobotu");
}

START_TEST(test_conceal_against_edit)
{
    struct writer conceal = {
        .steps = {
            SAMPLE_PUT_LOCATION(", \"concealed\": true, \"area\": [\"municipality:ostrava\"]"),
            SAMPLE_PUBLISH("location", SAMPLE_LOCATION), "COMMIT"}};
    struct writer edit = {
        .steps = {PUT_EDITED_SERVICE, SAMPLE_PUBLISH("service", SAMPLE_SERVICE), "COMMIT"}};
    each_order(&conceal, &edit, check_concealed_and_edited);
}
END_TEST

static void check_renamed_and_edited(void)
{
    ck_assert_str_eq(
        session_value(observer,
                      "SELECT concat_ws('|', body::json #>> '{organization,name}',"
                      " short::json #>> '{organization,name}',"
                      " facts::json ->> 'organization_name', body::json ->> 'description')"
                      " FROM published.document WHERE kind = 'service'"),
        "Nová pomoc|Nová pomoc|Nová pomoc|Nově i v sobotu");
    ck_assert_str_eq(session_value(observer, "SELECT body::json #>> '{service,organization,name}'"
                                             " FROM published.document"
                                             " WHERE kind = 'service_at_location'"),
                     "Nová pomoc");
}

START_TEST(test_rename_against_edit)
{
    struct writer rename = {.steps = {SAMPLE_PUT_ORGANIZATION(", \"name\": \"Nová pomoc\""),
                                      SAMPLE_PUBLISH("organization", SAMPLE_ORGANIZATION),
                                      "COMMIT"}};
    struct writer edit = {
        .steps = {PUT_EDITED_SERVICE, SAMPLE_PUBLISH("service", SAMPLE_SERVICE), "COMMIT"}};
    each_order(&rename, &edit, check_renamed_and_edited);
}
END_TEST

/* The same record from two sides: one after the other, and what is published is what is stored. */
static void check_either(void)
{
    ck_assert_str_eq(session_value(observer,
                                   "SELECT d.body::json ->> 'name' = s.name AND s.version = 3"
                                   " FROM published.document d"
                                   " JOIN listing.service s ON s.id = d.id"),
                     "t");
}

START_TEST(test_edit_against_edit)
{
    struct writer first = {.steps = {SAMPLE_PUT_SERVICE(", \"name\": \"Jedna\""),
                                     SAMPLE_PUBLISH("service", SAMPLE_SERVICE), "COMMIT"}};
    struct writer second = {.steps = {SAMPLE_PUT_SERVICE(", \"name\": \"Druhá\""),
                                      SAMPLE_PUBLISH("service", SAMPLE_SERVICE), "COMMIT"}};
    each_order(&first, &second, check_either);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store_interleaving");
    TCase *tests = tcase_create("interleaving");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_test(tests, test_conceal_against_edit);
    tcase_add_test(tests, test_rename_against_edit);
    tcase_add_test(tests, test_edit_against_edit);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
