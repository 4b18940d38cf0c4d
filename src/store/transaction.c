/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/store/transaction.h"

#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"
#include "sociopoint/base/builder.h"
#include "store_internal.h"

struct store_tx {
    struct store *store;
    struct connection *connection;
};

struct store_tx *store_tx_begin(struct store *store, const char *scope, struct error *err)
{
    struct store_tx *tx = calloc(1, sizeof *tx);
    if (tx == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
        return NULL;
    }
    tx->store = store;
    tx->connection = store_acquire_begun(store, scope == NULL ? "" : scope, err);
    if (tx->connection == NULL) {
        free(tx);
        return NULL;
    }
    return tx;
}

bool store_tx_commit(struct store_tx *tx, struct error *err)
{
    struct error failure = {0};
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(tx->connection, "COMMIT", 0, NULL, PGRES_COMMAND_OK, &failure);
    if (answer != NULL && strcmp(PQcmdStatus(answer), "COMMIT") == 0)
        return true;
    if (answer != NULL) /* ROLLBACK: an earlier statement had failed */
        return error_set(err, ERROR_INTERNAL, "database-error", NULL);
    if (tx->connection->pg == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "database-commit-unknown", NULL);
    *err = failure;
    return false;
}

void store_tx_end(struct store_tx *tx)
{
    struct error ignored = {0};
    if (tx == NULL)
        return;
    if (tx->connection->pg != NULL && PQtransactionStatus(tx->connection->pg) != PQTRANS_IDLE)
        /* What cannot be rolled back is closed by store_release, which comes to the same. */
        (void)connection_do(tx->connection, "ROLLBACK", 0, NULL, PGRES_COMMAND_OK, &ignored);
    store_release(tx->store, tx->connection);
    free(tx);
}

void store_tx_endp(struct store_tx **tx)
{
    store_tx_end(*tx);
}

/* One row, one boolean. */
static bool query_changed(struct store_tx *tx, const char *sql, int count,
                          const char *const *values, bool *changed, struct error *err)
{
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(tx->connection, sql, count, values, PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    *changed = PQgetvalue(answer, 0, 0)[0] == 't';
    return true;
}

bool store_put_area(struct store_tx *tx, const char *json, bool *changed, struct error *err)
{
    return query_changed(tx, "SELECT listing.put_area($1)", 1, &json, changed, err);
}

bool store_put_term(struct store_tx *tx, const char *json, bool *changed, struct error *err)
{
    return query_changed(tx, "SELECT listing.put_term($1)", 1, &json, changed, err);
}

bool store_put_organization(struct store_tx *tx, const char *json, bool *changed, struct error *err)
{
    return query_changed(tx, "SELECT listing.put_organization($1)", 1, &json, changed, err);
}

bool store_put_location(struct store_tx *tx, const char *json, bool *changed, struct error *err)
{
    return query_changed(tx, "SELECT listing.put_location($1)", 1, &json, changed, err);
}

bool store_put_service(struct store_tx *tx, const char *json, bool *changed, struct error *err)
{
    return query_changed(tx, "SELECT listing.put_service($1)", 1, &json, changed, err);
}

bool store_put_event(struct store_tx *tx, const char *json, bool *changed, struct error *err)
{
    return query_changed(tx, "SELECT listing.put_event($1)", 1, &json, changed, err);
}

bool store_remove(struct store_tx *tx, enum store_kind kind, const struct uuid *id, bool *changed,
                  struct error *err)
{
    char text[UUID_TEXT_SIZE];
    const char *values[] = {store_kind_name(kind), uuid_to_text(id, text)};
    return query_changed(tx, "SELECT listing.remove($1, $2)", 2, values, changed, err);
}

/* The keys as an array of published.key: {"(service,<uuid>)",...}. */
static void append_keys(struct builder *array, const struct store_record_key *keys, size_t count)
{
    char id[UUID_TEXT_SIZE];
    builder_append_char(array, '{');
    for (size_t i = 0; i < count; i++)
        builder_printf(array, "%s\"(%s,%s)\"", i == 0 ? "" : ",", store_kind_name(keys[i].kind),
                       uuid_to_text(&keys[i].id, id));
    builder_append_char(array, '}');
    builder_append_char(array, '\0');
}

bool store_publish(struct store_tx *tx, const struct store_record_key *keys, size_t count,
                   int *written, struct error *err)
{
    if (count > STORE_PUBLISH_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "publish-too-many", NULL);
    struct builder array CLEANUP(builder_done);
    builder_init(&array, NULL, 128 * (size_t)(count + 1));
    append_keys(&array, keys, count);
    if (builder_failed(&array))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
    const char *values[] = {builder_view(&array).data};
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(tx->connection, "SELECT published.publish($1::published.key[])", 1, values,
                         PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    *written = (int)strtol(PQgetvalue(answer, 0, 0), NULL, 10);
    return true;
}
