/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * The change feed: nothing is missed, whoever writes; a lost connection comes back; another history
 * is recognised.
 */
#include <check.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/store/feed.h"
#include "sociopoint/store/migrate.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

enum { WRITERS = 6, RECORDS = 40, ROUNDS = 10, FEED_DEADLINE_MS = 30000 };

/* What a node would hold: the newest seq of each record of the writers, by its number. */
struct copy {
    int64_t seq;
    int rows;
    int tombstones;
    char names[WRITERS * RECORDS][32];
};

static struct database database;

static void setup_program(void)
{
    database_create(&database, "feed");
    database_migrate(&database);
}

static void teardown_program(void)
{
    database_drop(&database);
}

static void setup(void)
{
    database_empty(&database);
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    sample_put_all(session);
}

static struct store_feed *open_feed(int64_t statement_timeout_ms)
{
    struct error err = {0};
    struct store_settings settings = {
        .dsn = database.dsn, .role = STORE_ROLE_READ, .statement_timeout_ms = statement_timeout_ms};
    struct store_feed *feed = store_feed_open(&settings, &err);
    ck_assert_ptr_nonnull(feed);
    return feed;
}

static struct store_feed_state check(struct store_feed *feed)
{
    struct store_feed_state state;
    struct error err = {0};
    bool checked = store_feed_check(feed, &state, &err);
    ck_assert_msg(checked, "%s %s", err.problems[0].code, err.problems[0].argument[0]);
    return state;
}

/* Takes the name out of the facts: {"name":"<number> <round>",... */
static void keep_name(struct copy *copy, struct str facts)
{
    char text[64];
    int number = -1;
    (void)str_copy_z(facts, text, sizeof text);
    if (sscanf(text, "{\"name\":\"%d ", &number) == 1 && number >= 0 && number < WRITERS * RECORDS)
        (void)sscanf(text, "{\"name\":\"%31[^\"]", copy->names[number]);
}

static bool apply(void *context, const struct store_feed_row *row, struct error *err)
{
    struct copy *copy = context;
    (void)err;
    ck_assert_int_gt(row->seq, copy->seq);
    copy->seq = row->seq;
    copy->rows++;
    copy->tombstones += row->deleted;
    ck_assert(row->deleted ? !str_present(row->body) && !str_present(row->facts)
                           : row->body.length > 2 && row->short_form.length > 2);
    if (row->kind == STORE_SERVICE && !row->deleted)
        keep_name(copy, row->facts);
    return true;
}

static void read_feed(struct store_feed *feed, struct copy *copy)
{
    struct error err = {0};
    bool done = store_feed_read(feed, copy->seq, apply, copy, &err);
    ck_assert_msg(done, "%s", err.problems[0].code);
}

START_TEST(test_feed_reads_everything_once)
{
    struct store_feed *feed = open_feed(0);
    struct copy *copy = calloc(1, sizeof *copy);
    ck_assert(!store_feed_connected(feed));
    struct store_feed_state state = check(feed);
    ck_assert(store_feed_connected(feed));
    read_feed(feed, copy);
    ck_assert_int_eq(copy->rows, 7);
    ck_assert_int_eq(copy->seq, state.maximum);
    read_feed(feed, copy);
    ck_assert_int_eq(copy->rows, 7);
    ck_assert_int_eq(store_feed_wait(feed, 10), STORE_FEED_TIMEOUT);
    free(copy);
    store_feed_close(feed);
}
END_TEST

static bool refuse(void *context, const struct store_feed_row *row, struct error *err)
{
    (void)context;
    (void)row;
    return error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
}

