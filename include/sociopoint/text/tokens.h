/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody typed, as words that can be compared.
 *
 * One pass over the text. A word is a run of letters; an apostrophe inside it vanishes ("пам'ять",
 * "don't"). Latin letters lose case and diacritics, Cyrillic ones only their case (й and ї are
 * letters of their own); composed and decomposed spelling come out alike (Unicode Standard Annex
 * 15), and so do wide and ligature forms. A letter repeated three times or more stands once
 * ("pomoooc"). A run of digits is a number. Everything else stands between words; marks that end a
 * thought (. ! ? ; , : and a new line) also end a clause.
 *
 * Reading takes time and memory proportional to the text, whatever its bytes are.
 */
#ifndef SOCIOPOINT_TEXT_TOKENS_H
#define SOCIOPOINT_TEXT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

enum {
    TEXT_TOKENS_MAXIMUM = 1024, /* what comes behind is not read */
    TEXT_WORD_MAXIMUM = 48,     /* letters of a word that are looked at */
    TEXT_WORD_BYTES = 4 * TEXT_WORD_MAXIMUM
};

enum text_token_kind {
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_DENIED /* a word that a reader of tokens has set aside; text_tokens_read makes none */
};

struct text_token {
    enum text_token_kind kind;
    struct str source; /* as it was typed, a view into the text */
    struct str word;   /* folded; of a number its digits */
    uint32_t number;   /* of a number; UINT32_MAX: larger */
    uint32_t clause;   /* counts from 0; the same for all tokens of one clause */
    uint32_t start;    /* where it stands in the text, in UTF-16 code units as JavaScript, Java */
    uint32_t end;      /* and Kotlin count, from its first unit to the one behind its last */
};

struct text_tokens {
    const struct text_token *items;
    size_t count;
    bool cut; /* there were more than TEXT_TOKENS_MAXIMUM */
};

/*
 * Reads valid UTF-8 (what is not valid stands between words). Tokens and their words live in the
 * arena; fails only when that is exhausted, with ERROR_MEMORY.
 */
MUST_USE bool text_tokens_read(struct str text, struct arena *arena, struct text_tokens *tokens,
                               struct error *err);

/* One word as text_tokens_read would fold it; absent where there is none or more than one. */
struct str text_fold_word(struct str word, struct arena *arena);

#endif
