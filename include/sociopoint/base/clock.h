/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The two clocks. Deadlines use the monotonic one, facts about the world the wall clock.
 */
#ifndef SOCIOPOINT_BASE_CLOCK_H
#define SOCIOPOINT_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

enum { CLOCK_TEXT_SIZE = 32 };

/* Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_wall_ms(void);
/* Milliseconds since some fixed moment; never goes back. */
int64_t clock_monotonic_ms(void);
/* RFC 3339 in UTC with seconds ("2026-11-23T21:05:00Z"), "" after the year 9999; returns `text`. */
char *clock_format_utc(int64_t wall_ms, char text[CLOCK_TEXT_SIZE]);

#endif
