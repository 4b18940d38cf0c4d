/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/large_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

void *large_memory_alloc(size_t size)
{
    if (size < LARGE_MEMORY_PAGE)
        return malloc(size);
    if (size > SIZE_MAX - LARGE_MEMORY_PAGE)
        return NULL;
    const size_t pages = (size + LARGE_MEMORY_PAGE - 1) / LARGE_MEMORY_PAGE;
    void *memory = aligned_alloc(LARGE_MEMORY_PAGE, pages * LARGE_MEMORY_PAGE);
    if (memory != NULL)
        (void)madvise(memory, pages * LARGE_MEMORY_PAGE, MADV_HUGEPAGE); /* small ones will do */
    return memory;
}
