/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/directory/import.h"

#include <stdlib.h>

#include "import_internal.h"

#include "sociopoint/base/clock.h"
#include "sociopoint/store/store.h"
#include "sociopoint/store/transaction.h"

enum { FIRST_BATCH = 25 };

/* The order of writing: what is embedded before what embeds it, and removals the other way round. */
struct write {
    struct store *store;
    const struct import_plan *plan;
    struct import_result *result;
    size_t *order; /* positions in the plan */
    size_t count;
};

static const struct {
    enum store_kind kind;
    bool (*put)(struct store_tx *tx, const char *json, bool *changed, struct error *err);
} targets[IMPORT_KIND_COUNT] = {
    [IMPORT_AREA] = {STORE_KIND_COUNT, store_put_area}, /* never published by itself */
    [IMPORT_TAXONOMY] = {STORE_TAXONOMY, store_put_term},
    [IMPORT_TERM] = {STORE_TAXONOMY_TERM, store_put_term},
    [IMPORT_ORGANIZATION] = {STORE_ORGANIZATION, store_put_organization},
    [IMPORT_LOCATION] = {STORE_LOCATION, store_put_location},
    [IMPORT_SERVICE] = {STORE_SERVICE, store_put_service},
    [IMPORT_EVENT] = {STORE_EVENT, store_put_event},
};

static void append_kind(struct write *write, int kind, bool removed)
{
    const struct import_plan *plan = write->plan;
    for (size_t i = 0; i < plan->count; i++) {
        if ((int)plan->records[i].kind == kind && plan->records[i].removed == removed)
            write->order[write->count++] = i;
    }
}

static bool make_order(struct write *write, struct error *err)
{
    write->order = calloc(write->plan->count + 1, sizeof *write->order);
    if (write->order == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++)
        append_kind(write, kind, false);
    for (int kind = IMPORT_KIND_COUNT - 1; kind >= 0; kind--)
        append_kind(write, kind, true);
    return true;
}

/* What a problem of the database is about. */
static bool name_record(const struct import_record *record, struct error *err)
{
    for (size_t i = 0; i < err->problem_count; i++) {
        problem_prefix(&err->problems[i], record->key);
        problem_prefix(&err->problems[i], import_kind_name(record->kind));
    }
    return false;
}

static bool write_record(struct store_tx *tx, const struct import_record *record,
                         enum import_outcome *outcome, struct error *err)
{
    bool changed = false;
    if (record->removed) {
        if (!store_remove(tx, targets[record->kind].kind, &record->id, &changed, err))
            return name_record(record, err);
        *outcome = changed ? IMPORT_REMOVED : IMPORT_UNCHANGED;
        return true;
    }
    char *text = json_dumps(record->json, JSON_COMPACT);
    if (text == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    bool good = targets[record->kind].put(tx, text, &changed, err);
    free(text);
    *outcome = changed ? IMPORT_WRITTEN : IMPORT_UNCHANGED;
    return good || name_record(record, err);
}

/* Writes `count` records in one transaction; `*elapsed_ms` is how long the publishing lock was held. */
static bool write_batch(const struct write *write, size_t first, size_t count,
                        enum import_outcome *outcomes, int64_t *elapsed_ms, struct error *err)
{
    struct store_record_key keys[STORE_PUBLISH_MAXIMUM];
    size_t key_count = 0;
    int written = 0;
    struct store_tx *tx CLEANUP(store_tx_endp) = store_tx_begin(write->store, "all", err);
    if (tx == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct import_record *record = &write->plan->records[write->order[first + i]];
        if (!write_record(tx, record, &outcomes[i], err))
            return false;
        if (outcomes[i] != IMPORT_UNCHANGED && record->kind != IMPORT_AREA)
            keys[key_count++] =
                (struct store_record_key){.kind = targets[record->kind].kind, .id = record->id};
    }
    int64_t began = clock_monotonic_ms();
    if (key_count > 0 && !store_publish(tx, keys, key_count, &written, err))
        return false;
    bool good = store_tx_commit(tx, err);
    *elapsed_ms = clock_monotonic_ms() - began;
    return good;
}

static void tell_batch(const struct write *write, size_t first, size_t count,
                       const enum import_outcome *outcomes)
{
    const struct import_report *report = write->plan->report;
    for (size_t i = 0; i < count; i++) {
        const struct import_record *record = &write->plan->records[write->order[first + i]];
        write->result->written += outcomes[i] == IMPORT_WRITTEN;
        write->result->unchanged += outcomes[i] == IMPORT_UNCHANGED;
        write->result->removed += outcomes[i] == IMPORT_REMOVED;
        if (report->row != NULL)
            report->row(report->context, import_kind_name(record->kind), record->key, outcomes[i]);
    }
    if (report->progress != NULL)
        report->progress(report->context, first + count, write->count);
}

static bool write_plan(struct write *write, struct error *err)
{
    int size = FIRST_BATCH;
    if (!make_order(write, err))
        return false;
    for (size_t first = 0; first < write->count;) {
        enum import_outcome outcomes[STORE_PUBLISH_MAXIMUM];
        int64_t elapsed_ms = 0;
        size_t count = write->count - first < (size_t)size ? write->count - first : (size_t)size;
        if (!write_batch(write, first, count, outcomes, &elapsed_ms, err))
            return false;
        tell_batch(write, first, count, outcomes);
        size = store_batch_size((int)count, elapsed_ms);
        first += count;
    }
    return store_drain_due(write->store, NULL, err);
}

bool directory_import(struct store *store, const struct knowledge *knowledge,
                      const struct import_source *source, const struct import_report *report,
                      struct import_result *result, struct error *err)
{
    struct import_plan plan = {.files = source->files, .report = report, .err = err};
    struct write write = {.store = store, .plan = &plan, .result = result};
    *result = (struct import_result){0};
    bool good = import_plan_add_knowledge(&plan, knowledge) &&
                import_plan_add_files(&plan, source->schema_path) &&
                import_plan_check(&plan, knowledge);
    result->records = plan.count;
    result->begun = good;
    good = good && write_plan(&write, err);
    free(write.order);
    import_plan_done(&plan);
    return good;
}
