/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A string under construction, with a maximum.
 *
 * Failure is sticky: once a piece did not fit (or memory ran out), further appends do nothing and
 * builder_failed() says so, so that a writer checks once at its end. With an arena the bytes live
 * there and builder_done() is not needed; without one they are on the heap and builder_done() frees
 * them.
 */
#ifndef SOCIOPOINT_BASE_BUILDER_H
#define SOCIOPOINT_BASE_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

struct builder {
    struct arena *arena; /* NULL: the bytes are on the heap */
    char *data;
    size_t length;
    size_t capacity;
    size_t maximum;
    bool failed;
};

void builder_init(struct builder *builder, struct arena *arena, size_t maximum);
/* One that writes into the caller's memory and never allocates; it needs no builder_done. */
void builder_init_fixed(struct builder *builder, char *memory, size_t size);
void builder_done(struct builder *builder);
/* Room for `more` bytes at once, where the length is known beforehand. */
void builder_reserve(struct builder *builder, size_t more);
/*
 * Where `most` bytes may be written; builder_close then says how far they have been. NULL when
 * they do not fit. For what is put together from many small pieces of which the longest is known.
 */
char *builder_open(struct builder *builder, size_t most);
void builder_close(struct builder *builder, const char *end);
/* Appends `length` bytes that the caller writes at once; NULL when they do not fit or are none. */
char *builder_take(struct builder *builder, size_t length);
void builder_append(struct builder *builder, struct str piece);
void builder_append_z(struct builder *builder, const char *piece);
void builder_append_char(struct builder *builder, char byte);
void builder_append_int(struct builder *builder, int64_t number);
void builder_printf(struct builder *builder, const char *format, ...) PRINTF_LIKE(2, 3);
/* The piece as it stands between the quotes of a JSON string (RFC 8259 section 7); it must be valid UTF-8. */
void builder_append_escaped(struct builder *builder, struct str piece);
bool builder_failed(const struct builder *builder);
/* What has been built so far; valid until the next append. */
struct str builder_view(const struct builder *builder);

#endif
