/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * UUIDs (RFC 9562) as plain values.
 */
#ifndef SOCIOPOINT_BASE_UUID_H
#define SOCIOPOINT_BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

enum { UUID_TEXT_SIZE = 37 };

struct uuid {
    uint8_t bytes[16];
};

/* The 36-character form, either case. */
MUST_USE bool uuid_from_text(struct str text, struct uuid *id);
/* Lower case with a closing NUL; returns `text`. */
char *uuid_to_text(const struct uuid *id, char text[UUID_TEXT_SIZE]);
int uuid_compare_ids(const struct uuid *left, const struct uuid *right);
/*
 * The name-based UUID (version 5) of "<kind>:<key>" in Sociopoint's namespace: the same key gives
 * the same id in every city and on every machine. `kind` is organization, location, service,
 * service_at_location, taxonomy or term.
 */
struct uuid uuid_of_key(const char *kind, struct str key);

#endif
