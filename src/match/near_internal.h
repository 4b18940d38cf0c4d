/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which known words are nearest to one that is not known.
 */
#ifndef SOCIOPOINT_MATCH_NEAR_INTERNAL_H
#define SOCIOPOINT_MATCH_NEAR_INTERNAL_H

#include <stddef.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"

enum { NEAR_WORDS = 5, NEAR_TEXT_SIZE = 96 };

/* The best so far, nearest first. */
struct near_words {
    struct str asked; /* folded */
    struct arena *arena;
    struct str words[NEAR_WORDS];
    size_t distances[NEAR_WORDS];
    size_t count;
};

void near_init(struct near_words *near, struct str asked, struct arena *arena);
/* Offers `word`, compared by the folded form of `by` (the word itself, or a name it has). */
void near_offer(struct near_words *near, struct str word, struct str by);
/* The words joined by ", ", as many as fit whole; returns `text`. */
const char *near_text(const struct near_words *near, char text[NEAR_TEXT_SIZE]);

#endif
