/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the match reads of a generation: one cache line for each service, the classes of services
 * that are alike, and the candidates of each situation.
 *
 * Plain arrays, immutable, valid as long as the generation. Sets are bits by index of the knowledge
 * (target groups, municipalities, districts). Rows stand in the order of lists (folded name, then
 * id), so that equal scores have a fixed order by row. A service whose status is inactive or
 * defunct has no row; one that is temporarily closed has.
 *
 * A service belongs to each municipality that its area contains; with no area given, to those of
 * its places; with neither, to the file's.
 */
#ifndef SOCIOPOINT_CATALOGUE_MATCH_INDEX_H
#define SOCIOPOINT_CATALOGUE_MATCH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"
#include "sociopoint/catalogue/entry.h"
#include "sociopoint/domain/distance.h"
#include "sociopoint/domain/opening_hours.h"

struct arena;
struct generation;
struct match_prepared; /* src/match/prepared_internal.h */

/* Bits of match_row.flags. */
enum match_row_flag {
    ROW_AREA_GIVEN = 1 << 0,    /* the record says an area */
    ROW_WHOLE_COUNTRY = 1 << 1, /* ... and it is the country */
    ROW_WHOLE_REGION =
        1 << 2, /* ... a region (of each municipality in its set that has no area record) */
    ROW_WHOLE_MUNICIPALITY = 1 << 3, /* ... its home municipality as a whole */
    ROW_AREA_DISTRICTS = 1 << 4,     /* ... districts of its home municipality */
    ROW_AREA_LOCALITIES = 1 << 5, /* ... localities of its home municipality: see its area record */
    ROW_PLACE_LOCALITIES =
        1 << 6,              /* a place of it stands in a known locality of the home municipality */
    ROW_MORE_AREAS = 1 << 7, /* it has area records of other municipalities too */
    ROW_OFFICE = 1 << 8,     /* a town hall or district office */
    ROW_FIELD_ONLY = 1 << 9, /* field is its only form */
    ROW_PHONE = 1 << 10,     /* its own or its organisation's */
    ROW_EMAIL = 1 << 11,
    ROW_VISIT = 1 << 12, /* a place with a published street */
    ROW_WEB = 1 << 13,
    ROW_CONCEALED = 1 << 14,    /* a place of it is concealed */
    ROW_CONFIRMED = 1 << 15,    /* by its owner */
    ROW_CLOSED = 1 << 16,       /* temporarily */
    ROW_HOURS = 1 << 17,        /* it or a place of it states hours or closures: see the facts */
    ROW_PUBLIC_PLACE = 1 << 18, /* a place of it is not concealed */
    ROW_SEVERAL_PLACES = 1 << 19
};

/*
 * The last bit of a row's languages and accessibility is shared by all codes that came after the
 * others: when generation_language_bit() gives MATCH_LANGUAGE_SHARED, a set bit means "look in the
 * facts".
 */
enum { MATCH_ACCESSIBILITY_SHARED = 1 << 15 };
#define MATCH_LANGUAGE_SHARED (UINT32_C(1) << 31)

enum { MATCH_AGE_UNKNOWN = -1, MATCH_NO_KIND = -1, MATCH_NO_HOME = -1, MATCH_UNDATED = 0 };

/* One service; 64 bytes. "Home" is the municipality of its first area record. */
struct match_row {
    uint64_t municipalities;  /* set: those it belongs to */
    uint64_t target_groups;   /* set; empty: not given */
    uint64_t districts;       /* set: those of the home municipality that its area names */
    uint64_t place_districts; /* set: those of the home municipality in which its places stand */
    uint32_t flags;           /* set of match_row_flag */
    uint32_t languages;       /* set by generation_language_bit; 0: not given */
    uint32_t service;         /* position in match_index.services */
    uint32_t area_first;      /* its records in match_index.areas */
    uint16_t area_count;
    uint16_t accessibility; /* set by generation_accessibility_bit; 0: not given */
    uint16_t source_year;   /* of as_of, or of the owner's confirmation when later; MATCH_UNDATED */
    uint16_t registered_maximum; /* 0 unknown; 65535 and more: 65535 */
    int8_t kind;                 /* index of the knowledge or MATCH_NO_KIND */
    int8_t home;                 /* municipality of its first area record or MATCH_NO_HOME */
    int8_t minimum_age;          /* years or MATCH_AGE_UNKNOWN; at most 127 */
    int8_t maximum_age;
    uint32_t rules : 16;      /* set of service_rule */
    uint32_t forms : 8;       /* set of service_form */
    uint32_t cost : 4;        /* enum cost */
    uint32_t free_places : 4; /* enum free_places; of when: see the facts */
};
_Static_assert(sizeof(struct match_row) == 64, "a row is one cache line");

/* What a service's area and places say about one municipality. */
struct match_area {
    uint64_t districts;               /* set named by the area */
    uint64_t locality_districts;      /* set: the known districts of its localities */
    uint64_t place_districts;         /* set in which places stand */
    const uint16_t *localities;       /* named by the area, ascending */
    const uint16_t *place_localities; /* in which places stand, ascending */
    uint16_t locality_count;
    uint16_t place_locality_count;
    int16_t municipality;
    bool whole; /* the area names the municipality as a whole */
};

/* Where a place is visited: at its own coordinates, or in the middle of its district. */
struct match_spot {
    struct distance_point at;
    bool known; /* false: nobody knows, or may know, where it is */
};

/* Where the services of one class of FACET_SPOT are visited, which stand near each other, or in one
 * district of which the middle stands for them. */
