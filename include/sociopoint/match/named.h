/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Services that somebody's own words name: by a name, an alias, initials, or their organisation
 * (generation_names_said in catalogue/names.h says when a name is meant). They are weighed like any
 * other service, with points for the name, and stand before those that are not named.
 *
 * A pure function, like match_run. The text is never kept.
 */
#ifndef SOCIOPOINT_MATCH_NAMED_H
#define SOCIOPOINT_MATCH_NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/match/understanding.h"

struct generation;

enum { MATCH_NAMED_MAXIMUM = 32 };

struct match_named {
    struct {
        uint32_t row; /* of the match index */
        struct text_spans words;
    } items[MATCH_NAMED_MAXIMUM]; /* in the order of how well they are named, each row once */
    size_t count;
};

/*
 * Finds them in valid UTF-8, of an absent text none, whichever municipality they are in. Fails
 * with ERROR_MEMORY when the arena is exhausted, and in no other way.
 */
MUST_USE bool match_find_named(const struct generation *generation, struct str text,
                               struct arena *arena, struct match_named *named, struct error *err);

#endif
