/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/large_memory.h"

enum { FIRST_CHUNK = 16 * 1024, LARGEST_STEP = 8 * 1024 * 1024, KEPT_MAXIMUM = 256 * 1024 };

struct chunk {
    struct chunk *previous;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct chunk *current;
    size_t maximum;
    size_t used;
    bool exhausted;
};

static struct chunk *chunk_new(struct chunk *previous, size_t capacity)
{
    struct chunk *chunk = large_memory_alloc(sizeof *chunk + capacity);
    if (chunk == NULL)
        return NULL;
    chunk->previous = previous;
    chunk->capacity = large_memory_size(sizeof *chunk + capacity) - sizeof *chunk;
    chunk->used = 0;
    return chunk;
}

struct arena *arena_new(size_t maximum)
{
    struct arena *arena = malloc(sizeof *arena);
    if (arena == NULL)
        return NULL;
    *arena = (struct arena){.maximum = maximum};
    return arena;
}

static void free_down_to(struct arena *arena, const struct chunk *keep)
{
    while (arena->current != keep) {
        struct chunk *previous = arena->current->previous;
        free(arena->current);
        arena->current = previous;
    }
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    free_down_to(arena, NULL);
    free(arena);
}

void arena_freep(struct arena **arena)
{
    arena_free(*arena);
}

/* The chunks double, so the newest that may be kept is as large as all before it. */
void arena_reset(struct arena *arena)
{
    struct chunk *kept = arena->current;
    while (kept != NULL && kept->previous != NULL && kept->capacity > KEPT_MAXIMUM)
        kept = kept->previous;
    free_down_to(arena, kept);
    if (kept != NULL) {
        arena->current = kept->previous;
        free_down_to(arena, NULL);
        kept->previous = NULL;
        kept->used = 0;
        arena->current = kept;
    }
    arena->used = 0;
    arena->exhausted = false;
}

bool arena_exhausted(const struct arena *arena)
{
    return arena->exhausted;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

/* A chunk with room for `size` bytes becomes the current one; chunks double up to LARGEST_STEP. */
static bool make_room(struct arena *arena, size_t size)
{
    struct chunk *current = arena->current;
    if (current != NULL && current->capacity - current->used >= size)
        return true;
    size_t capacity = current == NULL ? FIRST_CHUNK : current->capacity * 2;
    if (capacity > LARGEST_STEP)
        capacity = LARGEST_STEP;
    if (capacity < size)
        capacity = size;
    struct chunk *chunk = chunk_new(current, capacity);
    if (chunk == NULL)
        return false;
    arena->current = chunk;
    return true;
}

/* What `size` bytes take, a multiple of the alignment; 0 when that is beyond all numbers. */
static size_t rounded_up(size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX - alignment)
        return 0;
    return size == 0 ? alignment : (size + alignment - 1) / alignment * alignment;
}

char *arena_buffer(struct arena *arena, size_t size)
{
    size_t rounded = rounded_up(size);
    if (rounded == 0 || rounded > arena->maximum - arena->used || !make_room(arena, rounded)) {
        arena->exhausted = true;
        return NULL;
    }
    unsigned char *memory = arena->current->bytes + arena->current->used;
    arena->current->used += rounded;
    arena->used += rounded;
    return (char *)memory;
}

bool arena_extend(struct arena *arena, const char *buffer, size_t size, size_t larger)
{
    struct chunk *current = arena->current;
    size_t before = rounded_up(size);
    size_t after = rounded_up(larger);
    if (current == NULL || before == 0 || after < before ||
        (const unsigned char *)buffer + before != current->bytes + current->used)
        return false;
    size_t more = after - before;
    if (more > arena->maximum - arena->used || more > current->capacity - current->used)
        return false;
    current->used += more;
    arena->used += more;
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *memory = arena_buffer(arena, size);
    return memory == NULL ? NULL : memset(memory, 0, rounded_up(size));
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(arena, count * size);
}

struct str arena_copy(struct arena *arena, struct str view)
{
    if (!str_present(view))
        return view;
    char *copy = arena_alloc(arena, view.length + 1);
    if (copy == NULL)
        return (struct str){NULL, 0};
    if (view.length > 0)
        memcpy(copy, view.data, view.length);
    return (struct str){copy, view.length};
}
