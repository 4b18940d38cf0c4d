/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Groups and runs of candidates that are still to be looked at, the most promising first.
 */
#ifndef SOCIOPOINT_MATCH_FRONTIER_INTERNAL_H
#define SOCIOPOINT_MATCH_FRONTIER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"

/* A run, or a group of which no run has been taken out. */
struct prospect {
    int64_t order;  /* none of its candidates has a higher one ... */
    uint32_t row;   /* ... or a lower row */
    uint32_t group; /* in match_index.groups */
    uint32_t run;   /* in match_index.runs; PROSPECT_GROUP: the whole group */
};

#define PROSPECT_GROUP UINT32_MAX

/* A heap: each stands not before those at twice its place plus 1 and 2. */
struct frontier {
    struct prospect *items;
    size_t count;
};

/* Room for so many at a time; false when the arena is exhausted. */
MUST_USE bool frontier_init(struct frontier *frontier, size_t maximum, struct arena *arena);
void frontier_add(struct frontier *frontier, const struct prospect *fresh);
/* Takes the most promising out; there is one. */
struct prospect frontier_take(struct frontier *frontier);

#endif
