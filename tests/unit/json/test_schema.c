/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a failed validation tells; whether it fails at all is test_suite.c's affair.
 */
#include "sociopoint/json/schema.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "json_case.h"
#include "sociopoint/json/parse.h"

static const struct {
    const char *schema;
    const char *value;
    const char *problems; /* "": valid */
} cases[] = {
    {"{'type': 'integer'}", "3.0", ""},
    {"{'type': 'integer'}", "3.5", " schema-type(integer)"},
    {"{'type': ['string', 'null']}", "1", " schema-type(string, null)"},
    {"{'type': ['number', 'array']}", "'x'", " schema-type(number, array)"},
    {"{'type': 'number'}", "true", " schema-type(number)"},
    {"{'type': 'string', 'minLength': 2}", "1", " schema-type(string)"},
    {"{'enum': ['a', 1, null]}", "'b'", " schema-enum(\"a\", 1, null)"},
    {"{'enum': [1]}", "1.0", ""},
    {"{'const': {'a': 1}}", "2", " schema-const({\"a\":1})"},
    {"{'const': 0}", "false", " schema-const(0)"},
    {"{'minimum': 1.5}", "1", " schema-minimum(1.5)"},
    {"{'maximum': 130}", "131", " schema-maximum(130)"},
    {"{'exclusiveMinimum': 0}", "0", " schema-exclusive-minimum(0)"},
    {"{'exclusiveMaximum': 0.1}", "0.1", " schema-exclusive-maximum(0.1)"},
    {"{'multipleOf': 0.01}", "1.005", " schema-multiple-of(0.01)"},
    {"{'minLength': 3}", "'ří'", " schema-min-length(3)"},
    {"{'maxLength': 2}", "'ří'", ""},
    {"{'maxLength': 1}", "'\xF0\x9F\x98\x80x'", " schema-max-length(1)"},
    {"{'pattern': '^[a-z]+$'}", "'a1'", " schema-pattern(^[a-z]+$)"},
    {"{'pattern': '^a$'}", "'a\\n'", " schema-pattern(^a$)"},
    {"{'pattern': '^\\\\p{Letter}+$'}", "'Žďár'", ""},
    {"{'pattern': '^\\\\d+$'}", "'\xD9\xA3'", " schema-pattern(^\\d+$)"},
    {"{'pattern': '^[^\\\\s]$'}", "'\\u00a0'", " schema-pattern(^[^\\s]$)"},
    {"{'pattern': '[[]'}", "'['", ""},
    {"{'format': 'date'}", "'2026-02-29'", " schema-format(date)"},
    {"{'minItems': 1}", "[]", " schema-min-items(1)"},
    {"{'maxItems': 1}", "[1, 2]", " schema-max-items(1)"},
    {"{'uniqueItems': true}", "[{'a': 1}, 2, {'a': 1.0}]", " schema-unique-items(0|2)"},
    {"{'uniqueItems': true}", "[1, true, 0, false, '1', [1], {'1': 1}, 1.5]", ""},
    {"{'contains': {'const': 1}}", "[2]", " schema-contains(1)"},
    {"{'contains': {'const': 1}, 'maxContains': 1}", "[1, 1]", " schema-max-contains(1)"},
    {"{'minProperties': 1}", "{}", " schema-min-properties(1)"},
    {"{'maxProperties': 0}", "{'a': 1}", " schema-max-properties(0)"},
    {"{'required': ['a', 'b']}", "{}", " schema-required(a)  schema-required(b)"},
    {"{'dependentRequired': {'a': ['b']}}", "{'a': 1}", " schema-dependent-required(b|a)"},
    {"{'additionalProperties': false, 'properties': {'a': true}}", "{'a': 1, 'b': 2, 'c': 3}",
     "/b schema-additional(b) /c schema-additional(c)"},
    {"{'prefixItems': [true], 'items': false}", "[1, 2, 3]",
     "/1 schema-additional-item(1) /2 schema-additional-item(1)"},
    {"{'propertyNames': {'maxLength': 1}}", "{'a': 1, 'bc': 2}", "/bc schema-property-name(bc)"},
    {"{'patternProperties': {'^x': {'type': 'null'}}}", "{'xy': 1}", "/xy schema-type(null)"},
    {"{'properties': {'a': false}}", "{'a': 1}", "/a schema-false"},
    {"false", "1", " schema-false"},
    {"{'anyOf': [{'type': 'string'}, {'type': 'null'}]}", "1", " schema-any-of(2)"},
    {"{'oneOf': [{'minimum': 2}, {'minimum': 3}]}", "1", " schema-one-of(2)"},
    {"{'oneOf': [{'minimum': 2}, {'minimum': 3}]}", "4", " schema-one-of-several(2)"},
    {"{'not': {'type': 'null'}}", "null", " schema-not"},
    {"{'if': {'required': ['a']}, 'then': {'required': ['b']}, 'else': {'required': ['c']}}",
     "{'a': 1}", " schema-required(b)"},
    {"{'if': {'required': ['a']}, 'then': {'required': ['b']}, 'else': {'required': ['c']}}", "{}",
     " schema-required(c)"},
    {"{'allOf': [{'minimum': 5}, {'multipleOf': 2}]}", "3",
     " schema-minimum(5)  schema-multiple-of(2)"},
    {"{'dependentSchemas': {'a': {'required': ['b']}}}", "{'a': 1}", " schema-required(b)"},
    /* Only one alternative can have been meant: its problems are told. */
    {"{'anyOf': [{'type': 'null'}, {'type': 'object', 'required': ['a']}]}", "{}",
     " schema-required(a)"},
    {"{'oneOf': [{'properties': {'kind': {'const': 'x'}, 'n': {'type': 'null'}}, 'required': "
     "['n']},"
     " {'properties': {'kind': {'enum': ['y']}}, 'required': ['m']}]}",
     "{'kind': 'x', 'n': 3}", "/n schema-type(null)"},
    {"{'anyOf': [{'$ref': '#/$defs/text'}, {'type': 'array', 'items': {'type': 'string'}}],"
     " '$defs': {'text': {'type': 'string'}}}",
     "['a', 2]", "/1 schema-type(string)"},
    /* Everything at once, each at its place. */
    {"{'type': 'object', 'required': ['id'], 'properties': {'ages': {'type': 'array', 'items':"
     " {'type': 'integer', 'minimum': 0}}, 'a/b~c': {'type': 'string'}}}",
     "{'ages': [1, -1, 'x'], 'a/b~c': 1}",
     " schema-required(id) /ages/1 schema-minimum(0) /ages/2 schema-type(integer)"
     " /a~1b~0c schema-type(string)"},
    {"{'$ref': '#/$defs/node', '$defs': {'node': {'properties': {'next': {'$ref': '#/$defs/node'},"
     " 'n': {'type': 'integer'}}}}}",
     "{'next': {'next': {'n': 'x'}}}", "/next/next/n schema-type(integer)"},
    {"{'properties': {'a': {'$ref': '#count'}}, '$defs': {'x': {'$anchor': 'count', 'minimum': "
     "1}}}",
     "{'a': 0}", "/a schema-minimum(1)"},
    {"{'$id': 'https://example.org/a', 'properties': {'a': {'$ref': "
     "'https://example.org/a#/$defs/b'}},"
     " '$defs': {'b': {'type': 'null'}}}",
     "{'a': 0}", "/a schema-type(null)"},
};

