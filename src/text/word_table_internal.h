/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words to numbers: an open hash table in an arena.
 */
#ifndef SOCIOPOINT_TEXT_WORD_TABLE_INTERNAL_H
#define SOCIOPOINT_TEXT_WORD_TABLE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"

struct word_table_item {
    struct str word; /* absent: the place is free */
    uint32_t value;
    uint32_t upper; /* half of its hash */
};

/* All zero is the empty table. */
struct word_table {
    struct word_table_item *items;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

/*
 * The value of the word, 0 where it is new; valid until the next word is put. The word's bytes are
 * looked at, not copied. NULL when the arena is exhausted.
 */
uint32_t *word_table_put(struct word_table *table, struct str word, struct arena *arena);
/* The value of the word, whose hash (str_hash) is known; 0 when it is not there. */
uint32_t word_table_get(const struct word_table *table, struct str word, uint64_t hash);
/* Asks for the place of a word that is looked up soon. */
void word_table_fetch(const struct word_table *table, uint64_t hash);
/* A little later: asks for the word that stands there. */
void word_table_fetch_word(const struct word_table *table, uint64_t hash);

#endif
