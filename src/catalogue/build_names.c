/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "build_internal.h"
#include "name_writer_internal.h"
#include "sociopoint/base/arena.h"

/* --- Services and organisations ------------------------------------------------------------------ */

static bool add_services(struct name_writer *writer, const struct document_list *services)
{
    for (size_t i = 0; i < services->count; i++) {
        const struct service_facts *facts = services->entries[i]->facts.service;
        const struct name first = {.subject = (uint32_t)i, .languages = NAME_ALL_LANGUAGES};
        struct name other = first;
        other.flags = NAME_OTHER;
        if (!name_writer_add(writer, &first, facts->name, true) ||
            !name_writer_add(writer, &other, facts->alternate_name, false))
            return false;
        for (size_t k = 0; k < facts->alias_count; k++) {
            if (!name_writer_add(writer, &other, facts->aliases[k], false))
                return false;
        }
    }
    return true;
}

static bool add_organizations(struct name_writer *writer, uint32_t subject,
                              const struct document_list *organizations)
{
    for (size_t i = 0; i < organizations->count; i++) {
        const struct organization_facts *facts = organizations->entries[i]->facts.organization;
        const struct name first = {.subject = subject + (uint32_t)i,
                                   .languages = NAME_ALL_LANGUAGES};
        struct name other = first;
        other.flags = NAME_OTHER;
        if (!name_writer_add(writer, &first, facts->name, true) ||
            !name_writer_add(writer, &other, facts->alternate_name, false))
            return false;
    }
    return true;
}

/* Which services are of which organisation. */
static bool join_services(struct generation *generation, struct name_index *index)
{
    const struct document_list *services = &generation->lists[DOCUMENT_SERVICE];
    const size_t organizations = generation->lists[DOCUMENT_ORGANIZATION].count;
    struct arena *arena = generation->names_arena;
    index->organization_of = arena_array(arena, services->count + 1, sizeof(uint32_t));
    index->services_first = arena_array(arena, organizations + 2, sizeof(uint32_t));
    index->services = arena_array(arena, services->count + 1, sizeof(uint32_t));
    if (index->organization_of == NULL || index->services_first == NULL || index->services == NULL)
        return false;
    uint32_t *next = index->services_first + 1; /* is the first of each once all are filled in */
    for (size_t i = 0; i < services->count; i++) {
        const struct uuid *id = &services->entries[i]->facts.service->organization;
        index->organization_of[i] =
            (uint32_t)(generation_position(generation, DOCUMENT_ORGANIZATION, id) + 1);
        if (index->organization_of[i] != 0)
            next[index->organization_of[i]]++;
    }
    for (size_t i = 1; i <= organizations; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < services->count; i++) {
        if (index->organization_of[i] != 0)
            index->services[next[index->organization_of[i] - 1]++] = (uint32_t)i;
    }
    return true;
}

/* --- Situations ---------------------------------------------------------------------------------- */

static bool add_situation(struct name_writer *writer, uint32_t subject,
                          const struct situation *situation)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const struct name name = {.subject = subject, .languages = (uint8_t)(1U << i)};
        if (!name_writer_add(writer, &name, situation->term.name.in[i], false))
            return false;
    }
    for (size_t i = 0; i < situation->synonym_count; i++) {
        const struct name synonym = {
            .subject = subject, .languages = NAME_ALL_LANGUAGES, .flags = NAME_OTHER};
        if (!name_writer_add(writer, &synonym, situation->synonyms[i], false))
            return false;
    }
    return true;
}

static bool add_situations(struct name_writer *writer, uint32_t subject,
                           const struct knowledge *knowledge)
{
    for (size_t i = 0; i < knowledge->situation_count; i++) {
        if (!add_situation(writer, subject + (uint32_t)i, &knowledge->situations[i]))
            return false;
    }
    return true;
}

/* --- Places -------------------------------------------------------------------------------------- */

/* What names say of the country: it tells nobody apart. */
static const struct str country_words[] = {STR_CONSTANT("česká"), STR_CONSTANT("republika"),
                                           STR_CONSTANT("kraj")};

/* The places of the index under construction. */
struct places {
    struct name_writer *writer;
    struct name_place *items;
    size_t count;
    uint32_t first_subject;
};

static bool add_place(struct places *places, struct name_place place, const struct str *others,
                      size_t other_count)
{
    const uint32_t subject = places->first_subject + (uint32_t)places->count;
    const struct name first = {.subject = subject, .languages = NAME_ALL_LANGUAGES};
    struct name other = first;
    other.flags = NAME_OTHER;
    places->items[places->count++] = place;
    if (!name_writer_add(places->writer, &first, place.name, false) ||
        !name_writer_mark_place(places->writer, place.name))
        return false;
    for (size_t i = 0; i < other_count; i++) {
        if (!name_writer_add(places->writer, &other, others[i], false) ||
            !name_writer_mark_place(places->writer, others[i]))
            return false;
    }
    return true;
}

