/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Values as JSON Schema sees them: numbers by value (1 and 1.0 are the same), strings by code
 * points.
 *
 * Nothing is kept; every function may be called from any thread as long as none changes the
 * values.
 */
#ifndef SOCIOPOINT_JSON_VALUE_H
#define SOCIOPOINT_JSON_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

/* Whether both are the same value; the order of an object's members does not matter. */
bool json_value_equal(const json_t *left, const json_t *right);

/* Less than, equal to or greater than 0; exact also between integers beyond 2^53 and reals. */
int json_number_compare(const json_t *left, const json_t *right);

/* Whether a number has no fraction: 3 and 3.0, not 3.5. */
bool json_number_is_integral(const json_t *number);

/*
 * Whether `number` is a whole multiple of `factor`, both taken as the decimals they are written
 * as: 0.3 is a multiple of 0.1. `factor` must be greater than 0.
 */
bool json_number_is_multiple(const json_t *number, const json_t *factor);

/*
 * The integer a value stands for; false when it is no number, has a fraction or does not fit. A
 * schema's "integer" admits 3.0, which json_integer_value() reads as 0: use this one.
 */
MUST_USE bool json_to_int64(const json_t *value, int64_t *number);

/* The bytes of a string value; absent when the value is NULL or no string. */
struct str json_str(const json_t *value);
/* The bytes of a member that is a string, else absent. */
struct str json_member_str(const json_t *object, const char *name);

#endif
