/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/large_memory.h"
#include "support/run.h"

static const size_t sizes[] = {0, 1, LARGE_MEMORY_PAGE - 1, LARGE_MEMORY_PAGE,
                               3 * LARGE_MEMORY_PAGE + 5};

/* All of it can be written and read, and what is large begins with a large page. */
START_TEST(test_large_memory_is_memory)
{
    unsigned char *memory = large_memory_alloc(sizes[_i]);
    ck_assert_ptr_nonnull(memory);
    const size_t size = large_memory_size(sizes[_i]);
    ck_assert_uint_ge(size, sizes[_i]);
    memset(memory, 0x5a, size);
    if (sizes[_i] >= LARGE_MEMORY_PAGE)
        ck_assert_uint_eq((uintptr_t)memory % LARGE_MEMORY_PAGE, 0);
    if (sizes[_i] >= LARGE_MEMORY_PAGE)
        ck_assert_uint_eq(size % LARGE_MEMORY_PAGE, 0);
    if (size > 0)
        ck_assert_uint_eq(memory[size - 1], 0x5a);
    free(memory);
}
END_TEST

START_TEST(test_large_memory_beyond_all_numbers)
{
    ck_assert_ptr_null(large_memory_alloc(SIZE_MAX));
    ck_assert_ptr_null(large_memory_alloc(SIZE_MAX - LARGE_MEMORY_PAGE + 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/large_memory");
    TCase *tests = tcase_create("large_memory");
    tcase_add_loop_test(tests, test_large_memory_is_memory, 0, sizeof sizes / sizeof sizes[0]);
    tcase_add_test(tests, test_large_memory_beyond_all_numbers);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
