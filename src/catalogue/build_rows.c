/* SPDX-License-Identifier: EUPL-1.2 */
#include "area_draft_internal.h"

#include <string.h>

#include "sociopoint/base/arena.h"

/* Where the rows are written; areas grow in scratch and are copied when their number is known. */
struct rows {
    struct match_row *rows;
    size_t count;
    struct match_area *areas;
    size_t area_count;
};

/* The members of the set, ascending, in the arena; NULL for none, or with `failed` set. */
static const uint16_t *locality_list(struct arena *arena, const struct locality_set *set,
                                     uint16_t *count, bool *failed)
{
    size_t members = 0;
    for (size_t i = 0; i < LOCALITY_WORDS; i++)
        members += (size_t)__builtin_popcountll(set->words[i]);
    *count = (uint16_t)members;
    if (members == 0)
        return NULL;
    uint16_t *list = arena_array(arena, members, sizeof *list);
    if (list == NULL) {
        *failed = true;
        return NULL;
    }
    size_t next = 0;
    for (size_t i = 0; i < LOCALITY_WORDS; i++) {
        for (uint64_t word = set->words[i]; word != 0; word &= word - 1)
            list[next++] = (uint16_t)(i * 64 + (size_t)__builtin_ctzll(word));
    }
    return list;
}

static bool add_areas(struct build *build, struct rows *rows, const struct service_draft *draft,
                      struct match_row *row)
{
    struct arena *arena = build->generation->arena;
    bool failed = false;
    row->area_first = (uint32_t)rows->area_count;
    row->area_count = (uint16_t)draft->count;
    for (size_t i = 0; i < draft->count; i++) {
        const struct area_draft *from = &draft->areas[i];
        struct match_area *area = &rows->areas[rows->area_count++];
        *area = (struct match_area){
            .districts = from->districts,
            .locality_districts = from->locality_districts,
            .place_districts = from->place_districts,
            .municipality = (int16_t)from->municipality,
            .whole = from->whole,
        };
        area->localities = locality_list(arena, &from->localities, &area->locality_count, &failed);
        area->place_localities =
            locality_list(arena, &from->place_localities, &area->place_locality_count, &failed);
    }
    return !failed;
}

/* `flag` where the condition holds. */
static uint32_t flag_if(bool condition, enum match_row_flag flag)
{
    return condition ? (uint32_t)flag : 0;
}

static void set_area(struct match_row *row, const struct service_facts *facts,
                     const struct service_draft *draft, const struct match_area *areas)
{
    row->municipalities = draft->municipalities;
    row->home = MATCH_NO_HOME;
    row->flags |= flag_if(facts->area_count > 0, ROW_AREA_GIVEN) |
                  flag_if(draft->country, ROW_WHOLE_COUNTRY) |
                  flag_if(draft->region, ROW_WHOLE_REGION) |
                  flag_if(draft->count > 1, ROW_MORE_AREAS);
    if (draft->count == 0)
        return;
    const struct match_area *home = &areas[row->area_first];
    row->home = (int8_t)home->municipality;
    row->districts = home->districts;
    row->place_districts = home->place_districts;
    row->flags |= flag_if(home->whole, ROW_WHOLE_MUNICIPALITY) |
                  flag_if(home->districts != 0, ROW_AREA_DISTRICTS) |
                  flag_if(home->locality_count > 0, ROW_AREA_LOCALITIES) |
                  flag_if(home->place_locality_count > 0, ROW_PLACE_LOCALITIES);
}

static int8_t small_age(int years)
{
    return (int8_t)(years > INT8_MAX ? INT8_MAX : years);
}

/* The year a date starts with; 0 for none. */
static uint16_t year_of(struct str date)
{
    uint64_t year = 0;
    if (date.length < 4 || !str_to_uint((struct str){date.data, 4}, 9999, &year))
        return MATCH_UNDATED;
    return (uint16_t)year;
}

static void set_reach(struct match_row *row, const struct service_facts *facts)
{
    row->flags |= flag_if(facts->office, ROW_OFFICE) |
                  flag_if(facts->forms == FORM_FIELD, ROW_FIELD_ONLY) |
                  flag_if(facts->phones > 0 || facts->organization_phones > 0, ROW_PHONE) |
                  flag_if(facts->emails > 0, ROW_EMAIL) | flag_if(facts->web, ROW_WEB) |
                  flag_if(str_present(facts->confirmed_on), ROW_CONFIRMED) |
                  flag_if(facts->status == STATUS_TEMPORARILY_CLOSED, ROW_CLOSED);
    row->flags |= flag_if(facts->hours != NULL, ROW_HOURS) |
                  flag_if(facts->place_count > 1, ROW_SEVERAL_PLACES);
    for (size_t i = 0; i < facts->place_count; i++) {
        const struct service_place *place = &facts->places[i];
        row->flags |=
            flag_if(place->has_address, ROW_VISIT) | flag_if(place->concealed, ROW_CONCEALED) |
            flag_if(!place->concealed, ROW_PUBLIC_PLACE) | flag_if(place->hours != NULL, ROW_HOURS);
    }
}

/* The bits of the codes; new ones get the next bit while there is one. */
static uint32_t code_bits(struct code_list *list, const struct str *codes, size_t count,
                          size_t maximum)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < count; i++) {
        size_t known = 0;
        while (known < list->count && !str_equal(list->codes[known], codes[i]))
            known++;
        if (known == list->count && known < maximum)
            list->codes[list->count++] = codes[i];
        list->shared = list->shared || known == maximum;
        bits |= UINT32_C(1) << known; /* the one after the last is the shared one */
    }
    return bits;
}

