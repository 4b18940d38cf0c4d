/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/quality_peer.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/fail.h"
#include "sociopoint/base/str.h"

enum { STATEMENT_SIZE = 8192 };
static const char statement_name[] = "ask";
/* How near a word of the vocabulary must be to a misspelt one; always the same plan. */
static const char settings[] = "SET pg_trgm.similarity_threshold = 0.45;"
                               "SET plan_cache_mode = force_generic_plan";

struct quality_peer {
    PGconn *connection;
};

static void check(struct quality_peer *peer, PGresult *result, ExecStatusType wanted)
{
    if (PQresultStatus(result) != wanted)
        bench_fail(PQerrorMessage(peer->connection), "PostgreSQL");
}

static void read_statement(const char *path, char *statement)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        bench_fail("cannot be read", path);
    const size_t length = fread(statement, 1, STATEMENT_SIZE, file);
    (void)fclose(file);
    if (length == 0 || length == STATEMENT_SIZE)
        bench_fail("too long or empty", path);
    statement[length] = '\0';
}

struct quality_peer *quality_peer_new(const char *dsn, const char *statement_path)
{
    char statement[STATEMENT_SIZE];
    struct quality_peer *peer = calloc(1, sizeof *peer);
    if (peer == NULL)
        bench_fail("no memory", "peer");
    read_statement(statement_path, statement);
    peer->connection = PQconnectdb(dsn);
    if (PQstatus(peer->connection) != CONNECTION_OK)
        bench_fail(PQerrorMessage(peer->connection), "PostgreSQL");
    PGresult *result = PQexec(peer->connection, settings);
    check(peer, result, PGRES_COMMAND_OK);
    PQclear(result);
    result = PQprepare(peer->connection, statement_name, statement, 1, NULL);
    check(peer, result, PGRES_COMMAND_OK);
    PQclear(result);
    return peer;
}

void quality_peer_free(struct quality_peer *peer)
{
    if (peer == NULL)
        return;
    PQfinish(peer->connection);
    free(peer);
}

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void take(const struct knowledge *knowledge, const PGresult *result, struct answer *answer,
                 double *score)
{
    *answer = (struct answer){0};
    *score = PQntuples(result) == 0 ? 0 : strtod(PQgetvalue(result, 0, 1), NULL);
    for (int i = 0; i < PQntuples(result) && i < UNDERSTOOD_SITUATIONS_MAXIMUM; i++) {
        const char *key = PQgetvalue(result, i, 0);
        const int situation = knowledge_situation(knowledge, str_from(key));
        if (situation == KNOWLEDGE_NONE)
            bench_fail("no situation of ours", key);
        answer->situations[answer->count++] = (uint16_t)situation;
    }
}

double quality_peer_ask(struct quality_peer *peer, const struct knowledge *knowledge,
                        const char *phrase, struct answer *answer, double *score)
{
    const double began = now_us();
    PGresult *result = PQexecPrepared(peer->connection, statement_name, 1, &phrase, NULL, NULL, 0);
    const double took = now_us() - began;
    check(peer, result, PGRES_TUPLES_OK);
    take(knowledge, result, answer, score);
    PQclear(result);
    return took;
}
