/* SPDX-License-Identifier: EUPL-1.2 */
/* Percentiles, spreads and ratios of the bench, and what its reports find in the measured lines. */
#include <check.h>
#include <stdlib.h>

#include "bench/results.h"
#include "bench/statistics.h"
#include "support/run.h"

#define CLOSE 1e-9

START_TEST(test_statistics_latencies_of_a_known_row)
{
    static double values[10000];
    for (size_t i = 0; i < 10000; i++)
        values[i] = (double)(10000 - i); /* 10,000 to 1, unsorted */
    struct latencies latencies = latencies_of(values, 10000);
    ck_assert_double_eq_tol(latencies.p50, 5000, CLOSE);
    ck_assert_double_eq_tol(latencies.p99, 9900, CLOSE);
    ck_assert_double_eq_tol(latencies.p999, 9990, CLOSE);
}
END_TEST

START_TEST(test_statistics_one_stall_shows_in_the_tail_alone)
{
    double values[1000];
    for (size_t i = 0; i < 1000; i++)
        values[i] = i < 5 ? 80 : 1;
    struct latencies latencies = latencies_of(values, 1000);
    ck_assert_double_eq_tol(latencies.p50, 1, CLOSE);
    ck_assert_double_eq_tol(latencies.p99, 1, CLOSE);
    ck_assert_double_eq_tol(latencies.p999, 80, CLOSE);
}
END_TEST

START_TEST(test_statistics_nothing_measured)
{
    ck_assert_double_eq_tol(latencies_of(NULL, 0).p999, 0, CLOSE);
    ck_assert_double_eq_tol(spread_of(NULL, 0).most, 0, CLOSE);
    ck_assert_double_eq_tol(ratio_of(NULL, NULL, 0).median, 0, CLOSE);
}
END_TEST

START_TEST(test_statistics_spread)
{
    double values[] = {30, 10, 20};
    struct spread spread = spread_of(values, 3);
    ck_assert_double_eq_tol(spread.median, 20, CLOSE);
    ck_assert_double_eq_tol(spread.least, 10, CLOSE);
    ck_assert_double_eq_tol(spread.most, 30, CLOSE);
}
END_TEST

START_TEST(test_statistics_ratio_is_taken_round_by_round)
{
    const double over[] = {90, 45, 80}; /* the machine was slow in the second round */
    const double under[] = {100, 50, 100};
    struct spread ratio = ratio_of(over, under, 3);
    ck_assert_double_eq_tol(ratio.median, 0.9, CLOSE);
    ck_assert_double_eq_tol(ratio.least, 0.8, CLOSE);
    ck_assert_double_eq_tol(ratio.most, 0.9, CLOSE);
}
END_TEST

START_TEST(test_statistics_results_by_key)
{
    static const char *const lines[] = {
        "machine\tsome processor",
        "run\t10000\tours\tget\tmost\t1\t900.5\t0.1\t0.2\t0.3\t18.5\t2700",
        "run\t10000\tours\tget\tmost\t2\t800.5\t0.1\t0.4\t0.3\t19.5\t2400",
        "run\t10000\tours\tget\thalf\t1\t450\t0.1\t0.25\t0.5\t20",
        "run\t10000\tsql\tget\tmost\t1\t100\t1\t2\t3\t200",
        "run\t10000\tsql\tget\tmost\t2\t100\t1\t2\t3\t200",
        "run\t100000\tours\tget\tmost\t1\t700\t0.1\t0.2\t0.3\t25",
        "memory\t10000\t3000\t2000",
    };
    struct results *results = calloc(1, sizeof *results);
    ck_assert_ptr_nonnull(results);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        results_add(results, lines[i]);
    const struct results_key ours = {10000, "ours", "get", "most"};
    const struct results_key half = {10000, "ours", "get", "half"};
    const struct results_key sql = {10000, "sql", "get", "most"};
    const struct results_key absent = {10000, "fastify", "get", "most"};
    ck_assert_uint_eq(results->size_count, 2);
    ck_assert_uint_eq(results->sizes[1], 100000);
    ck_assert_double_eq_tol(results_spread(results, &ours, COLUMN_RATE).most, 900.5, CLOSE);
    ck_assert_double_eq_tol(results_spread(results, &ours, COLUMN_P99).most, 0.4, CLOSE);
    ck_assert_double_eq_tol(results_spread(results, &ours, COLUMN_CPU).least, 18.5, CLOSE);
    ck_assert_double_eq_tol(results_spread(results, &half, COLUMN_P999).median, 0.5, CLOSE);
    ck_assert_double_eq_tol(results_ratio(results, &ours, &sql).most, 9.005, CLOSE);
    ck_assert_double_eq_tol(results_ratio(results, &ours, &absent).most, 0, CLOSE);
    ck_assert_double_eq_tol(results_of_size(results, "memory", 10000, 2).median, 3000, CLOSE);
    ck_assert_str_eq(results_text(results, "machine"), "some processor");
    ck_assert_str_eq(results_text(results, "commit"), "");
    results_free(results);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bench/statistics");
    TCase *cases = tcase_create("statistics");
    tcase_add_test(cases, test_statistics_latencies_of_a_known_row);
    tcase_add_test(cases, test_statistics_one_stall_shows_in_the_tail_alone);
    tcase_add_test(cases, test_statistics_nothing_measured);
    tcase_add_test(cases, test_statistics_spread);
    tcase_add_test(cases, test_statistics_ratio_is_taken_round_by_round);
    tcase_add_test(cases, test_statistics_results_by_key);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