struct match_cell {
    struct distance_point middle;
    double reach; /* none of them is farther from it, straight, in metres; 0: all are just there;
                     negative: nobody knows where */
};

/* The hours of one class of FACET_HOURS, side by side because those of the records lie far apart. */
struct match_hours {
    struct opening_hours place; /* of the only place; empty: it states nothing */
    struct opening_hours service;
};

/* Why a service is a candidate of a situation. */
enum match_strength {
    STRENGTH_KIND = 1, /* its kind helps in it and they share a target group */
    STRENGTH_NAMED = 2 /* its record names it */
};

/*
 * What a row consists of, cut into facets. Rows that are alike in everything that belongs to a
 * facet are of one class of it: a condition that looks at this facet alone comes to the same
 * verdict for all of them, so that the match asks once for each class and not once for each
 * service. What belongs to a facet is written down in src/catalogue/build_classes.c.
 */
enum match_facet {
    FACET_PERSON, /* ages and rules */
    FACET_OFFER,  /* forms, languages, accessibility, cost */
    FACET_SOURCE, /* the source's year, and the day of the owner's confirmation */
    FACET_GROUPS, /* target groups */
    FACET_AREA,   /* municipalities, area, places by district and locality; whether people come to
                     it, and whether it can be called or visited, or is closed */
    FACET_SPOT,   /* about where it is visited: the rows of a class share its match_cell, and
                     whether people come to them */
    FACET_HOURS,  /* hours of the service and of its places */
    FACET_ROOM,   /* free places */
    FACET_COUNT
};

/* Of rows that are alone in a facet or do not fit into its classes: each has to be looked at. */
enum { MATCH_NO_CLASS = 0 };

/* The classes of one facet. */
struct match_classes {
    const uint32_t *rows; /* by class: a row that speaks for all of it; nothing at MATCH_NO_CLASS */
    size_t count;         /* MATCH_NO_CLASS included; at most 65536 */
    bool complete;        /* no row is of MATCH_NO_CLASS */
};

/* The classes of a row. */
struct match_row_classes {
    uint16_t of[FACET_COUNT];
};

/* A service that may help in a situation. */
struct match_candidate {
    uint32_t row : 29;
    uint32_t strength : 2;     /* enum match_strength */
    uint32_t shares_group : 1; /* with the situation */
};
_Static_assert(sizeof(struct match_candidate) == 4, "candidates are read by the thousand");

/*
 * Candidates of one part that stand side by side because they are ones for the same reason and of
 * one class of FACET_PERSON, which decides most about a service: later years of the source before
 * earlier ones, then in ascending order of rows. Named ones with a shared group come first, then
 * other named ones, then those by kind. It ends where the next one begins.
 */
struct match_group {
    uint32_t first;   /* in match_index.candidate_items */
    uint16_t person;  /* the class */
    uint8_t strength; /* enum match_strength */
    uint8_t shares_group;
};

/*
 * The candidates of one situation: first those of each municipality that belong to no other, then
 * those of several municipalities or none. A row stands in one of these parts alone, the same in
 * all situations.
 */
struct match_candidates {
    const struct match_candidate *items;
    size_t count;
    const uint32_t *parts; /* by municipality, then the part of several: its first group, as a
                              position in match_index.groups; then the end */
    /* The same as bits of rows: those that name the situation, and those that share a group with
     * it; a candidate does at least one of these. */
    const uint64_t *named;
    const uint64_t *sharing;
};

struct match_index {
    const struct match_row *rows;
    size_t row_count;
    const struct match_area *areas;
    const struct match_spot *spots;
    const uint32_t *spot_first; /* by row, and one more: the spots of its places, in their order */
    struct match_classes classes[FACET_COUNT];
    const struct match_cell *cells;                /* by class of FACET_SPOT */
    const struct match_hours *hours;               /* by class of FACET_HOURS */
    const struct match_row_classes *row_classes;   /* by row */
    const struct match_candidates *candidates;     /* by situation of the knowledge */
    const struct match_candidate *candidate_items; /* of all situations, one behind the other */
    /* By facet, the class of each of these once more, because they are read by the thousand. */
    const uint16_t *candidate_classes[FACET_COUNT];
    const struct match_group *groups;      /* likewise; then one that has no candidates */
    const uint64_t *const *offered;        /* by municipality: bits of the rows that belong to it */
    const struct entry *const *services;   /* by match_row.service */
    const struct match_prepared *prepared; /* what match_prepare() has worked out; NULL: nothing */
};

const struct match_index *generation_match_index(const struct generation *generation);
/* For match_prepare() alone, before the generation is published: memory that lives as long as it,
 * and what of it the index leads to. */
struct arena *generation_arena(struct generation *generation);
void generation_set_prepared(struct generation *generation, const struct match_prepared *prepared);
/* The facts of a row. */
const struct service_facts *match_index_facts(const struct match_index *index,
                                              const struct match_row *row);
/* What the row says about the municipality; NULL: it is there by country, region or file. */
const struct match_area *match_index_area(const struct match_index *index,
                                          const struct match_row *row, int municipality);
/* The row of the service with this id, or -1. */
int64_t generation_match_row(const struct generation *generation, const struct uuid *service);
/* The bit of a language ("uk") or an accessibility code ("wheelchair"); 0: no service has it. */
uint32_t generation_language_bit(const struct generation *generation, struct str code);
uint16_t generation_accessibility_bit(const struct generation *generation, struct str code);

#endif
