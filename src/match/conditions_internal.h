/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of the table of rules, from the files that define them.
 */
#ifndef SOCIOPOINT_MATCH_CONDITIONS_INTERNAL_H
#define SOCIOPOINT_MATCH_CONDITIONS_INTERNAL_H

#include "sociopoint/match/match.h"
#include "sociopoint/match/rules.h"

/* condition_area.c */
extern const struct match_rule condition_area;
/* conditions_person.c: who is served */
extern const struct match_rule condition_age;
extern const struct match_rule condition_sex;
extern const struct match_rule condition_with_child;
extern const struct match_rule condition_active_addiction;
extern const struct match_rule condition_mental_illness;
extern const struct match_rule condition_infection;
extern const struct match_rule condition_needs_hospital_care;
extern const struct match_rule condition_other_rule;
/* conditions_offer.c: what is offered */
extern const struct match_rule condition_target_group;
extern const struct match_rule condition_form;
extern const struct match_rule condition_language;
extern const struct match_rule condition_accessibility;
extern const struct match_rule condition_free_places;
extern const struct match_rule condition_cost;
extern const struct match_rule condition_reachable;

#endif
