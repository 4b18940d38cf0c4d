/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The catalogue as the builder of generations sees it.
 */
#ifndef SOCIOPOINT_CATALOGUE_CATALOGUE_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_CATALOGUE_INTERNAL_H

#include "sociopoint/catalogue/catalogue.h"

/*
 * An open-addressed table of entries by kind and id. Nothing is ever taken out: a removed document
 * stays as its tombstone, so that an older row cannot bring it back.
 */
struct catalogue {
    struct entry **slots; /* NULL: free */
    size_t capacity;      /* a power of two, or 0 */
    size_t used;
    size_t counts[DOCUMENT_KIND_COUNT];
    size_t document_bytes;
    int64_t seq;
    size_t epoch_length;
    char epoch[CATALOGUE_EPOCH_MAXIMUM];
};

#endif
