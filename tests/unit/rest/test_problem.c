/* SPDX-License-Identifier: EUPL-1.2 */
/* Problem documents: valid JSON in three languages, with a sentence for every code. */
#include "fixture.h"

#include "../../../src/rest/problem_internal.h"
#include "sociopoint/json/problems.h"
#include "support/run.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static const char *const accepted[] = {"cs", "en", "uk"};

static void refuse(const struct http_refusal *refusal)
{
    fixture_done_exchange(&fixture);
    fixture.arena = arena_new(FIXTURE_ARENA);
    http_response_init(&fixture.response, fixture.arena);
    fixture.response.status = refusal->status;
    rest_refuse(fixture.rest, refusal, &fixture.response);
    fixture_collect(&fixture);
}

/* Every refusal of the server has its document in every language. */
START_TEST(test_problem_refusals)
{
    for (size_t i = 0; http_refusal_at(i) != NULL; i++) {
        const struct http_refusal_kind *kind = http_refusal_at(i);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const struct http_refusal refusal = {.status = kind->status,
                                                 .code = kind->code,
                                                 .accept_language = str_from(accepted[language]),
                                                 .request_id = "1"};
            refuse(&refusal);
            ck_assert_ptr_nonnull(fixture.json);
            ck_assert_int_eq(json_integer_value(json_object_get(fixture.json, "status")),
                             kind->status);
            ck_assert_str_eq(fixture_at(&fixture, "/problems/0/code"), kind->code);
            ck_assert_str_ne(fixture_at(&fixture, "/problems/0/detail"), kind->code);
            ck_assert_str_ne(fixture_at(&fixture, "/title"), "-");
            ck_assert_int_eq(strncmp(fixture_at(&fixture, "/type"), "/docs#problem-", 14), 0);
            ck_assert(str_equal_z(fixture_answer_header(&fixture, "Content-Language"),
                                  accepted[language]));
            ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "no-store"));
            ck_assert_int_eq(json_is_object(json_object_get(fixture.json, "fallback")),
                             kind->status >= 500 || kind->status == 429 || kind->status == 413 ||
                                 kind->status == 401);
        }
    }
}
END_TEST

/* Names of parameters come from strangers: they are data. */
START_TEST(test_problem_refused_parameters)
{
    const struct http_refusal refusal = {.status = 400,
                                         .code = "parameter-malformed",
                                         .parameters = {STR("a\"b\\"), STR("é")},
                                         .parameter_count = 2,
                                         .request_id = "1"};
    refuse(&refusal);
    ck_assert_str_eq(fixture_at(&fixture, "/problems/0/parameter"), "a\"b\\");
    ck_assert_str_eq(fixture_at(&fixture, "/problems/1/parameter"), "é");
}
END_TEST

/* A refusal nobody has declared is left to the server's own document. */
START_TEST(test_problem_undeclared_refusal)
{
    const struct http_refusal refusal = {.status = 418, .code = "teapot", .request_id = "1"};
    refuse(&refusal);
    ck_assert_uint_eq(fixture.response.piece_count, 0);
}
END_TEST

static const struct {
    enum error_code code;
    int status;
} statuses[] = {
    {ERROR_MALFORMED, 400},   {ERROR_INVALID, 422}, {ERROR_NOT_FOUND, 404},
    {ERROR_CONFLICT, 409},    {ERROR_GONE, 410},    {ERROR_LIMIT, 413},
    {ERROR_UNAVAILABLE, 503}, {ERROR_MEMORY, 503},  {ERROR_INTERNAL, 500},
    {ERROR_UNSUPPORTED, 415},
};

START_TEST(test_problem_statuses)
{
    ck_assert_int_eq(problem_status(statuses[_i].code), statuses[_i].status);
}
END_TEST

static bool has_sentence(const char *code)
{
    for (size_t i = 0; i < rest_text_code_count; i++) {
        if (strcmp(rest_text_codes[i].code, code) == 0)
            return true;
    }
    return false;
}

