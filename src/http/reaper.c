/* SPDX-License-Identifier: EUPL-1.2 */
#include "reaper_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "sociopoint/base/clock.h"

enum {
    TICK_MS = 100,
    IDLE_SPARED_MS = 1000, /* a connection idle for less is likely to be used in a moment */
    RESERVE_SHARE = 16     /* one thread in so many should be free */
};

struct overdue {
    struct worker *worker;
    struct endpoints endpoints;
};

struct reaper {
    struct http_server *server;
    struct sockets *sockets;
    struct overdue *overdue; /* room for every worker */
    size_t overdue_count;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool stopping; /* guarded by mutex */
};

static bool is_idle_too_long(const struct worker *worker, int64_t now_ms)
{
    return worker->state == WORKER_IDLE && worker->cut == WORKER_CUT_NONE &&
           now_ms - worker->since_ms >= IDLE_SPARED_MS;
}

/* What to do about a worker; the caller holds its mutex. */
static enum worker_cut wanted_cut(const struct worker *worker, int64_t now_ms, bool drops_idle)
{
    enum worker_cut cut = worker_due(worker, now_ms);
    return cut == WORKER_CUT_NONE && drops_idle && is_idle_too_long(worker, now_ms)
               ? WORKER_CUT_READING
               : cut;
}

/* How many idle connections must go. */
static size_t idle_to_drop(const struct http_server *server)
{
    if (atomic_load(&server->draining))
        return server->worker_count;
    size_t reserve = server->worker_count / RESERVE_SHARE + 1;
    size_t busy = atomic_load(&server->busy);
    size_t free_workers = busy < server->worker_count ? server->worker_count - busy : 0;
    return free_workers < reserve ? reserve - free_workers : 0;
}

static void collect(struct reaper *reaper, int64_t now_ms)
{
    struct http_server *server = reaper->server;
    size_t droppable = idle_to_drop(server);
    reaper->overdue_count = 0;
    for (unsigned i = 0; i < server->worker_count; i++) {
        struct worker *worker = &server->workers[i];
        pthread_mutex_lock(&worker->mutex);
        enum worker_cut cut = wanted_cut(worker, now_ms, droppable > 0);
        bool idle = worker->state == WORKER_IDLE;
        struct endpoints endpoints = worker->endpoints;
        pthread_mutex_unlock(&worker->mutex);
        if (cut == WORKER_CUT_NONE)
            continue;
        droppable -= idle ? 1 : 0;
        reaper->overdue[reaper->overdue_count++] = (struct overdue){worker, endpoints};
    }
}

static bool same_endpoints(const struct endpoints *left, const struct endpoints *right)
{
    return left->peer_address == right->peer_address && left->peer_port == right->peer_port &&
           left->local_port == right->local_port;
}

/*
 * Everything is asked again under the worker's mutex: a worker leaves its state before civetweb
 * closes the descriptor, so while the state stands the descriptor cannot have become another
 * connection's.
 */
static void cut(struct worker *worker, int descriptor)
{
    struct endpoints endpoints;
    pthread_mutex_lock(&worker->mutex);
    enum worker_cut wanted = wanted_cut(worker, clock_monotonic_ms(), true);
    if (wanted != WORKER_CUT_NONE && sockets_endpoints(descriptor, &endpoints) &&
        same_endpoints(&endpoints, &worker->endpoints) &&
        !(worker->state == WORKER_IDLE && sockets_has_input(descriptor))) {
        (void)shutdown(descriptor, wanted == WORKER_CUT_BOTH ? SHUT_RDWR : SHUT_RD);
        worker->cut = wanted;
    }
    pthread_mutex_unlock(&worker->mutex);
}

static void visit_descriptor(void *context, int descriptor)
{
    struct reaper *reaper = context;
    struct endpoints endpoints;
    if (!sockets_endpoints(descriptor, &endpoints))
        return;
    for (size_t i = 0; i < reaper->overdue_count; i++) {
        if (same_endpoints(&endpoints, &reaper->overdue[i].endpoints))
            cut(reaper->overdue[i].worker, descriptor);
    }
}

/* False when the thread is to end. */
static bool wait_for_tick(struct reaper *reaper)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TICK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&reaper->mutex);
    int result = 0;
    while (!reaper->stopping && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&reaper->wake, &reaper->mutex, &until);
    bool goes_on = !reaper->stopping;
    pthread_mutex_unlock(&reaper->mutex);
    return goes_on;
}

static void *run(void *context)
{
    struct reaper *reaper = context;
    while (wait_for_tick(reaper)) {
        int64_t now_ms = clock_monotonic_ms();
        limiter_forget(reaper->server->limiter, now_ms * 1000);
        collect(reaper, now_ms);
        if (reaper->overdue_count > 0)
            sockets_visit(reaper->sockets, visit_descriptor, reaper);
    }
    return NULL;
}

static void reaper_free(struct reaper *reaper)
{
    sockets_close(reaper->sockets);
    free(reaper->overdue);
    free(reaper);
}

static bool init_wake(pthread_cond_t *wake)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool done = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                pthread_cond_init(wake, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return done;
}

struct reaper *reaper_start(struct http_server *server)
{
    struct reaper *reaper = calloc(1, sizeof *reaper);
    if (reaper == NULL)
        return NULL;
    reaper->server = server;
    reaper->sockets = sockets_open();
    reaper->overdue = calloc(server->worker_count, sizeof *reaper->overdue);
    if (reaper->sockets == NULL || reaper->overdue == NULL || !init_wake(&reaper->wake)) {
        reaper_free(reaper);
        return NULL;
    }
    pthread_mutex_init(&reaper->mutex, NULL);
    if (pthread_create(&reaper->thread, NULL, run, reaper) != 0) {
        pthread_cond_destroy(&reaper->wake);
        pthread_mutex_destroy(&reaper->mutex);
        reaper_free(reaper);
        return NULL;
    }
    return reaper;
}

void reaper_stop(struct reaper *reaper)
{
    if (reaper == NULL)
        return;
    pthread_mutex_lock(&reaper->mutex);
    reaper->stopping = true;
    pthread_cond_signal(&reaper->wake);
    pthread_mutex_unlock(&reaper->mutex);
    (void)pthread_join(reaper->thread, NULL);
    pthread_cond_destroy(&reaper->wake);
    pthread_mutex_destroy(&reaper->mutex);
    reaper_free(reaper);
}
