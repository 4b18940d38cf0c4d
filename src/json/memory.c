/* SPDX-License-Identifier: EUPL-1.2 */
#include "memory_internal.h"

#include <jansson.h>
#include <stdlib.h>

static _Thread_local bool failed;

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL)
        failed = true;
    return memory;
}

void memory_start(void)
{
    json_set_alloc_funcs(allocate, free);
}

void memory_watch(void)
{
    failed = false;
}

bool memory_failed(void)
{
    return failed;
}
