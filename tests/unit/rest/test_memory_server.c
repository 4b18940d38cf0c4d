/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Each allocation of a request fails in a running server, from the socket to the socket: the n-th,
 * for each n, once alone and once with all behind it. There is the right answer, a refusal, or a
 * closed connection; and the next request is answered as if nothing had been.
 */
#include "fixture.h"
#include "support/failing_memory.h"
#include "support/run.h"
#include "unit/http/wire.h"

enum { ANSWER_SIZE = 1024 * 1024, TRIES_MAXIMUM = 5000 };

static struct fixture fixture;
static struct http_server *server;
static char answer[ANSWER_SIZE]; /* the client must not allocate while the server cannot */
static char right[ANSWER_SIZE];

static struct http_server *start_server(struct error *err)
{
    struct http_options options = wire_options();
    size_t count;
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    options.threads = 2;
    options.handle = rest_handle;
    options.refuse = rest_refuse;
    options.context = fixture.rest;
    return http_server_start(&options, routes, count, err);
}

static void setup(void)
{
    struct error err = {0};
    fixture_init(&fixture);
    server = start_server(&err);
    ck_assert_ptr_nonnull(server);
}

static void teardown(void)
{
    ck_assert(http_server_stop(server, WIRE_PATIENCE_MS));
    fixture_done(&fixture);
}

static const struct {
    const char *head; /* up to the length of the body, where there is one */
    const char *body;
} requests[] = {
    {"GET /v1/services?page=1&per_page=2&search=dum&municipality=ostrava HTTP/1.1", NULL},
    {"GET /v1/events.ics?municipality=ostrava HTTP/1.1", NULL},
    {"GET /v1/situations HTTP/1.1", NULL},
    {"POST /v1/match HTTP/1.1\r\nContent-Type: application/json",
     "{\"situations\":[\"debt-enforcement\"],\"district\":\"Poruba\",\"language\":\"en\",\"open_"
     "at\":\"2026-11-25T10:00\"}"},
    {"POST /v1/services HTTP/1.1\r\nContent-Type: application/json",
     "{\"search\":\"something that no service is called like\"}"},
};

enum { REQUESTS = sizeof requests / sizeof requests[0] };

/*
 * Asks `request` and reads until the server closes the connection; the answer is in `answer`. False
 * when there is neither an answer nor an end. (libcheck allocates where it asserts.)
 */
static bool exchange(int wire, const char *request)
{
    int64_t until = clock_monotonic_ms() + WIRE_PATIENCE_MS;
    size_t have = 0;
    ssize_t count = 1;
    (void)wire_send(wire, request); /* a connection that is closed already is an answer, too */
    while (count > 0 && have + 1 < ANSWER_SIZE) {
        count = wire_read(wire, answer + have, ANSWER_SIZE - 1 - have, until);
        have += count > 0 ? (size_t)count : 0;
    }
    answer[have] = '\0';
    close(wire);
    return clock_monotonic_ms() < until;
}

static const char *body_of(const char *text)
{
    const char *end = strstr(text, "\r\n\r\n");
    ck_assert_ptr_nonnull(end);
    return end + 4;
}

static int status_of(const char *text)
{
    int status = 0;
    ck_assert_int_eq(sscanf(text, "HTTP/1.1 %3d ", &status), 1);
    return status;
}

/* The connection was closed, the answer is the right one, or it is a whole problem document. */
static void check_answer(long n)
{
    if (answer[0] == '\0')
        return;
    if (status_of(answer) == status_of(right)) {
        ck_assert_msg(strcmp(body_of(answer), body_of(right)) == 0, "allocation %ld: %s", n,
                      answer);
        return;
    }
    struct error err = {0};
    json_t *problem = json_parse(str_from(body_of(answer)), &json_limits_file, &err);
    ck_assert_msg(status_of(answer) >= 500 && problem != NULL, "allocation %ld: %s", n, answer);
    ck_assert_int_eq(json_integer_value(json_object_get(problem, "status")), status_of(answer));
    json_decref(problem);
}

static void build_request(size_t i, char *request, size_t size)
{
    if (requests[i].body == NULL)
        (void)snprintf(request, size, "%s\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                       requests[i].head);
    else
        (void)snprintf(
            request, size,
            "%s\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s",
            requests[i].head, strlen(requests[i].body), requests[i].body);
}

static void try_request(const char *request, void (*arm)(long n))
{
    int port = http_server_port(server, 0);
    ck_assert(exchange(wire_connect(port), request));
    memcpy(right, answer, sizeof right);
    ck_assert_int_eq(status_of(right), 200);
    bool failed = true;
    for (long n = 1; failed; n++) {
        ck_assert_int_lt(n, TRIES_MAXIMUM);
        int wire = wire_connect(port);
        arm(n);
        bool ended = exchange(wire, request);
        failed = failing_memory_disarm();
        ck_assert_msg(ended, "neither an answer nor an end at allocation %ld", n);
        check_answer(n);
    }
    ck_assert(exchange(wire_connect(port), request));
    ck_assert_str_eq(body_of(answer), body_of(right));
}

START_TEST(test_memory_of_served)
{
    char request[1024];
    build_request((size_t)_i, request, sizeof request);
    try_request(request, failing_memory_arm);
    try_request(request, failing_memory_arm_for_good);
}
END_TEST

START_TEST(test_memory_of_server_start)
{
    struct http_server *second = NULL;
    for (long n = 1; second == NULL; n++) {
        struct error err = {0};
        ck_assert_int_lt(n, TRIES_MAXIMUM);
        failing_memory_arm(n);
        second = start_server(&err);
        bool failed = failing_memory_disarm();
        ck_assert_msg(second != NULL || (failed && err.problem_count > 0), "allocation %ld", n);
    }
    ck_assert(http_server_stop(second, WIRE_PATIENCE_MS));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of a server");
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    if (FAILING_MEMORY) {
        tcase_add_loop_test(tests, test_memory_of_served, 0, REQUESTS);
        tcase_add_test(tests, test_memory_of_server_start);
    }
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
