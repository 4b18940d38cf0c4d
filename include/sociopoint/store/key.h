/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keys: what is kept of them, which is never the key itself but its hash.
 *
 * Nodes look keys up (STORE_ROLE_WRITE); the command line makes, lists and revokes them
 * (STORE_ROLE_IMPORT). Each function is a transaction of its own and needs no scope.
 */
#ifndef SOCIOPOINT_STORE_KEY_H
#define SOCIOPOINT_STORE_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

struct store;

enum { STORE_KEY_HASH_SIZE = 32, STORE_KEY_LABEL_MAXIMUM = 100, STORE_KEY_DAYS_MAXIMUM = 400 };

/* Whose it is: an organisation's, a professional's, or that of a municipality's editors. */
enum store_key_role {
    STORE_KEY_ORGANIZATION,
    STORE_KEY_PROFESSIONAL,
    STORE_KEY_EDITOR,
    STORE_KEY_ROLES
};

/* What is needed to check one. */
struct store_key {
    unsigned char hash[STORE_KEY_HASH_SIZE];
    int64_t expires_at_ms; /* wall clock */
    bool revoked;
};

/* The key with this public id; `*found` is false when there is none. */
MUST_USE bool store_key_lookup(struct store *store, const char *id, struct store_key *key,
                               bool *found, struct error *err);

/* A key to be kept. */
struct store_key_draft {
    const char *id;
    const unsigned char *hash; /* STORE_KEY_HASH_SIZE bytes */
    enum store_key_role role;
    const char *owner; /* id or key of the organisation, key of the municipality; NULL without */
    const char *label; /* 1 to STORE_KEY_LABEL_MAXIMUM characters: who has it */
    int days;          /* until it expires: 1 to STORE_KEY_DAYS_MAXIMUM */
};

/* Problems: organization-unknown, municipality-unknown, value-impossible. */
MUST_USE bool store_key_add(struct store *store, const struct store_key_draft *draft,
                            int64_t *expires_at_ms, struct error *err);

/* One key as it is listed; the views are valid during the call only. */
struct store_key_row {
    struct str id;
    struct str role;
    struct str owner; /* key of the organisation or municipality; "" without */
    struct str label;
    int64_t created_at_ms;
    int64_t expires_at_ms;
    int64_t revoked_at_ms; /* 0: it has not been */
};

typedef void store_key_visit(void *context, const struct store_key_row *row);

/* All keys, newest first. */
MUST_USE bool store_key_list(struct store *store, store_key_visit *visit, void *context,
                             struct error *err);
/* `*changed` is false when it has been revoked before. Problem: key-unknown. */
MUST_USE bool store_key_revoke(struct store *store, const char *id, bool *changed,
                               struct error *err);

#endif
