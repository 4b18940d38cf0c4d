/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The catalogue from the inside.
 */
#ifndef SOCIOPOINT_CATALOGUE_CATALOGUE_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_CATALOGUE_INTERNAL_H

#include "sociopoint/catalogue/catalogue.h"

/* Where an entry is; the tag spares most looks at entries that are others. */
struct catalogue_slot {
    uint32_t position; /* plus 1; 0: free */
    uint32_t tag;      /* the upper half of the hash */
};

/*
 * Entries in an array, and an open-addressed table of their positions by kind and id. Nothing is
 * ever taken out: a removed document stays as its tombstone, so that an older row cannot bring it
 * back.
 *
 * Building leaves the array in the order of lists, and a new version of a document takes the place
 * of the old one, so that the next build has only what is new to sort.
 */
struct catalogue {
    struct entry_heap heap;
    size_t replaced_bytes; /* of documents that newer ones replaced since the last compacting */
    struct entry **entries;
    size_t used;
    size_t ordered;  /* how many at the start are in order, but for tombstones among them */
    bool disordered; /* something came or went since */
    bool built;      /* there has been a generation of it */
    struct catalogue_slot *slots;
    size_t capacity; /* of slots, a power of two, or 0; two thirds of it are room for entries */
    size_t counts[DOCUMENT_KIND_COUNT];
    size_t document_bytes;
    int64_t seq;
    size_t epoch_length;
    char epoch[CATALOGUE_EPOCH_MAXIMUM];
};

/*
 * Puts the entries in order: by kind, folded name and id, then the tombstones. Afterwards `ordered`
 * counts the documents. False without memory, and nothing has changed.
 */
bool catalogue_order(struct catalogue *catalogue);
/* Lays entries anew that keep much more memory than their own, once there may be some. */
void catalogue_compact(struct catalogue *catalogue);
/* Fills the table of positions anew. */
void catalogue_place(struct catalogue *catalogue);

#endif
