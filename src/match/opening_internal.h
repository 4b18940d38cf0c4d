/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours in words: open till when, or open next when, or not known and what to do then.
 */
#ifndef SOCIOPOINT_MATCH_OPENING_INTERNAL_H
#define SOCIOPOINT_MATCH_OPENING_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/domain/opening_hours.h"
#include "sociopoint/match/match.h"

/* `phone`: it can be called, so that the advice for unknown hours is to call. False when the arena
 * is exhausted. */
bool opening_describe(const struct opening_question *question, bool phone, struct arena *arena,
                      struct match_opening *opening);

#endif
