/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/directory/refresh.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tick_internal.h"

#include "sociopoint/base/clock.h"
#include "sociopoint/base/log.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/holder.h"
#include "sociopoint/catalogue/state_file.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/match/match.h"
#include "sociopoint/store/feed.h"
#include "sociopoint/store/store.h"

struct refresher {
    /* Constant after the start. */
    struct generation_holder *holder;
    struct store_feed *feed;
    char *state_path; /* NULL: none */
    struct tick *tick;
    pthread_t thread;

    pthread_mutex_t lock;
    pthread_cond_t first_known;
    pthread_cond_t knowledge_known;
    /* Guarded by lock. */
    const struct knowledge *knowledge; /* NULL: it is still being read */
    bool knowledge_is_new;
    bool stopping;
    bool first_attempt_over;
    struct refresh_status status;

    /* The thread's alone. */
    struct catalogue *catalogue;
    struct generation *latest; /* what was published last: borrowed from the holder */
    bool degraded;
    int64_t degraded_since_ms;
    bool state_tried;
    bool state_is_behind;
    bool save_at_once;
    int64_t state_saved_ms; /* monotonic */
};

static void log_problem(enum log_level level, const char *event, const struct error *err)
{
    static const struct problem none = {.code = "unknown"};
    const struct problem *problem = err->problem_count == 0 ? &none : &err->problems[0];
    if (problem->argument[0][0] == '\0')
        log_event(level, event, "problem=%s at=\"%s\"", problem->code, problem->pointer);
    else
        log_event(level, event, "problem=%s at=\"%s\" arguments=\"%s %s\"", problem->code,
                  problem->pointer, problem->argument[0], problem->argument[1]);
}

static bool stopping(struct refresher *me)
{
    (void)pthread_mutex_lock(&me->lock);
    bool result = me->stopping;
    (void)pthread_mutex_unlock(&me->lock);
    return result;
}

/*
 * The newest knowledge with a reference for the caller; waits for the first. NULL: the refresher is
 * to end before there is any.
 */
static const struct knowledge *take_knowledge(struct refresher *me)
{
    (void)pthread_mutex_lock(&me->lock);
    while (me->knowledge == NULL && !me->stopping)
        (void)pthread_cond_wait(&me->knowledge_known, &me->lock);
    const struct knowledge *knowledge =
        me->knowledge == NULL ? NULL : knowledge_acquire(me->knowledge);
    me->knowledge_is_new = false;
    (void)pthread_mutex_unlock(&me->lock);
    return knowledge;
}

/* Builds a generation from the catalogue as it is and makes it current. */
static bool publish_generation(struct refresher *me, int64_t current_at_ms)
{
    struct error err;
    struct generation_status status = {.loaded_at_ms = current_at_ms,
                                       .degraded = me->degraded,
                                       .degraded_since_ms = me->degraded_since_ms};
    const struct knowledge *knowledge = take_knowledge(me);
    if (knowledge == NULL)
        return false;
    int64_t began = clock_monotonic_ms();
    struct generation *generation = catalogue_build(me->catalogue, knowledge, &status, &err);
    knowledge_release(knowledge);
    if (generation == NULL || !match_prepare(generation, &err)) {
        generation_free(generation);
        log_problem(LOG_ERROR, "generation-failed", &err);
        return false;
    }
    log_event(LOG_INFO, "generation",
              "epoch=%.*s seq=%lld services=%zu degraded=%d unknown=%zu unread=%zu ms=%lld",
              STR_ARGUMENTS(generation_epoch(generation)), (long long)generation_seq(generation),
              catalogue_count(me->catalogue, DOCUMENT_SERVICE), me->degraded,
              generation_unknown_terms(generation), generation_unread_schedules(generation),
              (long long)(clock_monotonic_ms() - began));
    me->latest = generation;
    generation_publish(me->holder, generation);
    (void)pthread_mutex_lock(&me->lock);
    me->status.loaded = true;
    me->status.current_at_ms = current_at_ms;
    (void)pthread_cond_broadcast(&me->first_known);
    (void)pthread_mutex_unlock(&me->lock);
    return true;
}

