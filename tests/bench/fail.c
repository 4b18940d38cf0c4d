/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/fail.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bench_fail(const char *what, const char *which)
{
    (void)fprintf(stderr, "bench: %s: %s\n", which, what);
    exit(EXIT_FAILURE);
}
