/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker_internal.h"

/* How long an overdue request may still take to say so before its connection is cut. */
enum { FAREWELL_MS = 1000 };

bool worker_init(struct worker *worker, size_t arena_maximum)
{
    *worker = (struct worker){.state = WORKER_FREE};
    worker->arena = arena_new(arena_maximum);
    if (worker->arena == NULL)
        return false;
    if (pthread_mutex_init(&worker->mutex, NULL) != 0) {
        arena_free(worker->arena);
        return false;
    }
    return true;
}

void worker_done(struct worker *worker)
{
    pthread_mutex_destroy(&worker->mutex);
    arena_free(worker->arena);
}

void worker_enter(struct worker *worker, enum worker_state state, int64_t now_ms,
                  int64_t deadline_ms)
{
    pthread_mutex_lock(&worker->mutex);
    worker->state = state;
    worker->since_ms = now_ms;
    worker->deadline_ms = deadline_ms;
    pthread_mutex_unlock(&worker->mutex);
}

void worker_begin(struct worker *worker, enum worker_state state, const struct endpoints *endpoints,
                  int64_t now_ms, int64_t deadline_ms)
{
    pthread_mutex_lock(&worker->mutex);
    worker->endpoints = *endpoints;
    worker->state = state;
    worker->since_ms = now_ms;
    worker->deadline_ms = deadline_ms;
    worker->cut = WORKER_CUT_NONE;
    pthread_mutex_unlock(&worker->mutex);
}

enum worker_state worker_current(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    enum worker_state state = worker->state;
    pthread_mutex_unlock(&worker->mutex);
    return state;
}

bool worker_was_cut(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    bool cut = worker->cut != WORKER_CUT_NONE;
    pthread_mutex_unlock(&worker->mutex);
    return cut;
}

/* A reader is first made to see the end of its input, so that it can still answer 408. */
enum worker_cut worker_due(const struct worker *worker, int64_t now_ms)
{
    enum worker_cut wanted = WORKER_CUT_NONE;
    int64_t over_ms = now_ms - worker->deadline_ms;
    switch (worker->state) {
    case WORKER_READING:
    case WORKER_LINGERING:
        wanted = over_ms >= FAREWELL_MS ? WORKER_CUT_BOTH
                 : over_ms >= 0         ? WORKER_CUT_READING
                                        : WORKER_CUT_NONE;
        break;
    case WORKER_HANDLING:
        wanted = over_ms >= FAREWELL_MS ? WORKER_CUT_BOTH : WORKER_CUT_NONE;
        break;
    case WORKER_WRITING:
        wanted = over_ms >= 0 ? WORKER_CUT_BOTH : WORKER_CUT_NONE;
        break;
    default:
        break;
    }
    return wanted > worker->cut ? wanted : WORKER_CUT_NONE;
}
