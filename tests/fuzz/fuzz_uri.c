/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: http
 * The target of a request: "<path>?<query>".
 */
#include "fuzz/fuzz.h"

#include "http/query_internal.h"
#include "http/router_internal.h"
#include "sociopoint/http/uri.h"

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/"},
    {.method = HTTP_GET, .path_template = "/v1/services"},
    {.method = HTTP_GET, .path_template = "/v1/services/{id}"},
    {.method = HTTP_PUT, .path_template = "/v1/services/{id}"},
    {.method = HTTP_GET, .path_template = "/v1/services/search"},
    {.method = HTTP_GET, .path_template = "/v1/events/{id}"},
    {.method = HTTP_GET, .path_template = "/v1/events/{id}.ics"},
    {.method = HTTP_GET, .path_template = "/v1/a/{x}/b/{y}"},
};

static struct router *router;
static struct arena *arena;

/* What a handler is promised (http/request.h). */
static void check_decoded(struct str text)
{
    FUZZ_REQUIRE(str_is_utf8(text));
    for (size_t i = 0; i < text.length; i++)
        FUZZ_REQUIRE((unsigned char)text.data[i] >= 0x20 && text.data[i] != 0x7F);
}

/* What is decoded, encoded and decoded again is the same. */
static void check_round_trip(struct str decoded, enum http_uri_part part)
{
    struct builder builder;
    struct str again;
    check_decoded(decoded);
    builder_init(&builder, NULL, 3 * decoded.length + 1);
    http_uri_append(&builder, decoded);
    FUZZ_REQUIRE(!builder_failed(&builder));
    FUZZ_REQUIRE(http_uri_decode(builder_view(&builder), part, arena, &again) == HTTP_URI_DECODED);
    FUZZ_REQUIRE(str_equal(again, decoded));
    builder_done(&builder);
}

static void find(struct str path)
{
    struct route_match match = {.resource = NULL};
    const char *refusal = router_find(router, path, arena, &match);
    FUZZ_REQUIRE((refusal == NULL) == (match.resource != NULL));
    for (size_t i = 0; refusal == NULL && i < match.parameter_count; i++) {
        FUZZ_REQUIRE(match.parameters[i].value.length > 0);
        check_round_trip(match.parameters[i].value, HTTP_URI_SEGMENT);
    }
}

static void parse(struct str text)
{
    struct query query = {.count = 0};
    const char *refusal = query_parse(text, arena, &query);
    FUZZ_REQUIRE(query.count <= QUERY_PARAMETERS_MAXIMUM);
    FUZZ_REQUIRE(query.malformed_count <= HTTP_REFUSAL_PARAMETERS);
    for (size_t i = 0; i < query.malformed_count; i++)
        check_decoded(query.malformed[i]);
    for (size_t i = 0; refusal == NULL && i < query.count; i++) {
        check_round_trip(query.fields[i].name, HTTP_URI_QUERY);
        check_round_trip(query.fields[i].value, HTTP_URI_QUERY);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (router == NULL) {
        struct error err = {.code = ERROR_NONE};
        router = router_new(routes, sizeof routes / sizeof routes[0], &err);
        arena = arena_new(1024 * 1024);
        FUZZ_REQUIRE(router != NULL && arena != NULL);
    }
    struct str path = fuzz_str(data, size);
    struct str query = {NULL, 0};
    (void)str_cut(path, '?', &path, &query);
    arena_reset(arena);
    find(path);
    parse(query);
    return 0;
}
