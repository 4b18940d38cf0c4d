/* SPDX-License-Identifier: EUPL-1.2 */
#include "patient.h"
#include "support/run.h"

enum { REQUEST_MS = 600, WRITE_MS = 600 };

static struct http_options short_options(void)
{
    struct http_options options = wire_options();
    options.handle = handle;
    options.request_ms = REQUEST_MS;
    options.write_ms = WRITE_MS;
    options.arena_maximum = 64 * 1024 * 1024;
    return options;
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

int main(void)
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
    return run_suite(suite);
}
