/* SPDX-License-Identifier: EUPL-1.2 */
#include "word_table_internal.h"

#include <stdbool.h>

enum { FIRST_CAPACITY = 64 };

static size_t place_of(const struct word_table *table, struct str word)
{
    const uint64_t hash = str_hash(word);
    size_t place = (size_t)(hash ^ hash >> 32) & (table->capacity - 1);
    while (str_present(table->items[place].word) && !str_equal(table->items[place].word, word))
        place = (place + 1) & (table->capacity - 1);
    return place;
}

static bool grow(struct word_table *table, struct arena *arena)
{
    if (2 * (table->count + 1) <= table->capacity)
        return true;
    struct word_table larger = {.count = table->count};
    larger.capacity = table->capacity == 0 ? FIRST_CAPACITY : 2 * table->capacity;
    larger.items = arena_array(arena, larger.capacity, sizeof *larger.items);
    if (larger.items == NULL)
        return false;
    for (size_t i = 0; i < table->capacity; i++) {
        if (str_present(table->items[i].word))
            larger.items[place_of(&larger, table->items[i].word)] = table->items[i];
    }
    *table = larger;
    return true;
}

uint32_t *word_table_put(struct word_table *table, struct str word, struct arena *arena)
{
    if (!grow(table, arena))
        return NULL;
    struct word_table_item *item = &table->items[place_of(table, word)];
    if (!str_present(item->word)) {
        item->word = word;
        table->count++;
    }
    return &item->value;
}

uint32_t word_table_get(const struct word_table *table, struct str word)
{
    return table->capacity == 0 ? 0 : table->items[place_of(table, word)].value;
}
