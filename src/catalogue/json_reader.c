/* SPDX-License-Identifier: EUPL-1.2 */
#include "json_reader_internal.h"

#include <string.h>

struct json_reader json_reader_of(struct str text)
{
    const char *data = str_present(text) ? text.data : "";
    return (struct json_reader){.at = data, .end = data + text.length};
}

static bool fail(struct json_reader *reader)
{
    reader->failed = true;
    reader->at = reader->end;
    return false;
}

/* The next byte that is not white space, or NUL at the end. */
static char peek(struct json_reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\n' ||
                                        *reader->at == '\t' || *reader->at == '\r'))
        reader->at++;
    return reader->at < reader->end ? *reader->at : '\0';
}

static bool expect(struct json_reader *reader, char byte)
{
    if (peek(reader) != byte)
        return fail(reader);
    reader->at++;
    return true;
}

bool json_reader_ended(struct json_reader *reader)
{
    return peek(reader) == '\0' && reader->at == reader->end && !reader->failed;
}

/* Four hexadecimal digits, or -1. */
static int32_t hex4(const char *at, const char *end)
{
    int32_t value = 0;
    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char byte = at[i];
        int digit = byte >= '0' && byte <= '9'   ? byte - '0'
                    : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                    : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/*
 * The character an escape stands for; `at` is behind the backslash and moves behind the escape.
 * -1 when it is none, and for half a surrogate pair.
 */
static int32_t unescape(const char **at, const char *end)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char characters[] = "\"\\/\b\f\n\r\t";
    if (*at == end)
        return -1;
    char letter = *(*at)++;
    const char *simple = letter == '\0' ? NULL : strchr(letters, letter);
    if (simple != NULL)
        return characters[simple - letters];
    int32_t code = letter == 'u' ? hex4(*at, end) : -1;
    if (code < 0)
        return -1;
    *at += 4;
    if (code < 0xd800 || code > 0xdfff)
        return code;
    if (code > 0xdbff || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
        return -1;
    int32_t low = hex4(*at + 2, end);
    if (low < 0xdc00 || low > 0xdfff)
        return -1;
    *at += 6;
    return 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
}

static size_t put_utf8(char *out, int32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)((0xf00 >> length) | code);
    return length;
}

/* The closing quote of a string with escapes in it, each of which must be one; NULL for none. */
static const char *find_quote(const char *at, const char *end)
{
    while (at < end) {
        char byte = *at++;
        if (byte == '"')
            return at - 1;
        if (byte == '\\' && unescape(&at, end) < 0)
            return NULL;
    }
    return NULL;
}

/* A string whose opening quote comes next. */
static bool read_string(struct json_reader *reader, struct json_text *text)
{
    if (!expect(reader, '"'))
        return false;
    const char *start = reader->at;
    const char *quote = memchr(start, '"', (size_t)(reader->end - start));
    if (quote == NULL)
        return fail(reader);
    text->escaped = memchr(start, '\\', (size_t)(quote - start)) != NULL;
    if (text->escaped)
        quote = find_quote(start, reader->end);
    if (quote == NULL)
        return fail(reader);
    text->raw = (struct str){start, (size_t)(quote - start)};
    reader->at = quote + 1;
    return true;
}

size_t json_text_copy(struct json_text text, char *out)
{
    const char *at = text.raw.data;
    const char *end = at + text.raw.length;
    size_t length = 0;
    if (!text.escaped) {
        memcpy(out, at, text.raw.length);
        return text.raw.length;
    }
    while (at < end) {
        char byte = *at++;
        if (byte == '\\')
            length += put_utf8(out + length, unescape(&at, end));
        else
            out[length++] = byte;
    }
    return length;
}

bool json_reader_text(struct json_reader *reader, struct json_text *text)
{
    if (peek(reader) == '"')
        return read_string(reader, text);
    json_reader_skip(reader);
    return false;
}

