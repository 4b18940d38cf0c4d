/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which needs the directory serves, and which nobody does: a count for each situation.
 */
#ifndef SOCIOPOINT_DIRECTORY_NEEDS_H
#define SOCIOPOINT_DIRECTORY_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

struct generation;

/* Services that name a situation and belong to the municipality. */
struct need {
    size_t local;            /* but those for the whole country */
    size_t local_with_phone; /* of their own */
    size_t national;
    size_t by_kind; /* local ones that help by their kind alone */
};

/*
 * Fills needs[i] for each situation i of the generation's knowledge; `needs` has room for as many.
 * `municipality` is an index of the knowledge.
 */
void directory_needs(const struct generation *generation, int municipality, struct need *needs);

#endif
