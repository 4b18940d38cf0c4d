/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"

/* Where a situation stands. */
struct place {
    const struct config_yaml *yaml;
    const json_t *object;
    size_t index;
};

/* What a situation refers to: how it is found, and what is near when it is not. */
struct reference {
    const char *member;
    const char *what;
    int (*find)(const struct knowledge *knowledge, struct str key);
    struct str (*key_at)(const void *knowledge, size_t index);
};

static const struct str absent = {NULL, 0};

/* --- What can be referred to --- */

static int find_category(const struct knowledge *knowledge, struct str key)
{
    for (size_t i = 0; i < knowledge->category_count; i++) {
        if (str_equal(knowledge->categories[i].term.key, key))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

static struct str category_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->category_count ? knowledge->categories[index].term.key : absent;
}

static int find_crisis_line(const struct knowledge *knowledge, struct str number)
{
    for (size_t i = 0; i < knowledge->crisis_line_count; i++) {
        if (str_equal(knowledge->crisis_lines[i].number, number))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

static struct str crisis_line_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->crisis_line_count ? knowledge->crisis_lines[index].number : absent;
}

static struct str target_group_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->target_group_count ? knowledge->target_groups[index].term.key
                                                 : absent;
}

/* A kind is known by its section, or where it has none by its key. */
static struct str kind_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    if (index >= knowledge->kind_count)
        return absent;
    const struct service_kind *kind = &knowledge->kinds[index];
    return str_present(kind->section) ? kind->section : kind->term.key;
}

static const struct reference crisis_lines = {"crisis_lines", "crisis-line", find_crisis_line,
                                              crisis_line_key_at};
static const struct reference sections = {"services_sections", "section", knowledge_kind,
                                          kind_key_at};
static const struct reference target_groups = {"target_groups", "target-group",
                                               knowledge_target_group, target_group_key_at};

/* The index that element `position` of the member means; told when there is none and `judge`. */
static int resolve(struct loader *loader, const struct place *place,
                   const struct reference *reference, size_t position, bool judge)
{
    struct str key =
        json_str(json_array_get(json_object_get(place->object, reference->member), position));
    int found = reference->find(loader->knowledge, key);
    if (found == KNOWLEDGE_NONE && judge) {
        char pointer[LOADER_POINTER_SIZE];
        (void)snprintf(pointer, sizeof pointer, "/situations/%zu/%s/%zu", place->index,
                       reference->member, position);
        loader_unknown(loader, place->yaml, pointer, reference->what, key,
                       (struct loader_keys){reference->key_at, loader->knowledge});
    }
    return found;
}

/* --- A situation --- */

static uint64_t read_set(struct loader *loader, const struct place *place,
                         const struct reference *reference, bool judge)
{
    uint64_t set = 0;
    size_t count = json_array_size(json_object_get(place->object, reference->member));
    for (size_t i = 0; i < count; i++) {
        int found = resolve(loader, place, reference, i, judge);
        if (found != KNOWLEDGE_NONE)
            set |= UINT64_C(1) << found;
    }
    return set;
}

static void read_crisis_lines(struct loader *loader, const struct place *place,
                              struct situation *situation)
{
    size_t count = json_array_size(json_object_get(place->object, crisis_lines.member));
    uint16_t *lines = loader_array(loader, count, sizeof *lines);
    for (size_t i = 0; lines != NULL && i < count; i++) {
        int line = resolve(loader, place, &crisis_lines, i, loader->crisis_lines_whole);
        if (line != KNOWLEDGE_NONE)
            lines[situation->crisis_line_count++] = (uint16_t)line;
    }
    situation->crisis_lines = lines;
}

static enum urgency urgency_from_key(struct str key)
{
    if (str_equal_z(key, "crisis"))
        return URGENCY_CRISIS;
    return str_equal_z(key, "urgent") ? URGENCY_URGENT : URGENCY_NORMAL;
}

static void read_situation(struct loader *loader, const struct place *place, int category,
                           struct situation *situation)
{
    char pointer[LOADER_POINTER_SIZE];
    situation->term = loader_term(loader, place->object, "situations");
    situation->category = category;
    situation->urgency = urgency_from_key(json_member_str(place->object, "urgency"));
    situation->kinds = read_set(loader, place, &sections, loader->kinds_whole);
    situation->target_groups = read_set(loader, place, &target_groups, loader->target_groups_whole);
    situation->synonyms = loader_strings(loader, json_object_get(place->object, "synonyms"),
                                         &situation->synonym_count);
    read_crisis_lines(loader, place, situation);
    (void)snprintf(pointer, sizeof pointer, "/situations/%zu/key", place->index);
    (void)loader_claim(loader, place->yaml, pointer, "situation", situation->term.key);
}

