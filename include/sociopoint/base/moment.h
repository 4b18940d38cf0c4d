/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Moments as documents and questions write them: RFC 3339 times and dates.
 */
#ifndef SOCIOPOINT_BASE_MOMENT_H
#define SOCIOPOINT_BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

/*
 * "2026-11-23T21:05:00Z", "2026-11-23T21:05:00.5+01:00" or "2026-11-23" (its midnight in UTC) as
 * milliseconds since 1970-01-01T00:00:00Z. False, and `wall_ms` untouched, for anything else. Leap
 * seconds count as the next second.
 */
MUST_USE bool moment_from_text(struct str text, int64_t *wall_ms);

#endif
