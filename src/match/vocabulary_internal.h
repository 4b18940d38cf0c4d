/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The languages and accessibility codes that can be asked for.
 */
#ifndef SOCIOPOINT_MATCH_VOCABULARY_INTERNAL_H
#define SOCIOPOINT_MATCH_VOCABULARY_INTERNAL_H

#include <stddef.h>

#include "sociopoint/base/str.h"

struct vocabulary_word {
    const char *key;
    const char *text_code; /* its name in the answer's language */
};

struct vocabulary {
    const struct vocabulary_word *words;
    size_t count;
};

extern const struct vocabulary vocabulary_languages;
extern const struct vocabulary vocabulary_accessibility;
extern const struct vocabulary vocabulary_forms;

/* NULL for a word it does not have. */
const struct vocabulary_word *vocabulary_find(const struct vocabulary *vocabulary, struct str key);

#endif
