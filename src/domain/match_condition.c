/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/match_condition.h"

static const char *const keys[CONDITION_COUNT] = {
    [CONDITION_AREA] = "area",
    [CONDITION_AGE] = "age",
    [CONDITION_SEX] = "sex",
    [CONDITION_WITH_CHILD] = "with-child",
    [CONDITION_ACTIVE_ADDICTION] = "active-addiction",
    [CONDITION_MENTAL_ILLNESS] = "mental-illness",
    [CONDITION_INFECTION] = "infection",
    [CONDITION_NEEDS_HOSPITAL_CARE] = "needs-hospital-care",
    [CONDITION_EARLIER_TREATMENT] = "earlier-treatment",
    [CONDITION_RESIDENCE] = "residence",
    [CONDITION_REFERRAL] = "referral",
    [CONDITION_OTHER_RULE] = "other-rule",
    [CONDITION_TARGET_GROUP] = "target-group",
    [CONDITION_FORM] = "form",
    [CONDITION_LANGUAGE] = "language",
    [CONDITION_ACCESSIBILITY] = "accessibility",
    [CONDITION_FREE_PLACES] = "free-places",
    [CONDITION_COST] = "cost",
    [CONDITION_OPEN] = "open",
    [CONDITION_DISTANCE] = "distance",
    [CONDITION_REACHABLE] = "reachable",
};

const char *match_condition_key(enum match_condition condition)
{
    return keys[condition];
}

bool match_condition_from_key(struct str key, enum match_condition *condition)
{
    for (int i = 0; i < CONDITION_COUNT; i++) {
        if (str_equal_z(key, keys[i])) {
            *condition = (enum match_condition)i;
            return true;
        }
    }
    return false;
}
