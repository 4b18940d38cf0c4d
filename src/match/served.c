/* SPDX-License-Identifier: EUPL-1.2 */
#include "served_internal.h"

#include "weigh_internal.h"

void served_init(struct served_sets *sets, const struct match_context *context)
{
    const struct match_resolved *question = context->question;
    sets->situations = question->situation_count;
    for (size_t i = 0; i < sets->situations; i++) {
        const struct match_candidates *list = &context->index->candidates[question->situations[i]];
        sets->named[i] = list->named;
        sets->sharing[i] = list->sharing;
    }
    sets->worth[0][0] = 0;
    sets->worth[0][1] = weigh_situation(context, false, true);
    sets->worth[1][0] = weigh_situation(context, true, false);
    sets->worth[1][1] = weigh_situation(context, true, true);
}
