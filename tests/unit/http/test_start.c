/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire.h"

#include <fcntl.h>
#include <signal.h>

#include "../../../src/http/forwarded_internal.h"
#include "../../../src/http/listen_internal.h"
#include "support/run.h"

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    (void)context;
    http_response_set(response, 200, STR("text/plain"), request->remote_address);
}

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/address", .data = "address"},
};

static const struct {
    const char *text;
    const char *problem;  /* NULL: fine */
    const char *expected; /* as civetweb takes it */
    bool loopback;
} addresses[] = {
    {"8080", NULL, "0.0.0.0:8080", false},
    {"127.0.0.1:8080", NULL, "127.0.0.1:8080", true},
    {"127.1.2.3:80", NULL, "127.1.2.3:80", true},
    {"localhost:8080", NULL, "127.0.0.1:8080", true},
    {"10.0.0.1:0", NULL, "10.0.0.1:0", false},
    {"8443s", "listen-tls-unsupported", NULL, false},
    {"127.0.0.1:8443s", "listen-tls-unsupported", NULL, false},
    {"80r", "listen-tls-unsupported", NULL, false},
    {"[::1]:8080", "listen-ipv6-unsupported", NULL, false},
    {"::1:8080", "listen-ipv6-unsupported", NULL, false},
    {"", "listen-malformed", NULL, false},
    {"+8080", "listen-malformed", NULL, false},
    {"65536", "listen-malformed", NULL, false},
    {"-1", "listen-malformed", NULL, false},
    {"127.0.0.1", "listen-malformed", NULL, false},
    {"127.0.0.1:", "listen-malformed", NULL, false},
    {"example.org:80", "listen-malformed", NULL, false},
    {"127.0.0.1:80,81", "listen-malformed", NULL, false},
    {"256.0.0.1:80", "listen-malformed", NULL, false},
};

START_TEST(test_listen_table)
{
    struct listen_plan plan;
    struct error err = {0};
    bool made = listen_plan_make(&addresses[_i].text, 1, &plan, &err);
    if (addresses[_i].problem != NULL) {
        ck_assert(!made);
        ck_assert_str_eq(err.problems[0].code, addresses[_i].problem);
        ck_assert_str_eq(err.problems[0].pointer, "/listen/0");
        return;
    }
    ck_assert(made);
    ck_assert_str_eq(plan.text, addresses[_i].expected);
    ck_assert_int_eq(plan.all_loopback, addresses[_i].loopback);
}
END_TEST

START_TEST(test_listen_on_several)
{
    static const char *const both[] = {"127.0.0.1:0", "127.0.0.2:0"};
    static const char *const many[LISTEN_MAXIMUM + 1] = {"1", "2", "3", "4", "5",
                                                         "6", "7", "8", "9"};
    struct listen_plan plan;
    struct error err = {0};
    ck_assert(!listen_plan_make(many, LISTEN_MAXIMUM + 1, &plan, &err));
    ck_assert(!listen_plan_make(many, 0, &plan, &err));
    struct http_options options = wire_options();
    options.listen = both;
    options.listen_count = 2;
    options.handle = handle;
    struct http_server *server = wire_start(&options, routes, 1);
    ck_assert_int_ne(http_server_port(server, 0), 0);
    ck_assert_int_ne(http_server_port(server, 1), 0);
    ck_assert_int_eq(http_server_port(server, 2), 0);
    ck_assert(http_server_stop(server, 1000));
}
END_TEST

static void expect_problem(const struct http_options *options, const struct http_route *table,
                           const char *problem, const char *pointer)
{
    struct error err = {0};
    ck_assert_ptr_null(http_server_start(options, table, 1, &err));
    ck_assert_str_eq(err.problems[0].code, problem);
    ck_assert_str_eq(err.problems[0].pointer, pointer);
}

START_TEST(test_start_problems)
{
    static const char *const tls[] = {"127.0.0.1:0", "8443s"};
    static const char *const bad_proxy[] = {"10.0.0.0/33"};
    const struct http_route bad_route = {.path_template = "x"};
    const struct http_route big_route = {.path_template = "/big", .body_maximum = 1 << 30};
    struct http_options options = wire_options();
    options.handle = handle;
    expect_problem(&options, &bad_route, "route-malformed", "x");
    expect_problem(&options, &big_route, "option-out-of-range", "/big");
    struct http_options wrong = options;
    wrong.listen = tls;
    wrong.listen_count = 2;
    expect_problem(&wrong, routes, "listen-tls-unsupported", "/listen/1");
    wrong = options;
    wrong.proxies = bad_proxy;
    wrong.proxy_count = 1;
    expect_problem(&wrong, routes, "network-malformed", "/proxies/0");
    wrong = options;
    wrong.threads = 100000;
    expect_problem(&wrong, routes, "option-out-of-range", "/threads");
    wrong = options;
    wrong.request_ms = -1;
    expect_problem(&wrong, routes, "option-out-of-range", "/request_ms");
    wrong = options;
    wrong.write_ms = -1;
    expect_problem(&wrong, routes, "option-out-of-range", "/write_ms");
    wrong = options;
    wrong.arena_maximum = 1000;
    expect_problem(&wrong, routes, "option-out-of-range", "/body_maximum");
}
END_TEST

