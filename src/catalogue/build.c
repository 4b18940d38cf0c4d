/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_internal.h"
#include "entry_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"

/* What one generation's indexes, and what building them, may take at most. */
static const size_t index_maximum = (size_t)1 << 36;

/* An entry and the first bytes of its sort key, so that most comparisons stay in one place. */
struct sort_item {
    uint64_t prefix;
    struct entry *entry;
};

static uint64_t prefix_of(struct str key)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < sizeof prefix; i++)
        prefix = prefix << 8 | (i < key.length ? (unsigned char)key.data[i] : 0);
    return prefix;
}

static int compare_items(const void *left, const void *right)
{
    const struct sort_item *a = left;
    const struct sort_item *b = right;
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    int order = str_compare(a->entry->sort_key, b->entry->sort_key);
    return order != 0 ? order : uuid_compare_ids(&a->entry->id, &b->entry->id);
}

/* Sorts the documents by kind into `items`, which has room for each kind at its start. */
static void distribute(const struct catalogue *catalogue, struct sort_item *items,
                       const size_t starts[DOCUMENT_KIND_COUNT])
{
    size_t next[DOCUMENT_KIND_COUNT];
    memcpy(next, starts, sizeof next);
    for (size_t i = 0; i < catalogue->capacity; i++) {
        struct entry *entry = catalogue->slots[i];
        if (entry != NULL && !entry->removed)
            items[next[entry->kind]++] = (struct sort_item){prefix_of(entry->sort_key), entry};
    }
}

/* Takes a reference on each and lists them kind by kind, each kind in order. */
static bool collect_documents(struct build *build)
{
    const struct catalogue *catalogue = build->catalogue;
    struct generation *generation = build->generation;
    size_t starts[DOCUMENT_KIND_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        starts[i] = count;
        count += catalogue->counts[i];
    }
    struct sort_item *items = arena_array(build->scratch, count, sizeof *items);
    generation->documents = arena_array(generation->arena, count, sizeof *generation->documents);
    if (items == NULL || generation->documents == NULL)
        return false;
    distribute(catalogue, items, starts);
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (catalogue->counts[i] > 1)
            qsort(items + starts[i], catalogue->counts[i], sizeof *items, compare_items);
        generation->lists[i].entries = generation->documents + starts[i];
        generation->lists[i].count = catalogue->counts[i];
    }
    for (size_t i = 0; i < count; i++)
        generation->documents[i] = entry_acquire(items[i].entry);
    generation->document_count = count;
    generation->referenced = count;
    generation->document_bytes = catalogue->document_bytes;
    return true;
}

static bool index_documents(struct build *build)
{
    struct generation *generation = build->generation;
    size_t capacity = 16;
    while (capacity < 2 * generation->document_count)
        capacity *= 2;
    generation->slot_mask = capacity - 1;
    generation->slots = arena_array(generation->arena, capacity, sizeof *generation->slots);
    if (generation->slots == NULL)
        return false;
    for (size_t i = 0; i < generation->document_count; i++) {
        const struct entry *entry = generation->documents[i];
        size_t slot = (size_t)entry_hash(entry->kind, &entry->id) & generation->slot_mask;
        while (generation->slots[slot] != 0)
            slot = (slot + 1) & generation->slot_mask;
        generation->slots[slot] = (uint32_t)(i + 1);
    }
    return true;
}

int build_code(struct build *build, unsigned space, struct str key)
{
    int index = code_table_find(&build->codes, space, key);
    if (index == KNOWLEDGE_NONE && str_present(key))
        build->generation->unknown_terms++;
    return index;
}

static bool run_steps(struct build *build)
{
    struct generation *generation = build->generation;
    const struct catalogue *catalogue = build->catalogue;
    generation->seq = catalogue->seq;
    generation->epoch =
        arena_copy(generation->arena, (struct str){catalogue->epoch, catalogue->epoch_length});
    return str_present(generation->epoch) && collect_documents(build) && index_documents(build) &&
           code_table_init(&build->codes, generation->knowledge, build->scratch) &&
           build_match_rows(build) && build_match_candidates(build) && build_membership(build);
}

/* A generation without documents, in an arena of its own. */
static struct generation *new_generation(const struct knowledge *knowledge,
                                         const struct generation_status *status)
{
    struct arena *arena = arena_new(index_maximum);
    if (arena == NULL)
        return NULL;
    struct generation *generation = arena_alloc(arena, sizeof *generation);
    if (generation == NULL) {
        arena_free(arena);
        return NULL;
    }
    generation->arena = arena;
    generation->knowledge = knowledge_acquire(knowledge);
    generation->status = *status;
    return generation;
}

struct generation *catalogue_build(const struct catalogue *catalogue,
                                   const struct knowledge *knowledge,
                                   const struct generation_status *status, struct error *err)
{
    struct arena *scratch CLEANUP(arena_freep) = arena_new(index_maximum);
    struct generation *generation = new_generation(knowledge, status);
    struct build build = {.catalogue = catalogue, .generation = generation, .scratch = scratch};
    if (scratch == NULL || generation == NULL || !run_steps(&build)) {
        generation_free(generation);
        error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    return generation;
}
