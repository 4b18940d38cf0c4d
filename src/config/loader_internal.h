/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One load of the folder config/: what its parts share.
 *
 * The parts run in the order in which they refer to each other: terms, places, situations, words,
 * examples and lines of what people say, texts, points. What a part cannot use (a file that is not
 * as its schema says) is absent, has been told, and makes the load fail at its end; references into
 * it are then not judged.
 */
#ifndef SOCIOPOINT_CONFIG_LOADER_INTERNAL_H
#define SOCIOPOINT_CONFIG_LOADER_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problems_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/knowledge.h"

struct config_yaml;
struct json_schema;
struct text_table;

enum {
    LOADER_FILES_MAXIMUM = 64, /* in one folder */
    LOADER_PATH_SIZE = 1024,
    LOADER_POINTER_SIZE = 128
};

struct loader {
    const char *directory;
    const struct text_table *tables;
    struct config_problems problems;
    struct knowledge *knowledge;
    json_t *claims; /* "<what> <key>" -> where it stands */
    uint64_t hash;  /* of the files so far */
    bool out_of_memory;

    /* Which parts are whole, so that a reference into them can be judged. */
    bool categories_whole;
    bool target_groups_whole;
    bool kinds_whole;
    bool municipalities_whole;
    bool crisis_lines_whole;
    bool situations_whole;
};

/* The files of one folder that end in .yaml, by name; NULL where a file could not be used. */
struct loader_files {
    struct config_yaml *yaml[LOADER_FILES_MAXIMUM];
    char stem[LOADER_FILES_MAXIMUM][LOADER_POINTER_SIZE]; /* the name without .yaml */
    size_t count;
    bool whole;
};

/* --- Files --- */

/* "<directory>/<file>", held against schema/<schema>.json; NULL when it cannot be used. */
struct config_yaml *loader_open(struct loader *loader, const char *file, const char *schema);
/* All files of "<directory>/<folder>"; to be released with loader_files_done. */
void loader_open_all(struct loader *loader, const char *folder, const char *schema,
                     struct loader_files *files);
void loader_files_done(struct loader_files *files);

/* --- Values: copied to the knowledge's arena; out of memory is noted --- */

/* NULL for 0 elements. */
void *loader_array(struct loader *loader, size_t count, size_t size);
/* A string value; absent when `value` is NULL. */
struct str loader_str(struct loader *loader, const json_t *value);
struct str loader_member(struct loader *loader, const json_t *object, const char *name);
/* {cs, en, uk}. */
struct translated loader_translated(struct loader *loader, const json_t *value);
/* The strings of an array, which may be NULL. */
const struct str *loader_strings(struct loader *loader, const json_t *array, size_t *count);
/* key, name and description, with the id of "<taxonomy>/<key>". */
struct term loader_term(struct loader *loader, const json_t *object, const char *taxonomy);

/* --- Problems --- */

void loader_problem(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                    const char *code, const char *const arguments[PROBLEM_ARGUMENTS]);
/* Whether `key` is the first `what` of its name; else the problem is told. */
bool loader_claim(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                  const char *what, struct str key);

/* Known keys: that of element `index`, absent behind the last. */
struct loader_keys {
    struct str (*key_at)(const void *context, size_t index);
    const void *context;
};
/* Tells that there is no `what` named `key`, with near ones among the known. */
void loader_unknown(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                    const char *what, struct str key, struct loader_keys known);

/* --- References --- */

/* Something that other files refer to: how it is found, and what is near when it is not. */
struct loader_reference {
    const char *what;
    int (*find)(const struct knowledge *knowledge, struct str key);
    struct str (*key_at)(const void *knowledge, size_t index);
};

extern const struct loader_reference loader_category;
extern const struct loader_reference loader_crisis_line; /* by number */
extern const struct loader_reference loader_section;     /* a kind, by section or key */
extern const struct loader_reference loader_situation;
extern const struct loader_reference loader_target_group;

/* The index that `key` means, or KNOWLEDGE_NONE; that is told when `judge`. */
int loader_resolve(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                   const struct loader_reference *reference, struct str key, bool judge);

/* --- The parts --- */

void loader_read_terms(struct loader *loader);
void loader_read_places(struct loader *loader);
void loader_read_crisis_lines(struct loader *loader);
void loader_read_situations(struct loader *loader);
void loader_read_words(struct loader *loader);
void loader_read_examples(struct loader *loader);
void loader_read_lines(struct loader *loader);
void loader_read_texts(struct loader *loader);
void loader_read_points(struct loader *loader);

#endif
