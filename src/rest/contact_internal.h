/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whom to call, as JSON: crisis lines and the fallback.
 */
#ifndef SOCIOPOINT_REST_CONTACT_INTERNAL_H
#define SOCIOPOINT_REST_CONTACT_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/domain/knowledge.h"

struct match_fallback;

/* The array `name` of the lines at these indexes. */
void contact_write_lines(const struct knowledge *knowledge, enum language language,
                         const char *name, const uint16_t *lines, size_t count,
                         struct builder *out);
/* The same of those lines that answer in `municipality` (the local ones of others are left out). */
void contact_write_local_lines(const struct knowledge *knowledge, enum language language,
                               const struct situation *situation, int municipality,
                               struct builder *out);
/* The member "fallback". */
void contact_write_fallback(const struct knowledge *knowledge, enum language language,
                            const struct match_fallback *fallback, struct builder *out);
/* The members "crisis" (every confirmed round-the-clock line of the country) and "fallback" (of the
 * default municipality), for refusals that must not be a dead end. */
void contact_write_help(const struct knowledge *knowledge, enum language language,
                        struct arena *arena, struct builder *out);

#endif
