/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done without a scope: due documents, tombstones.
 */
#include <stdio.h>
#include <stdlib.h>

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
