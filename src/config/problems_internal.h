/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * All problems of one load: every one goes to the report, the first 16 into a struct error.
 */
#ifndef SOCIOPOINT_CONFIG_PROBLEMS_INTERNAL_H
#define SOCIOPOINT_CONFIG_PROBLEMS_INTERNAL_H

#include "sociopoint/base/error.h"
#include "sociopoint/config/report.h"

struct config_yaml;

struct config_problems {
    const struct config_report *report; /* may be NULL */
    struct error error;
};

/* Adds one whose pointer is finished. */
void config_problems_add(struct config_problems *problems, enum error_code class, const char *code,
                         const char *pointer, const char *const arguments[PROBLEM_ARGUMENTS]);
/* Adds one about what `pointer` names in `yaml`: "<file>:<line> <pointer>". */
void config_problems_add_at(struct config_problems *problems, const struct config_yaml *yaml,
                            const char *pointer, const char *code,
                            const char *const arguments[PROBLEM_ARGUMENTS]);
/* Adds all of `err`, whose pointers are finished. */
void config_problems_take(struct config_problems *problems, const struct error *err);
/* Adds all of `err`, whose pointers lead into `yaml`. */
void config_problems_take_at(struct config_problems *problems, const struct config_yaml *yaml,
                             const struct error *err);

#endif
