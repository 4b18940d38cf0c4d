/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The database of the SQL peer: a few connections to PostgreSQL, each with the statements prepared.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_PEER_POOL_H
#define SOCIOPOINT_TESTS_BENCH_PEER_POOL_H

#include <stddef.h>

struct peer_pool;

/* Connects `count` times and prepares each of the statements under its number. */
struct peer_pool *peer_pool_new(const char *dsn, unsigned count, const char *const *statements,
                                size_t statement_count);
void peer_pool_free(struct peer_pool *pool);

/*
 * Runs a prepared statement that gives one row with one text and hands the text to `use`; an absent
 * one (no row, null) is NULL. Waits for a free connection. Any thread may call it.
 */
void peer_pool_ask(struct peer_pool *pool, size_t statement, const char *const *values, int count,
                   void (*use)(void *context, const char *text, size_t length), void *context);

#endif
