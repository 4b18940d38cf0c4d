/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading ahead: what an answer tells of its results lies far apart in memory, five steps from a
 * row to its hours. One result after the other would wait at each step; here each step is begun for
 * all of them before the next one is.
 */
#ifndef SOCIOPOINT_MATCH_AHEAD_INTERNAL_H
#define SOCIOPOINT_MATCH_AHEAD_INTERNAL_H

#include <stddef.h>

#include "context_internal.h"
#include "ranking_internal.h"

/* Begins to read what will be told of the first `count` ranked; changes nothing. */
void ahead_read(const struct match_context *context, const struct ranking *ranking, size_t count);

#endif
