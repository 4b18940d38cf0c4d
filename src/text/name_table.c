/* SPDX-License-Identifier: EUPL-1.2 */
#include "name_table_internal.h"

#include <stdbool.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 1024 };

static struct name_slot *find(const struct name_table *table, uint64_t name)
{
    size_t place = (size_t)(name ^ name >> 32) & (table->capacity - 1);
    while (table->slots[place].used != 0 && table->slots[place].name != name)
        place = (place + 1) & (table->capacity - 1);
    return &table->slots[place];
}

static bool grow(struct name_table *table)
{
    if (2 * (table->count + 1) <= table->capacity)
        return true;
    struct name_table larger = {.count = table->count};
    larger.capacity = table->capacity == 0 ? FIRST_CAPACITY : 2 * table->capacity;
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->slots[i].used != 0)
            *find(&larger, table->slots[i].name) = table->slots[i];
    }
    free(table->slots);
    *table = larger;
    return true;
}

uint32_t *name_table_put(struct name_table *table, uint64_t name)
{
    if (!grow(table))
        return NULL;
    struct name_slot *slot = find(table, name);
    if (slot->used == 0) {
        *slot = (struct name_slot){.name = name, .used = 1};
        table->count++;
    }
    return &slot->value;
}

void name_table_done(struct name_table *table)
{
    free(table->slots);
}
