/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The one mutable cell of the read path: which generation is current.
 *
 * A request acquires a generation, keeps it to its end and releases it, so it never sees two.
 * Retired generations are freed by the refresher, never by a request. Acquire and release may be
 * called from any thread, the others by the refresher alone.
 */
#ifndef SOCIOPOINT_CATALOGUE_HOLDER_H
#define SOCIOPOINT_CATALOGUE_HOLDER_H

#include <stddef.h>

struct generation;
struct generation_holder;

/* An empty one; NULL without memory. */
struct generation_holder *generation_holder_new(void);
/* Frees every generation in it; all readers must have left. Accepts NULL. */
void generation_holder_free(struct generation_holder *holder);

/* The current generation, to be released by the caller; NULL before the first load. */
const struct generation *generation_acquire(struct generation_holder *holder);
/* Accepts NULL. */
void generation_release(struct generation_holder *holder, const struct generation *generation);

/* Takes ownership of `fresh`, and frees what the last reader has left. */
void generation_publish(struct generation_holder *holder, struct generation *fresh);
/* Frees what the last reader has left, between publications; returns how many still wait. */
size_t generation_collect(struct generation_holder *holder);

#endif
