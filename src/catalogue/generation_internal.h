/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A generation from the inside, for what builds, lists, saves and holds it.
 */
#ifndef SOCIOPOINT_CATALOGUE_GENERATION_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_GENERATION_INTERNAL_H

#include "names_internal.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/match_index.h"

enum { LANGUAGES_MAXIMUM = 31, ACCESSIBILITY_MAXIMUM = 15 };

struct arena;

/* Positions in a document list, ascending. */
struct positions {
    const uint32_t *items;
    size_t count;
};

/* The documents of a kind in the order of lists. */
struct document_list {
    const struct entry **entries; /* a slice of generation.documents */
    uint64_t *municipalities;     /* set each belongs to, in the same order */
    size_t count;
    struct positions *by_municipality; /* NULL for taxonomies and terms: they belong to all */
};

/* Codes in the order of their first appearance; the position is the bit. */
struct code_list {
    struct str codes[LANGUAGES_MAXIMUM];
    size_t count;
    bool shared; /* there were more: they share one bit */
};

struct generation {
    struct arena *arena;       /* holds everything below, and this, but for the names */
    struct arena *names_arena; /* holds the index of names */
    const struct knowledge *knowledge;
    struct str epoch;
    int64_t seq;
    struct generation_status status;
    const struct entry **documents; /* all of them, kind by kind */
    size_t document_count;
    size_t document_bytes;
    struct document_list lists[DOCUMENT_KIND_COUNT];
    uint32_t *slots; /* by hash: position in documents plus 1, or 0 */
    size_t slot_mask;
    uint32_t *row_of_service; /* by position in the list of services: row plus 1, or 0 */
    struct match_index match;
    struct name_index names;
    struct code_list languages;
    struct code_list accessibility;
    const struct entry **service_events; /* events of services, by service */
    size_t service_event_count;
    size_t unknown_terms;
    size_t unread_schedules;
    size_t readers;          /* guarded by the holder's mutex */
    struct generation *next; /* retired; guarded by the holder's mutex */
};

/* Position in the kind's list, or -1. */
int64_t generation_position(const struct generation *generation, enum document_kind kind,
                            const struct uuid *id);

#endif
