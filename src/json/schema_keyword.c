/* SPDX-License-Identifier: EUPL-1.2 */
#include "schema_compile_internal.h"
#include "sociopoint/json/value.h"

enum { ALLOWED_TEXT_SIZE = PROBLEM_ARGUMENT_SIZE };

struct keyword;

/* Where a keyword stands. */
struct place {
    const struct keyword *keyword;
    struct node *node;
    const char *location;
};

/* What a keyword's value must be, and where it goes. False: the value is not of that kind. */
struct keyword {
    const char *name;
    bool (*compile)(struct compiler *compiler, const struct place *place, const json_t *value);
    size_t slot; /* of the node_* enumeration the function uses */
};

static bool annotation(struct compiler *compiler, const struct place *place, const json_t *value)
{
    (void)compiler; /* nothing is said about the value */
    (void)place;
    (void)value;
    return true;
}

static bool compile_dialect(struct compiler *compiler, const struct place *place,
                            const json_t *value)
{
    struct str name = json_str(value);

    if (!str_equal(name, STR("https://json-schema.org/draft/2020-12/schema")) &&
        !str_equal(name, STR("https://spec.openapis.org/oas/3.1/dialect/base")))
        (void)compile_problem(compiler, "schema-dialect-unsupported", place->location, name);
    return json_is_string(value);
}

static bool compile_id(struct compiler *compiler, const struct place *place, const json_t *value)
{
    if (place->node->source != compiler->schema->document)
        (void)compile_problem(compiler, "schema-id-nested", place->location, json_str(value));
    return json_is_string(value);
}

static bool compile_anchor(struct compiler *compiler, const struct place *place,
                           const json_t *value)
{
    (void)compiler; /* references look for it */
    (void)place;
    return json_is_string(value);
}

static bool compile_ref(struct compiler *compiler, const struct place *place, const json_t *value)
{
    if (!json_is_string(value))
        return false;
    compile_reference(compiler, place->node, json_str(value));
    return true;
}

static bool compile_type(struct compiler *compiler, const struct place *place, const json_t *value)
{
    size_t count = json_is_array(value) ? json_array_size(value) : 1;

    (void)compiler; /* nothing is allocated */
    place->node->types = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *name = json_is_array(value) ? json_array_get(value, i) : value;
        unsigned types = schema_type_named(json_str(name));
        if (types == 0)
            return false;
        place->node->types |= types;
    }
    return count > 0;
}

/* The values as text for a problem, in the arena; where they do not fit, the rest is "...". */
static const char *allowed_text(struct compiler *compiler, const json_t *values)
{
    char text[ALLOWED_TEXT_SIZE] = "";
    size_t length = 0;

    for (size_t i = 0; i < json_array_size(values); i++) {
        char *each = json_dumps(json_array_get(values, i), JSON_ENCODE_ANY | JSON_COMPACT);
        if (each == NULL)
            (void)compile_memory(compiler); /* noted in the compiler */
        size_t size = each == NULL ? sizeof text : strlen(each);
        bool fits = length + size + sizeof ", ..." <= sizeof text;
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
                                   length > 0 ? ", " : "", each != NULL && fits ? each : "...");
        free(each);
        if (!fits)
            break;
    }
    const char *copy = arena_copy(compiler->schema->arena, str_from(text)).data;
    if (copy == NULL)
        (void)compile_memory(compiler); /* noted in the compiler */
    return copy;
}

static bool compile_enum(struct compiler *compiler, const struct place *place, const json_t *value)
{
    if (!json_is_array(value))
        return false;
    place->node->enumeration = value;
    if (place->node->constant == NULL)
        place->node->allowed = allowed_text(compiler, value);
    return true;
}

static bool compile_const(struct compiler *compiler, const struct place *place, const json_t *value)
{
    json_t *one CLEANUP(json_decrefp) = json_pack("[O]", value);

    if (one == NULL)
        (void)compile_memory(compiler); /* noted in the compiler */
    place->node->constant = value;
    place->node->allowed = allowed_text(compiler, one);
    return true;
}

static bool compile_count(struct compiler *compiler, const struct place *place, const json_t *value)
{
    int64_t count;

    (void)compiler; /* nothing is allocated */
    if (!json_to_int64(value, &count) || count < 0)
        return false;
    place->node->count[place->keyword->slot] = (size_t)count;
    return true;
}

