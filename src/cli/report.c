/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "command_internal.h"
#include "messages_internal.h"

#include "sociopoint/base/builder.h"

enum { LINE_MAXIMUM = 4096 };

/* Codes that name near words have a second sentence for when there are none. */
static const char *message_code(const struct problem *problem)
{
    static const struct {
        const char *code;
        int near; /* the argument with the near words */
        const char *alone;
    } table[] = {
        {"config-reference-unknown", 2, "config-reference-unknown.alone"},
        {"config-text-surplus", 1, "config-text-surplus.alone"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(problem->code, table[i].code) == 0 &&
            problem->argument[table[i].near][0] == '\0')
            return table[i].alone;
    }
    return problem->code;
}

void report_problem(const struct problem *problem)
{
    struct builder line;
    struct str arguments[PROBLEM_ARGUMENTS];
    builder_init(&line, NULL, LINE_MAXIMUM);
    for (int i = 0; i < PROBLEM_ARGUMENTS; i++)
        arguments[i] = str_from(problem->argument[i]);
    if (problem->pointer[0] != '\0')
        builder_printf(&line, "%s: ", problem->pointer);
    texts_append(&cli_messages, LANGUAGE_EN, message_code(problem), arguments, &line);
    (void)fprintf(stderr, "%.*s [%s]\n", STR_ARGUMENTS(builder_view(&line)), problem->code);
    builder_done(&line);
}

/* The one place where classes of errors become exit statuses. */
static const enum exit_status statuses[] = {
    [ERROR_MALFORMED] = EXIT_DATA,
    [ERROR_INVALID] = EXIT_DATA,
    [ERROR_NOT_FOUND] = EXIT_CONFIGURATION,
    [ERROR_CONFLICT] = EXIT_FAILED,
    [ERROR_GONE] = EXIT_FAILED,
    [ERROR_LIMIT] = EXIT_DATA,
    [ERROR_UNAVAILABLE] = EXIT_TRY_AGAIN,
    [ERROR_MEMORY] = EXIT_TRY_AGAIN,
    [ERROR_INTERNAL] = EXIT_INTERNAL,
};

int exit_status_of(const struct error *err)
{
    size_t index = (size_t)err->code;
    if (index >= sizeof statuses / sizeof statuses[0] || statuses[index] == EXIT_GOOD)
        return EXIT_INTERNAL;
    return (int)statuses[index];
}

int report_error(const struct error *err)
{
    for (size_t i = 0; i < err->problem_count; i++)
        report_problem(&err->problems[i]);
    if (err->more)
        (void)fprintf(stderr, "... and more\n");
    return exit_status_of(err);
}
