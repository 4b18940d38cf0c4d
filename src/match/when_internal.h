/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The time a question asks for.
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

#endif
