/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A load on a server of this machine: one thread, epoll, a few connections that are kept open.
 *
 * Closed loop (no rate): each connection asks again as soon as it is answered, which finds the most
 * that the server can do. Open loop: requests fall due at a fixed rate, whatever the server does,
 * and a latency counts from when the request was due and not from when a connection was free for
 * it; so a server that stalls is not spared the questions that would have come meanwhile.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_LOAD_RUN_H
#define SOCIOPOINT_TESTS_BENCH_LOAD_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "bench/load_plan.h"

enum { LOAD_CONNECTIONS_MAXIMUM = 4096, LOAD_PROCESSES_MAXIMUM = 4 };

struct load_options {
    int port; /* of 127.0.0.1 */
    unsigned connections;
    double seconds;
    uint64_t requests; /* ends the load earlier; 0: no such limit */
    double rate;       /* requests a second; 0: closed loop */
    bool fresh;        /* a connection for each request; the plan must ask for closing */
    bool overload;     /* 429 and 503, and connections that are refused, are not mistakes */
    pid_t processes[LOAD_PROCESSES_MAXIMUM]; /* whose processor time is counted */
    unsigned process_count;
};

struct load_result {
    double seconds;
    uint64_t accepted; /* answered with 200 and as expected */
    uint64_t refused;  /* 429 and 503 */
    uint64_t wrong;    /* another status, another length, a torn answer */
    uint64_t dropped;  /* connections that ended without an answer */
    uint64_t unserved; /* fell due and got no connection until the end */
    uint64_t least;    /* answers of the connection that got fewest, and most */
    uint64_t most;
    double cpu_us;     /* of the processes */
    double *latencies; /* of the accepted, in milliseconds; to be freed */
    size_t latency_count;
};

/*
 * Asks every request of the plan once, one after the other, and keeps the lengths of the answers.
 * False with a line on standard error when one is not 200 or lacks what it must contain.
 */
bool load_learn(int port, struct load_plan *plan);
/* Runs the load; the plan's lengths must be known, except for an overload. */
void load_run(const struct load_options *options, struct load_plan *plan,
              struct load_result *result);
/* Asks again where a second length was seen; false when an answer has neither of the two. */
bool load_confirm(int port, struct load_plan *plan);

#endif
