/* SPDX-License-Identifier: EUPL-1.2 */
#include "scenarios/world.h"

#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/state_file.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

static struct generation *build(const struct world *world, const struct knowledge *knowledge,
                                struct error *err)
{
    const struct generation_status status = {0};
    return catalogue_build(world->catalogue, knowledge, &status, err);
}

bool world_open(const char *config, const char *catalogue, struct world *world, struct error *err)
{
    const struct text_table tables[] = {
        {match_text_codes, match_text_code_count},
        {rest_text_codes, rest_text_code_count},
        {NULL, 0},
    };
    int64_t written_at_ms;
    *world = (struct world){.catalogue = catalogue_new()};
    if (world->catalogue == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    world->knowledge = config_knowledge_load(config, tables, NULL, err);
    if (world->knowledge == NULL ||
        !state_file_load(catalogue, world->catalogue, &written_at_ms, err))
        return false;
    world->generation = build(world, world->knowledge, err);
    return world->generation != NULL;
}

void world_close(struct world *world)
{
    generation_free(world->generation);
    catalogue_free(world->catalogue);
    knowledge_release(world->knowledge);
}

struct generation *world_with_weights(const struct world *world,
                                      const struct match_weights *weights, struct error *err)
{
    struct knowledge *mutant = knowledge_new(0);
    if (mutant == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    struct arena *arena = mutant->arena;
    *mutant = *world->knowledge; /* everything it points at is the world's, which outlives it */
    mutant->arena = arena;
    mutant->references = 1;
    mutant->weights = *weights;
    struct generation *generation = build(world, mutant, err);
    knowledge_release(mutant);
    return generation;
}
