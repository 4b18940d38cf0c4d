/* SPDX-License-Identifier: EUPL-1.2 */
#include "tick_internal.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "sociopoint/base/log.h"
#include "sociopoint/directory/refresh.h"
#include "sociopoint/store/store.h"

enum { PRUNE_TICKS = 3600 }; /* old tombstones are looked for about once an hour */

struct tick {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop_asked;
    bool stopping; /* guarded by lock */
};

/* Sleeps until the next tick; true when it is time to end. */
static bool pause_or_stop(struct tick *me)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += REFRESH_TICK_MS / 1000;
    (void)pthread_mutex_lock(&me->lock);
    int waited = 0;
    while (!me->stopping && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&me->stop_asked, &me->lock, &until);
    bool stop = me->stopping;
    (void)pthread_mutex_unlock(&me->lock);
    return stop;
}

static void *run(void *context)
{
    struct tick *me = context;
    bool failing = false;
    for (int count = 0; !pause_or_stop(me); count = (count + 1) % PRUNE_TICKS) {
        struct error err;
        int done = 0;
        bool good = store_drain_due(me->store, &done, &err) &&
                    (count > 0 || store_prune(me->store, &done, &err));
        /* While the database is away the refresher says so; here one line for each change is enough. */
        if (!good && !failing)
            log_event(LOG_WARNING, "tick-failing", "problem=%s", err.problems[0].code);
        if (good && failing)
            log_event(LOG_INFO, "tick-works-again", "%s", "");
        failing = !good;
    }
    return NULL;
}

static void free_tick(struct tick *me)
{
    store_close(me->store);
    (void)pthread_mutex_destroy(&me->lock);
    (void)pthread_cond_destroy(&me->stop_asked);
    free(me);
}

struct tick *tick_start(const struct store_settings *settings, struct error *err)
{
    pthread_condattr_t monotonic;
    struct tick *me = calloc(1, sizeof *me);
    if (me == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&me->stop_asked, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_mutex_init(&me->lock, NULL);
    me->store = store_open(settings, err);
    if (me->store == NULL) {
        free_tick(me);
        return NULL;
    }
    if (pthread_create(&me->thread, NULL, run, me) != 0) {
        (void)error_set(err, ERROR_UNAVAILABLE, "threads-unavailable", "");
        free_tick(me);
        return NULL;
    }
    return me;
}

void tick_stop(struct tick *me)
{
    if (me == NULL)
        return;
    (void)pthread_mutex_lock(&me->lock);
    me->stopping = true;
    (void)pthread_cond_signal(&me->stop_asked);
    (void)pthread_mutex_unlock(&me->lock);
    (void)pthread_join(me->thread, NULL);
    free_tick(me);
}
