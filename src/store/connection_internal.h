/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One connection to PostgreSQL, asynchronous, every wait bounded by the monotonic clock.
 *
 * Whatever timeouts are set on sockets, a frozen server keeps PQexec waiting for ever; so nothing
 * here blocks in libpq. A connection whose deadline has passed is closed at once and stays
 * unusable: what the server may still answer would belong to nobody. Belongs to one thread at a
 * time.
 */
#ifndef SOCIOPOINT_STORE_CONNECTION_INTERNAL_H
#define SOCIOPOINT_STORE_CONNECTION_INTERNAL_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "dsn_internal.h"
#include "sociopoint/base/error.h"

struct connection {
    PGconn *pg;         /* NULL: closed */
    int64_t timeout_ms; /* of one answer */
};

/* Tries the hosts in order, each for at most `host_timeout_ms`. NULL: database-unreachable. */
struct connection *connection_open(const struct dsn *dsn, int64_t host_timeout_ms,
                                   int64_t timeout_ms, struct error *err);
void connection_free(struct connection *connection);
/* For CLEANUP. */
void connection_freep(struct connection **connection);
/* Closes it under the object: after a deadline, or when the server has gone. */
void connection_drop(struct connection *connection);
/* Whether it is open, idle outside any transaction, and the server has not hung up meanwhile. */
bool connection_usable(struct connection *connection);

/*
 * Sends one statement and returns its answer (to be cleared), which had to be of `expected` status.
 * NULL on failure, with the connection dropped when it is beyond use.
 */
PGresult *connection_query(struct connection *connection, const char *sql, int count,
                           const char *const *values, ExecStatusType expected, struct error *err);
/* The same for a statement whose answer does not matter. */
bool connection_do(struct connection *connection, const char *sql, int count,
                   const char *const *values, ExecStatusType expected, struct error *err);
/*
 * Sends a whole script by the simple protocol and waits for its last answer. NULL: the connection
 * is gone.
 */
PGresult *connection_script(struct connection *connection, const char *script, struct error *err);
/* BEGIN and the scope (may be NULL) in one round trip. */
bool connection_begin(struct connection *connection, const char *scope, struct error *err);

/* For the feed. Sends without waiting for an answer. */
bool connection_send(struct connection *connection, const char *sql, int count,
                     const char *const *values, struct error *err);
/* The next answer, or NULL with *err untouched and `*end` true after the last one. */
PGresult *connection_next(struct connection *connection, bool *end, struct error *err);

#endif
