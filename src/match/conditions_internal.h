/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of the table of rules, from the files that define them.
 */
#ifndef SOCIOPOINT_MATCH_CONDITIONS_INTERNAL_H
#define SOCIOPOINT_MATCH_CONDITIONS_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/match/match.h"
#include "sociopoint/match/rules.h"

struct match_context;
struct match_row;

/* condition_area.c */
extern const struct match_rule condition_area;
/* Whether the service works, or has a place, right in the asked locality. */
bool area_is_in_locality(const struct match_context *context, const struct match_row *row);
/* conditions_person.c: who is served */
extern const struct match_rule condition_age;
extern const struct match_rule condition_sex;
extern const struct match_rule condition_with_child;
extern const struct match_rule condition_active_addiction;
extern const struct match_rule condition_mental_illness;
extern const struct match_rule condition_infection;
extern const struct match_rule condition_needs_hospital_care;
extern const struct match_rule condition_earlier_treatment;
extern const struct match_rule condition_residence;
extern const struct match_rule condition_referral;
extern const struct match_rule condition_other_rule;
/* conditions_offer.c: what is offered */
extern const struct match_rule condition_target_group;
extern const struct match_rule condition_form;
extern const struct match_rule condition_language;
extern const struct match_rule condition_accessibility;
extern const struct match_rule condition_free_places;
extern const struct match_rule condition_cost;
extern const struct match_rule condition_reachable;
/* condition_open.c, condition_distance.c: when and how far */
extern const struct match_rule condition_open;
extern const struct match_rule condition_distance;
/* Whether there is a phone to call or a door to knock on. */
bool offer_is_reachable(const struct match_context *context, const struct match_row *row);

#endif
