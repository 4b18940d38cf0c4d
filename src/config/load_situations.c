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

/* The index that element `position` of the member means; told when there is none and `judge`. */
static int resolve(struct loader *loader, const struct place *place,
                   const struct loader_reference *reference, const char *member, size_t position,
                   bool judge)
{
    char pointer[LOADER_POINTER_SIZE];
    const struct str key =
        json_str(json_array_get(json_object_get(place->object, member), position));
    (void)snprintf(pointer, sizeof pointer, "/situations/%zu/%s/%zu", place->index, member,
                   position);
    return loader_resolve(loader, place->yaml, pointer, reference, key, judge);
}

/* --- A situation --- */

static uint64_t read_set(struct loader *loader, const struct place *place,
                         const struct loader_reference *reference, const char *member, bool judge)
{
    uint64_t set = 0;
    size_t count = json_array_size(json_object_get(place->object, member));
    for (size_t i = 0; i < count; i++) {
        int found = resolve(loader, place, reference, member, i, judge);
        if (found != KNOWLEDGE_NONE)
            set |= UINT64_C(1) << found;
    }
    return set;
}

static void read_crisis_lines(struct loader *loader, const struct place *place,
                              struct situation *situation)
{
    size_t count = json_array_size(json_object_get(place->object, "crisis_lines"));
    uint16_t *lines = loader_array(loader, count, sizeof *lines);
    for (size_t i = 0; lines != NULL && i < count; i++) {
        int line = resolve(loader, place, &loader_crisis_line, "crisis_lines", i,
                           loader->crisis_lines_whole);
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
    situation->kinds =
        read_set(loader, place, &loader_section, "services_sections", loader->kinds_whole);
    situation->target_groups =
        read_set(loader, place, &loader_target_group, "target_groups", loader->target_groups_whole);
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
    int category =
        loader_resolve(loader, yaml, "/category", &loader_category, key, loader->categories_whole);
    if ((category != KNOWLEDGE_NONE || !loader->categories_whole) && !str_equal_z(key, stem)) {
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
    loader->situations_whole =
        files.whole && loader->categories_whole && count <= KNOWLEDGE_SITUATIONS_MAXIMUM;
    loader_files_done(&files);
}
