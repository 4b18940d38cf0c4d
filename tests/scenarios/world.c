/* SPDX-License-Identifier: EUPL-1.2 */
#include "scenarios/world.h"

#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/state_file.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

struct generation *world_build(const struct world *world, struct catalogue *catalogue,
                               struct error *err)
{
    const struct generation_status status = {0};
    struct generation *generation = catalogue_build(catalogue, world->knowledge, &status, err);
    if (generation == NULL || match_prepare(generation, err))
        return generation;
    generation_free(generation);
    return NULL;
}

bool world_load(const struct world *world, struct catalogue **catalogue, struct error *err)
{
    int64_t written_at_ms;
    *catalogue = catalogue_new();
    if (*catalogue == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return state_file_load(world->path, *catalogue, &written_at_ms, err);
}

bool world_open(const char *config, const char *catalogue, struct world *world, struct error *err)
{
    const struct text_table tables[] = {
        {match_text_codes, match_text_code_count},
        {rest_text_codes, rest_text_code_count},
        {NULL, 0},
    };
    *world = (struct world){.path = catalogue};
    world->knowledge = config_knowledge_load(config, tables, NULL, err);
    if (world->knowledge == NULL || !world_load(world, &world->catalogue, err))
        return false;
    world->generation = world_build(world, world->catalogue, err);
    return world->generation != NULL;
}

void world_close(struct world *world)
{
    generation_free(world->generation);
    catalogue_free(world->catalogue);
    knowledge_release(world->knowledge);
}

/* Releases a mutant's knowledge but for what is the world's and would go with it. */
static void release_mutant(const struct knowledge *mutant)
{
    struct knowledge *knowledge = (struct knowledge *)(uintptr_t)mutant; /* made below */
    knowledge->understanding.classifier = NULL;
    knowledge->understanding.vocabulary = NULL;
    knowledge_release(knowledge);
}

bool world_begin_mutant(const struct world *world, const struct match_weights *weights,
                        struct world *mutant, struct error *err)
{
    struct knowledge *knowledge = knowledge_new(0);
    if (knowledge == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    struct arena *arena = knowledge->arena;
    *knowledge = *world->knowledge; /* everything it points at is the world's, which outlives it */
    knowledge->arena = arena;
    knowledge->references = 1;
    knowledge->weights = *weights;
    *mutant = *world;
    mutant->knowledge = knowledge;
    mutant->generation = world_build(mutant, world->catalogue, err);
    if (mutant->generation == NULL)
        release_mutant(knowledge);
    return mutant->generation != NULL;
}

void world_end_mutant(struct world *mutant)
{
    generation_free(mutant->generation);
    release_mutant(mutant->knowledge);
}
