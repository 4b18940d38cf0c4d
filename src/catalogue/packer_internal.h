/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Laying out one block of memory: the same code first measures what it needs, then fills it.
 *
 * While measuring there is no memory: reservations return NULL and copies have no bytes, but their
 * lengths.
 */
#ifndef SOCIOPOINT_CATALOGUE_PACKER_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_PACKER_INTERNAL_H

#include <stddef.h>

#include "sociopoint/base/str.h"

struct packer {
    char *memory; /* NULL while measuring */
    size_t used;
};

/* Room for `count` elements, aligned for pointers and integers; not zeroed. */
void *packer_array(struct packer *packer, size_t count, size_t size);
/* Room for text. */
char *packer_text(struct packer *packer, size_t length);
/* A copy; absent stays absent. */
struct str packer_copy(struct packer *packer, struct str view);

#endif
