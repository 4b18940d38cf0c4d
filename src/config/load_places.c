/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"

/* "district ostrava" claims a district of Ostrava: other cities may have one of the same name. */
enum { WHAT_SIZE = 96 };

/* --- Municipalities --- */

/* Degrees as the schema admits them, in millionths. */
static int32_t micro_degrees(const json_t *degrees)
{
    double micro = json_number_value(degrees) * 1000000;
    return (int32_t)(micro < 0 ? micro - 0.5 : micro + 0.5);
}

/* The schema sees to it that one coordinate does not come without the other. */
static void read_coordinates(const json_t *object, struct district *district)
{
    const json_t *latitude = json_object_get(object, "latitude");
    if (latitude == NULL)
        return;
    district->has_coordinates = true;
    district->latitude_micro = micro_degrees(latitude);
    district->longitude_micro = micro_degrees(json_object_get(object, "longitude"));
}

static void read_districts(struct loader *loader, const struct config_yaml *yaml,
                           struct municipality *municipality)
{
    const json_t *array = json_object_get(config_yaml_value(yaml), "districts");
    size_t count = json_array_size(array);
    struct district *districts = loader_array(loader, count, sizeof *districts);
    char what[WHAT_SIZE];
    (void)snprintf(what, sizeof what, "district %.*s", STR_ARGUMENTS(municipality->key));
    for (size_t i = 0; districts != NULL && i < count; i++) {
        char pointer[LOADER_POINTER_SIZE];
        const json_t *object = json_array_get(array, i);
        struct district *district = &districts[i];
        district->key = loader_member(loader, object, "key");
        district->name = loader_member(loader, object, "name");
        district->parts =
            loader_strings(loader, json_object_get(object, "parts"), &district->part_count);
        read_coordinates(object, district);
        (void)snprintf(pointer, sizeof pointer, "/districts/%zu/key", i);
        (void)loader_claim(loader, yaml, pointer, what, district->key);
    }
    municipality->districts = districts;
    municipality->district_count = districts == NULL ? 0 : count;
}

static struct str district_key_at(const void *context, size_t index)
{
    const struct municipality *municipality = context;
    return index < municipality->district_count ? municipality->districts[index].key
                                                : (struct str){NULL, 0};
}

/* The district that the locality at `index` names, or KNOWLEDGE_NONE. */
static int read_district_of(struct loader *loader, const struct config_yaml *yaml,
                            const struct municipality *municipality, const json_t *locality,
                            size_t index)
{
    struct str key = json_member_str(locality, "district");
    if (!str_present(key))
        return KNOWLEDGE_NONE;
    int district = municipality_district(municipality, key);
    if (district == KNOWLEDGE_NONE) {
        char pointer[LOADER_POINTER_SIZE];
        (void)snprintf(pointer, sizeof pointer, "/localities/%zu/district", index);
        loader_unknown(loader, yaml, pointer, "district", key,
                       (struct loader_keys){district_key_at, municipality});
    }
    return district;
}

static void read_localities(struct loader *loader, const struct config_yaml *yaml,
                            struct municipality *municipality)
{
    const json_t *array = json_object_get(config_yaml_value(yaml), "localities");
    size_t count = json_array_size(array);
    struct locality *localities = loader_array(loader, count, sizeof *localities);
    char what[WHAT_SIZE];
    (void)snprintf(what, sizeof what, "locality %.*s", STR_ARGUMENTS(municipality->key));
    for (size_t i = 0; localities != NULL && i < count; i++) {
        char pointer[LOADER_POINTER_SIZE];
        const json_t *object = json_array_get(array, i);
        struct locality *locality = &localities[i];
        locality->key = loader_member(loader, object, "key");
        locality->name = loader_member(loader, object, "name");
        locality->other_names = loader_strings(loader, json_object_get(object, "other_names"),
                                               &locality->other_name_count);
        locality->district = read_district_of(loader, yaml, municipality, object, i);
        (void)snprintf(pointer, sizeof pointer, "/localities/%zu/key", i);
        (void)loader_claim(loader, yaml, pointer, what, locality->key);
    }
    municipality->localities = localities;
    municipality->locality_count = localities == NULL ? 0 : count;
}

static const struct first_contact *read_first_contact(struct loader *loader, const json_t *object)
{
    struct first_contact *contact =
        object == NULL ? NULL : loader_array(loader, 1, sizeof *contact);
    if (contact == NULL)
        return NULL;
    contact->service = uuid_of_key("service", json_member_str(object, "service"));
    contact->name = loader_translated(loader, json_object_get(object, "name"));
    contact->phone = loader_member(loader, object, "phone");
    contact->email = loader_member(loader, object, "email");
    contact->hours = loader_translated(loader, json_object_get(object, "hours"));
    return contact;
}

/* A file is found by the key it stands for. */
static void check_name(struct loader *loader, const struct config_yaml *yaml, const char *stem,
                       struct str key)
{
    char name[PROBLEM_ARGUMENT_SIZE];
    if (str_equal_z(key, stem))
        return;
    (void)snprintf(name, sizeof name, "%.*s.yaml", STR_ARGUMENTS(key));
    loader_problem(loader, yaml, "/key", "config-file-name", ERROR_ARGUMENTS(name));
}

