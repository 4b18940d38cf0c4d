/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/directory/key_ring.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "key_shelf_internal.h"
#include "sociopoint/base/log.h"
#include "sociopoint/store/key.h"

struct key_ring {
    struct key_ring_options options;
    pthread_mutex_t mutex;
    struct key_shelf good; /* guarded by mutex, as all that follows */
    struct key_shelf refused;
    unsigned asking;  /* look-ups under way */
    bool away;        /* the last look-up failed */
    int64_t pause_ms; /* no look-up before */
};

/* A key on its way through the ring. */
struct asked_key {
    const struct key_question *question;
    char id[SECRET_ID_LENGTH + 1];
    struct secret_hash hash;
    enum key_state state; /* what is known without a look-up */
    uint64_t holder;
};

struct key_ring *key_ring_new(const struct key_ring_options *options, struct error *err)
{
    if (!secret_start(err))
        return NULL;
    struct key_ring *ring = calloc(1, sizeof *ring);
    if (ring == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    ring->options = *options;
    (void)pthread_mutex_init(&ring->mutex, NULL);
    return ring;
}

void key_ring_free(struct key_ring *ring)
{
    if (ring == NULL)
        return;
    (void)pthread_mutex_destroy(&ring->mutex);
    free(ring);
}

static bool was_refused(struct key_ring *ring, const struct asked_key *key)
{
    const struct held_key *held = key_shelf_find(&ring->refused, &key->hash);
    return held != NULL && key->question->now_ms - held->checked_ms < KEY_RING_REFUSED_MS;
}

/*
 * What the shelves say of the key; whether it should be looked up. A key that was good is looked up
 * again without being asked for, since whoever sends it has not made it up.
 */
static bool recall(struct key_ring *ring, struct asked_key *key)
{
    const struct key_question *question = key->question;
    const struct held_key *held = key_shelf_find(&ring->good, &key->hash);
    key->state = KEY_REFUSED;
    if (held == NULL) {
        if (was_refused(ring, key))
            return false;
        key->state = KEY_UNKNOWN;
        return question->ask;
    }
    if (question->wall_ms >= held->expires_at_ms)
        return false;
    int64_t overdue_ms = question->now_ms - held->checked_ms - ring->options.recheck_ms;
    key->holder = held->holder;
    key->state = overdue_ms < ring->options.grace_ms ? KEY_GOOD : KEY_UNKNOWN;
    return overdue_ms >= 0 && (!held->asking || key->state == KEY_UNKNOWN);
}

/* One of the few look-ups at a time, if there is one to be had. */
static bool begin_look_up(struct key_ring *ring, const struct asked_key *key)
{
    struct held_key *held = key_shelf_find(&ring->good, &key->hash);
    if (ring->asking == KEY_RING_AT_ONCE || key->question->now_ms < ring->pause_ms)
        return false;
    ring->asking++;
    if (held != NULL)
        held->asking = true;
    return true;
}

/* What the database says. The work is the same whether there is such an id or not. */
static enum key_state judge(const struct asked_key *key, const struct store_key *stored, bool found)
{
    struct secret_hash hash;
    _Static_assert(sizeof hash.bytes == sizeof stored->hash, "one kind of hash");
    memcpy(hash.bytes, stored->hash, sizeof hash.bytes);
    bool same = secret_hash_equal(&hash, &key->hash);
    bool valid = !stored->revoked && key->question->wall_ms < stored->expires_at_ms;
    return found && same && valid ? KEY_GOOD : KEY_REFUSED;
}

static uint64_t number_of(const char *id)
{
    struct secret_hash hash;
    uint64_t number;
    secret_hash_make(str_from(id), &hash);
    memcpy(&number, hash.bytes, sizeof number);
    return number;
}

static void remember(struct key_ring *ring, const struct asked_key *key, int64_t expires_at_ms)
{
    const struct held_key held = {.hash = key->hash,
                                  .holder = key->holder,
                                  .expires_at_ms = expires_at_ms,
                                  .checked_ms = key->question->now_ms};
    if (key->state == KEY_GOOD) {
        key_shelf_put(&ring->good, &held);
    } else {
        key_shelf_remove(&ring->good, &key->hash);
        key_shelf_put(&ring->refused, &held);
    }
}

/* No look-up for a while: each would make somebody wait. */
static void pause_look_ups(struct key_ring *ring, const struct asked_key *key)
{
    struct held_key *held = key_shelf_find(&ring->good, &key->hash);
    ring->pause_ms = key->question->now_ms + KEY_RING_PAUSE_MS;
    if (held != NULL)
        held->asking = false;
}

static void end_look_up(struct key_ring *ring, const struct asked_key *key, bool told,
                        const struct store_key *stored, const char *problem)
{
    (void)pthread_mutex_lock(&ring->mutex);
    bool changed = ring->away == told;
    ring->away = !told;
    ring->asking--;
    if (told)
        remember(ring, key, stored->expires_at_ms);
    else
        pause_look_ups(ring, key);
    (void)pthread_mutex_unlock(&ring->mutex);
    if (changed && told)
        log_event(LOG_INFO, "keys-looked-up", "%s", "");
    else if (changed)
        log_event(LOG_WARNING, "keys-not-looked-up", "problem=%s", problem);
}

static void look_up(struct key_ring *ring, struct asked_key *key)
{
    const struct key_source *source = &ring->options.source;
    struct store_key stored = {.revoked = false};
    struct error err = {.code = ERROR_NONE};
    bool found = false;
    bool told = source->look_up(source->context, key->id, &stored, &found, &err);
    if (told) {
        key->state = judge(key, &stored, found);
        key->holder = number_of(key->id);
    }
    end_look_up(ring, key, told, &stored, err.problems[0].code);
}

enum key_state key_ring_check(struct key_ring *ring, const struct key_question *question,
                              uint64_t *holder)
{
    struct asked_key key = {.question = question};
    if (!secret_key_parse(question->key, key.id))
        return KEY_REFUSED;
    secret_hash_make(question->key, &key.hash);
    (void)pthread_mutex_lock(&ring->mutex);
    bool asks = recall(ring, &key) && begin_look_up(ring, &key);
    (void)pthread_mutex_unlock(&ring->mutex);
    if (asks)
        look_up(ring, &key);
    *holder = key.holder;
    return key.state;
}
