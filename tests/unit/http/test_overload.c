/* SPDX-License-Identifier: EUPL-1.2 */
/* More requests at a time than the server works on: the surplus is told so at once. */
#include "support/run.h"
#include "wire.h"

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/held", .data = "held"},
    {.method = HTTP_GET, .path_template = "/quick", .data = "quick"},
    {.method = HTTP_POST, .path_template = "/quick", .data = "quick"},
    {.method = HTTP_GET, .path_template = "/alive", .data = "quick", .is_uncounted = true},
};

/* The gate at which requests for /held wait in the handler. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int inside; /* guarded by mutex, like the next */
static bool open_gate;

static void hold(void)
{
    pthread_mutex_lock(&mutex);
    inside++;
    pthread_cond_broadcast(&changed);
    while (!open_gate)
        pthread_cond_wait(&changed, &mutex);
    inside--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

static void await_inside(int wanted)
{
    pthread_mutex_lock(&mutex);
    while (inside != wanted)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
}

static void let_go(void)
{
    pthread_mutex_lock(&mutex);
    open_gate = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    (void)context;
    if (strcmp(request->route_data, "held") == 0)
        hold();
    http_response_set(response, 200, STR("text/plain"), STR("done"));
}

static void ck_answer(int port, const char *request, int status, const char *retry_after)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, request));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, status);
    ck_assert(wire_has_header(&answer, "Retry-After", retry_after));
    wire_done(&answer);
    close(wire);
}

START_TEST(test_overload_surplus_is_refused_at_once)
{
    static const char quick[] = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n";
    struct http_options options = wire_options();
    options.handle = handle;
    options.at_once = 2;
    struct http_server *server = wire_start(&options, routes, sizeof routes / sizeof routes[0]);
    int port = http_server_port(server, 0);
    int held[2];
    for (int i = 0; i < 2; i++) {
        held[i] = wire_connect(port);
        ck_assert(wire_send(held[i], "GET /held HTTP/1.1\r\nHost: x\r\n\r\n"));
    }
    await_inside(2);
    ck_answer(port, quick, 503, "1");
    ck_answer(port, "POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", 503, "1");
    ck_answer(port, "GET /alive HTTP/1.1\r\nHost: x\r\n\r\n", 200, NULL);
    ck_answer(port, "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 404, NULL);
    let_go();
    for (int i = 0; i < 2; i++) {
        struct wire_answer answer = wire_receive(held[i]);
        ck_assert_int_eq(answer.status, 200);
        wire_done(&answer);
        close(held[i]);
    }
    ck_answer(port, quick, 200, NULL);
    ck_assert(http_server_stop(server, 1000));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http/overload");
    TCase *cases = tcase_create("overload");
    tcase_add_test(cases, test_overload_surplus_is_refused_at_once);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
