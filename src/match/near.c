/* SPDX-License-Identifier: EUPL-1.2 */
#include "near_internal.h"

#include <string.h>

#include "sociopoint/base/fold.h"

enum { COMPARED_BYTES = 64 };

void near_init(struct near_words *near, struct str asked, struct arena *arena)
{
    *near = (struct near_words){.arena = arena, .asked = fold_name(asked, arena)};
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Levenshtein's distance of the first bytes. */
static size_t edit_distance(struct str left, struct str right)
{
    size_t rows = left.length < COMPARED_BYTES ? left.length : COMPARED_BYTES;
    size_t columns = right.length < COMPARED_BYTES ? right.length : COMPARED_BYTES;
    size_t row[COMPARED_BYTES + 1];
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t above = row[j];
            size_t change = left.data[i - 1] == right.data[j - 1] ? 0 : 1;
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + change);
            diagonal = above;
        }
    }
    return row[columns];
}

static size_t common_prefix(struct str left, struct str right)
{
    size_t i = 0;
    while (i < left.length && i < right.length && left.data[i] == right.data[i])
        i++;
    return i;
}

/* Smaller is nearer. A shared beginning counts, so that "debt" finds "debt-enforcement". */
static size_t distance_of(struct str asked, struct str known)
{
    size_t distance = 2 * edit_distance(asked, known);
    size_t prefix = common_prefix(asked, known);
    size_t bonus = prefix >= 3 ? 2 * prefix : 0;
    if (prefix >= 3 && prefix == asked.length)
        return 1;
    return distance > bonus ? distance - bonus : 1;
}

/* Takes `word` out where it stands with a greater distance; false when it stands with a lesser. */
static bool make_unique(struct near_words *near, struct str word, size_t distance)
{
    for (size_t i = 0; i < near->count; i++) {
        if (!str_equal(near->words[i], word))
            continue;
        if (near->distances[i] <= distance)
            return false;
        near->count--;
        memmove(&near->words[i], &near->words[i + 1], (near->count - i) * sizeof near->words[0]);
        memmove(&near->distances[i], &near->distances[i + 1],
                (near->count - i) * sizeof near->distances[0]);
        return true;
    }
    return true;
}

void near_offer(struct near_words *near, struct str word, struct str by)
{
    struct str folded = fold_name(by, near->arena);
    if (!str_present(folded) || !str_present(near->asked))
        return;
    size_t distance = distance_of(near->asked, folded);
    if (distance > near->asked.length) /* about half of the letters differ */
        return;
    if (!make_unique(near, word, distance))
        return;
    size_t place = near->count;
    while (place > 0 && near->distances[place - 1] > distance)
        place--;
    if (place == NEAR_WORDS)
        return;
    if (near->count < NEAR_WORDS)
        near->count++;
    for (size_t i = near->count - 1; i > place; i--) {
        near->words[i] = near->words[i - 1];
        near->distances[i] = near->distances[i - 1];
    }
    near->words[place] = word;
    near->distances[place] = distance;
}

const char *near_text(const struct near_words *near, char text[NEAR_TEXT_SIZE])
{
    size_t length = 0;
    for (size_t i = 0; i < near->count; i++) {
        size_t gap = length > 0 ? 2 : 0;
        if (length + gap + near->words[i].length >= NEAR_TEXT_SIZE)
            break;
        memcpy(text + length, ", ", gap);
        memcpy(text + length + gap, near->words[i].data, near->words[i].length);
        length += gap + near->words[i].length;
    }
    text[length] = '\0';
    return text;
}
