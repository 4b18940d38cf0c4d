/* SPDX-License-Identifier: EUPL-1.2 */
#include "quality/phrases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 4096, PHRASES_FIRST = 256 };

static bool has_room(struct phrases *phrases)
{
    if (phrases->count != 0 &&
        (phrases->count < PHRASES_FIRST || (phrases->count & (phrases->count - 1)) != 0))
        return true;
    const size_t room = phrases->count == 0 ? PHRASES_FIRST : 2 * phrases->count;
    struct phrase *items = realloc(phrases->items, room * sizeof *items);
    if (items == NULL)
        return false;
    phrases->items = items;
    return true;
}

static bool add_line(struct phrases *phrases, const char *line)
{
    const size_t length = strcspn(line, "\r\n");
    if (length == 0)
        return true;
    char *text = has_room(phrases) ? strndup(line, length) : NULL;
    char *ids = text == NULL ? NULL : strchr(text, '\t');
    if (ids == NULL) {
        free(text);
        return false;
    }
    *ids++ = '\0';
    char *language = strchr(ids, '\t');
    if (language != NULL)
        *language++ = '\0';
    phrases->items[phrases->count++] =
        (struct phrase){text, ids, language == NULL ? "-" : language};
    return true;
}

bool phrases_read(struct phrases *phrases, const char *path)
{
    char line[LINE_SIZE];
    bool good = true;
    *phrases = (struct phrases){0};
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return false;
    }
    while (good && fgets(line, sizeof line, file) != NULL)
        good = add_line(phrases, line);
    (void)fclose(file);
    if (!good)
        (void)fprintf(stderr, "%s: line %zu is no phrase\n", path, phrases->count + 1);
    return good;
}

void phrases_done(struct phrases *phrases)
{
    for (size_t i = 0; i < phrases->count; i++)
        free(phrases->items[i].text);
    free(phrases->items);
    *phrases = (struct phrases){0};
}
