/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Taxonomies and their terms in the caller's language.
 *
 * What the knowledge has is composed from it, because only it has translations; what it does not
 * have (a term of another node's import) is answered as published.
 */
#ifndef SOCIOPOINT_REST_TERM_INTERNAL_H
#define SOCIOPOINT_REST_TERM_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/domain/knowledge.h"

struct entry;

/* Appends the taxonomy or term as JSON in the language; false when the knowledge does not have it. */
bool term_write(const struct knowledge *knowledge, enum language language,
                const struct entry *entry, struct builder *out);

#endif
