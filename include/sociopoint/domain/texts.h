/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sentences for people, by code and language.
 *
 * The sentences stand in config/text/<language>.yaml. Placeholders are {0}, {1} and {2}. Every
 * language has every code of the tables that the modules declare (struct text_code), and no other:
 * config refuses to load otherwise.
 */
#ifndef SOCIOPOINT_DOMAIN_TEXTS_H
#define SOCIOPOINT_DOMAIN_TEXTS_H

#include <stddef.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/domain/language.h"

/* One sentence the program can say: "reason.age.met", and how many arguments it is given. */
struct text_code {
    const char *code;
    int arguments;
};

struct text {
    struct str code;
    struct translated sentence;
};

/* Sorted by code. */
struct texts {
    const struct text *texts;
    size_t count;
};

/* The sentence of `code`, or absent when there is none. */
struct str texts_find(const struct texts *texts, enum language language, const char *code);
/*
 * Appends the sentence of `code` with its placeholders replaced; an argument that is absent leaves
 * its place empty. An unknown code appends the code itself (config has made sure that there is
 * none).
 */
void texts_append(const struct texts *texts, enum language language, const char *code,
                  const struct str arguments[3], struct builder *out);

#endif
