/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tables of the catalogue and of a generation share.
 */
#ifndef SOCIOPOINT_CATALOGUE_ENTRY_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_ENTRY_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/catalogue/entry.h"

/* Spreads kinds and ids over 64 bits. */
uint64_t entry_hash(enum document_kind kind, const struct uuid *id);
bool entry_is(const struct entry *entry, enum document_kind kind, const struct uuid *id);
/* Bytes of body, short form and facts. */
size_t entry_document_bytes(const struct entry *entry);
/* The same document in another place, with one reference; NULL with memory-exhausted. */
struct entry *entry_copy(struct entry_heap *heap, const struct entry *entry, struct error *err);
/* Whether it lies among entries that are gone, so that a copy would save memory. */
bool entry_is_sparse(const struct entry *entry);

#endif
