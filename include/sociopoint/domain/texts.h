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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
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
    struct translated
        escaped; /* as it stands in a JSON string; where nothing changes, the same bytes */
};

/* Sorted by code. */
struct texts {
    const struct text *texts;
    size_t count;
    const uint16_t *
        slots; /* by hash of the code: position plus one, 0 where there is none; NULL: not indexed */
    size_t slot_count; /* a power of two */
};

/*
 * Fills in what is missing in `items`, sorted and with codes and sentences, and makes an index of
 * them: what answers are written with. False without memory.
 */
MUST_USE bool texts_prepare(struct text *items, size_t count, struct arena *arena,
                            struct texts *texts);

/* The sentence of `code`, or absent when there is none. */
struct str texts_find(const struct texts *texts, enum language language, const char *code);
/*
 * Appends the sentence of `code` with its placeholders replaced; an argument that is absent leaves
 * its place empty. An unknown code appends the code itself (config has made sure that there is
 * none).
 */
void texts_append(const struct texts *texts, enum language language, const char *code,
                  const struct str arguments[3], struct builder *out);
/* The same within a JSON string, of texts that are prepared. */
void texts_append_escaped(const struct texts *texts, enum language language, struct str code,
                          const struct str arguments[3], struct builder *out);

#endif
