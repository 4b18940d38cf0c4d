/* SPDX-License-Identifier: EUPL-1.2 */
#include "schema_internal.h"

#include "value_internal.h"

static const struct {
    unsigned types;
    const char *name;
} type_names[] = {
    {TYPE_STRING, "string"},   {TYPE_INTEGER | TYPE_NUMBER, "number"},
    {TYPE_INTEGER, "integer"}, {TYPE_BOOLEAN, "boolean"},
    {TYPE_OBJECT, "object"},   {TYPE_ARRAY, "array"},
    {TYPE_NULL, "null"},
};

unsigned schema_type_named(struct str name)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if (str_equal_z(name, type_names[i].name))
            return type_names[i].types;
    }
    return 0;
}

unsigned schema_type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return TYPE_OBJECT;
    case JSON_ARRAY:
        return TYPE_ARRAY;
    case JSON_STRING:
        return TYPE_STRING;
    case JSON_INTEGER:
        return TYPE_INTEGER;
    case JSON_REAL:
        return json_number_is_integral(value) ? TYPE_INTEGER : TYPE_NUMBER;
    case JSON_NULL:
        return TYPE_NULL;
    default:
        return TYPE_BOOLEAN;
    }
}

char *schema_types_text(unsigned types, char text[PROBLEM_ARGUMENT_SIZE])
{
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if ((types & type_names[i].types) != type_names[i].types)
            continue;
        types &= ~type_names[i].types;
        length += (size_t)snprintf(text + length, PROBLEM_ARGUMENT_SIZE - length, "%s%s",
                                   length > 0 ? ", " : "", type_names[i].name);
    }
    return text;
}

static unsigned types_of_any(const struct node_array *alternatives)
{
    unsigned types = 0;

    for (size_t i = 0; i < alternatives->count; i++)
        types |= schema_node_types(alternatives->nodes[i]);
    return types;
}

unsigned schema_node_types(const struct node *node)
{
    unsigned types = node->refuses ? 0 : node->usual;

    if (node->reference != NULL)
        types &= schema_node_types(node->reference);
    for (size_t i = 0; i < node->list[LIST_ALL_OF].count; i++)
        types &= schema_node_types(node->list[LIST_ALL_OF].nodes[i]);
    if (node->list[LIST_ANY_OF].count > 0)
        types &= types_of_any(&node->list[LIST_ANY_OF]);
    if (node->list[LIST_ONE_OF].count > 0)
        types &= types_of_any(&node->list[LIST_ONE_OF]);
    return types;
}

const struct node *schema_named(const struct named_nodes *map, struct str name)
{
    size_t low = 0;
    size_t high = map->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, map->members[middle].name);
        if (order == 0)
            return map->members[middle].node;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool schema_value_allowed(const struct node *node, const json_t *value)
{
    if (node->constant != NULL && !json_value_equal(node->constant, value))
        return false;
    if (node->enumeration == NULL)
        return true;
    for (size_t i = 0; i < json_array_size(node->enumeration); i++) {
        if (json_value_equal(json_array_get(node->enumeration, i), value))
            return true;
    }
    return false;
}
