/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether the scenarios would notice: the match is run with one thing wrong at a time.
 *
 * Wrong are, each in its turn: a condition that is left out; a hard condition that has become soft;
 * a step of the order that is left out; a weight that is 0. A mutant that no scenario notices has
 * survived: a scenario is missing. A weight that gives nobody points in any scenario is idle: as
 * long as the directory has no such service (none is confirmed at first), no scenario could tell.
 */
#ifndef SOCIOPOINT_TESTS_SCENARIOS_MUTATE_H
#define SOCIOPOINT_TESTS_SCENARIOS_MUTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/domain/match_condition.h"
#include "sociopoint/match/rules.h"

struct scenarios;
struct world;

/* A table of rules that differs from match_rules_all(). */
struct mutant_rules {
    struct match_rules rules;
    const struct match_rule *rows[CONDITION_COUNT];
    struct match_rule changed;
};

/* All rules but the condition's. */
void mutant_without(struct mutant_rules *mutant, enum match_condition condition);
/* Runs all mutants, tells each and returns how many have survived. */
size_t mutate(const struct world *world, const struct scenarios *scenarios);

#endif
