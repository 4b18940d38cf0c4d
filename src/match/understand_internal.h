/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A text on its way to being understood.
 */
#ifndef SOCIOPOINT_MATCH_UNDERSTAND_INTERNAL_H
#define SOCIOPOINT_MATCH_UNDERSTAND_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/domain/knowledge.h"
#include "sociopoint/match/understanding.h"
#include "sociopoint/text/tokens.h"

/* One text being understood. */
struct understand {
    const struct knowledge *knowledge;
    const struct understanding *model;
    struct arena *arena;
    struct text_tokens tokens;
    float *likelihood; /* by label of the classifier */
    uint32_t *stretch; /* by label: the number of the stretch that says so */
    const struct classifier_text *read;
    bool *danger; /* by situation */
    bool *spoke;  /* by token and situation: a line of danger had it */
    struct match_understanding *out;
    struct error *err;
};

/* From likelihood and danger to the situations that are told, which of them are used, and, where none
 * is sure, the nearest categories. */
void understand_situations(struct understand *at);

#endif
