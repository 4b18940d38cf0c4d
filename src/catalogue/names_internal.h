/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index of names from the inside.
 *
 * A name is a sequence of words. Words that differ in their ending alone are one term, and every
 * term knows the names it stands in. Names belong to subjects: the services in the order of their
 * list, then the organisations, the situations and the places.
 */
#ifndef SOCIOPOINT_CATALOGUE_NAMES_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_NAMES_INTERNAL_H

#include "sociopoint/catalogue/names.h"
#include "string_table_internal.h"

enum {
    NAME_WORDS_MAXIMUM = 24, /* of one name; the rest is not looked at */
    NAME_STEM_BYTES = 256    /* a folded word is shorter (text/tokens.h) */
};

struct spelling;
struct spelling_word;

/* Bits of name_term.flags. */
enum name_term_flag {
    TERM_ORDINARY = 1, /* in the examples of what people say */
    TERM_PLACE = 2,    /* in the name of a municipality, district, part or locality */
    TERM_WHERE = 4,    /* it is such a name by itself */
    TERM_SMALL = 8,    /* a preposition or conjunction, "sv.", "o.p.s." */
    TERM_NUMBER = 16,
    TERM_INITIALS = 32 /* of whole names */
};

struct name_term {
    struct str stem; /* or the initials of names */
    uint32_t first;  /* in name_index.postings */
    uint32_t count;
    float weight;
    unsigned flags; /* set of name_term_flag */
};

/* Bits of name.flags. */
enum name_flag {
    NAME_OTHER = 1 /* not the first name of its subject */
};

struct name {
    uint32_t subject;
    uint32_t first; /* in name_index.terms_of_names */
    uint8_t count;
    uint8_t head;      /* words before the first bracket or dash */
    uint8_t languages; /* set of 1 << enum language */
    uint8_t flags;
    float weight; /* of all its terms */
};

/* A word as it is looked up, in the order of bytes. */
struct name_word {
    struct str word;
    uint32_t term;
};

struct name_index {
    uint32_t first_subject[NAME_KIND_COUNT + 1];
    const struct name *names;
    size_t name_count;
    const uint32_t *first_name; /* by subject, and one more */
    const uint32_t *terms_of_names;
    const struct name_term *terms;
    size_t term_count;
    float rarest_weight;      /* of a term that stands in one name */
    const uint32_t *postings; /* names, ascending */
    const struct name_word *words;
    size_t word_count;
    struct string_table stems;    /* to the term plus 1 */
    struct string_table initials; /* likewise */
    struct spelling *spelling;    /* of `spelt`; freed with the index */
    const struct spelling_word *spelt;
    const uint32_t *term_of_spelt;
    const struct name_place *places;
    size_t place_count;
    uint32_t *organization_of; /* by service: position plus 1, or 0 */
    uint32_t *services_first;  /* by organisation, and one more */
    uint32_t *services;        /* of the first organisation, of the second ... */
};

/* The terms that a typed word means: of the word, of what it may be misspelt for, of initials. */
struct name_meaning {
    struct name_sense {
        uint32_t term;
        bool misspelt;
    } senses[3];
    size_t count;
};

/* The folded word without what Czech, Slovak and Ukrainian endings vary; a view, or in `room`. */
struct str name_stem(struct str word, char room[NAME_STEM_BYTES]);
/* Whether the folded word is a preposition or a conjunction, or a legal form. */
bool name_word_is_small(struct str word);
/* The folded word with doubled Latin letters made single, in `room` of word.length bytes. */
struct str name_squeeze(struct str word, char *room);

/* What a typed word means in names. Where hardly any name has it, it may be misspelt, too. */
void name_index_understand(const struct name_index *index, struct str word,
                           struct name_meaning *meaning);
/* The words that begin so: [*first, *end). */
void name_index_beginning(const struct name_index *index, struct str word, size_t *first,
                          size_t *end);
/* The kind of a subject. */
enum name_kind name_index_kind(const struct name_index *index, uint32_t subject);

/* Services or organisations that a search finds by their names: a bit for each. */
MUST_USE bool name_index_search(const struct generation *generation, enum name_kind kind,
                                struct str text, struct arena *arena, uint64_t **found,
                                struct error *err);

/* Frees what is not in the generation's arena. */
void name_index_done(struct name_index *index);

#endif
