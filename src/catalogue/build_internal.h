/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Building a generation, step by step. Every step returns false when memory is exhausted.
 */
#ifndef SOCIOPOINT_CATALOGUE_BUILD_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_BUILD_INTERNAL_H

#include "code_table_internal.h"
#include "generation_internal.h"

enum { SITUATION_WORDS = KNOWLEDGE_SITUATIONS_MAXIMUM / 64 };

struct arena;

/* Situations, by index of the knowledge. */
struct situation_set {
    uint64_t words[SITUATION_WORDS];
};

struct build {
    struct catalogue *catalogue;
    struct generation *generation;
    struct arena *scratch; /* what only the build needs */
    struct code_table codes;
    struct situation_set *named; /* in scratch: by row, the situations its record names */
    size_t place_count;          /* of all rows */
};

/* The rows of services with their areas, and to which municipalities services and places belong. */
bool build_match_rows(struct build *build);
/* Where the places of each row are; after the rows. */
bool build_match_spots(struct build *build);
/* The classes of each row; after the rows. */
bool build_match_classes(struct build *build);
/* Where the rows of each class of places are; after the classes. */
bool build_match_cells(struct build *build);
/* The hours of each class of hours; after the classes. */
bool build_match_hours(struct build *build);
/* The candidates of each situation; after the classes. */
bool build_match_candidates(struct build *build);
/* To which municipalities events belong, and those of services; after the rows. */
bool build_events(struct build *build);
/* To which municipalities the other documents belong, and the positions by municipality. */
bool build_membership(struct build *build);
/* The index of names, once the documents can be found; may run beside the other steps. */
bool build_names(struct generation *generation, struct arena *scratch);

/* The index of a key; one that the knowledge does not have is counted. */
int build_code(struct build *build, unsigned space, struct str key);

#endif