static struct json_schema *compiled(const char *text, const char *pointer)
{
    struct error err = {.code = ERROR_NONE};
    char problems[CASE_TEXT_SIZE];
    json_t *document = json_case(text);
    struct json_schema *schema = json_schema_compile(document, pointer, NULL, &err);

    json_decref(document); /* the schema holds its own reference */
    ck_assert_msg(schema != NULL, "%s", problems_text(&err, problems));
    return schema;
}

START_TEST(test_schema_tells_every_problem)
{
    struct json_schema *schema = compiled(cases[_i].schema, "");
    struct error err = {.code = ERROR_NONE};
    char text[CASE_TEXT_SIZE];
    json_t *value = json_case(cases[_i].value);

    bool valid = json_schema_validate(schema, value, "", &err);
    ck_assert_str_eq(problems_text(&err, text), cases[_i].problems);
    ck_assert_int_eq(valid, cases[_i].problems[0] == '\0');
    ck_assert_int_eq(err.code, valid ? ERROR_NONE : ERROR_INVALID);
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_base_pointer_goes_before)
{
    struct json_schema *schema = compiled("{'items': {'type': 'integer'}}", "");
    json_t *value = json_case("['x']");
    struct error err;

    ck_assert(!json_schema_validate(schema, value, "/body", &err));
    ck_assert_str_eq(err.problems[0].pointer, "/body/0");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_in_a_document)
{
    struct json_schema *schema =
        compiled("{'openapi': '3.1.0', 'paths': {'/x': {'schema': {'$ref': '#/components/a'}}},"
                 " 'components': {'a': {'type': 'string'}, 'broken': {'tpye': 1}}}",
                 "/paths/~1x/schema");
    json_t *value = json_integer(1);
    struct error err;

    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_str_eq(err.problems[0].code, "schema-type");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_stops_at_sixteen_problems)
{
    struct json_schema *schema = compiled("{'items': {'type': 'integer'}}", "");
    json_t *value = json_array();
    struct error err;

    for (int i = 0; i < 17; i++)
        ck_assert_int_eq(json_array_append_new(value, json_null()), 0);
    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_uint_eq(err.problem_count, ERROR_PROBLEMS_MAXIMUM);
    ck_assert(err.more);
    ck_assert_str_eq(err.problems[15].pointer, "/15");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_cuts_a_long_pointer_between_steps)
{
    struct json_schema *schema =
        compiled("{'additionalProperties': {'additionalProperties': {'type': 'null'}}}", "");
    char name[150];
    struct error err;

    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    json_t *value = json_pack("{s:{s:i}}", name, "bbbbbbbbbbbbbbb", 1);
    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_uint_eq(strlen(err.problems[0].pointer), sizeof name);
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_allowed_values_are_cut_between_values)
{
    struct json_schema *schema =
        compiled("{'enum': ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',"
                 " 'cccccccccccccccccccccccccccccccccccccccccccccc', 'd']}",
                 "");
    json_t *value = json_integer(1);
    struct error err;

    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_str_eq(
        err.problems[0].argument[0],
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", ...");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_depth_is_bounded)
{
    struct json_schema *schema = compiled("{'items': {'$ref': '#'}}", "");
    json_t *value = json_integer(1);
    struct error err = {.code = ERROR_NONE};

    for (int i = 0; i < JSON_SCHEMA_DEPTH; i++)
        value = json_pack("[o]", value);
    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.problems[0].code, "schema-too-deep");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

