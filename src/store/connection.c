/* SPDX-License-Identifier: EUPL-1.2 */
#include "connection_internal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/base/str.h"

enum wait_outcome { WAIT_READY, WAIT_LATE, WAIT_BROKEN };

static enum wait_outcome wait_socket(int socket, short events, int64_t deadline_ms)
{
    for (;;) {
        struct pollfd poll_for = {.fd = socket, .events = events};
        int64_t left = deadline_ms - clock_monotonic_ms();
        if (left <= 0)
            return WAIT_LATE;
        int ready = poll(&poll_for, 1, left > 60000 ? 60000 : (int)left);
        if (ready > 0)
            return WAIT_READY;
        if (ready < 0 && errno != EINTR)
            return WAIT_BROKEN;
    }
}

/* Server messages are not for our standard error. */
static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static bool finish_connecting(PGconn *pg, int64_t deadline_ms)
{
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;
    while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING) {
        short events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (PQsocket(pg) < 0 || wait_socket(PQsocket(pg), events, deadline_ms) != WAIT_READY)
            return false;
        step = PQconnectPoll(pg);
    }
    return step == PGRES_POLLING_OK;
}

static bool unreachable(PGconn *pg, struct error *err)
{
    char reason[PROBLEM_ARGUMENT_SIZE];
    const char *message = pg == NULL ? "" : PQerrorMessage(pg);
    (void)str_copy_z(str_from(message), reason, sizeof reason);
    for (char *byte = reason; *byte != '\0'; byte++)
        if (*byte == '\n')
            *byte = ' ';
    return error_set_with(err, ERROR_UNAVAILABLE, "database-unreachable", NULL,
                          ERROR_ARGUMENTS(reason));
}

static PGconn *open_host(const struct dsn *dsn, size_t host, int64_t timeout_ms, struct error *err)
{
    const char *keywords[DSN_PARAMETERS_MAXIMUM];
    const char *values[DSN_PARAMETERS_MAXIMUM];
    int64_t deadline = clock_monotonic_ms() + timeout_ms;
    dsn_parameters(dsn, host, keywords, values);
    PGconn *pg = PQconnectStartParams(keywords, values, 0);
    if (pg != NULL && PQstatus(pg) != CONNECTION_BAD && finish_connecting(pg, deadline) &&
        PQsetnonblocking(pg, 1) == 0) {
        (void)PQsetNoticeReceiver(pg, ignore_notice, NULL);
        return pg;
    }
    (void)unreachable(pg, err);
    PQfinish(pg);
    return NULL;
}

struct connection *connection_open(const struct dsn *dsn, int64_t host_timeout_ms,
                                   int64_t timeout_ms, struct error *err)
{
    struct connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
        return NULL;
    }
    connection->timeout_ms = timeout_ms;
    struct error last = {0};
    for (size_t host = 0; connection->pg == NULL && host < dsn_host_count(dsn); host++)
        connection->pg = open_host(dsn, host, host_timeout_ms, &last);
    if (connection->pg != NULL)
        return connection;
    *err = last;
    connection_free(connection);
    return NULL;
}

void connection_drop(struct connection *connection)
{
    PQfinish(connection->pg);
    connection->pg = NULL;
}

void connection_free(struct connection *connection)
{
    if (connection == NULL)
        return;
    connection_drop(connection);
    free(connection);
}

void connection_freep(struct connection **connection)
{
    connection_free(*connection);
}

bool connection_usable(struct connection *connection)
{
    if (connection->pg == NULL || PQtransactionStatus(connection->pg) != PQTRANS_IDLE)
        return false;
    struct pollfd poll_for = {.fd = PQsocket(connection->pg), .events = POLLIN};
    if (poll(&poll_for, 1, 0) > 0 && PQconsumeInput(connection->pg) == 0)
        return false;
    return PQstatus(connection->pg) == CONNECTION_OK;
}

/* The connection is beyond use; says why. */
static bool lose(struct connection *connection, enum wait_outcome outcome, struct error *err)
{
    connection_drop(connection);
    return error_set(err, ERROR_UNAVAILABLE,
                     outcome == WAIT_LATE ? "database-timeout" : "database-away", NULL);
}

/* Sends what libpq still holds, reading meanwhile, so that neither side waits for the other. */
static bool flush(struct connection *connection, int64_t deadline_ms, struct error *err)
{
    for (;;) {
        int left = PQflush(connection->pg);
        if (left == 0)
            return true;
        if (left < 0)
            return lose(connection, WAIT_BROKEN, err);
        enum wait_outcome outcome =
            wait_socket(PQsocket(connection->pg), POLLIN | POLLOUT, deadline_ms);
        if (outcome != WAIT_READY)
            return lose(connection, outcome, err);
        if (PQconsumeInput(connection->pg) == 0)
            return lose(connection, WAIT_BROKEN, err);
    }
}

