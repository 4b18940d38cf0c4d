/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/store/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"
#include "store_internal.h"

static int64_t milliseconds(const PGresult *answer, int row, int column)
{
    return strtoll(PQgetvalue(answer, row, column), NULL, 10); /* null reads as "" */
}

/* The columns of the query in store_key_lookup. */
enum { LOOKUP_HASH, LOOKUP_EXPIRES, LOOKUP_REVOKED };

static bool read_key(const PGresult *answer, struct store_key *key, struct error *err)
{
    size_t size = 0;
    unsigned char *hash =
        PQunescapeBytea((const unsigned char *)PQgetvalue(answer, 0, LOOKUP_HASH), &size);
    bool fits = hash != NULL && size == sizeof key->hash;
    if (fits)
        memcpy(key->hash, hash, sizeof key->hash);
    PQfreemem(hash);
    key->expires_at_ms = milliseconds(answer, 0, LOOKUP_EXPIRES);
    key->revoked = PQgetvalue(answer, 0, LOOKUP_REVOKED)[0] == 't';
    return fits || error_set(err, ERROR_INTERNAL, "database-error", NULL);
}

bool store_key_lookup(struct store *store, const char *id, struct store_key *key, bool *found,
                      struct error *err)
{
    static const char sql[] =
        "SELECT hash, (extract(epoch FROM expires_at) * 1000)::bigint, revoked"
        " FROM admin.key_lookup($1)";
    PGresult *answer CLEANUP(answer_clearp) = store_query(store, sql, 1, &id, err);
    if (answer == NULL)
        return false;
    *found = PQntuples(answer) == 1;
    memset(key, 0, sizeof *key);
    return !*found || read_key(answer, key, err);
}

/* As admin.key_add() takes them. */
static const char *const role_names[STORE_KEY_ROLES] = {[STORE_KEY_ORGANIZATION] = "organization",
                                                        [STORE_KEY_PROFESSIONAL] = "professional",
                                                        [STORE_KEY_EDITOR] = "editor"};

bool store_key_add(struct store *store, const struct store_key_draft *draft, int64_t *expires_at_ms,
                   struct error *err)
{
    static const char sql[] = "SELECT (extract(epoch FROM"
                              " admin.key_add($1, $2, $3, $4, $5, $6)) * 1000)::bigint";
    char hash[2 + 2 * STORE_KEY_HASH_SIZE + 1] = "\\x";
    char days[16];
    for (size_t i = 0; i < STORE_KEY_HASH_SIZE; i++)
        (void)snprintf(hash + 2 + 2 * i, 3, "%02x", draft->hash[i]);
    (void)snprintf(days, sizeof days, "%d", draft->days);
    const char *values[] = {draft->id,    hash,         role_names[draft->role],
                            draft->owner, draft->label, days};
    PGresult *answer CLEANUP(answer_clearp) = store_query(store, sql, 6, values, err);
    if (answer == NULL)
        return false;
    *expires_at_ms = milliseconds(answer, 0, 0);
    return true;
}

/* The columns of the query in store_key_list. */
enum { LIST_ID, LIST_ROLE, LIST_OWNER, LIST_LABEL, LIST_CREATED, LIST_EXPIRES, LIST_REVOKED };

bool store_key_list(struct store *store, store_key_visit *visit, void *context, struct error *err)
{
    static const char sql[] = "SELECT kid, role, owner, label,"
                              " (extract(epoch FROM created_at) * 1000)::bigint,"
                              " (extract(epoch FROM expires_at) * 1000)::bigint,"
                              " (extract(epoch FROM revoked_at) * 1000)::bigint"
                              " FROM admin.key_list()";
    PGresult *answer CLEANUP(answer_clearp) = store_query(store, sql, 0, NULL, err);
    for (int i = 0; answer != NULL && i < PQntuples(answer); i++) {
        const struct store_key_row row = {
            .id = str_from(PQgetvalue(answer, i, LIST_ID)),
            .role = str_from(PQgetvalue(answer, i, LIST_ROLE)),
            .owner = str_from(PQgetvalue(answer, i, LIST_OWNER)),
            .label = str_from(PQgetvalue(answer, i, LIST_LABEL)),
            .created_at_ms = milliseconds(answer, i, LIST_CREATED),
            .expires_at_ms = milliseconds(answer, i, LIST_EXPIRES),
            .revoked_at_ms = milliseconds(answer, i, LIST_REVOKED),
        };
        visit(context, &row);
    }
    return answer != NULL;
}

bool store_key_revoke(struct store *store, const char *id, bool *changed, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) =
        store_query(store, "SELECT admin.key_revoke($1)", 1, &id, err);
    if (answer == NULL)
        return false;
    *changed = PQgetvalue(answer, 0, 0)[0] == 't';
    return true;
}
