/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One node's copy of all published documents, from which generations are built.
 *
 * Owned by one thread, the refresher; nothing here is locked. The cursor (epoch and seq) says up to
 * where the change feed has been read: documents are applied in the order of their seq, and what is
 * older than what is held is ignored, so that a feed may be read again.
 */
#ifndef SOCIOPOINT_CATALOGUE_CATALOGUE_H
#define SOCIOPOINT_CATALOGUE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/catalogue/entry.h"

struct catalogue;
struct error;
struct generation;
struct knowledge;

enum { CATALOGUE_EPOCH_MAXIMUM = 63, CATALOGUE_DOCUMENTS_MAXIMUM = 50 * 1000 * 1000 };

/* How a generation came to be; plain facts for health and answers. */
struct generation_status {
    int64_t loaded_at_ms;      /* wall clock: up to when its documents were current */
    bool degraded;             /* it came from the state file, or the database is away */
    int64_t degraded_since_ms; /* wall clock; 0 unless degraded */
};

/* An empty one at epoch "" and seq 0; NULL without memory. */
struct catalogue *catalogue_new(void);
/* Generations that were built from it stay valid. Accepts NULL. */
void catalogue_free(struct catalogue *catalogue);

/*
 * Takes one row in: a document replaces the one held, a tombstone removes it; a row that is not
 * newer than what is held changes nothing. The cursor moves to the row's seq when that is higher.
 * On failure nothing has changed: facts-malformed, memory-exhausted, catalogue-full.
 */
MUST_USE bool catalogue_apply(struct catalogue *catalogue, const struct document_row *row,
                              struct error *err);
/* Forgets every document, tombstone and the cursor, for a full reload. */
void catalogue_clear(struct catalogue *catalogue);

struct str catalogue_epoch(const struct catalogue *catalogue);
int64_t catalogue_seq(const struct catalogue *catalogue);
/* False with catalogue-epoch-too-long beyond CATALOGUE_EPOCH_MAXIMUM bytes. */
MUST_USE bool catalogue_set_cursor(struct catalogue *catalogue, struct str epoch, int64_t seq,
                                   struct error *err);
/* Documents of the kind, without tombstones. */
size_t catalogue_count(const struct catalogue *catalogue, enum document_kind kind);
/* Bytes of bodies, short forms and facts held. */
size_t catalogue_document_bytes(const struct catalogue *catalogue);
/* The document held (a tombstone too), or NULL. */
const struct entry *catalogue_find(const struct catalogue *catalogue, enum document_kind kind,
                                   const struct uuid *id);

/*
 * A new immutable version of everything held, with all its indexes. It has its own references to
 * the entries and to `knowledge`. To be freed by generation_free or handed to generation_publish,
 * by this thread. NULL with memory-exhausted.
 */
struct generation *catalogue_build(struct catalogue *catalogue, const struct knowledge *knowledge,
                                   const struct generation_status *status, struct error *err);

#endif
