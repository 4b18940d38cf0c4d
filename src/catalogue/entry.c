/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/entry.h"

#include <stdio.h>
#include <string.h>

#include "entry_heap_internal.h"
#include "entry_internal.h"
#include "facts_internal.h"
#include "sociopoint/base/error.h"

static const char *const kind_keys[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_ORGANIZATION] = "organization",
    [DOCUMENT_LOCATION] = "location",
    [DOCUMENT_SERVICE] = "service",
    [DOCUMENT_SERVICE_AT_LOCATION] = "service_at_location",
    [DOCUMENT_TAXONOMY] = "taxonomy",
    [DOCUMENT_TAXONOMY_TERM] = "taxonomy_term",
    [DOCUMENT_EVENT] = "event",
};

const char *document_kind_key(enum document_kind kind)
{
    return kind_keys[kind];
}

bool document_kind_from_key(struct str key, enum document_kind *kind)
{
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (str_equal_z(key, kind_keys[i])) {
            *kind = (enum document_kind)i;
            return true;
        }
    }
    return false;
}

/* Everything of an entry, the entry itself first; false when the facts are malformed. */
static bool pack_entry(struct packer *packer, const struct document_row *row, struct entry *entry)
{
    *entry = (struct entry){.id = row->id,
                            .kind = row->kind,
                            .references = 1,
                            .seq = row->seq,
                            .removed = row->removed,
                            .modified_ms = -1};
    (void)packer_array(packer, 1, sizeof *entry); /* its place is the start of the block */
    if (row->removed)
        return true;
    if (!facts_pack(packer, row->facts, entry))
        return false;
    entry->municipality = packer_copy(packer, row->municipality);
    entry->body = packer_copy(packer, row->body);
    entry->short_form = packer_copy(packer, row->short_form);
    entry->facts_text = packer_copy(packer, row->facts);
    return true;
}

static bool facts_malformed(const struct document_row *row, struct error *err)
{
    char id[UUID_TEXT_SIZE];
    char pointer[PROBLEM_POINTER_SIZE];
    (void)snprintf(pointer, sizeof pointer, "%s/%s", document_kind_key(row->kind),
                   uuid_to_text(&row->id, id)); /* fits: a kind and an id */
    return error_set(err, ERROR_INTERNAL, "facts-malformed", pointer);
}

struct entry *entry_new(struct entry_heap *heap, const struct document_row *row, struct error *err)
{
    struct packer packer = entry_heap_room(heap);
    struct entry packed;
    if (!pack_entry(&packer, row, &packed)) {
        (void)facts_malformed(row, err);
        return NULL;
    }
    if (packer.used > packer.capacity) {
        if (!entry_heap_make_room(heap, packer.used)) {
            (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
            return NULL;
        }
        packer = entry_heap_room(heap);
        (void)pack_entry(&packer, row, &packed); /* what could be measured can be filled */
    }
    struct entry *entry = (void *)packer.memory;
    packed.size = packer.used;
    packed.block = entry_heap_take(heap, packer.used);
    *entry = packed;
    return entry;
}

struct entry *entry_copy(struct entry_heap *heap, const struct entry *entry, struct error *err)
{
    const struct document_row row = {.seq = entry->seq,
                                     .kind = entry->kind,
                                     .id = entry->id,
                                     .removed = entry->removed,
                                     .municipality = entry->municipality,
                                     .facts = entry->facts_text,
                                     .body = entry->body,
                                     .short_form = entry->short_form};
    return entry_new(heap, &row, err);
}

bool entry_is_sparse(const struct entry *entry)
{
    return entry_block_is_sparse(entry->block);
}

struct entry *entry_acquire(struct entry *entry)
{
    entry->references++;
    return entry;
}

void entry_release(struct entry *entry)
{
    if (entry != NULL && --entry->references == 0)
        entry_block_give_back(entry->block, entry->size);
}

bool entry_has_term(const struct entry *entry, const struct uuid *term)
{
    size_t low = 0;
    size_t high = entry->term_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = uuid_compare_ids(&entry->terms[middle], term);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

uint64_t entry_hash(enum document_kind kind, const struct uuid *id)
{
    uint64_t halves[2];
    memcpy(halves, id->bytes, sizeof halves);
    uint64_t hash = halves[0] ^ (halves[1] * UINT64_C(0x9e3779b97f4a7c15)) ^ (uint64_t)kind;
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
    return hash ^ (hash >> 31);
}

bool entry_is(const struct entry *entry, enum document_kind kind, const struct uuid *id)
{
    return entry->kind == kind && memcmp(entry->id.bytes, id->bytes, sizeof id->bytes) == 0;
}

size_t entry_document_bytes(const struct entry *entry)
{
    return entry->body.length + entry->short_form.length + entry->facts_text.length;
}
