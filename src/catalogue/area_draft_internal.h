/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where one service is given, worked out from its facts before it becomes rows and areas.
 */
#ifndef SOCIOPOINT_CATALOGUE_AREA_DRAFT_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_AREA_DRAFT_INTERNAL_H

#include "build_internal.h"

enum { LOCALITY_WORDS = KNOWLEDGE_LOCALITIES_MAXIMUM / 64 };

/* Localities of one municipality. */
struct locality_set {
    uint64_t words[LOCALITY_WORDS];
};

/* What the area and the places say about one municipality. */
struct area_draft {
    int municipality;
    bool whole;
    uint64_t districts;
    uint64_t locality_districts;
    uint64_t place_districts;
    struct locality_set localities;
    struct locality_set place_localities;
};

struct service_draft {
    uint64_t municipalities; /* set it belongs to */
    bool country;
    bool region;
    size_t count; /* of areas, those named by the area first, then those of places */
    struct area_draft areas[KNOWLEDGE_MUNICIPALITIES_MAXIMUM];
};

/*
 * Works out the draft: its municipalities are those its area contains; with no area given, those of
 * its places; with neither, the file's (else `fallback`, the municipality of its row). Areas of
 * other municipalities are left out.
 */
void service_draft_make(struct build *build, const struct service_facts *facts, struct str fallback,
                        struct service_draft *draft);

#endif
