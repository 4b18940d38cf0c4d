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
    const struct knowledge *knowledge;
    struct catalogue *catalogue;
    struct generation *generation;
};

MUST_USE bool world_open(const char *config, const char *catalogue, struct world *world,
                         struct error *err);
void world_close(struct world *world);
/* Another generation of the same catalogue, with these weights; to be freed by the caller. */
struct generation *world_with_weights(const struct world *world,
                                      const struct match_weights *weights, struct error *err);

#endif
