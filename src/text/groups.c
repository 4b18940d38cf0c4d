/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/groups.h"

#include <stdio.h>

#include "word_index_internal.h"

enum { POINTER_SIZE = 48 };

struct word_groups {
    const struct word_group *groups;
    size_t count;
    struct word_index index;
};

static bool add_group(struct word_groups *made, size_t group, struct arena *arena,
                      struct error *err)
{
    for (size_t i = 0; i < made->groups[group].word_count; i++) {
        struct error failed = {0};
        if (word_index_add(&made->index, made->groups[group].words[i], (uint16_t)group, arena,
                           &failed))
            continue;
        *err = failed;
        (void)snprintf(err->problems[0].pointer, POINTER_SIZE, "%zu/%zu", group, i);
        return false;
    }
    return true;
}

struct word_groups *word_groups_new(const struct word_group *groups, size_t count,
                                    struct arena *arena, struct error *err)
{
    struct word_groups *made = arena_alloc(arena, sizeof *made);
    if (made == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    made->groups = groups;
    made->count = count;
    for (size_t i = 0; i < count; i++) {
        if (!add_group(made, i, arena, err))
            return NULL;
    }
    return made;
}

const struct word_group *word_groups_find(const struct word_groups *groups, struct str name)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (str_equal(groups->groups[i].name, name))
            return &groups->groups[i];
    }
    return NULL;
}

/* Groups being gathered, each once, in ascending order. */
struct gathering {
    uint16_t *found;
    size_t count;
};

static void gather(void *context, uint16_t number)
{
    struct gathering *at = context;
    size_t place = 0;
    while (place < at->count && at->found[place] < number)
        place++;
    if (at->count == WORD_GROUPS_OF_WORD || (place < at->count && at->found[place] == number))
        return;
    for (size_t i = at->count++; i > place; i--)
        at->found[i] = at->found[i - 1];
    at->found[place] = number;
}

void word_groups_fetch(const struct word_groups *groups, struct str word)
{
    word_index_fetch(&groups->index, word);
}

size_t word_groups_of(const struct word_groups *groups, struct str word,
                      uint16_t found[WORD_GROUPS_OF_WORD])
{
    struct gathering at = {.found = found};
    word_index_numbers(&groups->index, TOKEN_WORD, word, gather, &at);
    return at.count;
}

void word_groups_words(const struct word_groups *groups,
                       void (*take)(void *context, struct str word), void *context)
{
    word_index_words(&groups->index, take, context);
}
