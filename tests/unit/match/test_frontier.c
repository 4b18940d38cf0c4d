/* SPDX-License-Identifier: EUPL-1.2 */
/* The most promising comes first, whatever the order in which prospects were added and taken. */
#include <check.h>
#include <stdlib.h>

#include "../../../src/match/frontier_internal.h"
#include "bench/random.h"
#include "support/run.h"

enum { PROSPECTS = 300, ORDERS = 20 };

static bool stands_before(const struct prospect *left, const struct prospect *right)
{
    return left->order > right->order || (left->order == right->order && left->row < right->row);
}

START_TEST(test_frontier_gives_the_most_promising_first)
{
    struct random random = {(uint64_t)_i + 1};
    struct arena *arena = arena_new(1 << 20);
    struct frontier frontier;
    bool taken[PROSPECTS] = {false};
    struct prospect added[PROSPECTS];
    ck_assert(frontier_init(&frontier, PROSPECTS, arena));
    size_t count = 0;
    for (size_t left = PROSPECTS; left > 0;) {
        if (count < PROSPECTS && (frontier.count == 0 || random_percent(&random, 60))) {
            added[count] = (struct prospect){.order = (int64_t)random_below(&random, ORDERS),
                                             .row = (uint32_t)random_below(&random, ORDERS),
                                             .group = (uint32_t)count};
            frontier_add(&frontier, &added[count++]);
            continue;
        }
        const struct prospect first = frontier_take(&frontier);
        ck_assert(!taken[first.group]);
        taken[first.group] = true;
        left--;
        for (size_t i = 0; i < count; i++)
            ck_assert(taken[i] || !stands_before(&added[i], &first));
    }
    ck_assert_uint_eq(frontier.count, 0);
    arena_free(arena);
}
END_TEST

START_TEST(test_frontier_without_memory)
{
    struct arena *arena = arena_new(16);
    struct frontier frontier;
    ck_assert(!frontier_init(&frontier, PROSPECTS, arena));
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/frontier");
    TCase *tcase = tcase_create("frontier");
    tcase_add_loop_test(tcase, test_frontier_gives_the_most_promising_first, 0, 8);
    tcase_add_test(tcase, test_frontier_without_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
