/* SPDX-License-Identifier: EUPL-1.2 */
#include "area_draft_internal.h"

static uint64_t bit(int index)
{
    return index < 0 ? 0 : UINT64_C(1) << index;
}

/* The draft's record of the municipality, new if need be; there is one for each at most. */
static struct area_draft *area_of(struct service_draft *draft, int municipality)
{
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->areas[i].municipality == municipality)
            return &draft->areas[i];
    }
    struct area_draft *area = &draft->areas[draft->count++];
    *area = (struct area_draft){.municipality = municipality};
    return area;
}

static const struct municipality *municipality_of(const struct build *build, int index)
{
    return &build->generation->knowledge->municipalities[index];
}

static uint64_t every_municipality(const struct build *build)
{
    size_t count = build->generation->knowledge->municipality_count;
    return count == KNOWLEDGE_MUNICIPALITIES_MAXIMUM ? UINT64_MAX : (UINT64_C(1) << count) - 1;
}

static void add_region(struct build *build, struct service_draft *draft, struct str region)
{
    size_t count = build->generation->knowledge->municipality_count;
    draft->region = true;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(municipality_of(build, (int)i)->region, region))
            draft->municipalities |= bit((int)i);
    }
}

static void add_municipality(struct build *build, struct service_draft *draft, struct str key)
{
    int municipality = build_code(build, CODE_MUNICIPALITY, key);
    if (municipality == KNOWLEDGE_NONE)
        return;
    draft->municipalities |= bit(municipality);
    area_of(draft, municipality)->whole = true;
}

/* "<municipality>/<key>" -> the municipality's record and the place's key. */
static struct area_draft *area_of_path(struct build *build, struct service_draft *draft,
                                       struct str path, struct str *key)
{
    struct str municipality_key = path;
    (void)str_cut(path, '/', &municipality_key, key); /* without one there is no such place */
    int municipality = build_code(build, CODE_MUNICIPALITY, municipality_key);
    if (municipality == KNOWLEDGE_NONE)
        return NULL;
    draft->municipalities |= bit(municipality);
    return area_of(draft, municipality);
}

static void add_district(struct build *build, struct service_draft *draft, struct str path)
{
    struct str key = {NULL, 0};
    struct area_draft *area = area_of_path(build, draft, path, &key);
    if (area != NULL)
        area->districts |=
            bit(build_code(build, CODE_DISTRICT + (unsigned)area->municipality, key));
}

static void add_locality(struct build *build, struct service_draft *draft, struct str path)
{
    struct str key = {NULL, 0};
    struct area_draft *area = area_of_path(build, draft, path, &key);
    if (area == NULL)
        return;
    int index = build_code(build, CODE_LOCALITY + (unsigned)area->municipality, key);
    if (index == KNOWLEDGE_NONE)
        return;
    area->localities.words[index / 64] |= UINT64_C(1) << (index % 64);
    area->locality_districts |=
        bit(municipality_of(build, area->municipality)->localities[index].district);
}

static void add_area_code(struct build *build, struct service_draft *draft, struct str code)
{
    static const struct {
        const char *scope;
        void (*add)(struct build *build, struct service_draft *draft, struct str key);
    } scopes[] = {
        {"region", add_region},
        {"municipality", add_municipality},
        {"district", add_district},
        {"locality", add_locality},
    };
    struct str scope = code;
    struct str key = {NULL, 0};
    if (str_equal_z(code, "cz")) {
        draft->country = true;
        draft->municipalities |= every_municipality(build);
        return;
    }
    (void)str_cut(code, ':', &scope, &key); /* without one it is no scope of ours */
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        if (str_equal_z(scope, scopes[i].scope)) {
            scopes[i].add(build, draft, key);
            return;
        }
    }
    build->generation->unknown_terms++;
}

/* Notes the place in its municipality's record; the place's own document belongs there too. */
static void add_place(struct build *build, struct service_draft *draft, bool area_given,
                      const struct service_place *place)
{
    struct generation *generation = build->generation;
    int municipality = build_code(build, CODE_MUNICIPALITY, place->municipality);
    if (municipality == KNOWLEDGE_NONE)
        return;
    int64_t position =
        generation_position(generation, DOCUMENT_SERVICE_AT_LOCATION, &place->service_at_location);
    if (position >= 0)
        generation->lists[DOCUMENT_SERVICE_AT_LOCATION].municipalities[position] |=
            bit(municipality);
    if (!area_given)
        draft->municipalities |= bit(municipality);
    else if ((draft->municipalities & bit(municipality)) == 0)
        return;
    struct area_draft *area = area_of(draft, municipality);
    int district = build_code(build, CODE_DISTRICT + (unsigned)municipality, place->district);
    int locality = build_code(build, CODE_LOCALITY + (unsigned)municipality, place->locality);
    if (locality != KNOWLEDGE_NONE) {
        area->place_localities.words[locality / 64] |= UINT64_C(1) << (locality % 64);
        if (district == KNOWLEDGE_NONE)
            district = municipality_of(build, municipality)->localities[locality].district;
    }
    area->place_districts |= bit(district);
}

void service_draft_make(struct build *build, const struct service_facts *facts, struct str fallback,
                        struct service_draft *draft)
{
    draft->municipalities = 0;
    draft->country = false;
    draft->region = false;
    draft->count = 0;
    for (size_t i = 0; i < facts->area_count; i++)
        add_area_code(build, draft, facts->area[i].code);
    for (size_t i = 0; i < facts->place_count; i++)
        add_place(build, draft, facts->area_count > 0, &facts->places[i]);
    if (facts->area_count > 0 || draft->municipalities != 0)
        return;
    struct str file = str_present(facts->file_municipality) ? facts->file_municipality : fallback;
    draft->municipalities = bit(build_code(build, CODE_MUNICIPALITY, file));
}
