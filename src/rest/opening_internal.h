/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opening hours in an answer.
 */
#ifndef SOCIOPOINT_REST_OPENING_INTERNAL_H
#define SOCIOPOINT_REST_OPENING_INTERNAL_H

#include "sociopoint/base/builder.h"
#include "sociopoint/domain/civil_time.h"
#include "sociopoint/domain/language.h"
#include "sociopoint/domain/texts.h"

struct match_opening;

/* Writes the member `opening`. */
void opening_write(const struct texts *texts, enum language language,
                   const struct match_opening *opening, struct builder *out);
/* A time as the clock on the wall shows it, with its offset. */
void opening_write_time(struct builder *out, const char *name, const struct civil_time *time);

#endif
