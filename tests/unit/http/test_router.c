/* SPDX-License-Identifier: EUPL-1.2 */
#include "../../../src/http/router_internal.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "support/run.h"

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/", .is_public = true},
    {.method = HTTP_GET, .path_template = "/v1/services", .is_public = true},
    {.method = HTTP_GET, .path_template = "/v1/services/{id}", .is_public = true},
    {.method = HTTP_PUT, .path_template = "/v1/services/{id}"},
    {.method = HTTP_DELETE, .path_template = "/v1/services/{id}"},
    {.method = HTTP_POST, .path_template = "/v1/services/search"},
    {.method = HTTP_GET, .path_template = "/v1/events/{id}"},
    {.method = HTTP_GET, .path_template = "/v1/events/{id}.ics"},
    {.method = HTTP_GET, .path_template = "/v1/export/services.csv"},
    {.method = HTTP_GET, .path_template = "/v1/a/{x}/b/{y}"},
};

enum { ROUTES = sizeof routes / sizeof routes[0] };

static struct router *router;
static struct arena *arena;

static void setup(void)
{
    struct error err = {0};
    router = router_new(routes, ROUTES, &err);
    arena = arena_new(64 * 1024);
    ck_assert_ptr_nonnull(router);
}

static void teardown(void)
{
    router_free(router);
    arena_free(arena);
}

static const struct {
    const char *path;
    const char *refusal;       /* NULL: found */
    const char *path_template; /* of what is found */
    const char *values;        /* of its parameters, joined by '|' */
} paths[] = {
    {"/", NULL, "/", ""},
    {"/v1/services", NULL, "/v1/services", ""},
    {"/v1/services/42", NULL, "/v1/services/{id}", "42"},
    {"/v1/serv%69ces/42", NULL, "/v1/services/{id}", "42"},
    {"/v1/services/%C5%BDofie", NULL, "/v1/services/{id}", "\xC5\xBDofie"},
    {"/v1/services/a%2Fb", NULL, "/v1/services/{id}", "a/b"},
    {"/v1/services/a%252Fb", NULL, "/v1/services/{id}", "a%2Fb"},
    {"/v1/services/a+b", NULL, "/v1/services/{id}", "a+b"},
    {"/v1/services/search", NULL, "/v1/services/search", ""},
    {"/v1/events/7", NULL, "/v1/events/{id}", "7"},
    {"/v1/events/7.ics", NULL, "/v1/events/{id}.ics", "7"},
    {"/v1/events/.ics", NULL, "/v1/events/{id}", ".ics"},
    {"/v1/events/7.ICS", NULL, "/v1/events/{id}", "7.ICS"},
    {"/v1/export/services.csv", NULL, "/v1/export/services.csv", ""},
    {"/v1/a/1/b/2", NULL, "/v1/a/{x}/b/{y}", "1|2"},
    {"/v1/services/", "path-unknown", NULL, NULL},
    {"/v1/services//", "path-unknown", NULL, NULL},
    {"//v1/services", "path-unknown", NULL, NULL},
    {"/v1//services", "path-unknown", NULL, NULL},
    {"/v1/servicesX", "path-unknown", NULL, NULL},
    {"/v1/service", "path-unknown", NULL, NULL},
    {"/V1/services", "path-unknown", NULL, NULL},
    {"/v1/Services", "path-unknown", NULL, NULL},
    {"/v1%2Fservices", "path-unknown", NULL, NULL},
    {"/v1/services/42/more", "path-unknown", NULL, NULL},
    {"/v1/services;x=1", "path-unknown", NULL, NULL},
    {"/v1/services\\42", "path-unknown", NULL, NULL},
    {"/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s", "path-unknown", NULL, NULL},
    {"", "path-malformed", NULL, NULL},
    {"v1/services", "path-malformed", NULL, NULL},
    {"/v1/services/%00", "path-malformed", NULL, NULL},
    {"/v1/services/a%00b", "path-malformed", NULL, NULL},
    {"/v1/services/%zz", "path-malformed", NULL, NULL},
    {"/v1/services/%4", "path-malformed", NULL, NULL},
    {"/v1/services/%", "path-malformed", NULL, NULL},
    {"/v1/services/%ff%fe", "path-malformed", NULL, NULL},
    {"/v1/services/%C0%AF", "path-malformed", NULL, NULL},
    {"/v1/services/%ED%A0%80", "path-malformed", NULL, NULL},
    {"/v1/services/a%0d%0ab", "path-malformed", NULL, NULL},
    {"/v1/services/%7F", "path-malformed", NULL, NULL},
    {"/v1/services/..", "path-malformed", NULL, NULL},
    {"/v1/services/%2e%2e", "path-malformed", NULL, NULL},
    {"/v1/./services", "path-malformed", NULL, NULL},
    {"/unknown/%zz", "path-malformed", NULL, NULL},
};

