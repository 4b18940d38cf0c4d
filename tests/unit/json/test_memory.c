/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every allocation of parsing, compiling, validating and coercing fails once; each time the answer
 * is an error (or right all the same), never a crash, and never consent to a value that is wrong.
 *
 * The program's own malloc stands in front of the C library's, so that the libraries' allocations
 * are counted, too. Under AddressSanitizer, which brings a malloc of its own, there is nothing to
 * stand in front of.
 */
#include <stdlib.h>

#include "json_case.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

/* Allocations until the one that fails; negative: none does. */
static long countdown = -1;

static bool fails_now(void)
{
    return countdown >= 0 && countdown-- == 0;
}

void *malloc(size_t size)
{
    return fails_now() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails_now() ? NULL : __libc_realloc(old, size);
}

static const char schema_text[] =
    "{'$ref': '#/$defs/a', 'type': 'object', 'properties': {'list': {'uniqueItems': true, 'items':"
    " {'$ref': '#name'}}, 'kind': {'enum': ['a', 'b']}, 'n': {'const': 1}}, 'propertyNames':"
    " {'maxLength': 9}, 'patternProperties': {'^x': {'format': 'date'}}, 'dependentSchemas': {'a':"
    " true}, 'anyOf': [{'required': ['list']}, {'required': ['kind']}], '$defs': {'a': {'$id2': 1},"
    " 'b': {'$anchor': 'name', 'pattern': '^[a-z]+$'}}}";

static const char value_text[] = "{'list': ['a', 'b', 'a'], 'kind': 'c', 'n': 2, 'xy': 'x'}";

/* Whether the countdown ran out, that is, whether something was made to fail. */
static bool something_failed(void)
{
    bool failed = countdown < 0;
    countdown = -1;
    return failed;
}

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

    for (long i = 0; failed; i++) {
        struct error err = {.code = ERROR_NONE};
        countdown = i;
        struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
        failed = something_failed();
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
    for (long i = 0; failed; i++) {
        err.code = ERROR_NONE;
        countdown = i;
        bool valid = json_schema_validate(schema, value, "", &err);
        failed = something_failed();
        ck_assert(!valid);
        ck_assert_int_ne(err.code, ERROR_NONE);
    }
    ck_assert_int_eq(err.code, ERROR_INVALID);
    json_schema_free(schema);
    json_decref(value);
    json_decref(document);
}
END_TEST

START_TEST(test_memory_of_parse)
{
    bool failed = true;

    for (long i = 0; failed; i++) {
        struct error err = {.code = ERROR_NONE};
        countdown = i;
        json_t *value = json_parse(STR("{\"a\": [1, 2.5, \"x\", {}]}"), &json_limits_request, &err);
        failed = something_failed();
        /* Some failures of its memory the parser takes for mistakes of the text. */
        ck_assert_int_eq(value == NULL, err.code == ERROR_MEMORY || err.code == ERROR_MALFORMED);
        ck_assert(failed || value != NULL);
        json_decref(value);
    }
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
    countdown = 0;
    ck_assert_ptr_null(json_parse_file(path, &json_limits_file, &err));
    ck_assert(something_failed());
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    ck_assert_str_eq(err.problems[0].code, "json-memory");
    ck_assert_int_eq(remove(path), 0);
}
END_TEST

START_TEST(test_memory_of_parameter)
{
    json_t *document = json_case("{'type': 'array', 'items': {'type': ['integer', 'string']}}");
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    struct str texts[] = {STR("1"), STR("x")};
    bool failed = true;

    for (long i = 0; failed; i++) {
        countdown = i;
        json_t *value = json_from_parameter(schema, "p", texts, 2, &err);
        failed = something_failed();
        ck_assert(failed || value != NULL);
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

#else

static TCase *memory_tests(void)
{
    printf("skipped: failing allocations, because a sanitizer brings its own malloc\n");
    return tcase_create("memory");
}

#endif

int main(void)
{
    return run_suite_of("json/memory", memory_tests());
}
