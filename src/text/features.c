/* SPDX-License-Identifier: EUPL-1.2 */
#include "features_internal.h"

#include "sociopoint/text/groups.h"
#include "sociopoint/text/tokens.h"

enum { WORD_PAIR_REACH = 2, AHEAD = 4 };

/* What a feature counts before scaling. */
static const float value_of_word = 1.0F;
static const float value_of_beginning = 0.7F;
static const float value_of_pair = 0.6F;
static const float value_of_denied = 2.0F; /* about what a word and its beginnings come to */
static const float value_of_group = 1.0F;
static const float value_of_group_pair = 0.7F;

/* A feature's name is a hash; the last byte is its kind, so that a word is read once for all of its
 * beginnings. */
static uint64_t name_of(char kind, uint64_t hash)
{
    return str_hash_add(hash, (struct str){&kind, 1});
}

/* --- Words ------------------------------------------------------------------------------------- */

/* The length of the first letter of what is left of a word. */
static size_t letter_length(struct str rest)
{
    size_t length = 1;
    while (length < rest.length && ((unsigned char)rest.data[length] & 0xc0) == 0x80)
        length++;
    return length;
}

/* Takes a letter from the beginning of `rest` into the hash. */
static uint64_t hash_letter(uint64_t hash, struct str *rest)
{
    const size_t length = letter_length(*rest);
    const struct str letter = {rest->data, length};
    *rest = (struct str){rest->data + length, rest->length - length};
    return str_hash_add(hash, letter);
}

/* The hash of what `hash` is of with the first letters of the word behind it. */
static uint64_t hash_beginning(uint64_t hash, struct str word)
{
    for (size_t letters = 0; letters < BEGINNING_OF_PAIR && word.length > 0; letters++)
        hash = hash_letter(hash, &word);
    return hash;
}

static void add(struct feature *features, size_t *count, struct feature feature)
{
    features[(*count)++] = feature;
}

static void add_word(struct str word, uint32_t token, struct feature *features, size_t *count)
{
    uint64_t hash = str_hash((struct str){NULL, 0});
    for (size_t letters = 1; word.length > 0 && letters <= BEGINNING_LONGEST; letters++) {
        hash = hash_letter(hash, &word);
        if (letters >= BEGINNING_SHORTEST)
            add(features, count,
                (struct feature){
                    name_of((char)('0' + letters), hash), value_of_beginning, {token, token}});
    }
    add(features, count,
        (struct feature){name_of('w', str_hash_add(hash, word)), value_of_word, {token, token}});
}

static void add_pairs(const struct text_tokens *tokens, uint32_t token, struct feature *features,
                      size_t *count)
{
    const uint64_t left =
        hash_beginning(str_hash((struct str){NULL, 0}), tokens->items[token].word);
    const uint64_t between = str_hash_add(left, STR(" "));
    for (uint32_t next = token + 1; next <= token + WORD_PAIR_REACH && next < tokens->count;
         next++) {
        if (tokens->items[next].kind != TOKEN_WORD)
            continue;
        const uint64_t name = name_of('p', hash_beginning(between, tokens->items[next].word));
        add(features, count, (struct feature){name, value_of_pair, {token, next}});
    }
}

/* What is denied speaks for nothing, but weighs as much as if it did: the rest does not become
 * surer by it. */
static void add_denied(struct str word, uint32_t token, struct feature *features, size_t *count)
{
    add(features, count,
        (struct feature){name_of('d', str_hash(word)), value_of_denied, {token, token}});
}

/* --- Groups ------------------------------------------------------------------------------------ */

static uint64_t group_name(uint16_t group)
{
    return name_of('g', str_hash((struct str){(const char *)&group, sizeof group}));
}

/* The same whichever of them comes first. */
static uint64_t group_pair_name(uint16_t one, uint16_t other)
{
    const uint16_t pair[] = {one < other ? one : other, one < other ? other : one};
    return name_of('q', str_hash((struct str){(const char *)pair, sizeof pair}));
}

static void add_group_pairs(const struct features_text *text, uint32_t left, uint32_t right,
                            struct feature *features, size_t *count)
{
    const struct token_groups *ours = &text->groups[left];
    const struct token_groups *theirs = &text->groups[right];
    for (size_t i = 0; i < ours->count; i++) {
        for (size_t k = 0; k < theirs->count; k++)
            add(features, count,
                (struct feature){group_pair_name(ours->numbers[i], theirs->numbers[k]),
                                 value_of_group_pair,
                                 {left, right}});
    }
}

static void add_groups(const struct features_text *text, uint32_t token, struct feature *features,
                       size_t *count)
{
    const struct token_groups *groups = &text->groups[token];
    for (size_t i = 0; i < groups->count; i++)
        add(features, count,
            (struct feature){group_name(groups->numbers[i]), value_of_group, {token, token}});
    for (uint32_t next = token + 1;
         next <= token + FEATURES_REACH && next < text->tokens->count && groups->count > 0; next++)
        add_group_pairs(text, token, next, features, count);
}

/* --- A text ------------------------------------------------------------------------------------ */

static void find_groups(const struct word_groups *groups, const struct text_token *token,
                        struct token_groups *found)
{
    uint16_t numbers[WORD_GROUPS_OF_WORD];
    if (token->kind != TOKEN_WORD)
        return;
    const size_t count = word_groups_of(groups, token->word, numbers);
    for (; found->count < count && found->count < GROUPS_OF_TOKEN; found->count++)
        found->numbers[found->count] = numbers[found->count];
}

bool features_prepare(struct features_text *text, const struct word_groups *groups,
                      const struct text_tokens *tokens, struct arena *arena)
{
    struct token_groups *found = arena_array(arena, tokens->count + 1, sizeof *found);
    *text = (struct features_text){tokens, found};
    for (size_t i = 0; found != NULL && i < tokens->count + AHEAD; i++) {
        if (i < tokens->count)
            word_groups_fetch(groups, tokens->items[i].word);
        if (i >= AHEAD)
            find_groups(groups, &tokens->items[i - AHEAD], &found[i - AHEAD]);
    }
    return found != NULL;
}

size_t features_of_token(const struct features_text *text, size_t token,
                         struct feature features[FEATURES_OF_TOKEN])
{
    const struct text_token *item = &text->tokens->items[token];
    size_t count = 0;
    if (item->kind == TOKEN_WORD) {
        add_word(item->word, (uint32_t)token, features, &count);
        add_pairs(text->tokens, (uint32_t)token, features, &count);
        add_groups(text, (uint32_t)token, features, &count);
    } else if (item->kind == TOKEN_DENIED) {
        add_denied(item->word, (uint32_t)token, features, &count);
    }
    return count;
}
