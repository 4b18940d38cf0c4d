/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A scratch database for a test program, and plain SQL sessions to look into it.
 *
 * SOCIOPOINT_TEST_DSN names the cluster and a superuser, without a database; it is an error when it
 * is unset, because a test that quietly does nothing proves nothing. Every failure here ends the
 * test (ck_abort).
 */
#ifndef SOCIOPOINT_TESTS_SUPPORT_DATABASE_H
#define SOCIOPOINT_TESTS_SUPPORT_DATABASE_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "sociopoint/store/store.h"

struct database {
    char name[64];
    char dsn[512]; /* the superuser's, with the database */
};

/* An empty database of its own name; `purpose` becomes part of it. */
void database_create(struct database *database, const char *purpose);
void database_drop(const struct database *database);
/* The folder migrations/ of the tree under test. */
const char *database_migrations(void);
/* Brings it up to date with the tree's migrations. */
void database_migrate(const struct database *database);
/* Empties the listing and what is published; the areas of the country stay. */
void database_empty(const struct database *database);
/* A store of one role on it; `connections` at most. */
struct store *database_store(const struct database *database, enum store_role role,
                             int connections);

/* A connection as `user` (NULL: the superuser). */
PGconn *session_open(const struct database *database, const char *user);
void session_closep(PGconn **session);
/* Runs SQL that must succeed. */
void session_do(PGconn *session, const char *sql);
/*
 * The first value of the first row as text, "" for null or no row; valid until the next call in
 * this thread.
 */
const char *session_value(PGconn *session, const char *sql);
long long session_number(PGconn *session, const char *sql);
/* Runs SQL that must fail; returns its SQLSTATE, valid until the next call in this thread. */
const char *session_failure(PGconn *session, const char *sql);
/* Waits (10 s at most) until `sql`, asked in this session, gives 't'. */
void session_await(PGconn *session, const char *sql);

#endif
