/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the measured numbers should be, and whether they are.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_GOALS_H
#define SOCIOPOINT_TESTS_BENCH_GOALS_H

#include <stdio.h>

#include "bench/results.h"

/* The rows of the README's table, with the goals' numbers and what was reached for each size. */
void goals_print(const struct results *results, FILE *out);

/*
 * A comparison is worth something only when what is compared with is good: at 10,000 services the
 * SQL peer must reach 0.8 of the 6,600 details and 2,700 matches a second that were measured where
 * constant answers came 60,000 times a second. False with a line on standard error otherwise.
 */
bool goals_peer_good(const struct results *results);

#endif
