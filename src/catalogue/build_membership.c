/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include "sociopoint/base/arena.h"

static uint64_t municipality_bit(struct build *build, struct str key)
{
    int municipality = code_table_find(&build->codes, CODE_MUNICIPALITY, key);
    return municipality == KNOWLEDGE_NONE ? 0 : UINT64_C(1) << municipality;
}

/* An organisation belongs to wherever its services do. */
static void join_organizations(struct generation *generation)
{
    const struct document_list *services = &generation->lists[DOCUMENT_SERVICE];
    for (size_t i = 0; i < services->count; i++) {
        int64_t position = generation_position(generation, DOCUMENT_ORGANIZATION,
                                               &services->entries[i]->facts.service->organization);
        if (position >= 0)
            generation->lists[DOCUMENT_ORGANIZATION].municipalities[position] |=
                services->municipalities[i];
    }
}

/* A document that nothing has placed yet belongs to the municipality of its row. */
static void place_by_row(struct build *build, enum document_kind kind)
{
    struct document_list *list = &build->generation->lists[kind];
    for (size_t i = 0; i < list->count; i++) {
        if (list->municipalities[i] == 0)
            list->municipalities[i] = municipality_bit(build, list->entries[i]->municipality);
    }
}

/* A place of which no city is known belongs to wherever its service does. */
static void place_by_service(struct generation *generation)
{
    struct document_list *places = &generation->lists[DOCUMENT_SERVICE_AT_LOCATION];
    for (size_t i = 0; i < places->count; i++) {
        if (places->municipalities[i] != 0)
            continue;
        int64_t service = generation_position(generation, DOCUMENT_SERVICE,
                                              &places->entries[i]->facts.place->service);
        if (service >= 0)
            places->municipalities[i] = generation->lists[DOCUMENT_SERVICE].municipalities[service];
    }
}

/* The positions of each municipality; two passes, so that the arrays are exact. */
static bool list_positions(struct generation *generation, struct document_list *list)
{
    uint32_t *items[KNOWLEDGE_MUNICIPALITIES_MAXIMUM];
    size_t municipalities = generation->knowledge->municipality_count;
    list->by_municipality =
        arena_array(generation->arena, municipalities, sizeof *list->by_municipality);
    if (list->by_municipality == NULL)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        for (uint64_t set = list->municipalities[i]; set != 0; set &= set - 1)
            list->by_municipality[__builtin_ctzll(set)].count++;
    }
    for (size_t m = 0; m < municipalities; m++) {
        items[m] = arena_array(generation->arena, list->by_municipality[m].count, sizeof **items);
        if (items[m] == NULL)
            return false;
        list->by_municipality[m].items = items[m];
    }
    for (size_t i = 0; i < list->count; i++) {
        for (uint64_t set = list->municipalities[i]; set != 0; set &= set - 1)
            *items[__builtin_ctzll(set)]++ = (uint32_t)i;
    }
    return true;
}

bool build_membership(struct build *build)
{
    static const enum document_kind local[] = {DOCUMENT_ORGANIZATION, DOCUMENT_LOCATION,
                                               DOCUMENT_SERVICE, DOCUMENT_SERVICE_AT_LOCATION,
                                               DOCUMENT_EVENT};
    struct generation *generation = build->generation;
    join_organizations(generation);
    place_by_row(build, DOCUMENT_ORGANIZATION);
    place_by_row(build, DOCUMENT_LOCATION);
    place_by_row(build, DOCUMENT_SERVICE_AT_LOCATION);
    place_by_service(generation);
    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++) {
        if (!list_positions(generation, &generation->lists[local[i]]))
            return false;
    }
    return true;
}
