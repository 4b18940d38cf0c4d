/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PostgreSQL as named operations: the bounded pool of connections of one role.
 *
 * A store connects as exactly one role of the database, because the role decides what row level
 * security lets through. Connections are opened when they are first needed and kept; nothing here
 * waits without a deadline on the monotonic clock, and a connection whose deadline has passed is
 * closed and never used again. Every function may be called from any thread.
 */
#ifndef SOCIOPOINT_STORE_STORE_H
#define SOCIOPOINT_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/uuid.h"

struct store;

/* Who connects; STORE_ROLE_OWNER is whoever the DSN names (migrations only). */
enum store_role { STORE_ROLE_OWNER, STORE_ROLE_READ, STORE_ROLE_WRITE, STORE_ROLE_IMPORT };

/* What a published document, or the record behind it, is. */
enum store_kind {
    STORE_ORGANIZATION,
    STORE_LOCATION, /* published only inside others */
    STORE_SERVICE,
    STORE_SERVICE_AT_LOCATION,
    STORE_TAXONOMY,
    STORE_TAXONOMY_TERM,
    STORE_EVENT, /* published until it is over */
    STORE_KIND_COUNT
};

enum {
    STORE_WAIT_MAXIMUM_MS = 500, /* for a free connection */
    STORE_CONNECTIONS_MAXIMUM = 64,
    STORE_PUBLISH_MAXIMUM = 200,  /* records of one publish */
    STORE_PUBLISH_TARGET_MS = 100 /* how long a batch may hold the publishing lock */
};

struct store_settings {
    const char
        *dsn; /* libpq, keywords or URI, several hosts allowed; the user is replaced by the role */
    enum store_role role;
    int connections;              /* at most; 0 means 8 */
    int64_t connect_timeout_ms;   /* for each host; 0 means 2000 */
    int64_t statement_timeout_ms; /* without an answer; 0 means 2500 */
    int64_t
        wait_ms; /* for a free connection; 0 means STORE_WAIT_MAXIMUM_MS, which is the maximum */
};

/*
 * Copies the settings and connects to nothing yet; fails on a DSN that libpq cannot read, and
 * without memory.
 */
struct store *store_open(const struct store_settings *settings, struct error *err);
/* Closes the connections; nobody may hold a transaction any more. Accepts NULL. */
void store_close(struct store *store);
/* For CLEANUP. */
void store_closep(struct store **store);

/* "service_at_location", as in published.document. */
const char *store_kind_name(enum store_kind kind);
bool store_kind_from_name(struct str name, enum store_kind *kind);

/*
 * How many records the next batch should have, when one of `size` records has held the publishing
 * lock for `elapsed_ms`: between 1 and STORE_PUBLISH_MAXIMUM, aiming below STORE_PUBLISH_TARGET_MS.
 * Start with 25.
 */
int store_batch_size(int size, int64_t elapsed_ms);

/*
 * Publishes up to `limit` documents whose moment has come (an alert ended, an event is over,
 * something embedded changed) in a transaction of its own, for STORE_ROLE_WRITE and
 * STORE_ROLE_IMPORT. `*done` is how many were looked at; 0 means nothing is due. Needs no scope.
 */
MUST_USE bool store_publish_due(struct store *store, int limit, int *done, struct error *err);
/* Repeats store_publish_due in adapting batches until nothing is due. `*done` may be NULL. */
MUST_USE bool store_drain_due(struct store *store, int *done, struct error *err);
/* Removes tombstones older than 90 days and moves pruned_seq past them (STORE_ROLE_WRITE). */
MUST_USE bool store_prune(struct store *store, int *removed, struct error *err);

#endif