START_TEST(test_start_on_a_taken_address)
{
    struct http_options options = wire_options();
    options.handle = handle;
    struct http_server *first = wire_start(&options, routes, 1);
    char text[32];
    (void)snprintf(text, sizeof text, "127.0.0.1:%d", http_server_port(first, 0));
    const char *const taken[] = {text};
    options.listen = taken;
    expect_problem(&options, routes, "listen-address-in-use", "/listen/0");
    ck_assert(http_server_stop(first, 1000));
    struct http_server *second = wire_start(&options, routes, 1);
    ck_assert(http_server_stop(second, 1000));
}
END_TEST

START_TEST(test_start_keeps_connections_only_where_it_is_safe)
{
    static const char *const everywhere[] = {"0.0.0.0:0"};
    static const char *const mixed[] = {"127.0.0.1:0", "0.0.0.0:0"};
    static const struct {
        const char *const *listen;
        size_t count;
        bool trusted_proxy;
        const char *connection;
    } cases[] = {
        {everywhere, 1, false, "close"},
        {mixed, 2, false, "close"},
        {everywhere, 1, true, "keep-alive"},
    };
    struct http_options options = wire_options();
    options.listen = cases[_i].listen;
    options.listen_count = cases[_i].count;
    options.trusted_proxy = cases[_i].trusted_proxy;
    options.handle = handle;
    struct http_server *server = wire_start(&options, routes, 1);
    int wire = wire_connect(http_server_port(server, 0));
    ck_assert(wire_send(wire, "GET /address HTTP/1.1\r\nHost: x\r\n\r\n"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 200);
    ck_assert(wire_has_header(&answer, "Connection", cases[_i].connection));
    ck_assert_int_eq(http_server_keeps_alive(server), cases[_i].trusted_proxy);
    if (!cases[_i].trusted_proxy)
        ck_assert(wire_is_closed(wire, 2000));
    wire_done(&answer);
    close(wire);
    ck_assert(http_server_stop(server, 1000));
}
END_TEST

START_TEST(test_stop_of_nothing)
{
    ck_assert(http_server_stop(NULL, 0));
}
END_TEST

/* Forwarded addresses. */
static const struct {
    const char *peer;
    const char *forwarded; /* headers, separated by '|'; NULL: none */
    const char *client;
} forwards[] = {
    {"8.8.8.8", NULL, "8.8.8.8"},
    {"8.8.8.8", "1.2.3.4", "8.8.8.8"},
    {"127.0.0.1", NULL, "127.0.0.1"},
    {"127.0.0.1", "1.2.3.4", "1.2.3.4"},
    {"127.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"},
    {"127.0.0.1", "1.2.3.4, 10.20.30.40", "1.2.3.4"},
    {"127.0.0.1", "1.2.3.4,10.1.1.1 , 10.2.2.2", "1.2.3.4"},
    {"127.0.0.1", "10.1.1.1", "10.1.1.1"},
    {"127.0.0.1", "11.0.0.1", "11.0.0.1"},
    {"127.0.0.1", "2001:db8::7", "2001:db8::7"},
    {"127.0.0.1", "2001:db8::7, fd00::1", "2001:db8::7"},
    {"127.0.0.1", "fd01::1", "fd01::1"},
    {"127.0.0.1", "evil, 1.2.3.4", "1.2.3.4"},
    {"127.0.0.1", "1.2.3.4, evil", "127.0.0.1"},
    {"127.0.0.1", "1.2.3.4, evil, 10.1.1.1", "10.1.1.1"},
    {"127.0.0.1", "1.2.3.4:5678", "127.0.0.1"},
    {"127.0.0.1", "", "127.0.0.1"},
    {"127.0.0.1", ",", "127.0.0.1"},
    {"127.0.0.1", "9.9.9.9|1.2.3.4", "1.2.3.4"},
    {"127.0.0.1", "9.9.9.9|10.1.1.1", "9.9.9.9"},
    {"192.168.5.129", "1.2.3.4", "192.168.5.129"},
    {"192.168.5.127", "1.2.3.4", "1.2.3.4"},
    {"unreadable", "1.2.3.4", "unreadable"},
};

START_TEST(test_forwarded_table)
{
    static const char *const listed[] = {"127.0.0.1", "10.0.0.0/8", "fd00::/16", "192.168.5.0/25"};
    struct error err = {0};
    struct networks *proxies = networks_new("proxies", listed, 4, &err);
    struct http_field headers[3] = {{STR("Host"), STR("x")}};
    size_t count = 1;
    struct str rest = str_from(forwards[_i].forwarded);
    struct str item;
    if (str_cut(rest, '|', &item, &rest))
        headers[count++] = (struct http_field){STR("x-forwarded-for"), item};
    if (str_present(rest))
        headers[count++] = (struct http_field){STR("X-Forwarded-For"), rest};
    struct client client = forwarded_client(proxies, str_from(forwards[_i].peer), headers, count);
    struct address address;
    ck_assert_msg(str_equal_z(client.text, forwards[_i].client), "%.*s",
                  STR_ARGUMENTS(client.text));
    if (address_parse(client.text, &address)) {
        ck_assert_mem_eq(&client.address, &address, sizeof address);
        ck_assert_int_eq(client.is_proxy, networks_have(proxies, &address));
    }
    networks_free(proxies);
}
END_TEST

START_TEST(test_forwarded_bad_lists)
{
    static const char *const bad[] = {"",          "x",           "10.0.0.0/33",    "10.0.0.0/",
                                      "10.0.0/8",  "::1/129",     "10.0.0.0/-1",    "10.0.0.0/08",
                                      "localhost", "10.0.0.0 /8", "1.2.3.4,5.6.7.8"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        ck_assert_msg(networks_new("offices", &bad[i], 1, &err) == NULL, "%s", bad[i]);
        ck_assert_str_eq(err.problems[0].code, "network-malformed");
        ck_assert_str_eq(err.problems[0].pointer, "/offices/0");
    }
}
END_TEST

START_TEST(test_forwarded_reaches_the_handler)
{
    static const char *const listed[] = {"127.0.0.1"};
    struct http_options options = wire_options();
    options.proxies = listed;
    options.proxy_count = 1;
    options.handle = handle;
    struct http_server *server = wire_start(&options, routes, 1);
    struct wire_answer answer =
        wire_ask(http_server_port(server, 0), "GET /address HTTP/1.1\r\nHost: x\r\n"
                                              "X-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n\r\n");
    ck_assert_str_eq(answer.body, "1.2.3.4");
    wire_done(&answer);
    ck_assert(http_server_stop(server, 1000));
}
END_TEST

/* The access log: what a citizen says is never in it. */

static void ask_with_canaries(int port)
{
    static const char *const requests[] = {
        "GET /address?q=canary HTTP/1.1\r\nHost: canary\r\nUser-Agent: canary\r\n\r\n",
        "GET /canary HTTP/1.1\r\nHost: x\r\n\r\n",
        "canary /canary HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /canary HTTP/canary\r\nHost: x\r\n\r\n",
        "canary\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        ck_assert_int_ne(wire_status(port, requests[i]), 0);
}

START_TEST(test_log_names_no_citizen)
{
    FILE *log = tmpfile();
    int standard_error = dup(STDERR_FILENO);
    struct http_options options = wire_options();
    options.without_access_log = false;
    options.handle = handle;
    log_set_level(LOG_DEBUG);
    dup2(fileno(log), STDERR_FILENO);
    struct http_server *server = wire_start(&options, routes, 1);
    ask_with_canaries(http_server_port(server, 0));
    bool stopped = http_server_stop(server, 1000);
    dup2(standard_error, STDERR_FILENO);
    ck_assert(stopped);
    char text[8192] = {0};
    rewind(log);
    ck_assert_uint_gt(fread(text, 1, sizeof text - 1, log), 0);
    fclose(log);
    ck_assert_ptr_null(strstr(text, "canary"));
    ck_assert_ptr_null(strstr(text, "127.0.0.1"));
    ck_assert_ptr_nonnull(strstr(text, " method=GET route=/address status=200 ms="));
    ck_assert_ptr_nonnull(strstr(text, " method=GET route=- status=404 ms="));
    ck_assert_ptr_nonnull(strstr(text, " method=- route=- status=405 ms="));
}
END_TEST

START_TEST(test_start_leaves_signals_to_others)
{
    struct http_options options = wire_options();
    options.handle = handle;
    sigset_t before;
    sigset_t after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    struct http_server *server = wire_start(&options, routes, 1);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    ck_assert_int_eq(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
    ck_assert(http_server_stop(server, 1000));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("http/start");
    TCase *tcase = tcase_create("start");
    tcase_set_timeout(tcase, 30);
    tcase_add_loop_test(tcase, test_listen_table, 0, (int)(sizeof addresses / sizeof addresses[0]));
    tcase_add_test(tcase, test_listen_on_several);
    tcase_add_test(tcase, test_start_problems);
    tcase_add_test(tcase, test_start_on_a_taken_address);
    tcase_add_loop_test(tcase, test_start_keeps_connections_only_where_it_is_safe, 0, 3);
    tcase_add_test(tcase, test_stop_of_nothing);
    tcase_add_loop_test(tcase, test_forwarded_table, 0,
                        (int)(sizeof forwards / sizeof forwards[0]));
    tcase_add_test(tcase, test_forwarded_bad_lists);
    tcase_add_test(tcase, test_forwarded_reaches_the_handler);
    tcase_add_test(tcase, test_log_names_no_citizen);
    tcase_add_test(tcase, test_start_leaves_signals_to_others);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(make_suite());
}
