/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * The pool and its transactions when the database is slow, frozen, restarted or gone: always an
 * answer in time.
 */
#include <check.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/store/transaction.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

#define BACKENDS                                                                                   \
    "FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'socio\\_%'"
#define ORGANIZATION_JSON(name)                                                                    \
    "{\"id\": \"" SAMPLE_ORGANIZATION "\", \"key\": \"pomoc\", \"municipality\": \"ostrava\","     \
    " \"name\": \"" name "\"}"

static struct database database;
static PGconn *observer;

static void setup_program(void)
{
    database_create(&database, "pool");
    database_migrate(&database);
}

static void teardown_program(void)
{
    database_drop(&database);
}

static void setup(void)
{
    database_empty(&database);
    observer = session_open(&database, NULL);
    sample_put_all(observer);
}

static void teardown(void)
{
    PQfinish(observer);
}

static struct store_tx *begin(struct store *store)
{
    struct error err = {0};
    struct store_tx *tx = store_tx_begin(store, "all", &err);
    ck_assert_msg(tx != NULL, "%s %s", err.problems[0].code, err.problems[0].argument[0]);
    return tx;
}

static struct store *open_store(int64_t statement_timeout_ms)
{
    struct error err = {0};
    struct store_settings settings = {.dsn = database.dsn,
                                      .role = STORE_ROLE_IMPORT,
                                      .connections = 2,
                                      .statement_timeout_ms = statement_timeout_ms};
    struct store *store = store_open(&settings, &err);
    ck_assert_ptr_nonnull(store);
    return store;
}

static struct store_record_key sample_key(enum store_kind kind, const char *id)
{
    struct store_record_key key = {.kind = kind};
    ck_assert(uuid_from_text(str_from(id), &key.id));
    return key;
}

START_TEST(test_pool_put_publish_commit)
{
    bool changed = false;
    int written = 0;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_record_key key = sample_key(STORE_ORGANIZATION, SAMPLE_ORGANIZATION);
    struct store_tx *tx = begin(store);
    ck_assert(store_put_organization(tx, ORGANIZATION_JSON("Nová"), &changed, &err));
    ck_assert(changed);
    ck_assert(store_publish(tx, &key, 1, &written, &err));
    ck_assert_int_eq(written, 3);
    ck_assert(store_tx_commit(tx, &err));
    store_tx_end(tx);
    tx = begin(store);
    ck_assert(store_put_organization(tx, ORGANIZATION_JSON("Nová"), &changed, &err));
    ck_assert(!changed);
    ck_assert(store_publish(tx, NULL, 0, &written, &err));
    ck_assert_int_eq(written, 0);
    store_tx_end(tx);
    /* One connection served both. */
    ck_assert_int_eq(session_number(observer, "SELECT count(*) " BACKENDS), 1);
}
END_TEST

START_TEST(test_pool_end_rolls_back)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *tx = begin(store);
    ck_assert(store_put_organization(tx, ORGANIZATION_JSON("Nikdy"), &changed, &err));
    store_tx_end(tx);
    store_tx_end(NULL);
    ck_assert_str_eq(session_value(observer, "SELECT name FROM listing.organization"), "Pomoc");
}
END_TEST

/* What a failed statement leaves behind cannot be committed, and does not stay in the pool. */
START_TEST(test_pool_failed_transaction)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *tx = begin(store);
    ck_assert(!store_put_organization(tx, "{\"id\": \"nonsense\"}", &changed, &err));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, "value-impossible");
    ck_assert_str_eq(err.problems[0].argument[0], "");
    ck_assert(!store_tx_commit(tx, &err));
    store_tx_end(tx);
    tx = begin(store);
    ck_assert(store_put_organization(tx, ORGANIZATION_JSON("Pomoc 2"), &changed, &err));
    store_tx_end(tx);
}
END_TEST

static const struct {
    const char *json;
    enum error_code code;
    const char *problem;
} bad_records[] = {
    {"{", ERROR_INVALID, "value-impossible"},
    {"{\"name\": \"\\u0000\"}", ERROR_MALFORMED, "text-malformed"},
    {"{\"name\": \"\xff\"}", ERROR_MALFORMED, "text-malformed"},
    {"{\"name\": \"without the rest\"}", ERROR_INVALID, "value-impossible"},
    {"{\"id\": \"00000000-0000-4000-8000-0000000000cc\", \"key\": \"pomoc\","
     " \"municipality\": \"ostrava\", \"name\": \"Táž\"}",
     ERROR_CONFLICT, "listing-key-taken"},
};

