/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The members of an HSDS schedule, text by text. Each returns false, and leaves its result in an
 * unspecified state, for a text that is not what it should be.
 */
#ifndef SOCIOPOINT_DOMAIN_OPENING_TEXT_INTERNAL_H
#define SOCIOPOINT_DOMAIN_OPENING_TEXT_INTERNAL_H

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/opening_hours.h"

/* Whether a text ends in an offset from UTC ("09:00Z", "09:00-05:00"): HSDS allows it. */
bool opening_time_has_offset(struct str text);
/* "08:00" or "08:00:00" as minutes; "24:00" is 1440. */
MUST_USE bool opening_time_from_text(struct str text, uint16_t *minute);
/* A full date that exists ("2026-02-29" does not). */
MUST_USE bool opening_day_from_text(struct str text, int32_t *day);
/* "MO" ... "SU". */
MUST_USE bool opening_weekday_from_text(struct str text, enum weekday *weekday);
/* "MO,WE"; with `ordinals` also "1TU,-1FR" and "TU". */
MUST_USE bool opening_weekdays_from_text(struct str text, bool ordinals, struct opening_rule *rule);
/* "1,15,-1": bits of numbers up to `maximum` (at most 63) from the start and from the end. */
MUST_USE bool opening_numbers_from_text(struct str text, int maximum, uint64_t *from_start,
                                        uint64_t *from_end);

#endif
