/* SPDX-License-Identifier: EUPL-1.2 */
#include "key_shelf_internal.h"

static struct held_key *set_of(struct key_shelf *shelf, const struct secret_hash *hash)
{
    return shelf->sets[hash->bytes[0] % KEY_SHELF_SETS];
}

struct held_key *key_shelf_find(struct key_shelf *shelf, const struct secret_hash *hash)
{
    struct held_key *set = set_of(shelf, hash);
    for (size_t i = 0; i < KEY_SHELF_WAYS; i++) {
        if (set[i].taken && secret_hash_equal(&set[i].hash, hash))
            return &set[i];
    }
    return NULL;
}

/* A free place, else the one that was looked up longest ago. */
static struct held_key *make_room(struct held_key *set)
{
    struct held_key *oldest = set;
    for (size_t i = 0; i < KEY_SHELF_WAYS; i++) {
        if (!set[i].taken)
            return &set[i];
        if (set[i].checked_ms < oldest->checked_ms)
            oldest = &set[i];
    }
    return oldest;
}

void key_shelf_put(struct key_shelf *shelf, const struct held_key *key)
{
    struct held_key *place = key_shelf_find(shelf, &key->hash);
    if (place == NULL)
        place = make_room(set_of(shelf, &key->hash));
    *place = *key;
    place->taken = true;
}

void key_shelf_remove(struct key_shelf *shelf, const struct secret_hash *hash)
{
    struct held_key *key = key_shelf_find(shelf, hash);
    if (key != NULL)
        key->taken = false;
}
