/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: rest config catalogue match http
 * A whole request behind the server, over the small directory of the tests of rest: a line
 * "<method> <path>?<query>", lines of headers, an empty line, the body. Pages, filters, languages
 * and conditions of lists are all in the query or the headers.
 */
#include "fuzz/assertions.h"

#include "unit/rest/fixture.h"

#include "http/query_internal.h"
#include "http/router_internal.h"

static struct fixture fixture;
static struct router *router;
static struct arena *arena;

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
    (void)argument_count;
    (void)arguments;
    struct error err = {.code = ERROR_NONE};
    size_t count;
    fixture_init(&fixture);
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    router = router_new(routes, count, &err);
    arena = arena_new(FIXTURE_ARENA);
    FUZZ_REQUIRE(router != NULL && arena != NULL);
    return 0;
}

static struct str next_line(struct str *text)
{
    struct str line = *text;
    struct str rest = {"", 0};
    (void)str_cut(*text, '\n', &line, &rest);
    *text = rest;
    return line;
}

static void read_headers(struct str *text)
{
    fixture.header_count = 0;
    for (struct str line = next_line(text); line.length > 0; line = next_line(text)) {
        struct http_field header = {line, {"", 0}};
        (void)str_cut(line, ':', &header.name, &header.value);
        while (str_starts_with(header.value, STR(" ")))
            header.value = (struct str){header.value.data + 1, header.value.length - 1};
        if (fixture.header_count < FIXTURE_FIELDS)
            fixture.headers[fixture.header_count++] = header;
    }
}

/* False for a request that the server refuses itself. */
static bool read_request(struct str text, struct http_request *request, struct route_match *match,
                         struct query *query)
{
    struct str line = next_line(&text);
    struct str method = line;
    struct str parameters = {NULL, 0};
    if (!str_cut(line, ' ', &method, &request->path) ||
        !http_method_from_text(method, &request->method))
        return false;
    (void)str_cut(request->path, '?', &request->path, &parameters);
    read_headers(&text);
    request->body = text;
    if (router_find(router, request->path, arena, match) != NULL ||
        match->resource->routes[request->method] == NULL ||
        query_parse(parameters, arena, query) != NULL)
        return false;
    request->route_data = match->resource->routes[request->method]->data;
    request->route_template = match->resource->path_template;
    request->path_parameters = match->parameters;
    request->path_parameter_count = match->parameter_count;
    request->query = query->fields;
    request->query_count = query->count;
    request->headers = fixture.headers;
    request->header_count = fixture.header_count;
    return true;
}

/* The answer is sent without complaint, and JSON is JSON. */
static void check_answer(const struct http_response *response)
{
    FUZZ_REQUIRE(!response->failed && response->status >= 200 && response->status < 600);
    FUZZ_REQUIRE(response->status != 500);
    if (!str_starts_with(response->content_type, STR("application/json")) &&
        !str_starts_with(response->content_type, STR("application/problem+json")))
        return;
    struct builder body;
    builder_init(&body, arena, FIXTURE_ARENA / 4);
    for (size_t i = 0; i < response->piece_count; i++)
        builder_append(&body, response->pieces[i]);
    FUZZ_REQUIRE(!builder_failed(&body));
    struct error err = {.code = ERROR_NONE};
    json_t *json CLEANUP(json_decrefp) = json_parse(builder_view(&body), &json_limits_file, &err);
    FUZZ_REQUIRE(json != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_reset(arena);
    struct http_request request = {.id = "0123456789abcdef", .arena = arena};
    struct route_match match = {.resource = NULL};
    struct query query = {.count = 0};
    if (!read_request(fuzz_str(data, size), &request, &match, &query))
        return 0;
    struct http_response response;
    http_response_init(&response, arena);
    rest_handle(fixture.rest, &request, &response);
    check_answer(&response);
    http_response_release(&response);
    return 0;
}
