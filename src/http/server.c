/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/http/server.h"

#include <civetweb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#include "drain_internal.h"
#include "exchange_internal.h"
#include "reaper_internal.h"
#include "server_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/base/log.h"

enum {
    DEFAULT_THREADS = 600,
    THREADS_MAXIMUM = 8192,
    DEFAULT_AT_ONCE = 256,
    DEFAULT_BODY = 64 * 1024,
    DEFAULT_ARENA = 16 * 1024 * 1024,
    ARENA_BESIDE_BODY = 256 * 1024, /* what a request needs besides its body */
    DEFAULT_REQUEST_MS = 10000,
    DEFAULT_WRITE_MS = 30000,
    TIMES_MAXIMUM_MS = 3600000,
    QUEUE = 64,             /* connections accepted and not yet given to a thread */
    DESCRIPTORS_SPARED = 64 /* for the rest of the program */
};

/* The callbacks of civetweb. */

static struct http_server *server_of(const struct mg_connection *conn)
{
    return mg_get_user_data(mg_get_context(conn));
}

/* For each new thread; the pointer comes back as mg_get_thread_pointer. */
static void *on_thread(const struct mg_context *context, int kind)
{
    enum { WORKER_THREAD = 1 };
    struct http_server *server = mg_get_user_data(context);
    if (kind != WORKER_THREAD)
        return NULL;
    return &server->workers[atomic_fetch_add(&server->workers_taken, 1)];
}

static int on_connection(const struct mg_connection *conn, void **data)
{
    struct worker *worker = mg_get_thread_pointer(conn);
    worker->connected_ms = clock_monotonic_ms();
    worker->said_close = false;
    worker_enter(worker, WORKER_WAITING, worker->connected_ms, 0);
    atomic_fetch_add(&server_of(conn)->busy, 1);
    *data = NULL;
    return 0;
}

/* Called before the descriptor is closed: from here on the reaper leaves it alone. */
static void on_close(const struct mg_connection *conn)
{
    struct worker *worker = mg_get_thread_pointer(conn);
    if (exchange_is_owed(worker, conn)) /* the connection is const for no reason of its own */
        (void)exchange_serve(server_of(conn), worker, (struct mg_connection *)conn);
    worker_enter(worker, WORKER_FREE, clock_monotonic_ms(), 0);
    atomic_fetch_sub(&server_of(conn)->busy, 1);
}

static int on_request(struct mg_connection *conn)
{
    return exchange_serve(server_of(conn), mg_get_thread_pointer(conn), conn);
}

/* The message may contain bytes of the client, so nobody looks at it. */
static int on_error(struct mg_connection *conn, int status, const char *message)
{
    (void)message;
    exchange_refuse_unparsed(server_of(conn), mg_get_thread_pointer(conn), conn, status);
    return 0;
}

/*
 * civetweb's own lines may contain bytes of the client too. Its access log stays off by having
 * neither file nor callback: with a callback it formats a line (with localtime, from all threads)
 * before it asks.
 */
static int on_log(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    (void)message;
    return 1;
}

/* Options. */

static bool out_of_range(struct error *err, const char *pointer)
{
    return error_set(err, ERROR_INVALID, "option-out-of-range", pointer);
}

static void fill_defaults(struct http_options *options)
{
    if (options->threads == 0)
        options->threads = DEFAULT_THREADS;
    if (options->at_once == 0)
        options->at_once = DEFAULT_AT_ONCE;
    if (options->body_maximum == 0)
        options->body_maximum = DEFAULT_BODY;
    if (options->arena_maximum == 0)
        options->arena_maximum = DEFAULT_ARENA;
    if (options->request_ms == 0)
        options->request_ms = DEFAULT_REQUEST_MS;
    if (options->write_ms == 0)
        options->write_ms = DEFAULT_WRITE_MS;
}

static bool body_fits(const struct http_options *options, size_t body_maximum)
{
    return options->arena_maximum >= ARENA_BESIDE_BODY &&
           body_maximum <= options->arena_maximum - ARENA_BESIDE_BODY;
}

