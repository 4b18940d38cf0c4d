/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/store/store.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sociopoint/base/clock.h"
#include "store_internal.h"

struct store {
    struct dsn *dsn;
    int maximum;
    int64_t connect_timeout_ms;
    int64_t statement_timeout_ms;
    int64_t wait_ms;
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    struct connection *idle[STORE_CONNECTIONS_MAXIMUM]; /* guarded by mutex, like the next two */
    int idle_count;
    int open_count; /* idle and borrowed */
};

static int64_t or_default(int64_t given, int64_t otherwise)
{
    return given > 0 ? given : otherwise;
}

/* Waits are measured by the monotonic clock: the wall clock may jump. */
static void init_lock(struct store *store)
{
    pthread_condattr_t attributes;
    (void)pthread_mutex_init(&store->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&store->freed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

struct store *store_open(const struct store_settings *settings, struct error *err)
{
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
        return NULL;
    }
    store->dsn = dsn_new(settings->dsn, settings->role, err);
    if (store->dsn == NULL) {
        free(store);
        return NULL;
    }
    store->maximum = (int)or_default(settings->connections, 8);
    if (store->maximum > STORE_CONNECTIONS_MAXIMUM)
        store->maximum = STORE_CONNECTIONS_MAXIMUM;
    store->connect_timeout_ms = or_default(settings->connect_timeout_ms, 2000);
    store->statement_timeout_ms = or_default(settings->statement_timeout_ms, 2500);
    store->wait_ms = or_default(settings->wait_ms, STORE_WAIT_MAXIMUM_MS);
    if (store->wait_ms > STORE_WAIT_MAXIMUM_MS)
        store->wait_ms = STORE_WAIT_MAXIMUM_MS;
    init_lock(store);
    return store;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < store->idle_count; i++)
        connection_free(store->idle[i]);
    (void)pthread_cond_destroy(&store->freed);
    (void)pthread_mutex_destroy(&store->mutex);
    dsn_free(store->dsn);
    free(store);
}

void store_closep(struct store **store)
{
    store_close(*store);
}

static struct timespec monotonic_after(int64_t ms)
{
    int64_t at = clock_monotonic_ms() + ms;
    return (struct timespec){.tv_sec = (time_t)(at / 1000), .tv_nsec = (long)(at % 1000) * 1000000};
}

/*
 * A place in the pool: an idle connection, or NULL in *idle for the right to open one. False:
 * exhausted.
 */
static bool take_place(struct store *store, struct connection **idle)
{
    struct timespec deadline = monotonic_after(store->wait_ms);
    bool taken = true;
    *idle = NULL;
    (void)pthread_mutex_lock(&store->mutex);
    while (taken && store->idle_count == 0 && store->open_count >= store->maximum)
        taken = pthread_cond_timedwait(&store->freed, &store->mutex, &deadline) != ETIMEDOUT;
    if (store->idle_count > 0) {
        *idle = store->idle[--store->idle_count];
        taken = true;
    } else if (taken) {
        store->open_count++;
    }
    (void)pthread_mutex_unlock(&store->mutex);
    return taken;
}

static void leave_place(struct store *store)
{
    (void)pthread_mutex_lock(&store->mutex);
    store->open_count--;
    (void)pthread_cond_signal(&store->freed);
    (void)pthread_mutex_unlock(&store->mutex);
}

void store_release(struct store *store, struct connection *connection)
{
    if (connection == NULL)
        return;
    if (!connection_usable(connection)) {
        connection_free(connection);
        leave_place(store);
        return;
    }
    (void)pthread_mutex_lock(&store->mutex);
    store->idle[store->idle_count++] = connection;
    (void)pthread_cond_signal(&store->freed);
    (void)pthread_mutex_unlock(&store->mutex);
}

/* Opens a connection for a place already taken and begins; gives the place back on failure. */
static struct connection *open_begun(struct store *store, const char *scope, struct error *err)
{
    struct connection *connection =
        connection_open(store->dsn, store->connect_timeout_ms, store->statement_timeout_ms, err);
    if (connection != NULL && connection_begin(connection, scope, err))
        return connection;
    connection_free(connection);
    leave_place(store);
    return NULL;
}

struct connection *store_acquire_begun(struct store *store, const char *scope, struct error *err)
{
    struct connection *connection;
    struct error first = {0};
    if (!take_place(store, &connection)) {
        (void)error_set(err, ERROR_UNAVAILABLE, "pool-exhausted", NULL);
        return NULL;
    }
    if (connection == NULL)
        return open_begun(store, scope, err);
    if (connection_usable(connection) && connection_begin(connection, scope, &first))
        return connection;
    connection_free(connection);
    if (first.problem_count > 0 && strcmp(first.problems[0].code, "database-away") != 0) {
        /*
         * It was there and would not, or not in time: another attempt would only cost as much
         * again.
         */
        leave_place(store);
        *err = first;
        return NULL;
    }
    return open_begun(store, scope, err);
}

PGresult *store_query(struct store *store, const char *sql, int count, const char *const *values,
                      struct error *err)
{
    struct connection *connection = store_acquire_begun(store, NULL, err);
    if (connection == NULL)
        return NULL;
    PGresult *answer = connection_query(connection, sql, count, values, PGRES_TUPLES_OK, err);
    if (answer != NULL && !connection_do(connection, "COMMIT", 0, NULL, PGRES_COMMAND_OK, err)) {
        PQclear(answer);
        answer = NULL;
    }
    store_release(store, connection);
    return answer;
}
