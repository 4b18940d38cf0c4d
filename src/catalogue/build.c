/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <pthread.h>

#include "catalogue_internal.h"
#include "entry_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"

/* What one generation's indexes, and what building them, may take at most. */
static const size_t index_maximum = (size_t)1 << 36;

/* Lists the documents kind by kind, each kind in order, and takes a reference on each. */
static bool collect_documents(struct build *build)
{
    struct catalogue *catalogue = build->catalogue;
    struct generation *generation = build->generation;
    catalogue_compact(catalogue);
    if (!catalogue_order(catalogue))
        return false;
    size_t count = catalogue->ordered;
    generation->documents = arena_array(generation->arena, count, sizeof *generation->documents);
    if (generation->documents == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        generation->documents[i] = entry_acquire(catalogue->entries[i]);
    generation->document_count = count;
    generation->document_bytes = catalogue->document_bytes;
    size_t start = 0;
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        generation->lists[i].entries = generation->documents + start;
        generation->lists[i].count = catalogue->counts[i];
        start += catalogue->counts[i];
    }
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

static bool build_indexes(struct build *build)
{
    return code_table_init(&build->codes, build->generation->knowledge, build->scratch) &&
           build_match_rows(build) && build_match_spots(build) && build_match_classes(build) &&
           build_match_cells(build) && build_match_hours(build) && build_match_candidates(build) &&
           build_events(build) && build_membership(build);
}

/* The index of names, which shares nothing with the others but what is finished before. */
struct names_task {
    struct generation *generation;
    pthread_t thread;
    bool made;
};

static void *make_names(void *context)
{
    struct names_task *task = context;
    struct arena *scratch CLEANUP(arena_freep) = arena_new(index_maximum);
    task->made = scratch != NULL && build_names(task->generation, scratch);
    return NULL;
}

/*
 * While nobody is served yet, the names are made at the same time as the other indexes; later one
 * processor at a time is enough to take from the readers.
 */
static bool build_all_indexes(struct build *build, bool both)
{
    struct names_task names = {.generation = build->generation};
    const bool beside = both && pthread_create(&names.thread, NULL, make_names, &names) == 0;
    const bool made = build_indexes(build);
    if (beside)
        (void)pthread_join(names.thread, NULL);
    else if (made)
        (void)make_names(&names);
    return made && names.made;
}

static bool run_steps(struct build *build)
{
    struct generation *generation = build->generation;
    struct catalogue *catalogue = build->catalogue;
    const bool first = !catalogue->built;
    catalogue->built = true;
    generation->seq = catalogue->seq;
    generation->epoch =
        arena_copy(generation->arena, (struct str){catalogue->epoch, catalogue->epoch_length});
    return str_present(generation->epoch) && collect_documents(build) && index_documents(build) &&
           build_all_indexes(build, first);
}

/* A generation without documents, in an arena of its own. */
static struct generation *new_generation(const struct knowledge *knowledge,
                                         const struct generation_status *status)
{
    struct arena *arena = arena_new(index_maximum);
    struct arena *names_arena = arena_new(index_maximum);
    struct generation *generation =
        arena == NULL || names_arena == NULL ? NULL : arena_alloc(arena, sizeof *generation);
    if (generation == NULL) {
        arena_free(arena);
        arena_free(names_arena);
        return NULL;
    }
    generation->arena = arena;
    generation->names_arena = names_arena;
    generation->knowledge = knowledge_acquire(knowledge);
    generation->status = *status;
    return generation;
}

struct generation *catalogue_build(struct catalogue *catalogue, const struct knowledge *knowledge,
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
