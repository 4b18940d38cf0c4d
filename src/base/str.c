/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/str.h"

#include <string.h>

struct str str_from(const char *text)
{
    if (text == NULL)
        return (struct str){NULL, 0};
    return (struct str){text, strlen(text)};
}

bool str_present(struct str view)
{
    return view.data != NULL;
}

bool str_empty(struct str view)
{
    return view.length == 0;
}

bool str_equal(struct str left, struct str right)
{
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.data, right.data, left.length) == 0);
}

uint64_t str_hash_add(uint64_t hash, struct str more)
{
    static const uint64_t prime = 1099511628211u;
    for (size_t i = 0; i < more.length; i++)
        hash = (hash ^ (unsigned char)more.data[i]) * prime;
    return hash;
}

uint64_t str_hash(struct str view)
{
    static const uint64_t start = 14695981039346656037u;
    return str_hash_add(start, view);
}

bool str_equal_z(struct str left, const char *right)
{
    return str_equal(left, str_from(right));
}

int str_compare(struct str left, struct str right)
{
    size_t shorter = left.length < right.length ? left.length : right.length;
    int order = shorter == 0 ? 0 : memcmp(left.data, right.data, shorter);
    if (order != 0)
        return order;
    return (left.length > right.length) - (left.length < right.length);
}

bool str_starts_with(struct str view, struct str prefix)
{
    return view.length >= prefix.length &&
           (prefix.length == 0 || memcmp(view.data, prefix.data, prefix.length) == 0);
}

bool str_cut(struct str view, char separator, struct str *before, struct str *after)
{
    const char *found = view.length == 0 ? NULL : memchr(view.data, separator, view.length);
    if (found == NULL)
        return false;
    size_t position = (size_t)(found - view.data);
    *before = (struct str){view.data, position};
    *after = (struct str){found + 1, view.length - position - 1};
    return true;
}

char *str_copy_z(struct str view, char *buffer, size_t size)
{
    size_t length = view.length < size ? view.length : size - 1;
    if (length < view.length) {
        while (length > 0 && ((unsigned char)view.data[length] & 0xC0) == 0x80)
            length--;
    }
    if (length > 0)
        memcpy(buffer, view.data, length);
    buffer[length] = '\0';
    return buffer;
}

bool str_to_uint(struct str view, uint64_t maximum, uint64_t *value)
{
    if (view.length == 0 || (view.length > 1 && view.data[0] == '0'))
        return false;
    uint64_t number = 0;
    for (size_t i = 0; i < view.length; i++) {
        if (view.data[i] < '0' || view.data[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(view.data[i] - '0');
        if (number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    if (number > maximum)
        return false;
    *value = number;
    return true;
}

/* The length of the sequence that `lead` starts and the bounds of its second byte; 0 when it starts none. */
static size_t sequence_shape(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (lead == 0xE0)
            *low = 0xA0;
        if (lead == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (lead == 0xF0)
            *low = 0x90;
        if (lead == 0xF4)
            *high = 0x8F;
        return 4;
    }
    return 0;
}

/* How many of the first bytes are ASCII, in eights. */
static size_t ascii_run(struct str view)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);
    size_t i = 0;
    for (uint64_t word; view.length - i >= sizeof word; i += sizeof word) {
        memcpy(&word, view.data + i, sizeof word);
        if ((word & tops) != 0)
            break;
    }
    return i;
}

bool str_is_utf8(struct str view)
{
    for (size_t i = ascii_run(view); i < view.length;) {
        unsigned char low;
        unsigned char high;
        size_t length = sequence_shape((unsigned char)view.data[i], &low, &high);
        if (length == 0 || length > view.length - i)
            return false;
        for (size_t k = 1; k < length; k++) {
            unsigned char byte = (unsigned char)view.data[i + k];
            if (byte < low || byte > high)
                return false;
            low = 0x80;
            high = 0xBF;
        }
        i += length;
    }
    return true;
}
