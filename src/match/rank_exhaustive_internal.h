/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The ranking the long way: every service by itself, without classes, bounds or an order of
 * looking. What the short way is held against (ORDER_EXHAUSTIVE).
 */
#ifndef SOCIOPOINT_MATCH_RANK_EXHAUSTIVE_INTERNAL_H
#define SOCIOPOINT_MATCH_RANK_EXHAUSTIVE_INTERNAL_H

#include "rank_internal.h"

/* Fills initialised ranks, but for the services that the question names. */
void rank_exhaustive(const struct match_context *context, struct ranks *ranks);

#endif