static bool compile_bound(struct compiler *compiler, const struct place *place, const json_t *value)
{
    (void)compiler; /* nothing is allocated */
    if (!json_is_number(value))
        return false;
    place->node->bound[place->keyword->slot] = value;
    return place->keyword->slot != BOUND_MULTIPLE_OF || json_number_value(value) > 0;
}

static const struct pattern *own_pattern(struct compiler *compiler, struct str source,
                                         const char *location)
{
    struct owned_pattern *owned = arena_alloc(compiler->schema->arena, sizeof *owned);
    bool malformed;

    if (owned == NULL) {
        (void)compile_memory(compiler); /* NULL says it */
        return NULL;
    }
    owned->pattern = pattern_new(source, &malformed);
    owned->next = compiler->schema->patterns;
    compiler->schema->patterns = owned;
    if (malformed)
        (void)compile_problem(compiler, "schema-pattern-malformed", location, source);
    else if (owned->pattern == NULL)
        (void)compile_memory(compiler); /* NULL says it */
    return owned->pattern;
}

static bool compile_pattern(struct compiler *compiler, const struct place *place,
                            const json_t *value)
{
    if (!json_is_string(value))
        return false;
    place->node->pattern = own_pattern(compiler, json_str(value), place->location);
    place->node->pattern_text = json_string_value(value);
    return true;
}

static bool compile_format(struct compiler *compiler, const struct place *place,
                           const json_t *value)
{
    if (!json_is_string(value))
        return false;
    if (compiler->options.formats == JSON_SCHEMA_FORMATS_IGNORED)
        return true;
    place->node->format = format_find(json_str(value));
    if (place->node->format == NULL)
        (void)compile_problem(compiler, "schema-format-unsupported", place->location,
                              json_str(value));
    return true;
}

static bool compile_unique(struct compiler *compiler, const struct place *place,
                           const json_t *value)
{
    (void)compiler; /* nothing is allocated */
    place->node->unique = json_is_true(value);
    return json_is_boolean(value);
}

static bool all_strings(const json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!json_is_string(json_array_get(value, i)))
            return false;
    }
    return json_is_array(value);
}

static bool compile_required(struct compiler *compiler, const struct place *place,
                             const json_t *value)
{
    (void)compiler; /* nothing is allocated */
    place->node->required = value;
    return all_strings(value);
}

static bool compile_dependent_required(struct compiler *compiler, const struct place *place,
                                       const json_t *value)
{
    const char *name;
    json_t *names;

    (void)compiler; /* nothing is allocated */
    json_object_foreach((json_t *)value, name, names)
    {
        if (!all_strings(names))
            return false;
    }
    place->node->dependent_required = value;
    return json_is_object(value);
}

static bool compile_child(struct compiler *compiler, const struct place *place, const json_t *value)
{
    place->node->child[place->keyword->slot] = compile_node(compiler, value, place->location);
    return true;
}

static bool compile_list(struct compiler *compiler, const struct place *place, const json_t *value)
{
    struct node_array *list = &place->node->list[place->keyword->slot];
    size_t count = json_array_size(value);
    char index[24];

    if (count == 0)
        return false;
    list->nodes = arena_array(compiler->schema->arena, count, sizeof *list->nodes);
    if (list->nodes == NULL) {
        (void)compile_memory(compiler); /* noted in the compiler */
        return true;
    }
    for (list->count = 0; list->count < count; list->count++) {
        (void)snprintf(index, sizeof index, "%zu", list->count);
        list->nodes[list->count] =
            compile_node(compiler, json_array_get(value, list->count),
                         compile_location(compiler, place->location, str_from(index)));
    }
    return true;
}

static int compare_names(const void *left, const void *right)
{
    const struct named_node *a = left;
    const struct named_node *b = right;
    return str_compare(a->name, b->name);
}

static bool compile_map(struct compiler *compiler, const struct place *place, const json_t *value)
{
    struct named_nodes *map = &place->node->map[place->keyword->slot];
    size_t count = json_object_size(value);
    const char *key;
    size_t length;
    json_t *member;

    if (count == 0)
        return json_is_object(value);
    map->members = arena_array(compiler->schema->arena, count, sizeof *map->members);
    if (map->members == NULL) {
        (void)compile_memory(compiler); /* noted in the compiler */
        return true;
    }
    json_object_keylen_foreach((json_t *)value, key, length, member)
    {
        struct named_node *each = &map->members[map->count++];
        each->name = (struct str){key, length};
        const char *location = compile_location(compiler, place->location, each->name);
        each->node = compile_node(compiler, member, location);
        if (place->keyword->slot == MAP_PATTERN_PROPERTIES)
            each->pattern = own_pattern(compiler, each->name, location);
    }
    qsort(map->members, map->count, sizeof *map->members, compare_names);
    return true;
}

