/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The two halves of an import: a plan that is checked before anything is written, and its writing.
 */
#ifndef SOCIOPOINT_DIRECTORY_IMPORT_INTERNAL_H
#define SOCIOPOINT_DIRECTORY_IMPORT_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/uuid.h"
#include "sociopoint/directory/import.h"

enum import_kind {
    IMPORT_AREA,
    IMPORT_TAXONOMY,
    IMPORT_TERM,
    IMPORT_ORGANIZATION,
    IMPORT_LOCATION,
    IMPORT_SERVICE,
    IMPORT_EVENT,
    IMPORT_KIND_COUNT
};

enum { IMPORT_RECORDS_MAXIMUM = 1000 * 1000 };

/* "area", "taxonomy", "term", "organization", "location", "service", "event". */
const char *import_kind_name(enum import_kind kind);

/* One record as it goes to the database. */
struct import_record {
    enum import_kind kind;
    const char *key; /* lives in `json`; an area's is its code */
    struct uuid id;
    json_t *json; /* owned; with its ids added */
    bool removed;
    int file; /* -1: the knowledge */
};

/* Records in the order in which they are written. */
struct import_plan {
    struct import_record *records;
    size_t count;
    size_t capacity;
    const char *const *files;
    const struct import_report *report;
    struct error *err;
    bool failed;
};

void import_plan_done(struct import_plan *plan);
/* Adds a record and takes over the reference to `json`, also on failure (ERROR_MEMORY, ERROR_LIMIT). */
bool import_plan_add(struct import_plan *plan, enum import_kind kind, int file, json_t *json);
/* Tells of a problem and marks the plan failed. `record` may be NULL. */
void import_plan_problem(struct import_plan *plan, const struct import_record *record,
                         const struct problem *problem);

/* Adds the areas, taxonomies and terms of the knowledge. */
bool import_plan_add_knowledge(struct import_plan *plan, const struct knowledge *knowledge);
/* Adds what is in the files, each held against the schema. */
bool import_plan_add_files(struct import_plan *plan, const char *schema_path);
/* Holds the records against the knowledge and each other, and adds ids; false when one is wrong. */
bool import_plan_check(struct import_plan *plan, const struct knowledge *knowledge);
/* Tells what is wrong with the schedules, closures and capacities of a record. */
void import_hours_check(struct import_plan *plan, const struct import_record *record);
/* Reads the times of an event record; `*member` becomes the one that cannot be ("starts_at",
 * "ends_at", "rrule", "until", "except"), or NULL. False when memory is exhausted. */
bool import_event_times(const json_t *event, const char **member);

#endif
