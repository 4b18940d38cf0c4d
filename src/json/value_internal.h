/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the schema engine needs of values beyond json/value.h.
 */
#ifndef SOCIOPOINT_JSON_VALUE_INTERNAL_H
#define SOCIOPOINT_JSON_VALUE_INTERNAL_H

#include "sociopoint/json/value.h"

enum { JSON_NUMBER_TEXT_SIZE = 32 };

/* The shortest decimal that reads back as the same number; returns `text`. */
char *json_number_to_text(const json_t *number, char text[JSON_NUMBER_TEXT_SIZE]);

/* Characters of a UTF-8 text. */
size_t json_code_points(struct str text);

/* Equal values have equal hashes; the seed keeps authors of values from aiming at collisions. */
uint64_t json_value_hash(const json_t *value, uint64_t seed);

#endif
