/* SPDX-License-Identifier: EUPL-1.2 */
/* What the catalogue holds after which rows. */
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

static const struct entry *held(enum document_kind kind, const char *key)
{
    struct uuid id = rows_id(kind, key);
    return catalogue_find(catalogue, kind, &id);
}

START_TEST(test_catalogue_starts_empty)
{
    ck_assert_ptr_null(held(DOCUMENT_SERVICE, "a"));
    ck_assert_int_eq(catalogue_seq(catalogue), 0);
    ck_assert_uint_eq(catalogue_epoch(catalogue).length, 0);
    ck_assert_uint_eq(catalogue_document_bytes(catalogue), 0);
}
END_TEST

START_TEST(test_catalogue_newer_row_replaces)
{
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", "{\"name\":\"Old\"}");
    rows_put(catalogue, 2, DOCUMENT_SERVICE, "a", "{\"name\":\"Newer\"}");
    ck_assert(str_equal_z(held(DOCUMENT_SERVICE, "a")->facts.service->name, "Newer"));
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 1);
    ck_assert_uint_eq(catalogue_document_bytes(catalogue), 3 * strlen("{\"name\":\"Newer\"}"));
    ck_assert_int_eq(catalogue_seq(catalogue), 2);
}
END_TEST

START_TEST(test_catalogue_older_row_is_ignored)
{
    rows_put(catalogue, 7, DOCUMENT_SERVICE, "a", "{\"name\":\"New\"}");
    rows_put(catalogue, 6, DOCUMENT_SERVICE, "a", "{\"name\":\"Old\"}");
    rows_put(catalogue, 7, DOCUMENT_SERVICE, "a", "{\"name\":\"Same seq\"}");
    rows_remove(catalogue, 5, DOCUMENT_SERVICE, "a");
    ck_assert(str_equal_z(held(DOCUMENT_SERVICE, "a")->facts.service->name, "New"));
    ck_assert_int_eq(catalogue_seq(catalogue), 7);
}
END_TEST

START_TEST(test_catalogue_tombstone_removes)
{
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", "{}");
    rows_put(catalogue, 2, DOCUMENT_ORGANIZATION, "a", "{}");
    rows_remove(catalogue, 3, DOCUMENT_SERVICE, "a");
    ck_assert(held(DOCUMENT_SERVICE, "a")->removed);
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 0);
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_ORGANIZATION), 1);
    ck_assert_uint_eq(catalogue_document_bytes(catalogue), 6);
    rows_put(catalogue, 2, DOCUMENT_SERVICE, "a", "{}"); /* must not come back */
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 0);
    rows_put(catalogue, 4, DOCUMENT_SERVICE, "a", "{}");
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 1);
}
END_TEST

START_TEST(test_catalogue_tombstone_of_unknown_document)
{
    rows_remove(catalogue, 3, DOCUMENT_SERVICE, "a");
    ck_assert_int_eq(catalogue_seq(catalogue), 3);
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 0);
}
END_TEST

START_TEST(test_catalogue_malformed_facts_change_nothing)
{
    struct error err = {0};
    struct document_row row = rows_document(2, DOCUMENT_SERVICE, "a", "{");
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", "{\"name\":\"Old\"}");
    ck_assert(!catalogue_apply(catalogue, &row, &err));
    ck_assert_str_eq(err.problems[0].code, "facts-malformed");
    ck_assert(str_equal_z(held(DOCUMENT_SERVICE, "a")->facts.service->name, "Old"));
    ck_assert_int_eq(catalogue_seq(catalogue), 1);
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 1);
}
END_TEST

START_TEST(test_catalogue_clear_forgets_everything)
{
    struct error err = {0};
    rows_put(catalogue, 9, DOCUMENT_SERVICE, "a", "{}");
    rows_remove(catalogue, 10, DOCUMENT_SERVICE, "b");
    ck_assert(catalogue_set_cursor(catalogue, STR("epoch"), 10, &err));
    catalogue_clear(catalogue);
    ck_assert_int_eq(catalogue_seq(catalogue), 0);
    ck_assert_uint_eq(catalogue_epoch(catalogue).length, 0);
    ck_assert_uint_eq(catalogue_document_bytes(catalogue), 0);
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "b", "{}"); /* its tombstone is forgotten */
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), 1);
}
END_TEST

START_TEST(test_catalogue_cursor)
{
    char long_epoch[CATALOGUE_EPOCH_MAXIMUM + 1];
    struct error err = {0};
    memset(long_epoch, 'x', sizeof long_epoch);
    ck_assert(catalogue_set_cursor(catalogue, STR("0123abc"), 41, &err));
    ck_assert(str_equal_z(catalogue_epoch(catalogue), "0123abc"));
    ck_assert_int_eq(catalogue_seq(catalogue), 41);
    ck_assert(
        !catalogue_set_cursor(catalogue, (struct str){long_epoch, sizeof long_epoch}, 1, &err));
    ck_assert_str_eq(err.problems[0].code, "catalogue-epoch-too-long");
    ck_assert(str_equal_z(catalogue_epoch(catalogue), "0123abc"));
    ck_assert(catalogue_set_cursor(catalogue, (struct str){long_epoch, CATALOGUE_EPOCH_MAXIMUM}, 2,
                                   &err));
    ck_assert(catalogue_set_cursor(catalogue, STR(""), 0, &err));
    ck_assert_uint_eq(catalogue_epoch(catalogue).length, 0);
}
END_TEST

START_TEST(test_catalogue_grows)
{
    enum { MANY = 5000 };
    char key[16];
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(key, sizeof key, "key-%d", i);
        rows_put(catalogue, i + 1, DOCUMENT_SERVICE, key, "{}");
    }
    ck_assert_uint_eq(catalogue_count(catalogue, DOCUMENT_SERVICE), MANY);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(key, sizeof key, "key-%d", i);
        ck_assert_int_eq(held(DOCUMENT_SERVICE, key)->seq, i + 1);
    }
    ck_assert_ptr_null(held(DOCUMENT_ORGANIZATION, "key-1"));
}
END_TEST

START_TEST(test_catalogue_free_accepts_null)
{
    catalogue_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *tests = tcase_create("catalogue");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_catalogue_starts_empty);
    tcase_add_test(tests, test_catalogue_newer_row_replaces);
    tcase_add_test(tests, test_catalogue_older_row_is_ignored);
    tcase_add_test(tests, test_catalogue_tombstone_removes);
    tcase_add_test(tests, test_catalogue_tombstone_of_unknown_document);
    tcase_add_test(tests, test_catalogue_malformed_facts_change_nothing);
    tcase_add_test(tests, test_catalogue_clear_forgets_everything);
    tcase_add_test(tests, test_catalogue_cursor);
    tcase_add_test(tests, test_catalogue_grows);
    tcase_add_test(tests, test_catalogue_free_accepts_null);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
