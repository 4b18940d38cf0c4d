/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mean and percentiles of measured times.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_STATISTICS_H
#define SOCIOPOINT_TESTS_BENCH_STATISTICS_H

#include <stddef.h>

struct summary {
    double mean;
    double p50;
    double p99;
    double worst;
};

/* The value below which `share` (0 to 1) of the values lie; sorts them. */
double percentile(double *values, size_t count, double share);
/* Sorts the values. */
struct summary summarize(double *values, size_t count);

#endif