/* Definitions are compiled even when nothing refers to them, so that a mistake in them is seen. */
static bool compile_definitions(struct compiler *compiler, const struct place *place,
                                const json_t *value)
{
    const char *key;
    size_t length;
    json_t *member;

    json_object_keylen_foreach((json_t *)value, key, length, member)
    {
        struct str name = {key, length};
        (void)compile_node(compiler, member, compile_location(compiler, place->location, name));
    }
    return json_is_object(value);
}

static const struct keyword keywords[] = {
    {"$anchor", compile_anchor, 0},
    {"$comment", annotation, 0},
    {"$defs", compile_definitions, 0},
    {"$id", compile_id, 0},
    {"$ref", compile_ref, 0},
    {"$schema", compile_dialect, 0},
    {"additionalProperties", compile_child, CHILD_ADDITIONAL_PROPERTIES},
    {"allOf", compile_list, LIST_ALL_OF},
    {"anyOf", compile_list, LIST_ANY_OF},
    {"const", compile_const, 0},
    {"contains", compile_child, CHILD_CONTAINS},
    {"default", annotation, 0},
    {"dependentRequired", compile_dependent_required, 0},
    {"dependentSchemas", compile_map, MAP_DEPENDENT_SCHEMAS},
    {"deprecated", annotation, 0},
    {"description", annotation, 0},
    {"discriminator", annotation, 0},
    {"else", compile_child, CHILD_ELSE},
    {"enum", compile_enum, 0},
    {"example", annotation, 0},
    {"examples", annotation, 0},
    {"exclusiveMaximum", compile_bound, BOUND_EXCLUSIVE_MAXIMUM},
    {"exclusiveMinimum", compile_bound, BOUND_EXCLUSIVE_MINIMUM},
    {"externalDocs", annotation, 0},
    {"format", compile_format, 0},
    {"if", compile_child, CHILD_IF},
    {"items", compile_child, CHILD_ITEMS},
    {"maxContains", compile_count, COUNT_MAX_CONTAINS},
    {"maxItems", compile_count, COUNT_MAX_ITEMS},
    {"maxLength", compile_count, COUNT_MAX_LENGTH},
    {"maxProperties", compile_count, COUNT_MAX_PROPERTIES},
    {"maximum", compile_bound, BOUND_MAXIMUM},
    {"minContains", compile_count, COUNT_MIN_CONTAINS},
    {"minItems", compile_count, COUNT_MIN_ITEMS},
    {"minLength", compile_count, COUNT_MIN_LENGTH},
    {"minProperties", compile_count, COUNT_MIN_PROPERTIES},
    {"minimum", compile_bound, BOUND_MINIMUM},
    {"multipleOf", compile_bound, BOUND_MULTIPLE_OF},
    {"not", compile_child, CHILD_NOT},
    {"oneOf", compile_list, LIST_ONE_OF},
    {"pattern", compile_pattern, 0},
    {"patternProperties", compile_map, MAP_PATTERN_PROPERTIES},
    {"prefixItems", compile_list, LIST_PREFIX_ITEMS},
    {"properties", compile_map, MAP_PROPERTIES},
    {"propertyNames", compile_child, CHILD_PROPERTY_NAMES},
    {"readOnly", annotation, 0},
    {"required", compile_required, 0},
    {"then", compile_child, CHILD_THEN},
    {"title", annotation, 0},
    {"type", compile_type, 0},
    {"uniqueItems", compile_unique, 0},
    {"writeOnly", annotation, 0},
    {"xml", annotation, 0},
};

static const struct keyword *find_keyword(struct str name)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (str_equal_z(name, keywords[i].name))
            return &keywords[i];
    }
    return NULL;
}

void compile_keyword(struct compiler *compiler, struct node *node, struct str name,
                     const json_t *value)
{
    if (compiler->out_of_memory || str_starts_with(name, STR("x-")))
        return;
    const struct keyword *keyword = find_keyword(name);
    struct place place = {keyword, node, compile_location(compiler, node->location, name)};
    if (keyword == NULL)
        (void)compile_problem(compiler, "schema-keyword-unsupported", place.location, name);
    else if (!keyword->compile(compiler, &place, value))
        (void)compile_problem(compiler, "schema-keyword-malformed", place.location, name);
}
