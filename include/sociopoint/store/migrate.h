/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Bringing a database to the state this program was written for, from the files of migrations/.
 *
 * Numbered files (0001_*.sql) run once, in order; repeatable ones (R_*.sql: functions) run after
 * them whenever their text has changed. Each runs in a transaction of its own on one connection
 * that holds a session lock, so that any number of nodes may start at once. When a file that
 * renders documents has changed (its first line says "-- renders"), every document is enqueued and
 * published again in batches.
 */
#ifndef SOCIOPOINT_STORE_MIGRATE_H
#define SOCIOPOINT_STORE_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"

enum store_migrate_event {
    STORE_MIGRATE_PENDING, /* a dry run found it */
    STORE_MIGRATE_APPLYING,
    STORE_MIGRATE_APPLIED,
    STORE_MIGRATE_REPUBLISHED /* `name` is NULL; `done` of `total` documents so far */
};

/* Called in the thread of store_migrate. `done` counts from 1 among the `total` files to run. */
typedef void store_migrate_report(void *context, enum store_migrate_event event, const char *name,
                                  size_t done, size_t total);

struct store_migrate_options {
    const char *dsn;              /* as the owner: the user stands in it or in the environment */
    const char *directory;        /* of the .sql files */
    bool dry_run;                 /* report what would run, change nothing */
    store_migrate_report *report; /* may be NULL */
    void *context;
};

/*
 * Errors: ERROR_CONFLICT "migration-changed" (a numbered file differs from what was applied),
 * "migration-unknown" (the database has one that is not among the files: it is newer than this
 * program), "migration-out-of-order"; ERROR_INVALID "migration-failed" with file:line, SQLSTATE and
 * message; "migration-file-unreadable", "migration-name" for the files themselves;
 * ERROR_UNAVAILABLE otherwise. What was applied before a failure stays.
 */
MUST_USE bool store_migrate(const struct store_migrate_options *options, struct error *err);

/*
 * After a restore from a backup: gives the history a new epoch, so that every node and client reads
 * anew.
 */
MUST_USE bool store_renew_epoch(const char *dsn, struct error *err);

#endif
