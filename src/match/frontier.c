/* SPDX-License-Identifier: EUPL-1.2 */
#include "frontier_internal.h"

static bool stands_before(const struct prospect *left, const struct prospect *right)
{
    return left->order > right->order || (left->order == right->order && left->row < right->row);
}

bool frontier_init(struct frontier *frontier, size_t maximum, struct arena *arena)
{
    /* Nothing is read before it has been added, so there is nothing to be cleared. */
    void *memory = arena_buffer(arena, maximum * sizeof *frontier->items);
    *frontier = (struct frontier){.items = memory};
    return memory != NULL;
}

void frontier_add(struct frontier *frontier, const struct prospect *fresh)
{
    struct prospect *items = frontier->items;
    size_t place = frontier->count++;
    while (place > 0 && stands_before(fresh, &items[(place - 1) / 2])) {
        items[place] = items[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    items[place] = *fresh;
}

struct prospect frontier_take(struct frontier *frontier)
{
    struct prospect *items = frontier->items;
    const struct prospect first = items[0];
    const struct prospect last = items[--frontier->count];
    size_t place = 0;
    for (;;) {
        size_t next = 2 * place + 1;
        if (next + 1 < frontier->count && stands_before(&items[next + 1], &items[next]))
            next++;
        if (next >= frontier->count || !stands_before(&items[next], &last))
            break;
        items[place] = items[next];
        place = next;
    }
    items[place] = last;
    return first;
}
