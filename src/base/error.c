/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/error.h"

#include <stdio.h>
#include <string.h>

#include "sociopoint/base/str.h"

void error_clear(struct error *err)
{
    err->code = ERROR_NONE;
    err->problem_count = 0;
    err->more = false;
}

bool error_set(struct error *err, enum error_code code, const char *problem, const char *pointer)
{
    return error_set_with(err, code, problem, pointer, ERROR_ARGUMENTS(NULL));
}

bool error_set_with(struct error *err, enum error_code code, const char *problem,
                    const char *pointer, const char *const arguments[PROBLEM_ARGUMENTS])
{
    err->problem_count = 0;
    err->more = false;
    return error_add(err, code, problem, pointer, arguments);
}

bool error_add(struct error *err, enum error_code code, const char *problem, const char *pointer,
               const char *const arguments[PROBLEM_ARGUMENTS])
{
    err->code = code;
    if (err->problem_count == ERROR_PROBLEMS_MAXIMUM) {
        err->more = true;
        return false;
    }
    struct problem *slot = &err->problems[err->problem_count++];
    *slot = (struct problem){.code = problem};
    (void)str_copy_z(str_from(pointer), slot->pointer, sizeof slot->pointer);
    for (int i = 0; i < PROBLEM_ARGUMENTS && arguments[i] != NULL; i++)
        (void)str_copy_z(str_from(arguments[i]), slot->argument[i], sizeof slot->argument[i]);
    return false;
}

void problem_prefix(struct problem *problem, const char *prefix)
{
    char pointer[PROBLEM_POINTER_SIZE];
    size_t length = strlen(prefix);
    memcpy(pointer, problem->pointer, sizeof pointer);
    size_t room = sizeof pointer - strlen(pointer) - 1;
    if (room == 0)
        return;
    if (length > room - 1)
        prefix += length - (room - 1);
    int written = snprintf(problem->pointer, sizeof problem->pointer, "%s ", prefix);
    memcpy(problem->pointer + written, pointer, strlen(pointer) + 1);
}
