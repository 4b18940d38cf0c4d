/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/fold.h"

#include <stdint.h>

/* U+00C0 to U+017F without their marks; '*' is no letter, the few that are two letters give the first. */
static const char latin_base[] = "aaaaaaaceeeeiiii" /* 00C0 */
                                 "dnooooo*ouuuuyts" /* 00D0 */
                                 "aaaaaaaceeeeiiii" /* 00E0 */
                                 "dnooooo*ouuuuyty" /* 00F0 */
                                 "aaaaaaccccccccdd" /* 0100 */
                                 "ddeeeeeeeeeegggg" /* 0110 */
                                 "gggghhhhiiiiiiii" /* 0120 */
                                 "iiiijjkkklllllll" /* 0130 */
                                 "lllnnnnnnnnnoooo" /* 0140 */
                                 "oooorrrrrrssssss" /* 0150 */
                                 "ssttttttuuuuuuuu" /* 0160 */
                                 "uuuuwwyyyzzzzzzs" /* 0170 */;

/* The code point at `position` of valid UTF-8; `position` moves behind it. */
static uint32_t next_code_point(struct str text, size_t *position)
{
    const unsigned char *bytes = (const unsigned char *)text.data + *position;
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    if (length > text.length - *position)
        length = 1;
    *position += length;
    if (length == 1)
        return bytes[0];
    uint32_t code = bytes[0] & (0xffU >> (length + 1));
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (bytes[i] & 0x3fU);
    return code;
}

/* Of Cyrillic capitals; others as they are. */
static uint32_t cyrillic_lower(uint32_t code)
{
    if (code >= 0x410 && code <= 0x42f)
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40f)
        return code + 0x50;
    return code == 0x490 ? 0x491 : code;
}

/* The folded letter, 0 for what vanishes, ' ' for what stands between words. */
static uint32_t fold_code_point(uint32_t code)
{
    if ((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z'))
        return code;
    if (code >= 'A' && code <= 'Z')
        return code + ('a' - 'A');
    if (code >= 0xc0 && code <= 0x17f)
        return latin_base[code - 0xc0] == '*' ? ' ' : (uint32_t)latin_base[code - 0xc0];
    if (code >= 0x300 && code <= 0x36f)
        return 0;
    if (code >= 0x400 && code <= 0x52f)
        return cyrillic_lower(code);
    return code < 0xc0 || (code >= 0x2000 && code <= 0x206f) ? ' ' : code;
}

/* Appends UTF-8; the folded form is never longer than the original. */
static size_t put_code_point(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)((0xf00U >> length) | code);
    return length;
}

size_t fold_name_into(struct str name, char *out)
{
    size_t length = 0;
    bool gap = false;
    for (size_t i = 0; i < name.length;) {
        uint32_t code = fold_code_point(next_code_point(name, &i));
        if (code == 0)
            continue;
        if (code == ' ') {
            gap = length > 0;
            continue;
        }
        if (gap)
            out[length++] = ' ';
        gap = false;
        length += put_code_point(out + length, code);
    }
    return length;
}

/* A name being read letter by letter. */
struct letters {
    struct str name;
    size_t position;
    uint32_t waiting; /* the letter behind the space that was given; 0: none */
    bool begun;
};

/* The next folded letter or space; 0 at the end. */
static uint32_t next_letter(struct letters *at)
{
    uint32_t code = at->waiting;
    bool gap = false;
    at->waiting = 0;
    while (code == 0 && at->position < at->name.length) {
        code = fold_code_point(next_code_point(at->name, &at->position));
        gap = gap || code == ' ';
        if (code == ' ')
            code = 0;
    }
    if (code == 0 || !gap || !at->begun) {
        at->begun = at->begun || code != 0;
        return code;
    }
    at->waiting = code;
    return ' ';
}

struct str fold_name(struct str name, struct arena *arena)
{
    char *out = arena_alloc(arena, name.length + 1);
    if (out == NULL)
        return (struct str){NULL, 0};
    size_t length = 0;
    struct letters letters = {.name = name};
    for (uint32_t code = next_letter(&letters); code != 0; code = next_letter(&letters))
        length += put_code_point(out + length, code);
    return (struct str){out, length};
}

/* Most names differ in their first letter, which for ASCII is seen at once. */
static bool begins_otherwise(struct str name, struct str folded)
{
    if (name.length == 0 || folded.length == 0)
        return false;
    unsigned char first = (unsigned char)name.data[0];
    uint32_t code = first < 0x80 ? fold_code_point(first) : ' ';
    return code != ' ' && code != (unsigned char)folded.data[0];
}

bool fold_is(struct str name, struct str folded)
{
    if (begins_otherwise(name, folded))
        return false;
    struct letters letters = {.name = name};
    size_t position = 0;
    uint32_t code = next_letter(&letters);
    while (code != 0 && position < folded.length && code == next_code_point(folded, &position))
        code = next_letter(&letters);
    return code == 0 && position == folded.length;
}
