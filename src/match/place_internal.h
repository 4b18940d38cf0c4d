/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A place as people name it.
 */
#ifndef SOCIOPOINT_MATCH_PLACE_INTERNAL_H
#define SOCIOPOINT_MATCH_PLACE_INTERNAL_H

#include <stdbool.h>

#include "near_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/domain/knowledge.h"

struct place {
    int district; /* KNOWLEDGE_NONE: not known, or the whole municipality is meant */
    int locality;
    struct str name; /* absent: the whole municipality is meant */
};

/* Finds `asked` in the municipality; false when nothing there has that name. */
bool place_find(const struct municipality *municipality, struct str asked, struct arena *arena,
                struct place *place);
/* Offers every place of the municipality. */
void place_offer_near(const struct municipality *municipality, struct near_words *near);

#endif
