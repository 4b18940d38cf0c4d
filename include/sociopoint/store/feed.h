/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The stream of published documents: what a node reads to have its own copy.
 *
 * A feed has a connection of its own, on which it listens; a notification is only a wake-up, the
 * truth is what `seq > mine` returns. The loop of its one user:
 *
 *     for (;;) {
 *         if (store_feed_check(feed, &state, &err)) {        connects when needed
 *             full reload when state.epoch differs from mine or state.maximum is below my seq
 *             store_feed_read(feed, seq, apply, me, &err)
 *         }
 *         if (store_feed_wait(feed, 15000) == STORE_FEED_WOKEN && stopping)
 *             break;
 *     }
 *
 * While the database is away, store_feed_check fails at once until the next attempt is due, and
 * store_feed_wait returns when it is (backoff with jitter, at most 3 s). A feed belongs to one
 * thread; store_feed_wake alone may be called from any thread and from a signal handler.
 */
#ifndef SOCIOPOINT_STORE_FEED_H
#define SOCIOPOINT_STORE_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/store/store.h"

struct store_feed;

enum { STORE_EPOCH_SIZE = 17 };

/* Where the database stands. Cursors below `pruned` may have missed tombstones. */
struct store_feed_state {
    char epoch[STORE_EPOCH_SIZE]; /* another one: another history, read everything anew */
    int64_t maximum;              /* the highest seq ever published in this history */
    int64_t pruned;
};

/* One document's newest state. The views are valid during the callback only. */
struct store_feed_row {
    int64_t seq;
    enum store_kind kind;
    struct uuid id;
    struct str municipality; /* absent: national, regional or none */
    struct str facts;        /* this and the next two are absent in a tombstone */
    struct str body;
    struct str short_form;
    bool deleted;
};

/*
 * Returning false ends the reading: store_feed_read fails with what the callback has put into *err.
 */
typedef bool store_feed_apply(void *context, const struct store_feed_row *row, struct error *err);

enum store_feed_event {
    STORE_FEED_CHANGED, /* something was published */
    STORE_FEED_TIMEOUT, /* nothing was, or the wait could not be told: read anyway */
    STORE_FEED_WOKEN,   /* store_feed_wake was called */
    STORE_FEED_LOST     /* no connection: time for the next store_feed_check */
};

/* Connects to nothing yet. `settings->connections` and `wait_ms` do not matter. */
struct store_feed *store_feed_open(const struct store_settings *settings, struct error *err);
void store_feed_close(struct store_feed *feed);

/* Connects and listens when there is no connection, and asks where the database stands. */
MUST_USE bool store_feed_check(struct store_feed *feed, struct store_feed_state *state,
                               struct error *err);
/* Every document with seq > `after` in the order of seq, row by row as they arrive. */
MUST_USE bool store_feed_read(struct store_feed *feed, int64_t after, store_feed_apply *apply,
                              void *context, struct error *err);
/* Waits for the next event, at most `timeout_ms`. */
enum store_feed_event store_feed_wait(struct store_feed *feed, int64_t timeout_ms);
/* Ends the present or the next wait. */
void store_feed_wake(struct store_feed *feed);
/* Whether there is a connection, as far as is known. */
bool store_feed_connected(const struct store_feed *feed);

#endif
