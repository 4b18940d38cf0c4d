/* SPDX-License-Identifier: EUPL-1.2 */
#include "prepared_internal.h"

#include "sociopoint/catalogue/generation.h"
#include "sociopoint/match/match.h"
#include "weigh_internal.h"

/* Those of a municipality: without a place, and in each of its districts and localities. */
static size_t count_areas_of(const struct municipality *municipality)
{
    return 1 + municipality->district_count + municipality->locality_count;
}

static size_t count_areas(const struct knowledge *knowledge)
{
    size_t count = 0;
    for (size_t i = 0; i < knowledge->municipality_count; i++)
        count += count_areas_of(&knowledge->municipalities[i]);
    return count;
}

static void weigh_classes(const struct match_context *context, struct prepared_area *area)
{
    const struct match_classes *classes = &context->index->classes[FACET_AREA];
    area->worths[MATCH_NO_CLASS] = weigh_most(context, FACET_AREA);
    area->most = classes->complete ? WORTH_NEVER : area->worths[MATCH_NO_CLASS];
    for (size_t class = MATCH_NO_CLASS + 1; class < classes->count; class ++) {
        const int64_t worth = weigh_class(context, FACET_AREA, (uint16_t) class);
        area->worths[class] = worth;
        area->most = worth > area->most ? worth : area->most;
    }
}

/* As a question weighs them that says where and nothing else. */
static bool prepare_area(struct generation *generation, const struct match_resolved *question,
                         struct prepared_area *area)
{
    struct arena *arena = generation_arena(generation);
    const size_t classes = generation_match_index(generation)->classes[FACET_AREA].count;
    struct match_context context;
    context_init(&context, generation, question, match_rules_all(), arena);
    area->worths = arena_array(arena, classes, sizeof *area->worths);
    if (area->worths == NULL)
        return false;
    weigh_classes(&context, area);
    return true;
}

static bool prepare_municipality(struct generation *generation, size_t municipality,
                                 struct prepared_area *areas)
{
    const struct knowledge *knowledge = generation_knowledge(generation);
    const struct municipality *city = &knowledge->municipalities[municipality];
    struct match_resolved question = {
        .municipality = (int)municipality, .district = KNOWLEDGE_NONE, .locality = KNOWLEDGE_NONE};
    bool prepared = prepare_area(generation, &question, areas++);
    for (size_t i = 0; prepared && i < city->district_count; i++) {
        question.district = (int)i;
        prepared = prepare_area(generation, &question, areas++);
    }
    for (size_t i = 0; prepared && i < city->locality_count; i++) {
        question.locality = (int)i;
        question.district = city->localities[i].district;
        prepared = prepare_area(generation, &question, areas++);
    }
    return prepared;
}

bool match_prepare(struct generation *generation, struct error *err)
{
    const struct knowledge *knowledge = generation_knowledge(generation);
    struct arena *arena = generation_arena(generation);
    struct match_prepared *prepared = arena_alloc(arena, sizeof *prepared);
    struct prepared_area *areas = arena_array(arena, count_areas(knowledge), sizeof *areas);
    uint32_t *first = arena_array(arena, knowledge->municipality_count, sizeof *first);
    uint32_t count = 0;
    if (prepared == NULL || areas == NULL || first == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < knowledge->municipality_count; i++) {
        first[i] = count;
        if (!prepare_municipality(generation, i, &areas[count]))
            return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        count += (uint32_t)count_areas_of(&knowledge->municipalities[i]);
    }
    *prepared = (struct match_prepared){areas, first};
    generation_set_prepared(generation, prepared);
    return true;
}

/* Whether it asks for the locality and its own district, or for none. */
static bool is_prepared_place(const struct match_context *context)
{
    const struct match_resolved *question = context->question;
    return question->locality == KNOWLEDGE_NONE ||
           context->municipality->localities[question->locality].district == question->district;
}

const struct prepared_area *prepared_area_of(const struct match_context *context)
{
    const struct match_prepared *prepared = context->index->prepared;
    const struct match_resolved *question = context->question;
    if (prepared == NULL || context->rules->rules != match_rules_all()->rules ||
        !is_prepared_place(context))
        return NULL;
    const struct prepared_area *areas = &prepared->areas[prepared->first[question->municipality]];
    if (question->locality != KNOWLEDGE_NONE)
        return &areas[1 + context->municipality->district_count + (size_t)question->locality];
    return question->district == KNOWLEDGE_NONE ? areas : &areas[1 + (size_t)question->district];
}
