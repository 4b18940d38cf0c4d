/* SPDX-License-Identifier: EUPL-1.2 */
/* The API behind its server: what comes of the two together. */
#include "fixture.h"
#include "support/run.h"
#include "unit/http/wire.h"

static struct fixture fixture;
static struct http_server *server;
static int port;

static void visit_counts(void *context,
                         void (*visit)(void *visitor, const struct http_route_count *count),
                         void *visitor)
{
    (void)context;
    http_server_visit_counts(server, visit, visitor);
}

static void setup(void)
{
    struct error err = {0};
    size_t count;
    fixture_init(&fixture);
    const struct rest_options with_counts = {.holder = fixture.holder,
                                             .settings = &fixture.settings,
                                             .knowledge = fixture.knowledge,
                                             .public_url = "https://pomoc.example.cz",
                                             .visit_counts = visit_counts};
    rest_free(fixture.rest);
    fixture.rest = rest_new(&with_counts, &err);
    ck_assert_ptr_nonnull(fixture.rest);
    struct http_options options = wire_options();
    options.handle = rest_handle;
    options.refuse = rest_refuse;
    options.context = fixture.rest;
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    server = wire_start(&options, routes, count);
    port = http_server_port(server, 0);
}

static void teardown(void)
{
    ck_assert(http_server_stop(server, 2000));
    fixture_done(&fixture);
}

#define TAIL " HTTP/1.1\r\nHost: x\r\n\r\n"
#define JSON_POST(path, body)                                                                      \
    "POST " path " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " body

static const struct {
    const char *request;
    int status;
    const char *header; /* NULL: none is looked at */
    const char *value;
    const char *says; /* in the body */
} cases[] = {
    {"GET /v1/services" TAIL, 200, "Access-Control-Allow-Origin", "*", "\"total_items\":3"},
    {"GET /v1/" TAIL, 200, NULL, NULL, "https://pomoc.example.cz/docs#hsds-profile"},
    {"GET /" TAIL, 307, "Location", "/docs", ""},
    {"GET /v1/nothing" TAIL, 404, "Content-Type", "application/problem+json", "path-unknown"},
    {"GET /v1/services/" TAIL, 404, "Content-Language", "cs", "path-unknown"},
    {"GET /V1/services" TAIL, 404, NULL, NULL, "path-unknown"},
    {"DELETE /v1/services HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 405, "Allow",
     "GET, HEAD, POST, OPTIONS", "method-not-allowed"},
    {"GET /v1/match" TAIL, 405, "Allow", "POST, OPTIONS", "method-not-allowed"},
    {"POST /v1/match" TAIL, 411, NULL, NULL, "length-required"},
    {"GET /v1/services?search=%ff" TAIL, 400, NULL, NULL, "\"parameter\":\"search\""},
    {"GET /v1/services?search=%00" TAIL, 400, NULL, NULL, "\"parameter\":\"search\""},
    {"GET /v1/services?town=1 HTTP/1.1\r\nHost: x\r\nAccept-Language: uk\r\n\r\n", 400,
     "Content-Language", "uk", "parameter-unknown"},
    {JSON_POST("/v1/match", "37\r\n\r\n{\"situations\":[\"debt-enforcement\"]} \n"), 200,
     "Cache-Control", "no-store", "\"fallback\":{"},
    {JSON_POST("/v1/match", "2\r\n\r\n{}"), 422, "Content-Type", "application/problem+json",
     "question-situations-missing"},
    {"HEAD /v1/services" TAIL, 200, "ETag", "\"ge1.10.cs.", ""},
    {"HEAD /v1/nothing" TAIL, 404, "Content-Type", "application/problem+json", ""},
    {"OPTIONS /v1/match" TAIL, 204, "Allow", "POST, OPTIONS", ""},
    {"GET /health/live" TAIL, 200, "Access-Control-Allow-Origin", NULL, "live"},
};

START_TEST(test_wire_table)
{
    char value[1024];
    struct wire_answer answer = wire_ask(port, cases[_i].request);
    ck_assert_int_eq(answer.status, cases[_i].status);
    if (cases[_i].header != NULL) {
        const char *found = wire_header(&answer, cases[_i].header, value, sizeof value);
        if (cases[_i].value == NULL)
            ck_assert_ptr_null(found);
        else
            ck_assert_msg(found != NULL &&
                              strncmp(found, cases[_i].value, strlen(cases[_i].value)) == 0,
                          "%s: %s", cases[_i].header, found == NULL ? "absent" : found);
    }
    ck_assert_msg(strstr(answer.body, cases[_i].says) != NULL, "%s", answer.body);
    if (cases[_i].says[0] == '\0' && cases[_i].status != 307)
        ck_assert_uint_eq(strlen(answer.body), 0);
    wire_done(&answer);
}
END_TEST

/* Metrics count operations, and know nothing of what was asked. */
START_TEST(test_wire_metrics)
{
    wire_status(port, "GET /v1/services?search=kanarek" TAIL);
    wire_status(port, "GET /v1/kanarek" TAIL);
    struct wire_answer answer = wire_ask(port, "GET /metrics" TAIL);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(
        answer.body, "sociopoint_requests_total{operation=\"listServices\",status=\"2xx\"} 1\n"));
    ck_assert_ptr_nonnull(
        strstr(answer.body, "sociopoint_requests_total{operation=\"none\",status=\"4xx\"} 1\n"));
    ck_assert_ptr_nonnull(strstr(
        answer.body, "sociopoint_request_duration_seconds_count{operation=\"listServices\"} 1\n"));
    ck_assert_ptr_null(strstr(answer.body, "kanarek"));
    wire_done(&answer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wire");
    TCase *tests = tcase_create("wire");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_wire_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_wire_metrics);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
