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

struct latencies {
    double p50;
    double p99;
    double p999;
};

/* Sorts the values; all zero when there are none. */
struct latencies latencies_of(double *values, size_t count);

/* Several rounds of one thing: their median, and how far the others lie from it. */
struct spread {
    double median;
    double least;
    double most;
};

/* Sorts the values; all zero when there are none. */
struct spread spread_of(double *values, size_t count);
/*
 * How many times `over` is `under`, round by round where each has been measured `count` times side
 * by side, so that what slows the machine down for a while slows both. At most 64 rounds.
 */
struct spread ratio_of(const double *over, const double *under, size_t count);

#endif
