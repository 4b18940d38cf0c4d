/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_internal.h"
#include "entry_internal.h"
#include "sociopoint/base/error.h"

enum { FIRST_CAPACITY = 1024 };

struct catalogue *catalogue_new(void)
{
    return calloc(1, sizeof(struct catalogue));
}

void catalogue_clear(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->capacity; i++)
        entry_release(catalogue->slots[i]);
    free(catalogue->slots);
    *catalogue = (struct catalogue){.slots = NULL};
}

void catalogue_free(struct catalogue *catalogue)
{
    if (catalogue == NULL)
        return;
    catalogue_clear(catalogue);
    free(catalogue);
}

/* Where the document is, or belongs; the table always has a free slot. */
static struct entry **slot_of(struct entry **slots, size_t capacity, enum document_kind kind,
                              const struct uuid *id)
{
    size_t i = (size_t)entry_hash(kind, id) & (capacity - 1);
    while (slots[i] != NULL && !entry_is(slots[i], kind, id))
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

/* Makes sure that one more entry leaves a third of the slots free. */
static bool make_room(struct catalogue *catalogue, struct error *err)
{
    if ((catalogue->used + 1) * 3 <= catalogue->capacity * 2)
        return true;
    if (catalogue->used >= CATALOGUE_DOCUMENTS_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "catalogue-full", "");
    size_t capacity = catalogue->capacity == 0 ? FIRST_CAPACITY : catalogue->capacity * 2;
    struct entry **slots = calloc(capacity, sizeof(struct entry *));
    if (slots == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < catalogue->capacity; i++) {
        struct entry *entry = catalogue->slots[i];
        if (entry != NULL)
            *slot_of(slots, capacity, entry->kind, &entry->id) = entry;
    }
    free(catalogue->slots);
    catalogue->slots = slots;
    catalogue->capacity = capacity;
    return true;
}

/* Takes an entry out of the counts. */
static void uncount(struct catalogue *catalogue, const struct entry *entry)
{
    if (entry->removed)
        return;
    catalogue->counts[entry->kind]--;
    catalogue->document_bytes -= entry_document_bytes(entry);
}

static void count(struct catalogue *catalogue, const struct entry *entry)
{
    if (entry->removed)
        return;
    catalogue->counts[entry->kind]++;
    catalogue->document_bytes += entry_document_bytes(entry);
}

static void move_cursor(struct catalogue *catalogue, int64_t seq)
{
    if (seq > catalogue->seq)
        catalogue->seq = seq;
}

bool catalogue_apply(struct catalogue *catalogue, const struct document_row *row, struct error *err)
{
    if (!make_room(catalogue, err))
        return false;
    struct entry **slot = slot_of(catalogue->slots, catalogue->capacity, row->kind, &row->id);
    if (*slot != NULL && row->seq <= (*slot)->seq)
        return true;
    struct entry *entry = entry_new(row, err);
    if (entry == NULL)
        return false;
    if (*slot == NULL)
        catalogue->used++;
    else
        uncount(catalogue, *slot);
    entry_release(*slot);
    *slot = entry;
    count(catalogue, entry);
    move_cursor(catalogue, row->seq);
    return true;
}

struct str catalogue_epoch(const struct catalogue *catalogue)
{
    return (struct str){catalogue->epoch, catalogue->epoch_length};
}

int64_t catalogue_seq(const struct catalogue *catalogue)
{
    return catalogue->seq;
}

bool catalogue_set_cursor(struct catalogue *catalogue, struct str epoch, int64_t seq,
                          struct error *err)
{
    if (epoch.length > CATALOGUE_EPOCH_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "catalogue-epoch-too-long", "");
    if (epoch.length > 0)
        memcpy(catalogue->epoch, epoch.data, epoch.length);
    catalogue->epoch_length = epoch.length;
    catalogue->seq = seq;
    return true;
}

size_t catalogue_count(const struct catalogue *catalogue, enum document_kind kind)
{
    return catalogue->counts[kind];
}

size_t catalogue_document_bytes(const struct catalogue *catalogue)
{
    return catalogue->document_bytes;
}

const struct entry *catalogue_find(const struct catalogue *catalogue, enum document_kind kind,
                                   const struct uuid *id)
{
    return catalogue->capacity == 0 ? NULL
                                    : *slot_of(catalogue->slots, catalogue->capacity, kind, id);
}
