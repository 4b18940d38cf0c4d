/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Laying out one block of memory: the same code fills it and measures what it needs.
 *
 * From where there is no room any more, it only measures: reservations return NULL and copies have
 * no bytes, but their lengths. Whether everything found room is for the caller to see.
 */
#ifndef SOCIOPOINT_CATALOGUE_PACKER_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_PACKER_INTERNAL_H

#include <stddef.h>

#include "sociopoint/base/str.h"

struct packer {
    char *memory; /* NULL: it only measures */
    size_t capacity;
    size_t used; /* more than the capacity when something found no room */
};

/* Room for `count` elements, aligned for pointers and integers; not zeroed. */
void *packer_array(struct packer *packer, size_t count, size_t size);
/* Room for text. */
char *packer_text(struct packer *packer, size_t length);
/* A copy; absent stays absent. */
struct str packer_copy(struct packer *packer, struct str view);

#endif
