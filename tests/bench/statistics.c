/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/statistics.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

double percentile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, compare);
    return values[(size_t)((double)(count - 1) * share)];
}

struct summary summarize(double *values, size_t count)
{
    struct summary summary = {0};
    for (size_t i = 0; i < count; i++)
        summary.mean += values[i] / (double)count;
    summary.p50 = percentile(values, count, 0.50);
    summary.p99 = percentile(values, count, 0.99);
    summary.worst = percentile(values, count, 1.0);
    return summary;
}

struct latencies latencies_of(double *values, size_t count)
{
    if (count == 0)
        return (struct latencies){0};
    struct latencies latencies = {.p50 = percentile(values, count, 0.50)};
    latencies.p99 = values[(size_t)((double)(count - 1) * 0.99)];
    latencies.p999 = values[(size_t)((double)(count - 1) * 0.999)];
    return latencies;
}

struct spread spread_of(double *values, size_t count)
{
    if (count == 0)
        return (struct spread){0};
    struct spread spread = {.median = percentile(values, count, 0.50)};
    spread.least = values[0];
    spread.most = values[count - 1];
    return spread;
}

struct spread ratio_of(const double *over, const double *under, size_t count)
{
    double ratios[64];
    if (count > sizeof ratios / sizeof ratios[0])
        count = sizeof ratios / sizeof ratios[0];
    for (size_t i = 0; i < count; i++)
        ratios[i] = under[i] > 0 ? over[i] / under[i] : 0;
    return spread_of(ratios, count);
}
