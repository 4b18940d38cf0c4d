/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/json/parse.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "json_case.h"

static const struct json_limits small = {.bytes = 200, .depth = 4, .elements = 10};

static const struct {
    const char *text;
    const char *problems;
} refused[] = {
    {"", " json-malformed(1|1)"},
    {"   ", " json-malformed(1|3)"},
    {"{", " json-malformed(1|1)"},
    {"{\"a\":1}x", " json-malformed(1|8)"},
    {"[1]\n[2]", " json-malformed(2|1)"},
    {"{\n  \"a\": 01\n}", " json-malformed(2|8)"},
    {"NaN", " json-malformed(1|3)"},
    {"[1,]", " json-malformed(1|4)"},
    {"/* a */ 1", " json-malformed(1|1)"},
    {"\"a\nb\"", " json-malformed(1|2)"},
    {"\xEF\xBB\xBF{}", " json-malformed(1|1)"},
    {"\"\\ud800\"", " json-malformed(1|8)"},
    {"\"\\udc00\"", " json-malformed(1|8)"},
    {"\"\\ud800\\u0041\"", " json-malformed(1|14)"},
    {"\"\xC3\x28\"", " json-encoding(1|1)"},
    {"\"\xED\xA0\x80\"", " json-encoding(1|1)"},
    {"\"\xC0\xAF\"", " json-encoding(1|1)"},
    {"{\"a\":1,\"a\":2}", " json-duplicate-key(1|10)"},
    {"{\"a\":1,\n\"\\u0061\":2}", " json-duplicate-key(2|8)"},
    {"\"a\\u0000b\"", " json-nul(1|10)"},
    {"{\"\\u0000\":1}", " json-nul(1|9)"},
    {"9223372036854775808", " json-number-range(1|19)"},
    {"-9223372036854775809", " json-number-range(1|20)"},
    {"1e400", " json-number-range(1|5)"},
    {"[\n[[[[1]]]]]", " json-too-deep(4|2|4)"},
    {"[[[[{\"a\":[]}]]]]", " json-too-deep(4|1|5)"},
    {"[1,2,3,4,5,6,7,8,9,10]", " json-too-many-elements(10)"},
    {"[{},{},{},{},{},{}]", " json-too-many-elements(10)"},
};

START_TEST(test_parse_refuses)
{
    struct error err = {.code = ERROR_NONE};
    char text[CASE_TEXT_SIZE];

    ck_assert_ptr_null(json_parse(str_from(refused[_i].text), &small, &err));
    ck_assert_str_eq(problems_text(&err, text), refused[_i].problems);
    ck_assert_int_eq(err.code, strstr(text, "-too-") != NULL ? ERROR_LIMIT : ERROR_MALFORMED);
}
END_TEST

static const char *const accepted[] = {
    "null",
    "0",
    "-1.5e-3",
    "1e-400",
    "9223372036854775807",
    "\"[[[[[[[[ {{{{{{ ,,,,,,,,,,,,,,,,,,,,\"",
    "\"\\\"[[[[[[[[\\\\\"",
    "[[[[]]]]",
    "[1,2,3,4,5,6,7,8,9]",
    " {\"\\ud83d\\ude00\": \"\xF0\x9F\x98\x80\"}\n",
};

START_TEST(test_parse_accepts)
{
    struct error err = {.code = ERROR_NONE};
    json_t *value = json_parse(str_from(accepted[_i]), &small, &err);

    ck_assert_msg(value != NULL, "%s", accepted[_i]);
    ck_assert_int_eq(err.code, ERROR_NONE);
    json_decref(value);
}
END_TEST

START_TEST(test_parse_refuses_an_absent_text)
{
    struct error err;

    ck_assert_ptr_null(json_parse((struct str){NULL, 0}, &small, &err));
    ck_assert_str_eq(err.problems[0].code, "json-malformed");
}
END_TEST

START_TEST(test_parse_refuses_too_many_bytes)
{
    char text[CASE_TEXT_SIZE];
    struct error err;

    memset(text, ' ', 201);
    ck_assert_ptr_null(json_parse((struct str){text, 201}, &small, &err));
    ck_assert_str_eq(problems_text(&err, text), " json-too-large(200)");
}
END_TEST

/* What an attacker sends: the unit repeated up to a size. */
static const struct {
    const char *first;
    const char *unit;
    size_t size;
    const char *code;
} attacks[] = {
    {"", "[", 100000, "json-too-deep"},
    {"", "{\"a\":", 500000, "json-too-deep"},
    {"[", "{},", 7500000, "json-too-many-elements"},
    {"[", "[],", 7500000, "json-too-many-elements"},
    {"", "\"\\\"", 1000000, "json-malformed"},
    {"\"", "\\", 1000001, "json-malformed"},
    {"", "1", 1000000, "json-number-range"},
    {"[0.", "1", 1000000, "json-malformed"},
    {"", " ", 8000000, "json-malformed"},
    {"", "]", 8000000, "json-malformed"},
};

