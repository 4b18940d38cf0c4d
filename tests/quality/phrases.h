/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The files of phrases: a phrase, the situations that are right, and maybe a language, between
 * tabs.
 */
#ifndef SOCIOPOINT_TESTS_QUALITY_PHRASES_H
#define SOCIOPOINT_TESTS_QUALITY_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

struct phrase {
    char *text;
    const char *ids;      /* inside `text`'s memory, like the language */
    const char *language; /* "-" where none is said */
};

struct phrases {
    struct phrase *items;
    size_t count;
};

/* Says on standard error what is wrong, and gives false. phrases_done is due either way. */
bool phrases_read(struct phrases *phrases, const char *path);
void phrases_done(struct phrases *phrases);

#endif
