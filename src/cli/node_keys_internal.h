/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The keys of a running node: a ring of them, and the few connections over which it looks them up.
 */
#ifndef SOCIOPOINT_CLI_NODE_KEYS_INTERNAL_H
#define SOCIOPOINT_CLI_NODE_KEYS_INTERNAL_H

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/http/server.h"

struct configuration;
struct key_ring;
struct store;

struct node_keys {
    struct store *store;
    struct key_ring *ring;
};

/* Connects to nothing yet. What was begun is undone by node_keys_stop. */
MUST_USE bool node_keys_start(struct node_keys *keys, const struct configuration *configuration,
                              struct error *err);
void node_keys_stop(struct node_keys *keys);

/* For http_options; the context is the struct node_keys. */
enum http_key_state node_keys_check(void *context, struct str key, bool ask, uint64_t *holder);

#endif
