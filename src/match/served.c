/* SPDX-License-Identifier: EUPL-1.2 */
#include "served_internal.h"

#include "weigh_internal.h"

enum { WORD_BITS = 64 };

void served_init(struct served_sets *sets, const struct match_context *context)
{
    const struct match_resolved *question = context->question;
    sets->situations = question->situation_count;
    for (size_t i = 0; i < sets->situations; i++) {
        const struct match_candidates *list = &context->index->candidates[question->situations[i]];
        sets->named[i] = list->named;
        sets->sharing[i] = list->sharing;
    }
    for (int strength = STRENGTH_KIND; strength <= STRENGTH_NAMED; strength++) {
        for (int shares = 0; shares <= 1; shares++)
            sets->worth[strength][shares] =
                weigh_situation(context, strength == STRENGTH_NAMED, shares == 1);
    }
}

struct served served_by(const struct served_sets *sets, uint32_t row)
{
    struct served served = {0};
    const size_t word = row / WORD_BITS;
    const unsigned bit = row % WORD_BITS;
    for (size_t i = 0; i < sets->situations; i++) {
        const unsigned named = sets->named[i][word] >> bit & 1;
        const unsigned shares = sets->sharing[i][word] >> bit & 1;
        if ((named | shares) == 0)
            continue;
        served.worth += sets->worth[named != 0 ? STRENGTH_NAMED : STRENGTH_KIND][shares];
        served.set |= (uint8_t)(1U << i);
        served.named |= (uint8_t)(named << i);
        served.coverage++;
    }
    return served;
}
