/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Services that the question names take their places among those of its situations.
 *
 * They are few, so each is weighed by its row, whatever the pass over the candidates has left out.
 */
#ifndef SOCIOPOINT_MATCH_RANK_NAMED_INTERNAL_H
#define SOCIOPOINT_MATCH_RANK_NAMED_INTERNAL_H

#include "rank_internal.h"

/* Puts those that no hard condition keeps away among the results. */
void rank_named_results(const struct match_context *context, struct ranks *ranks);
/* Puts those that one hard condition keeps away among the near misses. */
void rank_named_near_misses(const struct match_context *context, struct ranks *ranks);
/* The words that name the row, or NULL. */
const struct text_spans *rank_named_words(const struct match_context *context, uint32_t row);

#endif
