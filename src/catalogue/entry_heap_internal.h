/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The memory of entries from the inside: large blocks that are filled from the front.
 *
 * An entry is laid out where it will stay, at the end of the newest block. A block is freed with
 * the last entry in it, wherever the reference to that was; so one that lives long keeps all the
 * block. The catalogue therefore lays the entries of sparse blocks anew from time to time.
 */
#ifndef SOCIOPOINT_CATALOGUE_ENTRY_HEAP_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_ENTRY_HEAP_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "packer_internal.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/catalogue/entry.h"

/* What is left of the newest block. */
struct packer entry_heap_room(const struct entry_heap *heap);
/* A new block, with room for an entry of `size` bytes; false without memory. */
MUST_USE bool entry_heap_make_room(struct entry_heap *heap, size_t size);
/* Takes the first `size` bytes of the room for an entry; the block they are in. */
struct entry_block *entry_heap_take(struct entry_heap *heap, size_t size);

/* What entry_heap_take took is not needed any more. */
void entry_block_give_back(struct entry_block *block, size_t size);
/* Whether less than three quarters of what was taken of the block are still needed. */
bool entry_block_is_sparse(const struct entry_block *block);

#endif
