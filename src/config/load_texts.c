/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>

#include "loader_internal.h"
#include "near_internal.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/value.h"

enum { POINTER_SIZE = 2 * CONFIG_YAML_KEY_MAXIMUM + 2, PLACEHOLDER_LENGTH = 3 };

/* --- What the program can say --- */

static int compare_codes(const void *left, const void *right)
{
    const struct text_code *first = left;
    const struct text_code *second = right;
    return str_compare(str_from(first->code), str_from(second->code));
}

static size_t count_codes(const struct text_table *tables)
{
    size_t count = 0;
    for (const struct text_table *table = tables; table->codes != NULL; table++)
        count += table->count;
    return count;
}

/* The codes of all tables, sorted, each once. */
static struct text_code *collect_codes(struct loader *loader, size_t *count)
{
    struct text_code *codes = loader_array(loader, count_codes(loader->tables), sizeof *codes);
    *count = 0;
    if (codes == NULL)
        return NULL;
    size_t all = 0;
    for (const struct text_table *table = loader->tables; table->codes != NULL; table++) {
        for (size_t i = 0; i < table->count; i++)
            codes[all++] = table->codes[i];
    }
    qsort(codes, all, sizeof *codes, compare_codes);
    for (size_t i = 0; i < all; i++) {
        if (*count == 0 || compare_codes(&codes[*count - 1], &codes[i]) != 0)
            codes[(*count)++] = codes[i];
    }
    return codes;
}

struct known {
    const struct text_code *codes;
    size_t count;
};

static const struct text_code *find_code(const struct known *known, const char *code)
{
    struct text_code asked = {.code = code};
    return known->count == 0
               ? NULL
               : bsearch(&asked, known->codes, known->count, sizeof asked, compare_codes);
}

/* --- One file against it --- */

static void tell(struct loader *loader, const struct config_yaml *yaml, const char *code,
                 const char *problem, const char *const arguments[PROBLEM_ARGUMENTS])
{
    char pointer[POINTER_SIZE];
    (void)snprintf(pointer, sizeof pointer, "/%s", code); /* codes hold neither / nor ~ */
    loader_problem(loader, yaml, pointer, problem, arguments);
}

/* Every brace must begin a placeholder for which there is an argument. */
static void check_placeholders(struct loader *loader, const struct config_yaml *yaml,
                               const struct text_code *code, struct str sentence)
{
    for (size_t i = 0; i < sentence.length; i++) {
        char placeholder[PLACEHOLDER_LENGTH + 1] = "";
        char count[16];
        if (sentence.data[i] != '{' && sentence.data[i] != '}')
            continue;
        bool whole = sentence.data[i] == '{' && sentence.length - i >= PLACEHOLDER_LENGTH &&
                     sentence.data[i + 2] == '}';
        size_t length = whole ? PLACEHOLDER_LENGTH : 1;
        int number = whole ? sentence.data[i + 1] - '0' : -1;
        if (number < 0 || number >= code->arguments) {
            (void)str_copy_z((struct str){sentence.data + i, length}, placeholder,
                             sizeof placeholder);
            (void)snprintf(count, sizeof count, "%d", code->arguments);
            tell(loader, yaml, code->code, "config-text-placeholder",
                 ERROR_ARGUMENTS(placeholder, count));
        }
        i += length - 1;
    }
}

static void tell_surplus(struct loader *loader, const struct config_yaml *yaml,
                         const struct known *known, const char *code)
{
    char text[PROBLEM_ARGUMENT_SIZE];
    struct config_near near = {.asked = str_from(code)};
    for (size_t i = 0; i < known->count; i++)
        config_near_offer(&near, str_from(known->codes[i].code));
    tell(loader, yaml, code, "config-text-surplus",
         ERROR_ARGUMENTS(code, config_near_text(&near, text)));
}

static void check_file(struct loader *loader, const struct config_yaml *yaml,
                       const struct known *known)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_t *root = config_yaml_value(yaml);
    json_object_foreach(root, key, value)
    {
        const struct text_code *code = find_code(known, key);
        if (code == NULL)
            tell_surplus(loader, yaml, known, key);
        else
            check_placeholders(loader, yaml, code, json_str(value));
    }
    for (size_t i = 0; i < known->count; i++) {
        if (json_object_get(root, known->codes[i].code) == NULL)
            config_problems_add(&loader->problems, ERROR_INVALID, "config-text-missing",
                                config_yaml_name(yaml), ERROR_ARGUMENTS(known->codes[i].code));
    }
}

/* --- The sentences --- */

static void read_language(struct loader *loader, enum language language, const struct known *known,
                          struct text *texts)
{
    char file[LOADER_POINTER_SIZE];
    (void)snprintf(file, sizeof file, "text/%s.yaml", language_tag(language));
    struct config_yaml *yaml CLEANUP(config_yaml_freep) = loader_open(loader, file, "text");
    if (yaml == NULL)
        return;
    check_file(loader, yaml, known);
    for (size_t i = 0; texts != NULL && i < known->count; i++)
        texts[i].sentence.in[language] =
            loader_member(loader, config_yaml_value(yaml), known->codes[i].code);
}

void loader_read_texts(struct loader *loader)
{
    struct known known = {NULL, 0};
    known.codes = collect_codes(loader, &known.count);
    struct text *texts = loader_array(loader, known.count, sizeof *texts);
    for (size_t i = 0; texts != NULL && i < known.count; i++) {
        texts[i].code = arena_copy(loader->knowledge->arena, str_from(known.codes[i].code));
        loader->out_of_memory = loader->out_of_memory || !str_present(texts[i].code);
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        read_language(loader, (enum language)i, &known, texts);
    if (texts != NULL &&
        !texts_prepare(texts, known.count, loader->knowledge->arena, &loader->knowledge->texts))
        loader->out_of_memory = true;
}
