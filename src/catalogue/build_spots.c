/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include "sociopoint/base/arena.h"

/* The district of the place; NULL: it is not known. */
static const struct district *district_of(const struct build *build,
                                          const struct service_place *place)
{
    int city = code_table_find(&build->codes, CODE_MUNICIPALITY, place->municipality);
    if (city == KNOWLEDGE_NONE)
        return NULL;
    int district = code_table_find(&build->codes, CODE_DISTRICT + (unsigned)city, place->district);
    if (district == KNOWLEDGE_NONE)
        return NULL;
    return &build->generation->knowledge->municipalities[city].districts[district];
}

/* False: nobody knows, or may know, where it is. */
static bool find_spot(const struct build *build, const struct service_place *place,
                      struct match_spot *spot)
{
    if (place->concealed || !place->has_address)
        return false;
    *spot = (struct match_spot){place->latitude_micro, place->longitude_micro};
    if (place->has_coordinates)
        return true;
    const struct district *district = district_of(build, place);
    if (district == NULL || !district->has_coordinates)
        return false;
    *spot = (struct match_spot){district->latitude_micro, district->longitude_micro};
    return true;
}

bool build_match_spots(struct build *build)
{
    struct match_index *index = &build->generation->match;
    struct arena *arena = build->generation->arena;
    struct match_spot *spots = arena_array(arena, build->place_count, sizeof *spots);
    uint32_t *first = arena_array(arena, index->row_count + 1, sizeof *first);
    uint32_t count = 0;
    if (spots == NULL || first == NULL)
        return false;
    for (size_t row = 0; row < index->row_count; row++) {
        const struct service_facts *facts = match_index_facts(index, &index->rows[row]);
        first[row] = count;
        for (size_t i = 0; i < facts->place_count; i++)
            count += find_spot(build, &facts->places[i], &spots[count]);
    }
    first[index->row_count] = count;
    index->spots = spots;
    index->spot_first = first;
    return true;
}
