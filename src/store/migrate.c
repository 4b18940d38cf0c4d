/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"
#include "connection_internal.h"
#include "migration_files_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/base/str.h"

enum {
    CONNECT_TIMEOUT_MS = 5000,
    STATEMENT_TIMEOUT_MS = 10 * 60 * 1000, /* a migration may rewrite a large table */
    FIRST_BATCH = 25
};

/* What is known of a run. */
struct migration {
    const struct store_migrate_options *options;
    struct connection *connection;
    struct migration_files files;
    bool pending[MIGRATION_FILES_MAXIMUM];
    size_t pending_count;
    size_t done;
};

static void migration_done(struct migration *migration)
{
    connection_free(migration->connection);
    migration_files_done(&migration->files);
}

static void report(const struct migration *migration, enum store_migrate_event event,
                   const char *name, size_t done, size_t total)
{
    if (migration->options->report != NULL)
        migration->options->report(migration->options->context, event, name, done, total);
}

static struct connection *connect_as_owner(const char *dsn_text, struct error *err)
{
    struct dsn *dsn = dsn_new(dsn_text, STORE_ROLE_OWNER, err);
    if (dsn == NULL)
        return NULL;
    struct connection *connection =
        connection_open(dsn, CONNECT_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, err);
    dsn_free(dsn);
    return connection;
}

static bool set(struct connection *connection, const char *name, const char *value,
                struct error *err)
{
    const char *values[] = {name, value};
    return connection_do(connection, "SELECT set_config($1, $2, false)", 2, values, PGRES_TUPLES_OK,
                         err);
}

/* The lock goes with the connection. Its number is another one than publish()'s. */
static bool take_lock(struct connection *connection, struct error *err)
{
    struct error failure = {0};
    if (!set(connection, "lock_timeout", "60s", err) ||
        !set(connection, "statement_timeout", "0", err) ||
        !set(connection, "socio.scope", "all", err))
        return false;
    if (connection_do(connection, "SELECT pg_advisory_lock(7303014, 2)", 0, NULL, PGRES_TUPLES_OK,
                      &failure))
        return true;
    if (strcmp(failure.problems[0].code, "database-busy") == 0)
        return error_set(err, ERROR_UNAVAILABLE, "migration-busy", NULL);
    *err = failure;
    return false;
}

/* Whether the database has a history at all. */
static bool has_history(struct connection *connection, bool *has, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(connection, "SELECT to_regclass('admin.migration') IS NOT NULL", 0, NULL,
                         PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    *has = PQgetvalue(answer, 0, 0)[0] == 't';
    return true;
}

static bool create_history(struct connection *connection, struct error *err)
{
    static const char script[] = "CREATE SCHEMA IF NOT EXISTS admin;"
                                 "CREATE TABLE admin.migration ("
                                 " name text PRIMARY KEY,"
                                 " checksum text NOT NULL,"
                                 " applied_at timestamptz NOT NULL DEFAULT now())";
    PGresult *answer CLEANUP(answer_clearp) = connection_script(connection, script, err);
    if (answer == NULL)
        return false;
    return PQresultStatus(answer) == PGRES_COMMAND_OK || answer_refused(answer, err);
}

static const struct migration_file *find_file(const struct migration_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->files[i].name, name) == 0)
            return &files->files[i];
    return NULL;
}

/* A numbered migration that this program does not know was made by a newer one. */
static bool refuse_unknown(struct migration *migration, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) = connection_query(
        migration->connection, "SELECT name FROM admin.migration WHERE name !~ '^R_' ORDER BY name",
        0, NULL, PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    for (int row = 0; row < PQntuples(answer); row++)
        if (find_file(&migration->files, PQgetvalue(answer, row, 0)) == NULL)
            return error_set(err, ERROR_CONFLICT, "migration-unknown", PQgetvalue(answer, row, 0));
    return true;
}

/* What the history says of one file. */
enum history { HISTORY_NEVER, HISTORY_SAME, HISTORY_CHANGED, HISTORY_PASSED, HISTORY_FAILED };

