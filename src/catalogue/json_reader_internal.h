/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading JSON that the database wrote, once and in order, without a tree.
 *
 * A cold start parses the facts of 100,000 services before the node is ready; building a tree of
 * each took most of that time. The bytes are trusted (jsonb as text), so this checks only as much
 * as keeps it inside them: the first thing that is not JSON sets `failed`, and from then on
 * everything is at its end. Each reading function takes one whole value, whatever its type.
 */
#ifndef SOCIOPOINT_CATALOGUE_JSON_READER_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_JSON_READER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"

enum { JSON_READER_DEPTH = 32 };

struct json_reader {
    const char *at;
    const char *end;
    int depth;
    bool failed;
};

/* A string as it stands between its quotes. */
struct json_text {
    struct str raw;
    bool escaped; /* there is a backslash in it */
};

struct json_reader json_reader_of(struct str text);
/* Whether everything has been read and was JSON. */
bool json_reader_ended(struct json_reader *reader);

/* Each takes one value; false when it is of another type. */
bool json_reader_text(struct json_reader *reader, struct json_text *text);
bool json_reader_integer(struct json_reader *reader, int64_t *number);
/* A number in millionths, exactly; digits beyond the sixth are cut off. Not with an exponent. */
bool json_reader_micro(struct json_reader *reader, int64_t *micro);
bool json_reader_true(struct json_reader *reader);
void json_reader_skip(struct json_reader *reader);

/*
 * Loops over an array or object:
 *     if (json_reader_enter(&reader, '{'))
 *         while (json_reader_member(&reader, &key))
 *             ... take the value ...
 */
bool json_reader_enter(struct json_reader *reader, char open);
bool json_reader_item(struct json_reader *reader);
bool json_reader_member(struct json_reader *reader, struct str *key);
/* How many items the array that comes next has; takes nothing. 0 for another type. */
size_t json_reader_count(const struct json_reader *reader);

/* The string's text, at most raw.length bytes; returns how many. */
size_t json_text_copy(struct json_text text, char *out);

#endif
