/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "sociopoint/text/spelling.h"
#include "sociopoint/text/tokens.h"
#include "word_table_internal.h"

/* A word that begins like a known one in so many letters needs no correction. */
enum { BEGINNING = 6, AHEAD = 8 };

struct vocabulary {
    struct arena *arena;
    struct word_table words; /* the value counts uses */
    struct word_table beginnings;
    struct spelling_word *list;
    struct spelling *spelling;
};

struct vocabulary *vocabulary_new(struct arena *arena)
{
    struct vocabulary *vocabulary = arena_alloc(arena, sizeof *vocabulary);
    if (vocabulary != NULL)
        vocabulary->arena = arena;
    return vocabulary;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    if (vocabulary != NULL)
        spelling_free(vocabulary->spelling);
}

/* The first BEGINNING letters; absent where the word is not longer than that. */
static struct str beginning_of(struct str word)
{
    size_t letters = 0;
    for (size_t i = 0; i < word.length; i++) {
        letters += ((unsigned char)word.data[i] & 0xc0) != 0x80 ? 1 : 0;
        if (letters > BEGINNING)
            return (struct str){word.data, i};
    }
    return (struct str){NULL, 0};
}

/* Counts the word in the table, which gets a copy of it when it is new. */
static bool count_word(struct vocabulary *vocabulary, struct word_table *table, struct str word)
{
    const bool known = word_table_get(table, word, str_hash(word)) != 0;
    const struct str kept = known ? word : arena_copy(vocabulary->arena, word);
    uint32_t *uses = str_present(kept) ? word_table_put(table, kept, vocabulary->arena) : NULL;
    if (uses == NULL)
        return false;
    ++*uses;
    return true;
}

bool vocabulary_add(struct vocabulary *vocabulary, struct str word)
{
    const struct str beginning = beginning_of(word);
    return count_word(vocabulary, &vocabulary->words, word) &&
           (!str_present(beginning) || count_word(vocabulary, &vocabulary->beginnings, beginning));
}

bool vocabulary_finish(struct vocabulary *vocabulary)
{
    const struct word_table *words = &vocabulary->words;
    size_t count = 0;
    vocabulary->list = arena_array(vocabulary->arena, words->count + 1, sizeof *vocabulary->list);
    if (vocabulary->list == NULL)
        return false;
    for (size_t i = 0; i < words->capacity; i++) {
        if (str_present(words->items[i].word))
            vocabulary->list[count++] =
                (struct spelling_word){words->items[i].word, words->items[i].value};
    }
    vocabulary->spelling = spelling_new(vocabulary->list, count);
    return vocabulary->spelling != NULL;
}

bool vocabulary_has(const struct vocabulary *vocabulary, struct str word)
{
    return word_table_get(&vocabulary->words, word, str_hash(word)) != 0;
}

bool vocabulary_knows(const struct vocabulary *vocabulary, struct str word)
{
    if (vocabulary_has(vocabulary, word))
        return true;
    const struct str beginning = beginning_of(word);
    return str_present(beginning) &&
           word_table_get(&vocabulary->beginnings, beginning, str_hash(beginning)) != 0;
}

static void correct(const struct vocabulary *vocabulary, struct text_token *token)
{
    if (token->kind != TOKEN_WORD || vocabulary_knows(vocabulary, token->word))
        return;
    const int64_t known = spelling_find(vocabulary->spelling, token->word);
    if (known >= 0)
        token->word = vocabulary->list[known].word;
}

/* What a word needs of memory is asked for in two steps, some words ahead of it. */
static void correct_all(const struct vocabulary *vocabulary, struct text_token *items, size_t count)
{
    for (size_t i = 0; i < count + AHEAD; i++) {
        if (i < count)
            word_table_fetch(&vocabulary->words, str_hash(items[i].word));
        if (i >= AHEAD / 2 && i - AHEAD / 2 < count)
            word_table_fetch_word(&vocabulary->words, str_hash(items[i - AHEAD / 2].word));
        if (i >= AHEAD)
            correct(vocabulary, &items[i - AHEAD]);
    }
}

bool vocabulary_correct(const struct vocabulary *vocabulary, struct arena *arena,
                        struct text_tokens *tokens, struct error *err)
{
    struct text_token *items = arena_array(arena, tokens->count + 1, sizeof *items);
    if (items == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    if (tokens->count > 0)
        memcpy(items, tokens->items, tokens->count * sizeof *items);
    correct_all(vocabulary, items, tokens->count);
    tokens->items = items;
    return true;
}