static enum history history_of(struct migration *migration, const struct migration_file *file,
                               struct error *err)
{
    static const char sql[] =
        "SELECT (SELECT m.checksum = encode(sha256(convert_to($2, 'UTF8')), 'hex')"
        "          FROM admin.migration m WHERE m.name = $1),"
        "       EXISTS (SELECT FROM admin.migration m WHERE m.name !~ '^R_' AND m.name > $1)";
    const char *values[] = {file->name, file->text};
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(migration->connection, sql, 2, values, PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return HISTORY_FAILED;
    if (!PQgetisnull(answer, 0, 0))
        return PQgetvalue(answer, 0, 0)[0] == 't' ? HISTORY_SAME : HISTORY_CHANGED;
    return !file->repeatable && PQgetvalue(answer, 0, 1)[0] == 't' ? HISTORY_PASSED : HISTORY_NEVER;
}

static bool plan_file(struct migration *migration, size_t index, struct error *err)
{
    const struct migration_file *file = &migration->files.files[index];
    switch (history_of(migration, file, err)) {
    case HISTORY_FAILED:
        return false;
    case HISTORY_SAME:
        return true;
    case HISTORY_PASSED:
        return error_set(err, ERROR_CONFLICT, "migration-out-of-order", file->name);
    case HISTORY_CHANGED:
        if (!file->repeatable)
            return error_set(err, ERROR_CONFLICT, "migration-changed", file->name);
        break;
    case HISTORY_NEVER:
        break;
    }
    migration->pending[index] = true;
    migration->pending_count++;
    return true;
}

static bool plan(struct migration *migration, struct error *err)
{
    bool has = false;
    if (!has_history(migration->connection, &has, err))
        return false;
    if (!has && migration->options->dry_run) {
        for (size_t i = 0; i < migration->files.count; i++)
            migration->pending[i] = true;
        migration->pending_count = migration->files.count;
        return true;
    }
    if ((!has && !create_history(migration->connection, err)) || !refuse_unknown(migration, err))
        return false;
    for (size_t i = 0; i < migration->files.count; i++)
        if (!plan_file(migration, i, err))
            return false;
    return true;
}

/* The line in which the `position`-th character (from 1) stands. */
static int line_of(const char *text, long position)
{
    int line = 1;
    for (const char *byte = text; *byte != '\0'; byte++) {
        if (((unsigned char)*byte & 0xc0) != 0x80 && --position <= 0)
            break;
        if (*byte == '\n')
            line++;
    }
    return line;
}

static bool failed_in(const struct migration_file *file, const PGresult *answer, struct error *err)
{
    char pointer[PROBLEM_POINTER_SIZE];
    const char *position = PQresultErrorField(answer, PG_DIAG_STATEMENT_POSITION);
    if (position != NULL)
        (void)snprintf(pointer, sizeof pointer, "%s:%d", file->name,
                       line_of(file->text, strtol(position, NULL, 10)));
    else
        (void)snprintf(pointer, sizeof pointer, "%s", file->name);
    return error_set_with(err, ERROR_INVALID, "migration-failed", pointer,
                          ERROR_ARGUMENTS(PQresultErrorField(answer, PG_DIAG_SQLSTATE),
                                          PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY)));
}

static bool run_text(struct migration *migration, const struct migration_file *file,
                     struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) =
        connection_script(migration->connection, file->text, err);
    if (answer == NULL)
        return false;
    if (PQresultStatus(answer) == PGRES_COMMAND_OK || PQresultStatus(answer) == PGRES_TUPLES_OK)
        return connection_do(migration->connection, "RESET ROLE", 0, NULL, PGRES_COMMAND_OK, err);
    return failed_in(file, answer, err);
}

/*
 * Within the file's transaction, so that a crash cannot come between the change and its
 * consequence.
 */
