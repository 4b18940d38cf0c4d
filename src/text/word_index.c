/* SPDX-License-Identifier: EUPL-1.2 */
#include "word_index_internal.h"

#include <string.h>

enum { FIRST_TARGETS = 64, LENGTHS = 64 };

/* No folded word is spelt so. */
static const struct str any_number = STR_CONSTANT("#");

static bool has_room(struct word_index *index, struct arena *arena)
{
    if (index->target_count < index->target_capacity)
        return true;
    const size_t capacity =
        index->target_capacity == 0 ? FIRST_TARGETS : 2 * index->target_capacity;
    struct word_target *targets = arena_array(arena, capacity, sizeof *targets);
    if (targets == NULL)
        return false;
    if (index->target_count > 0)
        memcpy(targets, index->targets, index->target_count * sizeof *targets);
    index->targets = targets;
    index->target_capacity = capacity;
    index->target_count += index->target_count == 0 ? 1 : 0;
    return true;
}

static bool has_star(struct str word)
{
    return word.length > 0 && word.data[word.length - 1] == '*';
}

static uint64_t length_bit(size_t length)
{
    return UINT64_C(1) << (length < LENGTHS ? length : LENGTHS - 1);
}

bool word_index_add(struct word_index *index, struct str word, uint16_t number, struct arena *arena,
                    struct error *err)
{
    char text[PROBLEM_ARGUMENT_SIZE];
    const struct str letters = {word.data, word.length - (has_star(word) ? 1 : 0)};
    const struct str folded = str_equal(word, any_number) ? word : text_fold_word(letters, arena);
    if (!str_present(folded))
        return error_set_with(err, ERROR_INVALID, "phrase-word-unusable", "",
                              ERROR_ARGUMENTS(str_copy_z(word, text, sizeof text)));
    if (has_star(word))
        index->lengths |= length_bit(folded.length);
    uint32_t *first =
        word_table_put(has_star(word) ? &index->beginnings : &index->whole, folded, arena);
    if (first == NULL || !has_room(index, arena))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    index->targets[index->target_count] = (struct word_target){*first, number};
    *first = (uint32_t)index->target_count++;
    return true;
}

static void take_all(const struct word_index *index, uint32_t target,
                     void (*take)(void *context, uint16_t number), void *context)
{
    for (; target != 0; target = index->targets[target].next)
        take(context, index->targets[target].number);
}

/* The hash of the first `length` bytes from that of all but the last of them. */
static uint64_t hash_on(uint64_t hash, struct str word, size_t length)
{
    return str_hash_add(hash, (struct str){word.data + length - 1, 1});
}

/* Whether some beginning may be so many bytes of the word. */
static bool may_begin(const struct word_index *index, struct str word, size_t length)
{
    const bool inside = length < word.length && ((unsigned char)word.data[length] & 0xc0) == 0x80;
    return !inside && (index->lengths & length_bit(length)) != 0;
}

void word_index_fetch(const struct word_index *index, struct str word)
{
    uint64_t hash = str_hash((struct str){NULL, 0});
    for (size_t length = 1; length <= word.length; length++) {
        hash = hash_on(hash, word, length);
        if (may_begin(index, word, length))
            word_table_fetch(&index->beginnings, hash);
    }
    word_table_fetch(&index->whole, hash);
}

void word_index_numbers(const struct word_index *index, enum text_token_kind kind, struct str word,
                        void (*take)(void *context, uint16_t number), void *context)
{
    uint64_t hash = str_hash((struct str){NULL, 0});
    if (kind == TOKEN_NUMBER)
        take_all(index, word_table_get(&index->whole, any_number, str_hash(any_number)), take,
                 context);
    for (size_t length = 1; length <= word.length; length++) {
        hash = hash_on(hash, word, length);
        if (may_begin(index, word, length))
            take_all(index,
                     word_table_get(&index->beginnings, (struct str){word.data, length}, hash),
                     take, context);
    }
    take_all(index, word_table_get(&index->whole, word, hash), take, context);
}

void word_index_words(const struct word_index *index, void (*take)(void *context, struct str word),
                      void *context)
{
    for (size_t i = 0; i < index->whole.capacity; i++) {
        const struct str word = index->whole.items[i].word;
        if (str_present(word) && !str_equal(word, any_number))
            take(context, word);
    }
}