START_TEST(test_pool_bad_records)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *tx CLEANUP(store_tx_endp) = begin(store);
    ck_assert(!store_put_organization(tx, bad_records[_i].json, &changed, &err));
    ck_assert_int_eq(err.code, bad_records[_i].code);
    ck_assert_str_eq(err.problems[0].code, bad_records[_i].problem);
}
END_TEST

START_TEST(test_pool_missing_scope)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *tx CLEANUP(store_tx_endp) = store_tx_begin(store, NULL, &err);
    ck_assert_ptr_nonnull(tx);
    ck_assert(!store_put_organization(tx, ORGANIZATION_JSON("x"), &changed, &err));
    ck_assert_int_eq(err.code, ERROR_INTERNAL);
    ck_assert_str_eq(err.problems[0].code, "scope-missing");
}
END_TEST

START_TEST(test_pool_exhausted)
{
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *first CLEANUP(store_tx_endp) = begin(store);
    struct store_tx *second = begin(store);
    int64_t began = clock_monotonic_ms();
    ck_assert_ptr_null(store_tx_begin(store, "all", &err));
    int64_t took = clock_monotonic_ms() - began;
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "pool-exhausted");
    ck_assert_int_ge(took, 400);
    ck_assert_int_lt(took, 900); /* 500 and a busy machine */
    store_tx_end(second);
    struct store_tx *third CLEANUP(store_tx_endp) = begin(store);
}
END_TEST

/* A frozen server answers nothing and closes nothing: only our own clock ends the wait. */
START_TEST(test_pool_frozen_backend)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(300);
    struct store_tx *tx = begin(store);
    pid_t backend = (pid_t)session_number(observer, "SELECT pid " BACKENDS);
    ck_assert_int_eq(kill(backend, SIGSTOP), 0);
    int64_t began = clock_monotonic_ms();
    bool put = store_put_organization(tx, ORGANIZATION_JSON("Mráz"), &changed, &err);
    int64_t took = clock_monotonic_ms() - began;
    bool committed = !put && store_tx_commit(tx, &(struct error){0});
    store_tx_end(tx);
    struct store_tx *other = begin(store);
    store_tx_end(other);
    ck_assert_int_eq(kill(backend, SIGCONT), 0);
    ck_assert(!put && !committed);
    ck_assert_str_eq(err.problems[0].code, "database-timeout");
    ck_assert_int_lt(took, 1000);
    ck_assert_str_eq(session_value(observer, "SELECT name FROM listing.organization"), "Pomoc");
}
END_TEST

/* The same while it commits: then nobody knows. */
START_TEST(test_pool_frozen_commit)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(300);
    struct store_tx *tx = begin(store);
    ck_assert(store_put_organization(tx, ORGANIZATION_JSON("Snad"), &changed, &err));
    pid_t backend = (pid_t)session_number(observer, "SELECT pid " BACKENDS);
    ck_assert_int_eq(kill(backend, SIGSTOP), 0);
    bool committed = store_tx_commit(tx, &err);
    ck_assert_int_eq(kill(backend, SIGCONT), 0);
    store_tx_end(tx);
    ck_assert(!committed);
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "database-commit-unknown");
}
END_TEST

/* Idle connections that the server has closed meanwhile are replaced without anybody noticing. */
START_TEST(test_pool_replaces_dead_connections)
{
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *first = begin(store);
    struct store_tx *second = begin(store);
    store_tx_end(first);
    store_tx_end(second);
    session_do(observer, "SELECT pg_terminate_backend(pid) " BACKENDS);
    session_await(observer, "SELECT count(*) = 0 " BACKENDS);
    first = begin(store);
    second = begin(store);
    store_tx_end(first);
    store_tx_end(second);
}
END_TEST

