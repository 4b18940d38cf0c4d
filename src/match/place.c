/* SPDX-License-Identifier: EUPL-1.2 */
#include "place_internal.h"

#include <string.h>

#include "sociopoint/base/fold.h"

/* "Zábřeh (katastrální území)" is called Zábřeh. */
static struct str without_bracket(struct str name)
{
    const char *bracket = name.length == 0 ? NULL : memchr(name.data, '(', name.length);
    if (bracket == NULL || bracket == name.data)
        return name;
    return (struct str){name.data, (size_t)(bracket - name.data)};
}

/* Whether `name` is what was asked, with or without what stands in brackets. */
static bool is_named(struct str name, struct str folded)
{
    return str_present(name) && (fold_is(name, folded) || fold_is(without_bracket(name), folded));
}

static bool locality_is(const struct locality *locality, struct str folded)
{
    if (is_named(locality->key, folded) || is_named(locality->name, folded))
        return true;
    for (size_t i = 0; i < locality->other_name_count; i++) {
        if (is_named(locality->other_names[i], folded))
            return true;
    }
    return false;
}

static bool find_locality(const struct municipality *municipality, struct str folded,
                          struct place *place)
{
    for (size_t i = 0; i < municipality->locality_count; i++) {
        const struct locality *locality = &municipality->localities[i];
        if (!locality_is(locality, folded))
            continue;
        *place = (struct place){locality->district, (int)i, locality->name};
        return true;
    }
    return false;
}

static bool find_district(const struct municipality *municipality, struct str folded,
                          struct place *place)
{
    for (size_t i = 0; i < municipality->district_count; i++) {
        const struct district *district = &municipality->districts[i];
        if (!is_named(district->key, folded) && !is_named(district->name, folded))
            continue;
        *place = (struct place){(int)i, KNOWLEDGE_NONE, district->name};
        return true;
    }
    return false;
}

static bool find_part(const struct municipality *municipality, struct str folded,
                      struct place *place)
{
    for (size_t i = 0; i < municipality->district_count; i++) {
        const struct district *district = &municipality->districts[i];
        for (size_t j = 0; j < district->part_count; j++) {
            if (!is_named(district->parts[j], folded))
                continue;
            *place = (struct place){(int)i, KNOWLEDGE_NONE, district->name};
            return true;
        }
    }
    return false;
}

static bool is_whole_municipality(const struct municipality *municipality, struct str folded)
{
    bool found = is_named(municipality->key, folded);
    for (int i = 0; i < LANGUAGE_COUNT && !found; i++)
        found = is_named(municipality->name.in[i], folded);
    return found;
}

bool place_find(const struct municipality *municipality, struct str asked, struct arena *arena,
                struct place *place)
{
    struct str folded = fold_name(asked, arena);
    if (!str_present(folded) || str_empty(folded))
        return false;
    if (find_locality(municipality, folded, place) || find_district(municipality, folded, place) ||
        find_part(municipality, folded, place))
        return true;
    *place = (struct place){KNOWLEDGE_NONE, KNOWLEDGE_NONE, {NULL, 0}};
    return is_whole_municipality(municipality, folded);
}

void place_offer_near(const struct municipality *municipality, struct near_words *near)
{
    for (size_t i = 0; i < municipality->district_count; i++) {
        const struct district *district = &municipality->districts[i];
        near_offer(near, district->name, district->name);
        for (size_t j = 0; j < district->part_count; j++)
            near_offer(near, district->parts[j], district->parts[j]);
    }
    for (size_t i = 0; i < municipality->locality_count; i++) {
        const struct locality *locality = &municipality->localities[i];
        near_offer(near, locality->name, locality->name);
        for (size_t j = 0; j < locality->other_name_count; j++)
            near_offer(near, locality->name, locality->other_names[j]);
    }
}
