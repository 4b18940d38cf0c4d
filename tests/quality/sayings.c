/* SPDX-License-Identifier: EUPL-1.2 */
#include "quality/sayings.h"

#include "sociopoint/config/yaml.h"
#include "sociopoint/domain/language.h"
#include "sociopoint/json/value.h"

enum { PATH_SIZE = 1024 };

static const char *const languages[] = {"cs", "sk", "uk", "en"};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

/* COPY wants backslashes doubled; a tab or the end of a line within a saying is only a space. */
static void write_row(FILE *to, struct str situation, const char *language, struct str saying)
{
    if (str_empty(saying))
        return;
    (void)fprintf(to, "%.*s\t%s\t", STR_ARGUMENTS(situation), language);
    for (size_t i = 0; i < saying.length; i++) {
        const char c = saying.data[i];
        if (c == '\\')
            (void)fputc('\\', to);
        (void)fputc(c == '\t' || c == '\n' || c == '\r' ? ' ' : c, to);
    }
    (void)fputc('\n', to);
}

static void write_all(FILE *to, struct str situation, const char *language, const json_t *sayings)
{
    for (size_t i = 0; i < json_array_size(sayings); i++)
        write_row(to, situation, language, json_str(json_array_get(sayings, i)));
}

static void write_by_language(FILE *to, struct str situation, const json_t *sayings)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        write_all(to, situation, languages[i], json_object_get(sayings, languages[i]));
}

static void write_situation(FILE *to, const struct situation *situation)
{
    const struct term *term = &situation->term;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        write_row(to, term->key, language_tag((enum language)i), term->name.in[i]);
        write_row(to, term->key, language_tag((enum language)i), term->description.in[i]);
    }
    for (size_t i = 0; i < situation->synonym_count; i++)
        write_row(to, term->key, "cs", situation->synonyms[i]);
}

/* A story holds several situations and stands for each of them. */
static void write_story(FILE *to, const json_t *story)
{
    const json_t *keys = json_object_get(story, "situations");
    for (size_t i = 0; i < json_array_size(keys); i++)
        write_row(to, json_str(json_array_get(keys, i)), "cs", json_member_str(story, "says"));
}

static void write_file(FILE *to, const json_t *root)
{
    const json_t *examples = json_object_get(root, "examples");
    const json_t *stories = json_object_get(root, "stories");
    for (size_t i = 0; i < json_array_size(examples); i++) {
        const json_t *example = json_array_get(examples, i);
        write_by_language(to, json_member_str(example, "situation"), example);
    }
    for (size_t i = 0; i < json_array_size(stories); i++)
        write_story(to, json_array_get(stories, i));
    write_by_language(to, STR("none"), json_object_get(root, "out_of_scope"));
    write_by_language(to, STR("none"), json_object_get(root, "other"));
}

static bool write_path(FILE *to, const char *path, struct error *err)
{
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_read(path, path, CONFIG_YAML_DEPTH, err);
    if (yaml == NULL)
        return false;
    write_file(to, config_yaml_value(yaml));
    return true;
}

bool sayings_write(const struct knowledge *knowledge, const char *config, FILE *to,
                   struct error *err)
{
    char path[PATH_SIZE];
    for (size_t i = 0; i < knowledge->situation_count; i++)
        write_situation(to, &knowledge->situations[i]);
    for (size_t i = 0; i < knowledge->category_count; i++) {
        (void)snprintf(path, sizeof path, "%s/understanding/examples/%.*s.yaml", config,
                       STR_ARGUMENTS(knowledge->categories[i].term.key));
        if (!write_path(to, path, err))
            return false;
    }
    (void)snprintf(path, sizeof path, "%s/understanding/other.yaml", config);
    return write_path(to, path, err);
}
