/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers see one whole generation each, and the refresher frees what they have left. */
#include <pthread.h>
#include <stdio.h>

#include "sociopoint/catalogue/holder.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

enum { READERS = 4, ROUNDS = 200 };

static struct catalogue *catalogue;
static struct generation_holder *holder;

static void start(void)
{
    catalogue = catalogue_new();
    holder = generation_holder_new();
    ck_assert_ptr_nonnull(holder);
}

static void stop(void)
{
    generation_holder_free(holder);
    catalogue_free(catalogue);
}

/* A generation in which both documents carry the same number as the cursor. */
static struct generation *build_number(int number)
{
    char facts[64];
    (void)snprintf(facts, sizeof facts, "{\"name\":\"%d\"}", number);
    rows_put(catalogue, number, DOCUMENT_SERVICE, "a", facts);
    rows_put(catalogue, number, DOCUMENT_ORGANIZATION, "a", facts);
    return rows_build(catalogue);
}

START_TEST(test_holder_starts_empty)
{
    ck_assert_ptr_null(generation_acquire(holder));
    generation_release(holder, NULL);
    ck_assert_uint_eq(generation_collect(holder), 0);
    generation_holder_free(NULL);
}
END_TEST

START_TEST(test_holder_reader_keeps_its_generation)
{
    generation_publish(holder, build_number(1));
    const struct generation *first = generation_acquire(holder);
    const struct generation *again = generation_acquire(holder);
    ck_assert_ptr_eq(first, again);
    generation_publish(holder, build_number(2));
    generation_publish(holder, build_number(3)); /* frees the second, which nobody read */
    ck_assert_int_eq(generation_seq(first), 1);
    ck_assert_uint_eq(generation_collect(holder), 1);
    generation_release(holder, first);
    ck_assert_uint_eq(generation_collect(holder), 1);
    ck_assert_int_eq(generation_seq(again), 1);
    generation_release(holder, again);
    ck_assert_uint_eq(generation_collect(holder), 0);
    const struct generation *now = generation_acquire(holder);
    ck_assert_int_eq(generation_seq(now), 3);
    generation_release(holder, now);
}
END_TEST

struct reader {
    pthread_t thread;
    long rounds;
    long torn;
    long backwards;
};

/* Whether every document of the generation carries its number. */
static bool is_whole(const struct generation *generation)
{
    char number[16];
    (void)snprintf(number, sizeof number, "%d", (int)generation_seq(generation));
    struct uuid service = rows_id(DOCUMENT_SERVICE, "a");
    struct uuid organization = rows_id(DOCUMENT_ORGANIZATION, "a");
    const struct entry *one = generation_find(generation, DOCUMENT_SERVICE, &service);
    const struct entry *two = generation_find(generation, DOCUMENT_ORGANIZATION, &organization);
    return one != NULL && two != NULL && str_equal_z(one->sort_key, number) &&
           str_equal_z(two->sort_key, number);
}

static void *read_on(void *argument)
{
    struct reader *reader = argument;
    int64_t seen = 0;
    while (seen < ROUNDS) {
        const struct generation *generation = generation_acquire(holder);
        int64_t seq = generation_seq(generation);
        reader->torn += is_whole(generation) ? 0 : 1;
        reader->backwards += seq < seen ? 1 : 0;
        reader->rounds++;
        seen = seq;
        generation_release(holder, generation);
    }
    return NULL;
}

START_TEST(test_holder_under_threads)
{
    struct reader readers[READERS] = {0};
    generation_publish(holder, build_number(1));
    for (size_t i = 0; i < READERS; i++)
        ck_assert_int_eq(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]), 0);
    for (int number = 2; number <= ROUNDS; number++)
        generation_publish(holder, build_number(number));
    for (size_t i = 0; i < READERS; i++) {
        ck_assert_int_eq(pthread_join(readers[i].thread, NULL), 0);
        ck_assert_int_gt(readers[i].rounds, 0);
        ck_assert_int_eq(readers[i].torn, 0);
        ck_assert_int_eq(readers[i].backwards, 0);
    }
    ck_assert_uint_eq(generation_collect(holder), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("holder");
    TCase *tests = tcase_create("holder");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_holder_starts_empty);
    tcase_add_test(tests, test_holder_reader_keeps_its_generation);
    tcase_add_test(tests, test_holder_under_threads);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
