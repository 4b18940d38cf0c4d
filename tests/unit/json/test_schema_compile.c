/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which schemas are refused, and how it is said.
 */
#include "json_case.h"
#include "sociopoint/json/schema.h"

static const struct {
    const char *schema;
    const char *problems; /* "": compiles */
} cases[] = {
    {"{'title': 'a', 'description': 'b', 'examples': [{'unknown': 1}], 'example': 1, 'default': 1,"
     " 'deprecated': true, 'readOnly': true, 'writeOnly': true, '$comment': 'c', 'xml': {},"
     " 'externalDocs': {}, 'discriminator': {}, 'x-anything': {'$ref': 1}}",
     ""},
    {"{'$schema': 'https://json-schema.org/draft/2020-12/schema', '$id': 'https://example.org/x'}",
     ""},
    {"{'const': {'unknown': 1}, 'enum': [{'$ref': 'x'}]}", ""},
    {"{'properties': {'unknown': true, '$ref': true}}", ""},
    {"{'tpye': 'string'}", "/tpye schema-keyword-unsupported(tpye)"},
    {"{'unevaluatedProperties': false}",
     "/unevaluatedProperties schema-keyword-unsupported(unevaluatedProperties)"},
    {"{'$dynamicRef': '#a'}", "/$dynamicRef schema-keyword-unsupported($dynamicRef)"},
    {"{'nullable': true, 'definitions': {}}",
     "/nullable schema-keyword-unsupported(nullable)"
     " /definitions schema-keyword-unsupported(definitions)"},
    {"{'properties': {'a/b': {'items': {'minimun': 1}}}}",
     "/properties/a~1b/items/minimun schema-keyword-unsupported(minimun)"},
    {"{'$defs': {'unused': {'tpye': 1}}}", "/$defs/unused/tpye schema-keyword-unsupported(tpye)"},
    {"{'allOf': [true, {'if': {'tpye': 1}}]}", "/allOf/1/if/tpye schema-keyword-unsupported(tpye)"},
    {"1", " schema-malformed"},
    {"{'items': [true]}", "/items schema-malformed"},
    {"{'properties': {'a': 'string'}}", "/properties/a schema-malformed"},
    {"{'type': 'text'}", "/type schema-keyword-malformed(type)"},
    {"{'type': []}", "/type schema-keyword-malformed(type)"},
    {"{'type': ['string', 1]}", "/type schema-keyword-malformed(type)"},
    {"{'enum': 'a'}", "/enum schema-keyword-malformed(enum)"},
    {"{'minimum': '1'}", "/minimum schema-keyword-malformed(minimum)"},
    {"{'multipleOf': 0}", "/multipleOf schema-keyword-malformed(multipleOf)"},
    {"{'minLength': -1}", "/minLength schema-keyword-malformed(minLength)"},
    {"{'maxItems': 1.5}", "/maxItems schema-keyword-malformed(maxItems)"},
    {"{'maxItems': 2.0}", ""},
    {"{'pattern': 1}", "/pattern schema-keyword-malformed(pattern)"},
    {"{'format': 1}", "/format schema-keyword-malformed(format)"},
    {"{'uniqueItems': 1}", "/uniqueItems schema-keyword-malformed(uniqueItems)"},
    {"{'required': 'a'}", "/required schema-keyword-malformed(required)"},
    {"{'required': [1]}", "/required schema-keyword-malformed(required)"},
    {"{'dependentRequired': []}", "/dependentRequired schema-keyword-malformed(dependentRequired)"},
    {"{'dependentRequired': {'a': 'b'}}",
     "/dependentRequired schema-keyword-malformed(dependentRequired)"},
    {"{'properties': []}", "/properties schema-keyword-malformed(properties)"},
    {"{'$defs': []}", "/$defs schema-keyword-malformed($defs)"},
    {"{'allOf': []}", "/allOf schema-keyword-malformed(allOf)"},
    {"{'anyOf': {}}", "/anyOf schema-keyword-malformed(anyOf)"},
    {"{'$ref': 1}", "/$ref schema-keyword-malformed($ref)"},
    {"{'$anchor': 1}", "/$anchor schema-keyword-malformed($anchor)"},
    {"{'$id': 1}", "/$id schema-keyword-malformed($id)"},
    {"{'pattern': '('}", "/pattern schema-pattern-malformed(()"},
    {"{'pattern': '\\\\Aa\\\\z'}", "/pattern schema-pattern-malformed(\\Aa\\z)"},
    {"{'pattern': '(?i)a'}", "/pattern schema-pattern-malformed((?i)a)"},
    {"{'pattern': '(*UCP)a'}", "/pattern schema-pattern-malformed((*UCP)a)"},
    {"{'pattern': '\\\\p{Leter}'}", "/pattern schema-pattern-malformed(\\p{Leter})"},
    {"{'pattern': '\\\\pL'}", "/pattern schema-pattern-malformed(\\pL)"},
    {"{'pattern': 'a\\\\'}", "/pattern schema-pattern-malformed(a\\)"},
    {"{'pattern': '^(?<year>\\\\d{4})-(?=x)(?!y)(?<=x)(?<!y)(?:z)\\\\k<year>[\\\\s\\\\S]\\\\v$'}",
     ""},
    {"{'patternProperties': {'[': true}}", "/patternProperties/[ schema-pattern-malformed([)"},
    {"{'format': 'hostname'}", "/format schema-format-unsupported(hostname)"},
    {"{'$schema': 'http://json-schema.org/draft-07/schema#'}",
     "/$schema schema-dialect-unsupported(http://json-schema.org/draft-07/schema#)"},
    {"{'items': {'$id': 'b'}}", "/items/$id schema-id-nested(b)"},
    {"{'$ref': '#/$defs/none'}", " schema-reference-unknown(#/$defs/none)"},
    {"{'items': {'$ref': '#none'}}", "/items schema-reference-unknown(#none)"},
    {"{'$ref': 'other.json#/a'}", " schema-reference-remote(other.json#/a)"},
    {"{'$ref': 'https://example.org/x'}", " schema-reference-remote(https://example.org/x)"},
    {"{'items': {'$ref': '#a'}, '$defs': {'x': {'$anchor': 'a'}, 'y': {'$anchor': 'a'}}}",
     "/$defs/y schema-anchor-duplicate(a)"},
    {"{'items': {'$ref': '#a'}, '$defs': {'x': {'const': {'$anchor': 'a'}}, 'y': {'$anchor': "
     "'a'}}}",
     ""},
    {"{'$ref': '#'}", " schema-reference-loop(#)"},
    {"{'$ref': '#/$defs/a', '$defs': {'a': {'$ref': '#/$defs/b'}, 'b': {'$ref': '#/$defs/a'}}}",
     NULL},
    {"{'allOf': [{'anyOf': [{'not': {'$ref': '#'}}]}]}", NULL},
    {"{'if': {'$ref': '#'}}", NULL},
    {"{'dependentSchemas': {'a': {'$ref': '#'}}}", NULL},
    {"{'items': {'$ref': '#'}, 'properties': {'a': {'$ref': '#'}}, 'contains': {'$ref': '#'}}", ""},
};

