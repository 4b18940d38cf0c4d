/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names as people mean them: without case, diacritics and punctuation.
 */
#ifndef SOCIOPOINT_BASE_FOLD_H
#define SOCIOPOINT_BASE_FOLD_H

#include <stdbool.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"

/*
 * The folded form of valid UTF-8: Latin letters lose their marks and case, Cyrillic ones their
 * case, and anything between words (spaces, hyphens, commas ...) becomes one space, none at the
 * ends: "Slezská Ostrava" and "slezska-ostrava" are equal. A copy in the arena; absent without
 * memory.
 */
struct str fold_name(struct str name, struct arena *arena);
/* The same into `out`, which has room for name.length bytes; returns how many it took. */
size_t fold_name_into(struct str name, char *out);

/* Whether `folded`, which is a folded form, is that of `name`; needs no memory. */
bool fold_is(struct str name, struct str folded);

#endif
