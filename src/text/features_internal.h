/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A text as the classifier sees it: what its words are, how they begin, and which stand together.
 */
#ifndef SOCIOPOINT_TEXT_FEATURES_INTERNAL_H
#define SOCIOPOINT_TEXT_FEATURES_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"

struct text_tokens;
struct word_groups;

enum {
    FEATURES_OF_WORD = 4, /* at most: itself and its beginnings */
    GROUPS_OF_TOKEN = 3,  /* of its groups so many count */
    PAIR_REACH = 3,       /* groups of words so far apart still make a pair */
    /* With pairs of words, its groups, and pairs of groups. */
    FEATURES_OF_TOKEN =
        FEATURES_OF_WORD + 2 + GROUPS_OF_TOKEN + PAIR_REACH * GROUPS_OF_TOKEN * GROUPS_OF_TOKEN,
    BEGINNING_SHORTEST = 4,
    BEGINNING_LONGEST = 6,
    BEGINNING_OF_PAIR = 5
};

struct feature {
    uint64_t name; /* a hash */
    float value;
    uint32_t tokens[2]; /* that it comes from; a word's twice the same */
};

/* What is known of a word alone, at most FEATURES_OF_WORD, into `names`; returns how many. */
size_t features_of_word(struct str word, uint64_t names[FEATURES_OF_WORD]);

/*
 * The features of the tokens [from, to), FEATURES_OF_TOKEN for each at most, so scaled that the
 * squares of the values sum up to 1. NULL when the arena is exhausted.
 */
struct feature *features_of_text(const struct word_groups *groups, const struct text_tokens *tokens,
                                 size_t from, size_t to, struct arena *arena, size_t *count);

#endif
