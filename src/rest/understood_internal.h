/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was understood of a text, as it stands in the answer of the match.
 */
#ifndef SOCIOPOINT_REST_UNDERSTOOD_INTERNAL_H
#define SOCIOPOINT_REST_UNDERSTOOD_INTERNAL_H

#include "sociopoint/base/builder.h"
#include "sociopoint/domain/language.h"

struct knowledge;
struct match_answer;
struct match_resolved;
struct match_understanding;
struct text_spans;

/* Stretches of the text, as an array. */
void understood_write_words(const char *name, const struct text_spans *words, struct builder *out);
/* The member `situations`: those asked for, then those understood, the surest first. */
void understood_write_situations(const struct knowledge *knowledge, enum language language,
                                 const struct match_resolved *question,
                                 const struct match_answer *answer, struct builder *out);
/* The member `understood`; nothing where no text was asked. */
void understood_write(const struct knowledge *knowledge, enum language language,
                      const struct match_understanding *understanding, struct builder *out);

#endif
