/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/http/uri.h"

#include <string.h>

/* The value of a hexadecimal digit, or -1. */
static int digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return -1;
}

static bool has_control_byte(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < 0x20 || byte == 0x7F)
            return true;
    }
    return false;
}

static bool needs_decoding(struct str text, enum http_uri_part part)
{
    return memchr(text.data, '%', text.length) != NULL ||
           (part == HTTP_URI_QUERY && memchr(text.data, '+', text.length) != NULL);
}

/* The byte that "%41" at the start of `text` stands for, or -1. */
static int escaped_byte(struct str text)
{
    if (text.length < 3)
        return -1;
    int high = digit(text.data[1]);
    int low = digit(text.data[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Writes the decoded bytes to `to`, which has room for all of `from`; false for a bad escape. */
static bool decode_bytes(struct str from, enum http_uri_part part, char *to, size_t *length)
{
    size_t written = 0;
    for (size_t i = 0; i < from.length; i++) {
        char byte = from.data[i];
        if (byte == '%') {
            int escaped = escaped_byte((struct str){from.data + i, from.length - i});
            if (escaped < 0)
                return false;
            byte = (char)escaped;
            i += 2;
        } else if (byte == '+' && part == HTTP_URI_QUERY) {
            byte = ' ';
        }
        to[written++] = byte;
    }
    *length = written;
    return true;
}

static enum http_uri_result checked(struct str text, struct str *decoded)
{
    if (has_control_byte(text) || !str_is_utf8(text))
        return HTTP_URI_MALFORMED;
    *decoded = text;
    return HTTP_URI_DECODED;
}

enum http_uri_result http_uri_decode(struct str encoded, enum http_uri_part part,
                                     struct arena *arena, struct str *decoded)
{
    if (encoded.length == 0) {
        *decoded = STR("");
        return HTTP_URI_DECODED;
    }
    if (!needs_decoding(encoded, part))
        return checked(encoded, decoded);
    char *bytes = arena_alloc(arena, encoded.length);
    if (bytes == NULL)
        return HTTP_URI_NO_MEMORY;
    size_t length = 0;
    if (!decode_bytes(encoded, part, bytes, &length))
        return HTTP_URI_MALFORMED;
    return checked((struct str){bytes, length}, decoded);
}

static bool is_unreserved(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void http_uri_append(struct builder *builder, struct str text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (is_unreserved(text.data[i])) {
            builder_append_char(builder, text.data[i]);
            continue;
        }
        const char escaped[] = {'%', digits[byte / 16], digits[byte % 16]};
        builder_append(builder, (struct str){escaped, sizeof escaped});
    }
}
