/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire.h"

#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "support/run.h"

enum { REQUEST_MS = 600, WRITE_MS = 600, HUGE_PIECE = 1 << 20, HUGE_PIECES = 16 };

static atomic_bool held; /* as long as it is set, "/held" does not return */

static void answer_huge(struct http_response *response)
{
    char *piece = arena_alloc(response->arena, HUGE_PIECE);
    response->status = 200;
    response->content_type = STR("text/plain");
    for (int i = 0; i < HUGE_PIECES; i++)
        http_response_append(response, (struct str){piece, HUGE_PIECE});
}

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    (void)context;
    const char *what = request->route_data;
    if (strcmp(what, "huge") == 0) {
        answer_huge(response);
        return;
    }
    while (strcmp(what, "held") == 0 && atomic_load(&held))
        wire_pause(5);
    http_response_set(response, 200, STR("text/plain"), STR("ok"));
}

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/quick", .data = "quick"},
    {.method = HTTP_POST, .path_template = "/quick", .data = "quick"},
    {.method = HTTP_POST, .path_template = "/patient", .data = "quick", .request_ms = 60000},
    {.method = HTTP_GET, .path_template = "/held", .data = "held"},
    {.method = HTTP_GET, .path_template = "/huge", .data = "huge"},
};

enum { ROUTES = sizeof routes / sizeof routes[0] };

static struct http_options short_options(void)
{
    struct http_options options = wire_options();
    options.handle = handle;
    options.request_ms = REQUEST_MS;
    options.write_ms = WRITE_MS;
    options.arena_maximum = 64 * 1024 * 1024;
    return options;
}

static struct http_server *server;
static int port;

static void start(const struct http_options *options)
{
    atomic_store(&held, false);
    server = wire_start(options, routes, ROUTES);
    port = http_server_port(server, 0);
}

static void setup(void)
{
    struct http_options options = short_options();
    start(&options);
}

static void teardown(void)
{
    atomic_store(&held, false);
    http_server_stop(server, 5000);
}

#define HOST  "Host: x\r\n"
#define QUICK "GET /quick HTTP/1.1\r\n" HOST "\r\n"

/* Sends a byte every 20 ms until the server has had enough; returns how long that took. */
static int64_t drip(int wire, const char *bytes)
{
    int64_t started = clock_monotonic_ms();
    struct pollfd poller = {.fd = wire, .events = POLLIN};
    for (size_t i = 0; clock_monotonic_ms() - started < WIRE_PATIENCE_MS; i++) {
        const char byte = bytes[i % strlen(bytes)];
        if (!wire_send_bytes(wire, &byte, 1) || poll(&poller, 1, 20) > 0)
            break;
    }
    return clock_monotonic_ms() - started;
}

START_TEST(test_deadlines_dripping_body)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "POST /quick HTTP/1.1\r\n" HOST "Content-Length: 60000\r\n\r\n"));
    int64_t took_ms = drip(wire, "x");
    ck_assert_int_lt(took_ms, REQUEST_MS + 1000);
    ck_assert_int_ge(took_ms, REQUEST_MS - 100);
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 408);
    ck_assert(wire_is_closed(wire, 2000));
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_deadlines_stalled_body)
{
    int wire = wire_connect(port);
    int64_t started = clock_monotonic_ms();
    ck_assert(wire_send(wire, "POST /quick HTTP/1.1\r\n" HOST "Content-Length: 100\r\n\r\nabc"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 408);
    ck_assert_int_lt(clock_monotonic_ms() - started, REQUEST_MS + 1000);
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_deadlines_dripping_header)
{
    int wire = wire_connect(port);
    int64_t took_ms =
        drip(wire, "GET /quick HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    ck_assert_int_lt(took_ms, REQUEST_MS + 1000);
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 408);
    wire_done(&answer);
    close(wire);
}
END_TEST

/* The head of a further request has no more time than an idle connection. */
START_TEST(test_deadlines_dripping_header_on_a_kept_connection)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, QUICK));
    struct wire_answer answer = wire_receive(wire);
    ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
    wire_done(&answer);
    int64_t took_ms = drip(wire, "GET /quick HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    ck_assert_int_lt(took_ms, REQUEST_MS * 3 / 2 + 1000);
    answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 408);
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_deadlines_of_a_route_prevail)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "POST /patient HTTP/1.1\r\n" HOST "Content-Length: 100\r\n\r\n"));
    /* Dripping, and a stall longer than civetweb's own patience. */
    for (int i = 0; i < 100; i++) {
        ck_assert(wire_send(wire, "x"));
        wire_pause(i == 50 ? 2 * REQUEST_MS : REQUEST_MS / 100);
    }
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 200);
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_deadlines_answer_nobody_takes)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "GET /huge HTTP/1.1\r\n" HOST "\r\n"));
    WIRE_EVENTUALLY(http_server_in_flight(server) == 1);
    int64_t started = clock_monotonic_ms();
    WIRE_EVENTUALLY(http_server_in_flight(server) == 0);
    ck_assert_int_lt(clock_monotonic_ms() - started, WRITE_MS + 1000);
    close(wire);
}
END_TEST