static long peak_kib(void)
{
    struct rusage usage;
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

START_TEST(test_parse_refuses_attacks_without_memory)
{
    size_t unit = strlen(attacks[_i].unit);
    size_t length = strlen(attacks[_i].first);
    char *text = malloc(attacks[_i].size + length + unit);
    struct json_limits limits = json_limits_request;
    struct error err;

    ck_assert_ptr_nonnull(text);
    memcpy(text, attacks[_i].first, length);
    for (; length < attacks[_i].size; length += unit)
        memcpy(text + length, attacks[_i].unit, unit);
    limits.bytes = 8 * 1024 * 1024;
    long before = peak_kib();
    clock_t start = clock();
    ck_assert_ptr_null(json_parse((struct str){text, length}, &limits, &err));
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 1);
    ck_assert_int_lt(peak_kib() - before, 20 * 1024);
    ck_assert_str_eq(err.problems[0].code, attacks[_i].code);
    free(text);
}
END_TEST

/* The largest document within the limits stays within the memory that was promised. */
START_TEST(test_parse_keeps_its_promise_of_memory)
{
    size_t length = 1 + 3 * (JSON_REQUEST_ELEMENTS / 2 - 1);
    char *text = malloc(length);
    struct error err;

    ck_assert_ptr_nonnull(text);
    text[0] = '[';
    for (size_t i = 1; i < length; i += 3)
        memcpy(text + i, "{},", 3);
    text[length - 1] = ']';
    long before = peak_kib();
    json_t *value = json_parse((struct str){text, length}, &json_limits_request, &err);
    ck_assert_ptr_nonnull(value);
    ck_assert_int_lt(peak_kib() - before, 20 * 1024);
    json_decref(value);
    free(text);
}
END_TEST

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void check_file(const char *path, const char *problems)
{
    struct error err = {.code = ERROR_NONE};
    char text[CASE_TEXT_SIZE];

    ck_assert_ptr_null(json_parse_file(path, &small, &err));
    ck_assert_str_eq(problems_text(&err, text), problems);
}

START_TEST(test_parse_file_names_file_and_line)
{
    char folder[] = "/tmp/json-parse-XXXXXX";
    char path[64];
    char expected[128];
    char large[300];
    struct error err;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/a.json", folder);
    (void)snprintf(expected, sizeof expected, "%s json-file-missing", path);
    check_file(path, expected);
    write_file(path, "{\n\"a\": [1, 2\n}");
    (void)snprintf(expected, sizeof expected, "%s:3 json-malformed(3|1)", path);
    check_file(path, expected);
    write_file(path, "[[\n[[[");
    (void)snprintf(expected, sizeof expected, "%s:2 json-too-deep(4|2|3)", path);
    check_file(path, expected);
    (void)snprintf(large, sizeof large, "%*d", 250, 1);
    write_file(path, large);
    (void)snprintf(expected, sizeof expected, "%s json-too-large(200)", path);
    check_file(path, expected);
    write_file(path, "[1,2,3,4,5,6,7,8,9,10]");
    (void)snprintf(expected, sizeof expected, "%s json-too-many-elements(10)", path);
    check_file(path, expected);
    (void)snprintf(expected, sizeof expected, "%s json-file-unreadable", folder);
    check_file(folder, expected);
    write_file(path, "{\"a\": 1}");
    json_t *value = json_parse_file(path, &small, &err);
    ck_assert_int_eq(json_integer_value(json_object_get(value, "a")), 1);
    json_decref(value);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    (void)snprintf(expected, sizeof expected, "%s json-file-unreadable", path);
    check_file(path, expected);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

int main(void)
{
    json_start();
    TCase *tests = tcase_create("parse");
    tcase_add_loop_test(tests, test_parse_refuses, 0, sizeof refused / sizeof refused[0]);
    tcase_add_loop_test(tests, test_parse_accepts, 0, sizeof accepted / sizeof accepted[0]);
    tcase_add_test(tests, test_parse_refuses_an_absent_text);
    tcase_add_test(tests, test_parse_refuses_too_many_bytes);
    tcase_add_loop_test(tests, test_parse_refuses_attacks_without_memory, 0,
                        sizeof attacks / sizeof attacks[0]);
    tcase_add_test(tests, test_parse_keeps_its_promise_of_memory);
    tcase_add_test(tests, test_parse_file_names_file_and_line);
    return run_suite_of("json/parse", tests);
}
