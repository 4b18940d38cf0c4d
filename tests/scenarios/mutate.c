/* SPDX-License-Identifier: EUPL-1.2 */
#include "scenarios/mutate.h"

#include <stdio.h>

#include "scenarios/scenario.h"
#include "scenarios/world.h"
#include "sociopoint/catalogue/generation.h"

/* The run over all mutants. */
struct mutation {
    const struct world *world;
    const struct scenarios *scenarios;
    size_t count;
    size_t survived;
    size_t idle;
};

/* Whether the mutant gives points as the match does, in every scenario. */
static bool is_idle(const struct mutation *mutation, const struct world *world,
                    const struct match_rules *rules)
{
    const struct match_rules *all = match_rules_all();
    for (size_t i = 0; i < mutation->scenarios->count; i++) {
        const struct scenario *scenario = &mutation->scenarios->items[i];
        if (scenario_points(scenario, world, rules) !=
            scenario_points(scenario, mutation->world, all))
            return false;
    }
    return true;
}

/* Tells what became of a mutant that no scenario noticed. */
static void judge_unnoticed(struct mutation *mutation, const char *kind, const char *what,
                            const struct world *world, const struct match_rules *rules)
{
    bool weight = world != mutation->world;
    bool idle = weight && is_idle(mutation, world, rules);
    mutation->idle += idle;
    mutation->survived += !idle;
    (void)printf("%s %s %s\n", idle ? "idle    " : "SURVIVED", kind, what);
}

/* Runs the scenarios until one notices. */
static void try_mutant(struct mutation *mutation, const char *kind, const char *what,
                       const struct world *world, const struct match_rules *rules)
{
    const struct scenario *noticed = NULL;
    for (size_t i = 0; i < mutation->scenarios->count && noticed == NULL; i++) {
        const struct scenario *scenario = &mutation->scenarios->items[i];
        if (!scenario_run(scenario, world, rules, NULL))
            noticed = scenario;
    }
    mutation->count++;
    if (noticed == NULL)
        judge_unnoticed(mutation, kind, what, world, rules);
    else
        (void)printf("noticed  %s %s by \"%s\" (%s:%d)\n", kind, what, noticed->name, noticed->file,
                     noticed->line);
}

/* --- Rules ------------------------------------------------------------------------------------- */

void mutant_without(struct mutant_rules *mutant, enum match_condition condition)
{
    const struct match_rules *all = match_rules_all();
    mutant->rules = (struct match_rules){mutant->rows, 0, all->order};
    for (size_t i = 0; i < all->count; i++) {
        if (all->rules[i]->condition != condition)
            mutant->rows[mutant->rules.count++] = all->rules[i];
    }
}

/* All rules, the condition's without its hardness. */
static void mutant_soft(struct mutant_rules *mutant, size_t row)
{
    const struct match_rules *all = match_rules_all();
    mutant->rules = (struct match_rules){mutant->rows, all->count, all->order};
    for (size_t i = 0; i < all->count; i++)
        mutant->rows[i] = all->rules[i];
    mutant->changed = *all->rules[row];
    mutant->changed.hard = NULL;
    mutant->rows[row] = &mutant->changed;
}

static void mutate_rules(struct mutation *mutation)
{
    const struct match_rules *all = match_rules_all();
    for (size_t i = 0; i < all->count; i++) {
        struct mutant_rules mutant;
        const char *key = match_condition_key(all->rules[i]->condition);
        mutant_without(&mutant, all->rules[i]->condition);
        try_mutant(mutation, "without the condition", key, mutation->world, &mutant.rules);
        if (all->rules[i]->hard == NULL)
            continue;
        mutant_soft(&mutant, i);
        try_mutant(mutation, "without the hardness of", key, mutation->world, &mutant.rules);
    }
}

static void mutate_order(struct mutation *mutation)
{
    static const struct {
        enum match_order step;
        const char *name;
    } steps[] = {
        {ORDER_COVERAGE, "more situations first"},
        {ORDER_REACHABLE, "what can be called or visited first"},
        {ORDER_SCORE, "more points first"},
        {ORDER_SOURCE, "fresher sources first"},
        {ORDER_EVERY_SITUATION, "each situation its best service"},
        {ORDER_DIVERSITY, "not all of one organisation"},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct match_rules rules = *match_rules_all();
        rules.order &= ~(unsigned)steps[i].step;
        try_mutant(mutation, "without the step", steps[i].name, mutation->world, &rules);
    }
}