static void join(const struct route_match *match, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < match->parameter_count; i++)
        (void)snprintf(text + strlen(text), size - strlen(text), "%s%.*s", i == 0 ? "" : "|",
                       STR_ARGUMENTS(match->parameters[i].value));
}

START_TEST(test_router_find_table)
{
    struct route_match match = {0};
    const char *refusal = router_find(router, str_from(paths[_i].path), arena, &match);
    if (paths[_i].refusal != NULL) {
        ck_assert_msg(refusal != NULL, "%s was found", paths[_i].path);
        ck_assert_str_eq(refusal, paths[_i].refusal);
        return;
    }
    ck_assert_msg(refusal == NULL, "%s: %s", paths[_i].path, refusal);
    ck_assert_str_eq(match.resource->path_template, paths[_i].path_template);
    char values[256];
    join(&match, values, sizeof values);
    ck_assert_str_eq(values, paths[_i].values);
}
END_TEST

START_TEST(test_router_names_parameters)
{
    struct route_match match = {0};
    ck_assert_ptr_null(router_find(router, STR("/v1/a/1/b/2"), arena, &match));
    ck_assert(str_equal_z(match.parameters[0].name, "x"));
    ck_assert(str_equal_z(match.parameters[1].name, "y"));
}
END_TEST

START_TEST(test_router_lists_methods)
{
    struct route_match match = {0};
    ck_assert_ptr_null(router_find(router, STR("/v1/services/42"), arena, &match));
    ck_assert_str_eq(match.resource->allow, "GET, HEAD, PUT, DELETE, OPTIONS");
    ck_assert_str_eq(match.resource->public_methods, "GET, HEAD");
    ck_assert_ptr_eq(match.resource->routes[HTTP_HEAD], match.resource->routes[HTTP_GET]);
    ck_assert_ptr_null(match.resource->routes[HTTP_POST]);
    ck_assert_str_eq(router_allow(router), "GET, HEAD, POST, PUT, DELETE, OPTIONS");
}
END_TEST

START_TEST(test_router_says_when_memory_is_short)
{
    struct route_match match = {0};
    struct arena *tiny = arena_new(0);
    ck_assert_str_eq(router_find(router, STR("/v1/%61"), tiny, &match), "overloaded");
    arena_free(tiny);
}
END_TEST

static const struct {
    const char *problem;
    struct http_route routes[2];
    size_t count;
} bad_tables[] = {
    {"route-malformed", {{.path_template = "v1"}}, 1},
    {"route-malformed", {{.path_template = ""}}, 1},
    {"route-malformed", {{.path_template = "/a/{id"}}, 1},
    {"route-malformed", {{.path_template = "/a/{}"}}, 1},
    {"route-malformed", {{.path_template = "/a/x{id}"}}, 1},
    {"route-malformed", {{.path_template = "/a/{b}{c}"}}, 1},
    {"route-malformed", {{.path_template = "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}"}}, 1},
    {"route-malformed", {{.path_template = "/a", .method = HTTP_HEAD}}, 1},
    {"route-malformed", {{.path_template = "/a", .method = HTTP_OPTIONS}}, 1},
    {"route-twice", {{.path_template = "/a"}, {.path_template = "/a"}}, 2},
    {"route-twice", {{.path_template = "/{a}"}, {.path_template = "/{b}", .method = HTTP_PUT}}, 2},
};

START_TEST(test_router_refuses_bad_tables)
{
    struct error err = {0};
    ck_assert_ptr_null(router_new(bad_tables[_i].routes, bad_tables[_i].count, &err));
    ck_assert_str_eq(err.problems[0].code, bad_tables[_i].problem);
    ck_assert_str_eq(err.problems[0].pointer,
                     bad_tables[_i].routes[bad_tables[_i].count - 1].path_template);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http/router");
    TCase *find = tcase_create("find");
    tcase_add_checked_fixture(find, setup, teardown);
    tcase_add_loop_test(find, test_router_find_table, 0, (int)(sizeof paths / sizeof paths[0]));
    tcase_add_test(find, test_router_names_parameters);
    tcase_add_test(find, test_router_lists_methods);
    tcase_add_test(find, test_router_says_when_memory_is_short);
    suite_add_tcase(suite, find);
    TCase *tables = tcase_create("tables");
    tcase_add_loop_test(tables, test_router_refuses_bad_tables, 0,
                        (int)(sizeof bad_tables / sizeof bad_tables[0]));
    suite_add_tcase(suite, tables);
    return run_suite(suite);
}
