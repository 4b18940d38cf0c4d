/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <sys/random.h>

#include "schema_compile_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/json/pointer.h"
#include "sociopoint/json/value.h"

/* What a node's counts are when no keyword says otherwise. */
#define USUAL_COUNTS                                                                               \
    {                                                                                              \
        [COUNT_MAX_LENGTH] = SIZE_MAX, [COUNT_MAX_ITEMS] = SIZE_MAX,                               \
        [COUNT_MAX_PROPERTIES] = SIZE_MAX, [COUNT_MIN_CONTAINS] = 1,                               \
        [COUNT_MAX_CONTAINS] = SIZE_MAX                                                            \
    }

/* The boolean schemas; `true` is also what every other node starts as. */
static const struct node accepts_all = {
    .types = TYPE_ANY, .usual = TYPE_ANY, .location = "", .count = USUAL_COUNTS};
static const struct node refuses_all = {
    .types = TYPE_ANY, .location = "", .refuses = true, .count = USUAL_COUNTS};

bool compile_problem(struct compiler *compiler, const char *code, const char *location,
                     struct str argument)
{
    char text[PROBLEM_ARGUMENT_SIZE];
    const char *const *arguments = ERROR_ARGUMENTS(str_copy_z(argument, text, sizeof text));
    bool first = !compiler->failed;

    if (compiler->out_of_memory)
        return false; /* what looks wrong from here on may only be missing */
    compiler->failed = true;
    if (first)
        return error_set_with(compiler->err, ERROR_INVALID, code, location, arguments);
    return error_add(compiler->err, ERROR_INVALID, code, location, arguments);
}

bool compile_memory(struct compiler *compiler)
{
    compiler->failed = true;
    compiler->out_of_memory = true;
    return error_set(compiler->err, ERROR_MEMORY, "json-memory", "");
}

const char *compile_location(struct compiler *compiler, const char *parent, struct str name)
{
    struct builder location CLEANUP(builder_done) = {.failed = true};

    builder_init(&location, NULL, COMPILE_LOCATION_MAXIMUM);
    builder_append_z(&location, parent);
    json_pointer_append(&location, name);
    const char *copy = builder_failed(&location)
                           ? NULL
                           : arena_copy(compiler->schema->arena, builder_view(&location)).data;
    if (copy == NULL)
        (void)compile_memory(compiler); /* the caller goes on with something harmless */
    return copy != NULL ? copy : "";
}

static size_t bucket_of(const json_t *source)
{
    return ((uintptr_t)source >> 4) % COMPILE_BUCKETS;
}

static struct node *find_node(const struct compiler *compiler, const json_t *source)
{
    struct node *node = compiler->buckets[bucket_of(source)];

    while (node != NULL && node->source != source)
        node = node->next_in_bucket;
    return node;
}

static struct node *new_node(struct compiler *compiler, const json_t *source, const char *location)
{
    struct node *node = arena_alloc(compiler->schema->arena, sizeof *node);

    if (node == NULL) {
        (void)compile_memory(compiler); /* NULL says it */
        return NULL;
    }
    *node = accepts_all;
    node->source = source;
    node->location = location;
    node->next = compiler->nodes;
    compiler->nodes = node;
    node->next_in_bucket = compiler->buckets[bucket_of(source)];
    compiler->buckets[bucket_of(source)] = node;
    return node;
}

/* What is left of the types when only the values of enumeration and constant may stand. */
static unsigned usual_types(const struct node *node)
{
    unsigned types = 0;

    if (node->constant != NULL)
        return node->types & schema_type_of(node->constant);
    if (node->enumeration == NULL)
        return node->types;
    for (size_t i = 0; i < json_array_size(node->enumeration); i++)
        types |= schema_type_of(json_array_get(node->enumeration, i));
    return node->types & types;
}

static void compile_object(struct compiler *compiler, struct node *node)
{
    const char *name;
    size_t length;
    json_t *value;

    json_object_keylen_foreach((json_t *)node->source, name, length, value)
    {
        compile_keyword(compiler, node, (struct str){name, length}, value);
    }
    node->usual = usual_types(node);
}

const struct node *compile_node(struct compiler *compiler, const json_t *source,
                                const char *location)
{
    if (json_is_boolean(source))
        return json_is_true(source) ? &accepts_all : &refuses_all;
    if (!json_is_object(source)) {
        (void)compile_problem(compiler, "schema-malformed", location, STR(""));
        return &accepts_all;
    }
    struct node *node = find_node(compiler, source);
    if (node != NULL)
        return node;
    if (compiler->depth == JSON_SCHEMA_COMPILE_DEPTH) {
        (void)compile_problem(compiler, "schema-nested-too-deep", location,
                              STR(COMPILE_DEPTH_TEXT));
        return &accepts_all;
    }
    node = new_node(compiler, source, location);
    if (node == NULL)
        return &accepts_all;
    compiler->depth++;
    compile_object(compiler, node);
    compiler->depth--;
    return node;
}

