/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scenario files: what somebody asks, the fact it rests on, and what must come of it.
 *
 * A file is a list. Of each scenario:
 *   scenario  its name            fact   what it rests on
 *   question  as POST /match      at     when it is asked, local or RFC 3339; else SCENARIO_AT
 *   given     {service: {facts}}: what else, or instead, is known of it (members of its facts);
 *             with `bare: true` nothing else is but its name, its organisation and a phone
 *   expect    what must come (expect.h)
 * Everything else in it is a mistake, and so is a service that the catalogue does not have.
 */
#ifndef SOCIOPOINT_TESTS_SCENARIOS_SCENARIO_H
#define SOCIOPOINT_TESTS_SCENARIOS_SCENARIO_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/match/question.h"

#define SCENARIO_AT "2026-11-23T10:00" /* a Monday */

enum { SCENARIOS_MAXIMUM = 1000, SCENARIO_FILES_MAXIMUM = 100 };

struct catalogue;
struct generation;
struct knowledge;
struct match_rules;
struct world;

struct scenario {
    const char *file; /* without its folder */
    int line;
    const char *name;
    const char *fact;
    struct match_question question;
    const json_t *given; /* NULL: nothing */
    const json_t *expect;
    struct catalogue *catalogue; /* with what is given; NULL: the world's */
};

/* All scenarios of all files. */
struct scenarios {
    struct scenario items[SCENARIOS_MAXIMUM];
    size_t count;
    struct config_yaml *files[SCENARIO_FILES_MAXIMUM];
    size_t file_count;
    struct arena *arena; /* what the questions point into */
};

/* NULL without memory. */
struct scenarios *scenarios_new(void);
void scenarios_free(struct scenarios *scenarios);
/* For CLEANUP. */
void scenarios_freep(struct scenarios **scenarios);
/* Adds the scenarios of a file; says every mistake on standard error and returns false. */
MUST_USE bool scenarios_read(struct scenarios *scenarios, const char *path);
/* Makes the catalogues of the scenarios that are given something; says a mistake and returns false. */
MUST_USE bool scenarios_furnish(struct scenarios *scenarios, const struct world *world);
/* Whether what comes is what is expected, asked of the catalogue with this knowledge; tells the
 * differences to `report` unless it is NULL. */
MUST_USE bool scenario_run(const struct scenario *scenario, const struct world *world,
                           const struct match_rules *rules, FILE *report);

/* All points of all results of the answer: two runs that give points differently give other ones. */
int64_t scenario_points(const struct scenario *scenario, const struct world *world,
                        const struct match_rules *rules);

#endif
