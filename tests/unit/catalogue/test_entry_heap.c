/* SPDX-License-Identifier: EUPL-1.2 */
/* Where entries live: blocks are filled, given back with their last entry, and kept dense. */
#include <stdio.h>

#include "../../../src/catalogue/catalogue_internal.h"
#include "../../../src/catalogue/entry_internal.h"
#include "sociopoint/base/large_memory.h"
#include "support/catalogue_rows.h"
#include "support/failing_memory.h"
#include "support/run.h"

enum { MANY = 600, BODY_BYTES = 10000 };

static char body[BODY_BYTES];
static struct catalogue *catalogue;

static void start(void)
{
    memset(body, 'x', sizeof body);
    catalogue = catalogue_new();
}

static void stop(void)
{
    catalogue_free(catalogue);
}

static struct document_row row_of(int64_t seq, int number)
{
    static char name[16];
    static char facts[64];
    (void)snprintf(name, sizeof name, "s%d", number);
    (void)snprintf(facts, sizeof facts, "{\"name\":\"%s at %lld\"}", name, (long long)seq);
    struct document_row row = rows_document(seq, DOCUMENT_SERVICE, name, facts);
    row.body = (struct str){body, sizeof body};
    return row;
}

static void put(int64_t seq, int number)
{
    struct error err = {0};
    struct document_row row = row_of(seq, number);
    ck_assert(catalogue_apply(catalogue, &row, &err));
}

static void check_entry(const struct generation *generation, int64_t seq, int number)
{
    const struct document_row row = row_of(seq, number);
    const struct entry *entry = generation_find(generation, DOCUMENT_SERVICE, &row.id);
    ck_assert_ptr_nonnull(entry);
    ck_assert_int_eq(entry->seq, seq);
    ck_assert(str_equal(entry->body, row.body));
    ck_assert(str_equal(entry->facts_text, row.facts));
    ck_assert_uint_eq(entry->facts.service->name.length,
                      row.facts.length - strlen("{\"name\":\"\"}"));
}

START_TEST(test_entry_heap_entries_stay_where_they_are)
{
    for (int i = 0; i < MANY; i++)
        put(i + 1, i);
    struct generation *generation = rows_build(catalogue);
    for (int i = 0; i < MANY; i++)
        check_entry(generation, i + 1, i);
    generation_free(generation);
}
END_TEST

/* Larger than any block, so that it has one of its own, in which no other entry has room. */
static void put_large(int64_t seq, int number)
{
    enum { LARGE = 5 * LARGE_MEMORY_PAGE - 4096 };
    struct error err = {0};
    struct document_row row = row_of(seq, number);
    char *large = malloc(LARGE);
    ck_assert_ptr_nonnull(large);
    memset(large, 'y', LARGE);
    row.body = (struct str){large, LARGE};
    ck_assert(catalogue_apply(catalogue, &row, &err));
    const struct entry *entry = catalogue_find(catalogue, DOCUMENT_SERVICE, &row.id);
    ck_assert(str_equal(entry->body, row.body));
    free(large);
}

START_TEST(test_entry_heap_large_entry)
{
    put(1, 1);
    put_large(2, 2);
    put(3, 3);
    struct generation *generation = rows_build(catalogue);
    check_entry(generation, 1, 1);
    check_entry(generation, 3, 3);
    generation_free(generation);
}
END_TEST

static void build_and_clear(void)
{
    for (int i = 0; i < MANY; i++)
        put(i + 1, i);
    struct generation *generation = rows_build(catalogue);
    catalogue_clear(catalogue);
    check_entry(generation, MANY, MANY - 1); /* the generation still has it */
    generation_free(generation);
}

START_TEST(test_entry_heap_gives_memory_back)
{
    build_and_clear(); /* what the system keeps of the first thread for the next ones is no leak */
    const long before = failing_memory_blocks();
    build_and_clear();
    ck_assert_int_eq(failing_memory_blocks(), before);
}
END_TEST

static size_t sparse_entries(void)
{
    size_t count = 0;
    for (size_t i = 0; i < catalogue->used; i++)
        count += entry_is_sparse(catalogue->entries[i]) ? 1 : 0;
    return count;
}

/* All but every tenth are replaced, so that each block keeps some that nobody would move. */
static void replace_most(void)
{
    for (int i = 0; i < MANY; i++)
        put(i + 1, i);
    for (int i = 0; i < MANY; i++) {
        if (i % 10 != 0)
            put(MANY + i + 1, i);
    }
}

START_TEST(test_entry_heap_is_kept_dense)
{
    replace_most();
    ck_assert_uint_gt(sparse_entries(), MANY / 20);
    struct generation *generation = rows_build(catalogue);
    ck_assert_uint_eq(sparse_entries(), 0);
    for (int i = 0; i < MANY; i++)
        check_entry(generation, i % 10 == 0 ? i + 1 : MANY + i + 1, i);
    generation_free(generation);
}
END_TEST

/* A generation that still shows the old place is not disturbed by the move. */
START_TEST(test_entry_heap_moves_behind_a_generation)
{
    for (int i = 0; i < MANY; i++)
        put(i + 1, i);
    struct generation *old = rows_build(catalogue);
    replace_most();
    struct generation *fresh = rows_build(catalogue);
    for (int i = 0; i < MANY; i++)
        check_entry(old, i + 1, i);
    generation_free(old);
    check_entry(fresh, 1, 0);
    generation_free(fresh);
}
END_TEST

/* What could not be moved is there all the same, and is moved the next time. */
START_TEST(test_entry_heap_without_memory_to_move)
{
    replace_most();
    put_large(2 * MANY + 1, MANY);
    const size_t sparse = sparse_entries();
    failing_memory_arm_for_good(1);
    catalogue_compact(catalogue);
    ck_assert(failing_memory_disarm() == FAILING_MEMORY);
    ck_assert_uint_eq(sparse_entries(), FAILING_MEMORY ? sparse : 0);
    struct generation *generation = rows_build(catalogue);
    ck_assert_uint_eq(sparse_entries(), 0);
    check_entry(generation, 1, 0);
    generation_free(generation);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entry_heap");
    TCase *tests = tcase_create("entry_heap");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_entry_heap_entries_stay_where_they_are);
    tcase_add_test(tests, test_entry_heap_large_entry);
    tcase_add_test(tests, test_entry_heap_gives_memory_back);
    tcase_add_test(tests, test_entry_heap_is_kept_dense);
    tcase_add_test(tests, test_entry_heap_moves_behind_a_generation);
    tcase_add_test(tests, test_entry_heap_without_memory_to_move);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
