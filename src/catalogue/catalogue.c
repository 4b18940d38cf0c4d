/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_internal.h"
#include "entry_internal.h"
#include "sociopoint/base/error.h"

enum { FIRST_CAPACITY = 1024, COMPACT_SHARE = 8, COMPACT_MINIMUM = 1024 * 1024 };

struct catalogue *catalogue_new(void)
{
    return calloc(1, sizeof(struct catalogue));
}

void catalogue_clear(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->used; i++)
        entry_release(catalogue->entries[i]);
    entry_heap_done(&catalogue->heap);
    free(catalogue->entries);
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

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* Where the document's position is, or belongs; the table always has a free slot. */
static struct catalogue_slot *slot_of(const struct catalogue *catalogue, enum document_kind kind,
                                      const struct uuid *id)
{
    const uint64_t hash = entry_hash(kind, id);
    const size_t mask = catalogue->capacity - 1;
    size_t i = (size_t)hash & mask;
    for (;; i = (i + 1) & mask) {
        struct catalogue_slot *slot = &catalogue->slots[i];
        if (slot->position == 0 || (slot->tag == tag_of(hash) &&
                                    entry_is(catalogue->entries[slot->position - 1], kind, id)))
            return slot;
    }
}

/* Makes the slot that of the entry at `position`. */
static void set_slot(struct catalogue_slot *slot, const struct entry *entry, size_t position)
{
    *slot = (struct catalogue_slot){.position = (uint32_t)position + 1,
                                    .tag = tag_of(entry_hash(entry->kind, &entry->id))};
}

void catalogue_place(struct catalogue *catalogue)
{
    memset(catalogue->slots, 0, catalogue->capacity * sizeof *catalogue->slots);
    for (size_t i = 0; i < catalogue->used; i++) {
        const struct entry *entry = catalogue->entries[i];
        set_slot(slot_of(catalogue, entry->kind, &entry->id), entry, i);
    }
}

/* Makes sure that there is room for one more entry. */
static bool make_room(struct catalogue *catalogue, struct error *err)
{
    if ((catalogue->used + 1) * 3 <= catalogue->capacity * 2)
        return true;
    if (catalogue->used >= CATALOGUE_DOCUMENTS_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "catalogue-full", "");
    size_t capacity = catalogue->capacity == 0 ? FIRST_CAPACITY : catalogue->capacity * 2;
    struct entry **entries =
        realloc(catalogue->entries, (capacity * 2 / 3 + 1) * sizeof *catalogue->entries);
    if (entries == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    catalogue->entries = entries;
    struct catalogue_slot *slots = malloc(capacity * sizeof *slots);
    if (slots == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    free(catalogue->slots);
    catalogue->slots = slots;
    catalogue->capacity = capacity;
    catalogue_place(catalogue);
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

/* Puts a new version where the old one was; with another name that is no longer its place. */
static void replace(struct catalogue *catalogue, size_t position, struct entry *entry)
{
    struct entry *old = catalogue->entries[position];
    bool moves = !entry->removed && (old->removed || !str_equal(old->sort_key, entry->sort_key));
    if (position < catalogue->ordered && moves)
        catalogue->ordered = 0;
    catalogue->disordered = catalogue->disordered || moves || entry->removed;
    uncount(catalogue, old);
    catalogue->replaced_bytes += entry_document_bytes(old);
    entry_release(old);
    catalogue->entries[position] = entry;
}

bool catalogue_apply(struct catalogue *catalogue, const struct document_row *row, struct error *err)
{
    if (!make_room(catalogue, err))
        return false;
    struct catalogue_slot *slot = slot_of(catalogue, row->kind, &row->id);
    if (slot->position != 0 && row->seq <= catalogue->entries[slot->position - 1]->seq)
        return true;
    struct entry *entry = entry_new(&catalogue->heap, row, err);
    if (entry == NULL)
        return false;
    if (slot->position != 0) {
        replace(catalogue, slot->position - 1, entry);
    } else {
        set_slot(slot, entry, catalogue->used);
        catalogue->entries[catalogue->used++] = entry;
        catalogue->disordered = true;
    }
    count(catalogue, entry);
    move_cursor(catalogue, row->seq);
    return true;
}

/* Without memory for a copy, what is left stays where it is until the next time. */
void catalogue_compact(struct catalogue *catalogue)
{
    struct error ignored;
    if (catalogue->replaced_bytes < COMPACT_MINIMUM ||
        catalogue->replaced_bytes < catalogue->document_bytes / COMPACT_SHARE)
        return;
    for (size_t i = 0; i < catalogue->used; i++) {
        struct entry *old = catalogue->entries[i];
        if (!entry_is_sparse(old))
            continue;
        struct entry *fresh = entry_copy(&catalogue->heap, old, &ignored);
        if (fresh == NULL)
            return;
        catalogue->entries[i] = fresh;
        entry_release(old);
    }
    catalogue->replaced_bytes = 0;
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
    if (catalogue->capacity == 0)
        return NULL;
    uint32_t position = slot_of(catalogue, kind, id)->position;
    return position == 0 ? NULL : catalogue->entries[position - 1];
}
