/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Groups of words that mean the same, or belong to the same field, in whatever language.
 *
 * A word of a group is written as in phrases.h: whole ("rum"), or as a beginning ("vodk*").
 * Immutable once made, readable by any thread.
 */
#ifndef SOCIOPOINT_TEXT_GROUPS_H
#define SOCIOPOINT_TEXT_GROUPS_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

enum { WORD_GROUPS_MAXIMUM = 4096, WORD_GROUPS_OF_WORD = 6 };

struct word_group {
    struct str name;
    const struct str *words;
    size_t word_count;
};

/* Lives in the arena it was made in. */
struct word_groups;

/*
 * NULL with ERROR_MEMORY, or with the first word that is none: the problem phrase-word-unusable
 * (argument: the word), its pointer "<group>/<word>" in positions.
 */
struct word_groups *word_groups_new(const struct word_group *groups, size_t count,
                                    struct arena *arena, struct error *err);

/* The group of this name; NULL: there is none. */
const struct word_group *word_groups_find(const struct word_groups *groups, struct str name);

/*
 * The positions of the groups that the folded word is in, ascending, into `found`; returns how
 * many. Of more than WORD_GROUPS_OF_WORD the rest is passed over.
 */
size_t word_groups_of(const struct word_groups *groups, struct str word,
                      uint16_t found[WORD_GROUPS_OF_WORD]);

/* Asks for what word_groups_of() needs of memory, some time before it. */
void word_groups_fetch(const struct word_groups *groups, struct str word);

/* Calls `take` with every whole word (not beginning), folded. */
void word_groups_words(const struct word_groups *groups,
                       void (*take)(void *context, struct str word), void *context);

#endif
