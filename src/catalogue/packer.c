/* SPDX-License-Identifier: EUPL-1.2 */
#include "packer_internal.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { ALIGNMENT = alignof(int64_t) };

char *packer_text(struct packer *packer, size_t length)
{
    const size_t start = packer->used;
    packer->used += length;
    if (packer->memory == NULL || packer->used > packer->capacity)
        return NULL;
    return packer->memory + start;
}

void *packer_array(struct packer *packer, size_t count, size_t size)
{
    packer->used = (packer->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return packer_text(packer, count * size);
}

struct str packer_copy(struct packer *packer, struct str view)
{
    if (!str_present(view))
        return view;
    char *room = packer_text(packer, view.length);
    if (room != NULL && view.length > 0)
        memcpy(room, view.data, view.length);
    return (struct str){room, view.length};
}
