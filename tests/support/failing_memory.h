/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Makes the n-th allocation of a test program fail. To be included by one file of the program.
 *
 * Takes the place of malloc, calloc, realloc and aligned_alloc, for our code and for every library
 * below it (glibc lets a program do that). Under AddressSanitizer it stands in front of the
 * sanitizer's own allocator, so that what a failure leaks or damages is reported. ThreadSanitizer
 * has no use for it: there FAILING_MEMORY is 0 and nothing ever fails. Any thread may allocate; one
 * arms.
 */
#ifndef SOCIOPOINT_TESTS_FAILING_MEMORY_H
#define SOCIOPOINT_TESTS_FAILING_MEMORY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#if defined(__SANITIZE_THREAD__)
#define FAILING_MEMORY 0
#else
#define FAILING_MEMORY 1
#endif

/* Counts down with each allocation; the one that takes the last fails. 0: none will. */
static atomic_long failing_countdown;
static atomic_bool failing_happened;
/* Once one has failed, all that follow fail, too. */
static atomic_bool failing_for_good;
/* Blocks that have been allocated and not freed. */
static atomic_long failing_blocks;

/* From now on the n-th allocation fails, once. */
static inline void failing_memory_arm(long n)
{
    atomic_store(&failing_happened, false);
    atomic_store(&failing_for_good, false);
    atomic_store(&failing_countdown, n);
}

/* From now on the n-th allocation fails, and every one behind it. */
static inline void failing_memory_arm_for_good(long n)
{
    failing_memory_arm(n);
    atomic_store(&failing_for_good, true);
}

/* No allocation fails any more; whether one did. */
static inline bool failing_memory_disarm(void)
{
    atomic_store(&failing_countdown, 0);
    atomic_store(&failing_for_good, false);
    return atomic_exchange(&failing_happened, false);
}

/*
 * Compared with an earlier count it says whether something was leaked. Always 0 under
 * AddressSanitizer, which counts better.
 */
static inline long failing_memory_blocks(void)
{
    return atomic_load(&failing_blocks);
}

#if FAILING_MEMORY
#if defined(__SANITIZE_ADDRESS__)
#define FAILING_MEMORY_BELOW(name) __interceptor_##name
enum { FAILING_MEMORY_COUNTS = 0 }; /* it has more ways to allocate than these */
#else
#define FAILING_MEMORY_BELOW(name) __libc_##name
enum { FAILING_MEMORY_COUNTS = 1 };
void __libc_free(void *memory);
#endif

/* Called before the sanitizer has begun. */
#define FAILING_MEMORY_EARLY __attribute__((no_sanitize("address", "undefined")))

void *FAILING_MEMORY_BELOW(malloc)(size_t size);
void *FAILING_MEMORY_BELOW(calloc)(size_t count, size_t size);
void *FAILING_MEMORY_BELOW(realloc)(void *memory, size_t size);
void *FAILING_MEMORY_BELOW(memalign)(size_t alignment, size_t size);

/* Under AddressSanitizer the first allocations of a thread are the sanitizer's own: it asks where the
 * thread's stack is (pthread_getattr_np), and ends the program when that fails. */
FAILING_MEMORY_EARLY static bool failing_memory_is_own(void)
{
    enum { OWN = 3 };
    static _Thread_local int count;
    if (FAILING_MEMORY_COUNTS || count == OWN)
        return false;
    count++;
    return true;
}

FAILING_MEMORY_EARLY static bool failing_memory_now(void)
{
    if (failing_memory_is_own())
        return false;
    long left = atomic_load(&failing_countdown);
    while (left > 0) {
        if (!atomic_compare_exchange_weak(&failing_countdown, &left, left - 1))
            continue;
        if (left == 1)
            atomic_store(&failing_happened, true);
        return left == 1;
    }
    return atomic_load(&failing_for_good) && atomic_load(&failing_happened);
}

FAILING_MEMORY_EARLY static void *failing_memory_counted(void *memory)
{
    if (memory != NULL && FAILING_MEMORY_COUNTS)
        atomic_fetch_add(&failing_blocks, 1);
    return memory;
}

FAILING_MEMORY_EARLY void *malloc(size_t size)
{
    return failing_memory_now() ? NULL : failing_memory_counted(FAILING_MEMORY_BELOW(malloc)(size));
}

FAILING_MEMORY_EARLY void *calloc(size_t count, size_t size)
{
    if (failing_memory_now())
        return NULL;
    return failing_memory_counted(FAILING_MEMORY_BELOW(calloc)(count, size));
}

FAILING_MEMORY_EARLY void *realloc(void *memory, size_t size)
{
    if (failing_memory_now())
        return NULL;
    void *grown = FAILING_MEMORY_BELOW(realloc)(memory, size);
    return memory == NULL ? failing_memory_counted(grown) : grown;
}

FAILING_MEMORY_EARLY void *aligned_alloc(size_t alignment, size_t size)
{
    if (failing_memory_now())
        return NULL;
    return failing_memory_counted(FAILING_MEMORY_BELOW(memalign)(alignment, size));
}

#if !defined(__SANITIZE_ADDRESS__)
void free(void *memory)
{
    if (memory != NULL)
        atomic_fetch_sub(&failing_blocks, 1);
    __libc_free(memory);
}
#endif
#endif

#endif
