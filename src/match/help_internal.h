/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whom to call in any case: crisis lines and the fallback.
 */
#ifndef SOCIOPOINT_MATCH_HELP_INTERNAL_H
#define SOCIOPOINT_MATCH_HELP_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"

/* Fills situations, crisis lines and fallback; false when the arena is exhausted. */
bool help_fill(const struct knowledge *knowledge, const struct match_resolved *question,
               struct arena *arena, struct match_answer *answer);

#endif
