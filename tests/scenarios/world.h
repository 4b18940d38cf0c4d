/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the scenarios are asked of: the configuration and a saved catalogue.
 */
#ifndef SOCIOPOINT_TESTS_SCENARIOS_WORLD_H
#define SOCIOPOINT_TESTS_SCENARIOS_WORLD_H

#include <stdbool.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/domain/knowledge.h"

struct catalogue;
struct generation;

struct world {
    const char *path; /* of the saved catalogue */
    const struct knowledge *knowledge;
    struct catalogue *catalogue;
    struct generation *generation;
};

MUST_USE bool world_open(const char *config, const char *catalogue, struct world *world,
                         struct error *err);
void world_close(struct world *world);
/* The saved catalogue once more, to be changed and freed by the caller. */
MUST_USE bool world_load(const struct world *world, struct catalogue **catalogue,
                         struct error *err);
/* A generation of a catalogue with the world's knowledge; to be freed by the caller. */
struct generation *world_build(const struct world *world, struct catalogue *catalogue,
                               struct error *err);
/* The same world with other weights, and a generation of its own; to be closed by world_end_mutant. */
MUST_USE bool world_begin_mutant(const struct world *world, const struct match_weights *weights,
                                 struct world *mutant, struct error *err);
void world_end_mutant(struct world *mutant);

#endif
