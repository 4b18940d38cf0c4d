/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Single values of the facts. Each takes the value that comes next, whatever its type; one of
 * another type than expected counts as not said.
 */
#ifndef SOCIOPOINT_CATALOGUE_FACTS_VALUE_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_FACTS_VALUE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "json_reader_internal.h"
#include "packer_internal.h"

struct uuid;

/* More than that is no number of people, beds or telephones. */
enum { FACTS_COUNT_MAXIMUM = 1000000 };

/* A copy of a string; absent when it is none. */
struct str facts_take_text(struct packer *packer, struct json_reader *reader);
/* A string as it stands, for codes and ids, which have no escapes. */
struct str facts_take_code(struct json_reader *reader);
/* False, and `id` untouched, when it is none. */
bool facts_take_id(struct json_reader *reader, struct uuid *id);
/* An integer between 0 and `maximum`, else `missing`. */
int facts_take_int(struct json_reader *reader, int maximum, int missing);
/* Degrees as millionths; false, and `micro` untouched, for none between -limit and limit. */
bool facts_take_degrees(struct json_reader *reader, int limit, int32_t *micro);
/* The strings of an array, copied; what is no string is left out. */
const struct str *facts_take_texts(struct packer *packer, struct json_reader *reader,
                                   size_t *count);

#endif