START_TEST(test_deadlines_endless_handler)
{
    atomic_store(&held, true);
    int wire = wire_connect(port);
    int64_t started = clock_monotonic_ms();
    ck_assert(wire_send(wire, "GET /held HTTP/1.1\r\n" HOST "\r\n"));
    ck_assert(wire_is_closed(wire, WIRE_PATIENCE_MS));
    ck_assert_int_lt(clock_monotonic_ms() - started, REQUEST_MS + 2000);
    atomic_store(&held, false);
    WIRE_EVENTUALLY(http_server_in_flight(server) == 0);
    ck_assert_int_eq(wire_status(port, QUICK), 200);
    close(wire);
}
END_TEST

START_TEST(test_deadlines_cut_nobody_else)
{
    int slow = wire_connect(port);
    int good = wire_connect(port);
    ck_assert(wire_send(slow, "POST /quick HTTP/1.1\r\n" HOST "Content-Length: 100\r\n\r\nabc"));
    int64_t until = clock_monotonic_ms() + REQUEST_MS + 1500;
    while (clock_monotonic_ms() < until) {
        ck_assert(wire_send(good, QUICK));
        struct wire_answer answer = wire_receive(good);
        ck_assert_int_eq(answer.status, 200);
        ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
        wire_done(&answer);
        wire_pause(5);
    }
    close(slow);
    close(good);
}
END_TEST

/* Draining. */

struct client {
    pthread_t thread;
    unsigned answered;
    unsigned lost; /* sent, and no whole answer */
    int64_t until_ms;
    bool ends_when_refused;
};

static void *ask_again_and_again(void *context)
{
    struct client *client = context;
    int wire = -1;
    while (clock_monotonic_ms() < client->until_ms) {
        if (wire < 0)
            wire = wire_connect(port);
        if (wire < 0 && client->ends_when_refused)
            break;
        if (!wire_send(wire, QUICK)) {
            client->lost++;
            break;
        }
        struct wire_answer answer = wire_receive(wire);
        client->lost += answer.status == 200 ? 0 : 1;
        client->answered += answer.status == 200 ? 1 : 0;
        if (answer.status != 200 || wire_has_header(&answer, "Connection", "close")) {
            close(wire);
            wire = -1;
        }
        wire_done(&answer);
    }
    if (wire >= 0)
        close(wire);
    return NULL;
}

enum { CLIENTS = 6 };

static void start_clients(struct client *clients, int64_t ms, bool ends_when_refused)
{
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.until_ms = clock_monotonic_ms() + ms,
                                     .ends_when_refused = ends_when_refused};
        ck_assert_int_eq(pthread_create(&clients[i].thread, NULL, ask_again_and_again, &clients[i]),
                         0);
    }
}

