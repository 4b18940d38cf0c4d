/* SPDX-License-Identifier: EUPL-1.2 */
#include "router_internal.h"

#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/http/uri.h"

/* A segment of a template: literal text, or a parameter with the literal that must follow it. */
struct segment {
    struct str literal;   /* the whole segment, or the suffix of the parameter */
    struct str parameter; /* absent for a literal segment */
};

/* A path or template cut at its slashes. */
struct segments {
    struct str items[HTTP_PATH_SEGMENTS_MAXIMUM];
    size_t count;
};

struct pattern {
    struct segment segments[HTTP_PATH_SEGMENTS_MAXIMUM];
    size_t segment_count;
    struct resource resource;
};

struct router {
    struct pattern *patterns; /* the more literal first */
    size_t pattern_count;
    char allow[ROUTER_METHODS_SIZE];
};

/* False when the path does not start with a slash or has too many segments. */
static bool split(struct str path, struct segments *segments)
{
    segments->count = 0;
    if (path.length == 0 || path.data[0] != '/')
        return false;
    struct str rest = {path.data + 1, path.length - 1};
    bool more = true;
    while (more) {
        if (segments->count == HTTP_PATH_SEGMENTS_MAXIMUM)
            return false;
        struct str item = rest;
        more = str_cut(rest, '/', &item, &rest);
        segments->items[segments->count++] = item;
    }
    return true;
}

/* "{id}.ics" is the parameter id with the suffix ".ics". */
static bool parse_segment(struct str text, struct segment *segment)
{
    if (text.length == 0 || text.data[0] != '{') {
        *segment = (struct segment){.literal = text};
        return text.length == 0 || memchr(text.data, '{', text.length) == NULL;
    }
    struct str name;
    struct str suffix;
    if (!str_cut((struct str){text.data + 1, text.length - 1}, '}', &name, &suffix))
        return false;
    *segment = (struct segment){.literal = suffix, .parameter = name};
    return name.length > 0 &&
           (suffix.length == 0 || memchr(suffix.data, '{', suffix.length) == NULL);
}

static bool parse_template(const char *text, struct pattern *pattern)
{
    struct segments parts;
    if (!split(str_from(text), &parts))
        return false;
    size_t parameters = 0;
    for (size_t i = 0; i < parts.count; i++) {
        if (!parse_segment(parts.items[i], &pattern->segments[i]))
            return false;
        parameters += str_present(pattern->segments[i].parameter) ? 1 : 0;
    }
    pattern->segment_count = parts.count;
    pattern->resource.path_template = text;
    return parameters <= HTTP_PATH_PARAMETERS_MAXIMUM;
}

/*
 * Literals before parameters, longer suffixes before shorter ones; 0 for segments that take the
 * same texts.
 */
static int compare_segments(const struct segment *left, const struct segment *right)
{
    bool left_is_parameter = str_present(left->parameter);
    bool right_is_parameter = str_present(right->parameter);
    if (left_is_parameter != right_is_parameter)
        return left_is_parameter ? 1 : -1;
    if (left_is_parameter && left->literal.length != right->literal.length)
        return left->literal.length > right->literal.length ? -1 : 1;
    return str_compare(left->literal, right->literal);
}

