/* SPDX-License-Identifier: EUPL-1.2 */
#include "code_table_internal.h"

#include "sociopoint/base/arena.h"

static size_t hash_of(unsigned space, struct str key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ space;
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * UINT64_C(0x100000001b3);
    return (size_t)(hash ^ (hash >> 32));
}

static struct code_slot *slot_of(const struct code_table *table, unsigned space, struct str key)
{
    size_t i = hash_of(space, key) & table->mask;
    while (str_present(table->slots[i].key) &&
           (table->slots[i].space != space || !str_equal(table->slots[i].key, key)))
        i = (i + 1) & table->mask;
    return &table->slots[i];
}

/* The first of equal keys stays. */
static void add(struct code_table *table, unsigned space, struct str key, size_t value)
{
    if (!str_present(key))
        return;
    struct code_slot *slot = slot_of(table, space, key);
    if (!str_present(slot->key))
        *slot = (struct code_slot){key, space, (int)value};
}

static size_t count_keys(const struct knowledge *knowledge)
{
    size_t count = knowledge->situation_count + knowledge->target_group_count +
                   2 * knowledge->kind_count + knowledge->municipality_count;
    for (size_t i = 0; i < knowledge->municipality_count; i++)
        count += knowledge->municipalities[i].district_count +
                 knowledge->municipalities[i].locality_count;
    return count;
}

static void add_places(struct code_table *table, size_t index,
                       const struct municipality *municipality)
{
    add(table, CODE_MUNICIPALITY, municipality->key, index);
    for (size_t i = 0; i < municipality->district_count; i++)
        add(table, CODE_DISTRICT + (unsigned)index, municipality->districts[i].key, i);
    for (size_t i = 0; i < municipality->locality_count; i++)
        add(table, CODE_LOCALITY + (unsigned)index, municipality->localities[i].key, i);
}

bool code_table_init(struct code_table *table, const struct knowledge *knowledge,
                     struct arena *arena)
{
    size_t capacity = 64;
    while (capacity < 2 * count_keys(knowledge))
        capacity *= 2;
    table->mask = capacity - 1;
    table->slots = arena_array(arena, capacity, sizeof *table->slots);
    if (table->slots == NULL)
        return false;
    for (size_t i = 0; i < knowledge->situation_count; i++)
        add(table, CODE_SITUATION, knowledge->situations[i].term.key, i);
    for (size_t i = 0; i < knowledge->target_group_count; i++)
        add(table, CODE_TARGET_GROUP, knowledge->target_groups[i].term.key, i);
    for (size_t i = 0; i < knowledge->kind_count; i++)
        add(table, CODE_KIND, knowledge->kinds[i].term.key, i);
    for (size_t i = 0; i < knowledge->kind_count; i++)
        add(table, CODE_KIND, knowledge->kinds[i].section, i);
    for (size_t i = 0; i < knowledge->municipality_count; i++)
        add_places(table, i, &knowledge->municipalities[i]);
    return true;
}

int code_table_find(const struct code_table *table, unsigned space, struct str key)
{
    if (!str_present(key))
        return KNOWLEDGE_NONE;
    const struct code_slot *slot = slot_of(table, space, key);
    return str_present(slot->key) ? slot->value : KNOWLEDGE_NONE;
}
