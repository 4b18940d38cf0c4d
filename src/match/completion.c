/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/completion.h"

#include "sociopoint/catalogue/generation.h"
#include "sociopoint/text/tokens.h"
#include "spans_internal.h"

enum {
    CANDIDATES_MAXIMUM = NAME_KIND_COUNT * COMPLETION_LIMIT_MAXIMUM + UNDERSTOOD_SITUATIONS_MAXIMUM,
    /* An understood situation has this score, and up to so much more by its confidence. */
    UNDERSTOOD_SCORE = 300,
    UNDERSTOOD_MORE = 600,
    /* What has less than this part of the best score is not meant. */
    WORTH_SHOWING = 2
};

/* How many of the places a kind takes while others are left. */
static const size_t share_of_kind[NAME_KIND_COUNT] = {
    [NAME_SERVICE] = 4, [NAME_ORGANIZATION] = 2, [NAME_SITUATION] = 3, [NAME_PLACE] = 2};

/* Everything that was found, and what of it is taken. */
struct completing {
    struct completion items[CANDIDATES_MAXIMUM];
    bool taken[CANDIDATES_MAXIMUM];
    size_t count;
    size_t taken_count;
    size_t limit;
};

/* --- Finding ----------------------------------------------------------------------------------- */

static void add(struct completing *at, const struct completion *fresh)
{
    for (size_t i = 0; i < at->count; i++) {
        struct completion *known = &at->items[i];
        if (known->kind != fresh->kind || known->position != fresh->position)
            continue;
        if (known->score < fresh->score)
            *known = *fresh;
        return;
    }
    if (at->count < CANDIDATES_MAXIMUM)
        at->items[at->count++] = *fresh;
}

static bool add_names(struct completing *at, const struct text_tokens *tokens,
                      const struct name_hits *hits, struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < hits->count; i++) {
        const struct name_hit *hit = &hits->items[i];
        struct completion fresh = {
            .kind = hit->kind, .position = hit->position, .score = hit->score};
        if (!spans_of_tokens(tokens, hit->tokens, arena, &fresh.words, err))
            return false;
        add(at, &fresh);
    }
    return true;
}

static void add_understood(struct completing *at, const struct match_understanding *understanding)
{
    for (size_t i = 0; i < understanding->situation_count; i++) {
        const struct recognised *recognised = &understanding->situations[i];
        add(at, &(struct completion){.kind = NAME_SITUATION,
                                     .position = recognised->situation,
                                     .score = UNDERSTOOD_SCORE +
                                              (int)(UNDERSTOOD_MORE * recognised->confidence),
                                     .words = recognised->words});
    }
}

/* Letters and digits, as the tokens have them. */
static size_t count_letters(const struct text_tokens *tokens)
{
    size_t count = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        for (size_t k = 0; k < tokens->items[i].word.length; k++)
            count += ((unsigned char)tokens->items[i].word.data[k] & 0xc0) != 0x80;
    }
    return count;
}

static bool find(const struct generation *generation, const struct completion_question *question,
                 struct arena *arena, struct completing *at, struct error *err)
{
    struct text_tokens tokens;
    struct name_hits hits;
    struct match_understanding understanding;
    if (!text_tokens_read(question->text, arena, &tokens, err))
        return false;
    const size_t letters = count_letters(&tokens);
    const struct name_query query = {.tokens = &tokens,
                                     .typing = true,
                                     .language = question->language,
                                     .municipality = question->municipality,
                                     .maximum = COMPLETION_LIMIT_MAXIMUM};
    if (letters < COMPLETION_LETTERS_MINIMUM)
        return true;
    if (!generation_names_find(generation, &query, arena, &hits, err) ||
        !add_names(at, &tokens, &hits, arena, err))
        return false;
    if (letters < COMPLETION_UNDERSTOOD)
        return true;
    if (!match_understand(generation_knowledge(generation), question->text, arena, &understanding,
                          err))
        return false;
    add_understood(at, &understanding);
    return true;
}

/* --- Choosing ---------------------------------------------------------------------------------- */

/* Whether the first goes before the second: situations before services of the same score. */
static bool is_before(const struct completion *first, const struct completion *second)
{
    static const int order[NAME_KIND_COUNT] = {
        [NAME_SITUATION] = 0, [NAME_SERVICE] = 1, [NAME_ORGANIZATION] = 2, [NAME_PLACE] = 3};
    if (first->score != second->score)
        return first->score > second->score;
    return order[first->kind] < order[second->kind];
}

static void sort(struct completing *at)
{
    for (size_t i = 1; i < at->count; i++) {
        const struct completion moved = at->items[i];
        size_t place = i;
        for (; place > 0 && is_before(&moved, &at->items[place - 1]); place--)
            at->items[place] = at->items[place - 1];
        at->items[place] = moved;
    }
}

/* Takes the best of each kind, up to so many of them. */
static void take(struct completing *at, const size_t most[NAME_KIND_COUNT])
{
    size_t of_kind[NAME_KIND_COUNT] = {0};
    for (size_t i = 0; i < at->count; i++)
        of_kind[at->items[i].kind] += at->taken[i];
    for (size_t i = 0; i < at->count && at->taken_count < at->limit; i++) {
        const enum name_kind kind = at->items[i].kind;
        if (at->taken[i] || of_kind[kind] >= most[kind])
            continue;
        at->taken[i] = true;
        at->taken_count++;
        of_kind[kind]++;
    }
}

/* Drops what is far behind the best. */
static void drop_unlikely(struct completing *at)
{
    while (at->count > 0 && WORTH_SHOWING * at->items[at->count - 1].score < at->items[0].score)
        at->count--;
}

static void choose(struct completing *at, struct completions *completions)
{
    static const size_t one[NAME_KIND_COUNT] = {1, 1, 1, 1};
    static const size_t any[NAME_KIND_COUNT] = {CANDIDATES_MAXIMUM, CANDIDATES_MAXIMUM,
                                                CANDIDATES_MAXIMUM, CANDIDATES_MAXIMUM};
    sort(at);
    drop_unlikely(at);
    take(at, one);
    take(at, share_of_kind);
    take(at, any);
    for (size_t i = 0; i < at->count; i++) {
        if (at->taken[i])
            completions->items[completions->count++] = at->items[i];
    }
}

bool match_complete(const struct generation *generation, const struct completion_question *question,
                    struct arena *arena, struct completions *completions, struct error *err)
{
    struct completing *at = arena_alloc(arena, sizeof *at);
    completions->count = 0;
    if (at == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    at->limit = question->limit;
    if (!find(generation, question, arena, at, err))
        return false;
    choose(at, completions);
    return true;
}
