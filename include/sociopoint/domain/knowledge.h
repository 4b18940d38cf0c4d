/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the editors of a city know and keep in YAML: situations, target groups, kinds of service,
 * municipalities, crisis lines, sentences, and the weights of the match.
 *
 * Built by config, immutable afterwards, counted: a generation holds one, and so does whoever is
 * building the next. Everything inside lives in one arena that goes with the last reference.
 * References between the parts are indexes into the arrays here; KNOWLEDGE_NONE stands for "none".
 */
#ifndef SOCIOPOINT_DOMAIN_KNOWLEDGE_H
#define SOCIOPOINT_DOMAIN_KNOWLEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/domain/language.h"
#include "sociopoint/domain/match_condition.h"
#include "sociopoint/domain/texts.h"
#include "sociopoint/domain/understanding.h"

enum {
    KNOWLEDGE_NONE = -1,
    KNOWLEDGE_SITUATIONS_MAXIMUM = 256,
    KNOWLEDGE_TARGET_GROUPS_MAXIMUM = 64,  /* a set of them is one uint64_t */
    KNOWLEDGE_KINDS_MAXIMUM = 64,          /* likewise */
    KNOWLEDGE_MUNICIPALITIES_MAXIMUM = 64, /* likewise */
    KNOWLEDGE_DISTRICTS_MAXIMUM = 64,      /* of one municipality; likewise */
    KNOWLEDGE_LOCALITIES_MAXIMUM = 256     /* of one municipality */
};

/* The ways a service is given (Act 108/2006, section 33), as bits of a set. */
enum service_form { FORM_RESIDENTIAL = 1, FORM_OUTPATIENT = 2, FORM_FIELD = 4 };

/* How much a situation hurries. */
enum urgency { URGENCY_NORMAL, URGENCY_URGENT, URGENCY_CRISIS };

/* A taxonomy term as HSDS knows it; the first member of everything that is one. */
struct term {
    struct uuid id;
    struct str key;
    struct translated name;
    struct translated description;
};

struct category {
    struct term term;
};

struct situation {
    struct term term;
    int category;
    enum urgency urgency;
    const uint16_t *crisis_lines; /* in the order to be read out */
    size_t crisis_line_count;
    uint64_t kinds;         /* set of kinds whose services help more weakly ("services_sections") */
    uint64_t target_groups; /* set; a kind counts only for services that share one of them */
    const struct str *synonyms; /* Czech words for it, for understanding free text */
    size_t synonym_count;
};

struct target_group {
    struct term term;
};

/* A kind of service: a section of Act 108/2006, or `related-activity` (section absent). */
struct service_kind {
    struct term term;
    struct str section; /* "57" */
    unsigned forms;     /* set of service_form */
};

struct crisis_line {
    struct str number; /* as it is dialled and read out: "116 006" */
    struct translated name;
    struct translated for_whom;
    struct translated hours; /* as confirmed; a sentence that says so where they are not */
    struct str operator_name;
    bool round_the_clock; /* confirmed 24/7 and nothing less */
    bool free_of_charge;  /* false: not known */
    bool confirmed;
    int municipality; /* KNOWLEDGE_NONE: the whole country */
    struct str source;
    struct str as_of; /* absent: undated */
};

/* A city district, with the parts people name it by. */
struct district {
    struct str key;
    struct str name;
    const struct str *parts;
    size_t part_count;
    bool has_coordinates;   /* of its middle */
    int32_t latitude_micro; /* WGS 84, millionths of a degree */
    int32_t longitude_micro;
};

/* A named place inside a municipality. */
struct locality {
    struct str key;
    struct str name;
    const struct str *other_names;
    size_t other_name_count;
    int district; /* KNOWLEDGE_NONE: not known */
};

/* Whom to call when nothing fits; only where the city has such a place. */
struct first_contact {
    struct uuid service; /* the listing of the contact point itself */
    struct translated name;
    struct str phone;
    struct str email;        /* may be absent */
    struct translated hours; /* "on working days in office hours" */
};

struct municipality {
    struct str key;
    struct translated name;
    struct str region; /* key: "moravskoslezsky" */
    const struct district *districts;
    size_t district_count;
    const struct locality *localities;
    size_t locality_count;
    const struct first_contact *first_contact; /* NULL: none known */
};

/* Points for a service that is at most so far away. */
struct distance_band {
    int within_m;
    int points;
};

enum { DISTANCE_BANDS_MAXIMUM = 8 };

/* How many of the first results one organisation may have while another is close behind. */
struct match_diversity {
    int first;   /* this many results are looked at */
    int at_most; /* of them of one organisation */
    int within;  /* points another may be behind the one it passes */
};

/* Points of the match, from config/match.yaml, which says what each rewards. */
struct match_weights {
    int named_situation;
    int kind_of_situation;
    int target_group_of_situation;
    int name;                 /* the service is asked for by its name */
    int met[CONDITION_COUNT]; /* by enum match_condition */
    int unknown[CONDITION_COUNT];
    int failed[CONDITION_COUNT]; /* soft conditions only; a failed hard one makes a near miss */
    int confirmed;
    int overdue;           /* confirmed, but longer ago than `review_age_days` */
    int review_age_days;   /* how long a confirmation counts */
    int capacity_age_days; /* how long a figure of free places is believed */
    struct distance_band distance_bands[DISTANCE_BANDS_MAXIMUM]; /* ascending; farther: 0 points */
    size_t distance_band_count;
    struct match_diversity diversity;
    int source_year_points[8]; /* age of the source in years 0..7; older and undated: last */
};

/* All of it. `hash` changes with any byte of the YAML and stands in the tags of composed answers. */
struct knowledge {
    const struct category *categories;
    size_t category_count;
    const struct situation *situations;
    size_t situation_count;
    const struct target_group *target_groups;
    size_t target_group_count;
    const struct service_kind *kinds;
    size_t kind_count;
    const struct crisis_line *crisis_lines;
    size_t crisis_line_count;
    const struct municipality *municipalities;
    size_t municipality_count;
    int default_municipality;
    struct term situations_taxonomy;
    struct term target_groups_taxonomy;
    struct term kinds_taxonomy;
    struct texts texts;
    struct match_weights weights;
    struct understanding understanding;
    char hash[17];
    struct arena *arena;
    int references; /* atomic; only knowledge_acquire and knowledge_release touch it */
};

/* An empty one with one reference; NULL without memory. */
struct knowledge *knowledge_new(size_t arena_maximum);
const struct knowledge *knowledge_acquire(const struct knowledge *knowledge);
/* Frees it with the last reference; accepts NULL. */
void knowledge_release(const struct knowledge *knowledge);

/* Indexes by key, or KNOWLEDGE_NONE. */
int knowledge_situation(const struct knowledge *knowledge, struct str key);
int knowledge_target_group(const struct knowledge *knowledge, struct str key);
/* By key ("shelter") or section ("57"). */
int knowledge_kind(const struct knowledge *knowledge, struct str key_or_section);
int knowledge_municipality(const struct knowledge *knowledge, struct str key);
int municipality_district(const struct municipality *municipality, struct str key);
int municipality_locality(const struct municipality *municipality, struct str key);
/* "residential", "outpatient", "field" -> the bit, or 0. */
unsigned service_form_from_key(struct str key);
const char *service_form_key(enum service_form form);

/* The classifier's label for what is beside the situations, whose labels are their indexes. */
static inline size_t knowledge_label(const struct knowledge *knowledge, enum label_beside label)
{
    return knowledge->situation_count + (size_t)label;
}

#endif