/* A pattern that would take longer than the universe, in places that could swallow the refusal. */
static const char *const slow_schemas[] = {
    "{'pattern': '^(a+)+$'}",
    "{'not': {'pattern': '^(a+)+$'}}",
    "{'anyOf': [{'pattern': '^(a+)+$'}, true]}",
    "{'oneOf': [{'pattern': '^(a+)+$'}, true]}",
    "{'if': {'pattern': '^(a+)+$'}, 'else': true}",
};

START_TEST(test_schema_slow_pattern_is_refused)
{
    struct json_schema *schema = compiled(slow_schemas[_i], "");
    json_t *value =
        json_string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
    struct error err = {.code = ERROR_NONE};
    clock_t start = clock();

    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_int_lt(clock() - start, CLOCKS_PER_SEC);
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_uint_eq(err.problem_count, 1);
    ck_assert_str_eq(err.problems[0].code, "schema-pattern-limit");
    ck_assert_str_eq(err.problems[0].argument[0], "^(a+)+$");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_slow_names_and_elements_end_the_validation)
{
    struct json_schema *schema =
        compiled("{'properties': {'a': {'contains': {'pattern': '^(a+)+$'}},"
                 " 'b': {'patternProperties': {'^(a+)+$': true}}}}",
                 "");
    const char *slow = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
    json_t *elements = json_pack("{s:[s, s, s]}", "a", slow, slow, slow);
    json_t *names = json_pack("{s:{s:i}}", "b", slow, 1);
    struct error err;

    ck_assert(!json_schema_validate(schema, elements, "", &err));
    ck_assert_uint_eq(err.problem_count, 1);
    ck_assert_str_eq(err.problems[0].pointer, "/a/0");
    ck_assert(!json_schema_validate(schema, names, "", &err));
    ck_assert_str_eq(err.problems[0].code, "schema-pattern-limit");
    json_decref(elements);
    json_decref(names);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_long_text_is_too_much_for_a_pattern)
{
    struct json_schema *schema = compiled("{'pattern': 'a*b'}", "");
    char *text = malloc(32 * 1024 + 1);
    struct error err;

    ck_assert_ptr_nonnull(text);
    memset(text, 'a', 32 * 1024 + 1);
    json_t *longest = json_stringn(text, 32 * 1024);
    json_t *too_long = json_stringn(text, 32 * 1024 + 1);
    ck_assert(!json_schema_validate(schema, longest, "", &err));
    ck_assert_str_eq(err.problems[0].code, "schema-pattern");
    ck_assert(!json_schema_validate(schema, too_long, "", &err));
    ck_assert_str_eq(err.problems[0].code, "schema-pattern-limit");
    json_decref(longest);
    json_decref(too_long);
    json_schema_free(schema);
    free(text);
}
END_TEST

