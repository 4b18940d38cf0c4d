/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The first results are not all of one organisation; match.h says how.
 */
#ifndef SOCIOPOINT_MATCH_DIVERSITY_INTERNAL_H
#define SOCIOPOINT_MATCH_DIVERSITY_INTERNAL_H

#include "context_internal.h"
#include "rank_internal.h"

/* Moves services of other organisations up. */
void diversity_apply(const struct match_context *context, struct ranking *ranking);

#endif