/* Waits until PQgetResult will not. */
static bool await(struct connection *connection, int64_t deadline_ms, struct error *err)
{
    while (PQisBusy(connection->pg)) {
        enum wait_outcome outcome = wait_socket(PQsocket(connection->pg), POLLIN, deadline_ms);
        if (outcome != WAIT_READY)
            return lose(connection, outcome, err);
        if (PQconsumeInput(connection->pg) == 0)
            return lose(connection, WAIT_BROKEN, err);
    }
    return true;
}

bool connection_send(struct connection *connection, const char *sql, int count,
                     const char *const *values, struct error *err)
{
    if (connection->pg == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
    if (!PQsendQueryParams(connection->pg, sql, count, NULL, values, NULL, NULL, 0))
        return lose(connection, WAIT_BROKEN, err);
    return flush(connection, clock_monotonic_ms() + connection->timeout_ms, err);
}

PGresult *connection_next(struct connection *connection, bool *end, struct error *err)
{
    *end = false;
    if (!await(connection, clock_monotonic_ms() + connection->timeout_ms, err))
        return NULL;
    PGresult *answer = PQgetResult(connection->pg);
    *end = answer == NULL;
    return answer;
}

/* The last of the answers to what was sent, the earlier ones cleared. */
static PGresult *last_answer(struct connection *connection, struct error *err)
{
    int64_t deadline = clock_monotonic_ms() + connection->timeout_ms;
    PGresult *last = NULL;
    for (;;) {
        if (!await(connection, deadline, err)) {
            PQclear(last);
            return NULL;
        }
        PGresult *answer = PQgetResult(connection->pg);
        if (answer == NULL)
            break;
        PQclear(last);
        last = answer;
    }
    if (last == NULL)
        (void)lose(connection, WAIT_BROKEN, err);
    return last;
}

/* Passes the answer on when it is what was expected; otherwise clears it and says what it was. */
static PGresult *expect(struct connection *connection, PGresult *answer, ExecStatusType expected,
                        struct error *err)
{
    if (answer == NULL || PQresultStatus(answer) == expected)
        return answer;
    (void)answer_refused(answer, err);
    PQclear(answer);
    if (PQstatus(connection->pg) != CONNECTION_OK)
        connection_drop(connection);
    return NULL;
}

PGresult *connection_query(struct connection *connection, const char *sql, int count,
                           const char *const *values, ExecStatusType expected, struct error *err)
{
    if (!connection_send(connection, sql, count, values, err))
        return NULL;
    return expect(connection, last_answer(connection, err), expected, err);
}

bool connection_do(struct connection *connection, const char *sql, int count,
                   const char *const *values, ExecStatusType expected, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(connection, sql, count, values, expected, err);
    return answer != NULL;
}

PGresult *connection_script(struct connection *connection, const char *script, struct error *err)
{
    if (!PQsendQuery(connection->pg, script)) {
        (void)lose(connection, WAIT_BROKEN, err);
        return NULL;
    }
    if (!flush(connection, clock_monotonic_ms() + connection->timeout_ms, err))
        return NULL;
    return last_answer(connection, err);
}

/* One statement of a pipeline: its answer and the NULL behind it. */
static bool pipeline_answer(struct connection *connection, ExecStatusType expected,
                            struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) = last_answer(connection, err);
    if (answer == NULL)
        return false;
    return PQresultStatus(answer) == expected || answer_refused(answer, err);
}

static bool pipeline_end(struct connection *connection, struct error *err)
{
    if (!await(connection, clock_monotonic_ms() + connection->timeout_ms, err))
        return false;
    PGresult *sync CLEANUP(answer_clearp) = PQgetResult(connection->pg);
    if (PQresultStatus(sync) == PGRES_PIPELINE_SYNC && PQexitPipelineMode(connection->pg))
        return true;
    return lose(connection, WAIT_BROKEN, err);
}

bool connection_begin(struct connection *connection, const char *scope, struct error *err)
{
    static const char begin[] = "BEGIN ISOLATION LEVEL READ COMMITTED";
    static const char set_scope[] = "SELECT set_config('socio.scope', $1, true)";
    if (scope == NULL)
        return connection_do(connection, begin, 0, NULL, PGRES_COMMAND_OK, err);
    if (connection->pg == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
    if (!PQenterPipelineMode(connection->pg) ||
        !PQsendQueryParams(connection->pg, begin, 0, NULL, NULL, NULL, NULL, 0) ||
        !PQsendQueryParams(connection->pg, set_scope, 1, NULL, &scope, NULL, NULL, 0) ||
        !PQpipelineSync(connection->pg))
        return lose(connection, WAIT_BROKEN, err);
    if (!flush(connection, clock_monotonic_ms() + connection->timeout_ms, err))
        return false;
    if (pipeline_answer(connection, PGRES_COMMAND_OK, err) &&
        pipeline_answer(connection, PGRES_TUPLES_OK, err))
        return pipeline_end(connection, err);
    if (connection->pg != NULL)
        connection_drop(connection); /* never mind the rest of the pipeline */
    return false;
}
