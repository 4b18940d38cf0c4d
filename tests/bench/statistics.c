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