START_TEST(test_feed_callback_ends_reading)
{
    struct error err = {0};
    struct store_feed *feed = open_feed(0);
    ck_assert(!store_feed_read(feed, 0, refuse, NULL, &err));
    ck_assert_str_eq(err.problems[0].code, "database-away"); /* not checked yet */
    (void)check(feed);
    ck_assert(!store_feed_read(feed, 0, refuse, NULL, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    ck_assert_int_eq(store_feed_wait(feed, 5000), STORE_FEED_LOST);
    (void)check(feed);
    store_feed_close(feed);
}
END_TEST

static _Atomic int writers_running;

/* Several edits, each in its own transaction, some of them slow between the edit and the commit. */
static void *write_records(void *context)
{
    int writer = *(const int *)context;
    char sql[1024];
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_import");
    for (int round = 0; round < ROUNDS; round++) {
        int first = writer * RECORDS + round % 4 * 10;
        sample_begin(session);
        for (int number = first; number < first + 10; number++) {
            (void)snprintf(
                sql, sizeof sql,
                "SELECT listing.put_service(jsonb_build_object('id', md5('n%d')::uuid, 'key',"
                " 'n%d', 'municipality', 'ostrava', 'name', '%d %d', 'organization_id',"
                " '" SAMPLE_ORGANIZATION "'))",
                number, number, number, round);
            session_do(session, sql);
        }
        if ((round + writer) % 3 == 0)
            session_do(session, "SELECT pg_sleep(0.02)");
        (void)snprintf(sql, sizeof sql,
                       "SELECT published.publish(ARRAY(SELECT ('service', md5('n' || n)::uuid)"
                       "::published.key FROM generate_series(%d, %d) n))",
                       first, first + 9);
        session_do(session, sql);
        session_do(session, round % 5 == 4 ? "ROLLBACK" : "COMMIT");
    }
    writers_running--;
    return NULL;
}

/* Follows the feed as a node does until the writers are done and everything has been read. */
static void follow(struct store_feed *feed, struct copy *copy)
{
    int64_t deadline = clock_monotonic_ms() + FEED_DEADLINE_MS;
    for (;;) {
        bool last = writers_running == 0;
        (void)check(feed);
        read_feed(feed, copy);
        if (last)
            return;
        ck_assert_int_lt(clock_monotonic_ms(), deadline);
        (void)store_feed_wait(feed, 100);
    }
}

START_TEST(test_feed_misses_nothing)
{
    pthread_t threads[WRITERS];
    int numbers[WRITERS];
    int held = 0;
    struct store_feed *feed = open_feed(0);
    struct copy *copy = calloc(1, sizeof *copy);
    writers_running = WRITERS;
    for (int i = 0; i < WRITERS; i++) {
        numbers[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_records, &numbers[i]), 0);
    }
    follow(feed, copy);
    for (int i = 0; i < WRITERS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    for (int number = 0; number < WRITERS * RECORDS; number++) {
        char sql[128];
        (void)snprintf(sql, sizeof sql, "SELECT name FROM listing.service WHERE key = 'n%d'",
                       number);
        ck_assert_str_eq(copy->names[number], session_value(session, sql));
        held += copy->names[number][0] != '\0';
    }
    ck_assert_int_eq(held, WRITERS * RECORDS);
    free(copy);
    store_feed_close(feed);
}
END_TEST

/* Replay from any cursor is a superset of what came after it. */
START_TEST(test_feed_replay)
{
    struct store_feed *feed = open_feed(0);
    struct copy *copy = calloc(1, sizeof *copy);
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_import");
    int64_t cursor = check(feed).maximum;
    sample_begin(session);
    session_do(session, "SELECT listing.remove('service', '" SAMPLE_SERVICE "')");
    session_do(session, SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    session_do(session, "COMMIT");
    copy->seq = cursor;
    read_feed(feed, copy);
    ck_assert_int_eq(copy->rows, 3);
    ck_assert_int_eq(copy->tombstones, 2);
    copy->seq = cursor;
    read_feed(feed, copy);
    ck_assert_int_eq(copy->rows, 6);
    free(copy);
    store_feed_close(feed);
}
END_TEST

static void publish_edit(const char *name)
{
    char sql[1200];
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_import");
    (void)snprintf(sql, sizeof sql, SAMPLE_PUT_SERVICE(", \"name\": \"%s\""), name);
    sample_begin(session);
    session_do(session, sql);
    session_do(session, SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    session_do(session, "COMMIT");
}

START_TEST(test_feed_is_woken_by_changes)
{
    struct store_feed *feed = open_feed(0);
    (void)check(feed);
    publish_edit("Jinak");
    ck_assert_int_eq(store_feed_wait(feed, 5000), STORE_FEED_CHANGED);
    ck_assert_int_eq(store_feed_wait(feed, 20), STORE_FEED_TIMEOUT);
    publish_edit("Jinak"); /* changes nothing, wakes nobody */
    ck_assert_int_eq(store_feed_wait(feed, 50), STORE_FEED_TIMEOUT);
    store_feed_close(feed);
}
END_TEST

static void *wake_soon(void *context)
{
    struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    (void)nanosleep(&pause, NULL);
    store_feed_wake(context);
    return NULL;
}

START_TEST(test_feed_can_be_woken)
{
    pthread_t thread;
    struct store_feed *feed = open_feed(0);
    store_feed_wake(feed); /* without a connection, before the wait */
    ck_assert_int_eq(store_feed_wait(feed, 5000), STORE_FEED_WOKEN);
    (void)check(feed);
    ck_assert_int_eq(pthread_create(&thread, NULL, wake_soon, feed), 0);
    int64_t began = clock_monotonic_ms();
    ck_assert_int_eq(store_feed_wait(feed, 15000), STORE_FEED_WOKEN);
    ck_assert_int_lt(clock_monotonic_ms() - began, 5000);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    store_feed_close(feed);
}
END_TEST

static void kill_listeners(void)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    ck_assert_str_eq(session_value(session,
                                   "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                   " WHERE datname = current_database()"
                                   " AND usename = 'socio_read'"),
                     "1");
    session_await(session, "SELECT count(*) = 0 FROM pg_stat_activity"
                           " WHERE datname = current_database() AND usename = 'socio_read'");
}

START_TEST(test_feed_reconnects)
{
    struct error err = {0};
    struct store_feed_state state;
    struct store_feed *feed = open_feed(0);
    struct copy *copy = calloc(1, sizeof *copy);
    (void)check(feed);
    read_feed(feed, copy);
    kill_listeners();
    publish_edit("Mezitím");
    int64_t began = clock_monotonic_ms();
    ck_assert_int_eq(store_feed_wait(feed, 15000), STORE_FEED_LOST);
    ck_assert(!store_feed_connected(feed));
    (void)check(feed);
    int rows = copy->rows;
    read_feed(feed, copy);
    ck_assert_int_eq(copy->rows, rows + 2);
    ck_assert_int_lt(clock_monotonic_ms() - began, 5000);
    /* Killed between wait and check: the next check says so, and at once until the next attempt. */
    kill_listeners();
    ck_assert(!store_feed_check(feed, &state, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert(!store_feed_check(feed, &state, &err));
    ck_assert_int_eq(store_feed_wait(feed, 1), STORE_FEED_TIMEOUT);
    ck_assert_int_eq(store_feed_wait(feed, 15000), STORE_FEED_LOST);
    (void)check(feed);
    free(copy);
    store_feed_close(feed);
}
END_TEST

START_TEST(test_feed_another_history)
{
    struct error err = {0};
    struct store_feed *feed = open_feed(0);
    struct store_feed_state before = check(feed);
    ck_assert_uint_eq(strlen(before.epoch), STORE_EPOCH_SIZE - 1);
    ck_assert_str_eq(check(feed).epoch, before.epoch);
    ck_assert(store_renew_epoch(database.dsn, &err));
    ck_assert_int_eq(store_feed_wait(feed, 5000), STORE_FEED_CHANGED);
    ck_assert_str_ne(check(feed).epoch, before.epoch);
    store_feed_close(feed);
}
END_TEST

/* Pruning the newest tombstone does not make the maximum go back. */
START_TEST(test_feed_pruned)
{
    struct store_feed *feed = open_feed(0);
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    sample_begin(session);
    session_do(session, "SELECT listing.remove('service', '" SAMPLE_SERVICE "')");
    session_do(session, "SELECT listing.remove('location', '" SAMPLE_LOCATION "')");
    session_do(session, "SELECT listing.remove('organization', '" SAMPLE_ORGANIZATION "')");
    session_do(session, SAMPLE_PUBLISH("service", SAMPLE_SERVICE)); /* its organisation, too */
    session_do(session, "COMMIT");
    struct store_feed_state before = check(feed);
    session_do(session, "UPDATE published.document SET deleted_at = now() - interval '91 days'"
                        " WHERE deleted_at IS NOT NULL");
    session_do(session, "SELECT published.prune()");
    struct store_feed_state after = check(feed);
    ck_assert_int_eq(after.maximum, before.maximum);
    ck_assert_int_eq(after.pruned, before.maximum);
    store_feed_close(feed);
}
END_TEST

START_TEST(test_feed_without_database)
{
    struct error err = {0};
    struct store_feed_state state;
    struct store_settings settings = {.dsn = "host=/nonexistent", .role = STORE_ROLE_READ};
    struct store_feed *feed = store_feed_open(&settings, &err);
    ck_assert(!store_feed_check(feed, &state, &err));
    ck_assert_str_eq(err.problems[0].code, "database-unreachable");
    ck_assert(!store_feed_check(feed, &state, &err));
    ck_assert_str_eq(err.problems[0].code, "database-away");
    ck_assert_int_eq(store_feed_wait(feed, 5000), STORE_FEED_LOST);
    store_feed_close(feed);
    settings.dsn = "host";
    ck_assert_ptr_null(store_feed_open(&settings, &err));
    ck_assert_str_eq(err.problems[0].code, "database-dsn");
    store_feed_close(NULL);
}
END_TEST

/* A database that nobody has migrated. */
START_TEST(test_feed_without_schema)
{
    struct error err = {0};
    struct store_feed_state state;
    struct database bare;
    database_create(&bare, "bare");
    struct store_settings settings = {.dsn = bare.dsn, .role = STORE_ROLE_READ};
    struct store_feed *feed = store_feed_open(&settings, &err);
    bool checked = store_feed_check(feed, &state, &err);
    store_feed_close(feed);
    database_drop(&bare);
    ck_assert(!checked);
    ck_assert_str_eq(err.problems[0].code, "database-schema");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store_feed");
    TCase *tests = tcase_create("feed");
    tcase_set_timeout(tests, 90);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, test_feed_reads_everything_once);
    tcase_add_test(tests, test_feed_callback_ends_reading);
    tcase_add_test(tests, test_feed_misses_nothing);
    tcase_add_test(tests, test_feed_replay);
    tcase_add_test(tests, test_feed_is_woken_by_changes);
    tcase_add_test(tests, test_feed_can_be_woken);
    tcase_add_test(tests, test_feed_reconnects);
    tcase_add_test(tests, test_feed_another_history);
    tcase_add_test(tests, test_feed_pruned);
    tcase_add_test(tests, test_feed_without_database);
    tcase_add_test(tests, test_feed_without_schema);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