static void read_municipality(struct loader *loader, const struct config_yaml *yaml,
                              struct municipality *municipality)
{
    const json_t *root = config_yaml_value(yaml);
    municipality->key = loader_member(loader, root, "key");
    municipality->name = loader_translated(loader, json_object_get(root, "name"));
    municipality->region = loader_member(loader, root, "region");
    municipality->first_contact =
        read_first_contact(loader, json_object_get(root, "first_contact"));
    (void)loader_claim(loader, yaml, "/key", "municipality", municipality->key);
    read_districts(loader, yaml, municipality);
    read_localities(loader, yaml, municipality);
}

static void read_municipalities(struct loader *loader, const struct loader_files *files)
{
    struct knowledge *knowledge = loader->knowledge;
    struct municipality *municipalities =
        loader_array(loader, files->count, sizeof *municipalities);
    knowledge->municipalities = municipalities;
    for (size_t i = 0; municipalities != NULL && i < files->count; i++) {
        const struct config_yaml *yaml = files->yaml[i];
        if (yaml == NULL)
            continue;
        struct municipality *municipality = &municipalities[knowledge->municipality_count];
        read_municipality(loader, yaml, municipality);
        check_name(loader, yaml, files->stem[i], municipality->key);
        bool is_default = json_is_true(json_object_get(config_yaml_value(yaml), "default"));
        if (is_default && loader_claim(loader, yaml, "/default", "default", STR("municipality")))
            knowledge->default_municipality = (int)knowledge->municipality_count;
        knowledge->municipality_count++;
    }
}

void loader_read_places(struct loader *loader)
{
    struct loader_files files;
    loader_open_all(loader, "municipalities", "municipality", &files);
    read_municipalities(loader, &files);
    loader->municipalities_whole = files.whole;
    loader_files_done(&files);
    if (files.whole && loader->knowledge->default_municipality == KNOWLEDGE_NONE) {
        char path[LOADER_PATH_SIZE];
        (void)snprintf(path, sizeof path, "%s/municipalities", loader->directory);
        config_problems_add(&loader->problems, ERROR_INVALID, "config-default-missing", path,
                            ERROR_ARGUMENTS(NULL));
    }
}

/* --- Crisis lines --- */

static struct str municipality_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->municipality_count ? knowledge->municipalities[index].key
                                                 : (struct str){NULL, 0};
}

static int read_municipality_of(struct loader *loader, const struct config_yaml *yaml,
                                const json_t *line, size_t index)
{
    struct str key = json_member_str(line, "municipality");
    if (!str_present(key))
        return KNOWLEDGE_NONE;
    int municipality = knowledge_municipality(loader->knowledge, key);
    if (municipality == KNOWLEDGE_NONE && loader->municipalities_whole) {
        char pointer[LOADER_POINTER_SIZE];
        (void)snprintf(pointer, sizeof pointer, "/crisis_lines/%zu/municipality", index);
        loader_unknown(loader, yaml, pointer, "municipality", key,
                       (struct loader_keys){municipality_key_at, loader->knowledge});
    }
    return municipality;
}

static struct crisis_line read_line(struct loader *loader, const struct config_yaml *yaml,
                                    const json_t *object, size_t index)
{
    return (struct crisis_line){
        .number = loader_member(loader, object, "number"),
        .name = loader_translated(loader, json_object_get(object, "name")),
        .for_whom = loader_translated(loader, json_object_get(object, "for_whom")),
        .hours = loader_translated(loader, json_object_get(object, "hours")),
        .operator_name = loader_member(loader, object, "operator"),
        .round_the_clock = json_is_true(json_object_get(object, "round_the_clock")),
        .free_of_charge = json_is_true(json_object_get(object, "free_of_charge")),
        .confirmed = json_is_true(json_object_get(object, "confirmed")),
        .municipality = read_municipality_of(loader, yaml, object, index),
        .source = loader_member(loader, object, "source"),
        .as_of = loader_member(loader, object, "as_of"),
    };
}

void loader_read_crisis_lines(struct loader *loader)
{
    struct knowledge *knowledge = loader->knowledge;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, "crisis-lines.yaml", "crisis-lines");
    if (yaml == NULL)
        return;
    const json_t *array = json_object_get(config_yaml_value(yaml), "crisis_lines");
    size_t count = json_array_size(array);
    struct crisis_line *lines = loader_array(loader, count, sizeof *lines);
    for (size_t i = 0; lines != NULL && i < count; i++) {
        char pointer[LOADER_POINTER_SIZE];
        lines[i] = read_line(loader, yaml, json_array_get(array, i), i);
        (void)snprintf(pointer, sizeof pointer, "/crisis_lines/%zu/number", i);
        (void)loader_claim(loader, yaml, pointer, "crisis-line", lines[i].number);
    }
    knowledge->crisis_lines = lines;
    knowledge->crisis_line_count = lines == NULL ? 0 : count;
    loader->crisis_lines_whole = true;
}
