/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Makes the n-th allocation of a test program fail. To be included by one file of the program.
 *
 * Takes the place of malloc, calloc and realloc (glibc lets a program do that). A sanitizer has its
 * own place for them, so with one FAILING_MEMORY is 0 and nothing ever fails. Not for threads.
 */
#ifndef SOCIOPOINT_TESTS_FAILING_MEMORY_H
#define SOCIOPOINT_TESTS_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FAILING_MEMORY 0
#else
#define FAILING_MEMORY 1
#endif

/* Counts down with each allocation; the one that finds 1 fails. 0: none will. */
static long failing_countdown;

/* From now on the n-th allocation fails, once. */
static inline void failing_memory_arm(long n)
{
    failing_countdown = n;
}

/* No allocation fails any more; whether one did. */
static inline bool failing_memory_disarm(void)
{
    bool failed = failing_countdown == 0;
    failing_countdown = 0;
    return failed;
}

#if FAILING_MEMORY
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static inline bool failing_memory_now(void)
{
    return failing_countdown > 0 && --failing_countdown == 0;
}

void *malloc(size_t size)
{
    return failing_memory_now() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return failing_memory_now() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return failing_memory_now() ? NULL : __libc_realloc(memory, size);
}
#endif

#endif
