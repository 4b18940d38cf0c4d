/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The conditions a service is held against when somebody asks for help.
 *
 * They stand here and not in match because config reads their points from config/match.yaml by
 * key. The order is that of the arrays in struct match_weights.
 */
#ifndef SOCIOPOINT_DOMAIN_MATCH_CONDITION_H
#define SOCIOPOINT_DOMAIN_MATCH_CONDITION_H

#include <stdbool.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

enum match_condition {
    CONDITION_AREA,
    CONDITION_AGE,
    CONDITION_SEX, /* men only, women only */
    CONDITION_WITH_CHILD,
    CONDITION_ACTIVE_ADDICTION,
    CONDITION_MENTAL_ILLNESS,
    CONDITION_INFECTION,
    CONDITION_NEEDS_HOSPITAL_CARE,
    CONDITION_EARLIER_TREATMENT, /* only after a treatment that the record names; likewise below */
    CONDITION_RESIDENCE,
    CONDITION_REFERRAL,
    CONDITION_OTHER_RULE, /* a rule that only its text states: never met, never failed */
    CONDITION_TARGET_GROUP,
    CONDITION_FORM,
    CONDITION_LANGUAGE,
    CONDITION_ACCESSIBILITY,
    CONDITION_FREE_PLACES,
    CONDITION_COST,
    CONDITION_OPEN,      /* at the time asked */
    CONDITION_DISTANCE,  /* of where people come to */
    CONDITION_REACHABLE, /* it can be called or visited */
    CONDITION_COUNT
};

/* Kebab-case, as in match.yaml and in the codes of reasons ("reason.with-child.met"). */
const char *match_condition_key(enum match_condition condition);
/* False for an unknown key; *condition is then untouched. */
MUST_USE bool match_condition_from_key(struct str key, enum match_condition *condition);

#endif
