/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON written straight into a builder, without a tree.
 *
 * Members and elements put their own comma: whatever does not follow an opening bracket gets one.
 * `name` is NULL for elements of an array.
 */
#ifndef SOCIOPOINT_REST_WRITE_INTERNAL_H
#define SOCIOPOINT_REST_WRITE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"

/* A comma, two quotes and a colon; a number. */
enum { WRITE_MARKS = 4, WRITE_NUMBER = 24 };

/* Whether what comes next is not the first after a bracket or in a line. */
static inline bool write_needs_comma(const struct builder *out)
{
    char last = out->length == 0 ? '[' : out->data[out->length - 1];
    return last != '{' && last != '[' && last != '\n';
}

/*
 * The comma where one is due, the name where there is one, and room for `more` bytes: where they
 * may be written, before builder_close. NULL when they do not fit. Inline, so that the length of a
 * literal name costs nothing.
 */
static inline char *write_begin(struct builder *out, const char *name, size_t more)
{
    size_t length = name == NULL ? 0 : strlen(name);
    bool comma = write_needs_comma(out);
    char *to = builder_open(out, length + WRITE_MARKS + more);
    if (to == NULL)
        return NULL;
    *to = ',';
    to += comma;
    if (name == NULL)
        return to;
    *to++ = '"';
    memcpy(to, name, length);
    memcpy(to + length, "\":", 2);
    return to + length + 2;
}

/* A finished JSON value. */
static inline void write_json(struct builder *out, const char *name, struct str json)
{
    char *to = write_begin(out, name, json.length);
    if (to == NULL)
        return;
    memcpy(to, json.data, json.length);
    builder_close(out, to + json.length);
}

static inline void write_object(struct builder *out, const char *name)
{
    write_json(out, name, STR("{"));
}

static inline void write_object_end(struct builder *out)
{
    builder_append_char(out, '}');
}

static inline void write_array(struct builder *out, const char *name)
{
    write_json(out, name, STR("["));
}

static inline void write_array_end(struct builder *out)
{
    builder_append_char(out, ']');
}

/* A text that is put together: whatever is appended between the two is escaped already. */
static inline void write_text_begin(struct builder *out, const char *name)
{
    write_json(out, name, STR("\""));
}

static inline void write_text_end(struct builder *out)
{
    builder_append_char(out, '"');
}

/* Of a text with nothing to escape: a word of ours, or what is escaped already. */
static inline void write_plain(struct builder *out, const char *name, struct str value)
{
    char *to = write_begin(out, name, value.length + 2);
    if (to == NULL)
        return;
    *to++ = '"';
    memcpy(to, value.data, value.length);
    to[value.length] = '"';
    builder_close(out, to + value.length + 1);
}

static inline void write_flag(struct builder *out, const char *name, bool value)
{
    write_json(out, name, value ? STR("true") : STR("false"));
}

static inline void write_int(struct builder *out, const char *name, int64_t value)
{
    char *to = write_begin(out, name, WRITE_NUMBER);
    if (to == NULL)
        return;
    builder_close(out, to);
    builder_append_int(out, value);
}

/* Nothing is written for an absent text. */
void write_text(struct builder *out, const char *name, struct str value);
/* Nothing is written for NULL and for "". */
void write_text_z(struct builder *out, const char *name, const char *value);
void write_id(struct builder *out, const char *name, const struct uuid *id);
/* A moment of the wall clock. */
void write_time(struct builder *out, const char *name, int64_t wall_ms);
/* Once more what has been written from `start` on, without its comma and name. */
void write_copy(struct builder *out, const char *name, size_t start, size_t length);

#endif
