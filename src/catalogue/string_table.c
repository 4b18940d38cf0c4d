/* SPDX-License-Identifier: EUPL-1.2 */
#include "string_table_internal.h"

#include <stdbool.h>

enum { FIRST_CAPACITY = 256 };

static uint32_t hash_of(struct str key)
{
    const uint64_t hash = str_hash(key);
    return (uint32_t)(hash ^ hash >> 32);
}

static struct string_slot *find(const struct string_table *table, struct str key, uint32_t hash)
{
    size_t place = hash & (table->capacity - 1);
    while (str_present(table->slots[place].key) &&
           (table->slots[place].hash != hash || !str_equal(table->slots[place].key, key)))
        place = (place + 1) & (table->capacity - 1);
    return &table->slots[place];
}

static bool grow(struct string_table *table, struct arena *arena)
{
    if (2 * (table->count + 1) <= table->capacity)
        return true;
    struct string_table larger = {.count = table->count};
    larger.capacity = table->capacity == 0 ? FIRST_CAPACITY : 2 * table->capacity;
    larger.slots = arena_array(arena, larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < table->capacity; i++) {
        const struct string_slot *slot = &table->slots[i];
        if (str_present(slot->key))
            *find(&larger, slot->key, slot->hash) = *slot;
    }
    *table = larger;
    return true;
}

struct string_slot *string_table_put(struct string_table *table, struct str key,
                                     struct arena *arena)
{
    if (!grow(table, arena))
        return NULL;
    const uint32_t hash = hash_of(key);
    struct string_slot *slot = find(table, key, hash);
    if (!str_present(slot->key)) {
        slot->key = key;
        slot->hash = hash;
        table->count++;
    }
    return slot;
}

uint32_t string_table_get(const struct string_table *table, struct str key)
{
    return table->capacity == 0 ? 0 : find(table, key, hash_of(key))->value;
}