START_TEST(test_drain_loses_nothing_under_load)
{
    struct client clients[CLIENTS];
    struct http_options options = wire_options();
    options.handle = handle;
    start(&options);
    start_clients(clients, WIRE_PATIENCE_MS, true);
    wire_pause(300);
    ck_assert(http_server_stop(server, 5000));
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        ck_assert_uint_eq(clients[i].lost, 0);
        ck_assert_uint_gt(clients[i].answered, 0);
    }
}
END_TEST

struct stopper {
    pthread_t thread;
    int64_t grace_ms;
    bool dry;
};

static void *stop_in_thread(void *context)
{
    struct stopper *stopper = context;
    stopper->dry = http_server_stop(server, stopper->grace_ms);
    return NULL;
}

static void begin_stop(struct stopper *stopper, int64_t grace_ms)
{
    stopper->grace_ms = grace_ms;
    ck_assert_int_eq(pthread_create(&stopper->thread, NULL, stop_in_thread, stopper), 0);
}

START_TEST(test_drain_waits_for_what_has_begun)
{
    struct stopper stopper;
    struct http_options options = wire_options();
    options.handle = handle;
    start(&options);
    atomic_store(&held, true);
    int handling = wire_connect(port);
    int half_body = wire_connect(port);
    int half_header = wire_connect(port);
    ck_assert(wire_send(handling, "GET /held HTTP/1.1\r\n" HOST "\r\n"));
    ck_assert(wire_send(half_body, "POST /quick HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nab"));
    ck_assert(wire_send(half_header, "GET /quick HTTP/1.1\r\nHost"));
    WIRE_EVENTUALLY(http_server_in_flight(server) == 2);
    begin_stop(&stopper, 10000);
    WIRE_EVENTUALLY(wire_connect(port) < 0); /* listening has ended */
    ck_assert(wire_send(half_body, "cd"));
    ck_assert(wire_send(half_header, ": x\r\n\r\n"));
    atomic_store(&held, false);
    const int wires[] = {handling, half_body, half_header};
    for (int i = 0; i < 3; i++) {
        struct wire_answer answer = wire_receive(wires[i]);
        ck_assert_msg(answer.status == 200, "wire %d: %d", i, answer.status);
        ck_assert(wire_has_header(&answer, "Connection", "close"));
        wire_done(&answer);
        close(wires[i]);
    }
    pthread_join(stopper.thread, NULL);
    ck_assert(stopper.dry);
}
END_TEST

START_TEST(test_drain_ends_with_its_grace)
{
    struct stopper stopper;
    struct http_options options = wire_options();
    options.handle = handle;
    start(&options);
    atomic_store(&held, true);
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "GET /held HTTP/1.1\r\n" HOST "\r\n"));
    WIRE_EVENTUALLY(http_server_in_flight(server) == 1);
    begin_stop(&stopper, 200);
    wire_pause(1000);
    atomic_store(&held, false); /* a thread cannot be stopped, only waited for */
    pthread_join(stopper.thread, NULL);
    ck_assert(!stopper.dry);
    close(wire);
}
END_TEST

START_TEST(test_drain_does_not_wait_for_the_idle)
{
    struct http_options options = wire_options();
    options.handle = handle;
    start(&options);
    int used = wire_connect(port);
    ck_assert(wire_send(used, QUICK));
    struct wire_answer answer = wire_receive(used);
    wire_done(&answer);
    int fresh = wire_connect(port);
    int64_t started = clock_monotonic_ms();
    ck_assert(http_server_stop(server, 10000));
    ck_assert_int_lt(clock_monotonic_ms() - started, 6000);
    close(used);
    close(fresh);
}
END_TEST

/* Too few threads, too few descriptors. */

START_TEST(test_deadlines_every_connection_is_served)
{
    struct client clients[CLIENTS];
    struct http_options options = wire_options();
    options.handle = handle;
    options.threads = 2;
    start(&options);
    start_clients(clients, 5000, false);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        ck_assert_uint_gt(clients[i].answered, 0);
        ck_assert_uint_eq(clients[i].lost, 0);
    }
    ck_assert(http_server_stop(server, 5000));
}
END_TEST

