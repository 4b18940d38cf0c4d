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
    struct builder location;

    builder_init(&location, compiler->schema->arena, COMPILE_LOCATION_MAXIMUM);
    builder_append_z(&location, parent);
    json_pointer_append(&location, name);
    builder_append_char(&location, '\0');
    if (builder_failed(&location)) {
        (void)compile_memory(compiler); /* the caller goes on with something harmless */
        return "";
    }
    return builder_view(&location).data;
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

static bool loops(struct compiler *compiler, struct node *node, size_t depth);

static bool any_loops(struct compiler *compiler, const struct node *const *nodes, size_t count,
                      size_t depth)
{
    for (size_t i = 0; i < count; i++) {
        if (nodes[i] != NULL && loops(compiler, (struct node *)nodes[i], depth))
            return true;
    }
    return false;
}

/* Whether a node applies itself to the value it was given, through any of its parts. */
static bool parts_loop(struct compiler *compiler, struct node *node, size_t depth)
{
    const struct named_nodes *dependent = &node->map[MAP_DEPENDENT_SCHEMAS];

    for (size_t list = LIST_ALL_OF; list <= LIST_ONE_OF; list++) {
        if (any_loops(compiler, node->list[list].nodes, node->list[list].count, depth))
            return true;
    }
    for (size_t i = 0; i < dependent->count; i++) {
        if (any_loops(compiler, &dependent->members[i].node, 1, depth))
            return true;
    }
    return any_loops(compiler, &node->reference, 1, depth) ||
           any_loops(compiler, &node->child[CHILD_NOT], CHILDREN - CHILD_NOT, depth);
}

static bool loops(struct compiler *compiler, struct node *node, size_t depth)
{
    if (node->loop_free || node->source == NULL)
        return false;
    if (node->on_path || depth == JSON_SCHEMA_DEPTH) {
        struct str reference = json_member_str(node->source, "$ref");
        (void)compile_problem(compiler, "schema-reference-loop", node->location,
                              str_present(reference) ? reference : STR(""));
        return true;
    }
    node->on_path = true;
    bool found = parts_loop(compiler, node, depth + 1);
    node->on_path = false;
    node->loop_free = !found;
    return found;
}

static void refuse_loops(struct compiler *compiler)
{
    for (struct node *node = compiler->nodes; node != NULL; node = node->next) {
        if (loops(compiler, node, 0))
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
        refuse_loops(compiler);
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
