/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody who is still typing may mean: situations, services, organisations and places.
 *
 * Names come from the index of the generation (catalogue/names.h); situations are also found by
 * what people say (understanding.h), from COMPLETION_UNDERSTOOD letters on. A pure function. The
 * text is never kept.
 */
#ifndef SOCIOPOINT_MATCH_COMPLETION_H
#define SOCIOPOINT_MATCH_COMPLETION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/catalogue/names.h"
#include "sociopoint/match/understanding.h"

enum {
    COMPLETION_LETTERS_MINIMUM = 2, /* fewer say nothing */
    COMPLETION_UNDERSTOOD = 4,
    COMPLETION_LIMIT_MAXIMUM = 8
};

struct completion_question {
    struct str text;        /* valid UTF-8 */
    int municipality;       /* index of the knowledge */
    enum language language; /* of the names of situations */
    size_t limit;           /* 1 to COMPLETION_LIMIT_MAXIMUM */
};

struct completion {
    enum name_kind kind;
    uint32_t position; /* as in struct name_hit */
    int score;
    struct text_spans words; /* of the text, that were found */
};

struct completions {
    struct completion items[COMPLETION_LIMIT_MAXIMUM]; /* the likeliest first */
    size_t count;
};

/*
 * Each kind that may well be meant has a place, and none has all of them while there are others.
 * Fails with ERROR_MEMORY when the arena is exhausted, and in no other way.
 */
MUST_USE bool match_complete(const struct generation *generation,
                             const struct completion_question *question, struct arena *arena,
                             struct completions *completions, struct error *err);

#endif
