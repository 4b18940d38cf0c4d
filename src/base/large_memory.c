/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/large_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

size_t large_memory_size(size_t size)
{
    if (size < LARGE_MEMORY_PAGE || size > SIZE_MAX - LARGE_MEMORY_PAGE)
        return size;
    return (size + LARGE_MEMORY_PAGE - 1) / LARGE_MEMORY_PAGE * LARGE_MEMORY_PAGE;
}

void *large_memory_alloc(size_t size)
{
    if (size < LARGE_MEMORY_PAGE)
        return malloc(size);
    if (size > SIZE_MAX - LARGE_MEMORY_PAGE)
        return NULL;
    const size_t whole = large_memory_size(size);
    void *memory = aligned_alloc(LARGE_MEMORY_PAGE, whole);
    if (memory != NULL)
        (void)madvise(memory, whole, MADV_HUGEPAGE); /* small ones will do */
    return memory;
}
