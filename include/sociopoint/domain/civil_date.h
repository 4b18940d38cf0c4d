/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A day of the calendar, or only its month or year, as sources give it.
 */
#ifndef SOCIOPOINT_DOMAIN_CIVIL_DATE_H
#define SOCIOPOINT_DOMAIN_CIVIL_DATE_H

#include <stdbool.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

/* `month` and `day` are 0 where they are not given; a year of 0 means that no date is known. */
struct civil_date {
    int year;
    int month;
    int day;
};

/* "2025", "2025-07" or "2025-07-31" (RFC 3339 times are cut after the day); false for anything else. */
MUST_USE bool civil_date_from_text(struct str text, struct civil_date *date);
#endif
