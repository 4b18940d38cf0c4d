/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tables of tests: JSON with single quotes, and problems as one line of text.
 */
#ifndef SOCIOPOINT_TESTS_JSON_CASE_H
#define SOCIOPOINT_TESTS_JSON_CASE_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/error.h"
#include "sociopoint/json/problems.h"
#include "support/run.h"

enum { CASE_TEXT_SIZE = 8192 };

/* The value of a text in which ' stands for ". */
static inline json_t *json_case(const char *quoted)
{
    char text[CASE_TEXT_SIZE];
    json_error_t cause;

    ck_assert_uint_lt(strlen(quoted), sizeof text);
    (void)snprintf(text, sizeof text, "%s", quoted);
    for (char *at = text; *at != '\0'; at++)
        *at = *at == '\'' ? '"' : *at;
    json_t *value = json_loads(text, JSON_DECODE_ANY, &cause);
    ck_assert_msg(value != NULL, "%s: %s", cause.text, text);
    return value;
}

/* Fails when the code is not listed in json/problems.h, or came with another number of arguments. */
static inline void check_problem_is_listed(const struct problem *problem)
{
    for (size_t i = 0; i < json_problem_code_count; i++) {
        if (strcmp(json_problem_codes[i].code, problem->code) != 0)
            continue;
        for (int j = 0; j < PROBLEM_ARGUMENTS; j++)
            ck_assert_msg((problem->argument[j][0] != '\0') ==
                              (j < json_problem_codes[i].arguments),
                          "%s: arguments", problem->code);
        return;
    }
    ck_abort_msg("%s is not in json_problem_codes", problem->code);
}

/* "/a schema-type(integer) /b schema-required(c)"; returns `text`. */
static inline const char *problems_text(const struct error *err, char text[CASE_TEXT_SIZE])
{
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < err->problem_count; i++) {
        const struct problem *problem = &err->problems[i];
        check_problem_is_listed(problem);
        length += (size_t)snprintf(text + length, CASE_TEXT_SIZE - length, "%s%s %s",
                                   i > 0 ? " " : "", problem->pointer, problem->code);
        for (int j = 0; j < PROBLEM_ARGUMENTS && problem->argument[j][0] != '\0'; j++)
            length += (size_t)snprintf(text + length, CASE_TEXT_SIZE - length, "%s%s",
                                       j == 0 ? "(" : "|", problem->argument[j]);
        if (problem->argument[0][0] != '\0')
            length += (size_t)snprintf(text + length, CASE_TEXT_SIZE - length, ")");
    }
    return text;
}

static inline int run_suite_of(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

#endif
