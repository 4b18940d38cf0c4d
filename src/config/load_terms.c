/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"

/* A file of terms: a taxonomy and an array. */
struct term_file {
    const char *file;
    const char *schema;
    const char *taxonomy; /* key */
    const char *array;    /* member */
    const char *what;     /* one of them, in problems */
};

static const struct term_file categories_file = {"taxonomy/categories.yaml", "categories",
                                                 "situations", "categories", "situation"};
static const struct term_file target_groups_file = {"taxonomy/target-groups.yaml", "target-groups",
                                                    "target-groups", "target_groups",
                                                    "target-group"};
static const struct term_file kinds_file = {"taxonomy/service-kinds.yaml", "service-kinds",
                                            "service-kinds", "service_kinds", "service-kind"};

static struct term read_taxonomy(struct loader *loader, const json_t *root, const char *key)
{
    const json_t *taxonomy = json_object_get(root, "taxonomy");
    return (struct term){
        .id = uuid_of_key("taxonomy", str_from(key)),
        .key = str_from(key),
        .name = loader_translated(loader, json_object_get(taxonomy, "name")),
        .description = loader_translated(loader, json_object_get(taxonomy, "description")),
    };
}

/*
 * The terms of a file, as an array of `size` bytes each that begin with their struct term.
 * Categories and situations are terms of one taxonomy, hence their keys are claimed under one name.
 */
static void *read_terms(struct loader *loader, const struct config_yaml *yaml,
                        const struct term_file *file, size_t size, size_t *count)
{
    const json_t *array = json_object_get(config_yaml_value(yaml), file->array);
    char *terms = loader_array(loader, json_array_size(array), size);
    if (terms == NULL)
        return NULL;
    *count = json_array_size(array);
    for (size_t i = 0; i < *count; i++) {
        char pointer[LOADER_POINTER_SIZE];
        struct term term = loader_term(loader, json_array_get(array, i), file->taxonomy);
        (void)snprintf(pointer, sizeof pointer, "/%s/%zu/key", file->array, i);
        (void)loader_claim(loader, yaml, pointer, file->what, term.key);
        memcpy(terms + i * size, &term, sizeof term);
    }
    return terms;
}

static void read_categories(struct loader *loader)
{
    struct knowledge *knowledge = loader->knowledge;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, categories_file.file, categories_file.schema);
    if (yaml == NULL)
        return;
    knowledge->situations_taxonomy =
        read_taxonomy(loader, config_yaml_value(yaml), categories_file.taxonomy);
    knowledge->categories = read_terms(loader, yaml, &categories_file, sizeof(struct category),
                                       &knowledge->category_count);
    loader->categories_whole = true;
}

static void read_target_groups(struct loader *loader)
{
    struct knowledge *knowledge = loader->knowledge;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, target_groups_file.file, target_groups_file.schema);
    if (yaml == NULL)
        return;
    knowledge->target_groups_taxonomy =
        read_taxonomy(loader, config_yaml_value(yaml), target_groups_file.taxonomy);
    knowledge->target_groups =
        read_terms(loader, yaml, &target_groups_file, sizeof(struct target_group),
                   &knowledge->target_group_count);
    loader->target_groups_whole = true;
}

/* What a kind has beyond a term. */
static void read_kind(struct loader *loader, const struct config_yaml *yaml, size_t index,
                      struct service_kind *kind)
{
    const json_t *object =
        json_array_get(json_object_get(config_yaml_value(yaml), kinds_file.array), index);
    const json_t *forms = json_object_get(object, "forms");
    kind->section = loader_member(loader, object, "section");
    for (size_t i = 0; i < json_array_size(forms); i++)
        kind->forms |= service_form_from_key(json_str(json_array_get(forms, i)));
    if (str_present(kind->section)) {
        char pointer[LOADER_POINTER_SIZE];
        (void)snprintf(pointer, sizeof pointer, "/%s/%zu/section", kinds_file.array, index);
        (void)loader_claim(loader, yaml, pointer, "section", kind->section);
    }
}

static void read_kinds(struct loader *loader)
{
    struct knowledge *knowledge = loader->knowledge;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, kinds_file.file, kinds_file.schema);
    if (yaml == NULL)
        return;
    knowledge->kinds_taxonomy = read_taxonomy(loader, config_yaml_value(yaml), kinds_file.taxonomy);
    struct service_kind *kinds =
        read_terms(loader, yaml, &kinds_file, sizeof(struct service_kind), &knowledge->kind_count);
    for (size_t i = 0; i < knowledge->kind_count; i++)
        read_kind(loader, yaml, i, &kinds[i]);
    knowledge->kinds = kinds;
    loader->kinds_whole = true;
}

void loader_read_terms(struct loader *loader)
{
    read_categories(loader);
    read_target_groups(loader);
    read_kinds(loader);
}
