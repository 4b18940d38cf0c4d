/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/domain/opening_hours.h"

/* A copy of what a match reads of the hours; those that state nothing stay empty. False when memory
 * is exhausted. */
static bool copy_hours(struct arena *arena, const struct opening_hours *from,
                       struct opening_hours *to)
{
    if (from == NULL)
        return true;
    struct opening_rule *rules = arena_array(arena, from->rule_count, sizeof *rules);
    struct opening_closure *closures = arena_array(arena, from->closure_count, sizeof *closures);
    if (rules == NULL || closures == NULL)
        return false;
    if (from->rule_count > 0)
        memcpy(rules, from->rules, from->rule_count * sizeof *rules);
    if (from->closure_count > 0)
        memcpy(closures, from->closures, from->closure_count * sizeof *closures);
    *to = (struct opening_hours){rules, from->rule_count, closures, from->closure_count};
    return true;
}

bool build_match_hours(struct build *build)
{
    struct match_index *index = &build->generation->match;
    struct arena *arena = build->generation->arena;
    const struct match_classes *classes = &index->classes[FACET_HOURS];
    struct match_hours *hours = arena_array(arena, classes->count, sizeof *hours);
    if (hours == NULL)
        return false;
    for (size_t class = MATCH_NO_CLASS + 1; class < classes->count; class ++) {
        const struct service_facts *facts =
            match_index_facts(index, &index->rows[classes->rows[class]]);
        const struct opening_hours *place = facts->place_count == 1 ? facts->places[0].hours : NULL;
        if (!copy_hours(arena, place, &hours[class].place) ||
            !copy_hours(arena, facts->hours, &hours[class].service))
            return false;
    }
    index->hours = hours;
    return true;
}
