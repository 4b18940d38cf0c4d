/* SPDX-License-Identifier: EUPL-1.2 */
#include "memory_internal.h"
#include "schema_internal.h"
#include "sociopoint/json/value.h"

enum { NUMBER_MAXIMUM = 32 };

#define VALUES_TEXT "100"

static json_t *refuse(struct error *err, const char *code, const char *name, const char *argument)
{
    (void)error_set_with(err, ERROR_INVALID, code, name, ERROR_ARGUMENTS(argument));
    return NULL;
}

static bool is_number_text(struct str text)
{
    if (text.length == 0 || text.length > NUMBER_MAXIMUM)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("0123456789+-.eE", text.data[i]) == NULL || text.data[i] == '\0')
            return false;
    }
    return true;
}

/* NULL when the text is none of the scalars among the types but a string. */
static json_t *scalar_of(unsigned types, struct str text)
{
    if ((types & TYPE_BOOLEAN) != 0 && str_equal(text, STR("true")))
        return json_true();
    if ((types & TYPE_BOOLEAN) != 0 && str_equal(text, STR("false")))
        return json_false();
    if ((types & TYPE_INTEGER) == 0 || !is_number_text(text))
        return NULL;
    json_t *number = json_loadb(text.data, text.length, JSON_DECODE_ANY, NULL);
    if (json_is_integer(number) || (json_is_real(number) && (types & TYPE_NUMBER) != 0))
        return number;
    json_decref(number);
    return NULL;
}

static bool is_clean(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return false;
    }
    return str_is_utf8(text);
}

static json_t *value_of(const struct node *node, const char *name, struct str text,
                        struct error *err)
{
    unsigned types = node == NULL ? TYPE_STRING : schema_node_types(node);
    char expected[PROBLEM_ARGUMENT_SIZE];

    if (!is_clean(text))
        return refuse(err, "schema-parameter-text", name, NULL);
    memory_watch();
    json_t *value = scalar_of(types, text);
    if (value == NULL && (types & TYPE_STRING) != 0)
        value = json_stringn(str_present(text) ? text.data : "", text.length);
    if (memory_failed()) {
        json_decref(value);
        (void)error_set(err, ERROR_MEMORY, "json-memory", name); /* NULL says it */
        return NULL;
    }
    return value != NULL ? value
                         : refuse(err, "schema-type", name, schema_types_text(types, expected));
}

/* The schema of an array's elements, also behind references and in the parts of allOf; NULL: none. */
static const struct node *element_node(const struct node *node)
{
    if (node->child[CHILD_ITEMS] != NULL)
        return node->child[CHILD_ITEMS];
    const struct node *found = node->reference == NULL ? NULL : element_node(node->reference);
    for (size_t i = 0; i < node->list[LIST_ALL_OF].count && found == NULL; i++)
        found = element_node(node->list[LIST_ALL_OF].nodes[i]);
    return found;
}

static json_t *array_of(const struct node *element, const char *name, const struct str *texts,
                        size_t count, struct error *err)
{
    json_t *array CLEANUP(json_decrefp) = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *value = value_of(element, name, texts[i], err);
        if (value == NULL)
            return NULL;
        if (json_array_append_new(array, value) != 0) {
            (void)error_set(err, ERROR_MEMORY, "json-memory", name); /* NULL says it */
            return NULL;
        }
    }
    return json_incref(array);
}

json_t *json_from_parameter(const struct json_schema *schema, const char *name,
                            const struct str *texts, size_t count, struct error *err)
{
    unsigned types = schema_node_types(schema->root);

    if (count > JSON_SCHEMA_PARAMETER_VALUES)
        return refuse(err, "schema-parameter-values", name, VALUES_TEXT);
    if (types == TYPE_ARRAY)
        return array_of(element_node(schema->root), name, texts, count, err);
    if (count != 1)
        return refuse(err, "schema-parameter-repeated", name, NULL);
    return value_of(schema->root, name, texts[0], err);
}
