/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One validation: schema_validate.c walks nodes and values, schema_assert.c knows the rules of
 * single values, schema_report.c writes problems.
 *
 * A check answers whether the value is as the node says. In a quiet run it stops at the first
 * thing wrong and says nothing; otherwise it goes on and reports everything. What makes a run
 * impossible (a limit, no memory) aborts it in either mode, so that "not" and "anyOf" cannot turn
 * a refusal into consent.
 */
#ifndef SOCIOPOINT_JSON_SCHEMA_VALIDATE_INTERNAL_H
#define SOCIOPOINT_JSON_SCHEMA_VALIDATE_INTERNAL_H

#include "schema_internal.h"

/* Where in the value a check is: a member of its container (name) or an element (no name). */
struct step {
    const struct step *up;
    struct str name;
    size_t index;
};

struct run {
    const struct json_schema *schema;
    const char *base;
    struct error *err;
    bool reported;
    bool aborted;
    bool quiet;
    size_t depth;
    size_t steps;
    struct pattern_scratch *scratch;
};

/* A value, where it stands, and the node it is held against. */
struct subject {
    const struct node *node;
    const json_t *value;
    const struct step *at;
};

/* Reports unless the run is quiet; false. The arguments may be NULL. */
bool report(struct run *run, const struct step *at, const char *code, const char *first,
            const char *second);
bool report_count(struct run *run, const struct step *at, const char *code, size_t count);
/* Ends the run with this problem; false. */
bool run_abort(struct run *run, const struct step *at, enum error_code class, const char *code,
               const char *argument);
/* Whether a failed check should not be followed by more. */
bool run_is_over(const struct run *run);

/* The rules that need nothing but the value itself: type, enumeration, numbers, strings, sizes, names. */
bool assert_value(struct run *run, const struct subject *subject);
/* Whether the text has the pattern; false also when the run was aborted. */
bool run_pattern(struct run *run, const struct pattern *pattern, const char *source,
                 struct str text, const struct step *at);

#endif
