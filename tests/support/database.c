/* SPDX-License-Identifier: EUPL-1.2 */
#include "support/database.h"

#include "support/source.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/store/migrate.h"

enum { AWAIT_MS = 10000, AWAIT_STEP_NS = 2 * 1000 * 1000 };

static _Thread_local char last_value[1 << 20];

static const char *cluster_dsn(void)
{
    const char *dsn = getenv("SOCIOPOINT_TEST_DSN");
    ck_assert_msg(
        dsn != NULL && dsn[0] != '\0',
        "SOCIOPOINT_TEST_DSN is not set: name a cluster and its superuser (./dev test does)");
    return dsn;
}

static PGconn *connect_to(const char *dsn)
{
    PGconn *session = PQconnectdb(dsn);
    ck_assert_msg(PQstatus(session) == CONNECTION_OK, "%s", PQerrorMessage(session));
    return session;
}

static void run_in_cluster(const char *sql)
{
    char dsn[512];
    (void)snprintf(dsn, sizeof dsn, "%s dbname=postgres", cluster_dsn());
    PGconn *session CLEANUP(session_closep) = connect_to(dsn);
    session_do(session, sql);
}

void database_create(struct database *database, const char *purpose)
{
    char sql[160];
    (void)snprintf(database->name, sizeof database->name, "test_%s_%ld_%lld", purpose,
                   (long)getpid(), (long long)(clock_wall_ms() % 1000000));
    (void)snprintf(database->dsn, sizeof database->dsn, "%s dbname=%s", cluster_dsn(),
                   database->name);
    /* template0 is never connected to, so that programs may create theirs at once. */
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE template0", database->name);
    run_in_cluster(sql);
}

void database_drop(const struct database *database)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", database->name);
    run_in_cluster(sql);
}

const char *database_migrations(void)
{
    return source_path("migrations");
}

void database_migrate(const struct database *database)
{
    struct error err = {0};
    struct store_migrate_options options = {.dsn = database->dsn,
                                            .directory = database_migrations()};
    bool migrated = store_migrate(&options, &err);
    ck_assert_msg(migrated, "%s %s %s", err.problems[0].code, err.problems[0].pointer,
                  err.problems[0].argument[1]);
}

void database_empty(const struct database *database)
{
    PGconn *session CLEANUP(session_closep) = session_open(database, NULL);
    session_do(session,
               "TRUNCATE listing.event, listing.organization, listing.location, listing.service,"
               " listing.service_at_location, listing.service_term, listing.capacity,"
               " listing.confirmation, listing.api_key, listing.taxonomy,"
               " listing.taxonomy_term, published.document, admin.due, admin.changed_area");
}

struct store *database_store(const struct database *database, enum store_role role, int connections)
{
    struct error err = {0};
    struct store_settings settings = {
        .dsn = database->dsn, .role = role, .connections = connections};
    struct store *store = store_open(&settings, &err);
    ck_assert_ptr_nonnull(store);
    return store;
}

PGconn *session_open(const struct database *database, const char *user)
{
    char dsn[600];
    if (user == NULL)
        return connect_to(database->dsn);
    /* Of two users in one string the last counts. */
    (void)snprintf(dsn, sizeof dsn, "%s user=%s", database->dsn, user);
    return connect_to(dsn);
}

void session_closep(PGconn **session)
{
    PQfinish(*session);
}

void session_do(PGconn *session, const char *sql)
{
    (void)session_value(session, sql);
}

const char *session_value(PGconn *session, const char *sql)
{
    PGresult *answer = PQexec(session, sql);
    ExecStatusType status = PQresultStatus(answer);
    ck_assert_msg(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK, "%s: %s", sql,
                  PQerrorMessage(session));
    last_value[0] = '\0';
    if (PQntuples(answer) > 0)
        (void)snprintf(last_value, sizeof last_value, "%s", PQgetvalue(answer, 0, 0));
    PQclear(answer);
    return last_value;
}

long long session_number(PGconn *session, const char *sql)
{
    return strtoll(session_value(session, sql), NULL, 10);
}

const char *session_failure(PGconn *session, const char *sql)
{
    PGresult *answer = PQexec(session, sql);
    const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    ck_assert_msg(state != NULL, "this should have failed: %s", sql);
    (void)snprintf(last_value, sizeof last_value, "%s", state);
    PQclear(answer);
    return last_value;
}

void session_await(PGconn *session, const char *sql)
{
    int64_t deadline = clock_monotonic_ms() + AWAIT_MS;
    struct timespec step = {.tv_nsec = AWAIT_STEP_NS};
    while (strcmp(session_value(session, sql), "t") != 0) {
        ck_assert_msg(clock_monotonic_ms() < deadline, "never came true: %s", sql);
        (void)nanosleep(&step, NULL);
    }
}
