/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The node's own knowledge with the refusals it has already put into words.
 *
 * Refusals are asked for when memory is short or the bytes are no request at all, so their
 * documents are finished in every language beforehand. Immutable; the count is guarded by the lock
 * of struct rest.
 */
#ifndef SOCIOPOINT_REST_EDITION_INTERNAL_H
#define SOCIOPOINT_REST_EDITION_INTERNAL_H

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/language.h"

struct http_refusal;
struct knowledge;
struct rest;

enum { EDITION_REFUSALS_MAXIMUM = 64 };

struct edition {
    struct rest *rest;
    const struct knowledge *knowledge;
    struct arena *arena;
    struct str documents[EDITION_REFUSALS_MAXIMUM][LANGUAGE_COUNT]; /* by http_refusal_at */
    int references;
};

/* With one reference to the edition and one of it to the knowledge; NULL with memory-exhausted. */
MUST_USE struct edition *edition_new(struct rest *rest, const struct knowledge *knowledge,
                                     struct error *err);
void edition_free(struct edition *edition);
/* The finished document of a refusal; absent for a code nobody has declared. */
struct str edition_document(const struct edition *edition, const struct http_refusal *refusal,
                            enum language language);
/* The finished document of 503, for when there is no memory to write another. */
struct str edition_unavailable(const struct edition *edition, enum language language);

#endif
