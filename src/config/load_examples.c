/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people say of a situation, taken to a classifier and its vocabulary. The names of the
 * situations and their synonyms are examples, too.
 */
#include <stdio.h>

#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"
#include "sociopoint/text/classifier.h"
#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"

enum { TEACHING_BYTES_MAXIMUM = 256 * 1024 * 1024, EXAMPLES_FIRST = 1024 };

static const char *const languages[] = {"cs", "sk", "uk", "en"};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

/* The examples so far; they live in an arena that goes when everything has been learnt. */
struct teaching {
    struct loader *loader;
    struct arena *arena;
    struct classifier_example *examples;
    size_t count;
    size_t capacity;
};

/* --- One example --- */

static bool has_room(struct teaching *at)
{
    if (at->count < at->capacity)
        return true;
    const size_t capacity = at->capacity == 0 ? EXAMPLES_FIRST : 2 * at->capacity;
    struct classifier_example *examples = arena_array(at->arena, capacity, sizeof *examples);
    if (examples == NULL)
        return false;
    for (size_t i = 0; i < at->count; i++)
        examples[i] = at->examples[i];
    at->examples = examples;
    at->capacity = capacity;
    return true;
}

static bool add_words(struct teaching *at, const struct text_tokens *tokens)
{
    struct vocabulary *vocabulary = at->loader->knowledge->understanding.vocabulary;
    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind == TOKEN_WORD &&
            !vocabulary_add(vocabulary, tokens->items[i].word))
            return false;
    }
    return true;
}

/* The labels must outlive the teaching. */
static void add_example(struct teaching *at, struct str sentence, const uint16_t *labels,
                        size_t label_count)
{
    struct text_tokens tokens;
    struct error ignored;
    const bool read = has_room(at) && text_tokens_read(sentence, at->arena, &tokens, &ignored) &&
                      add_words(at, &tokens);
    at->loader->out_of_memory = at->loader->out_of_memory || !read;
    if (read)
        at->examples[at->count++] = (struct classifier_example){tokens, labels, label_count};
}

static void add_sentences(struct teaching *at, const json_t *sentences, const uint16_t *labels,
                          size_t label_count)
{
    for (size_t i = 0; i < json_array_size(sentences); i++)
        add_example(at, json_str(json_array_get(sentences, i)), labels, label_count);
}

/* Room for labels and the one that add_crisis() may add. */
static uint16_t *new_labels(struct teaching *at, size_t count)
{
    uint16_t *labels = arena_array(at->arena, count + 1, sizeof *labels);
    at->loader->out_of_memory = at->loader->out_of_memory || labels == NULL;
    return labels;
}

/* What is about one that is a crisis has a label for that, too; the count of all labels. */
static size_t add_crisis(const struct teaching *at, uint16_t *labels, size_t count)
{
    const struct knowledge *knowledge = at->loader->knowledge;
    bool crisis = false;
    for (size_t i = 0; i < count; i++)
        crisis = crisis || knowledge->situations[labels[i]].urgency == URGENCY_CRISIS;
    if (crisis)
        labels[count++] = (uint16_t)knowledge_label(knowledge, LABEL_CRISIS);
    return count;
}

/* --- A file --- */

static int situation_of(struct teaching *at, const struct config_yaml *yaml, const char *pointer,
                        const json_t *key)
{
    return loader_resolve(at->loader, yaml, pointer, &loader_situation, json_str(key),
                          at->loader->situations_whole);
}

static void read_examples_of_situation(struct teaching *at, const struct config_yaml *yaml,
                                       size_t index)
{
    char pointer[LOADER_POINTER_SIZE];
    const json_t *object =
        json_array_get(json_object_get(config_yaml_value(yaml), "examples"), index);
    (void)snprintf(pointer, sizeof pointer, "/examples/%zu/situation", index);
    const int situation = situation_of(at, yaml, pointer, json_object_get(object, "situation"));
    uint16_t *label = new_labels(at, 1);
    if (label == NULL || situation == KNOWLEDGE_NONE)
        return;
    *label = (uint16_t)situation;
    const size_t count = add_crisis(at, label, 1);
    for (size_t i = 0; i < LANGUAGES; i++)
        add_sentences(at, json_object_get(object, languages[i]), label, count);
}

