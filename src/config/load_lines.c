/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lines of words that mean danger, those that say that something is not so, and those that say
 * something of the people concerned.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"
#include "sociopoint/text/groups.h"
#include "sociopoint/text/phrases.h"
#include "sociopoint/text/vocabulary.h"

/* A file whose array has elements that each own some lines. */
struct line_file {
    const struct config_yaml *yaml;
    const char *array;
    struct phrase_set *set;
    const uint16_t *owner_of_line; /* the element's position */
};

static const json_t *elements(const struct line_file *file)
{
    return json_object_get(config_yaml_value(file->yaml), file->array);
}

static const json_t *lines_of(const struct line_file *file, size_t element)
{
    return json_object_get(json_array_get(elements(file), element), "says");
}

static size_t count_lines(const struct line_file *file)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(elements(file)); i++)
        count += json_array_size(lines_of(file, i));
    return count;
}

/* --- Lines --- */

/* Where a line stands: the line's number in the set is turned into its place in the file. */
static void tell(struct loader *loader, const struct line_file *file, const struct error *err)
{
    char pointer[LOADER_POINTER_SIZE];
    const struct problem *problem = &err->problems[0];
    size_t line = (size_t)strtoul(problem->pointer, NULL, 10);
    size_t element = 0;
    while (line >= json_array_size(lines_of(file, element)))
        line -= json_array_size(lines_of(file, element++));
    (void)snprintf(pointer, sizeof pointer, "/%s/%zu/says/%zu", file->array, element, line);
    loader_problem(loader, file->yaml, pointer, problem->code,
                   ERROR_ARGUMENTS(problem->argument[0]));
}

static void fill_lines(struct loader *loader, const struct line_file *file,
                       struct phrase_line *lines, uint16_t *owners)
{
    size_t line = 0;
    for (size_t i = 0; i < json_array_size(elements(file)); i++) {
        int64_t near = 0;
        const json_t *said = json_object_get(json_array_get(elements(file), i), "near");
        if (said != NULL && !json_to_int64(said, &near))
            near = 0;
        for (size_t k = 0; k < json_array_size(lines_of(file, i)); k++) {
            owners[line] = (uint16_t)i;
            lines[line++] = (struct phrase_line){
                loader_str(loader, json_array_get(lines_of(file, i), k)), (unsigned)near};
        }
    }
}

static void read_lines(struct loader *loader, struct line_file *file)
{
    struct error err = {0};
    const struct word_groups *groups = loader->knowledge->understanding.groups;
    const size_t count = count_lines(file);
    struct phrase_line *lines = loader_array(loader, count, sizeof *lines);
    uint16_t *owners = loader_array(loader, count, sizeof *owners);
    if (groups == NULL || lines == NULL || owners == NULL)
        return;
    fill_lines(loader, file, lines, owners);
    if (loader->out_of_memory)
        return;
    file->owner_of_line = owners;
    file->set = phrase_set_new(groups, lines, count, loader->knowledge->arena, &err);
    if (file->set == NULL && err.code == ERROR_MEMORY)
        loader->out_of_memory = true;
    else if (file->set == NULL)
        tell(loader, file, &err);
}

/* --- Dangers --- */

static void read_danger(struct loader *loader, const struct line_file *file, size_t index,
                        struct danger *danger)
{
    char pointer[LOADER_POINTER_SIZE];
    const json_t *object = json_array_get(elements(file), index);
    const json_t *numbers = json_object_get(object, "crisis_lines");
    uint16_t *lines = loader_array(loader, json_array_size(numbers), sizeof *lines);
    danger->key = loader_member(loader, object, "key");
    (void)snprintf(pointer, sizeof pointer, "/dangers/%zu/situation", index);
    danger->situation =
        loader_resolve(loader, file->yaml, pointer, &loader_situation,
                       json_member_str(object, "situation"), loader->situations_whole);
    for (size_t i = 0; lines != NULL && i < json_array_size(numbers); i++) {
        (void)snprintf(pointer, sizeof pointer, "/dangers/%zu/crisis_lines/%zu", index, i);
        const int line =
            loader_resolve(loader, file->yaml, pointer, &loader_crisis_line,
                           json_str(json_array_get(numbers, i)), loader->crisis_lines_whole);
        if (line != KNOWLEDGE_NONE)
            lines[danger->crisis_line_count++] = (uint16_t)line;
    }
    danger->crisis_lines = lines;
    (void)snprintf(pointer, sizeof pointer, "/dangers/%zu/key", index);
    (void)loader_claim(loader, file->yaml, pointer, "danger", danger->key);
}