/* Whether a locality has the name: it says more than a part of a district. */
static bool is_locality(const struct municipality *municipality, struct str name)
{
    for (size_t i = 0; i < municipality->locality_count; i++) {
        if (str_equal(municipality->localities[i].name, name))
            return true;
    }
    return false;
}

static bool add_district(struct places *places, const struct municipality *municipality,
                         struct name_place place)
{
    const struct district *district = &municipality->districts[place.district];
    place.name = district->name;
    if (!add_place(places, place, NULL, 0))
        return false;
    for (size_t i = 0; i < district->part_count; i++) {
        place.name = district->parts[i];
        if (!str_equal(place.name, district->name) && !is_locality(municipality, place.name) &&
            !add_place(places, place, NULL, 0))
            return false;
    }
    return true;
}

static bool add_municipality(struct places *places, const struct municipality *municipality,
                             int16_t number)
{
    struct name_place place = {.municipality = number, .locality = KNOWLEDGE_NONE};
    if (!name_writer_mark_place(places->writer, municipality->region))
        return false;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!name_writer_mark_place(places->writer, municipality->name.in[i]))
            return false;
    }
    for (size_t i = 0; i < municipality->district_count; i++) {
        place.district = (int16_t)i;
        if (!add_district(places, municipality, place))
            return false;
    }
    for (size_t i = 0; i < municipality->locality_count; i++) {
        const struct locality *locality = &municipality->localities[i];
        place =
            (struct name_place){locality->name, number, (int16_t)locality->district, (int16_t)i};
        if (!add_place(places, place, locality->other_names, locality->other_name_count))
            return false;
    }
    return true;
}

static size_t count_places(const struct knowledge *knowledge)
{
    size_t count = 0;
    for (size_t i = 0; i < knowledge->municipality_count; i++) {
        const struct municipality *municipality = &knowledge->municipalities[i];
        count += municipality->district_count + municipality->locality_count;
        for (size_t k = 0; k < municipality->district_count; k++)
            count += municipality->districts[k].part_count;
    }
    return count;
}

static bool add_places(struct name_writer *writer, uint32_t subject,
                       const struct knowledge *knowledge, struct name_index *index)
{
    struct places places = {.writer = writer, .first_subject = subject};
    places.items = arena_array(writer->arena, count_places(knowledge) + 1, sizeof *places.items);
    if (places.items == NULL)
        return false;
    for (size_t i = 0; i < sizeof country_words / sizeof country_words[0]; i++) {
        if (!name_writer_mark_place(writer, country_words[i]))
            return false;
    }
    for (size_t i = 0; i < knowledge->municipality_count; i++) {
        if (!add_municipality(&places, &knowledge->municipalities[i], (int16_t)i))
            return false;
    }
    index->places = places.items;
    index->place_count = places.count;
    return true;
}

/* --- All of them --------------------------------------------------------------------------------- */

static bool add_names(struct generation *generation, struct name_writer *writer)
{
    struct name_index *index = &generation->names;
    const struct knowledge *knowledge = generation->knowledge;
    uint32_t *first = index->first_subject;
    const struct document_list *organizations = &generation->lists[DOCUMENT_ORGANIZATION];
    first[NAME_ORGANIZATION] = (uint32_t)generation->lists[DOCUMENT_SERVICE].count;
    first[NAME_SITUATION] = first[NAME_ORGANIZATION] + (uint32_t)organizations->count;
    first[NAME_PLACE] = first[NAME_SITUATION] + (uint32_t)knowledge->situation_count;
    if (!add_services(writer, &generation->lists[DOCUMENT_SERVICE]) ||
        !add_organizations(writer, first[NAME_ORGANIZATION], organizations) ||
        !add_situations(writer, first[NAME_SITUATION], knowledge) ||
        !add_places(writer, first[NAME_PLACE], knowledge, index))
        return false;
    first[NAME_KIND_COUNT] = first[NAME_PLACE] + (uint32_t)index->place_count;
    return name_writer_finish(writer, index);
}

bool build_names(struct generation *generation, struct arena *scratch)
{
    struct name_writer writer;
    bool made = name_writer_init(&writer, generation->names_arena, scratch,
                                 generation->knowledge->understanding.vocabulary) &&
                add_names(generation, &writer) && join_services(generation, &generation->names);
    name_writer_done(&writer);
    return made;
}