static void set_conditions(struct build *build, struct match_row *row,
                           const struct service_facts *facts)
{
    struct generation *generation = build->generation;
    int maximum = facts->registered_maximum;
    uint16_t confirmed = year_of(facts->confirmed_on);
    row->minimum_age = small_age(facts->minimum_age);
    row->maximum_age = small_age(facts->maximum_age);
    row->forms = (uint8_t)facts->forms;
    row->rules = (uint16_t)facts->rules;
    row->cost = facts->cost & 0xf;
    row->free_places = facts->free_places & 0xf;
    row->registered_maximum = (uint16_t)(maximum < 0            ? 0
                                         : maximum > UINT16_MAX ? UINT16_MAX
                                                                : maximum);
    row->source_year = year_of(facts->as_of);
    if (confirmed > row->source_year)
        row->source_year = confirmed;
    row->languages = code_bits(&generation->languages, facts->languages, facts->language_count,
                               LANGUAGES_MAXIMUM);
    row->accessibility = (uint16_t)code_bits(&generation->accessibility, facts->accessibility,
                                             facts->accessibility_count, ACCESSIBILITY_MAXIMUM);
}

static void set_terms(struct build *build, struct match_row *row, struct situation_set *named,
                      const struct service_facts *facts)
{
    row->kind = (int8_t)build_code(build, CODE_KIND, facts->kind);
    for (size_t i = 0; i < facts->target_group_count; i++) {
        int group = build_code(build, CODE_TARGET_GROUP, facts->target_groups[i]);
        if (group != KNOWLEDGE_NONE)
            row->target_groups |= UINT64_C(1) << group;
    }
    for (size_t i = 0; i < facts->situation_count; i++) {
        int situation = build_code(build, CODE_SITUATION, facts->situations[i]);
        if (situation != KNOWLEDGE_NONE)
            named->words[situation / 64] |= UINT64_C(1) << (situation % 64);
    }
}

/* One service: its municipalities, and its row unless it is closed for good. */
static bool add_service(struct build *build, struct rows *rows, size_t position)
{
    static const uint8_t has_row[] = {[STATUS_ACTIVE] = 1,
                                      [STATUS_TEMPORARILY_CLOSED] = 1,
                                      [STATUS_INACTIVE] = 0,
                                      [STATUS_DEFUNCT] = 0};
    struct generation *generation = build->generation;
    struct document_list *services = &generation->lists[DOCUMENT_SERVICE];
    const struct entry *entry = services->entries[position];
    const struct service_facts *facts = entry->facts.service;
    struct service_draft draft;
    generation->unread_schedules += facts->unread_schedules;
    service_draft_make(build, facts, entry->municipality, &draft);
    services->municipalities[position] = draft.municipalities;
    if (!has_row[facts->status])
        return true;
    build->place_count += facts->place_count;
    struct match_row *row = &rows->rows[rows->count];
    row->service = (uint32_t)position;
    if (!add_areas(build, rows, &draft, row))
        return false;
    set_area(row, facts, &draft, rows->areas);
    set_reach(row, facts);
    set_conditions(build, row, facts);
    set_terms(build, row, &build->named[rows->count], facts);
    rows->count++;
    generation->row_of_service[position] = (uint32_t)rows->count;
    return true;
}

/* At most as many areas as codes and places. */
static size_t areas_at_most(const struct document_list *services)
{
    size_t count = 0;
    for (size_t i = 0; i < services->count; i++) {
        const struct service_facts *facts = services->entries[i]->facts.service;
        count += facts->area_count + facts->place_count;
    }
    return count;
}

/* The sets of municipalities of every kind that has them, empty for a start. */
static bool make_sets(struct generation *generation)
{
    for (size_t i = 0; i <= DOCUMENT_SERVICE_AT_LOCATION; i++) {
        struct document_list *list = &generation->lists[i];
        list->municipalities =
            arena_array(generation->arena, list->count, sizeof *list->municipalities);
        if (list->municipalities == NULL)
            return false;
    }
    return true;
}

/* Rows that start where a cache line does; NULL without memory. */
static struct match_row *make_rows(struct arena *arena, size_t count)
{
    const size_t line = sizeof(struct match_row);
    char *room = arena_array(arena, count + 1, line);
    return room == NULL ? NULL : (void *)(room + (line - (uintptr_t)room % line) % line);
}

bool build_match_rows(struct build *build)
{
    struct generation *generation = build->generation;
    const struct document_list *services = &generation->lists[DOCUMENT_SERVICE];
    struct rows rows = {
        .rows = make_rows(generation->arena, services->count),
        .areas = arena_array(build->scratch, areas_at_most(services), sizeof *rows.areas),
    };
    generation->row_of_service =
        arena_array(generation->arena, services->count, sizeof *generation->row_of_service);
    build->named = arena_array(build->scratch, services->count, sizeof *build->named);
    if (rows.rows == NULL || rows.areas == NULL || generation->row_of_service == NULL ||
        build->named == NULL || !make_sets(generation))
        return false;
    for (size_t i = 0; i < services->count; i++) {
        if (!add_service(build, &rows, i))
            return false;
    }
    struct match_area *areas = arena_array(generation->arena, rows.area_count, sizeof *areas);
    if (areas == NULL)
        return false;
    if (rows.area_count > 0)
        memcpy(areas, rows.areas, rows.area_count * sizeof *areas);
    generation->match.rows = rows.rows;
    generation->match.row_count = rows.count;
    generation->match.areas = areas;
    generation->match.services = services->entries;
    return true;
}
