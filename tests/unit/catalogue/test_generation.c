/* SPDX-License-Identifier: EUPL-1.2 */
/* What a generation holds, in which order, and that it does not change. */
#include <stdio.h>

#include "support/catalogue_rows.h"
#include "support/run.h"

static struct catalogue *catalogue;

static void start(void)
{
    catalogue = catalogue_new();
    ck_assert_ptr_nonnull(catalogue);
}

static void stop(void)
{
    catalogue_free(catalogue);
}

START_TEST(test_generation_empty)
{
    struct generation *generation = rows_build(catalogue);
    struct uuid id = rows_id(DOCUMENT_SERVICE, "a");
    size_t count = 1;
    ck_assert_ptr_null(generation_find(generation, DOCUMENT_SERVICE, &id));
    (void)generation_documents(generation, DOCUMENT_SERVICE, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(generation_document_bytes(generation), 0);
    generation_free(generation);
    generation_free(NULL);
}
END_TEST

START_TEST(test_generation_knows_how_it_came_to_be)
{
    struct error err = {0};
    const struct generation_status status = {
        .loaded_at_ms = 500, .degraded = true, .degraded_since_ms = 700};
    const struct knowledge *knowledge = rows_knowledge();
    ck_assert(catalogue_set_cursor(catalogue, STR("e1"), 12, &err));
    struct generation *generation = catalogue_build(catalogue, knowledge, &status, &err);
    knowledge_release(knowledge);
    ck_assert(str_equal_z(generation_epoch(generation), "e1"));
    ck_assert_int_eq(generation_seq(generation), 12);
    ck_assert_int_eq(generation_loaded_at_ms(generation), 500);
    ck_assert(generation_degraded(generation));
    ck_assert_int_eq(generation_degraded_since_ms(generation), 700);
    ck_assert_ptr_eq(generation_knowledge(generation), knowledge);
    ck_assert_uint_gt(generation_index_bytes(generation), 0);
    generation_free(generation);
}
END_TEST

START_TEST(test_generation_finds_by_kind_and_id)
{
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", "{\"name\":\"Service\"}");
    rows_put(catalogue, 2, DOCUMENT_ORGANIZATION, "b", "{\"name\":\"Organisation\"}");
    rows_remove(catalogue, 3, DOCUMENT_SERVICE, "gone");
    struct generation *generation = rows_build(catalogue);
    struct uuid a = rows_id(DOCUMENT_SERVICE, "a");
    struct uuid gone = rows_id(DOCUMENT_SERVICE, "gone");
    const struct entry *entry = generation_find(generation, DOCUMENT_SERVICE, &a);
    ck_assert_ptr_nonnull(entry);
    ck_assert(str_equal_z(entry->body, "{\"name\":\"Service\"}"));
    ck_assert_ptr_null(generation_find(generation, DOCUMENT_ORGANIZATION, &a));
    ck_assert_ptr_null(generation_find(generation, DOCUMENT_SERVICE, &gone));
    generation_free(generation);
}
END_TEST

START_TEST(test_generation_does_not_change)
{
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", "{\"name\":\"Before\"}");
    rows_put(catalogue, 2, DOCUMENT_SERVICE, "b", "{\"name\":\"Gone later\"}");
    struct generation *before = rows_build(catalogue);
    rows_put(catalogue, 3, DOCUMENT_SERVICE, "a", "{\"name\":\"After\"}");
    rows_remove(catalogue, 4, DOCUMENT_SERVICE, "b");
    struct generation *after = rows_build(catalogue);
    catalogue_clear(catalogue);
    struct uuid a = rows_id(DOCUMENT_SERVICE, "a");
    struct uuid b = rows_id(DOCUMENT_SERVICE, "b");
    const struct entry *old = generation_find(before, DOCUMENT_SERVICE, &a);
    const struct entry *new = generation_find(after, DOCUMENT_SERVICE, &a);
    ck_assert(str_equal_z(old->facts.service->name, "Before"));
    ck_assert(str_equal_z(new->facts.service->name, "After"));
    ck_assert_ptr_nonnull(generation_find(before, DOCUMENT_SERVICE, &b));
    ck_assert_ptr_null(generation_find(after, DOCUMENT_SERVICE, &b));
    generation_free(before);
    ck_assert(str_equal_z(new->facts.service->name, "After"));
    generation_free(after);
}
END_TEST

/* Every document of the catalogue, each once and after the one before it, and found by its id. */
static void check_whole_and_in_order(const struct generation *generation)
{
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        size_t count;
        const struct entry *const *all =
            generation_documents(generation, (enum document_kind)kind, &count);
        ck_assert_uint_eq(count, catalogue_count(catalogue, (enum document_kind)kind));
        for (size_t i = 0; i < count; i++) {
            ck_assert_int_eq((int)all[i]->kind, kind);
            ck_assert(!all[i]->removed);
            ck_assert_ptr_eq(generation_find(generation, all[i]->kind, &all[i]->id), all[i]);
            ck_assert_ptr_eq(catalogue_find(catalogue, all[i]->kind, &all[i]->id), all[i]);
            int order = i == 0 ? -1 : str_compare(all[i - 1]->sort_key, all[i]->sort_key);
            if (order == 0)
                order = uuid_compare_ids(&all[i - 1]->id, &all[i]->id);
            ck_assert_int_lt(order, 0);
        }
    }
}