/* ------------------------------------------------------------------------------ the state file */

static void load_state(struct refresher *me)
{
    struct error err;
    int64_t written_at_ms = 0;
    if (me->state_path == NULL || me->state_tried)
        return;
    me->state_tried = true; /* the file does not get better while nobody writes it */
    if (!state_file_load(me->state_path, me->catalogue, &written_at_ms, &err)) {
        log_problem(err.code == ERROR_NOT_FOUND ? LOG_INFO : LOG_WARNING, "state-file", &err);
        return;
    }
    me->degraded = true;
    me->degraded_since_ms = clock_wall_ms();
    log_event(LOG_WARNING, "serving-from-state-file", "age_s=%lld",
              (long long)((me->degraded_since_ms - written_at_ms) / 1000));
    (void)publish_generation(me, written_at_ms);
}

static void save_state(struct refresher *me, bool last)
{
    struct error err;
    int64_t now = clock_monotonic_ms();
    bool due = me->save_at_once || last || now - me->state_saved_ms >= REFRESH_STATE_INTERVAL_MS;
    if (me->state_path == NULL || !me->state_is_behind || me->latest == NULL || !due)
        return;
    me->state_saved_ms = now;
    if (!state_file_save(me->latest, me->state_path, clock_wall_ms(), &err)) {
        log_problem(LOG_WARNING, "state-file-not-saved", &err);
        return;
    }
    me->state_is_behind = false;
    me->save_at_once = false;
    (void)pthread_mutex_lock(&me->lock);
    me->status.state_saved_at_ms = clock_wall_ms();
    (void)pthread_mutex_unlock(&me->lock);
}

/* ------------------------------------------------------------------------------ reading the feed */

static bool has_concealed_place(const struct entry *entry)
{
    if (entry == NULL || entry->removed || entry->kind != DOCUMENT_SERVICE)
        return false;
    for (size_t i = 0; i < entry->facts.service->place_count; i++) {
        if (entry->facts.service->places[i].concealed)
            return true;
    }
    return false;
}

struct reading {
    struct refresher *me;
    struct catalogue *catalogue;
    size_t rows;
    int64_t last_seq;
};

static bool apply_row(void *context, const struct store_feed_row *row, struct error *err)
{
    struct reading *reading = context;
    struct document_row document = {.seq = row->seq,
                                    .id = row->id,
                                    .removed = row->deleted,
                                    .municipality = row->municipality,
                                    .facts = row->facts,
                                    .body = row->body,
                                    .short_form = row->short_form};
    /* What is read before there is anything to serve may be left at any row. */
    if (reading->me->latest == NULL && stopping(reading->me))
        return error_set(err, ERROR_UNAVAILABLE, "refresh-stopped", NULL);
    reading->rows++;
    reading->last_seq = row->seq;
    if (!document_kind_from_key(str_from(store_kind_name(row->kind)), &document.kind))
        return true;
    if (!catalogue_apply(reading->catalogue, &document, err)) {
        /* One document that cannot be read must not keep the others from being served. */
        if (err->code != ERROR_INTERNAL)
            return false;
        log_problem(LOG_ERROR, "document-unreadable", err);
        return true;
    }
    if (row->deleted)
        reading->me->save_at_once = true;
    else if (!reading->me->save_at_once)
        reading->me->save_at_once =
            has_concealed_place(catalogue_find(reading->catalogue, document.kind, &row->id));
    return true;
}

/* Reads what comes after the catalogue's cursor, and moves the cursor behind it. */
static bool read_feed(struct reading *reading, struct str epoch, struct error *err)
{
    reading->last_seq = catalogue_seq(reading->catalogue);
    return store_feed_read(reading->me->feed, reading->last_seq, apply_row, reading, err) &&
           catalogue_set_cursor(reading->catalogue, epoch, reading->last_seq, err);
}