static void read_story(struct teaching *at, const struct config_yaml *yaml, size_t index)
{
    char pointer[LOADER_POINTER_SIZE];
    const json_t *story =
        json_array_get(json_object_get(config_yaml_value(yaml), "stories"), index);
    const json_t *keys = json_object_get(story, "situations");
    uint16_t *labels = new_labels(at, json_array_size(keys));
    size_t count = 0;
    for (size_t i = 0; labels != NULL && i < json_array_size(keys); i++) {
        (void)snprintf(pointer, sizeof pointer, "/stories/%zu/situations/%zu", index, i);
        const int situation = situation_of(at, yaml, pointer, json_array_get(keys, i));
        if (situation != KNOWLEDGE_NONE)
            labels[count++] = (uint16_t)situation;
    }
    if (count > 0)
        add_example(at, json_str(json_object_get(story, "says")), labels,
                    add_crisis(at, labels, count));
}

static void add_others(struct teaching *at, const json_t *sentences)
{
    uint16_t *label = new_labels(at, 1);
    if (label == NULL)
        return;
    *label = (uint16_t)knowledge_label(at->loader->knowledge, LABEL_OTHER);
    for (size_t i = 0; i < LANGUAGES; i++)
        add_sentences(at, json_object_get(sentences, languages[i]), label, 1);
}

static void read_file(struct teaching *at, const struct config_yaml *yaml, const char *stem)
{
    const json_t *root = config_yaml_value(yaml);
    const struct str category = json_member_str(root, "category");
    char name[PROBLEM_ARGUMENT_SIZE];
    (void)loader_resolve(at->loader, yaml, "/category", &loader_category, category,
                         at->loader->categories_whole);
    if (!str_equal_z(category, stem)) {
        (void)snprintf(name, sizeof name, "%.*s.yaml", STR_ARGUMENTS(category));
        loader_problem(at->loader, yaml, "/category", "config-file-name", ERROR_ARGUMENTS(name));
    }
    for (size_t i = 0; i < json_array_size(json_object_get(root, "examples")); i++)
        read_examples_of_situation(at, yaml, i);
    for (size_t i = 0; i < json_array_size(json_object_get(root, "stories")); i++)
        read_story(at, yaml, i);
    add_others(at, json_object_get(root, "out_of_scope"));
}

/* --- All of it --- */

static void add_names(struct teaching *at)
{
    const struct knowledge *knowledge = at->loader->knowledge;
    for (size_t i = 0; i < knowledge->situation_count; i++) {
        const struct situation *situation = &knowledge->situations[i];
        uint16_t *label = new_labels(at, 1);
        if (label == NULL)
            return;
        *label = (uint16_t)i;
        const size_t count = add_crisis(at, label, 1);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            add_example(at, situation->term.name.in[language], label, count);
        for (size_t k = 0; k < situation->synonym_count; k++)
            add_example(at, situation->synonyms[k], label, count);
    }
}

static void learn(struct teaching *at)
{
    struct error failed;
    struct understanding *understanding = &at->loader->knowledge->understanding;
    if (at->loader->out_of_memory || understanding->groups == NULL)
        return;
    understanding->classifier =
        classifier_learn(understanding->groups, at->examples, at->count,
                         knowledge_label(at->loader->knowledge, LABELS_BESIDE), &failed);
    at->loader->out_of_memory = understanding->classifier == NULL;
}

static void read_others(struct teaching *at)
{
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(at->loader, "understanding/other.yaml", "other");
    if (yaml != NULL)
        add_others(at, json_object_get(config_yaml_value(yaml), "other"));
}

void loader_read_examples(struct loader *loader)
{
    struct loader_files files;
    struct arena *arena CLEANUP(arena_freep) = arena_new(TEACHING_BYTES_MAXIMUM);
    struct teaching at = {.loader = loader, .arena = arena};
    loader->knowledge->understanding.vocabulary = vocabulary_new(loader->knowledge->arena);
    if (arena == NULL || loader->knowledge->understanding.vocabulary == NULL) {
        loader->out_of_memory = true;
        return;
    }
    loader_open_all(loader, "understanding/examples", "examples", &files);
    add_names(&at);
    for (size_t i = 0; i < files.count; i++) {
        if (files.yaml[i] != NULL)
            read_file(&at, files.yaml[i], files.stem[i]);
    }
    loader_files_done(&files);
    read_others(&at);
    learn(&at);
}
