/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Plots of what was measured, as SVG.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_PLOT_H
#define SOCIOPOINT_TESTS_BENCH_PLOT_H

#include <stdio.h>

#include "bench/results.h"

/* Bars of requests a second: a panel for each size and request, a bar for each candidate with the
 * range of its rounds. */
void plot_rates(const struct results *results, FILE *out);
/* Processor time of a request against the number of services, both logarithmic. */
void plot_growth(const struct results *results, FILE *out);

#endif
