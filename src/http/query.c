/* SPDX-License-Identifier: EUPL-1.2 */
#include "query_internal.h"

#include "sociopoint/http/uri.h"

static size_t count_items(struct str text)
{
    size_t items = text.length == 0 ? 0 : 1;
    for (size_t i = 0; i < text.length; i++)
        items += text.data[i] == '&' ? 1 : 0;
    return items;
}

static void note_malformed(struct query *query, struct str name)
{
    if (query->malformed_count < HTTP_REFUSAL_PARAMETERS)
        query->malformed[query->malformed_count++] = name;
}

static const char *parse_item(struct str item, struct arena *arena, struct query *query)
{
    struct str name = item;
    struct str value = STR("");
    (void)str_cut(item, '=', &name,
                  &value); /* without '=' the item is a name with an empty value */
    if (name.length == 0 || query->count == QUERY_PARAMETERS_MAXIMUM)
        return "query-malformed";
    struct http_field *field = &query->fields[query->count];
    enum http_uri_result result = http_uri_decode(name, HTTP_URI_QUERY, arena, &field->name);
    if (result != HTTP_URI_DECODED)
        return result == HTTP_URI_MALFORMED ? "query-malformed" : "overloaded";
    result = http_uri_decode(value, HTTP_URI_QUERY, arena, &field->value);
    if (result == HTTP_URI_NO_MEMORY)
        return "overloaded";
    if (result == HTTP_URI_MALFORMED)
        note_malformed(query, field->name);
    else
        query->count++;
    return NULL;
}

const char *query_parse(struct str text, struct arena *arena, struct query *query)
{
    *query = (struct query){0};
    size_t items = count_items(text);
    if (items == 0)
        return NULL;
    if (items > QUERY_PARAMETERS_MAXIMUM)
        items = QUERY_PARAMETERS_MAXIMUM;
    query->fields = arena_array(arena, items, sizeof *query->fields);
    if (query->fields == NULL)
        return "overloaded";
    struct str rest = text;
    bool more = true;
    while (more) {
        struct str item = rest;
        more = str_cut(rest, '&', &item, &rest);
        if (item.length == 0)
            continue;
        const char *refusal = parse_item(item, arena, query);
        if (refusal != NULL)
            return refusal;
    }
    return query->malformed_count > 0 ? "parameter-malformed" : NULL;
}
