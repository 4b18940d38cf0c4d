/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/rules.h"

#include "conditions_internal.h"

static const struct match_rule *const table[] = {
    &condition_area,
    &condition_age,
    &condition_sex,
    &condition_with_child,
    &condition_active_addiction,
    &condition_mental_illness,
    &condition_infection,
    &condition_needs_hospital_care,
    &condition_earlier_treatment,
    &condition_residence,
    &condition_referral,
    &condition_other_rule,
    &condition_target_group,
    &condition_form,
    &condition_language,
    &condition_accessibility,
    &condition_free_places,
    &condition_cost,
    &condition_open,
    &condition_distance,
    &condition_reachable,
};

const struct match_rules *match_rules_all(void)
{
    static const struct match_rules all = {table, sizeof table / sizeof table[0], ORDER_ALL};
    return &all;
}
