/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/config/loader.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader_internal.h"
#include "near_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/schema.h"
#include "sociopoint/json/value.h"
#include "source_internal.h"

enum { KNOWLEDGE_BYTES_MAXIMUM = 64 * 1024 * 1024 };

/* --- Files --- */

static struct json_schema *open_schema(struct loader *loader, const char *schema)
{
    char path[LOADER_PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/schema/%s.json", loader->directory, schema);
    return config_schema_open(path, path, &loader->problems);
}

static void add_hash(struct loader *loader, struct str bytes)
{
    loader->hash = str_hash_add(loader->hash, bytes);
}

/* A file counts with its name, so that a sentence that moves to another language is a change. */
static void add_file_hash(struct loader *loader, const char *file, const struct config_yaml *yaml)
{
    uint64_t hash = config_yaml_hash(yaml);
    add_hash(loader, (struct str){file, strlen(file) + 1});
    add_hash(loader, (struct str){(const char *)&hash, sizeof hash});
}

static struct config_yaml *open_file(struct loader *loader, const char *file,
                                     const struct json_schema *schema)
{
    char path[LOADER_PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/%s", loader->directory, file);
    struct config_yaml *yaml = config_source_open(path, path, schema, &loader->problems);
    if (yaml != NULL)
        add_file_hash(loader, file, yaml);
    return yaml;
}

struct config_yaml *loader_open(struct loader *loader, const char *file, const char *schema)
{
    struct json_schema *compiled CLEANUP(json_schema_freep) = open_schema(loader, schema);
    return compiled == NULL ? NULL : open_file(loader, file, compiled);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Takes one name of a folder; what is no YAML is told, lest a misspelt ending be overlooked. */
static void open_entry(struct loader *loader, const char *folder, const char *name,
                       const struct json_schema *schema, struct loader_files *files)
{
    char file[LOADER_PATH_SIZE];
    char path[2 * LOADER_PATH_SIZE];
    size_t length = strlen(name);
    size_t stem = length - strlen(".yaml");
    (void)snprintf(file, sizeof file, "%s/%s", folder, name);
    (void)snprintf(path, sizeof path, "%s/%s", loader->directory, file);
    if (length <= strlen(".yaml") || strcmp(name + stem, ".yaml") != 0 ||
        stem >= LOADER_POINTER_SIZE) {
        config_problems_add(&loader->problems, ERROR_INVALID, "config-file-unexpected", path,
                            ERROR_ARGUMENTS(NULL));
        return;
    }
    (void)str_copy_z((struct str){name, stem}, files->stem[files->count],
                     sizeof files->stem[files->count]);
    files->yaml[files->count] = open_file(loader, file, schema);
    files->whole = files->whole && files->yaml[files->count] != NULL;
    files->count++;
}

static void tell_folder(struct loader *loader, const char *path, int found)
{
    char maximum[16];
    (void)snprintf(maximum, sizeof maximum, "%d", LOADER_FILES_MAXIMUM);
    if (found < 0)
        config_problems_add(&loader->problems, ERROR_NOT_FOUND, "config-file-missing", path,
                            ERROR_ARGUMENTS(NULL));
    else
        config_problems_add(&loader->problems, ERROR_LIMIT, "config-limit", path,
                            ERROR_ARGUMENTS("file", maximum));
}

void loader_open_all(struct loader *loader, const char *folder, const char *schema,
                     struct loader_files *files)
{
    char path[LOADER_PATH_SIZE];
    struct dirent **entries = NULL;
    struct json_schema *compiled CLEANUP(json_schema_freep) = open_schema(loader, schema);
    memset(files, 0, sizeof *files);
    if (compiled == NULL)
        return;
    (void)snprintf(path, sizeof path, "%s/%s", loader->directory, folder);
    int found = scandir(path, &entries, is_visible, alphasort);
    files->whole = found >= 0 && found <= LOADER_FILES_MAXIMUM;
    if (!files->whole)
        tell_folder(loader, path, found);
    for (int i = 0; i < found; i++) {
        if (found <= LOADER_FILES_MAXIMUM)
            open_entry(loader, folder, entries[i]->d_name, compiled, files);
        free(entries[i]);
    }
    free(entries);
}

void loader_files_done(struct loader_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        config_yaml_free(files->yaml[i]);
}

/* --- Values --- */

void *loader_array(struct loader *loader, size_t count, size_t size)
{
    if (count == 0)
        return NULL;
    void *array = arena_array(loader->knowledge->arena, count, size);
    loader->out_of_memory = loader->out_of_memory || array == NULL;
    return array;
}

struct str loader_str(struct loader *loader, const json_t *value)
{
    struct str text = json_str(value);
    if (!str_present(text))
        return text;
    struct str copy = arena_copy(loader->knowledge->arena, text);
    loader->out_of_memory = loader->out_of_memory || !str_present(copy);
    return copy;
}

struct str loader_member(struct loader *loader, const json_t *object, const char *name)
{
    return loader_str(loader, json_object_get(object, name));
}

struct translated loader_translated(struct loader *loader, const json_t *value)
{
    struct translated text;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        text.in[i] = loader_member(loader, value, language_tag((enum language)i));
    return text;
}

const struct str *loader_strings(struct loader *loader, const json_t *array, size_t *count)
{
    struct str *strings = loader_array(loader, json_array_size(array), sizeof *strings);
    *count = strings == NULL ? 0 : json_array_size(array);
    for (size_t i = 0; i < *count; i++)
        strings[i] = loader_str(loader, json_array_get(array, i));
    return strings;
}

struct term loader_term(struct loader *loader, const json_t *object, const char *taxonomy)
{
    char path[LOADER_POINTER_SIZE];
    struct str key = loader_member(loader, object, "key");
    (void)snprintf(path, sizeof path, "%s/%.*s", taxonomy, STR_ARGUMENTS(key));
    return (struct term){
        .id = uuid_of_key("term", str_from(path)),
        .key = key,
        .name = loader_translated(loader, json_object_get(object, "name")),
        .description = loader_translated(loader, json_object_get(object, "description")),
    };
}

/* --- Problems --- */

void loader_problem(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                    const char *code, const char *const arguments[PROBLEM_ARGUMENTS])
{
    config_problems_add_at(&loader->problems, yaml, pointer, code, arguments);
}

bool loader_claim(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                  const char *what, struct str key)
{
    char name[LOADER_PATH_SIZE];
    char place[PROBLEM_ARGUMENT_SIZE];
    int line = 0;
    int column = 0;
    (void)snprintf(name, sizeof name, "%s %.*s", what, STR_ARGUMENTS(key));
    const json_t *first = json_object_get(loader->claims, name);
    if (first != NULL) {
        loader_problem(loader, yaml, pointer, "config-duplicate",
                       ERROR_ARGUMENTS(what, name + strlen(what) + 1, json_string_value(first)));
        return false;
    }
    config_yaml_position(yaml, pointer, &line, &column);
    (void)snprintf(place, sizeof place, "%s:%d", config_yaml_name(yaml), line);
    if (json_object_set_new(loader->claims, name, json_string(place)) != 0)
        loader->out_of_memory = true;
    return true;
}

void loader_unknown(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                    const char *what, struct str key, struct loader_keys known)
{
    char text[PROBLEM_ARGUMENT_SIZE];
    char near_text[PROBLEM_ARGUMENT_SIZE];
    struct config_near near = {.asked = key};
    for (size_t i = 0; str_present(known.key_at(known.context, i)); i++)
        config_near_offer(&near, known.key_at(known.context, i));
    loader_problem(loader, yaml, pointer, "config-reference-unknown",
                   ERROR_ARGUMENTS(what, str_copy_z(key, text, sizeof text),
                                   config_near_text(&near, near_text)));
}

/* --- All of it --- */

static void read_all(struct loader *loader)
{
    loader_read_terms(loader);
    loader_read_places(loader);
    loader_read_crisis_lines(loader);
    loader_read_situations(loader);
    loader_read_words(loader);
    loader_read_examples(loader);
    loader_read_lines(loader);
    loader_read_texts(loader);
    loader_read_points(loader);
}

static const struct knowledge *finish(struct loader *loader, struct error *err)
{
    if (loader->out_of_memory)
        (void)error_set(&loader->problems.error, ERROR_MEMORY, "config-memory", loader->directory);
    if (loader->problems.error.problem_count > 0) {
        *err = loader->problems.error;
        knowledge_release(loader->knowledge);
        return NULL;
    }
    (void)snprintf(loader->knowledge->hash, sizeof loader->knowledge->hash, "%016" PRIx64,
                   loader->hash);
    return loader->knowledge;
}

const struct knowledge *config_knowledge_load(const char *directory,
                                              const struct text_table *tables,
                                              const struct config_report *report, struct error *err)
{
    struct loader loader = {
        .directory = directory,
        .tables = tables,
        .problems.report = report,
        .knowledge = knowledge_new(KNOWLEDGE_BYTES_MAXIMUM),
        .claims = json_object(),
        .hash = str_hash((struct str){NULL, 0}),
    };
    if (loader.knowledge == NULL || loader.claims == NULL) {
        knowledge_release(loader.knowledge);
        json_decref(loader.claims);
        (void)error_set(err, ERROR_MEMORY, "config-memory", directory);
        return NULL;
    }
    read_all(&loader);
    json_decref(loader.claims);
    return finish(&loader, err);
}
