/* SPDX-License-Identifier: EUPL-1.2 */
#include "support/run.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/*
 * Check writes a line into a file each time an assertion holds, to name the last one should the
 * test crash; a test of a million assertions does little else. So a place is told only the first
 * time it is passed: a test that crashes still names the last place that was new. (Where two
 * places share an entry, one of them is not told.) The linker puts this in the place of Check's
 * own: cmake/Sociopoint.cmake.
 */
enum { PLACES = 4096 };
static atomic_bool told[PLACES];

void __real__mark_point(const char *file, int line);
void __wrap__mark_point(const char *file, int line);

void __wrap__mark_point(const char *file, int line)
{
    atomic_bool *place = &told[((uintptr_t)file + (uintptr_t)line) % PLACES];
    if (atomic_load_explicit(place, memory_order_relaxed))
        return;
    atomic_store_explicit(place, true, memory_order_relaxed);
    __real__mark_point(file, line);
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
