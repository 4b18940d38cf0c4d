/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How the node is, for health and metrics.
 */
#ifndef SOCIOPOINT_REST_CONDITION_INTERNAL_H
#define SOCIOPOINT_REST_CONDITION_INTERNAL_H

#include "rest_internal.h"

/* What the program says of itself; all zero where nobody told how to ask. */
struct rest_condition condition_now(const struct exchange *x);
/* How old the directory is, by the wall clock. */
int64_t condition_age_seconds(const struct rest_condition *condition);
/* Whether it answers from something older than the database. */
bool condition_degraded(const struct exchange *x, const struct rest_condition *condition);

#endif