static bool enqueue_documents(struct migration *migration, struct error *err)
{
    static const char known[] = "SELECT to_regprocedure('published.enqueue_all()') IS NOT NULL";
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(migration->connection, known, 0, NULL, PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    if (PQgetvalue(answer, 0, 0)[0] != 't')
        return true; /* the first run: there is nothing published yet */
    return connection_do(migration->connection, "SELECT published.enqueue_all()", 0, NULL,
                         PGRES_TUPLES_OK, err);
}

static bool record(struct migration *migration, const struct migration_file *file,
                   struct error *err)
{
    static const char sql[] = "INSERT INTO admin.migration (name, checksum)"
                              " VALUES ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'))"
                              " ON CONFLICT (name) DO UPDATE"
                              " SET checksum = excluded.checksum, applied_at = now()";
    const char *values[] = {file->name, file->text};
    return connection_do(migration->connection, sql, 2, values, PGRES_COMMAND_OK, err);
}

static bool apply_file(struct migration *migration, const struct migration_file *file,
                       struct error *err)
{
    report(migration, STORE_MIGRATE_APPLYING, file->name, migration->done + 1,
           migration->pending_count);
    if (!connection_begin(migration->connection, NULL, err) || !run_text(migration, file, err) ||
        (file->renders && !enqueue_documents(migration, err)) || !record(migration, file, err) ||
        !connection_do(migration->connection, "COMMIT", 0, NULL, PGRES_COMMAND_OK, err))
        return false;
    migration->done++;
    report(migration, STORE_MIGRATE_APPLIED, file->name, migration->done, migration->pending_count);
    return true;
}

static bool count_of(struct connection *connection, const char *sql, int count,
                     const char *const *values, size_t *result, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(connection, sql, count, values, PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    *result = (size_t)strtoull(PQgetvalue(answer, 0, 0), NULL, 10);
    return true;
}

/* Publishes what is due, whoever left it: this run or one that was interrupted. */
static bool republish(struct migration *migration, struct error *err)
{
    size_t total = 0;
    size_t done = 0;
    int batch = FIRST_BATCH;
    if (!count_of(migration->connection, "SELECT published.count_due()", 0, NULL, &total, err))
        return false;
    for (size_t taken = total; taken > 0;) {
        char limit[16];
        (void)snprintf(limit, sizeof limit, "%d", batch);
        const char *values[] = {limit};
        int64_t began = clock_monotonic_ms();
        if (!count_of(migration->connection, "SELECT published.publish_due($1)", 1, values, &taken,
                      err))
            return false;
        batch = store_batch_size(batch, clock_monotonic_ms() - began);
        done += taken;
        report(migration, STORE_MIGRATE_REPUBLISHED, NULL, done, done > total ? done : total);
    }
    return true;
}

static bool apply(struct migration *migration, struct error *err)
{
    for (size_t i = 0; i < migration->files.count; i++)
        if (migration->pending[i] && !apply_file(migration, &migration->files.files[i], err))
            return false;
    return republish(migration, err);
}

static void report_pending(struct migration *migration)
{
    for (size_t i = 0; i < migration->files.count; i++)
        if (migration->pending[i])
            report(migration, STORE_MIGRATE_PENDING, migration->files.files[i].name,
                   ++migration->done, migration->pending_count);
}

bool store_migrate(const struct store_migrate_options *options, struct error *err)
{
    struct migration migration CLEANUP(migration_done) = {.options = options};
    if (!migration_files_read(options->directory, &migration.files, err))
        return false;
    migration.connection = connect_as_owner(options->dsn, err);
    if (migration.connection == NULL || !take_lock(migration.connection, err) ||
        !plan(&migration, err))
        return false;
    if (!options->dry_run)
        return apply(&migration, err);
    report_pending(&migration);
    return true;
}

bool store_renew_epoch(const char *dsn, struct error *err)
{
    struct connection *connection CLEANUP(connection_freep) = connect_as_owner(dsn, err);
    return connection != NULL && connection_do(connection, "SELECT published.renew_epoch()", 0,
                                               NULL, PGRES_TUPLES_OK, err);
}
