/* SPDX-License-Identifier: EUPL-1.2 */
#include "features_internal.h"

#include <math.h>
#include <stdbool.h>

#include "sociopoint/text/groups.h"
#include "sociopoint/text/tokens.h"

/* What a feature counts before scaling. */
static const float value_of_word = 1.0F;
static const float value_of_beginning = 0.7F;
static const float value_of_pair = 0.6F;
static const float value_of_denied = 2.0F; /* about what a word and its beginnings come to */
static const float value_of_group = 1.0F;
static const float value_of_group_pair = 0.7F;

/* FNV-1a, 64 bits; the first byte is the kind of the feature. */
static const uint64_t hash_start = 14695981039346656037u;
static const uint64_t hash_prime = 1099511628211u;

static uint64_t add_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * hash_prime;
}

static uint64_t add_bytes(uint64_t hash, struct str bytes)
{
    for (size_t i = 0; i < bytes.length; i++)
        hash = add_byte(hash, (unsigned char)bytes.data[i]);
    return hash;
}

static uint64_t name_of(unsigned char kind, struct str bytes)
{
    return add_bytes(add_byte(hash_start, kind), bytes);
}

/* The first `letters` letters of the word, or all; `whole` says whether it has no more. */
static struct str beginning_of(struct str word, size_t letters, bool *whole)
{
    size_t length = 0;
    while (length < word.length) {
        const bool begins = ((unsigned char)word.data[length] & 0xc0) != 0x80;
        if (begins && letters-- == 0)
            break;
        length++;
    }
    *whole = length == word.length;
    return (struct str){word.data, length};
}

size_t features_of_word(struct str word, uint64_t names[FEATURES_OF_WORD])
{
    size_t count = 0;
    bool whole = false;
    names[count++] = name_of('w', word);
    for (size_t letters = BEGINNING_SHORTEST; letters <= BEGINNING_LONGEST && !whole; letters++) {
        const struct str beginning = beginning_of(word, letters, &whole);
        if (!whole || beginning.length >= BEGINNING_SHORTEST)
            names[count++] = name_of((unsigned char)('0' + letters), beginning);
    }
    return count;
}

static bool is_word(const struct text_token *token)
{
    return token->kind == TOKEN_WORD;
}

static uint64_t pair_name(const struct text_token *left, const struct text_token *right)
{
    bool whole;
    uint64_t name = name_of('p', beginning_of(left->word, BEGINNING_OF_PAIR, &whole));
    name = add_byte(name, ' ');
    return add_bytes(name, beginning_of(right->word, BEGINNING_OF_PAIR, &whole));
}

/* What is denied speaks for nothing, but weighs as much as if it did: the rest does not become
 * surer by it. */
static size_t add_denied(struct str word, struct feature *features)
{
    features[0] = (struct feature){.name = name_of('d', word), .value = value_of_denied};
    return 1;
}

static size_t add_token(const struct text_tokens *tokens, size_t i, size_t to,
                        struct feature *features)
{
    uint64_t names[FEATURES_OF_WORD];
    const size_t words = features_of_word(tokens->items[i].word, names);
    size_t count = 0;
    for (; count < words; count++)
        features[count] = (struct feature){names[count],
                                           count == 0 ? value_of_word : value_of_beginning,
                                           {(uint32_t)i, (uint32_t)i}};
    for (size_t next = i + 1; next <= i + 2 && next < to; next++) {
        if (is_word(&tokens->items[next]))
            features[count++] = (struct feature){pair_name(&tokens->items[i], &tokens->items[next]),
                                                 value_of_pair,
                                                 {(uint32_t)i, (uint32_t)next}};
    }
    return count;
}

/* The groups of each token. */
struct grouped {
    uint16_t groups[WORD_GROUPS_OF_WORD];
    size_t count; /* at most GROUPS_OF_TOKEN */
};

static uint64_t group_name(uint16_t group)
{
    return add_bytes(add_byte(hash_start, 'g'), (struct str){(const char *)&group, sizeof group});
}

/* The same whichever of them comes first. */
static uint64_t group_pair_name(uint16_t one, uint16_t other)
{
    const uint16_t pair[] = {one < other ? one : other, one < other ? other : one};
    return add_bytes(add_byte(hash_start, 'q'), (struct str){(const char *)pair, sizeof pair});
}

static size_t add_group_pairs(const struct grouped *grouped, size_t left, size_t right,
                              struct feature *features)
{
    size_t count = 0;
    for (size_t i = 0; i < grouped[left].count; i++) {
        for (size_t k = 0; k < grouped[right].count; k++)
            features[count++] =
                (struct feature){group_pair_name(grouped[left].groups[i], grouped[right].groups[k]),
                                 value_of_group_pair,
                                 {(uint32_t)left, (uint32_t)right}};
    }
    return count;
}

static size_t add_groups(const struct grouped *grouped, size_t from, size_t to,
                         struct feature *features)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        for (size_t k = 0; k < grouped[i].count; k++)
            features[count++] = (struct feature){
                group_name(grouped[i].groups[k]), value_of_group, {(uint32_t)i, (uint32_t)i}};
        for (size_t next = i + 1; next <= i + PAIR_REACH && next < to; next++)
            count += add_group_pairs(grouped, i, next, features + count);
    }
    return count;
}

static void find_groups(const struct word_groups *groups, const struct text_tokens *tokens,
                        size_t from, size_t to, struct grouped *grouped)
{
    for (size_t i = from; i < to; i++) {
        if (is_word(&tokens->items[i]))
            grouped[i].count = word_groups_of(groups, tokens->items[i].word, grouped[i].groups);
        if (grouped[i].count > GROUPS_OF_TOKEN)
            grouped[i].count = GROUPS_OF_TOKEN;
    }
}

static void scale(struct feature *features, size_t count)
{
    float squares = 0;
    for (size_t i = 0; i < count; i++)
        squares += features[i].value * features[i].value;
    const float factor = count == 0 ? 0 : 1 / sqrtf(squares);
    for (size_t i = 0; i < count; i++)
        features[i].value *= factor;
}

struct feature *features_of_text(const struct word_groups *groups, const struct text_tokens *tokens,
                                 size_t from, size_t to, struct arena *arena, size_t *count)
{
    struct feature *features =
        arena_array(arena, (to - from) * FEATURES_OF_TOKEN + 1, sizeof *features);
    struct grouped *grouped = arena_array(arena, to + 1, sizeof *grouped);
    *count = 0;
    if (features == NULL || grouped == NULL)
        return NULL;
    find_groups(groups, tokens, from, to, grouped);
    for (size_t i = from; i < to; i++) {
        if (is_word(&tokens->items[i]))
            *count += add_token(tokens, i, to, features + *count);
        else if (tokens->items[i].kind == TOKEN_DENIED)
            *count += add_denied(tokens->items[i].word, features + *count);
    }
    *count += add_groups(grouped, from, to, features + *count);
    scale(features, *count);
    return features;
}
