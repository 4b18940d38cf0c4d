/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/load_run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "bench/fail.h"
#include "bench/load_answer.h"
#include "bench/load_socket.h"
#include "bench/process.h"

enum { STEP = 256 * 1024, EVENTS = 64, FIRST_LATENCIES = 1 << 16, BACKOFF_MS = 20 };

enum connection_state { CONNECTION_NONE, CONNECTION_OPENING, CONNECTION_IDLE, CONNECTION_ASKED };

struct connection {
    enum connection_state state;
    int socket;
    struct load_request *request;
    double due;     /* when its request should have been sent */
    double opening; /* when it may be opened again */
    uint64_t answers;
    struct load_answer answer;
};

struct load {
    const struct load_options *options;
    struct load_plan *plan;
    struct load_result *result;
    int epoll;
    struct connection *connections;
    unsigned *idle; /* a stack of indexes */
    unsigned idle_count;
    unsigned asked; /* connections that wait for an answer */
    uint64_t sent;  /* requests that have been taken from the plan */
    double start;   /* seconds, monotonic */
    double end;     /* no request falls due from here on */
    size_t latency_room;
    char *bytes;
};

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- Connections ------------------------------------------------------------------------------- */

static void watch(struct load *load, struct connection *connection, int operation, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(load->epoll, operation, connection->socket, &event) != 0)
        bench_fail("epoll", "load");
}

