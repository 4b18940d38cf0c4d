/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The groups of words.
 */
#include <stdio.h>
#include <stdlib.h>

#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"
#include "sociopoint/text/groups.h"

static const json_t *groups_of(const struct config_yaml *yaml)
{
    return json_object_get(config_yaml_value(yaml), "groups");
}

static void read_file(struct loader *loader, const struct config_yaml *yaml,
                      struct word_group *groups)
{
    char pointer[LOADER_POINTER_SIZE];
    for (size_t i = 0; i < json_array_size(groups_of(yaml)); i++) {
        const json_t *group = json_array_get(groups_of(yaml), i);
        groups[i].name = loader_member(loader, group, "name");
        groups[i].words =
            loader_strings(loader, json_object_get(group, "words"), &groups[i].word_count);
        (void)snprintf(pointer, sizeof pointer, "/groups/%zu/name", i);
        (void)loader_claim(loader, yaml, pointer, "word-group", groups[i].name);
    }
}

/* Where a word stands: its group's number among all is turned into a file and a place in it. */
static void tell(struct loader *loader, const struct loader_files *files, const struct error *err)
{
    char pointer[LOADER_POINTER_SIZE];
    char *rest = NULL;
    size_t group = (size_t)strtoul(err->problems[0].pointer, &rest, 10);
    size_t file = 0;
    while (group >= json_array_size(groups_of(files->yaml[file])))
        group -= json_array_size(groups_of(files->yaml[file++]));
    (void)snprintf(pointer, sizeof pointer, "/groups/%zu/words%s", group, rest);
    loader_problem(loader, files->yaml[file], pointer, err->problems[0].code,
                   ERROR_ARGUMENTS(err->problems[0].argument[0]));
}

static void make_groups(struct loader *loader, const struct loader_files *files,
                        const struct word_group *groups, size_t count)
{
    struct error err = {0};
    struct understanding *understanding = &loader->knowledge->understanding;
    if (loader->out_of_memory)
        return;
    understanding->groups = word_groups_new(groups, count, loader->knowledge->arena, &err);
    if (understanding->groups == NULL && err.code == ERROR_MEMORY)
        loader->out_of_memory = true;
    else if (understanding->groups == NULL)
        tell(loader, files, &err);
}

void loader_read_words(struct loader *loader)
{
    struct loader_files files;
    size_t count = 0;
    loader_open_all(loader, "understanding/words", "words", &files);
    for (size_t i = 0; files.whole && i < files.count; i++)
        count += json_array_size(groups_of(files.yaml[i]));
    struct word_group *groups = loader_array(loader, count, sizeof *groups);
    for (size_t i = 0, first = 0; groups != NULL && i < files.count; i++) {
        read_file(loader, files.yaml[i], groups + first);
        first += json_array_size(groups_of(files.yaml[i]));
    }
    if (files.whole)
        make_groups(loader, &files, groups, count);
    loader_files_done(&files);
}
