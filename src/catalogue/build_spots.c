/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <math.h>

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

static struct match_spot spot_at(int32_t latitude_micro, int32_t longitude_micro)
{
    return (struct match_spot){distance_point_at(latitude_micro, longitude_micro), true};
}

static struct match_spot find_spot(const struct build *build, const struct service_place *place)
{
    const struct match_spot unknown = {.known = false};
    if (place->concealed || !place->has_address)
        return unknown;
    if (place->has_coordinates)
        return spot_at(place->latitude_micro, place->longitude_micro);
    const struct district *district = district_of(build, place);
    if (district == NULL || !district->has_coordinates)
        return unknown;
    return spot_at(district->latitude_micro, district->longitude_micro);
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
            spots[count++] = find_spot(build, &facts->places[i]);
    }
    first[index->row_count] = count;
    index->spots = spots;
    index->spot_first = first;
    return true;
}

/* --- Cells ------------------------------------------------------------------------------------- */

/* The block in space around the places of one class. */
struct box {
    struct distance_point least;
    struct distance_point most;
    bool filled;
};

/* The place of a row that is of a class of places; NULL: it is of none, or not known. */
static const struct distance_point *classed_point(const struct match_index *index, size_t row)
{
    const uint32_t *first = &index->spot_first[row];
    if (index->row_classes[row].of[FACET_SPOT] == MATCH_NO_CLASS || first[0] == first[1] ||
        !index->spots[first[0]].known)
        return NULL;
    return &index->spots[first[0]].at;
}

static void box_add(struct box *box, const struct distance_point *point)
{
    if (!box->filled)
        *box = (struct box){*point, *point, true};
    box->least.x = fmin(box->least.x, point->x);
    box->least.y = fmin(box->least.y, point->y);
    box->least.z = fmin(box->least.z, point->z);
    box->most.x = fmax(box->most.x, point->x);
    box->most.y = fmax(box->most.y, point->y);
    box->most.z = fmax(box->most.z, point->z);
}

/* The cell with the middle of the box, which reaches nowhere yet. */
static struct match_cell cell_of(const struct box *box)
{
    if (!box->filled)
        return (struct match_cell){.reach = -1};
    return (struct match_cell){.middle = {(box->least.x + box->most.x) / 2,
                                          (box->least.y + box->most.y) / 2,
                                          (box->least.z + box->most.z) / 2}};
}

static void fill_cells(const struct match_index *index, struct box *boxes, struct match_cell *cells)
{
    for (size_t row = 0; row < index->row_count; row++) {
        const struct distance_point *point = classed_point(index, row);
        if (point != NULL)
            box_add(&boxes[index->row_classes[row].of[FACET_SPOT]], point);
    }
    for (size_t class = 0; class < index->classes[FACET_SPOT].count; class ++)
        cells[class] = cell_of(&boxes[class]);
    for (size_t row = 0; row < index->row_count; row++) {
        const struct distance_point *point = classed_point(index, row);
        struct match_cell *cell = &cells[index->row_classes[row].of[FACET_SPOT]];
        if (point != NULL)
            cell->reach = fmax(cell->reach, distance_straight(&cell->middle, point));
    }
}

bool build_match_cells(struct build *build)
{
    struct match_index *index = &build->generation->match;
    const size_t count = index->classes[FACET_SPOT].count;
    struct box *boxes = arena_array(build->scratch, count, sizeof *boxes);
    struct match_cell *cells = arena_array(build->generation->arena, count, sizeof *cells);
    if (boxes == NULL || cells == NULL)
        return false;
    fill_cells(index, boxes, cells);
    index->cells = cells;
    return true;
}
