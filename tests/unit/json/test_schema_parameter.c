/* SPDX-License-Identifier: EUPL-1.2 */
#include "json_case.h"
#include "sociopoint/base/str.h"
#include "sociopoint/json/schema.h"

enum { TEXTS_MAXIMUM = 3 };

static const struct {
    const char *schema;
    const char *texts[TEXTS_MAXIMUM];
    const char *value; /* JSON, or problems */
} cases[] = {
    {"{'type': 'integer'}", {"12"}, "12"},
    {"{'type': 'integer'}", {"-1"}, "-1"},
    {"{'type': 'integer'}", {"1.0"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"1e2"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"012"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"+1"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {" 1"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"1 "}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {""}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"-"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"[1]"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"9223372036854775808"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {"000000000000000000000000000000000"}, "page schema-type(integer)"},
    {"{'type': 'integer'}", {NULL}, "page schema-parameter-repeated"},
    {"{'type': 'integer'}", {"1", "2"}, "page schema-parameter-repeated"},
    {"{'type': 'number'}", {"1.5"}, "1.5"},
    {"{'type': 'number'}", {"3"}, "3"},
    {"{'type': 'number'}", {"1e400"}, "page schema-type(number)"},
    {"{'type': 'boolean'}", {"true"}, "true"},
    {"{'type': 'boolean'}", {"false"}, "false"},
    {"{'type': 'boolean'}", {"1"}, "page schema-type(boolean)"},
    {"{'type': 'boolean'}", {"True"}, "page schema-type(boolean)"},
    {"{'type': 'string'}", {"12"}, "'12'"},
    {"{'type': 'string'}", {""}, "''"},
    {"{'type': 'string'}", {"Jílová"}, "'Jílová'"},
    {"{'type': 'string'}", {"a\nb"}, "page schema-parameter-text"},
    {"{'type': 'string'}", {"\x7f"}, "page schema-parameter-text"},
    {"{'type': 'string'}", {"\xC3"}, "page schema-parameter-text"},
    {"{'type': ['integer', 'string']}", {"12"}, "12"},
    {"{'type': ['integer', 'string']}", {"now"}, "'now'"},
    {"{'type': ['integer', 'null']}", {"null"}, "page schema-type(integer, null)"},
    {"{'type': 'object'}", {"{}"}, "page schema-type(object)"},
    {"{}", {"a"}, "'a'"},
    {"{'enum': ['a', 'b']}", {"1"}, "'1'"},
    {"{'enum': [1, 2]}", {"1"}, "1"},
    {"{'const': true}", {"true"}, "true"},
    {"{'$ref': '#/$defs/n', '$defs': {'n': {'type': 'integer'}}}", {"7"}, "7"},
    {"{'allOf': [{'type': ['integer', 'string']}, {'type': 'integer'}]}", {"7"}, "7"},
    {"{'anyOf': [{'type': 'boolean'}, {'enum': ['both']}]}", {"both"}, "'both'"},
    {"{'oneOf': [{'type': 'boolean'}, {'type': 'integer'}]}", {"8"}, "8"},
    {"{'type': 'array', 'items': {'type': 'integer'}}", {"1", "2"}, "[1, 2]"},
    {"{'type': 'array', 'items': {'type': 'integer'}}", {"1", "x"}, "page schema-type(integer)"},
    {"{'type': 'array', 'items': {'type': 'string'}}", {NULL}, "[]"},
    {"{'type': 'array'}", {"1"}, "['1']"},
    {"{'$ref': '#/$defs/n', '$defs': {'n': {'type': 'array', 'items': {'type': 'integer'}}}}",
     {"7"},
     "[7]"},
    {"{'allOf': [{'type': 'array'}, {'items': {'type': 'boolean'}}]}", {"true"}, "[true]"},
};

START_TEST(test_schema_parameter)
{
    json_t *document = json_case(cases[_i].schema);
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    struct str texts[TEXTS_MAXIMUM];
    size_t count = 0;
    char problems[CASE_TEXT_SIZE];

    ck_assert_ptr_nonnull(schema);
    for (; count < TEXTS_MAXIMUM && cases[_i].texts[count] != NULL; count++)
        texts[count] = str_from(cases[_i].texts[count]);
    json_t *value = json_from_parameter(schema, "page", texts, count, &err);
    if (value == NULL) {
        ck_assert_str_eq(problems_text(&err, problems), cases[_i].value);
    } else {
        json_t *expected = json_case(cases[_i].value);
        ck_assert(json_equal(value, expected));
        json_decref(expected);
    }
    json_decref(value);
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

START_TEST(test_schema_parameter_has_a_maximum_of_values)
{
    json_t *document = json_case("{'type': 'array'}");
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    struct str texts[JSON_SCHEMA_PARAMETER_VALUES + 1];
    char problems[CASE_TEXT_SIZE];

    for (size_t i = 0; i <= JSON_SCHEMA_PARAMETER_VALUES; i++)
        texts[i] = STR("a");
    json_t *value = json_from_parameter(schema, "s", texts, JSON_SCHEMA_PARAMETER_VALUES, &err);
    ck_assert_uint_eq(json_array_size(value), JSON_SCHEMA_PARAMETER_VALUES);
    ck_assert_ptr_null(
        json_from_parameter(schema, "s", texts, JSON_SCHEMA_PARAMETER_VALUES + 1, &err));
    ck_assert_str_eq(problems_text(&err, problems), "s schema-parameter-values(100)");
    json_decref(value);
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

START_TEST(test_schema_parameter_absent_text_is_empty)
{
    json_t *document = json_case("{'type': 'string'}");
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    struct str absent = {NULL, 0};
    json_t *value = json_from_parameter(schema, "s", &absent, 1, &err);

    ck_assert_str_eq(json_string_value(value), "");
    json_decref(value);
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("schema parameter");
    tcase_add_loop_test(tests, test_schema_parameter, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_schema_parameter_has_a_maximum_of_values);
    tcase_add_test(tests, test_schema_parameter_absent_text_is_empty);
    return run_suite_of("json/schema_parameter", tests);
}
