/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"

enum { NUMBER_BYTES = 16, NAMES_BYTES = 512, NAMES_MAXIMUM = 5 };

struct match_argument argument_plain(struct str text)
{
    return (struct match_argument){.plain = text};
}

struct match_argument argument_translated(const struct translated *name)
{
    return (struct match_argument){.translated = name};
}

struct match_argument argument_code(const char *text_code)
{
    return (struct match_argument){.text_code = text_code};
}

struct match_argument argument_number(int number, struct arena *arena)
{
    struct builder text;
    builder_init(&text, arena, NUMBER_BYTES);
    builder_append_int(&text, number);
    if (builder_failed(&text))
        return (struct match_argument){0};
    return argument_plain(builder_view(&text));
}

bool argument_present(const struct match_argument *argument)
{
    return str_present(argument->plain) || argument->translated != NULL ||
           argument->text_code != NULL;
}

void name_list_init(struct name_list *list, struct arena *arena)
{
    *list = (struct name_list){0};
    builder_init(&list->text, arena, NAMES_BYTES);
}

void name_list_add(struct name_list *list, struct str name)
{
    list->count++;
    if (list->count == NAMES_MAXIMUM + 1)
        builder_append_z(&list->text, " …");
    if (list->count > NAMES_MAXIMUM)
        return;
    if (list->count > 1)
        builder_append_z(&list->text, ", ");
    builder_append(&list->text, name);
}

struct match_argument name_list_argument(const struct name_list *list)
{
    if (builder_failed(&list->text) || list->count == 0)
        return (struct match_argument){0};
    return argument_plain(builder_view(&list->text));
}

struct str match_argument_text(const struct match_argument *argument, const struct texts *texts,
                               enum language language)
{
    if (str_present(argument->plain))
        return argument->plain;
    if (argument->translated != NULL)
        return argument->translated->in[language];
    if (argument->text_code != NULL)
        return texts_find(texts, language, argument->text_code);
    return (struct str){NULL, 0};
}

void match_sentence_append_escaped(const struct texts *texts, enum language language,
                                   const char *code,
                                   const struct match_argument arguments[MATCH_ARGUMENTS],
                                   struct builder *out)
{
    struct str words[MATCH_ARGUMENTS];
    for (int i = 0; i < MATCH_ARGUMENTS; i++)
        words[i] = match_argument_text(&arguments[i], texts, language);
    texts_append_escaped(texts, language, str_from(code), words, out);
}

const char *match_freshness_key(enum match_freshness freshness)
{
    static const char *const keys[] = {[FRESHNESS_UNCONFIRMED] = "unconfirmed",
                                       [FRESHNESS_CONFIRMED] = "confirmed",
                                       [FRESHNESS_OVERDUE] = "overdue"};
    return keys[freshness];
}

const char *match_state_key(enum match_state state)
{
    static const char *const keys[] = {"met", "unknown", "failed"};
    return keys[state];
}
