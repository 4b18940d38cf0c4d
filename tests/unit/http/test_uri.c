/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/http/uri.h"

#include <check.h>
#include <string.h>

#include "../../../src/http/query_internal.h"
#include "support/run.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_new(256 * 1024);
}

static void teardown(void)
{
    arena_free(arena);
}

static const struct {
    const char *encoded;
    enum http_uri_part part;
    const char *decoded; /* NULL: malformed */
} texts[] = {
    {"", HTTP_URI_SEGMENT, ""},
    {"plain-._~", HTTP_URI_SEGMENT, "plain-._~"},
    {"a%20b", HTTP_URI_SEGMENT, "a b"},
    {"a+b", HTTP_URI_SEGMENT, "a+b"},
    {"a+b", HTTP_URI_QUERY, "a b"},
    {"a%2Bb", HTTP_URI_QUERY, "a+b"},
    {"%c5%99", HTTP_URI_QUERY, "\xC5\x99"},
    {"%C5%99", HTTP_URI_QUERY, "\xC5\x99"},
    {"%25zz", HTTP_URI_QUERY, "%zz"},
    {"%F0%9F%98%80", HTTP_URI_QUERY, "\xF0\x9F\x98\x80"},
    {"%", HTTP_URI_QUERY, NULL},
    {"%4", HTTP_URI_QUERY, NULL},
    {"a%4", HTTP_URI_QUERY, NULL},
    {"%zz", HTTP_URI_QUERY, NULL},
    {"%4g", HTTP_URI_QUERY, NULL},
    {"%%41", HTTP_URI_QUERY, NULL},
    {"%00", HTTP_URI_QUERY, NULL},
    {"%0a", HTTP_URI_QUERY, NULL},
    {"%1F", HTTP_URI_QUERY, NULL},
    {"%7f", HTTP_URI_QUERY, NULL},
    {"%ff", HTTP_URI_QUERY, NULL},
    {"%C5", HTTP_URI_QUERY, NULL},
    {"%C0%80", HTTP_URI_QUERY, NULL},
    {"%ED%A0%80", HTTP_URI_QUERY, NULL},
    {"\x01", HTTP_URI_QUERY, NULL},
    {"\xFF", HTTP_URI_QUERY, NULL},
};

START_TEST(test_uri_decode_table)
{
    struct str decoded = {NULL, 0};
    enum http_uri_result result =
        http_uri_decode(str_from(texts[_i].encoded), texts[_i].part, arena, &decoded);
    if (texts[_i].decoded == NULL) {
        ck_assert_int_eq(result, HTTP_URI_MALFORMED);
        ck_assert_ptr_null(decoded.data);
        return;
    }
    ck_assert_int_eq(result, HTTP_URI_DECODED);
    ck_assert(str_equal_z(decoded, texts[_i].decoded));
}
END_TEST

START_TEST(test_uri_decode_without_memory)
{
    struct arena *tiny = arena_new(0);
    struct str decoded;
    ck_assert_int_eq(http_uri_decode(STR("%41"), HTTP_URI_QUERY, tiny, &decoded),
                     HTTP_URI_NO_MEMORY);
    ck_assert_int_eq(http_uri_decode(STR("A"), HTTP_URI_QUERY, tiny, &decoded), HTTP_URI_DECODED);
    arena_free(tiny);
}
END_TEST

START_TEST(test_uri_append_and_back)
{
    const char *text = "a b/\xC5\x99&=+%?#\"~";
    struct builder builder;
    struct str decoded;
    builder_init(&builder, arena, 1024);
    http_uri_append(&builder, str_from(text));
    ck_assert(str_equal_z(builder_view(&builder), "a%20b%2F%C5%99%26%3D%2B%25%3F%23%22~"));
    ck_assert_int_eq(http_uri_decode(builder_view(&builder), HTTP_URI_SEGMENT, arena, &decoded),
                     HTTP_URI_DECODED);
    ck_assert(str_equal_z(decoded, text));
}
END_TEST