/* Whatever json says of a value or a text has a sentence, with as many arguments. What it says of a
 * schema never reaches a caller: such a contract does not start. */
START_TEST(test_problem_codes_of_json)
{
    static const char *const of_schemas[] = {
        "json-file-missing",          "json-file-unreadable",     "schema-keyword-unsupported",
        "schema-keyword-malformed",   "schema-pattern-malformed", "schema-format-unsupported",
        "schema-dialect-unsupported", "schema-id-nested",         "schema-anchor-duplicate",
        "schema-reference-unknown",   "schema-reference-remote",  "schema-reference-loop",
        "schema-malformed",           "schema-nested-too-deep"};
    for (size_t i = 0; i < json_problem_code_count; i++) {
        bool inside = false;
        for (size_t k = 0; k < sizeof of_schemas / sizeof of_schemas[0]; k++)
            inside = inside || strcmp(of_schemas[k], json_problem_codes[i].code) == 0;
        ck_assert_msg(has_sentence(json_problem_codes[i].code) != inside, "%s",
                      json_problem_codes[i].code);
    }
    for (size_t i = 0; i < json_problem_code_count; i++) {
        for (size_t k = 0; k < rest_text_code_count; k++) {
            if (strcmp(rest_text_codes[k].code, json_problem_codes[i].code) == 0)
                ck_assert_int_eq(rest_text_codes[k].arguments, json_problem_codes[i].arguments);
        }
    }
}
END_TEST

/* More problems than fit are said to be more. */
START_TEST(test_problem_more_than_fit)
{
    fixture_begin(
        &fixture, "GET",
        "/v1/services?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1&m=1&n=1&o=1&p=1&q=1");
    ck_assert_int_eq(fixture_send(&fixture), 400);
    ck_assert_uint_eq(json_array_size(json_object_get(fixture.json, "problems")), 16);
    ck_assert_str_eq(fixture_at(&fixture, "/more"), "true");
}
END_TEST

/* The same problem, three languages. */
START_TEST(test_problem_languages)
{
    static const char *const sentences[] = {"Tato operace takový parametr nemá.",
                                            "This operation has no such parameter.",
                                            "Ця операція не має такого параметра."};
    fixture_begin(&fixture, "GET", "/v1/services?x=1");
    fixture_header(&fixture, "Accept-Language", accepted[_i]);
    ck_assert_int_eq(fixture_send(&fixture), 400);
    ck_assert_str_eq(fixture_at(&fixture, "/problems/0/detail"), sentences[_i]);
    ck_assert_str_eq(fixture_at(&fixture, "/request_id"), "0123456789abcdef");
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "no-store"));
}
END_TEST

/* New knowledge takes the place of the old, also in refusals, while answers hold the old one. */
START_TEST(test_problem_new_knowledge)
{
    struct error err = {0};
    const struct http_refusal refusal = {.status = 503, .code = "overloaded", .request_id = "1"};
    refuse(&refusal);
    const struct knowledge *fresh = fixture_knowledge();
    ck_assert(rest_set_knowledge(fixture.rest, fresh, &err));
    knowledge_release(fresh);
    ck_assert(fixture_says(&fixture, "800 700 650"));
    refuse(&refusal);
    ck_assert(fixture_says(&fixture, "800 700 650"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("problem");
    TCase *tests = tcase_create("problem");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_problem_refusals);
    tcase_add_test(tests, test_problem_refused_parameters);
    tcase_add_test(tests, test_problem_undeclared_refusal);
    tcase_add_loop_test(tests, test_problem_statuses, 0, sizeof statuses / sizeof statuses[0]);
    tcase_add_test(tests, test_problem_codes_of_json);
    tcase_add_test(tests, test_problem_more_than_fit);
    tcase_add_loop_test(tests, test_problem_languages, 0, 3);
    tcase_add_test(tests, test_problem_new_knowledge);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
