/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names that are hashes already, to numbers; on the heap, and as large as it must be.
 */
#ifndef SOCIOPOINT_TEXT_NAME_TABLE_INTERNAL_H
#define SOCIOPOINT_TEXT_NAME_TABLE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

struct name_slot {
    uint64_t name;
    uint32_t value;
    uint32_t used;
};

/* All zero is the empty table. */
struct name_table {
    struct name_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

/* The value of the name, 0 where it is new; valid until the next is put. NULL without memory. */
uint32_t *name_table_put(struct name_table *table, uint64_t name);
void name_table_done(struct name_table *table);

#endif
