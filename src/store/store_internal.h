/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Borrowing a connection of the pool. For the files of this module.
 */
#ifndef SOCIOPOINT_STORE_STORE_INTERNAL_H
#define SOCIOPOINT_STORE_STORE_INTERNAL_H

#include "connection_internal.h"
#include "sociopoint/store/store.h"

/* A connection inside a transaction with this scope (NULL: none). A stale one is replaced once. */
struct connection *store_acquire_begun(struct store *store, const char *scope, struct error *err);
/* Gives it back; one that is not idle outside a transaction is closed. Accepts NULL. */
void store_release(struct store *store, struct connection *connection);
/*
 * One statement in a transaction of its own, without a scope. The answer is to be cleared; NULL on
 * failure.
 */
PGresult *store_query(struct store *store, const char *sql, int count, const char *const *values,
                      struct error *err);

#endif
