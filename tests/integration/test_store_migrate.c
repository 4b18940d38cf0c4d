/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * sociopoint migrate against a real cluster: once, twice, dry, at the same time, and everything it
 * must refuse.
 */
#include <check.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/store/migrate.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

struct counts {
    int pending;
    int applied;
    int republished;
};

static struct database database;
static char folder[] = "/tmp/sociopoint-migrations-XXXXXX";

static void setup(void)
{
    database_create(&database, "migrate");
}

static void teardown(void)
{
    database_drop(&database);
}

static void count_event(void *context, enum store_migrate_event event, const char *name,
                        size_t done, size_t total)
{
    struct counts *counts = context;
    ck_assert_uint_le(done, total);
    ck_assert(name != NULL || event == STORE_MIGRATE_REPUBLISHED);
    counts->pending += event == STORE_MIGRATE_PENDING;
    counts->applied += event == STORE_MIGRATE_APPLIED;
    counts->republished += event == STORE_MIGRATE_REPUBLISHED;
}

static bool migrate(const char *directory, bool dry_run, struct counts *counts, struct error *err)
{
    struct store_migrate_options options = {.dsn = database.dsn,
                                            .directory = directory,
                                            .dry_run = dry_run,
                                            .report = count_event,
                                            .context = counts};
    *counts = (struct counts){0};
    *err = (struct error){0};
    return store_migrate(&options, err);
}

static void assert_refused(const char *directory, enum error_code code, const char *problem,
                           const char *pointer)
{
    struct counts counts;
    struct error err;
    ck_assert(!migrate(directory, false, &counts, &err));
    ck_assert_int_eq(err.code, code);
    ck_assert_str_eq(err.problems[0].code, problem);
    ck_assert_str_eq(err.problems[0].pointer, pointer);
    ck_assert_int_eq(counts.applied, 0);
}

START_TEST(test_migrate_twice)
{
    struct counts counts;
    struct error err;
    ck_assert_msg(migrate(database_migrations(), false, &counts, &err), "%s %s %s",
                  err.problems[0].code, err.problems[0].pointer, err.problems[0].argument[1]);
    ck_assert_int_gt(counts.applied, 5);
    ck_assert(migrate(database_migrations(), false, &counts, &err));
    ck_assert_int_eq(counts.applied, 0);
    ck_assert_int_eq(counts.republished, 0);
}
END_TEST

START_TEST(test_migrate_dry_run)
{
    struct counts counts;
    struct error err;
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    ck_assert(migrate(database_migrations(), true, &counts, &err));
    ck_assert_int_gt(counts.pending, 5);
    ck_assert_int_eq(counts.applied, 0);
    ck_assert_str_eq(session_value(session, "SELECT count(*) FROM pg_namespace"
                                            " WHERE nspname IN ('admin', 'listing', 'published')"),
                     "0");
    database_migrate(&database);
    session_do(session,
               "UPDATE admin.migration SET checksum = 'x' WHERE name = 'R_40_publish.sql'");
    ck_assert(migrate(database_migrations(), true, &counts, &err));
    ck_assert_int_eq(counts.pending, 1);
}
END_TEST

START_TEST(test_migrate_refuses_changed_history)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    database_migrate(&database);
    session_do(session,
               "UPDATE admin.migration SET checksum = 'x' WHERE name = '0002_listing.sql'");
    assert_refused(database_migrations(), ERROR_CONFLICT, "migration-changed", "0002_listing.sql");
}
END_TEST

START_TEST(test_migrate_refuses_newer_history)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    database_migrate(&database);
    session_do(session,
               "INSERT INTO admin.migration (name, checksum) VALUES ('9998_later.sql', 'x')");
    assert_refused(database_migrations(), ERROR_CONFLICT, "migration-unknown", "9998_later.sql");
}
END_TEST

START_TEST(test_migrate_refuses_late_file)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    database_migrate(&database);
    session_do(session, "DELETE FROM admin.migration WHERE name = '0002_listing.sql'");
    assert_refused(database_migrations(), ERROR_CONFLICT, "migration-out-of-order",
                   "0002_listing.sql");
}
END_TEST

/* A rendering that has changed: the documents follow, in the same run. */
START_TEST(test_migrate_republishes)
{
    struct counts counts;
    struct error err;
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    database_migrate(&database);
    sample_put_all(session);
    long long seq = session_number(session, "SELECT max(seq) FROM published.document");
    session_do(session, "UPDATE published.document SET body = '{}' WHERE kind = 'service'");
    session_do(session,
               "UPDATE admin.migration SET checksum = 'x' WHERE name = 'R_31_render_service.sql'");
    ck_assert(migrate(database_migrations(), false, &counts, &err));
    ck_assert_int_eq(counts.applied, 1);
    ck_assert_int_gt(counts.republished, 0);
    ck_assert_str_eq(session_value(session, "SELECT body::json ->> 'name' FROM published.document"
                                            " WHERE kind = 'service'"),
                     "Poradna");
    /* Only the document that differed moved. */
    ck_assert_int_eq(session_number(session, "SELECT max(seq) FROM published.document"), seq + 1);
    ck_assert_int_eq(session_number(session, "SELECT count(*) FROM admin.due"), 0);
}
END_TEST

