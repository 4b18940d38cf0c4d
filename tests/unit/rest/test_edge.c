/* SPDX-License-Identifier: EUPL-1.2 */
/* What the API answers to whoever abuses it: the real contract behind the real server, spoken to by
 * raw bytes. */
#include "fixture.h"
#include "unit/http/wire.h"

#define HOST "Host: x\r\n"
#define TAIL " HTTP/1.1\r\n" HOST "\r\n"

static struct fixture fixture;
static struct http_server *server;
static int port;

static void start(unsigned per_minute)
{
    size_t count;
    fixture_init(&fixture);
    struct http_options options = wire_options();
    options.handle = rest_handle;
    options.refuse = rest_refuse;
    options.context = fixture.rest;
    options.public_per_minute = per_minute;
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    server = wire_start(&options, routes, count);
    port = http_server_port(server, 0);
}

static void stop(void)
{
    ck_assert(http_server_stop(server, 5000));
    fixture_done(&fixture);
}

static json_t *document_of(const struct wire_answer *answer)
{
    struct error err = {0};
    json_t *document =
        json_parse((struct str){answer->body, answer->body_length}, &json_limits_file, &err);
    ck_assert_msg(json_is_object(document), "%s", answer->body);
    return document;
}

/* Too many questions: still whom to call. */
START_TEST(test_edge_limited_match_says_whom_to_call)
{
    static const char *const methods[] = {"POST", "GET"};
    start(1);
    ck_assert_int_eq(wire_status(port, "GET /v1/services" TAIL), 200);
    for (size_t i = 0; i < 2; i++) {
        char request[512];
        (void)snprintf(request, sizeof request,
                       "%s /v1/match HTTP/1.1\r\n" HOST "Accept-Language: uk\r\n"
                       "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n",
                       methods[i]);
        struct wire_answer answer = wire_ask(port, request);
        ck_assert_int_eq(answer.status, 429);
        ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
        ck_assert(wire_has_header(&answer, "Content-Language", "uk"));
        ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"public\";q=1;w=60"));
        json_t *document = document_of(&answer);
        ck_assert_uint_ge(json_array_size(json_object_get(document, "crisis")), 1);
        ck_assert(str_equal_z(json_member_str(json_object_get(document, "fallback"), "phone"),
                              "800 700 650"));
        json_decref(document);
        wire_done(&answer);
    }
    ck_assert_int_eq(wire_status(port, "GET /health/live" TAIL), 200);
    stop();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edge");
    TCase *alone = tcase_create("alone");
    tcase_set_timeout(alone, 60);
    tcase_add_test(alone, test_edge_limited_match_says_whom_to_call);
    suite_add_tcase(suite, alone);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
