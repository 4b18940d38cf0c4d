/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What one worker thread is doing, and for how long it may.
 *
 * civetweb has a timeout for each read and write but none for the whole, so each worker notes its
 * state, its deadline and whose connection it serves, and the reaper (reaper_internal.h) ends what
 * is overdue.
 */
#ifndef SOCIOPOINT_HTTP_WORKER_INTERNAL_H
#define SOCIOPOINT_HTTP_WORKER_INTERNAL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer_internal.h"
#include "sociopoint/base/arena.h"

enum worker_state {
    WORKER_FREE,      /* without a connection */
    WORKER_WAITING,   /* has a connection whose first request has not been parsed yet */
    WORKER_IDLE,      /* between two requests of a connection */
    WORKER_READING,   /* reads a body */
    WORKER_HANDLING,  /* is in the handler */
    WORKER_WRITING,   /* writes the answer */
    WORKER_LINGERING, /* has refused a body and reads a little of it, so that the answer arrives */
    WORKER_STATES
};

/* The two ends of a connection, enough to recognise its descriptor. */
struct endpoints {
    uint32_t peer_address; /* IPv4, network byte order */
    uint16_t peer_port;
    uint16_t local_port;
};

/* What is to be done to the connection of an overdue worker. */
enum worker_cut { WORKER_CUT_NONE, WORKER_CUT_READING, WORKER_CUT_BOTH };

struct worker {
    pthread_mutex_t mutex;
    enum worker_state state;    /* guarded by mutex, like all up to `cut` */
    struct endpoints endpoints; /* valid from the first request of a connection */
    int64_t since_ms;
    int64_t deadline_ms;
    enum worker_cut cut; /* what the reaper has done to this request */

    /* The worker thread's own. */
    struct arena *arena;
    const char *buffer; /* where civetweb's request buffer begins; see receive_internal.h */
    int64_t connected_ms;
    bool said_close; /* the last answer of this connection ended it */
    int64_t date_s;  /* the second that `date` shows */
    char date[ANSWER_DATE_SIZE];
    char scratch[ANSWER_SCRATCH_SIZE];
};

MUST_USE bool worker_init(struct worker *worker, size_t arena_maximum);
void worker_done(struct worker *worker);

void worker_enter(struct worker *worker, enum worker_state state, int64_t now_ms,
                  int64_t deadline_ms);
/* The first state of a request; forgets earlier cuts. */
void worker_begin(struct worker *worker, enum worker_state state, const struct endpoints *endpoints,
                  int64_t now_ms, int64_t deadline_ms);
enum worker_state worker_current(struct worker *worker);
bool worker_was_cut(struct worker *worker);

/* What is overdue, by the rules of the reaper; the caller holds the mutex. */
enum worker_cut worker_due(const struct worker *worker, int64_t now_ms);

#endif
