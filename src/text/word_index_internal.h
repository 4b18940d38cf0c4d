/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words as editors write them (whole, with a star, "#"), and the numbers that each leads to.
 */
#ifndef SOCIOPOINT_TEXT_WORD_INDEX_INTERNAL_H
#define SOCIOPOINT_TEXT_WORD_INDEX_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/text/tokens.h"
#include "word_table_internal.h"

/* A number that a word leads to, and where the word's next one stands (0: there is none). */
struct word_target {
    uint32_t next;
    uint16_t number;
};

/* All zero is the empty index. */
struct word_index {
    struct word_table whole;
    struct word_table beginnings;
    uint64_t lengths;            /* in bytes, that beginnings have, as bits; the last: or more */
    struct word_target *targets; /* the first is not used */
    size_t target_count;
    size_t target_capacity;
};

/*
 * Lets the word lead to the number. Fails with ERROR_MEMORY, or with phrase-word-unusable
 * (argument: the word) and no pointer.
 */
MUST_USE bool word_index_add(struct word_index *index, struct str word, uint16_t number,
                             struct arena *arena, struct error *err);
/* Asks for what word_index_numbers() needs, some time before it. */
void word_index_fetch(const struct word_index *index, struct str word);
/* Calls `take` with every number that a token leads to, in no order, maybe more than once. */
void word_index_numbers(const struct word_index *index, enum text_token_kind kind, struct str word,
                        void (*take)(void *context, uint16_t number), void *context);
/* Calls `take` with every whole word, folded. */
void word_index_words(const struct word_index *index, void (*take)(void *context, struct str word),
                      void *context);

#endif
