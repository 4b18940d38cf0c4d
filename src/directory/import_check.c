/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Holds the records of an import against the knowledge and against each other, and gives them their
 * ids.
 */
#include <stdio.h>
#include <string.h>

#include "import_internal.h"

#include "sociopoint/domain/knowledge.h"

/* What the checks of one record need; `keys` has each record's position under "<kind>:<key>". */
struct check {
    struct import_plan *plan;
    const struct knowledge *knowledge;
    const json_t *keys;
    struct import_record *record;
};

static void complain(const struct check *check, const char *code, const char *pointer,
                     struct str argument)
{
    struct problem problem = {.code = code};
    (void)str_copy_z(str_from(pointer), problem.pointer, sizeof problem.pointer);
    (void)str_copy_z(argument, problem.argument[0], sizeof problem.argument[0]);
    import_plan_problem(check->plan, check->record, &problem);
}

static struct str text_of(const json_t *json)
{
    return json == NULL ? (struct str){NULL, 0}
                        : (struct str){json_string_value(json), json_string_length(json)};
}

static struct str member(const json_t *json, const char *name)
{
    return text_of(json_object_get(json, name));
}

/* "<kind>:<key>" in `name`. */
static const char *key_name(enum import_kind kind, const char *key, char *name, size_t size)
{
    (void)snprintf(name, size, "%s:%s", import_kind_name(kind), key);
    return name;
}

static const struct import_record *find_record(const struct check *check, enum import_kind kind,
                                               const char *key)
{
    char name[200];
    const json_t *position = json_object_get(check->keys, key_name(kind, key, name, sizeof name));
    return position == NULL ? NULL : &check->plan->records[json_integer_value(position)];
}

/* Every text of the array `name` has to be known to `find`. */
static void check_keys(const struct check *check, const char *name, const char *code,
                       int (*find)(const struct knowledge *, struct str))
{
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(check->record->json, name), index, item)
    {
        char pointer[64];
        (void)snprintf(pointer, sizeof pointer, "/%s/%zu", name, index);
        if (find(check->knowledge, text_of(item)) == KNOWLEDGE_NONE)
            complain(check, code, pointer, text_of(item));
    }
}

static bool region_known(const struct knowledge *knowledge, struct str region)
{
    for (size_t i = 0; i < knowledge->municipality_count; i++) {
        if (str_equal(knowledge->municipalities[i].region, region))
            return true;
    }
    return false;
}

/* Whether "<municipality>/<key>" names a district (or locality). */
static bool inner_area_known(const struct knowledge *knowledge, struct str name,
                             int (*find)(const struct municipality *, struct str))
{
    struct str municipality;
    struct str key;
    if (!str_cut(name, '/', &municipality, &key))
        return false;
    int index = knowledge_municipality(knowledge, municipality);
    return index != KNOWLEDGE_NONE &&
           find(&knowledge->municipalities[index], key) != KNOWLEDGE_NONE;
}

static bool area_known(const struct knowledge *knowledge, struct str code)
{
    struct str level;
    struct str name;
    if (!str_cut(code, ':', &level, &name))
        return str_equal_z(code, "cz");
    if (str_equal_z(level, "region"))
        return region_known(knowledge, name);
    if (str_equal_z(level, "municipality"))
        return knowledge_municipality(knowledge, name) != KNOWLEDGE_NONE;
    if (str_equal_z(level, "district"))
        return inner_area_known(knowledge, name, municipality_district);
    return str_equal_z(level, "locality") &&
           inner_area_known(knowledge, name, municipality_locality);
}

static void check_area(const struct check *check)
{
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(check->record->json, "area"), index, item)
    {
        char pointer[64];
        (void)snprintf(pointer, sizeof pointer, "/area/%zu", index);
        if (!area_known(check->knowledge, text_of(item)))
            complain(check, "import-area-unknown", pointer, text_of(item));
    }
}

/* Adds "<member>_id" for the one record of this kind that the record names, if it names one. */
static bool resolve(const struct check *check, enum import_kind kind, const char *problem)
{
    const char *name = import_kind_name(kind);
    struct str key = member(check->record->json, name);
    char text[64];
    char id[UUID_TEXT_SIZE];
    if (!str_present(key))
        return true;
    const struct import_record *found = find_record(check, kind, key.data);
    if (found == NULL) {
        (void)snprintf(text, sizeof text, "/%s", name);
        complain(check, problem, text, key);
        return true;
    }
    (void)snprintf(text, sizeof text, "%s_id", name);
    return json_object_set_new(check->record->json, text,
                               json_string(uuid_to_text(&found->id, id))) == 0;
}

static bool resolve_organization(const struct check *check)
{
    return resolve(check, IMPORT_ORGANIZATION, "import-organization-unknown");
}

/* The municipality of a location: its own or the file's. */
static int location_municipality(const struct check *check, const json_t *address)
{
    struct str key = member(address, "municipality");
    if (str_present(key)) {
        int index = knowledge_municipality(check->knowledge, key);
        if (index == KNOWLEDGE_NONE)
            complain(check, "import-municipality-unknown", "/address/municipality", key);
        return index;
    }
    return knowledge_municipality(check->knowledge, member(check->record->json, "municipality"));
}

