/* SPDX-License-Identifier: EUPL-1.2 */
#include "entry_heap_internal.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "sociopoint/base/large_memory.h"

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 8 * 1024 * 1024, PAGE_BYTES = 4096 };

struct entry_block {
    size_t holders; /* entries that live here, and the heap while it fills it */
    size_t capacity;
    size_t used;
    size_t alive; /* bytes of entries that live here */
    alignas(max_align_t) char bytes[];
};

static void release(struct entry_block *block)
{
    if (block != NULL && --block->holders == 0)
        free(block);
}

void entry_heap_done(struct entry_heap *heap)
{
    release(heap->current);
    heap->current = NULL;
}

/*
 * Brings the pages of a block into memory at once: one by one, at the first byte written to each,
 * that takes half as much again. Where the system cannot do it, they come one by one.
 */
static void populate(char *start, size_t length)
{
    const size_t before = (PAGE_BYTES - (uintptr_t)start % PAGE_BYTES) % PAGE_BYTES;
    if (length >= before + PAGE_BYTES)
        (void)madvise(start + before, (length - before) / PAGE_BYTES * PAGE_BYTES,
                      MADV_POPULATE_WRITE);
}

bool entry_heap_make_room(struct entry_heap *heap, size_t size)
{
    size_t capacity = heap->current == NULL ? FIRST_BLOCK : 2 * heap->current->capacity;
    if (capacity > LARGEST_BLOCK)
        capacity = LARGEST_BLOCK;
    if (capacity < size)
        capacity = size;
    struct entry_block *block = large_memory_alloc(sizeof *block + capacity);
    if (block == NULL)
        return false;
    capacity = large_memory_size(sizeof *block + capacity) - sizeof *block;
    *block = (struct entry_block){.holders = 1, .capacity = capacity};
    populate(block->bytes, capacity);
    release(heap->current);
    heap->current = block;
    return true;
}

struct packer entry_heap_room(const struct entry_heap *heap)
{
    const struct entry_block *block = heap->current;
    if (block == NULL)
        return (struct packer){.memory = NULL};
    return (struct packer){.memory = heap->current->bytes + block->used,
                           .capacity = block->capacity - block->used};
}

static size_t rounded_up(size_t size)
{
    const size_t alignment = alignof(max_align_t);
    return (size + alignment - 1) / alignment * alignment;
}

struct entry_block *entry_heap_take(struct entry_heap *heap, size_t size)
{
    struct entry_block *block = heap->current;
    const size_t rounded = rounded_up(size);
    const size_t left = block->capacity - block->used;
    block->used += rounded < left ? rounded : left;
    block->alive += size;
    block->holders++;
    return block;
}

void entry_block_give_back(struct entry_block *block, size_t size)
{
    block->alive -= size;
    release(block);
}

bool entry_block_is_sparse(const struct entry_block *block)
{
    return block->alive < block->used / 4 * 3;
}