/* Reads everything into a new catalogue, which replaces the old one only when it is complete. */
static bool reload(struct refresher *me, const struct store_feed_state *state, struct error *err)
{
    struct catalogue *fresh = catalogue_new();
    if (fresh == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    struct reading reading = {.me = me, .catalogue = fresh};
    if (!read_feed(&reading, str_from(state->epoch), err)) {
        catalogue_free(fresh);
        return false;
    }
    log_event(LOG_INFO, "reloaded", "rows=%zu", reading.rows);
    catalogue_free(me->catalogue);
    me->catalogue = fresh;
    me->save_at_once = true;
    return true;
}

/* Brings the catalogue up to the database; `*changed` whether anything is new. */
static bool catch_up(struct refresher *me, bool *changed, struct error *err)
{
    struct store_feed_state state;
    if (!store_feed_check(me->feed, &state, err))
        return false;
    bool same = str_equal_z(catalogue_epoch(me->catalogue), state.epoch);
    if (!same || state.maximum < catalogue_seq(me->catalogue) ||
        state.pruned > catalogue_seq(me->catalogue)) {
        *changed = true;
        return reload(me, &state, err);
    }
    struct reading reading = {.me = me, .catalogue = me->catalogue};
    bool good = read_feed(&reading, str_from(state.epoch), err);
    *changed = reading.rows > 0;
    return good;
}

static void note_attempt(struct refresher *me, bool good)
{
    (void)pthread_mutex_lock(&me->lock);
    me->first_attempt_over = true;
    me->status.connected = good;
    me->status.failures += !good;
    if (good)
        me->status.current_at_ms = clock_wall_ms();
    (void)pthread_cond_broadcast(&me->first_known);
    (void)pthread_mutex_unlock(&me->lock);
}

static bool knowledge_is_new(struct refresher *me)
{
    (void)pthread_mutex_lock(&me->lock);
    bool result = me->knowledge_is_new;
    (void)pthread_mutex_unlock(&me->lock);
    return result;
}

/* The database has not answered: once with nothing to serve, the state file comes in. */
static void note_absence(struct refresher *me, const struct error *err, int64_t current_at_ms)
{
    if (!me->degraded)
        log_problem(LOG_WARNING, "database-away", err);
    if (me->latest == NULL) {
        load_state(me);
    } else if (!me->degraded) {
        me->degraded = true;
        me->degraded_since_ms = clock_wall_ms();
        (void)publish_generation(me, current_at_ms);
    }
    if (!me->degraded) {
        me->degraded = true;
        me->degraded_since_ms = clock_wall_ms();
    }
}

static void refresh_once(struct refresher *me, int64_t *current_at_ms)
{
    struct error err;
    bool changed = false;
    bool good = catch_up(me, &changed, &err);
    if (!good && stopping(me))
        return;
    if (!good) {
        note_absence(me, &err, *current_at_ms);
    } else {
        *current_at_ms = clock_wall_ms();
        changed = changed || me->degraded || me->latest == NULL;
        me->degraded = false;
        me->degraded_since_ms = 0;
    }
    if (good && changed) {
        me->state_is_behind = true;
        (void)publish_generation(me, *current_at_ms);
    } else if (knowledge_is_new(me) && me->latest != NULL) {
        (void)publish_generation(me, *current_at_ms);
    }
    note_attempt(me, good);
    save_state(me, false);
    (void)generation_collect(me->holder);
}

/* Waits for the next reason to look; wake-ups shortly after each other are one. */
static void wait_for_reason(struct refresher *me)
{
    int64_t timer =
        me->state_is_behind && me->state_path != NULL ? REFRESH_TICK_MS * 5 : REFRESH_TIMER_MS;
    if (store_feed_wait(me->feed, timer) != STORE_FEED_CHANGED)
        return;
    struct timespec pause = {.tv_nsec = REFRESH_COALESCE_MS * 1000000L};
    (void)nanosleep(&pause, NULL); /* the pause is the coalescing itself, nothing waits for it */
}

static void *run(void *context)
{
    struct refresher *me = context;
    int64_t current_at_ms = 0;
    while (!stopping(me)) {
        refresh_once(me, &current_at_ms);
        if (!stopping(me))
            wait_for_reason(me);
    }
    save_state(me, true);
    return NULL;
}

/* ------------------------------------------------------------------------------ from outside */

static void free_refresher(struct refresher *me)
{
    if (me == NULL)
        return;
    store_feed_close(me->feed);
    catalogue_free(me->catalogue);
    knowledge_release(me->knowledge);
    free(me->state_path);
    (void)pthread_mutex_destroy(&me->lock);
    (void)pthread_cond_destroy(&me->first_known);
    (void)pthread_cond_destroy(&me->knowledge_known);
    free(me);
}

static struct refresher *new_refresher(const struct refresh_options *options,
                                       const struct knowledge *knowledge, struct error *err)
{
    pthread_condattr_t monotonic;
    struct refresher *me = calloc(1, sizeof *me);
    if (me == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    (void)pthread_mutex_init(&me->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&me->first_known, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_cond_init(&me->knowledge_known, NULL);
    me->holder = options->holder;
    me->knowledge = knowledge == NULL ? NULL : knowledge_acquire(knowledge);
    me->catalogue = catalogue_new();
    bool with_file = options->state_path != NULL && options->state_path[0] != '\0';
    me->state_path = with_file ? strdup(options->state_path) : NULL;
    me->feed = store_feed_open(options->read, err);
    if (me->feed == NULL) {
        free_refresher(me);
        return NULL;
    }
    if (me->catalogue == NULL || (with_file && me->state_path == NULL)) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        free_refresher(me);
        return NULL;
    }
    return me;
}

struct refresher *refresh_start(const struct refresh_options *options,
                                const struct knowledge *knowledge, struct error *err)
{
    struct refresher *me = new_refresher(options, knowledge, err);
    if (me == NULL)
        return NULL;
    if (pthread_create(&me->thread, NULL, run, me) != 0) {
        (void)error_set(err, ERROR_UNAVAILABLE, "threads-unavailable", "");
        free_refresher(me);
        return NULL;
    }
    if (options->write == NULL)
        return me;
    me->tick = tick_start(options->write, err);
    if (me->tick == NULL) {
        refresh_stop(me);
        return NULL;
    }
    return me;
}

bool refresh_wait_first(struct refresher *me, int64_t timeout_ms)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += timeout_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    (void)pthread_mutex_lock(&me->lock);
    int waited = 0;
    while (!me->status.loaded && !me->first_attempt_over && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&me->first_known, &me->lock, &until);
    bool loaded = me->status.loaded;
    (void)pthread_mutex_unlock(&me->lock);
    return loaded;
}

void refresh_set_knowledge(struct refresher *me, const struct knowledge *knowledge)
{
    (void)pthread_mutex_lock(&me->lock);
    knowledge_release(me->knowledge);
    me->knowledge = knowledge_acquire(knowledge);
    me->knowledge_is_new = true;
    (void)pthread_cond_signal(&me->knowledge_known);
    (void)pthread_mutex_unlock(&me->lock);
    store_feed_wake(me->feed);
}

struct refresh_status refresh_status(struct refresher *me)
{
    (void)pthread_mutex_lock(&me->lock);
    struct refresh_status status = me->status;
    (void)pthread_mutex_unlock(&me->lock);
    return status;
}

void refresh_stop(struct refresher *me)
{
    if (me == NULL)
        return;
    tick_stop(me->tick);
    (void)pthread_mutex_lock(&me->lock);
    me->stopping = true;
    (void)pthread_cond_signal(&me->knowledge_known);
    (void)pthread_mutex_unlock(&me->lock);
    store_feed_wake(me->feed);
    (void)pthread_join(me->thread, NULL);
    free_refresher(me);
}