static bool measure(struct compiler *compiler, struct node *node, size_t depth);

/* Measures nodes that apply to the same value as their parent, which is higher than the highest. */
static bool measure_parts(struct compiler *compiler, struct node *parent,
                          const struct node *const *parts, size_t count, size_t depth)
{
    for (size_t i = 0; i < count; i++) {
        struct node *part = (struct node *)parts[i]; /* written by nobody but the compiler */
        if (part == NULL || part->source == NULL)
            continue;
        if (!measure(compiler, part, depth + 1))
            return false;
        if (parent->height <= part->height)
            parent->height = part->height + 1;
    }
    return true;
}

static bool measure_all_parts(struct compiler *compiler, struct node *node, size_t depth)
{
    const struct named_nodes *dependent = &node->map[MAP_DEPENDENT_SCHEMAS];

    for (size_t list = LIST_ALL_OF; list <= LIST_ONE_OF; list++) {
        if (!measure_parts(compiler, node, node->list[list].nodes, node->list[list].count, depth))
            return false;
    }
    for (size_t i = 0; i < dependent->count; i++) {
        if (!measure_parts(compiler, node, &dependent->members[i].node, 1, depth))
            return false;
    }
    return measure_parts(compiler, node, &node->reference, 1, depth) &&
           measure_parts(compiler, node, &node->child[CHILD_NOT], CHILDREN - CHILD_NOT, depth);
}

/*
 * How many nodes apply to one value on top of each other: a node that comes back to itself would
 * never end, and everything that follows references in depth relies on there being no such, and no
 * endless chain.
 */
static bool measure(struct compiler *compiler, struct node *node, size_t depth)
{
    struct str reference = json_member_str(node->source, "$ref");

    if (node->measured)
        return true;
    if (node->on_path)
        return compile_problem(compiler, "schema-reference-loop", node->location,
                               str_present(reference) ? reference : STR("#"));
    node->on_path = true;
    bool measured = depth == JSON_SCHEMA_DEPTH || measure_all_parts(compiler, node, depth);
    node->on_path = false;
    if (measured && (depth == JSON_SCHEMA_DEPTH || node->height >= JSON_SCHEMA_DEPTH))
        return compile_problem(compiler, "schema-nested-too-deep", node->location,
                               STR(SCHEMA_DEPTH_TEXT));
    node->measured = measured;
    return measured;
}

static void measure_nodes(struct compiler *compiler)
{
    for (struct node *node = compiler->nodes; node != NULL; node = node->next) {
        if (!measure(compiler, node, 0))
            return;
    }
}

static uint64_t random_seed(void)
{
    uint64_t seed;

    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
        seed = (uint64_t)clock_monotonic_ms(); /* early at boot: better than a constant */
    return seed;
}

static struct json_schema *schema_new(const json_t *document)
{
    struct json_schema *schema = calloc(1, sizeof *schema);

    if (schema == NULL)
        return NULL;
    schema->arena = arena_new(COMPILE_MEMORY_MAXIMUM);
    if (schema->arena == NULL) {
        free(schema);
        return NULL;
    }
    schema->document = json_incref((json_t *)document);
    schema->hash_seed = random_seed();
    return schema;
}

void json_schema_free(struct json_schema *schema)
{
    if (schema == NULL)
        return;
    for (struct owned_pattern *each = schema->patterns; each != NULL; each = each->next)
        pattern_free(each->pattern);
    json_decref(schema->document);
    arena_free(schema->arena);
    free(schema);
}

void json_schema_freep(struct json_schema **schema)
{
    json_schema_free(*schema);
}

static void compile_all(struct compiler *compiler, const char *pointer)
{
    const json_t *source = json_pointer_get(compiler->schema->document, str_from(pointer));

    if (source == NULL) {
        (void)compile_problem(compiler, "schema-reference-unknown", pointer, str_from(pointer));
        return;
    }
    compiler->schema->root = compile_node(compiler, source, pointer);
    compile_references(compiler);
    if (!compiler->failed)
        measure_nodes(compiler);
}

struct json_schema *json_schema_compile(const json_t *document, const char *pointer,
                                        const struct json_schema_options *options,
                                        struct error *err)
{
    struct json_schema *schema CLEANUP(json_schema_freep) = schema_new(document);
    struct compiler compiler = {.schema = schema, .err = err};

    if (schema == NULL) {
        (void)compile_memory(&compiler); /* NULL says it */
        return NULL;
    }
    if (options != NULL)
        compiler.options = *options;
    compile_all(&compiler, pointer);
    if (compiler.failed)
        return NULL;
    struct json_schema *done = schema;
    schema = NULL;
    return done;
}
