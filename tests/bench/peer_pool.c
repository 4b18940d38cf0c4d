/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/peer_pool.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/fail.h"

struct peer_pool {
    pthread_mutex_t mutex;
    pthread_cond_t free_again;
    unsigned count;
    unsigned idle_count; /* guarded by mutex, like the next */
    PGconn **idle;       /* a stack */
};

static void check(PGconn *connection, PGresult *result, ExecStatusType wanted)
{
    if (PQresultStatus(result) != wanted)
        bench_fail(PQerrorMessage(connection), "PostgreSQL");
}

static PGconn *connect_and_prepare(const char *dsn, const char *const *statements, size_t count)
{
    PGconn *connection = PQconnectdb(dsn);
    if (PQstatus(connection) != CONNECTION_OK)
        bench_fail(PQerrorMessage(connection), "PostgreSQL");
    for (size_t i = 0; i < count; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "%zu", i);
        PGresult *result = PQprepare(connection, name, statements[i], 0, NULL);
        check(connection, result, PGRES_COMMAND_OK);
        PQclear(result);
    }
    return connection;
}

struct peer_pool *peer_pool_new(const char *dsn, unsigned count, const char *const *statements,
                                size_t statement_count)
{
    struct peer_pool *pool = calloc(1, sizeof *pool);
    PGconn **idle = calloc(count, sizeof(PGconn *));
    if (pool == NULL || idle == NULL)
        bench_fail("no memory", "pool");
    (void)pthread_mutex_init(&pool->mutex, NULL);
    (void)pthread_cond_init(&pool->free_again, NULL);
    pool->idle = idle;
    for (pool->count = 0; pool->count < count; pool->count++)
        idle[pool->idle_count++] = connect_and_prepare(dsn, statements, statement_count);
    return pool;
}

void peer_pool_free(struct peer_pool *pool)
{
    if (pool == NULL)
        return;
    while (pool->idle_count > 0)
        PQfinish(pool->idle[--pool->idle_count]);
    (void)pthread_cond_destroy(&pool->free_again);
    (void)pthread_mutex_destroy(&pool->mutex);
    free(pool->idle);
    free(pool);
}

static PGconn *take(struct peer_pool *pool)
{
    (void)pthread_mutex_lock(&pool->mutex);
    while (pool->idle_count == 0)
        (void)pthread_cond_wait(&pool->free_again, &pool->mutex);
    PGconn *connection = pool->idle[--pool->idle_count];
    (void)pthread_mutex_unlock(&pool->mutex);
    return connection;
}

static void give_back(struct peer_pool *pool, PGconn *connection)
{
    (void)pthread_mutex_lock(&pool->mutex);
    pool->idle[pool->idle_count++] = connection;
    (void)pthread_mutex_unlock(&pool->mutex);
    (void)pthread_cond_signal(&pool->free_again);
}

void peer_pool_ask(struct peer_pool *pool, size_t statement, const char *const *values, int count,
                   void (*use)(void *context, const char *text, size_t length), void *context)
{
    char name[24];
    (void)snprintf(name, sizeof name, "%zu", statement);
    PGconn *connection = take(pool);
    PGresult *result = PQexecPrepared(connection, name, count, values, NULL, NULL, 0);
    check(connection, result, PGRES_TUPLES_OK);
    give_back(pool, connection); /* the result is the thread's own */
    if (PQntuples(result) == 1 && !PQgetisnull(result, 0, 0))
        use(context, PQgetvalue(result, 0, 0), (size_t)PQgetlength(result, 0, 0));
    else
        use(context, NULL, 0);
    PQclear(result);
}
