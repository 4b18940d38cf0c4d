/* SPDX-License-Identifier: EUPL-1.2 */
#include "schema_compile_internal.h"
#include "sociopoint/json/pointer.h"
#include "sociopoint/json/value.h"

enum { FRAGMENT_MAXIMUM = 1024 };

/* A search for the schema that has an anchor. */
struct anchor_search {
    struct compiler *compiler;
    struct str anchor;
    const json_t *found;
    const char *location;
    size_t depth;
};

/* Members that hold values and not schemas, so that an "$anchor" inside of them is no anchor. */
static const char *const value_keywords[] = {"const", "enum", "default", "example", "examples"};

/* Members whose own members are schemas, whatever they are called. */
static const char *const map_keywords[] = {"properties", "patternProperties", "$defs",
                                           "dependentSchemas"};

void compile_reference(struct compiler *compiler, struct node *node, struct str target)
{
    struct pending_reference *pending = arena_alloc(compiler->schema->arena, sizeof *pending);

    if (pending == NULL) {
        (void)compile_memory(compiler); /* noted in the compiler */
        return;
    }
    *pending = (struct pending_reference){node, target, compiler->pending};
    compiler->pending = pending;
}

/* The fragment of a reference to this document; false when it is another's. */
static bool own_fragment(const struct compiler *compiler, struct str target, struct str *fragment)
{
    struct str base = json_member_str(compiler->schema->document, "$id");
    struct str before;

    if (!str_cut(target, '#', &before, fragment)) {
        before = target;
        *fragment = STR("");
    }
    if (str_present(base) && base.length > 0 && base.data[base.length - 1] == '#')
        base.length--;
    return before.length == 0 || (str_present(base) && str_equal(before, base));
}

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* Percent-decoding; the result is as long as decoded->capacity allows, else the builder has failed. */
static void decode_fragment(struct str fragment, struct builder *decoded)
{
    for (size_t i = 0; i < fragment.length; i++) {
        int high = -1;
        int low = -1;
        if (fragment.data[i] == '%' && fragment.length - i > 2) {
            high = hex_value(fragment.data[i + 1]);
            low = hex_value(fragment.data[i + 2]);
        }
        if (high < 0 || low < 0) {
            builder_append_char(decoded, fragment.data[i]);
        } else {
            builder_append_char(decoded, (char)(high * 16 + low));
            i += 2;
        }
    }
}

static bool is_one_of(struct str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_z(name, names[i]))
            return true;
    }
    return false;
}

static void search_anchor(struct anchor_search *search, const json_t *value, const char *location,
                          bool is_map);

static void search_members(struct anchor_search *search, const json_t *object, const char *location,
                           bool is_map)
{
    const char *key;
    size_t length;
    json_t *member;

    json_object_keylen_foreach((json_t *)object, key, length, member)
    {
        struct str name = {key, length};
        bool values =
            is_one_of(name, value_keywords, sizeof value_keywords / sizeof value_keywords[0]);
        bool map = is_one_of(name, map_keywords, sizeof map_keywords / sizeof map_keywords[0]);
        if (!json_is_object(member) && !json_is_array(member))
            continue;
        if (is_map || !values)
            search_anchor(search, member, compile_location(search->compiler, location, name),
                          map && !is_map);
    }
}

/* Looks through everything that may be a schema, because an anchor may stand in a part not compiled yet. */
static void search_anchor(struct anchor_search *search, const json_t *value, const char *location,
                          bool is_map)
{
    if (search->depth == JSON_SCHEMA_COMPILE_DEPTH || search->compiler->out_of_memory)
        return;
    search->depth++;
    if (json_is_object(value)) {
        if (!is_map && str_equal(json_member_str(value, "$anchor"), search->anchor)) {
            if (search->found != NULL)
                (void)compile_problem(search->compiler, "schema-anchor-duplicate", location,
                                      search->anchor);
            search->found = value;
            search->location = location;
        }
        search_members(search, value, location, is_map);
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        search_anchor(search, json_array_get(value, i), location, false);
    search->depth--;
}

/* The value a decoded fragment names, and its pointer (in the arena). */
static const json_t *resolve(struct compiler *compiler, struct str fragment, const char **location)
{
    if (fragment.length == 0) {
        *location = "";
        return compiler->schema->document;
    }
    if (fragment.data[0] == '/') {
        *location = arena_copy(compiler->schema->arena, fragment).data;
        if (*location == NULL)
            (void)compile_memory(compiler); /* noted in the compiler */
        return json_pointer_get(compiler->schema->document, fragment);
    }
    struct anchor_search search = {.compiler = compiler, .anchor = fragment};
    search_anchor(&search, compiler->schema->document, "", false);
    *location = search.location;
    return search.found;
}

static void connect_reference(struct compiler *compiler, const struct pending_reference *pending)
{
    struct str fragment;
    struct builder decoded CLEANUP(builder_done) = {.failed = true};
    const char *location = NULL;

    builder_init(&decoded, NULL, FRAGMENT_MAXIMUM);
    if (!own_fragment(compiler, pending->target, &fragment)) {
        (void)compile_problem(compiler, "schema-reference-remote", pending->from->location,
                              pending->target);
        return;
    }
    decode_fragment(fragment, &decoded);
    if (builder_failed(&decoded) && fragment.length <= FRAGMENT_MAXIMUM)
        (void)compile_memory(compiler); /* noted in the compiler */
    const json_t *source =
        builder_failed(&decoded) ? NULL : resolve(compiler, builder_view(&decoded), &location);
    if (source == NULL)
        (void)compile_problem(compiler, "schema-reference-unknown", pending->from->location,
                              pending->target);
    else if (location != NULL)
        pending->from->reference = compile_node(compiler, source, location);
}

void compile_references(struct compiler *compiler)
{
    while (compiler->pending != NULL && !compiler->out_of_memory) {
        const struct pending_reference *pending = compiler->pending;
        compiler->pending = pending->next;
        connect_reference(compiler, pending);
    }
}