static bool is_digit(const struct json_reader *reader)
{
    return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

/* What may follow the digits of a number that is no integer. */
static bool skip_fraction(struct json_reader *reader)
{
    const char *start = reader->at;
    while (reader->at < reader->end && strchr("+-.eE0123456789", *reader->at) != NULL &&
           *reader->at != '\0')
        reader->at++;
    return reader->at != start;
}

/* A number; false when it is no integer of 18 digits at most. */
static bool read_number(struct json_reader *reader, int64_t *number)
{
    bool negative = *reader->at == '-';
    int digits = 0;
    int64_t value = 0;
    reader->at += negative ? 1 : 0;
    if (!is_digit(reader))
        return fail(reader);
    for (; is_digit(reader); reader->at++, digits++) {
        if (digits < 18)
            value = value * 10 + (*reader->at - '0');
    }
    if (skip_fraction(reader) || digits > 18)
        return false;
    *number = negative ? -value : value;
    return true;
}

bool json_reader_integer(struct json_reader *reader, int64_t *number)
{
    char byte = peek(reader);
    if (byte == '-' || (byte >= '0' && byte <= '9'))
        return read_number(reader, number);
    json_reader_skip(reader);
    return false;
}

bool json_reader_micro(struct json_reader *reader, int64_t *micro)
{
    enum { WHOLE_MAXIMUM = 1000000, SCALE = 1000000 };
    struct json_reader ahead = *reader;
    bool negative = peek(&ahead) == '-';
    int64_t value = 0;
    ahead.at += negative ? 1 : 0;
    for (; is_digit(&ahead) && value < WHOLE_MAXIMUM; ahead.at++)
        value = value * 10 + (*ahead.at - '0');
    value *= SCALE;
    if (ahead.at < ahead.end && *ahead.at == '.') {
        ahead.at++;
        for (int64_t scale = SCALE / 10; is_digit(&ahead); ahead.at++, scale /= 10)
            value += scale * (*ahead.at - '0');
    }
    json_reader_skip(reader); /* the same number, if it is one: nothing of it may be left */
    if (reader->failed || reader->at != ahead.at || value > (int64_t)WHOLE_MAXIMUM * SCALE)
        return false;
    *micro = negative ? -value : value;
    return true;
}

static bool read_word(struct json_reader *reader, struct str word)
{
    if ((size_t)(reader->end - reader->at) < word.length ||
        memcmp(reader->at, word.data, word.length) != 0)
        return fail(reader);
    reader->at += word.length;
    return true;
}

bool json_reader_true(struct json_reader *reader)
{
    if (peek(reader) == 't')
        return read_word(reader, STR("true"));
    json_reader_skip(reader);
    return false;
}

bool json_reader_enter(struct json_reader *reader, char open)
{
    if (peek(reader) != open) {
        json_reader_skip(reader);
        return false;
    }
    if (++reader->depth > JSON_READER_DEPTH)
        return fail(reader);
    reader->at++;
    return true;
}

/* Moves to the next element, past a comma unless it is the first, or past the closing bracket. */
static bool next(struct json_reader *reader, char open, char close)
{
    bool first = reader->at[-1] == open; /* nothing but the bracket has been read */
    char byte = peek(reader);
    if (byte == close) {
        reader->at++;
        reader->depth--;
        return false;
    }
    return first || expect(reader, ',');
}

bool json_reader_item(struct json_reader *reader)
{
    return !reader->failed && next(reader, '[', ']') && !reader->failed;
}

bool json_reader_member(struct json_reader *reader, struct str *key)
{
    struct json_text text;
    if (reader->failed || !next(reader, '{', '}') || !(peek(reader) == '"' || fail(reader)) ||
        !read_string(reader, &text) || !expect(reader, ':'))
        return false;
    *key = text.raw;
    return true;
}

static void skip_object(struct json_reader *reader)
{
    struct str key;
    if (json_reader_enter(reader, '{')) {
        while (json_reader_member(reader, &key))
            json_reader_skip(reader);
    }
}

static void skip_array(struct json_reader *reader)
{
    if (json_reader_enter(reader, '[')) {
        while (json_reader_item(reader))
            json_reader_skip(reader);
    }
}

/* Nested values call back here; the depth is limited by json_reader_enter. */
void json_reader_skip(struct json_reader *reader)
{
    struct json_text text;
    int64_t number;
    char byte = peek(reader);
    switch (byte) {
    case '{':
        skip_object(reader);
        return;
    case '[':
        skip_array(reader);
        return;
    case '"':
        (void)read_string(reader, &text); /* a failure is in the reader */
        return;
    case 't':
        (void)read_word(reader, STR("true"));
        return;
    case 'f':
        (void)read_word(reader, STR("false"));
        return;
    case 'n':
        (void)read_word(reader, STR("null"));
        return;
    default:
        if (byte == '-' || (byte >= '0' && byte <= '9'))
            (void)read_number(reader, &number);
        else
            (void)fail(reader);
    }
}

size_t json_reader_count(const struct json_reader *reader)
{
    struct json_reader ahead = *reader;
    size_t count = 0;
    if (!json_reader_enter(&ahead, '['))
        return 0;
    for (; json_reader_item(&ahead); count++)
        json_reader_skip(&ahead);
    return count;
}
