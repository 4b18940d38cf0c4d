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

#include "sociopoint/base/builder.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"

void write_object(struct builder *out, const char *name);
void write_object_end(struct builder *out);
void write_array(struct builder *out, const char *name);
void write_array_end(struct builder *out);
/* Nothing is written for an absent text. */
void write_text(struct builder *out, const char *name, struct str value);
/* Nothing is written for NULL and for "". */
void write_text_z(struct builder *out, const char *name, const char *value);
/* Of a text with nothing to escape: a word of ours, or what is escaped already. */
void write_plain(struct builder *out, const char *name, struct str value);
/* A text that is put together: whatever is appended between the two is escaped already. */
void write_text_begin(struct builder *out, const char *name);
void write_text_end(struct builder *out);
void write_int(struct builder *out, const char *name, int64_t value);
void write_flag(struct builder *out, const char *name, bool value);
void write_id(struct builder *out, const char *name, const struct uuid *id);
/* A moment of the wall clock. */
void write_time(struct builder *out, const char *name, int64_t wall_ms);
/* A finished JSON value. */
void write_json(struct builder *out, const char *name, struct str json);

#endif
