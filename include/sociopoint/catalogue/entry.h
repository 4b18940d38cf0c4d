/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One published document as a node holds it: the bytes to send, and its parsed facts.
 *
 * An entry is one piece of memory and immutable but for its count. The count belongs to the
 * refresher: catalogue and generations hold references, and only that one thread makes, acquires
 * and releases entries. Readers use entries of the generation they hold and never touch the count.
 */
#ifndef SOCIOPOINT_CATALOGUE_ENTRY_H
#define SOCIOPOINT_CATALOGUE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/catalogue/facts.h"
#include "sociopoint/domain/event_facts.h"
#include "sociopoint/domain/service_facts.h"

struct error;

enum document_kind {
    DOCUMENT_ORGANIZATION,
    DOCUMENT_LOCATION,
    DOCUMENT_SERVICE,
    DOCUMENT_SERVICE_AT_LOCATION,
    DOCUMENT_TAXONOMY,
    DOCUMENT_TAXONOMY_TERM,
    DOCUMENT_EVENT,
    DOCUMENT_KIND_COUNT
};

/* The kind as published.document names it: "service_at_location". */
const char *document_kind_key(enum document_kind kind);
/* False (and `kind` untouched) for a kind this program does not know; such a row is passed over. */
MUST_USE bool document_kind_from_key(struct str key, enum document_kind *kind);

/* One row of the change feed or the state file; everything is only looked at. */
struct document_row {
    int64_t seq;
    enum document_kind kind;
    struct uuid id;
    bool removed;            /* a tombstone: what follows is absent */
    struct str municipality; /* key; absent for what belongs to more than one */
    struct str facts;        /* JSON object */
    struct str body;
    struct str short_form;
};

/* Where entries live; one thread's. All zero is the empty one. */
struct entry_heap {
    struct entry_block *current; /* the block that is being filled */
};

struct entry {
    struct uuid id;
    enum document_kind kind;
    int references; /* the refresher's alone */
    int64_t seq;
    bool removed; /* a tombstone; never in a generation */
    struct str municipality;
    struct str body;       /* the bytes of the detail answer */
    struct str short_form; /* the bytes of a list item */
    struct str facts_text;
    union { /* by kind; NULL for locations and tombstones */
        const struct service_facts *service;
        const struct organization_facts *organization;
        const struct place_facts *place;
        const struct taxonomy_facts *taxonomy;
        const struct taxonomy_term_facts *term;
        const struct event_facts *event;
    } facts;
    struct str sort_key;      /* the folded name (base/fold.h), by which lists are ordered */
    struct str search_text;   /* folded: name, alternate name, aliases, organisation, one a line */
    int64_t modified_ms;      /* when it last changed; -1 unknown */
    const struct uuid *terms; /* taxonomy terms it carries, sorted */
    size_t term_count;
    struct entry_block *block; /* where it lives, and how much of it is this */
    size_t size;
};

/* Entries stay until their last reference is released. */
void entry_heap_done(struct entry_heap *heap);

/*
 * A new entry with one reference that holds copies of everything in `row`. Fails with
 * facts-malformed (the facts are not a JSON object; the pointer is "<kind>/<id>") or
 * memory-exhausted.
 */
struct entry *entry_new(struct entry_heap *heap, const struct document_row *row, struct error *err);
struct entry *entry_acquire(struct entry *entry);
/* Frees the entry with its last reference; accepts NULL. */
void entry_release(struct entry *entry);
/* Whether it carries the term. */
bool entry_has_term(const struct entry *entry, const struct uuid *term);

#endif
