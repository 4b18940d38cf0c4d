/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words of a text as stretches of it.
 */
#ifndef SOCIOPOINT_MATCH_SPANS_INTERNAL_H
#define SOCIOPOINT_MATCH_SPANS_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/match/understanding.h"

struct text_tokens;

/* The stretches of the chosen tokens; neighbours become one. */
MUST_USE bool spans_of_tokens(const struct text_tokens *tokens, const bool *chosen,
                              struct arena *arena, struct text_spans *spans, struct error *err);

#endif
