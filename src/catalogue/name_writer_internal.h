/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Makes the index of names, name by name.
 *
 * Names share most of their words, so that what stands between two spaces is read once and looked
 * up afterwards. Every function returns false when memory is exhausted.
 */
#ifndef SOCIOPOINT_CATALOGUE_NAME_WRITER_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_NAME_WRITER_INTERNAL_H

#include "names_internal.h"

struct vocabulary;

enum { NAME_ALL_LANGUAGES = 0xff };

/* An array that grows. */
struct name_list {
    size_t count;
    size_t capacity;
};

struct name_writer {
    struct arena *arena;                 /* of the index */
    struct arena *scratch;               /* of the build */
    struct arena *reading;               /* of the piece that is being read */
    const struct vocabulary *vocabulary; /* knows ordinary words; NULL: there is none */
    struct string_table pieces;          /* what stands between spaces: to its place in `starts` */
    uint32_t *starts;                    /* of each piece and behind the last, in `piece_terms` */
    struct name_list start_list;
    uint32_t *piece_terms;
    struct name_list piece_list;
    struct string_table known_words; /* to the place in `words` plus 1 */
    struct name_word *words;
    struct name_list word_list;
    struct name_term *terms;
    struct name_list term_list;
    struct name *names;
    struct name_list name_list;
    uint32_t *sequence; /* terms of names, one name after the other */
    struct name_list sequence_list;
    struct string_table stems;
    struct string_table initials;
    uint32_t *initial_terms; /* pairs of a term and the name it abbreviates */
    struct name_list initial_list;
};

MUST_USE bool name_writer_init(struct name_writer *writer, struct arena *arena,
                               struct arena *scratch, const struct vocabulary *vocabulary);
void name_writer_done(struct name_writer *writer);

/* Adds a name; an absent or empty one is none. `abbreviated`: its initials find it, too. */
MUST_USE bool name_writer_add(struct name_writer *writer, const struct name *name, struct str text,
                              bool abbreviated);
/* Marks the words of the text as those of a place. */
MUST_USE bool name_writer_mark_place(struct name_writer *writer, struct str text);
/* Fills names, terms, words and what finds them. */
MUST_USE bool name_writer_finish(struct name_writer *writer, struct name_index *index);

#endif