static bool limits_fit(const struct http_options *options, struct error *err)
{
    const struct {
        unsigned per_minute;
        const char *pointer;
    } limits[] = {
        {options->public_per_minute, "/public_per_minute"},
        {options->office_per_minute, "/office_per_minute"},
        {options->key_per_minute, "/key_per_minute"},
        {options->unknown_keys_per_minute, "/unknown_keys_per_minute"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (limits[i].per_minute > LIMITER_PER_MINUTE_MAXIMUM)
            return out_of_range(err, limits[i].pointer);
    }
    return true;
}

static bool check_options(const struct http_server *server, struct error *err)
{
    const struct http_options *options = &server->options;
    if (options->threads > THREADS_MAXIMUM)
        return out_of_range(err, "/threads");
    if (options->request_ms < 1 || options->request_ms > TIMES_MAXIMUM_MS)
        return out_of_range(err, "/request_ms");
    if (options->write_ms < 1 || options->write_ms > TIMES_MAXIMUM_MS)
        return out_of_range(err, "/write_ms");
    if (!limits_fit(options, err))
        return false;
    if (!body_fits(options, options->body_maximum))
        return out_of_range(err, "/body_maximum");
    for (size_t i = 0; i < server->route_count; i++) {
        if (!body_fits(options, server->routes[i].body_maximum))
            return out_of_range(err, server->routes[i].path_template);
    }
    return true;
}

/*
 * A server that accepts more connections than it has descriptors spins in accept(), so there are
 * never more threads and queued connections than the limit allows; the rest waits in the kernel's
 * queue.
 */
static unsigned affordable_threads(unsigned wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    if (limit.rlim_cur < limit.rlim_max) {
        struct rlimit raised = {limit.rlim_max, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    rlim_t spared = DESCRIPTORS_SPARED + QUEUE;
    rlim_t room = limit.rlim_cur > spared ? limit.rlim_cur - spared : 1;
    if (wanted <= room)
        return wanted;
    log_event(LOG_WARNING, "threads-limited", "wanted=%u used=%llu descriptors=%llu", wanted,
              (unsigned long long)room, (unsigned long long)limit.rlim_cur);
    return (unsigned)room;
}

/* Building and tearing down. */

static void server_free(struct http_server *server)
{
    reaper_stop(server->reaper);
    for (unsigned i = 0; i < server->worker_count; i++)
        worker_done(&server->workers[i]);
    free(server->workers);
    free(server->counters);
    router_free(server->router);
    limiter_free(server->limiter);
    networks_free(server->offices);
    networks_free(server->proxies);
    free(server->routes);
    free(server);
}

static bool make_workers(struct http_server *server)
{
    unsigned count = server->options.threads;
    server->workers = calloc(count, sizeof *server->workers);
    while (server->workers != NULL && server->worker_count < count) {
        if (!worker_init(&server->workers[server->worker_count], server->options.arena_maximum))
            return false;
        server->worker_count++;
    }
    return server->workers != NULL;
}

static bool copy_routes(struct http_server *server, const struct http_route *routes, size_t count)
{
    server->routes = calloc(count + 1, sizeof *server->routes);
    server->counters = calloc(count + 1, sizeof *server->counters);
    if (server->routes == NULL || server->counters == NULL)
        return false;
    if (count > 0)
        memcpy(server->routes, routes, count * sizeof *routes);
    server->route_count = count;
    return true;
}

static bool prepare_limits(struct http_server *server, struct error *err)
{
    const struct http_options *options = &server->options;
    const unsigned per_minute[LIMIT_CLASSES] = {[LIMIT_PUBLIC] = options->public_per_minute,
                                                [LIMIT_OFFICE] = options->office_per_minute,
                                                [LIMIT_KEY] = options->key_per_minute,
                                                [LIMIT_STRANGER] =
                                                    options->unknown_keys_per_minute};
    server->proxies = networks_new("proxies", options->proxies, options->proxy_count, err);
    if (server->proxies == NULL)
        return false;
    server->offices = networks_new("offices", options->offices, options->office_count, err);
    if (server->offices == NULL)
        return false;
    server->limiter = limiter_new(per_minute, err);
    return server->limiter != NULL;
}

static bool prepare(struct http_server *server, struct error *err)
{
    struct http_options *options = &server->options;
    fill_defaults(options);
    if (!check_options(server, err) ||
        !listen_plan_make(options->listen, options->listen_count, &server->plan, err))
        return false;
    server->router = router_new(server->routes, server->route_count, err);
    if (server->router == NULL || !prepare_limits(server, err))
        return false;
    server->keeps_alive = server->plan.all_loopback || options->trusted_proxy;
    options->threads = affordable_threads(options->threads);
    if (!make_workers(server))
        return error_set(err, ERROR_MEMORY, "out-of-memory", "");
    if (getrandom(&server->id_seed, sizeof server->id_seed, 0) != sizeof server->id_seed)
        server->id_seed = (uint64_t)clock_wall_ms(); /* ids need to be distinct, not secret */
    return true;
}

static struct mg_context *start_civetweb(struct http_server *server)
{
    char threads[16];
    char queue[16];
    char timeout[24];
    char idle_timeout[24];
    char buffer[16];
    (void)snprintf(threads, sizeof threads, "%u", server->worker_count);
    (void)snprintf(queue, sizeof queue, "%d", QUEUE);
    (void)snprintf(timeout, sizeof timeout, "%lld", (long long)server->options.request_ms);
    int64_t idle_ms = server->options.request_ms + server->options.request_ms / 2;
    if (idle_ms > SERVER_KEEP_ALIVE_MS)
        idle_ms = SERVER_KEEP_ALIVE_MS;
    (void)snprintf(idle_timeout, sizeof idle_timeout, "%lld", (long long)idle_ms);
    (void)snprintf(buffer, sizeof buffer, "%d", SERVER_REQUEST_BUFFER);
    const char *settings[] = {
        "listening_ports",
        server->plan.text,
        "num_threads",
        threads,
        "connection_queue",
        queue,
        "listen_backlog",
        "1024",
        "max_request_size",
        buffer,
        "request_timeout_ms",
        timeout,
        "enable_keep_alive",
        server->keeps_alive ? "yes" : "no",
        "keep_alive_timeout_ms",
        idle_timeout,
        "tcp_nodelay",
        "1",
        "decode_url",
        "no",
        "enable_directory_listing",
        "no",
        "access_control_allow_methods",
        "", /* no automatic preflight */
        NULL,
    };
    const struct mg_callbacks callbacks = {
        .begin_request = on_request,
        .http_error = on_error,
        .log_message = on_log,
        .init_thread = on_thread,
        .init_connection = on_connection,
        .connection_close = on_close,
    };
    return mg_start(&callbacks, server, settings);
}

/*
 * Threads inherit the mask: signals are for the thread that waits for them, which is none of these.
 */
static bool start_threads(struct http_server *server, struct error *err)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    server->reaper = reaper_start(server);
    if (server->reaper != NULL)
        server->civetweb = start_civetweb(server);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (server->reaper == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "threads-unavailable", "");
    if (server->civetweb == NULL)
        return listen_plan_explain(&server->plan, server->options.listen, err);
    return true;
}

static void note_ports(struct http_server *server)
{
    struct mg_server_port ports[LISTEN_MAXIMUM];
    int count = mg_get_server_ports(server->civetweb, LISTEN_MAXIMUM, ports);
    for (int i = 0; i < count; i++)
        server->ports[server->port_count++] = (uint16_t)ports[i].port;
}

struct http_server *http_server_start(const struct http_options *options,
                                      const struct http_route *routes, size_t route_count,
                                      struct error *err)
{
    struct http_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        error_set(err, ERROR_MEMORY, "out-of-memory", "");
        return NULL;
    }
    server->options = *options;
    if (!copy_routes(server, routes, route_count)) {
        error_set(err, ERROR_MEMORY, "out-of-memory", "");
        server_free(server);
        return NULL;
    }
    mg_init_library(MG_FEATURES_DEFAULT);
    if (!prepare(server, err) || !start_threads(server, err)) {
        server_free(server);
        mg_exit_library();
        return NULL;
    }
    note_ports(server);
    return server;
}

bool http_server_stop(struct http_server *server, int64_t grace_ms)
{
    if (server == NULL)
        return true;
    int silent;
    bool dry = drain(server, grace_ms, &silent);
    atomic_store(&server->stopping, true);
    drain_wake(silent);
    mg_stop(server->civetweb);
    if (silent >= 0)
        (void)close(silent);
    server_free(server);
    mg_exit_library();
    return dry;
}

/* Questions. */

int http_server_port(const struct http_server *server, size_t index)
{
    return index < server->port_count ? server->ports[index] : 0;
}

bool http_server_keeps_alive(const struct http_server *server)
{
    return server->keeps_alive;
}

bool http_server_draining(const struct http_server *server)
{
    return atomic_load(&server->draining);
}

uint64_t http_server_limited(const struct http_server *server)
{
    return atomic_load_explicit(&server->limited, memory_order_relaxed);
}

size_t http_server_in_flight(const struct http_server *server)
{
    return atomic_load(&server->in_flight);
}

void http_server_visit_counts(const struct http_server *server,
                              void (*visit)(void *context, const struct http_route_count *count),
                              void *context)
{
    for (size_t i = 0; i <= server->route_count; i++) {
        const struct route_counter *counter = &server->counters[i];
        struct http_route_count count = {.path_template = ""};
        if (i < server->route_count) {
            count.method = server->routes[i].method;
            count.path_template = server->routes[i].path_template;
        }
        for (int status = 0; status < SERVER_STATUS_CLASSES; status++)
            count.answers[status] =
                atomic_load_explicit(&counter->answers[status], memory_order_relaxed);
        count.duration_us = atomic_load_explicit(&counter->duration_us, memory_order_relaxed);
        visit(context, &count);
    }
}