static void open_connection(struct load *load, struct connection *connection)
{
    connection->socket = load_socket_open(load->options->port, true);
    connection->state = CONNECTION_OPENING;
    watch(load, connection, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void close_connection(struct load *load, struct connection *connection, double backoff)
{
    load->asked -= connection->state == CONNECTION_ASKED;
    (void)close(connection->socket);
    connection->state = CONNECTION_NONE;
    connection->opening = now() + backoff;
}

static void become_idle(struct load *load, struct connection *connection)
{
    connection->state = CONNECTION_IDLE;
    load->idle[load->idle_count++] = (unsigned)(connection - load->connections);
}

static void reopen_connections(struct load *load)
{
    double time = now();
    for (unsigned i = 0; i < load->options->connections; i++) {
        struct connection *connection = &load->connections[i];
        if (connection->state == CONNECTION_NONE && connection->opening <= time)
            open_connection(load, connection);
    }
}

/* --- Requests and answers ---------------------------------------------------------------------- */

/* When the next request is due; closed loops are always due. */
static double next_due(const struct load *load)
{
    double rate = load->options->rate;
    return rate > 0 ? load->start + (double)load->sent / rate : 0;
}

static bool has_more(const struct load *load, double time)
{
    uint64_t limit = load->options->requests;
    if (limit > 0 && load->sent >= limit)
        return false;
    if (load->options->rate <= 0 || load->options->overload)
        return time < load->end && next_due(load) < load->end;
    return next_due(load) < load->end; /* however late: its wait counts */
}

static void ask(struct load *load, struct connection *connection, double due)
{
    connection->request = &load->plan->items[load->sent++ % load->plan->count];
    connection->due = due;
    connection->state = CONNECTION_ASKED;
    load->asked++;
    load_answer_begin(&connection->answer);
    if (load_socket_send(connection->socket, connection->request->wire))
        return;
    load->result->dropped++;
    close_connection(load, connection, load->options->overload ? BACKOFF_MS / 1e3 : 0);
}

static void ask_what_is_due(struct load *load)
{
    double time = now();
    while (load->idle_count > 0 && has_more(load, time) && next_due(load) <= time) {
        struct connection *connection = &load->connections[load->idle[--load->idle_count]];
        bool counts_wait = load->options->rate > 0 && !load->options->overload;
        ask(load, connection, counts_wait ? next_due(load) : time);
        time = now();
    }
}

static void keep_latency(struct load *load, double seconds)
{
    struct load_result *result = load->result;
    if (result->latency_count == load->latency_room) {
        load->latency_room = load->latency_room == 0 ? FIRST_LATENCIES : load->latency_room * 2;
        double *more = realloc(result->latencies, load->latency_room * sizeof *more);
        if (more == NULL)
            bench_fail("no memory", "latencies");
        result->latencies = more;
    }
    result->latencies[result->latency_count++] = seconds * 1e3;
}

static void judge(struct load *load, struct connection *connection)
{
    const struct load_answer *answer = &connection->answer;
    bool overload = load->options->overload;
    if (overload && (answer->status == 503 || answer->status == 429)) {
        load->result->refused++;
    } else if (answer->status == 200 &&
               (overload || load_request_takes(connection->request, answer->length))) {
        load->result->accepted++;
        keep_latency(load, now() - connection->due);
    } else {
        load->result->wrong++;
    }
    connection->answers++;
}

static void answered(struct load *load, struct connection *connection)
{
    judge(load, connection);
    if (connection->answer.closes) {
        close_connection(load, connection, 0);
        return;
    }
    load->asked--;
    become_idle(load, connection);
}

static void forget_idle(struct load *load, const struct connection *connection)
{
    unsigned index = (unsigned)(connection - load->connections);
    for (unsigned i = 0; i < load->idle_count; i++) {
        if (load->idle[i] == index)
            load->idle[i] = load->idle[--load->idle_count];
    }
}

/* The other side has ended the connection. */
static void ended(struct load *load, struct connection *connection)
{
    load->result->dropped += connection->state == CONNECTION_ASKED;
    if (connection->state == CONNECTION_IDLE)
        forget_idle(load, connection);
    close_connection(load, connection, BACKOFF_MS / 1e3);
}

static void receive(struct load *load, struct connection *connection)
{
    ssize_t count = recv(connection->socket, load->bytes, STEP, MSG_DONTWAIT);
    if (count <= 0 || connection->state != CONNECTION_ASKED) {
        ended(load, connection);
        return;
    }
    enum load_answer_state state =
        load_answer_feed(&connection->answer, (struct str){load->bytes, (size_t)count});
    if (state == LOAD_ANSWER_COMPLETE) {
        answered(load, connection);
    } else if (state == LOAD_ANSWER_BROKEN) {
        load->result->wrong++;
        close_connection(load, connection, 0);
    }
}

static void handle_event(struct load *load, const struct epoll_event *event)
{
    struct connection *connection = event->data.ptr;
    if (connection->state == CONNECTION_OPENING && (event->events & (EPOLLERR | EPOLLHUP)) != 0) {
        ended(load, connection);
    } else if (connection->state == CONNECTION_OPENING) {
        watch(load, connection, EPOLL_CTL_MOD, EPOLLIN);
        become_idle(load, connection);
    } else {
        receive(load, connection);
    }
}

/* --- The loop ---------------------------------------------------------------------------------- */

/* Waits for the next answer, or until the next request is due and there is somebody to send it. */
static void wait_for_events(struct load *load)
{
    struct epoll_event events[EVENTS];
    double until = load->options->overload ? 0.005 : 0.1;
    if (load->options->rate > 0 && load->idle_count > 0) {
        double left = next_due(load) - now();
        until = left < 0 ? 0 : left < until ? left : until;
    }
    const struct timespec timeout = {.tv_nsec = (long)(until * 1e9)};
    int count = epoll_pwait2(load->epoll, events, EVENTS, &timeout, NULL);
    for (int i = 0; i < count; i++)
        handle_event(load, &events[i]);
}

/* What is under way is awaited, but no longer than as long again. */
static bool goes_on(const struct load *load)
{
    double time = now();
    if (time >= load->end + load->options->seconds)
        return false;
    return has_more(load, time) || load->asked > 0;
}

static void load_init(struct load *load)
{
    unsigned count = load->options->connections;
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    load->connections = calloc(count, sizeof *load->connections);
    load->idle = calloc(count, sizeof *load->idle);
    load->bytes = malloc(STEP);
    if (load->epoll < 0 || load->connections == NULL || load->idle == NULL || load->bytes == NULL)
        bench_fail("no memory", "connections");
    (void)prctl(PR_SET_TIMERSLACK, 1UL); /* nanoseconds: what is due is sent when it is due */
    for (unsigned i = 0; i < count; i++)
        open_connection(load, &load->connections[i]);
}

static void load_done(struct load *load)
{
    for (unsigned i = 0; i < load->options->connections; i++) {
        if (load->connections[i].state != CONNECTION_NONE)
            (void)close(load->connections[i].socket);
    }
    (void)close(load->epoll);
    free(load->bytes);
    free(load->idle);
    free(load->connections);
}

static void count_shares(const struct load *load)
{
    struct load_result *result = load->result;
    result->least = UINT64_MAX;
    for (unsigned i = 0; i < load->options->connections; i++) {
        uint64_t answers = load->connections[i].answers;
        result->least = answers < result->least ? answers : result->least;
        result->most = answers > result->most ? answers : result->most;
    }
}

/* How many fell due and were never sent. */
static void count_unserved(const struct load *load)
{
    double due = load->options->rate * load->options->seconds;
    if (load->options->requests > 0 && due > (double)load->options->requests)
        due = (double)load->options->requests;
    if (due > (double)load->sent + 1)
        load->result->unserved = (uint64_t)due - load->sent;
    load->result->dropped += load->asked;
}

static double cpu_us(const struct load_options *options)
{
    double sum = 0;
    for (unsigned i = 0; i < options->process_count; i++)
        sum += process_cpu_us(options->processes[i]);
    return sum;
}

void load_run(const struct load_options *options, struct load_plan *plan,
              struct load_result *result)
{
    struct load load = {.options = options, .plan = plan, .result = result};
    *result = (struct load_result){0};
    load_init(&load);
    double cpu_before = cpu_us(options);
    load.start = now();
    load.end = load.start + options->seconds;
    while (goes_on(&load)) {
        reopen_connections(&load);
        ask_what_is_due(&load);
        wait_for_events(&load);
    }
    result->seconds = now() - load.start;
    result->cpu_us = cpu_us(options) - cpu_before;
    count_shares(&load);
    count_unserved(&load);
    load_done(&load);
}
