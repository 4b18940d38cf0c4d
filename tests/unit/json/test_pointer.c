/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/json/pointer.h"

#include "json_case.h"

/* The document and the answers of RFC 6901 section 5, and what is not there. */
static const char document[] =
    "{'foo': ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4,"
    " 'k\\\\l': 6, ' ': 7, 'm~n': 8, 'deep': {'': {'~1': 9}}}";

static const struct {
    const char *pointer;
    const char *value; /* NULL: none */
} cases[] = {
    {"/foo", "['bar', 'baz']"},
    {"/foo/0", "'bar'"},
    {"/foo/1", "'baz'"},
    {"/", "0"},
    {"/a~1b", "1"},
    {"/c%d", "2"},
    {"/e^f", "3"},
    {"/g|h", "4"},
    {"/k\\l", "6"},
    {"/ ", "7"},
    {"/m~0n", "8"},
    {"/deep//~01", "9"},
    {"foo", NULL},
    {"/foo/2", NULL},
    {"/foo/-", NULL},
    {"/foo/00", NULL},
    {"/foo/01", NULL},
    {"/foo/+1", NULL},
    {"/foo/99999999999999999999", NULL},
    {"/foo/0/x", NULL},
    {"/foo/", NULL},
    {"/m~n", NULL},
    {"/m~2n", NULL},
    {"/m~", NULL},
    {"/bar", NULL},
    {"/a/b", NULL},
};

START_TEST(test_pointer_get)
{
    json_t *root = json_case(document);
    const json_t *found = json_pointer_get(root, str_from(cases[_i].pointer));

    if (cases[_i].value == NULL) {
        ck_assert_ptr_null(found);
    } else {
        json_t *expected = json_case(cases[_i].value);
        ck_assert_ptr_nonnull(found);
        ck_assert(json_equal(found, expected));
        json_decref(expected);
    }
    json_decref(root);
}
END_TEST

START_TEST(test_pointer_get_of_nothing_is_the_document)
{
    json_t *root = json_case(document);

    ck_assert_ptr_eq(json_pointer_get(root, STR("")), root);
    ck_assert_ptr_null(json_pointer_get(NULL, STR("")));
    ck_assert_ptr_null(json_pointer_get(NULL, STR("/a")));
    json_decref(root);
}
END_TEST

START_TEST(test_pointer_append_escapes)
{
    struct builder pointer;

    builder_init(&pointer, NULL, 100);
    json_pointer_append(&pointer, STR("a/b~c"));
    json_pointer_append_index(&pointer, 12);
    json_pointer_append(&pointer, STR(""));
    json_pointer_append(&pointer, STR("~1"));
    ck_assert(str_equal_z(builder_view(&pointer), "/a~1b~0c/12//~01"));
    builder_done(&pointer);
}
END_TEST

START_TEST(test_pointer_append_has_a_maximum)
{
    struct builder pointer;

    builder_init(&pointer, NULL, 4);
    json_pointer_append(&pointer, STR("abcd"));
    ck_assert(builder_failed(&pointer));
    builder_done(&pointer);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("pointer");
    tcase_add_loop_test(tests, test_pointer_get, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_pointer_get_of_nothing_is_the_document);
    tcase_add_test(tests, test_pointer_append_escapes);
    tcase_add_test(tests, test_pointer_append_has_a_maximum);
    return run_suite_of("json/pointer", tests);
}
