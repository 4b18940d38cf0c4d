/* SPDX-License-Identifier: EUPL-1.2 */
#include "drain_internal.h"

#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "sociopoint/base/clock.h"
#include "sockets_internal.h"

enum {
    STEP_MS = 10,
    SETTLE_MS = 20,   /* handshakes begun before the filter come to their end */
    BACKLOG_MS = 500, /* the server has accepted what the kernel holds */
    WAITING_MS = 3000 /* for connections without a request */
};

static void pause_ms(int64_t ms)
{
    const struct timespec pause = {.tv_sec = (time_t)(ms / 1000),
                                   .tv_nsec = (long)(ms % 1000) * 1000000L};
    (void)nanosleep(&pause, NULL); /* waking early only means looking early */
}

/*
 * Nobody is reset: first no connection begins any more, then the last ones are accepted, then
 * listening ends.
 */
static void end_listening(struct http_server *server, int64_t until_ms, int silent)
{
    struct sockets *sockets = sockets_open();
    if (sockets == NULL || silent < 0) {
        sockets_close(sockets);
        return;
    }
    sockets_refuse_new(sockets, server->ports, server->port_count);
    pause_ms(SETTLE_MS);
    while (sockets_backlog(sockets, server->ports, server->port_count) > 0 &&
           clock_monotonic_ms() < until_ms)
        pause_ms(STEP_MS);
    sockets_end_listening(sockets, server->ports, server->port_count, silent);
    sockets_close(sockets);
}

static int64_t earlier(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

/* Twice, because a connection may just be on its way from civetweb's queue to a worker. */
static bool is_dry(struct http_server *server, bool without_waiting)
{
    for (int look = 0; look < 2; look++) {
        if (atomic_load(&server->in_flight) > 0 ||
            (!without_waiting && atomic_load(&server->busy) > 0))
            return false;
        pause_ms(STEP_MS);
    }
    return true;
}

bool drain(struct http_server *server, int64_t grace_ms, int *silent)
{
    int64_t start_ms = clock_monotonic_ms();
    int64_t until_ms = start_ms + grace_ms;
    atomic_store(&server->draining, true);
    *silent = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    end_listening(server, earlier(until_ms, start_ms + BACKLOG_MS), *silent);
    while (!is_dry(server, clock_monotonic_ms() >= start_ms + WAITING_MS)) {
        if (clock_monotonic_ms() >= until_ms)
            return atomic_load(&server->in_flight) == 0;
        pause_ms(STEP_MS);
    }
    return true;
}

void drain_wake(int silent)
{
    if (silent >= 0)
        (void)eventfd_write(silent, 1); /* if it fails, stopping takes a second longer */
}
