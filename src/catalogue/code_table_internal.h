/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the keys that documents carry to indexes of the knowledge, by hash: made once for each
 * build, because looking through the knowledge for each key of 100,000 services takes too long.
 */
#ifndef SOCIOPOINT_CATALOGUE_CODE_TABLE_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_CODE_TABLE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"
#include "sociopoint/domain/knowledge.h"

struct arena;

/* Which list of the knowledge a key belongs to; each municipality has its own of the last two. */
enum code_space {
    CODE_SITUATION,
    CODE_TARGET_GROUP,
    CODE_KIND, /* by key or section */
    CODE_MUNICIPALITY,
    CODE_DISTRICT,
    CODE_LOCALITY = CODE_DISTRICT + KNOWLEDGE_MUNICIPALITIES_MAXIMUM
};

struct code_slot {
    struct str key; /* absent: free */
    uint32_t space;
    int value;
};

struct code_table {
    struct code_slot *slots;
    size_t mask;
};

/* Everything the knowledge has, in the arena; false without memory. */
bool code_table_init(struct code_table *table, const struct knowledge *knowledge,
                     struct arena *arena);
/* The index, or KNOWLEDGE_NONE. `space` is an enum code_space, plus the municipality for places. */
int code_table_find(const struct code_table *table, unsigned space, struct str key);

#endif
