/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lines of words that belong together, looked for in what somebody typed.
 *
 * A line is written by an editor: words with spaces between, all of which must stand near each
 * other in the text, in any order, each found in a word of its own. A word may be
 *
 *     nechci|nechce     either of them
 *     znásil*           everything that begins so
 *     @partner          one of a group's words (groups.h), alone or among alternatives
 *     !film             none of them may stand near the others
 *     #                 any number
 *
 * Case and diacritics do not count (tokens.h). Immutable once made, readable by any thread.
 */
#ifndef SOCIOPOINT_TEXT_PHRASES_H
#define SOCIOPOINT_TEXT_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

struct text_tokens;
struct word_groups;

enum {
    PHRASE_WORDS_MAXIMUM = 6,    /* of a line that must be there, and as many that must not */
    PHRASE_LINES_MAXIMUM = 4096, /* of a set */
    PHRASE_NEAR_DEFAULT = 8      /* words from the first to the last of a line */
};

struct phrase_line {
    struct str text;
    unsigned near; /* 0: PHRASE_NEAR_DEFAULT */
};

/* Lives in the arena it was made in. */
struct phrase_set;

/* A line that was found, and the tokens that its words were found in, in ascending order. */
struct phrase_hit {
    uint32_t line;
    uint16_t tokens[PHRASE_WORDS_MAXIMUM];
    size_t token_count;
};

struct phrase_hits {
    const struct phrase_hit *items; /* in the order of the lines, each at most once */
    size_t count;
};

/*
 * Makes a set. NULL with ERROR_MEMORY, or with the first line that is wrong: its number is the
 * pointer ("12"), and the problem phrase-empty, phrase-long (argument: the maximum of words),
 * phrase-group-unknown (argument: its name), phrase-word-unusable (argument: the word) or
 * phrase-lines-too-many.
 */
struct phrase_set *phrase_set_new(const struct word_groups *groups, const struct phrase_line *lines,
                                  size_t line_count, struct arena *arena, struct error *err);

/* Finds the lines; the hits live in the arena. Fails only when that is exhausted. */
MUST_USE bool phrase_set_find(const struct phrase_set *set, const struct text_tokens *tokens,
                              struct arena *arena, struct phrase_hits *hits, struct error *err);

/* Calls `take` with every whole word (not beginning) of the lines, folded. */
void phrase_set_words(const struct phrase_set *set, void (*take)(void *context, struct str word),
                      void *context);

#endif
