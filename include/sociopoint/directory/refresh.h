/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keeps a node's catalogue true: one thread reads the change feed and publishes generations.
 *
 * At start it asks the database, while its owner may still read the configuration; if that does
 * not answer in time, the state file is served instead, marked degraded, and the database's own
 * state follows as soon as it is back. A wake-up, a reconnect and a timer all lead to the same
 * "read seq > mine", so that a lost notification costs seconds and never a change. The state
 * file is written at most once a minute, and at once when something was removed or concealed.
 *
 * The refresher is the only writer of its generation holder. Its functions may be called from any
 * thread.
 */
#ifndef SOCIOPOINT_DIRECTORY_REFRESH_H
#define SOCIOPOINT_DIRECTORY_REFRESH_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"

struct generation_holder;
struct knowledge;
struct refresher;
struct store_settings;

enum {
    REFRESH_TIMER_MS = 15000, /* reads this often even without a notification */
    REFRESH_COALESCE_MS = 20, /* wake-ups within this time make one generation */
    REFRESH_START_MS = 2500, /* the first answers wait so long for the database or the state file */
    REFRESH_STATE_INTERVAL_MS = 60000,
    REFRESH_TICK_MS = 1000 /* how often what must happen at a moment is looked for */
};

struct refresh_options {
    const struct store_settings *read;  /* for the feed: the reading role */
    const struct store_settings *write; /* for the tick; NULL: this node does not tick */
    const char *state_path;             /* NULL or "": no state file */
    struct generation_holder *holder;   /* must outlive the refresher */
};

/* How the refresher sees the database, for health and metrics. */
struct refresh_status {
    bool connected;
    bool loaded;               /* there has been a generation */
    int64_t current_at_ms;     /* wall clock: up to when the catalogue is known to be current */
    int64_t state_saved_at_ms; /* wall clock; 0 never */
    int64_t failures;          /* attempts to reach the database that failed, since the start */
};

/*
 * Starts the threads; the settings and the path are copied. It takes a reference to `knowledge`,
 * which is NULL while that is still being read: documents come in meanwhile, and the first
 * generation waits for refresh_set_knowledge.
 */
struct refresher *refresh_start(const struct refresh_options *options,
                                const struct knowledge *knowledge, struct error *err);
/*
 * Waits until there is a generation, or the database and the state file have both failed once, at
 * most `timeout_ms`; whether there is a generation.
 */
bool refresh_wait_first(struct refresher *refresher, int64_t timeout_ms);
/* From now on generations are built with this knowledge; takes a reference of its own. */
void refresh_set_knowledge(struct refresher *refresher, const struct knowledge *knowledge);
struct refresh_status refresh_status(struct refresher *refresher);
/* Ends the threads, saves the state file if it is not current, frees everything. Accepts NULL. */
void refresh_stop(struct refresher *refresher);

#endif