START_TEST(test_pool_connection_dies_in_transaction)
{
    bool changed = false;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *tx = begin(store);
    session_do(observer, "SELECT pg_terminate_backend(pid) " BACKENDS);
    session_await(observer, "SELECT count(*) = 0 " BACKENDS);
    ck_assert(!store_put_organization(tx, ORGANIZATION_JSON("x"), &changed, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "database-away");
    ck_assert(!store_put_organization(tx, ORGANIZATION_JSON("x"), &changed, &err));
    store_tx_end(tx);
    tx = begin(store);
    store_tx_end(tx);
}
END_TEST

/* Somebody else holds the publishing lock: busy, not hanging. */
START_TEST(test_pool_publish_lock_is_busy)
{
    int written = 0;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(5000);
    struct store_record_key key = sample_key(STORE_SERVICE, SAMPLE_SERVICE);
    sample_begin(observer);
    session_do(observer, SAMPLE_PUBLISH("service", SAMPLE_SERVICE));
    struct store_tx *tx CLEANUP(store_tx_endp) = begin(store);
    ck_assert(!store_publish(tx, &key, 1, &written, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "database-busy");
    session_do(observer, "ROLLBACK");
}
END_TEST

START_TEST(test_pool_publish_limit)
{
    int written = 0;
    struct error err = {0};
    struct store *store CLEANUP(store_closep) = open_store(0);
    struct store_tx *tx CLEANUP(store_tx_endp) = begin(store);
    struct store_record_key *keys = calloc(STORE_PUBLISH_MAXIMUM + 1, sizeof *keys);
    ck_assert(!store_publish(tx, keys, STORE_PUBLISH_MAXIMUM + 1, &written, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert(store_publish(tx, keys, STORE_PUBLISH_MAXIMUM, &written, &err));
    ck_assert_int_eq(written, 0);
    free(keys);
}
END_TEST

/* The first host that answers is taken; a dead one costs its own time limit at most. */
START_TEST(test_pool_several_hosts)
{
    char dsn[600];
    char host[256] = "";
    struct error err = {0};
    PQconninfoOption *options = PQconninfoParse(database.dsn, NULL);
    for (PQconninfoOption *option = options; option->keyword != NULL; option++)
        if (strcmp(option->keyword, "host") == 0 && option->val != NULL)
            (void)snprintf(host, sizeof host, "%s", option->val);
    PQconninfoFree(options);
    (void)snprintf(dsn, sizeof dsn, "host=/nonexistent,%s dbname=%s", host, database.name);
    struct store_settings settings = {.dsn = dsn, .role = STORE_ROLE_WRITE};
    struct store *store CLEANUP(store_closep) = store_open(&settings, &err);
    int done = -1;
    ck_assert(store_publish_due(store, 1, &done, &err));
    ck_assert_int_eq(done, 0);
}
END_TEST

START_TEST(test_pool_unreachable)
{
    int done;
    struct error err = {0};
    struct store_settings settings = {.dsn = "host=/nonexistent", .role = STORE_ROLE_WRITE};
    struct store *store CLEANUP(store_closep) = store_open(&settings, &err);
    ck_assert_ptr_null(store_tx_begin(store, "all", &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "database-unreachable");
    ck_assert(!store_publish_due(store, 1, &done, &err));
    ck_assert(!store_drain_due(store, &done, &err));
    ck_assert(!store_prune(store, &done, &err));
    settings.dsn = "host='";
    ck_assert_ptr_null(store_open(&settings, &err));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, "database-dsn");
    store_close(NULL);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_pool");
    TCase *tests = tcase_create("pool");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_pool_put_publish_commit);
    tcase_add_test(tests, test_pool_end_rolls_back);
    tcase_add_test(tests, test_pool_failed_transaction);
    tcase_add_loop_test(tests, test_pool_bad_records, 0, COUNT_OF(bad_records));
    tcase_add_test(tests, test_pool_missing_scope);
    tcase_add_test(tests, test_pool_exhausted);
    tcase_add_test(tests, test_pool_frozen_backend);
    tcase_add_test(tests, test_pool_frozen_commit);
    tcase_add_test(tests, test_pool_replaces_dead_connections);
    tcase_add_test(tests, test_pool_connection_dies_in_transaction);
    tcase_add_test(tests, test_pool_publish_lock_is_busy);
    tcase_add_test(tests, test_pool_publish_limit);
    tcase_add_test(tests, test_pool_several_hosts);
    tcase_add_test(tests, test_pool_unreachable);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
