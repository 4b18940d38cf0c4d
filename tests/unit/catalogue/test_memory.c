/* SPDX-License-Identifier: EUPL-1.2 */
/* Each allocation fails once: an error, nothing half done, and it works the next time. */
#include <stdio.h>
#include <unistd.h>

#include "sociopoint/catalogue/holder.h"
#include "sociopoint/catalogue/state_file.h"
#include "support/catalogue_rows.h"
#include "support/failing_memory.h"
#include "support/run.h"

enum { TRIES = 1000 };

static char path[64];
static struct catalogue *catalogue;
static struct generation *generation;
static const struct knowledge *knowledge;

static void start(void)
{
    (void)snprintf(path, sizeof path, "/tmp/sociopoint-memory-%ld", (long)getpid());
    catalogue = catalogue_new();
    knowledge = rows_knowledge();
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a",
             "{\"name\":\"a\",\"situations\":[\"debt\"],\"area\":[\"locality:ostrava/jilova\"]}");
    rows_put(catalogue, 2, DOCUMENT_ORGANIZATION, "b", "{\"name\":\"b\"}");
    generation = rows_build(catalogue);
}

static void stop(void)
{
    generation_free(generation);
    knowledge_release(knowledge);
    catalogue_free(catalogue);
    (void)remove(path); /* may not be there */
}

/* Runs the step with each of its allocations failing in turn, until none is left to fail. */
static void try_each(bool (*step)(struct error *err), void (*check_failed)(void))
{
    for (long n = 1; n <= TRIES; n++) {
        struct error err = {0};
        failing_memory_arm(n);
        bool done = step(&err);
        bool failed = failing_memory_disarm();
        if (done && !failed)
            return;
        if (done)
            continue; /* it could do without */
        ck_assert(failed);
        ck_assert_uint_eq(err.problem_count, 1);
        check_failed();
    }
    ck_abort_msg("it never stops allocating");
}

static bool apply(struct error *err)
{
    struct document_row row = rows_document(9, DOCUMENT_SERVICE, "new", "{\"name\":\"n\"}");
    return catalogue_apply(catalogue, &row, err);
}

static void check_nothing_applied(void)
{
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 1);
    ck_assert_int_eq(catalogue_seq(catalogue), 2);
}

START_TEST(test_memory_apply)
{
    try_each(apply, check_nothing_applied);
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 2);
}
END_TEST

static size_t first_count;

static bool apply_first(struct error *err)
{
    struct document_row row = rows_document(9, DOCUMENT_SERVICE, "new", "{}");
    struct catalogue *fresh = catalogue_new();
    if (fresh == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    bool applied = catalogue_apply(fresh, &row, err);
    first_count = catalogue_count(fresh, DOCUMENT_SERVICE);
    catalogue_free(fresh);
    return applied;
}

static void check_no_first(void)
{
    ck_assert_uint_eq(first_count, 0);
}

static void check_nothing(void)
{
}

START_TEST(test_memory_first_row)
{
    try_each(apply_first, check_no_first);
    ck_assert_uint_eq(first_count, 1);
}
END_TEST

static bool build(struct error *err)
{
    const struct generation_status status = {0};
    struct generation *built = catalogue_build(catalogue, knowledge, &status, err);
    generation_free(built);
    return built != NULL;
}

START_TEST(test_memory_build)
{
    rows_put(catalogue, 3, DOCUMENT_SERVICE, "c",
             "{\"name\":\"0\"}"); /* there is something to sort */
    try_each(build, check_nothing);
    ck_assert_int_eq(knowledge->references, 1);
}
END_TEST

/* The first generation of a catalogue has a second thread. */
static bool build_first(struct error *err)
{
    const struct generation_status status = {0};
    struct document_row row = rows_document(9, DOCUMENT_SERVICE, "new", "{\"name\":\"n\"}");
    struct catalogue *fresh = catalogue_new();
    if (fresh == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    struct generation *built =
        catalogue_apply(fresh, &row, err) ? catalogue_build(fresh, knowledge, &status, err) : NULL;
    generation_free(built);
    catalogue_free(fresh);
    return built != NULL;
}

START_TEST(test_memory_build_first)
{
    try_each(build_first, check_nothing);
    ck_assert_int_eq(knowledge->references, 1);
}
END_TEST

static bool save(struct error *err)
{
    return state_file_save(generation, path, 1, err);
}

START_TEST(test_memory_save)
{
    try_each(save, check_nothing);
}
END_TEST

static bool load(struct error *err)
{
    int64_t written_at_ms;
    return state_file_load(path, catalogue, &written_at_ms, err);
}

static void check_empty(void)
{
    ck_assert_uint_eq(catalogue_document_bytes(catalogue), 0);
    ck_assert_int_eq(catalogue_seq(catalogue), 0);
}

START_TEST(test_memory_load)
{
    struct error err = {0};
    ck_assert(save(&err));
    try_each(load, check_empty);
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_ORGANIZATION), 1);
}
END_TEST

static bool hold(struct error *err)
{
    struct generation_holder *holder = generation_holder_new();
    generation_holder_free(holder);
    return holder != NULL || error_set(err, ERROR_MEMORY, "memory-exhausted", "");
}

START_TEST(test_memory_holder)
{
    try_each(hold, check_nothing);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_memory_apply);
    tcase_add_test(tests, test_memory_first_row);
    tcase_add_test(tests, test_memory_build);
    tcase_add_test(tests, test_memory_build_first);
    tcase_add_test(tests, test_memory_save);
    tcase_add_test(tests, test_memory_load);
    tcase_add_test(tests, test_memory_holder);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
