/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The known word that a misspelt one most likely is.
 *
 * Known words are found by what is left of them when one letter is taken away (the symmetric delete
 * method of W. Garbe, 2012): a word and its misspelling with one letter wrong, missing, doubled,
 * or two neighbours exchanged have such a rest in common. So a look-up costs as many look-ups in a
 * table as the word has letters, whatever is known, and never more than SPELLING_TRIED comparisons.
 *
 * Words are folded (tokens.h). Immutable after spelling_new, readable by any thread.
 */
#ifndef SOCIOPOINT_TEXT_SPELLING_H
#define SOCIOPOINT_TEXT_SPELLING_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"

enum {
    SPELLING_LETTERS_MINIMUM = 5, /* shorter words are too easily another one */
    SPELLING_TRIED = 256
};

struct spelling;

/* A word that is known, and how often it is used: among equally near ones the commoner is taken. */
struct spelling_word {
    struct str word;
    uint32_t uses;
};

/* The words are looked at, not copied, and must outlive it. NULL without memory. */
struct spelling *spelling_new(const struct spelling_word *words, size_t count);
/* Accepts NULL. */
void spelling_free(struct spelling *spelling);

/*
 * The position of the known word that differs from `word` by one letter (changed, added, left out,
 * or exchanged with its neighbour) and begins alike, or of the word itself; -1: there is none, or
 * `word` is too short.
 */
int64_t spelling_find(const struct spelling *spelling, struct str word);

#endif
