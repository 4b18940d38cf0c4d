/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/service_facts.h"

static const struct {
    enum service_rule rule;
    const char *key;
} rules[] = {
    {RULE_MEN_ONLY, "men-only"},
    {RULE_WOMEN_ONLY, "women-only"},
    {RULE_WITH_CHILD, "with-child"},
    {RULE_ACTIVE_ADDICTION, "active-addiction"},
    {RULE_MENTAL_ILLNESS, "mental-illness"},
    {RULE_INFECTION, "infection"},
    {RULE_NEEDS_HOSPITAL_CARE, "needs-hospital-care"},
    {RULE_OTHER, "other"},
    {RULE_EARLIER_TREATMENT, "earlier-treatment"},
    {RULE_RESIDENCE, "residence"},
    {RULE_REFERRAL, "referral"},
};

unsigned service_rule_from_key(struct str key)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (str_equal_z(key, rules[i].key))
            return rules[i].rule;
    }
    return 0;
}

const char *service_rule_key(enum service_rule rule)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].rule == rule)
            return rules[i].key;
    }
    return NULL;
}

static const struct {
    enum service_status status;
    const char *key;
} statuses[] = {
    {STATUS_ACTIVE, "active"},
    {STATUS_TEMPORARILY_CLOSED, "temporarily closed"},
    {STATUS_INACTIVE, "inactive"},
    {STATUS_DEFUNCT, "defunct"},
};

bool service_status_from_key(struct str key, enum service_status *status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (str_equal_z(key, statuses[i].key)) {
            *status = statuses[i].status;
            return true;
        }
    }
    return false;
}