static json_t *compile_and_tell(const char *text, struct json_schema **schema, struct error *err)
{
    json_t *document = json_case(text);
    *err = (struct error){.code = ERROR_NONE};
    *schema = json_schema_compile(document, "", NULL, err);
    return document;
}

START_TEST(test_schema_compile_refuses_what_it_does_not_support)
{
    struct json_schema *schema;
    struct error err;
    char text[CASE_TEXT_SIZE];
    json_t *document = compile_and_tell(cases[_i].schema, &schema, &err);

    (void)problems_text(&err, text);
    if (cases[_i].problems == NULL)
        ck_assert_ptr_nonnull(strstr(text, "schema-reference-loop"));
    else
        ck_assert_str_eq(text, cases[_i].problems);
    ck_assert_int_eq(schema == NULL, err.code == ERROR_INVALID);
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

START_TEST(test_schema_compile_pointer_must_lead_somewhere)
{
    json_t *document = json_object();
    struct error err;
    char text[CASE_TEXT_SIZE];

    ck_assert_ptr_null(json_schema_compile(document, "/paths/a", NULL, &err));
    ck_assert_str_eq(problems_text(&err, text), "/paths/a schema-reference-unknown(/paths/a)");
    json_decref(document);
}
END_TEST

START_TEST(test_schema_compile_bounds_nesting)
{
    json_t *document = json_object();
    struct error err;
    char text[CASE_TEXT_SIZE];

    for (int i = 0; i < JSON_SCHEMA_COMPILE_DEPTH; i++)
        document = json_pack("{s:o}", "items", document);
    ck_assert_ptr_null(json_schema_compile(document, "", NULL, &err));
    ck_assert_ptr_nonnull(strstr(problems_text(&err, text), "schema-nested-too-deep(128)"));
    json_decref(document);
}
END_TEST

/* A chain of references longer than validation would follow, in either order of its links. */
START_TEST(test_schema_compile_bounds_chains_of_references)
{
    json_t *definitions = json_pack("{s:b}", "end", 1);
    json_t *document = json_pack("{s:s, s:o}", "$ref", "#/$defs/0", "$defs", definitions);
    struct error err;
    char name[16];
    char target[32];

    for (int i = 0; i < 50000; i++) {
        int at = _i == 0 ? i : 49999 - i;
        (void)snprintf(name, sizeof name, "%d", at);
        (void)snprintf(target, sizeof target, "#/$defs/%d", at + 1);
        json_t *link = json_pack("{s:s}", "$ref", at < 49999 ? target : "#/$defs/end");
        ck_assert_int_eq(json_object_set_new(definitions, name, link), 0);
    }
    ck_assert_ptr_null(json_schema_compile(document, "", NULL, &err));
    ck_assert_str_eq(err.problems[0].code, "schema-nested-too-deep");
    ck_assert_str_eq(err.problems[0].argument[0], "256");
    json_decref(document);
}
END_TEST

START_TEST(test_schema_compile_can_ignore_formats)
{
    struct json_schema_options options = {.formats = JSON_SCHEMA_FORMATS_IGNORED};
    json_t *document = json_case("{'format': 'hostname'}");
    struct error err;
    struct json_schema *schema = json_schema_compile(document, "", &options, &err);

    ck_assert_ptr_nonnull(schema);
    ck_assert(json_schema_validate(schema, document, "", &err));
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

START_TEST(test_schema_free_accepts_null)
{
    struct json_schema *none = NULL;

    json_schema_free(NULL);
    json_schema_freep(&none);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("schema compile");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, test_schema_compile_refuses_what_it_does_not_support, 0,
                        sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_schema_compile_pointer_must_lead_somewhere);
    tcase_add_test(tests, test_schema_compile_bounds_nesting);
    tcase_add_loop_test(tests, test_schema_compile_bounds_chains_of_references, 0, 2);
    tcase_add_test(tests, test_schema_compile_can_ignore_formats);
    tcase_add_test(tests, test_schema_free_accepts_null);
    return run_suite_of("json/schema_compile", tests);
}