/* Two alternatives at each level that both fail only at the bottom: 2^60 ways to find that out. */
START_TEST(test_schema_steps_are_bounded)
{
    struct json_schema *schema = compiled("{'anyOf': [{'items': {'$ref': '#'}, 'type': 'array'},"
                                          " {'items': {'$ref': '#'}, 'type': 'array'}]}",
                                          "");
    json_t *value = json_integer(1);
    struct error err = {.code = ERROR_NONE};

    for (int i = 0; i < 60; i++)
        value = json_pack("[o]", value);
    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.problems[0].code, "schema-too-many-steps");
    ck_assert_str_eq(err.problems[0].argument[0], "10000000");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

START_TEST(test_schema_unique_is_not_quadratic)
{
    struct json_schema *schema = compiled("{'uniqueItems': true}", "");
    json_t *value = json_array();
    struct error err;

    for (int i = 0; i < 200000; i++)
        ck_assert_int_eq(json_array_append_new(value, json_pack("[i]", i)), 0);
    ck_assert(json_schema_validate(schema, value, "", &err)); /* else the test runs out of time */
    ck_assert_int_eq(json_array_append_new(value, json_pack("[f]", 77.0)), 0);
    ck_assert(!json_schema_validate(schema, value, "", &err));
    ck_assert_str_eq(err.problems[0].argument[0], "77");
    ck_assert_str_eq(err.problems[0].argument[1], "200000");
    json_decref(value);
    json_schema_free(schema);
}
END_TEST

static void *validate_often(void *argument)
{
    json_t *good = json_case("{'name': 'Žofie', 'tags': ['a', 'b']}");
    json_t *bad = json_case("{'name': '1', 'tags': ['a', 'a']}");
    struct error err;
    bool right = true;

    for (int i = 0; i < 2000; i++) {
        right &= json_schema_validate(argument, good, "", &err);
        right &= !json_schema_validate(argument, bad, "", &err) && err.problem_count == 2;
    }
    json_decref(good);
    json_decref(bad);
    return right ? argument : NULL;
}

START_TEST(test_schema_serves_many_threads)
{
    struct json_schema *schema =
        compiled("{'properties': {'name': {'pattern': '^\\\\p{Lu}'}, 'tags': {'uniqueItems': true,"
                 " 'items': {'enum': ['a', 'b']}}}}",
                 "");
    pthread_t threads[4];

    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, validate_often, schema), 0);
    for (size_t i = 0; i < 4; i++) {
        void *right = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &right), 0);
        ck_assert_ptr_nonnull(right);
    }
    json_schema_free(schema);
}
END_TEST

int main(void)
{
    json_start();
    TCase *tests = tcase_create("schema");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, test_schema_tells_every_problem, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_schema_base_pointer_goes_before);
    tcase_add_test(tests, test_schema_in_a_document);
    tcase_add_test(tests, test_schema_stops_at_sixteen_problems);
    tcase_add_test(tests, test_schema_cuts_a_long_pointer_between_steps);
    tcase_add_test(tests, test_schema_allowed_values_are_cut_between_values);
    tcase_add_test(tests, test_schema_depth_is_bounded);
    tcase_add_loop_test(tests, test_schema_slow_pattern_is_refused, 0,
                        sizeof slow_schemas / sizeof slow_schemas[0]);
    tcase_add_test(tests, test_schema_slow_names_and_elements_end_the_validation);
    tcase_add_test(tests, test_schema_long_text_is_too_much_for_a_pattern);
    tcase_add_test(tests, test_schema_steps_are_bounded);
    tcase_add_test(tests, test_schema_unique_is_not_quadratic);
    tcase_add_test(tests, test_schema_serves_many_threads);
    return run_suite_of("json/schema", tests);
}
