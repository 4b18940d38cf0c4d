/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done without a scope: due documents, tombstones, the check of a key.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/store/store.h"
#include "store_internal.h"

enum { FIRST_BATCH = 25 };

int store_batch_size(int size, int64_t elapsed_ms)
{
    if (elapsed_ms > STORE_PUBLISH_TARGET_MS)
        size = (int)(size * (int64_t)STORE_PUBLISH_TARGET_MS / (2 * elapsed_ms));
    else if (elapsed_ms * 2 <= STORE_PUBLISH_TARGET_MS)
        size *= 2;
    if (size < 1)
        return 1;
    return size > STORE_PUBLISH_MAXIMUM ? STORE_PUBLISH_MAXIMUM : size;
}

/* The one integer that these functions of the database return. */
static bool query_count(struct store *store, const char *sql, int count, const char *const *values,
                        int *result, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) = store_query(store, sql, count, values, err);
    if (answer == NULL)
        return false;
    *result = (int)strtol(PQgetvalue(answer, 0, 0), NULL, 10);
    return true;
}

bool store_publish_due(struct store *store, int limit, int *done, struct error *err)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", limit);
    const char *values[] = {text};
    return query_count(store, "SELECT published.publish_due($1)", 1, values, done, err);
}

bool store_drain_due(struct store *store, int *done, struct error *err)
{
    int total = 0;
    int batch = FIRST_BATCH;
    for (int taken = 1; taken > 0; total += taken) {
        int64_t began = clock_monotonic_ms();
        if (!store_publish_due(store, batch, &taken, err))
            return false;
        batch = store_batch_size(batch, clock_monotonic_ms() - began);
    }
    if (done != NULL)
        *done = total;
    return true;
}

bool store_prune(struct store *store, int *removed, struct error *err)
{
    return query_count(store, "SELECT published.prune()", 0, NULL, removed, err);
}

/* The columns of the query in store_key_lookup. */
enum { KEY_ORGANIZATION, KEY_MAC, KEY_PEPPER, KEY_SCOPES, KEY_EXPIRES, KEY_REVOKED };

static bool read_key(const PGresult *answer, struct store_key *key, struct error *err)
{
    size_t mac_size = 0;
    unsigned char *mac =
        PQunescapeBytea((const unsigned char *)PQgetvalue(answer, 0, KEY_MAC), &mac_size);
    bool fits = mac != NULL && mac_size == sizeof key->mac;
    if (fits)
        memcpy(key->mac, mac, sizeof key->mac);
    PQfreemem(mac);
    key->has_organization = !PQgetisnull(answer, 0, KEY_ORGANIZATION);
    fits = fits &&
           (!key->has_organization ||
            uuid_from_text(str_from(PQgetvalue(answer, 0, KEY_ORGANIZATION)), &key->organization));
    (void)str_copy_z(str_from(PQgetvalue(answer, 0, KEY_PEPPER)), key->pepper_id,
                     sizeof key->pepper_id);
    (void)str_copy_z(str_from(PQgetvalue(answer, 0, KEY_SCOPES)), key->scopes, sizeof key->scopes);
    key->expires_at_ms = strtoll(PQgetvalue(answer, 0, KEY_EXPIRES), NULL, 10);
    key->revoked = PQgetvalue(answer, 0, KEY_REVOKED)[0] == 't';
    return fits || error_set(err, ERROR_INTERNAL, "database-error", NULL);
}

bool store_key_lookup(struct store *store, const char *kid, struct store_key *key, bool *found,
                      struct error *err)
{
    static const char sql[] =
        "SELECT organization_id, mac, pepper_id, array_to_string(scopes, ','),"
        " (extract(epoch FROM expires_at) * 1000)::bigint, revoked"
        " FROM admin.key_lookup($1)";
    PGresult *answer CLEANUP(answer_clearp) = store_query(store, sql, 1, &kid, err);
    if (answer == NULL)
        return false;
    *found = PQntuples(answer) == 1;
    memset(key, 0, sizeof *key);
    return !*found || read_key(answer, key, err);
}