static void write_file(const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void remove_folder(void)
{
    static const char *const names[] = {"0001_good.sql", "0002_bad.sql", "0002_good.sql",
                                        "1_short.sql"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

START_TEST(test_migrate_failing_file)
{
    struct counts counts;
    struct error err;
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file("0001_good.sql", "CREATE TABLE public.good ();\n");
    write_file("0002_bad.sql",
               "CREATE TABLE public.half ();\n-- řádek s háčky\nSELECT nonsense;\n");
    bool migrated = migrate(folder, false, &counts, &err);
    remove_folder();
    ck_assert(!migrated);
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, "migration-failed");
    ck_assert_str_eq(err.problems[0].pointer, "0002_bad.sql:3");
    ck_assert_str_eq(err.problems[0].argument[0], "42703");
    ck_assert_int_eq(counts.applied, 1);
    /* The first one stays, of the second nothing does. */
    ck_assert_str_eq(session_value(session, "SELECT string_agg(name, ' ') FROM admin.migration"),
                     "0001_good.sql");
    ck_assert_str_eq(session_value(session, "SELECT to_regclass('public.half') IS NULL"), "t");
}
END_TEST

START_TEST(test_migrate_bad_files)
{
    assert_refused("/nonexistent", ERROR_INVALID, "migration-directory-unreadable", "/nonexistent");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    assert_refused(folder, ERROR_INVALID, "migration-directory-unreadable", folder);
    write_file("1_short.sql", "");
    assert_refused(folder, ERROR_INVALID, "migration-name", "1_short.sql");
    remove_folder();
}
END_TEST

START_TEST(test_migrate_two_of_one_number)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file("0002_bad.sql", "");
    write_file("0002_good.sql", "");
    assert_refused(folder, ERROR_INVALID, "migration-name", "0002_good.sql");
    remove_folder();
}
END_TEST

/*
 * One of several nodes: its counts, and the folder, which is asked for once because the answer is
 * static.
 */
struct node {
    struct counts counts;
    const char *directory;
};

static void *migrate_thread(void *context)
{
    struct node *node = context;
    struct error err;
    ck_assert_msg(migrate(node->directory, false, &node->counts, &err), "%s %s %s",
                  err.problems[0].code, err.problems[0].pointer, err.problems[0].argument[1]);
    return NULL;
}

/* Nodes that start together: one does the work, the others wait and find it done. */
START_TEST(test_migrate_at_the_same_time)
{
    enum { NODES = 3 };
    struct node nodes[NODES];
    pthread_t threads[NODES];
    int applied = 0;
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    for (int i = 0; i < NODES; i++)
        nodes[i].directory = database_migrations();
    for (int i = 0; i < NODES; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, migrate_thread, &nodes[i]), 0);
    for (int i = 0; i < NODES; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        applied += nodes[i].counts.applied;
    }
    ck_assert_int_eq(applied, session_number(session, "SELECT count(*) FROM admin.migration"));
}
END_TEST

START_TEST(test_migrate_after_restore_renews_epoch)
{
    char before[64];
    struct error err = {0};
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    database_migrate(&database);
    (void)snprintf(before, sizeof before, "%s", session_value(session, "SELECT published.epoch()"));
    ck_assert_str_eq(session_value(session, "SELECT published.epoch()"), before);
    ck_assert(store_renew_epoch(database.dsn, &err));
    ck_assert_str_ne(session_value(session, "SELECT published.epoch()"), before);
}
END_TEST

START_TEST(test_migrate_unreachable)
{
    struct counts counts;
    struct store_migrate_options options = {.dsn = "host=/nonexistent user=nobody",
                                            .directory = database_migrations(),
                                            .report = count_event,
                                            .context = &counts};
    struct error err = {0};
    ck_assert(!store_migrate(&options, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "database-unreachable");
    ck_assert_str_ne(err.problems[0].argument[0], "");
    ck_assert(!store_renew_epoch("host=/nonexistent user=nobody", &err));
    ck_assert(!store_renew_epoch("nonsense", &err));
    ck_assert_str_eq(err.problems[0].code, "database-dsn");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store_migrate");
    TCase *tests = tcase_create("migrate");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_migrate_twice);
    tcase_add_test(tests, test_migrate_dry_run);
    tcase_add_test(tests, test_migrate_refuses_changed_history);
    tcase_add_test(tests, test_migrate_refuses_newer_history);
    tcase_add_test(tests, test_migrate_refuses_late_file);
    tcase_add_test(tests, test_migrate_republishes);
    tcase_add_test(tests, test_migrate_failing_file);
    tcase_add_test(tests, test_migrate_bad_files);
    tcase_add_test(tests, test_migrate_two_of_one_number);
    tcase_add_test(tests, test_migrate_at_the_same_time);
    tcase_add_test(tests, test_migrate_after_restore_renews_epoch);
    tcase_add_test(tests, test_migrate_unreachable);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
