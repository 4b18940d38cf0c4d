/* SPDX-License-Identifier: EUPL-1.2 */
/* What a request may say: parameters (400, by name) and bodies (415, 400, 422, by pointer). */
#include "fixture.h"
#include "support/run.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

#define ID "2c4f7f7e-7a0b-5c1d-9d0e-3a8f5b1c6e42"

static const struct {
    const char *target;
    int status;
    const char *code;      /* of the first problem */
    const char *parameter; /* of the first problem */
    size_t problems;
} gets[] = {
    {"/v1/services?page=1&per_page=100", 200, NULL, NULL, 0},
    {"/v1/services?page=0", 400, "schema-minimum", "page", 1},
    {"/v1/services?page=-1", 400, "schema-minimum", "page", 1},
    {"/v1/services?page=1000001", 400, "schema-maximum", "page", 1},
    {"/v1/services?page=99999999999999999999", 400, "schema-type", "page", 1},
    {"/v1/services?page=1.5", 400, "schema-type", "page", 1},
    {"/v1/services?page=nan", 400, "schema-type", "page", 1},
    {"/v1/services?page=", 400, "schema-type", "page", 1},
    {"/v1/services?per_page=101", 400, "schema-maximum", "per_page", 1},
    {"/v1/services?page=1&page=2", 400, "schema-parameter-repeated", "page", 1},
    {"/v1/services?town=x", 400, "parameter-unknown", "town", 1},
    {"/v1/services?Page=1", 400, "parameter-unknown", "Page", 1},
    {"/v1/services?", 200, NULL, NULL, 0},
    {"/v1/services?format=xml", 400, "schema-enum", "format", 1},
    {"/v1/services?minimal=yes", 400, "schema-type", "minimal", 1},
    {"/v1/services?minimal=true", 200, NULL, NULL, 0},
    {"/v1/services?search=", 400, "schema-min-length", "search", 1},
    {"/v1/services?organization_id=7", 400, "schema-format", "organization_id", 1},
    {"/v1/services?organization_id=" ID, 200, NULL, NULL, 0},
    {"/v1/services?modified_after=2026-13-01", 400, "schema-any-of", "modified_after", 1},
    {"/v1/services?modified_after=2026-11-01", 200, NULL, NULL, 0},
    {"/v1/services?modified_after=2026-11-01T00:00:00Z", 200, NULL, NULL, 0},
    {"/v1/services?municipality=OSTRAVA", 400, "schema-pattern", "municipality", 1},
    {"/v1/services?municipality=praha", 400, "municipality-unknown", "municipality", 1},
    {"/v1/services?page=0&per_page=0&town=x&format=a", 400, "schema-minimum", "page", 4},
    {"/v1/services/7", 400, "schema-format", "id", 1},
    {"/v1/services/" ID, 404, "not-found", "-", 1},
    {"/v1/services/" ID "?full=true", 400, "parameter-unknown", "full", 1},
    {"/v1/organizations?full_service=1", 400, "schema-type", "full_service", 1},
    {"/v1/service_at_locations?postcode=70200", 200, NULL, NULL, 0},
    {"/v1/service_at_locations?postcode=7020", 400, "schema-pattern", "postcode", 1},
    {"/v1/service_at_locations?proximity=500", 400, "not-supported", "proximity", 1},
    {"/v1/service_at_locations?minimal=true", 400, "parameter-unknown", "minimal", 1},
    {"/v1/taxonomy_terms?top_only=1", 400, "schema-type", "top_only", 1},
    {"/v1/taxonomy_terms?parent_id=" ID, 200, NULL, NULL, 0},
    {"/v1/situations?municipality=praha", 400, "municipality-unknown", "municipality", 1},
    {"/v1/situations/Debts", 400, "schema-pattern", "id", 1},
    {"/v1/situations/debts", 404, "not-found", "-", 1},
    {"/v1?page=1", 400, "parameter-unknown", "page", 1},
    {"/health/live?x", 400, "parameter-unknown", "x", 1},
    {"/metrics?x=1&y=2", 400, "parameter-unknown", "x", 2},
    {"/docs?lang=cs", 400, "parameter-unknown", "lang", 1},
    {"/?x=1", 400, "parameter-unknown", "x", 1},
};