START_TEST(test_deadlines_idle_connections_make_room)
{
    struct http_options options = wire_options();
    options.handle = handle;
    options.threads = 2;
    start(&options);
    int idle[2];
    for (int i = 0; i < 2; i++) {
        idle[i] = wire_connect(port);
        ck_assert(wire_send(idle[i], QUICK));
        struct wire_answer answer = wire_receive(idle[i]);
        ck_assert_int_eq(answer.status, 200);
        wire_done(&answer);
    }
    ck_assert_int_eq(wire_status(port, QUICK), 200);
    ck_assert(http_server_stop(server, 5000));
    close(idle[0]);
    close(idle[1]);
}
END_TEST

static int64_t cpu_ms(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/*
 * In a process of its own, with its own descriptors: opens connections and holds them until told to
 * end.
 */
static pid_t hold_connections(int count, int ready, int end)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    char byte = 'x';
    for (int i = 0; i < count; i++)
        (void)wire_connect(port);
    if (write(ready, &byte, 1) != 1 || read(end, &byte, 1) < 0)
        _exit(1);
    _exit(0);
}

START_TEST(test_deadlines_few_descriptors)
{
    enum { DESCRIPTORS = 160, CONNECTIONS = 250 };
    int ready[2];
    int end[2];
    char byte;
    ck_assert_int_eq(pipe(ready), 0);
    ck_assert_int_eq(pipe(end), 0);
    struct rlimit before;
    getrlimit(RLIMIT_NOFILE, &before);
    struct rlimit few = {DESCRIPTORS, DESCRIPTORS};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    struct http_options options = wire_options();
    options.handle = handle;
    options.threads = 600;
    start(&options);
    /* The child shares the limit, so several of them. */
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = hold_connections(CONNECTIONS / 2, ready[1], end[0]);
        ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    }
    int64_t cpu_before = cpu_ms();
    wire_pause(500);
    ck_assert_int_lt(cpu_ms() - cpu_before, 250); /* it waits, and does not spin */
    ck_assert_int_eq(write(end[1], "xx", 2), 2);
    for (int i = 0; i < 2; i++)
        waitpid(children[i], NULL, 0);
    ck_assert_int_eq(wire_status(port, QUICK), 200);
    ck_assert(http_server_stop(server, 5000));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("http/deadlines");
    TCase *deadlines = tcase_create("deadlines");
    tcase_set_timeout(deadlines, 40);
    tcase_add_checked_fixture(deadlines, setup, teardown);
    tcase_add_test(deadlines, test_deadlines_dripping_body);
    tcase_add_test(deadlines, test_deadlines_stalled_body);
    tcase_add_test(deadlines, test_deadlines_dripping_header);
    tcase_add_test(deadlines, test_deadlines_dripping_header_on_a_kept_connection);
    tcase_add_test(deadlines, test_deadlines_of_a_route_prevail);
    tcase_add_test(deadlines, test_deadlines_answer_nobody_takes);
    tcase_add_test(deadlines, test_deadlines_endless_handler);
    tcase_add_test(deadlines, test_deadlines_cut_nobody_else);
    suite_add_tcase(suite, deadlines);
    TCase *drain = tcase_create("drain");
    tcase_set_timeout(drain, 40);
    tcase_add_test(drain, test_drain_loses_nothing_under_load);
    tcase_add_test(drain, test_drain_waits_for_what_has_begun);
    tcase_add_test(drain, test_drain_ends_with_its_grace);
    tcase_add_test(drain, test_drain_does_not_wait_for_the_idle);
    tcase_add_test(drain, test_deadlines_every_connection_is_served);
    tcase_add_test(drain, test_deadlines_idle_connections_make_room);
    tcase_add_test(drain, test_deadlines_few_descriptors);
    suite_add_tcase(suite, drain);
    return suite;
}

int main(void)
{
    return run_suite(make_suite());
}
