/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/understanding.h"

static bool has_situation(const struct match_resolved *resolved, uint16_t situation)
{
    for (size_t i = 0; i < resolved->situation_count; i++) {
        if (resolved->situations[i] == situation)
            return true;
    }
    return false;
}

static void adopt_situations(const struct match_understanding *understanding,
                             struct match_resolved *resolved)
{
    for (size_t i = 0; i < understanding->situation_count; i++) {
        const struct recognised *recognised = &understanding->situations[i];
        if (recognised->used && resolved->situation_count < MATCH_SITUATIONS_MAXIMUM &&
            !has_situation(resolved, recognised->situation))
            resolved->situations[resolved->situation_count++] = recognised->situation;
    }
}

static void adopt_ages(const struct match_understanding *understanding,
                       struct match_resolved *resolved)
{
    if (resolved->age_count > 0)
        return;
    for (size_t i = 0; i < understanding->age_count; i++)
        resolved->ages[i] = understanding->ages[i];
    resolved->age_count = understanding->age_count;
}

void match_adopt(const struct match_understanding *understanding, struct match_resolved *resolved)
{
    resolved->understanding = understanding;
    adopt_situations(understanding, resolved);
    adopt_ages(understanding, resolved);
    if (resolved->sex == SEX_UNSAID)
        resolved->sex = understanding->sex;
    if (resolved->with_children == SAID_NOTHING && understanding->with_children)
        resolved->with_children = SAID_YES;
    resolved->target_groups |= understanding->target_groups;
}