static void read_dangers(struct loader *loader)
{
    struct understanding *understanding = &loader->knowledge->understanding;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, "understanding/danger.yaml", "danger");
    struct line_file file = {.yaml = yaml, .array = "dangers"};
    if (yaml == NULL)
        return;
    read_lines(loader, &file);
    const size_t count = json_array_size(elements(&file));
    struct danger *dangers = loader_array(loader, count, sizeof *dangers);
    for (size_t i = 0; dangers != NULL && i < count; i++)
        read_danger(loader, &file, i, &dangers[i]);
    understanding->dangers = dangers;
    understanding->danger_count = dangers == NULL ? 0 : count;
    understanding->danger_lines = file.set;
    understanding->danger_of_line = file.owner_of_line;
}

/* --- Denials --- */

static void read_denials(struct loader *loader)
{
    char pointer[LOADER_POINTER_SIZE];
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, "understanding/denials.yaml", "denials");
    struct line_file file = {.yaml = yaml, .array = "denials"};
    if (yaml == NULL)
        return;
    read_lines(loader, &file);
    for (size_t i = 0; i < json_array_size(elements(&file)); i++) {
        (void)snprintf(pointer, sizeof pointer, "/denials/%zu/key", i);
        (void)loader_claim(loader, yaml, pointer, "denial",
                           json_member_str(json_array_get(elements(&file), i), "key"));
    }
    loader->knowledge->understanding.denial_lines = file.set;
}

/* --- People --- */

static void read_hint(struct loader *loader, const struct line_file *file, size_t index,
                      struct person_hint *hint)
{
    char pointer[LOADER_POINTER_SIZE];
    const json_t *object = json_array_get(elements(file), index);
    const json_t *groups = json_object_get(object, "target_groups");
    hint->says_sex = json_object_get(object, "sex") != NULL;
    hint->female = str_equal_z(json_member_str(object, "sex"), "female");
    hint->with_children = json_is_true(json_object_get(object, "with_children"));
    hint->number_is_age = json_is_true(json_object_get(object, "age"));
    for (size_t i = 0; i < json_array_size(groups); i++) {
        (void)snprintf(pointer, sizeof pointer, "/hints/%zu/target_groups/%zu", index, i);
        const int group =
            loader_resolve(loader, file->yaml, pointer, &loader_target_group,
                           json_str(json_array_get(groups, i)), loader->target_groups_whole);
        if (group != KNOWLEDGE_NONE)
            hint->target_groups |= UINT64_C(1) << group;
    }
}

static void read_people(struct loader *loader)
{
    struct understanding *understanding = &loader->knowledge->understanding;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, "understanding/people.yaml", "people");
    struct line_file file = {.yaml = yaml, .array = "hints"};
    if (yaml == NULL)
        return;
    read_lines(loader, &file);
    const size_t count = json_array_size(elements(&file));
    struct person_hint *hints = loader_array(loader, count, sizeof *hints);
    for (size_t i = 0; hints != NULL && i < count; i++)
        read_hint(loader, &file, i, &hints[i]);
    understanding->hints = hints;
    understanding->hint_count = hints == NULL ? 0 : count;
    understanding->people_lines = file.set;
    understanding->hint_of_line = file.owner_of_line;
}

/* --- The words of all of them --- */

/* Adds words of the lines to what can be corrected to, and notes when there is no memory for one. */
static void take_word(void *context, struct str word)
{
    struct loader *loader = context;
    loader->out_of_memory =
        loader->out_of_memory || !vocabulary_add(loader->knowledge->understanding.vocabulary, word);
}

void loader_read_lines(struct loader *loader)
{
    const struct understanding *understanding = &loader->knowledge->understanding;
    read_dangers(loader);
    read_denials(loader);
    read_people(loader);
    if (understanding->groups != NULL)
        word_groups_words(understanding->groups, take_word, loader);
    if (understanding->danger_lines != NULL)
        phrase_set_words(understanding->danger_lines, take_word, loader);
    if (understanding->denial_lines != NULL)
        phrase_set_words(understanding->denial_lines, take_word, loader);
    if (understanding->people_lines != NULL)
        phrase_set_words(understanding->people_lines, take_word, loader);
    if (understanding->vocabulary != NULL && !loader->out_of_memory)
        loader->out_of_memory = !vocabulary_finish(understanding->vocabulary);
}
