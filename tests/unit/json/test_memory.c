/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every allocation of parsing, compiling, validating and coercing fails once; each time the answer
 * is an error (or right all the same), never a crash, and never consent to a value that is wrong.
 */
#include <stdlib.h>

#include "json_case.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"
#include "support/failing_memory.h"

static const char schema_text[] =
    "{'$ref': '#/$defs/a', 'type': 'object', 'properties': {'list': {'uniqueItems': true, 'items':"
    " {'$ref': '#name'}}, 'kind': {'enum': ['a', 'b']}, 'n': {'const': 1}}, 'propertyNames':"
    " {'maxLength': 9}, 'patternProperties': {'^x': {'format': 'date'}}, 'dependentSchemas': {'a':"
    " true}, 'anyOf': [{'required': ['list']}, {'required': ['kind']}], '$defs': {'a': {'$id2': 1},"
    " 'b': {'$anchor': 'name', 'pattern': '^[a-z]+$'}}}";

static const char value_text[] = "{'list': ['a', 'b', 'a'], 'kind': 'c', 'n': 2, 'xy': 'x'}";

/* A schema that compiles: the text above without its deliberate mistake. */
static json_t *good_document(void)
{
    json_t *document = json_case(schema_text);
    json_object_del(json_object_get(json_object_get(document, "$defs"), "a"), "$id2");
    return document;
}

START_TEST(test_memory_of_compile)
{
    json_t *document = _i == 0 ? good_document() : json_case(schema_text);
    bool failed = true;

    for (long n = 1; failed; n++) {
        struct error err = {.code = ERROR_NONE};
        failing_memory_arm(n);
        struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
        failed = failing_memory_disarm();
        if (!failed)
            ck_assert_int_eq(schema != NULL, _i == 0);
        else if (schema == NULL && _i == 0)
            ck_assert_int_eq(err.code, ERROR_MEMORY);
        ck_assert(schema != NULL || err.code != ERROR_NONE);
        json_schema_free(schema);
    }
    json_decref(document);
}
END_TEST

START_TEST(test_memory_of_validate)
{
    json_t *document = good_document();
    json_t *value = json_case(value_text);
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    bool failed = true;

    ck_assert_ptr_nonnull(schema);
    for (long n = 1; failed; n++) {
        err.code = ERROR_NONE;
        failing_memory_arm(n);
        bool valid = json_schema_validate(schema, value, "", &err);
        failed = failing_memory_disarm();
        ck_assert(!valid);
        ck_assert_int_ne(err.code, ERROR_NONE);
    }
    ck_assert_int_eq(err.code, ERROR_INVALID);
    json_schema_free(schema);
    json_decref(value);
    json_decref(document);
}
END_TEST

/* The parser takes some failures for mistakes of the text, and loses a byte by others. */
START_TEST(test_memory_of_parse)
{
    static const char text[] =
        "{\"a name of some length\": [1, 2.5, \"a text of some length\", {}]}";
    struct error none = {.code = ERROR_NONE};
    json_t *right = json_parse(STR(text), &json_limits_request, &none);
    bool failed = true;

    for (long n = 1; failed; n++) {
        struct error err = {.code = ERROR_NONE};
        failing_memory_arm(n);
        json_t *value = json_parse(STR(text), &json_limits_request, &err);
        failed = failing_memory_disarm();
        ck_assert_int_eq(err.code, failed ? ERROR_MEMORY : ERROR_NONE);
        ck_assert(failed ? value == NULL : json_equal(value, right) == 1);
        json_decref(value);
    }
    json_decref(right);
}
END_TEST

START_TEST(test_memory_of_parse_file)
{
    char path[] = "/tmp/json-memory-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = fdopen(descriptor, "w");
    struct error err;

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("[]", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    failing_memory_arm(1);
    ck_assert_ptr_null(json_parse_file(path, &json_limits_file, &err));
    ck_assert(failing_memory_disarm());
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    ck_assert_str_eq(err.problems[0].code, "json-memory");
    ck_assert_int_eq(remove(path), 0);
}
END_TEST

/* A number that could not be kept must not become a text. */
START_TEST(test_memory_of_parameter)
{
    json_t *document = json_case("{'type': 'array', 'items': {'type': ['integer', 'string']}}");
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    struct str texts[] = {STR("1"), STR("x")};
    bool failed = true;

    for (long n = 1; failed; n++) {
        err.code = ERROR_NONE;
        failing_memory_arm(n);
        json_t *value = json_from_parameter(schema, "p", texts, 2, &err);
        failed = failing_memory_disarm();
        ck_assert_int_eq(err.code, failed ? ERROR_MEMORY : ERROR_NONE);
        ck_assert(failed || json_is_integer(json_array_get(value, 0)));
        json_decref(value);
    }
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

static TCase *memory_tests(void)
{
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_memory_of_compile, 0, 2);
    tcase_add_test(tests, test_memory_of_validate);
    tcase_add_test(tests, test_memory_of_parse);
    tcase_add_test(tests, test_memory_of_parse_file);
    tcase_add_test(tests, test_memory_of_parameter);
    return tests;
}

int main(void)
{
    json_start();
    return run_suite_of("json/memory", FAILING_MEMORY ? memory_tests() : tcase_create("memory"));
}
