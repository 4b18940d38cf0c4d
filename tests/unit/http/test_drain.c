/* SPDX-License-Identifier: EUPL-1.2 */
#include "patient.h"
#include "support/run.h"

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

int main(void)
{
    Suite *suite = suite_create("http/drain");
    TCase *drain = tcase_create("drain");
    tcase_set_timeout(drain, 40);
    tcase_add_test(drain, test_drain_loses_nothing_under_load);
    tcase_add_test(drain, test_drain_waits_for_what_has_begun);
    tcase_add_test(drain, test_drain_ends_with_its_grace);
    tcase_add_test(drain, test_drain_does_not_wait_for_the_idle);
    suite_add_tcase(suite, drain);
    return run_suite(suite);
}
