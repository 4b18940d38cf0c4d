/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One immutable version of everything a request reads: documents, their indexes, and the knowledge.
 *
 * Built by catalogue_build. Reading is safe from any thread as long as the generation is held
 * (holder.h); everything returned here lives as long as it. Lists of it are in list.h, the indexes
 * of the match in match_index.h.
 */
#ifndef SOCIOPOINT_CATALOGUE_GENERATION_H
#define SOCIOPOINT_CATALOGUE_GENERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/catalogue/entry.h"

struct generation;
struct knowledge;

/* Frees one that was never published, by the refresher alone; accepts NULL. */
void generation_free(struct generation *generation);

/* The cursor of the change feed it stands at. */
struct str generation_epoch(const struct generation *generation);
int64_t generation_seq(const struct generation *generation);
/* Wall clock: up to when its documents were current. */
int64_t generation_loaded_at_ms(const struct generation *generation);
/* Whether it comes from the state file or the database was away; since when (0 if not). */
bool generation_degraded(const struct generation *generation);
int64_t generation_degraded_since_ms(const struct generation *generation);
const struct knowledge *generation_knowledge(const struct generation *generation);

/* The document, or NULL when there is none (any more). */
const struct entry *generation_find(const struct generation *generation, enum document_kind kind,
                                    const struct uuid *id);
/* All documents of a kind in the order of lists: folded name, then id. */
const struct entry *const *generation_documents(const struct generation *generation,
                                                enum document_kind kind, size_t *count);
/* How often services name a situation, target group, kind or municipality that the knowledge does
 * not have. */
size_t generation_unknown_terms(const struct generation *generation);
/* Schedules and closures of its services that could not be understood; such a service, or place of
 * it, states no hours. */
size_t generation_unread_schedules(const struct generation *generation);
/* Bytes of bodies, short forms and facts of its documents, and bytes of its own indexes. */
size_t generation_document_bytes(const struct generation *generation);
size_t generation_index_bytes(const struct generation *generation);

#endif
