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

#endif
