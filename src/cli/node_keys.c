/* SPDX-License-Identifier: EUPL-1.2 */
#include "node_keys_internal.h"

#include "command_internal.h"

#include "sociopoint/base/clock.h"
#include "sociopoint/config/settings.h"
#include "sociopoint/directory/key_ring.h"
#include "sociopoint/store/key.h"
#include "sociopoint/store/store.h"

/* A request waits for a look-up, so it is a short one. */
enum { CONNECT_MS = 1000, STATEMENT_MS = 500 };

static int64_t at_most(int64_t ms, int64_t maximum)
{
    return ms < maximum ? ms : maximum;
}

static bool look_up(void *store, const char *id, struct store_key *key, bool *found,
                    struct error *err)
{
    return store_key_lookup(store, id, key, found, err);
}

bool node_keys_start(struct node_keys *keys, const struct configuration *configuration,
                     struct error *err)
{
    const struct settings_keys *settings = &configuration->settings->keys;
    struct store_settings store = configuration_store(configuration, STORE_ROLE_WRITE);
    store.connections = KEY_RING_AT_ONCE;
    store.connect_timeout_ms = at_most(store.connect_timeout_ms, CONNECT_MS);
    store.statement_timeout_ms = at_most(store.statement_timeout_ms, STATEMENT_MS);
    keys->store = store_open(&store, err);
    if (keys->store == NULL)
        return false;
    const struct key_ring_options options = {.source = {look_up, keys->store},
                                             .recheck_ms = settings->recheck_ms,
                                             .grace_ms = settings->grace_ms};
    keys->ring = key_ring_new(&options, err);
    return keys->ring != NULL;
}

void node_keys_stop(struct node_keys *keys)
{
    key_ring_free(keys->ring);
    store_close(keys->store);
    *keys = (struct node_keys){.store = NULL};
}

enum http_key_state node_keys_check(void *context, struct str key, bool ask, uint64_t *holder)
{
    static const enum http_key_state states[] = {[KEY_REFUSED] = HTTP_KEY_REFUSED,
                                                 [KEY_GOOD] = HTTP_KEY_GOOD,
                                                 [KEY_UNKNOWN] = HTTP_KEY_UNKNOWN};
    struct node_keys *keys = context;
    const struct key_question question = {
        .key = key, .ask = ask, .now_ms = clock_monotonic_ms(), .wall_ms = clock_wall_ms()};
    return states[key_ring_check(keys->ring, &question, holder)];
}
