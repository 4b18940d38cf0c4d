/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What to change in the question to get more.
 *
 * With fewer than MATCH_RESULTS_ENOUGH results: the hard conditions that alone keep services from
 * them. A soft one: where no result meets it and one fails it.
 */
#ifndef SOCIOPOINT_MATCH_SUGGEST_INTERNAL_H
#define SOCIOPOINT_MATCH_SUGGEST_INTERNAL_H

#include <stdbool.h>

#include "context_internal.h"
#include "rank_internal.h"

/* False when the arena is exhausted. */
bool suggest_fill(const struct match_context *context, const struct ranks *ranks,
                  struct match_answer *answer);

#endif