/* --- The files --- */

/* The category a file is for; it gives the file its name, and has one file only. */
static int read_category(struct loader *loader, const struct config_yaml *yaml, const char *stem)
{
    struct str key = json_member_str(config_yaml_value(yaml), "category");
    int category = find_category(loader->knowledge, key);
    if (category == KNOWLEDGE_NONE && loader->categories_whole)
        loader_unknown(loader, yaml, "/category", "category", key,
                       (struct loader_keys){category_key_at, loader->knowledge});
    else if (!str_equal_z(key, stem)) {
        char name[PROBLEM_ARGUMENT_SIZE];
        (void)snprintf(name, sizeof name, "%.*s.yaml", STR_ARGUMENTS(key));
        loader_problem(loader, yaml, "/category", "config-file-name", ERROR_ARGUMENTS(name));
    }
    return category;
}

static size_t count_situations(const struct config_yaml *yaml)
{
    return json_array_size(json_object_get(config_yaml_value(yaml), "situations"));
}

static void read_file(struct loader *loader, const struct config_yaml *yaml, const char *stem,
                      struct situation *situations)
{
    const json_t *array = json_object_get(config_yaml_value(yaml), "situations");
    int category = read_category(loader, yaml, stem);
    for (size_t i = 0; i < json_array_size(array); i++) {
        struct place place = {yaml, json_array_get(array, i), i};
        read_situation(loader, &place, category, &situations[loader->knowledge->situation_count]);
        loader->knowledge->situation_count++;
    }
}

/* The position of the file of a category, or the number of files when there is none. */
static size_t find_file(const struct loader_files *files, struct str category)
{
    size_t i = 0;
    while (i < files->count && !str_equal_z(category, files->stem[i]))
        i++;
    return i;
}

/* Files in the order of the categories, so that situations come in the order they are shown in. */
static void read_in_order(struct loader *loader, const struct loader_files *files,
                          struct situation *situations)
{
    const struct knowledge *knowledge = loader->knowledge;
    bool taken[LOADER_FILES_MAXIMUM] = {false};
    for (size_t i = 0; i < knowledge->category_count; i++) {
        struct str key = knowledge->categories[i].term.key;
        size_t file = find_file(files, key);
        if (file == files->count) {
            char path[LOADER_PATH_SIZE];
            (void)snprintf(path, sizeof path, "%s/taxonomy/situations/%.*s.yaml", loader->directory,
                           STR_ARGUMENTS(key));
            config_problems_add(&loader->problems, ERROR_INVALID, "config-file-missing", path,
                                ERROR_ARGUMENTS(NULL));
        } else if (files->yaml[file] != NULL && !taken[file]) {
            read_file(loader, files->yaml[file], files->stem[file], situations);
        }
        if (file < files->count)
            taken[file] = true;
    }
    for (size_t i = 0; i < files->count; i++) {
        if (!taken[i] && files->yaml[i] != NULL)
            read_file(loader, files->yaml[i], files->stem[i], situations);
    }
}

void loader_read_situations(struct loader *loader)
{
    struct loader_files files;
    size_t count = 0;
    loader_open_all(loader, "taxonomy/situations", "situations", &files);
    for (size_t i = 0; i < files.count; i++)
        count += files.yaml[i] == NULL ? 0 : count_situations(files.yaml[i]);
    if (count > KNOWLEDGE_SITUATIONS_MAXIMUM) {
        char path[LOADER_PATH_SIZE];
        char maximum[16];
        (void)snprintf(path, sizeof path, "%s/taxonomy/situations", loader->directory);
        (void)snprintf(maximum, sizeof maximum, "%d", KNOWLEDGE_SITUATIONS_MAXIMUM);
        config_problems_add(&loader->problems, ERROR_LIMIT, "config-limit", path,
                            ERROR_ARGUMENTS("situation", maximum));
    }
    struct situation *situations = loader_array(loader, count, sizeof *situations);
    loader->knowledge->situations = situations;
    if (situations != NULL)
        read_in_order(loader, &files, situations);
    loader_files_done(&files);
}