static void check(int status, const char *code, size_t problems)
{
    ck_assert_int_eq(fixture.response.status, status);
    if (code == NULL)
        return;
    ck_assert_str_eq(fixture_at(&fixture, "/problems/0/code"), code);
    ck_assert_uint_eq(json_array_size(json_object_get(fixture.json, "problems")), problems);
}

START_TEST(test_parameters_table)
{
    (void)fixture_get(&fixture, gets[_i].target);
    check(gets[_i].status, gets[_i].code, gets[_i].problems);
    if (gets[_i].code != NULL)
        ck_assert_str_eq(fixture_at(&fixture, "/problems/0/parameter"), gets[_i].parameter);
}
END_TEST

static const struct {
    const char *target;
    const char *body;
    int status;
    const char *code;
    const char *pointer;
} posts[] = {
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"]}", 200, NULL, NULL},
    {"/v1/match", "", 400, "body-missing", "-"},
    {"/v1/match", "{", 400, "json-malformed", "-"},
    {"/v1/match", "{\"situations\":[\"a\"],\"situations\":[\"a\"]}", 400, "json-duplicate-key",
     "-"},
    {"/v1/match", "{\"age\":1e999}", 400, "json-number-range", "-"},
    {"/v1/match", "{\"district\":\"\\ud800\"}", 400, "json-malformed", "-"},
    {"/v1/match", "[]", 422, "schema-type", ""},
    {"/v1/match", "{}", 422, "question-situations-missing", "/situations"},
    {"/v1/match", "{\"situations\":[]}", 422, "schema-min-items", "/situations"},
    {"/v1/match", "{\"situations\":[\"a\"],\"words\":\"x\"}", 422, "schema-additional", "/words"},
    {"/v1/match", "{\"text\":7}", 422, "schema-type", "/text"},
    {"/v1/match", "{\"situations\":[\"a\"],\"age\":\"34\"}", 422, "schema-type", "/age"},
    {"/v1/match", "{\"situations\":[\"a\"],\"age\":131}", 422, "schema-maximum", "/age"},
    {"/v1/match", "{\"situations\":[\"a\"],\"ages\":[1,-1]}", 422, "schema-minimum", "/ages/1"},
    {"/v1/match", "{\"situations\":[\"a\"],\"sex\":\"x\"}", 422, "schema-enum", "/sex"},
    {"/v1/match", "{\"situations\":[\"a\"],\"circumstances\":{\"rich\":true}}", 422,
     "schema-additional", "/circumstances/rich"},
    {"/v1/match", "{\"situations\":[\"a\"],\"lat\":91}", 422, "schema-maximum", "/lat"},
    {"/v1/match", "{\"situations\":[\"a\"],\"lon\":\"x\"}", 422, "schema-type", "/lon"},
    {"/v1/match", "{\"situations\":[\"a\"],\"radius_m\":0}", 422, "schema-minimum", "/radius_m"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"lat\":49.8}", 422,
     "question-position-incomplete", "/lon"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"lat\":18.2,\"lon\":49.8}", 422,
     "question-position-elsewhere", "/lat"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"radius_m\":5}", 422,
     "question-radius-alone", "/radius_m"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"open_at\":\"2026-02-30T10:00\"}", 422,
     "question-time-invalid", "/open_at"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"open_at\":\"tomorrow\"}", 422,
     "question-time-invalid", "/open_at"},
    {"/v1/match", "{\"situations\":[\"a\"],\"limit\":51}", 422, "schema-maximum", "/limit"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"age\":1,\"ages\":[1]}", 422,
     "question-age-twice", "/age"},
    {"/v1/match", "{\"situations\":[\"debts\"]}", 422, "question-situation-unknown",
     "/situations/0"},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"district\":\"Nikde\"}", 422,
     "question-place-unknown", "/district"},
    {"/v1/services", "", 200, NULL, NULL},
    {"/v1/services", "{}", 200, NULL, NULL},
    {"/v1/services", "{\"search\":\"dluh\",\"page\":1}", 200, NULL, NULL},
    {"/v1/services", "{\"page\":\"1\"}", 422, "schema-type", "/page"},
    {"/v1/services", "{\"name\":\"x\"}", 422, "schema-additional", "/name"},
    {"/v1/services", "{\"municipality\":\"praha\"}", 422, "municipality-unknown", "/municipality"},
    {"/v1/services?search=a", "{\"search\":\"b\"}", 422, "criterion-twice", "/search"},
    {"/v1/services?search=dluh", "", 200, NULL, NULL},
    {"/v1/service_at_locations", "{\"proximity\":5}", 422, "not-supported", "/proximity"},
};

