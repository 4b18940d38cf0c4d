/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Taking directory files in (config/directory/, and whatever a city brings in the same form).
 *
 * First everything is read and checked: each file against its schema, then every reference against
 * the knowledge and the other records. Nothing is written unless all of it is right. Then the
 * taxonomy and the records go to the database in batches, each its own transaction, organisations
 * before locations before services before events. What is already there as it should be is not
 * touched, so that a second run writes nothing.
 */
#ifndef SOCIOPOINT_DIRECTORY_IMPORT_H
#define SOCIOPOINT_DIRECTORY_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"

struct knowledge;
struct store;

/* What became of one record. */
enum import_outcome { IMPORT_WRITTEN, IMPORT_UNCHANGED, IMPORT_REMOVED };

/* Who wants to hear how it goes; any member may be NULL. */
struct import_report {
    /* Of a record or file that is not right; the pointer is "<file> <kind> <key> <JSON pointer>". */
    void (*problem)(void *context, const struct problem *problem);
    /* After the record's batch is committed. `kind` is "term", "organization", ... */
    void (*row)(void *context, const char *kind, const char *key, enum import_outcome outcome);
    void (*progress)(void *context, size_t done, size_t total);
    void *context;
};

/* What is taken in: config/schema/directory.json, and the files, ended by NULL. */
struct import_source {
    const char *schema_path;
    const char *const *files;
};

struct import_result {
    size_t records;
    size_t written;
    size_t unchanged;
    size_t removed;
    bool begun; /* everything was right, and the writing has begun */
};

/*
 * Imports the files in the order given. On failure *err has the first problems: ERROR_INVALID or
 * ERROR_MALFORMED before anything was written, ERROR_UNAVAILABLE when the database went away
 * (batches before that stay; run it again).
 *
 * Problems of its own: import-key-twice (file that has it too), import-organization-unknown,
 * import-location-unknown, import-situation-unknown, import-target-group-unknown,
 * import-kind-unknown, import-area-unknown, import-municipality-unknown, import-district-unknown,
 * import-locality-unknown, import-ages-reversed, import-service-unknown, import-event-time (of a
 * time that cannot be, an end before its start, a start that is no day of its rule),
 * location-concealed-address, import-unit-twice, import-room-above-maximum, and those of
 * domain/opening_schedule.h; each with the value as its argument.
 */
MUST_USE bool directory_import(struct store *store, const struct knowledge *knowledge,
                               const struct import_source *source,
                               const struct import_report *report, struct import_result *result,
                               struct error *err);

#endif