static const struct {
    const char *text;
    const char *refusal;
    const char *fields; /* "a=1;b=2;" */
} queries[] = {
    {"", NULL, ""},
    {"a=1", NULL, "a=1;"},
    {"a=1&b=2&a=3", NULL, "a=1;b=2;a=3;"},
    {"&&a=1&&", NULL, "a=1;"},
    {"a", NULL, "a=;"},
    {"a=", NULL, "a=;"},
    {"a=b=c", NULL, "a=b=c;"},
    {"a%20b=c+d", NULL, "a b=c d;"},
    {"=1", "query-malformed", NULL},
    {"%00=1", "query-malformed", NULL},
    {"%=1", "query-malformed", NULL},
    {"a=%00", "parameter-malformed", NULL},
    {"a=1&b=%f", "parameter-malformed", NULL},
};

START_TEST(test_query_table)
{
    struct query query;
    const char *refusal = query_parse(str_from(queries[_i].text), arena, &query);
    if (queries[_i].refusal != NULL) {
        ck_assert_ptr_nonnull(refusal);
        ck_assert_str_eq(refusal, queries[_i].refusal);
        return;
    }
    ck_assert_ptr_null(refusal);
    struct builder fields;
    builder_init(&fields, arena, 1024);
    for (size_t i = 0; i < query.count; i++)
        builder_printf(&fields, "%.*s=%.*s;", STR_ARGUMENTS(query.fields[i].name),
                       STR_ARGUMENTS(query.fields[i].value));
    builder_append_char(&fields, '\0');
    ck_assert_str_eq(builder_view(&fields).data, queries[_i].fields);
}
END_TEST

/* `count` times `item`. */
static struct str repeated(const char *item, size_t count)
{
    struct builder text;
    builder_init(&text, arena, 65536);
    for (size_t i = 0; i < count; i++)
        builder_append_z(&text, item);
    return builder_view(&text);
}

START_TEST(test_query_has_a_maximum)
{
    struct query query;
    ck_assert_ptr_null(query_parse(repeated("a=1&", QUERY_PARAMETERS_MAXIMUM), arena, &query));
    ck_assert_uint_eq(query.count, QUERY_PARAMETERS_MAXIMUM);
    ck_assert_str_eq(query_parse(repeated("a=1&", QUERY_PARAMETERS_MAXIMUM + 1), arena, &query),
                     "query-malformed");
}
END_TEST

START_TEST(test_query_names_what_it_could_not_decode)
{
    struct query query;
    ck_assert_str_eq(query_parse(STR("a=%00&b=1&c=%zz"), arena, &query), "parameter-malformed");
    ck_assert_uint_eq(query.malformed_count, 2);
    ck_assert(str_equal_z(query.malformed[0], "a"));
    ck_assert(str_equal_z(query.malformed[1], "c"));
    ck_assert_str_eq(query_parse(repeated("a=%&", 40), arena, &query), "parameter-malformed");
    ck_assert_uint_eq(query.malformed_count, HTTP_REFUSAL_PARAMETERS);
}
END_TEST

START_TEST(test_query_without_memory)
{
    struct query query;
    struct arena *tiny = arena_new(0);
    ck_assert_str_eq(query_parse(STR("a=1"), tiny, &query), "overloaded");
    arena_free(tiny);
    tiny = arena_new(sizeof(struct http_field));
    ck_assert_str_eq(query_parse(STR("a=%41"), tiny, &query), "overloaded");
    ck_assert_str_eq(query_parse(STR("%41=1"), tiny, &query), "overloaded");
    arena_free(tiny);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http/uri");
    TCase *tcase = tcase_create("uri");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_uri_decode_table, 0, (int)(sizeof texts / sizeof texts[0]));
    tcase_add_test(tcase, test_uri_decode_without_memory);
    tcase_add_test(tcase, test_uri_append_and_back);
    tcase_add_loop_test(tcase, test_query_table, 0, (int)(sizeof queries / sizeof queries[0]));
    tcase_add_test(tcase, test_query_has_a_maximum);
    tcase_add_test(tcase, test_query_names_what_it_could_not_decode);
    tcase_add_test(tcase, test_query_without_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
