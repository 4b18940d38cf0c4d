/* SPDX-License-Identifier: EUPL-1.2 */
/* The contract compiled: operations and handlers, one to one, or no start. */
#include <check.h>
#include <string.h>

#include "../../../src/rest/contract_internal.h"
#include "../../../src/rest/rest_internal.h"
#include "sociopoint/json/parse.h"
#include "support/run.h"

static bool nothing(struct exchange *x, struct error *err)
{
    (void)x;
    (void)err;
    return true;
}

static const struct handler two[] = {{.operation_id = "getA", .answer = nothing},
                                     {.operation_id = "findA", .answer = nothing}};
static const struct handler twice[] = {{.operation_id = "getA", .answer = nothing},
                                       {.operation_id = "findA", .answer = nothing},
                                       {.operation_id = "getA", .answer = nothing}};

#define GET_A  "paths:\n  /a:\n    get:\n      operationId: getA\n"
#define FIND_A "    post:\n      operationId: findA\n"

static const struct {
    const char *yaml;
    const struct handler *handlers;
    size_t count;
    const char *problem; /* NULL: it compiles */
    const char *pointer;
} cases[] = {
    {GET_A FIND_A, two, 2, NULL, NULL},
    {GET_A, two, 2, "contract-handler-surplus", "findA"},
    {GET_A FIND_A, two, 1, "contract-handler-missing", "findA"},
    {GET_A FIND_A, twice, 3, "contract-handler-surplus", "getA"},
    {GET_A "  /b:\n    get:\n      operationId: getA\n", two, 2, "contract-operation-twice",
     "getA"},
    {"paths:\n  /a:\n    get:\n      summary: x\n", two, 2, "contract-operation-unnamed",
     "/paths/~1a/get"},
    {"paths:\n  /a:\n    trace:\n      operationId: getA\n", two, 2, "contract-method-unsupported",
     "/paths/~1a"},
    {"openapi: 3.1.0\n", two, 2, "contract-malformed", "/paths"},
    {"paths: [\n", two, 2, "yaml-syntax", NULL},
    {GET_A "      parameters:\n        - $ref: '#/components/parameters/none'\n", two, 2,
     "contract-reference-unknown", "/paths/~1a/get/parameters/0"},
    {GET_A "      parameters:\n        - $ref: 'other.yaml'\n", two, 2,
     "contract-reference-unknown", "/paths/~1a/get/parameters/0"},
    {GET_A "      parameters:\n        - {name: x, in: cookie, schema: {type: string}}\n", two, 2,
     "contract-malformed", "/paths/~1a/get/parameters/0"},
    /* A rule that would silently not be applied. */
    {GET_A "      parameters:\n        - {name: x, in: query, schema: {typ: string}}\n", two, 2,
     "schema-keyword-unsupported", NULL},
    {GET_A FIND_A "      requestBody:\n        content:\n          application/json:\n"
                  "            schema: {type: object, unevaluatedProperties: false}\n",
     two, 2, "schema-keyword-unsupported", NULL},
};

START_TEST(test_contract_table)
{
    struct error err = {0};
    struct contract *contract =
        contract_compile(str_from(cases[_i].yaml), cases[_i].handlers, cases[_i].count, &err);
    if (cases[_i].problem == NULL) {
        ck_assert_ptr_nonnull(contract);
        ck_assert_uint_eq(contract->count, 2);
    } else {
        ck_assert_ptr_null(contract);
        ck_assert_str_eq(err.problems[0].code, cases[_i].problem);
        if (cases[_i].pointer != NULL)
            ck_assert_str_eq(err.problems[0].pointer, cases[_i].pointer);
    }
    contract_free(contract);
}
END_TEST

/* All missing and surplus ones are named at once. */
START_TEST(test_contract_names_all)
{
    struct error err = {0};
    ck_assert_ptr_null(
        contract_compile(STR("paths:\n  /c:\n    get:\n      operationId: getC\n"), two, 2, &err));
    ck_assert_uint_eq(err.problem_count, 3);
    ck_assert_str_eq(err.problems[0].pointer, "getC");
    ck_assert_str_eq(err.problems[1].pointer, "getA");
    ck_assert_str_eq(err.problems[2].pointer, "findA");
}
END_TEST

/* The one that is embedded, and a handler taken away from it. */
START_TEST(test_contract_embedded)
{
    struct error err = {0};
    struct contract *contract =
        contract_compile(embedded_contract(), rest_handlers, rest_handler_count, &err);
    ck_assert_ptr_nonnull(contract);
    ck_assert_uint_eq(contract->count, rest_handler_count);
    contract_free(contract);
    ck_assert_ptr_null(
        contract_compile(embedded_contract(), rest_handlers, rest_handler_count - 1, &err));
    ck_assert_str_eq(err.problems[0].code, "contract-handler-missing");
}
END_TEST

int main(void)
{
    json_start();
    Suite *suite = suite_create("contract");
    TCase *tests = tcase_create("contract");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, test_contract_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_contract_names_all);
    tcase_add_test(tests, test_contract_embedded);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
