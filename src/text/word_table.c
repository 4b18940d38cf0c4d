/* SPDX-License-Identifier: EUPL-1.2 */
#include "word_table_internal.h"

#include <stdbool.h>

#include "sociopoint/base/attribute.h"

enum { FIRST_CAPACITY = 64, UPPER_BITS = 32 };

static size_t first_place(const struct word_table *table, uint64_t hash)
{
    return (size_t)(hash ^ hash >> UPPER_BITS) & (table->capacity - 1);
}

static size_t place_of(const struct word_table *table, struct str word, uint64_t hash)
{
    size_t place = first_place(table, hash);
    const struct word_table_item *item = &table->items[place];
    while (str_present(item->word) &&
           (item->upper != hash >> UPPER_BITS || !str_equal(item->word, word))) {
        place = (place + 1) & (table->capacity - 1);
        item = &table->items[place];
    }
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
        const struct word_table_item *item = &table->items[i];
        if (str_present(item->word))
            larger.items[place_of(&larger, item->word, str_hash(item->word))] = *item;
    }
    *table = larger;
    return true;
}

uint32_t *word_table_put(struct word_table *table, struct str word, struct arena *arena)
{
    if (!grow(table, arena))
        return NULL;
    const uint64_t hash = str_hash(word);
    struct word_table_item *item = &table->items[place_of(table, word, hash)];
    if (!str_present(item->word)) {
        item->word = word;
        item->upper = (uint32_t)(hash >> UPPER_BITS);
        table->count++;
    }
    return &item->value;
}

uint32_t word_table_get(const struct word_table *table, struct str word, uint64_t hash)
{
    return table->capacity == 0 ? 0 : table->items[place_of(table, word, hash)].value;
}

void word_table_fetch(const struct word_table *table, uint64_t hash)
{
    if (table->capacity > 0)
        PREFETCH(&table->items[first_place(table, hash)]);
}

void word_table_fetch_word(const struct word_table *table, uint64_t hash)
{
    if (table->capacity > 0)
        PREFETCH(table->items[first_place(table, hash)].word.data);
}
