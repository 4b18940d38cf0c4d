/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Things found by their names: services, organisations, situations and places.
 *
 * Every generation has an index of the words of all names: names, alternate names and aliases of
 * services and organisations (a service is found by its organisation's names too), names and
 * synonyms of situations, names of districts, their parts and localities. A typed word finds a
 * word of a name that is the same but for its ending ("armády" finds "armáda"), that it is one
 * letter away from (text/spelling.h), that it is the beginning of where somebody is still typing,
 * or the initials of the name ("NZDM"). Words may come in any order. A word counts the more the
 * fewer names have it, so that "centrum" and "Ostrava" count little.
 *
 * Looking up takes bounded time and memory, whatever is typed. Immutable, readable by any thread.
 */
#ifndef SOCIOPOINT_CATALOGUE_NAMES_H
#define SOCIOPOINT_CATALOGUE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/language.h"

struct generation;
struct text_tokens;

enum {
    NAME_TOKENS_MAXIMUM = 64, /* tokens of a question that are looked at, those of names first */
    NAME_HITS_MAXIMUM = 64,   /* of an answer */
    NAME_SCORE_MAXIMUM = 1000
};

enum name_kind { NAME_SERVICE, NAME_ORGANIZATION, NAME_SITUATION, NAME_PLACE, NAME_KIND_COUNT };

/* A place of a municipality of the knowledge. */
struct name_place {
    struct str name; /* of the part where it is one of a district */
    int16_t municipality;
    int16_t district; /* KNOWLEDGE_NONE: of a locality it is not known */
    int16_t locality; /* KNOWLEDGE_NONE: it is a district, or a part of one */
};

struct name_query {
    const struct text_tokens *tokens;
    bool typing;            /* the last word may go on */
    enum language language; /* of the names of situations; synonyms are found in any */
    int municipality;       /* what does not belong to it is left out; KNOWLEDGE_NONE: nothing is */
    size_t maximum;         /* of each kind; at most NAME_HITS_MAXIMUM */
};

/* Something whose name was found. */
struct name_hit {
    enum name_kind kind;
    uint32_t
        position; /* in the documents of its kind, the situations of the knowledge, the places */
    int score;    /* to NAME_SCORE_MAXIMUM: how much of what was typed, and of the name */
    bool whole; /* every word that was typed was found; of an organisation that is said: no service
                   of it is meant more than the others */
    const bool *tokens; /* by token: whether it was found in the name */
};

struct name_hits {
    const struct name_hit *items;
    size_t count;
};

/*
 * What the tokens may name, kind by kind, the best first, equal ones in the order of positions. The
 * hits live in the arena; fails only when that is exhausted.
 */
MUST_USE bool generation_names_find(const struct generation *generation,
                                    const struct name_query *query, struct arena *arena,
                                    struct name_hits *hits, struct error *err);

/*
 * Services and organisations that a sentence names beyond doubt. It has to have a word that is
 * rare among names and does not come up otherwise (not in the examples of the knowledge, and not
 * the name of a place), or all words of a name side by side but for prepositions and places, or
 * nothing but words of one name.
 */
MUST_USE bool generation_names_said(const struct generation *generation,
                                    const struct text_tokens *tokens, struct arena *arena,
                                    struct name_hits *hits, struct error *err);

/* Positions of the organisation's services, ascending. */
const uint32_t *generation_services_of(const struct generation *generation, size_t organization,
                                       size_t *count);
/* The place of a hit. */
const struct name_place *generation_name_place(const struct generation *generation,
                                               uint32_t position);

#endif
