/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/spelling.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/text/tokens.h"

/* A rest of a known word. */
struct slot {
    uint32_t hash; /* its upper half */
    uint32_t word; /* its position + 1; 0: the slot is free */
};

struct spelling {
    const struct spelling_word *words;
    size_t count;
    struct slot *slots;
    size_t mask;
};

/* The letters of a word: where each begins, and behind the last. */
struct letters {
    struct str word;
    uint8_t begin[TEXT_WORD_MAXIMUM + 1];
    size_t count;
};

static void split(struct str word, struct letters *letters)
{
    *letters = (struct letters){.word = word};
    for (size_t i = 0; i < word.length && letters->count < TEXT_WORD_MAXIMUM; i++) {
        if (((unsigned char)word.data[i] & 0xc0) != 0x80)
            letters->begin[letters->count++] = (uint8_t)i;
    }
    letters->begin[letters->count] = (uint8_t)word.length;
}

/* The hash of the word without its i-th letter; with i == count of the whole word. */
static uint64_t hash_without(const struct letters *letters, size_t i)
{
    const char *data = letters->word.data;
    const size_t from = letters->begin[i];
    const size_t to = i < letters->count ? letters->begin[i + 1] : from;
    const uint64_t hash = str_hash((struct str){data, from});
    return str_hash_add(hash, (struct str){data + to, letters->word.length - to});
}

static bool is_long_enough(const struct letters *letters)
{
    return letters->count >= SPELLING_LETTERS_MINIMUM && letters->word.length < TEXT_WORD_BYTES;
}

/* --- The table --------------------------------------------------------------------------------- */

static void put(struct spelling *spelling, uint64_t hash, size_t word)
{
    size_t slot = (size_t)hash & spelling->mask;
    const uint32_t upper = (uint32_t)(hash >> 32);
    while (spelling->slots[slot].word != 0)
        slot = (slot + 1) & spelling->mask;
    spelling->slots[slot] = (struct slot){upper, (uint32_t)word + 1};
}

static size_t count_rests(const struct spelling_word *words, size_t count)
{
    size_t rests = 0;
    struct letters letters;
    for (size_t i = 0; i < count; i++) {
        split(words[i].word, &letters);
        rests += is_long_enough(&letters) ? letters.count + 1 : 0;
    }
    return rests;
}

static void put_all(struct spelling *spelling)
{
    struct letters letters;
    for (size_t i = 0; i < spelling->count; i++) {
        split(spelling->words[i].word, &letters);
        if (!is_long_enough(&letters))
            continue;
        for (size_t k = 0; k <= letters.count; k++)
            put(spelling, hash_without(&letters, k), i);
    }
}

struct spelling *spelling_new(const struct spelling_word *words, size_t count)
{
    struct spelling *spelling = calloc(1, sizeof *spelling);
    size_t capacity = 16;
    if (spelling == NULL)
        return NULL;
    while (capacity < 2 * count_rests(words, count))
        capacity *= 2;
    *spelling = (struct spelling){.words = words, .count = count, .mask = capacity - 1};
    spelling->slots = calloc(capacity, sizeof *spelling->slots);
    if (spelling->slots == NULL) {
        free(spelling);
        return NULL;
    }
    put_all(spelling);
    return spelling;
}

void spelling_free(struct spelling *spelling)
{
    if (spelling == NULL)
        return;
    free(spelling->slots);
    free(spelling);
}

/* --- Looking up -------------------------------------------------------------------------------- */

static bool same_letter(const struct letters *left, size_t i, const struct letters *right, size_t k)
{
    const size_t length = (size_t)(left->begin[i + 1] - left->begin[i]);
    return length == (size_t)(right->begin[k + 1] - right->begin[k]) &&
           memcmp(left->word.data + left->begin[i], right->word.data + right->begin[k], length) ==
               0;
}

/* Whether the letters from `i` on are those from `k` on. */
static bool same_rest(const struct letters *left, size_t i, const struct letters *right, size_t k)
{
    const size_t length = (size_t)(left->word.length - left->begin[i]);
    return length == (size_t)(right->word.length - right->begin[k]) &&
           memcmp(left->word.data + left->begin[i], right->word.data + right->begin[k], length) ==
               0;
}

/* Whether they are equal but for one letter, behind the first. */
static bool is_near(const struct letters *left, const struct letters *right)
{
    size_t i = 0;
    while (i < left->count && i < right->count && same_letter(left, i, right, i))
        i++;
    if (i == left->count && i == right->count)
        return true;
    if (i == 0)
        return false;
    const bool left_more = i < left->count;
    const bool right_more = i < right->count;
    const bool exchanged =
        i + 1 < left->count && i + 1 < right->count && same_letter(left, i, right, i + 1) &&
        same_letter(left, i + 1, right, i) && same_rest(left, i + 2, right, i + 2);
    return exchanged || (left_more && right_more && same_rest(left, i + 1, right, i + 1)) ||
           (left_more && same_rest(left, i + 1, right, i)) ||
           (right_more && same_rest(left, i, right, i + 1));
}

/* The best word found so far for one that is looked up. */
struct search {
    struct letters letters;
    int64_t best;
    unsigned tried;
};

static void try_word(const struct spelling *spelling, struct search *search, size_t word)
{
    struct letters known;
    const struct spelling_word *words = spelling->words;
    if (search->best >= 0 && words[word].uses <= words[search->best].uses)
        return;
    search->tried++;
    split(words[word].word, &known);
    if (is_near(&search->letters, &known))
        search->best = (int64_t)word;
}

static void try_rest(const struct spelling *spelling, struct search *search, uint64_t hash)
{
    const uint32_t upper = (uint32_t)(hash >> 32);
    size_t slot = (size_t)hash & spelling->mask;
    for (; spelling->slots[slot].word != 0 && search->tried < SPELLING_TRIED;
         slot = (slot + 1) & spelling->mask) {
        if (spelling->slots[slot].hash == upper)
            try_word(spelling, search, spelling->slots[slot].word - 1);
    }
}

int64_t spelling_find(const struct spelling *spelling, struct str word)
{
    struct search search = {.best = -1};
    split(word, &search.letters);
    if (!is_long_enough(&search.letters))
        return -1;
    for (size_t i = 0; i <= search.letters.count; i++)
        try_rest(spelling, &search, hash_without(&search.letters, i));
    return search.best;
}
