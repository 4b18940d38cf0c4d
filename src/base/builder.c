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

void builder_init_fixed(struct builder *builder, char *memory, size_t size)
{
    *builder = (struct builder){.data = memory, .capacity = size, .maximum = size};
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
    if (builder->data != NULL &&
        arena_extend(builder->arena, builder->data, builder->capacity, capacity))
        return builder->data;
    char *data = arena_buffer(builder->arena, capacity);
    if (data != NULL && builder->length > 0)
        memcpy(data, builder->data, builder->length);
    return data;
}

static bool grow(struct builder *builder, size_t more)
{
    if (builder->failed || more > builder->maximum - builder->length) {
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

/* Makes room for `more` bytes, or marks the builder failed. A failed one has no room left. */
static inline bool make_room(struct builder *builder, size_t more)
{
    return more <= builder->capacity - builder->length ? !builder->failed : grow(builder, more);
}

void builder_reserve(struct builder *builder, size_t more)
{
    (void)make_room(builder, more); /* failure is sticky */
}

char *builder_open(struct builder *builder, size_t most)
{
    return make_room(builder, most) ? builder->data + builder->length : NULL;
}

void builder_close(struct builder *builder, const char *end)
{
    builder->length = (size_t)(end - builder->data);
}

char *builder_take(struct builder *builder, size_t length)
{
    if (length == 0 || !make_room(builder, length))
        return NULL;
    char *taken = builder->data + builder->length;
    builder->length += length;
    return taken;
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
    char *taken = builder_take(builder, 1);
    if (taken != NULL)
        *taken = byte;
}

void builder_append_int(struct builder *builder, int64_t number)
{
    char text[24];
    char *start = text + sizeof text;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--start = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0)
        *--start = '-';
    builder_append(builder, (struct str){start, (size_t)(text + sizeof text - start)});
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

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\';
}

/* Eight bytes at a time: whether one of them is below 0x20, a quote or a backslash. A byte of a word is
 * zero exactly when the subtraction borrows into its own highest bit first. */
static bool word_is_plain(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = ones << 7;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t quotes = word ^ ones * '"';
    uint64_t backslashes = word ^ ones * '\\';
    uint64_t found = ((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes) |
                     ((word - ones * 0x20) & ~word);
    return (found & tops) == 0;
}

/* Copies the bytes that stand in a JSON string as they are, up to the first that does not; returns how many. */
static size_t copy_plain(char *to, struct str piece)
{
    size_t i = 0;
    while (piece.length - i >= sizeof(uint64_t) && word_is_plain(piece.data + i)) {
        memcpy(to + i, piece.data + i, sizeof(uint64_t));
        i += sizeof(uint64_t);
    }
    for (; i < piece.length && is_plain((unsigned char)piece.data[i]); i++)
        to[i] = piece.data[i];
    return i;
}

void builder_append_escaped(struct builder *builder, struct str piece)
{
    while (piece.length > 0) {
        if (!make_room(builder, piece.length))
            return;
        size_t plain = copy_plain(builder->data + builder->length, piece);
        builder->length += plain;
        if (plain == piece.length)
            return;
        append_escaped(builder, (unsigned char)piece.data[plain]);
        piece = (struct str){piece.data + plain + 1, piece.length - plain - 1};
    }
}

bool builder_failed(const struct builder *builder)
{
    return builder->failed;
}

struct str builder_view(const struct builder *builder)
{
    return (struct str){builder->data == NULL ? "" : builder->data, builder->length};
}
