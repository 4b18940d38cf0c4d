/* SPDX-License-Identifier: EUPL-1.2 */
#include "feature_table_internal.h"

#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { CACHE_LINE = 64, FIRST_CAPACITY = 64, UPPER_BITS = 32, LARGE_PAGE = 2 * 1024 * 1024 };

static size_t place_of(const struct feature_table *table, uint64_t name)
{
    return (size_t)(name ^ name >> UPPER_BITS) & table->mask;
}

static int8_t *row_of(const struct feature_table *table, const struct feature_slot *slot)
{
    return table->rows + (size_t)(slot->row - 1) * table->row_length;
}

/* --- Making ------------------------------------------------------------------------------------ */

/* Zeroed, where a cache line begins; in large pages where there are any, because what is read lies
 * anywhere in it, and to find a small page takes as long as to read it. */
static unsigned char *make_room(struct feature_table *table, size_t bytes)
{
    const size_t alignment = bytes < LARGE_PAGE ? CACHE_LINE : LARGE_PAGE;
    table->room = calloc(1, bytes + alignment);
    if (table->room == NULL)
        return NULL;
    unsigned char *begin = table->room;
    begin += (alignment - (uintptr_t)begin % alignment) % alignment;
    if (alignment == LARGE_PAGE)
        (void)madvise(begin, bytes, MADV_HUGEPAGE); /* a wish; small ones do as well */
    return begin;
}

bool feature_table_init(struct feature_table *table, size_t capacity, size_t row_length)
{
    size_t slots = FIRST_CAPACITY;
    while (slots < 2 * capacity)
        slots *= 2;
    *table = (struct feature_table){.mask = slots - 1, .row_length = row_length};
    unsigned char *room = make_room(table, slots * sizeof *table->slots + capacity * row_length);
    if (room == NULL)
        return false;
    table->slots = (void *)room;
    table->rows = (int8_t *)(room + slots * sizeof *table->slots);
    return true;
}

void feature_table_done(struct feature_table *table)
{
    free(table->room);
}

/* What one step of a byte is worth, so that the largest weight is just within. */
static float scale_of(const float *weights, size_t count)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fabsf(weights[i]) > largest ? fabsf(weights[i]) : largest;
    return largest / INT8_MAX;
}

void feature_table_add(struct feature_table *table, uint64_t name, float rarity,
                       const float *weights)
{
    size_t place = place_of(table, name);
    while (table->slots[place].row != 0)
        place = (place + 1) & table->mask;
    const float scale = scale_of(weights, table->row_length);
    struct feature_slot *slot = &table->slots[place];
    *slot = (struct feature_slot){(uint32_t)(name >> UPPER_BITS), (uint32_t)++table->count, rarity,
                                  scale};
    for (size_t i = 0; i < table->row_length; i++)
        row_of(table, slot)[i] = (int8_t)(scale > 0 ? lrintf(weights[i] / scale) : 0);
}

/* --- Reading ----------------------------------------------------------------------------------- */

void feature_table_fetch(const struct feature_table *table, uint64_t name)
{
    PREFETCH(&table->slots[place_of(table, name)]);
}

const struct feature_slot *feature_table_find(const struct feature_table *table, uint64_t name)
{
    size_t place = place_of(table, name);
    while (table->slots[place].row != 0 && table->slots[place].upper != name >> UPPER_BITS)
        place = (place + 1) & table->mask;
    const struct feature_slot *slot = &table->slots[place];
    if (slot->row == 0)
        return NULL;
    for (size_t i = 0; i < table->row_length; i += CACHE_LINE)
        PREFETCH(row_of(table, slot) + i);
    return slot;
}

void feature_table_weigh(const struct feature_table *table, const struct feature_slot *slot,
                         float value, float *sums)
{
    const int8_t *restrict row = row_of(table, slot);
    float *restrict out = sums;
    const float scaled = value * slot->scale;
    for (size_t i = 0; i < table->row_length; i += FEATURE_ROW_BLOCK) {
        for (size_t k = 0; k < FEATURE_ROW_BLOCK; k++)
            out[i + k] += scaled * (float)row[i + k];
    }
}

float feature_table_weight(const struct feature_table *table, const struct feature_slot *slot,
                           size_t label)
{
    return slot->scale * (float)row_of(table, slot)[label];
}