START_TEST(test_bodies_table)
{
    (void)fixture_post(&fixture, posts[_i].target, posts[_i].body);
    check(posts[_i].status, posts[_i].code, 1);
    if (posts[_i].code != NULL)
        ck_assert_str_eq(fixture_at(&fixture, "/problems/0/pointer"), posts[_i].pointer);
}
END_TEST

static const struct {
    const char *content_type; /* NULL: none */
    int status;
} types[] = {
    {"application/json", 200},
    {"application/json; charset=utf-8", 200},
    {"Application/JSON", 200},
    {"application/json ;charset=utf-8", 200},
    {NULL, 415},
    {"text/plain", 415},
    {"application/jsonp", 415},
    {"application/x-www-form-urlencoded", 415},
    {"application/json, text", 415},
};

START_TEST(test_content_types)
{
    fixture_begin(&fixture, "POST", "/v1/match");
    fixture.request.body = STR("{\"situations\":[\"debt-enforcement\"]}");
    if (types[_i].content_type != NULL)
        fixture_header(&fixture, "content-type", types[_i].content_type);
    ck_assert_int_eq(fixture_send(&fixture), types[_i].status);
}
END_TEST

/* All problems of a body at once, each with its pointer. */
START_TEST(test_bodies_all_at_once)
{
    ck_assert_int_eq(
        fixture_post(&fixture, "/v1/match", "{\"situations\":[1],\"age\":-1,\"sex\":3,\"who\":1}"),
        422);
    ck_assert_uint_eq(json_array_size(json_object_get(fixture.json, "problems")), 4);
}
END_TEST

/* Nested far beyond the limit: refused before it costs anything. */
START_TEST(test_bodies_deep)
{
    static char body[60001];
    memset(body, '[', sizeof body - 1);
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", body), 400);
    ck_assert_str_eq(fixture_at(&fixture, "/problems/0/code"), "json-too-deep");
}
END_TEST

/* A name from a stranger comes back as data: escaped, and cut. */
START_TEST(test_parameters_echo_escaped)
{
    ck_assert_int_eq(fixture_get(&fixture, "/v1/services?%22%3Cb%3E%5C=1"), 400);
    ck_assert_str_eq(fixture_at(&fixture, "/problems/0/parameter"), "\"<b>\\");
    ck_assert(fixture_says(&fixture, "\\\"<b>\\\\"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parameters");
    TCase *tests = tcase_create("parameters");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_parameters_table, 0, sizeof gets / sizeof gets[0]);
    tcase_add_loop_test(tests, test_bodies_table, 0, sizeof posts / sizeof posts[0]);
    tcase_add_loop_test(tests, test_content_types, 0, sizeof types / sizeof types[0]);
    tcase_add_test(tests, test_bodies_all_at_once);
    tcase_add_test(tests, test_bodies_deep);
    tcase_add_test(tests, test_parameters_echo_escaped);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
