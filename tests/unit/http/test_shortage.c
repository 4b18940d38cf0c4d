/* SPDX-License-Identifier: EUPL-1.2 */
/* Too few threads, too few descriptors. */
#include "patient.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include "support/run.h"

START_TEST(test_shortage_every_connection_is_served)
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

START_TEST(test_shortage_idle_connections_make_room)
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

START_TEST(test_shortage_few_descriptors)
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

int main(void)
{
    Suite *suite = suite_create("http/shortage");
    TCase *shortage = tcase_create("shortage");
    tcase_set_timeout(shortage, 40);
    tcase_add_test(shortage, test_shortage_every_connection_is_served);
    tcase_add_test(shortage, test_shortage_idle_connections_make_room);
    tcase_add_test(shortage, test_shortage_few_descriptors);
    suite_add_tcase(suite, shortage);
    return run_suite(suite);
}
