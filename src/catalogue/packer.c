/* SPDX-License-Identifier: EUPL-1.2 */
#include "packer_internal.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { ALIGNMENT = alignof(int64_t) };

char *packer_text(struct packer *packer, size_t length)
{
    char *room = packer->memory == NULL ? NULL : packer->memory + packer->used;
    packer->used += length;
    return room;
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
