/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/config/problems.h"

#include <stdio.h>

#include "problems_internal.h"
#include "sociopoint/config/yaml.h"

const struct problem_code config_problem_codes[] = {
    {"config-default-missing", 0},
    {"config-duplicate", 3},
    {"config-file-missing", 0},
    {"config-file-name", 1},
    {"config-file-too-large", 1},
    {"config-file-unexpected", 0},
    {"config-file-unreadable", 0},
    {"config-limit", 2},
    {"config-memory", 0},
    {"config-reference-unknown", 3},
    {"config-text-missing", 1},
    {"config-text-placeholder", 2},
    {"config-text-surplus", 2},
    {"phrase-empty", 1},
    {"phrase-group-unknown", 1},
    {"phrase-lines-too-many", 1},
    {"phrase-long", 1},
    {"phrase-word-unusable", 1},
    {"settings-listen-ipv6", 1},
    {"settings-listen-malformed", 1},
    {"settings-network-malformed", 1},
    {"settings-proxies-missing", 0},
    {"settings-tls", 1},
    {"yaml-alias", 1},
    {"yaml-anchor", 1},
    {"yaml-directive", 0},
    {"yaml-empty", 0},
    {"yaml-encoding", 0},
    {"yaml-key-duplicate", 1},
    {"yaml-key-not-text", 1},
    {"yaml-key-too-long", 1},
    {"yaml-nul", 0},
    {"yaml-number-ambiguous", 1},
    {"yaml-number-range", 1},
    {"yaml-several-documents", 0},
    {"yaml-syntax", 2},
    {"yaml-tag", 1},
    {"yaml-too-deep", 1},
};

const size_t config_problem_code_count =
    sizeof config_problem_codes / sizeof config_problem_codes[0];

struct arguments {
    const char *text[PROBLEM_ARGUMENTS];
};

static struct arguments arguments_of(const struct problem *problem)
{
    struct arguments arguments;
    for (int i = 0; i < PROBLEM_ARGUMENTS; i++)
        arguments.text[i] = problem->argument[i];
    return arguments;
}

void config_problems_add(struct config_problems *problems, enum error_code class, const char *code,
                         const char *pointer, const char *const arguments[PROBLEM_ARGUMENTS])
{
    struct error one = {0};
    (void)error_set_with(&one, class, code, pointer, arguments); /* made to be passed on */
    (void)error_add(&problems->error, class, code, pointer, arguments);
    if (problems->report != NULL)
        problems->report->problem(problems->report->context, &one.problems[0]);
}

void config_problems_add_at(struct config_problems *problems, const struct config_yaml *yaml,
                            const char *pointer, const char *code,
                            const char *const arguments[PROBLEM_ARGUMENTS])
{
    char place[2 * PROBLEM_POINTER_SIZE];
    int line = 0;
    int column = 0;
    config_yaml_position(yaml, pointer, &line, &column);
    (void)snprintf(place, sizeof place, "%s:%d%s%s", config_yaml_name(yaml), line,
                   pointer[0] == '\0' ? "" : " ", pointer);
    config_problems_add(problems, ERROR_INVALID, code, place, arguments);
}

void config_problems_take(struct config_problems *problems, const struct error *err)
{
    for (size_t i = 0; i < err->problem_count; i++) {
        const struct problem *problem = &err->problems[i];
        struct arguments arguments = arguments_of(problem);
        config_problems_add(problems, err->code, problem->code, problem->pointer, arguments.text);
    }
}

void config_problems_take_at(struct config_problems *problems, const struct config_yaml *yaml,
                             const struct error *err)
{
    for (size_t i = 0; i < err->problem_count; i++) {
        const struct problem *problem = &err->problems[i];
        struct arguments arguments = arguments_of(problem);
        config_problems_add_at(problems, yaml, problem->pointer, problem->code, arguments.text);
    }
}
