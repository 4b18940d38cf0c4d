/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The words that are understood, so that a misspelt one can be read as the one that was meant.
 *
 * Lives in the arena it was made in, but for what vocabulary_free frees. Immutable once finished,
 * readable by any thread.
 */
#ifndef SOCIOPOINT_TEXT_VOCABULARY_H
#define SOCIOPOINT_TEXT_VOCABULARY_H

#include <stdbool.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

struct text_tokens;
struct vocabulary;

/* An empty one; NULL without memory. */
struct vocabulary *vocabulary_new(struct arena *arena);
/* Accepts NULL. The arena keeps what is its own. */
void vocabulary_free(struct vocabulary *vocabulary);

/* Adds a folded word, which is copied, or one more use of it; false without memory. */
MUST_USE bool vocabulary_add(struct vocabulary *vocabulary, struct str word);
/* To be called once, after the last word and before the first question; false without memory. */
MUST_USE bool vocabulary_finish(struct vocabulary *vocabulary);

/* Whether the folded word is there. */
bool vocabulary_has(const struct vocabulary *vocabulary, struct str word);
/* Whether it is, or another word is that begins like it (BEGINNING letters). */
bool vocabulary_knows(const struct vocabulary *vocabulary, struct str word);

/*
 * Replaces words that are not known by the known word that they are one letter away from
 * (spelling.h), where there is one. The new tokens live in the arena; fails only when that is
 * exhausted.
 */
MUST_USE bool vocabulary_correct(const struct vocabulary *vocabulary, struct arena *arena,
                                 struct text_tokens *tokens, struct error *err);

#endif