static int compare_patterns(const void *left_item, const void *right_item)
{
    const struct pattern *left = left_item;
    const struct pattern *right = right_item;
    if (left->segment_count != right->segment_count)
        return left->segment_count < right->segment_count ? -1 : 1;
    for (size_t i = 0; i < left->segment_count; i++) {
        int order = compare_segments(&left->segments[i], &right->segments[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static struct pattern *find_or_add(struct router *router, const struct pattern *wanted)
{
    for (size_t i = 0; i < router->pattern_count; i++) {
        if (compare_patterns(&router->patterns[i], wanted) == 0)
            return &router->patterns[i];
    }
    router->patterns[router->pattern_count] = *wanted;
    return &router->patterns[router->pattern_count++];
}

static bool add_route(struct router *router, const struct http_route *route, size_t id,
                      struct error *err)
{
    struct pattern wanted = {0};
    if (!parse_template(route->path_template, &wanted) || route->method == HTTP_HEAD ||
        route->method == HTTP_OPTIONS || route->method >= HTTP_METHOD_COUNT)
        return error_set(err, ERROR_INVALID, "route-malformed", route->path_template);
    struct resource *resource = &find_or_add(router, &wanted)->resource;
    /*
     * One resource, one template: two names for one parameter would be a slip of whoever wrote the
     * table.
     */
    if (strcmp(resource->path_template, route->path_template) != 0 ||
        resource->routes[route->method] != NULL)
        return error_set(err, ERROR_INVALID, "route-twice", route->path_template);
    resource->routes[route->method] = route;
    resource->ids[route->method] = id;
    resource->is_public = resource->is_public || route->is_public;
    if (route->method == HTTP_GET) {
        resource->routes[HTTP_HEAD] = route;
        resource->ids[HTTP_HEAD] = id;
    }
    return true;
}

/*
 * The set of methods, by bits, as "GET, HEAD"; OPTIONS always is one of them where `options` says
 * so.
 */
static void list_methods(unsigned methods, bool options, char text[ROUTER_METHODS_SIZE])
{
    if (options)
        methods |= 1U << HTTP_OPTIONS;
    text[0] = '\0';
    size_t length = 0;
    for (int i = 0; i < HTTP_METHOD_COUNT; i++) {
        if ((methods & 1U << i) == 0)
            continue;
        length += (size_t)snprintf(text + length, ROUTER_METHODS_SIZE - length, "%s%s",
                                   length == 0 ? "" : ", ", http_method_name((enum http_method)i));
    }
}

static void describe(struct router *router)
{
    unsigned all = 0;
    for (size_t i = 0; i < router->pattern_count; i++) {
        struct resource *resource = &router->patterns[i].resource;
        unsigned methods = 0;
        unsigned public_methods = 0;
        for (int method = 0; method < HTTP_METHOD_COUNT; method++) {
            const struct http_route *route = resource->routes[method];
            methods |= route == NULL ? 0 : 1U << method;
            public_methods |= route == NULL || !route->is_public ? 0 : 1U << method;
        }
        list_methods(methods, true, resource->allow);
        list_methods(public_methods, false, resource->public_methods);
        all |= methods;
    }
    list_methods(all, true, router->allow);
}

struct router *router_new(const struct http_route *routes, size_t count, struct error *err)
{
    struct router *router = calloc(1, sizeof *router);
    if (router != NULL)
        router->patterns = calloc(count + 1, sizeof *router->patterns);
    if (router == NULL || router->patterns == NULL) {
        router_free(router);
        error_set(err, ERROR_MEMORY, "out-of-memory", "");
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!add_route(router, &routes[i], i, err)) {
            router_free(router);
            return NULL;
        }
    }
    qsort(router->patterns, router->pattern_count, sizeof *router->patterns, compare_patterns);
    describe(router);
    return router;
}

void router_free(struct router *router)
{
    if (router == NULL)
        return;
    free(router->patterns);
    free(router);
}

const char *router_allow(const struct router *router)
{
    return router->allow;
}

static bool ends_with(struct str text, struct str suffix)
{
    return text.length >= suffix.length &&
           str_equal((struct str){text.data + text.length - suffix.length, suffix.length}, suffix);
}

static bool fits(const struct segment *segment, struct str text)
{
    if (!str_present(segment->parameter))
        return str_equal(segment->literal, text);
    return text.length > segment->literal.length && ends_with(text, segment->literal);
}

static bool pattern_fits(const struct pattern *pattern, const struct segments *path)
{
    if (pattern->segment_count != path->count)
        return false;
    for (size_t i = 0; i < path->count; i++) {
        if (!fits(&pattern->segments[i], path->items[i]))
            return false;
    }
    return true;
}

static void fill_match(const struct pattern *pattern, const struct segments *path,
                       struct route_match *match)
{
    match->resource = &pattern->resource;
    match->parameter_count = 0;
    for (size_t i = 0; i < path->count; i++) {
        const struct segment *segment = &pattern->segments[i];
        if (!str_present(segment->parameter))
            continue;
        struct str value = {path->items[i].data, path->items[i].length - segment->literal.length};
        match->parameters[match->parameter_count++] =
            (struct http_field){segment->parameter, value};
    }
}

/* Decodes each segment once, after the split, so that an encoded slash is data. */
static const char *decode_segments(struct segments *path, struct arena *arena)
{
    for (size_t i = 0; i < path->count; i++) {
        struct str *item = &path->items[i];
        enum http_uri_result result = http_uri_decode(*item, HTTP_URI_SEGMENT, arena, item);
        if (result == HTTP_URI_NO_MEMORY)
            return "overloaded";
        /*
         * Dot segments are resolved by the client; what is left of them is an attempt at something
         * else.
         */
        if (result == HTTP_URI_MALFORMED || str_equal_z(*item, ".") || str_equal_z(*item, ".."))
            return "path-malformed";
    }
    return NULL;
}

const char *router_find(const struct router *router, struct str path, struct arena *arena,
                        struct route_match *match)
{
    struct segments segments;
    if (path.length == 0 || path.data[0] != '/')
        return "path-malformed";
    if (!split(path, &segments))
        return "path-unknown";
    const char *refusal = decode_segments(&segments, arena);
    if (refusal != NULL)
        return refusal;
    for (size_t i = 0; i < router->pattern_count; i++) {
        if (pattern_fits(&router->patterns[i], &segments)) {
            fill_match(&router->patterns[i], &segments, match);
            return NULL;
        }
    }
    return "path-unknown";
}