/* --- Weights ----------------------------------------------------------------------------------- */

/* Sets the weight in `weights`, which are a copy of the world's, to 0 and tries it. */
static bool try_weight(struct mutation *mutation, struct match_weights *weights, int *weight,
                       const char *group, const char *name)
{
    struct error err;
    char what[96];
    if (*weight == 0)
        return true;
    *weight = 0;
    (void)snprintf(what, sizeof what, "%s%s", group, name);
    struct world mutant;
    bool begun = world_begin_mutant(mutation->world, weights, &mutant, &err);
    *weights = mutation->world->knowledge->weights;
    if (!begun)
        return false;
    try_mutant(mutation, "without the weight", what, &mutant, match_rules_all());
    world_end_mutant(&mutant);
    return true;
}

static bool mutate_conditions(struct mutation *mutation, struct match_weights *weights)
{
    bool good = true;
    for (int i = 0; good && i < CONDITION_COUNT; i++) {
        const char *key = match_condition_key((enum match_condition)i);
        good = try_weight(mutation, weights, &weights->met[i], "met ", key) &&
               try_weight(mutation, weights, &weights->unknown[i], "unknown ", key) &&
               try_weight(mutation, weights, &weights->failed[i], "failed ", key);
    }
    return good;
}

/* All years of the source worth the same. */
static bool mutate_years(struct mutation *mutation, struct match_weights *weights)
{
    const size_t count = sizeof weights->source_year_points / sizeof weights->source_year_points[0];
    for (size_t i = 1; i < count; i++)
        weights->source_year_points[i] = 0;
    return try_weight(mutation, weights, &weights->source_year_points[0], "", "source years");
}

/* Each band alone: what is so near is worth nothing. */
static bool mutate_bands(struct mutation *mutation, struct match_weights *weights)
{
    bool good = true;
    for (size_t i = 0; good && i < weights->distance_band_count; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%d m", weights->distance_bands[i].within_m);
        good = try_weight(mutation, weights, &weights->distance_bands[i].points, "distance band ",
                          name);
    }
    return good;
}

static bool mutate_weights(struct mutation *mutation)
{
    struct match_weights weights = mutation->world->knowledge->weights;
    return try_weight(mutation, &weights, &weights.named_situation, "", "named situation") &&
           try_weight(mutation, &weights, &weights.kind_of_situation, "", "kind of situation") &&
           try_weight(mutation, &weights, &weights.target_group_of_situation, "",
                      "target group of situation") &&
           try_weight(mutation, &weights, &weights.name, "", "name") &&
           try_weight(mutation, &weights, &weights.confirmed, "", "confirmed") &&
           try_weight(mutation, &weights, &weights.overdue, "", "overdue") &&
           try_weight(mutation, &weights, &weights.review_age_days, "", "age of a confirmation") &&
           try_weight(mutation, &weights, &weights.capacity_age_days, "", "age of free places") &&
           try_weight(mutation, &weights, &weights.diversity.first, "diversity: ", "first") &&
           try_weight(mutation, &weights, &weights.diversity.at_most, "diversity: ", "at most") &&
           try_weight(mutation, &weights, &weights.diversity.within, "diversity: ", "within") &&
           mutate_bands(mutation, &weights) && mutate_conditions(mutation, &weights) &&
           mutate_years(mutation, &weights);
}

size_t mutate(const struct world *world, const struct scenarios *scenarios)
{
    struct mutation mutation = {.world = world, .scenarios = scenarios};
    mutate_rules(&mutation);
    mutate_order(&mutation);
    if (!mutate_weights(&mutation)) {
        (void)fputs("no memory for a mutant\n", stderr);
        mutation.survived++;
    }
    (void)printf("%zu mutants, %zu survived, %zu idle\n", mutation.count, mutation.survived,
                 mutation.idle);
    return mutation.survived;
}
