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

/* A feature's name is a hash; the first byte is its kind. */
static uint64_t name_of(char kind, struct str bytes)
{
    return str_hash_add(str_hash((struct str){&kind, 1}), bytes);
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
            names[count++] = name_of((char)('0' + letters), beginning);
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
    const uint64_t name = name_of('p', beginning_of(left->word, BEGINNING_OF_PAIR, &whole));
    return str_hash_add(str_hash_add(name, STR(" ")),
                        beginning_of(right->word, BEGINNING_OF_PAIR, &whole));
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

/* The groups of a token. */
struct grouped {
    uint32_t token;
    uint16_t groups[WORD_GROUPS_OF_WORD];
    size_t count; /* at most GROUPS_OF_TOKEN */
};

static uint64_t group_name(uint16_t group)
{
    return name_of('g', (struct str){(const char *)&group, sizeof group});
}

/* The same whichever of them comes first. */
static uint64_t group_pair_name(uint16_t one, uint16_t other)
{
    const uint16_t pair[] = {one < other ? one : other, one < other ? other : one};
    return name_of('q', (struct str){(const char *)pair, sizeof pair});
}

static size_t add_group_pairs(const struct grouped *left, const struct grouped *right,
                              struct feature *features)
{
    size_t count = 0;
    for (size_t i = 0; i < left->count; i++) {
        for (size_t k = 0; k < right->count; k++)
            features[count++] = (struct feature){group_pair_name(left->groups[i], right->groups[k]),
                                                 value_of_group_pair,
                                                 {left->token, right->token}};
    }
    return count;
}

static size_t add_groups(const struct grouped *grouped, size_t tokens, struct feature *features)
{
    size_t count = 0;
    for (size_t i = 0; i < tokens; i++) {
        const struct grouped *at = &grouped[i];
        for (size_t k = 0; k < at->count; k++)
            features[count++] =
                (struct feature){group_name(at->groups[k]), value_of_group, {at->token, at->token}};
        for (size_t next = i + 1; next <= i + PAIR_REACH && next < tokens; next++)
            count += add_group_pairs(at, &grouped[next], features + count);
    }
    return count;
}

static void find_groups(const struct word_groups *groups, const struct text_tokens *tokens,
                        size_t from, size_t to, struct grouped *grouped)
{
    for (size_t i = from; i < to; i++) {
        struct grouped *at = &grouped[i - from];
        at->token = (uint32_t)i;
        if (is_word(&tokens->items[i]))
            at->count = word_groups_of(groups, tokens->items[i].word, at->groups);
        if (at->count > GROUPS_OF_TOKEN)
            at->count = GROUPS_OF_TOKEN;
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
    struct grouped *grouped = arena_array(arena, to - from + 1, sizeof *grouped);
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
    *count += add_groups(grouped, to - from, features + *count);
    scale(features, *count);
    return features;
}