/* By folded name, then by id; a name that is missing comes first. */
START_TEST(test_generation_order)
{
    static const char *const facts[] = {"{\"name\":\"Čtvrtá\"}",
                                        "{\"name\":\"cesta\"}",
                                        "{\"name\":\"Ábel a spol\"}",
                                        "{\"name\":\"Abel\"}",
                                        "{}",
                                        "{\"name\":\"Abel\"}",
                                        "{\"name\":\"Abel a syn velmi dlouhý\"}",
                                        "{\"name\":\"Abel a syn velmi dlouha\"}"};
    static const char *const expected[] = {"",
                                           "abel",
                                           "abel",
                                           "abel a spol",
                                           "abel a syn velmi dlouha",
                                           "abel a syn velmi dlouhy",
                                           "cesta",
                                           "ctvrta"};
    char key[2] = "a";
    for (size_t i = 0; i < 8; i++, key[0]++)
        rows_put(catalogue, (int64_t)i + 1, DOCUMENT_SERVICE, key, facts[i]);
    struct generation *generation = rows_build(catalogue);
    size_t count;
    const struct entry *const *all = generation_documents(generation, DOCUMENT_SERVICE, &count);
    ck_assert_uint_eq(count, 8);
    for (size_t i = 0; i < 8; i++)
        ck_assert_msg(str_equal_z(all[i]->sort_key, expected[i]), "%zu", i);
    ck_assert_int_lt(uuid_compare_ids(&all[1]->id, &all[2]->id), 0);
    generation_free(generation);
}
END_TEST

/* Whatever comes, goes and is renamed between builds, the order is that of one build from nothing. */
START_TEST(test_generation_order_after_changes)
{
    enum { KEYS = 40, ROUNDS = 60 };
    uint32_t random = 12345;
    char key[16];
    char facts[64];
    int64_t seq = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (int change = 0; change < round % 7; change++) {
            random = random * 1664525 + 1013904223;
            (void)snprintf(key, sizeof key, "key-%u", (unsigned)(random >> 8) % KEYS);
            (void)snprintf(facts, sizeof facts, "{\"name\":\"same start %u\"}",
                           (unsigned)(random >> 16) % 10);
            enum document_kind kind = random >> 31 ? DOCUMENT_SERVICE : DOCUMENT_ORGANIZATION;
            if (random >> 29 == 1)
                rows_remove(catalogue, ++seq, kind, key);
            else
                rows_put(catalogue, ++seq, kind, key, facts);
        }
        struct generation *generation = rows_build(catalogue);
        check_whole_and_in_order(generation);
        generation_free(generation);
    }
}
END_TEST

static const struct {
    const char *facts;
    size_t unknown;
} unknown_terms[] = {
    {"{}", 0},
    {"{\"kind\":\"shelter\",\"situations\":[\"debt\"],\"target_groups\":[\"families\"]}", 0},
    {"{\"kind\":\"57\"}", 0},
    {"{\"kind\":\"castle\"}", 1},
    {"{\"situations\":[\"debt\",\"bored\",\"tired\"]}", 2},
    {"{\"target_groups\":[\"elves\"]}", 1},
    {"{\"area\":[\"cz\",\"region:nowhere\"]}", 0},
    {"{\"area\":[\"municipality:praha\",\"planet:mars\",\"ostrava\",\"district:ostrava/mars\"]}",
     4},
    {"{\"file_municipality\":\"praha\"}", 1},
    {"{\"places\":[{\"municipality\":\"ostrava\",\"district\":\"mars\",\"locality\":\"sea\"}]}", 2},
};

START_TEST(test_generation_counts_unknown_terms)
{
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", unknown_terms[_i].facts);
    struct generation *generation = rows_build(catalogue);
    ck_assert_uint_eq(generation_unknown_terms(generation), unknown_terms[_i].unknown);
    generation_free(generation);
}
END_TEST

START_TEST(test_generation_without_knowledge_of_anything)
{
    struct error err = {0};
    const struct generation_status status = {0};
    const struct knowledge *knowledge = knowledge_new(1024);
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a",
             "{\"kind\":\"shelter\",\"situations\":[\"debt\"],\"area\":[\"cz\"]}");
    struct generation *generation = catalogue_build(catalogue, knowledge, &status, &err);
    knowledge_release(knowledge);
    ck_assert_ptr_nonnull(generation);
    ck_assert_uint_eq(generation_unknown_terms(generation), 2);
    generation_free(generation);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("generation");
    TCase *tests = tcase_create("generation");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_generation_empty);
    tcase_add_test(tests, test_generation_knows_how_it_came_to_be);
    tcase_add_test(tests, test_generation_finds_by_kind_and_id);
    tcase_add_test(tests, test_generation_does_not_change);
    tcase_add_test(tests, test_generation_order);
    tcase_add_test(tests, test_generation_order_after_changes);
    tcase_add_loop_test(tests, test_generation_counts_unknown_terms, 0,
                        sizeof unknown_terms / sizeof unknown_terms[0]);
    tcase_add_test(tests, test_generation_without_knowledge_of_anything);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
