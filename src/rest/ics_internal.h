/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * iCalendar (RFC 5545): content lines, escaped, and folded after 75 octets between characters.
 */
#ifndef SOCIOPOINT_REST_ICS_INTERNAL_H
#define SOCIOPOINT_REST_ICS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/str.h"

struct recurrence;

struct ics {
    struct builder *out;
    size_t column; /* octets of the present line */
};

/* A line, from its name (with parameters: "DTSTART;VALUE=DATE") to its end. */
void ics_begin(struct ics *ics, const char *name);
void ics_end(struct ics *ics);
/* Parts of the value as they are; valid UTF-8. */
void ics_put(struct ics *ics, struct str value);
void ics_put_z(struct ics *ics, const char *value);
/* A part of a TEXT value: backslash, semicolon, comma and line ends escaped, other controls left
 * out. */
void ics_put_text(struct ics *ics, struct str text);

/* "20231024", "20231024T100000" (local), "20231024T080000Z". */
void ics_put_day(struct ics *ics, int32_t day);
void ics_put_local(struct ics *ics, int32_t day, int32_t minute);
void ics_put_utc(struct ics *ics, int64_t wall_ms);

/* Whole lines. */
void ics_line(struct ics *ics, const char *name, const char *value);
/* Nothing for an absent or empty text. */
void ics_text_line(struct ics *ics, const char *name, struct str text);
/* The rule of RRULE; UNTIL as a day, or (from `minute`) as the moment of the last start. */
void ics_rule_line(struct ics *ics, const struct recurrence *days, int32_t minute);
/* The zone Europe/Prague, as the European rule has had it since 1996. */
void ics_zone(struct ics *ics);

#endif
