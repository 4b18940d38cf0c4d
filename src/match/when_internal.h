/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The time a question asks for, and the age of what a record states.
 */
#ifndef SOCIOPOINT_MATCH_WHEN_INTERNAL_H
#define SOCIOPOINT_MATCH_WHEN_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

/*
 * "now"; an RFC 3339 time; or the time on the clock in Prague, "2026-12-24T10:00" or
 * "2026-12-24T10:00:00", read as civil_time.h says where a DST night has it twice or not at all.
 * False and *at_ms untouched for anything else, also for dates alone and dates that do not exist.
 */
MUST_USE bool when_from_text(struct str text, int64_t now_ms, int64_t *at_ms);

/* The first day that a date, a month, a year or an RFC 3339 time may mean (civil_time.h counts
 * days); INT32_MIN, long ago, for none. */
int32_t when_first_day(struct str text);

#endif
