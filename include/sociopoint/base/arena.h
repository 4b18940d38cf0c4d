/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory with one lifetime: allocate piecemeal, free at once.
 *
 * Results of a request live in the request's arena; a generation's own data lives in the
 * generation's. An arena belongs to one thread at a time. Memory is zeroed and aligned for any
 * type. When the maximum is reached or memory runs out, allocation returns NULL, and the arena
 * stays usable.
 */
#ifndef SOCIOPOINT_BASE_ARENA_H
#define SOCIOPOINT_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/str.h"

struct arena;

/* An arena that hands out at most `maximum` bytes; NULL without memory. */
struct arena *arena_new(size_t maximum);
void arena_free(struct arena *arena);
/* For CLEANUP. */
void arena_freep(struct arena **arena);
/*
 * Gives everything back but what a usual request needs, so that requests of the same kind come
 * without an allocation from the second on: the largest chunk, unless it is very large.
 */
void arena_reset(struct arena *arena);
/* Bytes handed out since the start or the last reset. */
size_t arena_used(const struct arena *arena);
/*
 * Whether something asked for since the start or the last reset was not to be had. Whoever hands
 * out what was made of many parts asks once, at the end.
 */
bool arena_exhausted(const struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
/* Bytes that are about to be written: not zeroed. */
char *arena_buffer(struct arena *arena, size_t size);
/* Whether what arena_buffer handed out with `size` bytes now has `larger`, in the same place: only the
 * newest can. */
bool arena_extend(struct arena *arena, const char *buffer, size_t size, size_t larger);
/* `count` elements of `size` bytes; NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* A copy that ends in NUL; absent without memory. */
struct str arena_copy(struct arena *arena, struct str view);

#endif
