/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Strings to numbers: an open hash table in an arena.
 */
#ifndef SOCIOPOINT_CATALOGUE_STRING_TABLE_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_STRING_TABLE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"

struct string_slot {
    struct str key; /* absent: the slot is free */
    uint32_t hash;
    uint32_t value;
};

/* All zero is the empty table. */
struct string_table {
    struct string_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

/*
 * The slot of the key, its value 0 where it is new; valid until the next key is put. The key's
 * bytes are looked at, not copied: of a new one the caller may replace slot->key by a copy. NULL
 * when the arena is exhausted.
 */
struct string_slot *string_table_put(struct string_table *table, struct str key,
                                     struct arena *arena);
/* The value of the key; 0 when it is not there. */
uint32_t string_table_get(const struct string_table *table, struct str key);

#endif
