/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a node knows of the keys that it is sent.
 *
 * A key that was looked up and good is held in memory for `recheck_ms`; when it is used after that
 * it is looked up again, by one request, while the others go on with what is known. So a key that
 * is used costs no round trip to the database but one in so many seconds, and a key that was
 * revoked is refused after that time and that of a look-up. While keys cannot be looked up, a key
 * that was good stays good for `grace_ms` more, and the next attempt is made seconds later.
 *
 * Bad keys are held apart, so that they cannot drive good ones out, and for a minute. Both shelves
 * have a fixed size. Keys are known by their hashes alone. Never more than a few look-ups are made
 * at a time; who comes meanwhile is told that the key is unknown.
 *
 * Any thread may call.
 */
#ifndef SOCIOPOINT_DIRECTORY_KEY_RING_H
#define SOCIOPOINT_DIRECTORY_KEY_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

struct key_ring;
struct store_key;

enum {
    KEY_RING_AT_ONCE = 4,        /* look-ups */
    KEY_RING_REFUSED_MS = 60000, /* how long a bad key is remembered */
    KEY_RING_PAUSE_MS = 3000     /* from the beginning of a look-up that failed to the next */
};

/* Where keys are looked up: a function such as store_key_lookup, and its first argument. */
struct key_source {
    bool (*look_up)(void *context, const char *id, struct store_key *key, bool *found,
                    struct error *err);
    void *context;
};

struct key_ring_options {
    struct key_source source;
    int64_t recheck_ms;
    int64_t grace_ms;
};

enum key_state {
    KEY_REFUSED, /* mistyped, unknown, expired or revoked */
    KEY_GOOD,
    KEY_UNKNOWN /* it has not been looked up, or cannot be now */
};

struct key_question {
    struct str key; /* as sent */
    bool ask;       /* a key that is not held is looked up; else it is KEY_UNKNOWN */
    int64_t now_ms; /* monotonic */
    int64_t wall_ms;
};

/* NULL with memory-exhausted or entropy-unavailable. */
MUST_USE struct key_ring *key_ring_new(const struct key_ring_options *options, struct error *err);
void key_ring_free(struct key_ring *ring);

/* What is known of a key; *holder is a number that stands for it when it is good. */
enum key_state key_ring_check(struct key_ring *ring, const struct key_question *question,
                              uint64_t *holder);

#endif
