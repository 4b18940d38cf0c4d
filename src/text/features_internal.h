/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A text as the classifier sees it: what its words are, how they begin, and which stand together.
 */
#ifndef SOCIOPOINT_TEXT_FEATURES_INTERNAL_H
#define SOCIOPOINT_TEXT_FEATURES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

struct text_tokens;
struct word_groups;

enum {
    FEATURES_OF_WORD = 4, /* at most: itself and its beginnings */
    GROUPS_OF_TOKEN = 3,  /* of its groups so many count */
    FEATURES_REACH = 3,   /* what stands together is so far apart at most */
    /* With pairs of words, its groups, and pairs of groups. */
    FEATURES_OF_TOKEN =
        FEATURES_OF_WORD + 2 + GROUPS_OF_TOKEN + FEATURES_REACH * GROUPS_OF_TOKEN * GROUPS_OF_TOKEN,
    BEGINNING_SHORTEST = 4,
    BEGINNING_LONGEST = 6,
    BEGINNING_OF_PAIR = 5
};

struct feature {
    uint64_t name; /* a hash */
    float value;
    uint32_t tokens[2]; /* that it comes from, in their order; a word's twice the same */
};

/* The groups of a token. */
struct token_groups {
    uint16_t numbers[GROUPS_OF_TOKEN];
    uint16_t count;
};

/* A text whose features are asked for. */
struct features_text {
    const struct text_tokens *tokens;
    const struct token_groups *groups; /* by token */
};

/* Reads the groups of its tokens; false when the arena is exhausted. */
MUST_USE bool features_prepare(struct features_text *text, const struct word_groups *groups,
                               const struct text_tokens *tokens, struct arena *arena);

/*
 * The features of a token alone and of what follows it within FEATURES_REACH together with it, so
 * that all tokens together name each feature once. Returns how many they are.
 */
size_t features_of_token(const struct features_text *text, size_t token,
                         struct feature features[FEATURES_OF_TOKEN]);

#endif
