/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/uuid.h"

#include <string.h>
#include <uuid/uuid.h>

#include "sociopoint/base/digits.h"

_Static_assert(sizeof(struct uuid) == sizeof(uuid_t), "libuuid and we mean the same 16 bytes");

/* Sociopoint's namespace, made once at random; it must never change. */
static const uuid_t namespace_id = {0x5c, 0x1f, 0x0f, 0x8e, 0x2d, 0x0a, 0x4c, 0x6b,
                                    0x9b, 0x57, 0x36, 0xd1, 0x4e, 0x7a, 0x90, 0x21};

/* The value of each hexadecimal digit and one more; 0: no digit. */
static const uint8_t digit_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* By hand, because a cold start reads a million of them and uuid_parse takes far longer. */
bool uuid_from_text(struct str text, struct uuid *id)
{
    struct uuid parsed;
    size_t at = 0;
    if (text.length != UUID_TEXT_SIZE - 1)
        return false;
    for (size_t i = 0; i < sizeof parsed.bytes; i++) {
        bool after_dash = i == 4 || i == 6 || i == 8 || i == 10;
        if (after_dash && text.data[at++] != '-')
            return false;
        unsigned high = digit_values[(unsigned char)text.data[at++]];
        unsigned low = digit_values[(unsigned char)text.data[at++]];
        if (high == 0 || low == 0)
            return false;
        parsed.bytes[i] = (uint8_t)((high - 1) * 16 + (low - 1));
    }
    *id = parsed;
    return true;
}

char *uuid_to_text(const struct uuid *id, char text[UUID_TEXT_SIZE])
{
    char *to = text;
    for (size_t i = 0; i < sizeof id->bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        to = digits_put_hex(to, id->bytes[i], 2);
    }
    *to = '\0';
    return text;
}

int uuid_compare_ids(const struct uuid *left, const struct uuid *right)
{
    return memcmp(left->bytes, right->bytes, sizeof left->bytes);
}

struct uuid uuid_of_key(const char *kind, struct str key)
{
    char name[512];
    struct uuid id;
    size_t kind_length = strlen(kind);
    size_t key_length =
        key.length < sizeof name - kind_length - 1 ? key.length : sizeof name - kind_length - 1;
    memcpy(name, kind, kind_length);
    name[kind_length] = ':';
    if (key_length > 0)
        memcpy(name + kind_length + 1, key.data, key_length);
    uuid_generate_sha1(id.bytes, namespace_id, name, kind_length + 1 + key_length);
    return id;
}