static bool check_location(const struct check *check)
{
    const json_t *json = check->record->json;
    const json_t *address = json_object_get(json, "address");
    struct str district = member(address, "district");
    struct str locality = member(json, "locality");
    int index = location_municipality(check, address);
    if (index != KNOWLEDGE_NONE) {
        const struct municipality *municipality = &check->knowledge->municipalities[index];
        if (str_present(district) &&
            municipality_district(municipality, district) == KNOWLEDGE_NONE)
            complain(check, "import-district-unknown", "/address/district", district);
        if (str_present(locality) &&
            municipality_locality(municipality, locality) == KNOWLEDGE_NONE)
            complain(check, "import-locality-unknown", "/locality", locality);
    }
    if (json_is_true(json_object_get(json, "concealed"))) {
        if (json_object_get(address, "street") != NULL)
            complain(check, "location-concealed-address", "/address/street", (struct str){0});
        if (json_object_get(json, "latitude") != NULL || json_object_get(json, "longitude") != NULL)
            complain(check, "location-concealed-address", "/latitude", (struct str){0});
    }
    check_area(check);
    import_hours_check(check->plan, check->record);
    return resolve_organization(check);
}

/* Adds location_ids and service_at_location_ids in the order of `locations`. */
static bool resolve_locations(const struct check *check)
{
    json_t *json = check->record->json;
    json_t *locations = json_array();
    json_t *places = json_array();
    size_t index;
    json_t *item;
    bool good = locations != NULL && places != NULL;
    json_array_foreach(json_object_get(json, "locations"), index, item)
    {
        char id[UUID_TEXT_SIZE];
        char name[300];
        const struct import_record *found =
            find_record(check, IMPORT_LOCATION, json_string_value(item));
        if (found == NULL) {
            (void)snprintf(name, sizeof name, "/locations/%zu", index);
            complain(check, "import-location-unknown", name, text_of(item));
            continue;
        }
        (void)snprintf(name, sizeof name, "%s/%s", check->record->key, found->key);
        struct uuid place = uuid_of_key("service_at_location", str_from(name));
        good = good &&
               json_array_append_new(locations, json_string(uuid_to_text(&found->id, id))) == 0;
        good = good && json_array_append_new(places, json_string(uuid_to_text(&place, id))) == 0;
    }
    good = json_object_set_new(json, "location_ids", locations) == 0 && good;
    return json_object_set_new(json, "service_at_location_ids", places) == 0 && good;
}

static bool check_service(const struct check *check)
{
    const json_t *json = check->record->json;
    struct str kind = member(json, "kind");
    check_keys(check, "situations", "import-situation-unknown", knowledge_situation);
    check_keys(check, "target_groups", "import-target-group-unknown", knowledge_target_group);
    if (str_present(kind) && knowledge_kind(check->knowledge, kind) == KNOWLEDGE_NONE)
        complain(check, "import-kind-unknown", "/kind", kind);
    const json_t *minimum = json_object_get(json, "minimum_age");
    const json_t *maximum = json_object_get(json, "maximum_age");
    if (minimum != NULL && maximum != NULL &&
        json_number_value(minimum) > json_number_value(maximum))
        complain(check, "import-ages-reversed", "/maximum_age", (struct str){0});
    check_area(check);
    import_hours_check(check->plan, check->record);
    return resolve_organization(check) && resolve_locations(check);
}

static bool check_event(const struct check *check)
{
    const char *wrong;
    const json_t *json = check->record->json;
    check_keys(check, "situations", "import-situation-unknown", knowledge_situation);
    check_keys(check, "target_groups", "import-target-group-unknown", knowledge_target_group);
    check_area(check);
    if (!import_event_times(json, &wrong))
        return false;
    if (wrong != NULL)
        complain(check, "import-event-time", "", str_from(wrong));
    return resolve_organization(check) &&
           resolve(check, IMPORT_SERVICE, "import-service-unknown") &&
           resolve(check, IMPORT_LOCATION, "import-location-unknown");
}

/* Gives the record its id and notes its key. */
static bool identify(const struct check *check, json_t *keys, size_t position)
{
    struct import_record *record = check->record;
    char name[200];
    char id[UUID_TEXT_SIZE];
    const struct import_record *other = find_record(check, record->kind, record->key);
    if (other != NULL) {
        complain(check, "import-key-twice", "/key", str_from(check->plan->files[other->file]));
        return true;
    }
    record->id = uuid_of_key(import_kind_name(record->kind), str_from(record->key));
    return json_object_set_new(record->json, "id", json_string(uuid_to_text(&record->id, id))) ==
               0 &&
           json_object_set_new(keys, key_name(record->kind, record->key, name, sizeof name),
                               json_integer((json_int_t)position)) == 0;
}

static bool check_record(const struct check *check)
{
    struct str municipality = member(check->record->json, "municipality");
    if (knowledge_municipality(check->knowledge, municipality) == KNOWLEDGE_NONE)
        complain(check, "import-municipality-unknown", "", municipality);
    if (check->record->removed)
        return true;
    if (check->record->kind == IMPORT_LOCATION)
        return check_location(check);
    if (check->record->kind == IMPORT_SERVICE)
        return check_service(check);
    if (check->record->kind == IMPORT_EVENT)
        return check_event(check);
    return true;
}

bool import_plan_check(struct import_plan *plan, const struct knowledge *knowledge)
{
    json_t *keys = json_object();
    struct check check = {.plan = plan, .knowledge = knowledge, .keys = keys};
    bool good = keys != NULL;
    for (size_t i = 0; good && i < plan->count; i++) {
        check.record = &plan->records[i];
        good = check.record->file < 0 || identify(&check, keys, i);
    }
    for (size_t i = 0; good && i < plan->count; i++) {
        check.record = &plan->records[i];
        good = check.record->file < 0 || check_record(&check);
    }
    json_decref(keys);
    if (!good)
        return error_set(plan->err, ERROR_MEMORY, "memory-exhausted", "");
    return !plan->failed;
}
