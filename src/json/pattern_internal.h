/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Regular expressions of schemas: the one place that sees PCRE2.
 *
 * A compiled pattern is immutable and shared by threads; what a match needs to write to is a
 * scratch that belongs to one validation. Every match is bounded in steps and memory, whatever the
 * pattern and the text.
 */
#ifndef SOCIOPOINT_JSON_PATTERN_INTERNAL_H
#define SOCIOPOINT_JSON_PATTERN_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/str.h"

enum { PATTERN_TEXT_MAXIMUM = 32 * 1024 };

struct pattern;
struct pattern_scratch;

enum pattern_result { PATTERN_MATCHES, PATTERN_DIFFERS, PATTERN_LIMIT, PATTERN_MEMORY };

/* NULL when the source is no pattern (*malformed) or there is no memory. */
struct pattern *pattern_new(struct str source, bool *malformed);
void pattern_free(struct pattern *pattern);

/*
 * Whether the pattern is found anywhere in the UTF-8 text. *scratch starts as NULL and is kept for
 * the next match of the same thread; pattern_scratch_free() takes it back.
 */
enum pattern_result pattern_match(const struct pattern *pattern, struct str text,
                                  struct pattern_scratch **scratch);
void pattern_scratch_free(struct pattern_scratch *scratch);

/*
 * Appends to `target` how PCRE2 writes the source; false when ECMA-262 has no such pattern. The
 * caller looks at whether the builder failed.
 */
bool pattern_translate(struct str source, struct builder *target);

#endif
