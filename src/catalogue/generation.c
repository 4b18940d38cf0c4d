/* SPDX-License-Identifier: EUPL-1.2 */
#include "generation_internal.h"

#include "entry_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/domain/knowledge.h"

/* Entries are immutable but for the count, which is the refresher's, who frees generations. */
static struct entry *counted(const struct entry *entry)
{
    return (struct entry *)(uintptr_t)entry;
}

void generation_free(struct generation *generation)
{
    if (generation == NULL)
        return;
    for (size_t i = 0; i < generation->document_count; i++)
        entry_release(counted(generation->documents[i]));
    knowledge_release(generation->knowledge);
    name_index_done(&generation->names);
    arena_free(generation->names_arena);
    arena_free(generation->arena);
}

struct str generation_epoch(const struct generation *generation)
{
    return generation->epoch;
}

int64_t generation_seq(const struct generation *generation)
{
    return generation->seq;
}

int64_t generation_loaded_at_ms(const struct generation *generation)
{
    return generation->status.loaded_at_ms;
}

bool generation_degraded(const struct generation *generation)
{
    return generation->status.degraded;
}

int64_t generation_degraded_since_ms(const struct generation *generation)
{
    return generation->status.degraded_since_ms;
}

const struct knowledge *generation_knowledge(const struct generation *generation)
{
    return generation->knowledge;
}

/* Position in generation.documents, or -1. */
static int64_t document_position(const struct generation *generation, enum document_kind kind,
                                 const struct uuid *id)
{
    size_t i = (size_t)entry_hash(kind, id) & generation->slot_mask;
    while (generation->slots[i] != 0) {
        size_t position = generation->slots[i] - 1;
        if (entry_is(generation->documents[position], kind, id))
            return (int64_t)position;
        i = (i + 1) & generation->slot_mask;
    }
    return -1;
}

int64_t generation_position(const struct generation *generation, enum document_kind kind,
                            const struct uuid *id)
{
    int64_t position = document_position(generation, kind, id);
    if (position < 0)
        return -1;
    return position - (generation->lists[kind].entries - generation->documents);
}

const struct entry *generation_find(const struct generation *generation, enum document_kind kind,
                                    const struct uuid *id)
{
    int64_t position = document_position(generation, kind, id);
    return position < 0 ? NULL : generation->documents[position];
}

const struct entry *const *generation_documents(const struct generation *generation,
                                                enum document_kind kind, size_t *count)
{
    *count = generation->lists[kind].count;
    return generation->lists[kind].entries;
}

size_t generation_unknown_terms(const struct generation *generation)
{
    return generation->unknown_terms;
}

size_t generation_unread_schedules(const struct generation *generation)
{
    return generation->unread_schedules;
}

size_t generation_document_bytes(const struct generation *generation)
{
    return generation->document_bytes;
}

size_t generation_index_bytes(const struct generation *generation)
{
    return arena_used(generation->arena) + arena_used(generation->names_arena);
}

const struct match_index *generation_match_index(const struct generation *generation)
{
    return &generation->match;
}

struct arena *generation_arena(struct generation *generation)
{
    return generation->arena;
}

void generation_set_prepared(struct generation *generation, const struct match_prepared *prepared)
{
    generation->match.prepared = prepared;
}

int64_t generation_match_row(const struct generation *generation, const struct uuid *service)
{
    int64_t position = generation_position(generation, DOCUMENT_SERVICE, service);
    return position < 0 ? -1 : (int64_t)generation->row_of_service[position] - 1;
}

const struct service_facts *match_index_facts(const struct match_index *index,
                                              const struct match_row *row)
{
    return index->services[row->service]->facts.service;
}

const struct match_area *match_index_area(const struct match_index *index,
                                          const struct match_row *row, int municipality)
{
    const struct match_area *areas = index->areas + row->area_first;
    for (size_t i = 0; i < row->area_count; i++) {
        if (areas[i].municipality == municipality)
            return &areas[i];
    }
    return NULL;
}

/* The bit of a code, `shared` for one that may be among the rest, or 0. */
static uint32_t code_bit(const struct code_list *list, struct str code, uint32_t shared)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->codes[i], code))
            return UINT32_C(1) << i;
    }
    return list->shared ? shared : 0;
}

uint32_t generation_language_bit(const struct generation *generation, struct str code)
{
    return code_bit(&generation->languages, code, MATCH_LANGUAGE_SHARED);
}

uint16_t generation_accessibility_bit(const struct generation *generation, struct str code)
{
    return (uint16_t)code_bit(&generation->accessibility, code, MATCH_ACCESSIBILITY_SHARED);
}
