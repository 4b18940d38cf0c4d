/* SPDX-License-Identifier: EUPL-1.2 */
#include "near_internal.h"

#include <stdio.h>

enum { KEY_MAXIMUM = 64 }; /* longer ones are compared by their beginning */

static size_t least(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* Levenshtein: how many bytes must be changed, added or removed. */
static size_t distance_between(struct str left, struct str right)
{
    size_t row[KEY_MAXIMUM + 1];
    size_t columns = least(right.length, KEY_MAXIMUM);
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; i <= least(left.length, KEY_MAXIMUM); i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t changed = diagonal + (left.data[i - 1] != right.data[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[columns];
}

/* Half of the letters may be wrong, or one begins like the other ("family", "family-youth"). */
static bool is_near(const struct config_near *near, struct str key, size_t distance)
{
    size_t longest = near->asked.length > key.length ? near->asked.length : key.length;
    return distance <= longest / 2 ||
           (near->asked.length >= 3 && str_starts_with(key, near->asked));
}

void config_near_offer(struct config_near *near, struct str key)
{
    size_t distance = distance_between(near->asked, key);
    if (!is_near(near, key, distance))
        return;
    size_t position = near->count;
    while (position > 0 && near->distances[position - 1] > distance)
        position--;
    if (position == CONFIG_NEAR_KEYS)
        return;
    if (near->count < CONFIG_NEAR_KEYS)
        near->count++;
    for (size_t i = near->count - 1; i > position; i--) {
        near->keys[i] = near->keys[i - 1];
        near->distances[i] = near->distances[i - 1];
    }
    near->keys[position] = key;
    near->distances[position] = distance;
}

const char *config_near_text(const struct config_near *near, char text[PROBLEM_ARGUMENT_SIZE])
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < near->count; i++) {
        const char *separator = used == 0 ? "" : ", ";
        size_t room = PROBLEM_ARGUMENT_SIZE - used;
        if (near->keys[i].length + 2 >= room)
            break;
        used +=
            (size_t)snprintf(text + used, room, "%s%.*s", separator, STR_ARGUMENTS(near->keys[i]));
    }
    return text;
}
