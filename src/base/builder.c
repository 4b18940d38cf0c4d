/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void builder_init(struct builder *builder, struct arena *arena, size_t maximum)
{
    *builder = (struct builder){.arena = arena, .maximum = maximum};
}

void builder_done(struct builder *builder)
{
    if (builder->arena == NULL)
        free(builder->data);
    *builder = (struct builder){.failed = true};
}

static char *resized(struct builder *builder, size_t capacity)
{
    if (builder->arena == NULL)
        return realloc(builder->data, capacity);
    char *data = arena_alloc(builder->arena, capacity);
    if (data != NULL && builder->length > 0)
        memcpy(data, builder->data, builder->length);
    return data;
}

/* Makes room for `more` bytes, or marks the builder failed. */
static bool make_room(struct builder *builder, size_t more)
{
    if (builder->failed)
        return false;
    if (more <= builder->capacity - builder->length)
        return true;
    if (more > builder->maximum - builder->length) {
        builder->failed = true;
        return false;
    }
    size_t capacity = builder->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : builder->capacity * 2;
    while (capacity < builder->length + more)
        capacity *= 2;
    if (capacity > builder->maximum)
        capacity = builder->maximum;
    char *data = resized(builder, capacity);
    if (data == NULL) {
        builder->failed = true;
        return false;
    }
    builder->data = data;
    builder->capacity = capacity;
    return true;
}

void builder_append(struct builder *builder, struct str piece)
{
    if (piece.length == 0 || !make_room(builder, piece.length))
        return;
    memcpy(builder->data + builder->length, piece.data, piece.length);
    builder->length += piece.length;
}

void builder_append_z(struct builder *builder, const char *piece)
{
    builder_append(builder, str_from(piece));
}

void builder_append_char(struct builder *builder, char byte)
{
    builder_append(builder, (struct str){&byte, 1});
}

void builder_append_int(struct builder *builder, int64_t number)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%lld", (long long)number);
    builder_append(builder, (struct str){text, (size_t)length});
}

void builder_printf(struct builder *builder, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    /* vsnprintf wants room for its NUL, which is then given back. */
    if (length >= 0 && make_room(builder, (size_t)length + 1)) {
        (void)vsnprintf(builder->data + builder->length, (size_t)length + 1, format, again);
        builder->length += (size_t)length;
    } else {
        builder->failed = true;
    }
    va_end(again);
}

/* The letter after the backslash for bytes that have one, or 0. */
static char short_escape(unsigned char byte)
{
    switch (byte) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

static void append_escaped(struct builder *builder, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    char letter = short_escape(byte);
    if (letter != 0) {
        builder_append(builder, (struct str){(char[]){'\\', letter}, 2});
    } else {
        char escape[6] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
        builder_append(builder, (struct str){escape, sizeof escape});
    }
}

void builder_append_json(struct builder *builder, struct str piece)
{
    builder_append_char(builder, '"');
    size_t start = 0;
    for (size_t i = 0; i < piece.length; i++) {
        unsigned char byte = (unsigned char)piece.data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        builder_append(builder, (struct str){piece.data + start, i - start});
        append_escaped(builder, byte);
        start = i + 1;
    }
    if (piece.length > start)
        builder_append(builder, (struct str){piece.data + start, piece.length - start});
    builder_append_char(builder, '"');
}

bool builder_failed(const struct builder *builder)
{
    return builder->failed;
}

struct str builder_view(const struct builder *builder)
{
    return (struct str){builder->data == NULL ? "" : builder->data, builder->length};
}
