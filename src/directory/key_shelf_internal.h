/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keys by their hashes, in a table of fixed size: where there is no room, the key that was looked
 * up longest ago goes. Not locked by itself.
 */
#ifndef SOCIOPOINT_DIRECTORY_KEY_SHELF_INTERNAL_H
#define SOCIOPOINT_DIRECTORY_KEY_SHELF_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/secret/key.h"

enum { KEY_SHELF_SETS = 128, KEY_SHELF_WAYS = 8 };

struct held_key {
    bool taken;
    bool asking; /* a request looks it up right now */
    struct secret_hash hash;
    uint64_t holder;
    int64_t expires_at_ms; /* wall clock */
    int64_t checked_ms;    /* monotonic: when its last look-up began */
};

struct key_shelf {
    struct held_key sets[KEY_SHELF_SETS][KEY_SHELF_WAYS];
};

/* NULL when it is not there. */
struct held_key *key_shelf_find(struct key_shelf *shelf, const struct secret_hash *hash);
/* Puts it there, in the place of the same one if there is one. */
void key_shelf_put(struct key_shelf *shelf, const struct held_key *key);
void key_shelf_remove(struct key_shelf *shelf, const struct secret_hash *hash);

#endif
