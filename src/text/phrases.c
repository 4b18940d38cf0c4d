/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/phrases.h"

#include <stdio.h>
#include <string.h>

#include "sociopoint/text/groups.h"
#include "sociopoint/text/tokens.h"
#include "word_index_internal.h"

enum { AHEAD = 4, SLOT_BITS = 64, NUMBER_SIZE = 24, SLOTS_MAXIMUM = 8192 };

/* What may stand at one place of a line is a slot, which words fill. */
struct line {
    uint16_t slots[PHRASE_WORDS_MAXIMUM]; /* that must be there */
    uint16_t barred[PHRASE_WORDS_MAXIMUM];
    uint8_t slot_count;
    uint8_t barred_count;
    uint16_t near;
};

struct phrase_set {
    struct line *lines;
    size_t line_count;
    size_t slot_count;
    size_t slot_words;       /* of 64 bits, that a set of slots takes */
    struct word_index words; /* to slots */
};

/* --- Making ------------------------------------------------------------------------------------ */

/* A set under construction, and the spellings that have become slots. */
struct making {
    struct phrase_set *set;
    const struct word_groups *groups;
    struct arena *arena;
    struct word_table spellings;
    size_t line;
    struct error *err;
};

static bool refuse(struct making *at, const char *code, struct str argument)
{
    char pointer[NUMBER_SIZE];
    char words[PROBLEM_ARGUMENT_SIZE];
    (void)snprintf(pointer, sizeof pointer, "%zu", at->line);
    return error_set_with(at->err, ERROR_INVALID, code, pointer,
                          ERROR_ARGUMENTS(str_copy_z(argument, words, sizeof words)));
}

static bool no_memory(struct making *at)
{
    return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
}

static bool add_word(struct making *at, struct str word, size_t slot)
{
    struct error failed = {0};
    if (word_index_add(&at->set->words, word, (uint16_t)slot, at->arena, &failed))
        return true;
    return failed.code == ERROR_MEMORY ? no_memory(at) : refuse(at, "phrase-word-unusable", word);
}

static bool add_group(struct making *at, struct str name, size_t slot)
{
    const struct word_group *group = word_groups_find(at->groups, name);
    if (group == NULL)
        return refuse(at, "phrase-group-unknown", name);
    for (size_t i = 0; i < group->word_count; i++) {
        if (!add_word(at, group->words[i], slot))
            return false;
    }
    return true;
}

/* The alternatives of one place: "nechci|nechc*|@partner". */
static bool add_alternatives(struct making *at, struct str spelling, size_t slot)
{
    struct str rest = spelling;
    while (str_present(rest)) {
        struct str word = rest;
        struct str behind = {NULL, 0};
        (void)str_cut(rest, '|', &word, &behind);
        const bool named = word.length > 0 && word.data[0] == '@';
        const struct str name = {word.data + 1, word.length - 1};
        if (named ? !add_group(at, name, slot) : !add_word(at, word, slot))
            return false;
        rest = behind;
    }
    return true;
}

/* The slot of a place as it is spelt; the same spelling has the same slot everywhere. */
static bool slot_of(struct making *at, struct str spelling, uint16_t *slot)
{
    uint32_t *known = word_table_put(&at->spellings, spelling, at->arena);
    if (known == NULL)
        return no_memory(at);
    if (*known == 0) {
        if (at->set->slot_count == SLOTS_MAXIMUM)
            return refuse(at, "phrase-lines-too-many", spelling);
        *known = (uint32_t)++at->set->slot_count;
        if (!add_alternatives(at, spelling, *known - 1))
            return false;
    }
    *slot = (uint16_t)(*known - 1);
    return true;
}

static bool add_place(struct making *at, struct line *line, struct str spelling)
{
    const bool barred = spelling.data[0] == '!';
    uint16_t *slots = barred ? line->barred : line->slots;
    uint8_t *count = barred ? &line->barred_count : &line->slot_count;
    if (barred)
        spelling = (struct str){spelling.data + 1, spelling.length - 1};
    if (*count == PHRASE_WORDS_MAXIMUM) {
        char maximum[NUMBER_SIZE];
        (void)snprintf(maximum, sizeof maximum, "%d", PHRASE_WORDS_MAXIMUM);
        return refuse(at, "phrase-long", str_from(maximum));
    }
    return slot_of(at, spelling, &slots[(*count)++]);
}

static bool add_line(struct making *at, const struct phrase_line *written, struct line *line)
{
    struct str rest = written->text;
    line->near = (uint16_t)(written->near == 0 ? PHRASE_NEAR_DEFAULT : written->near);
    while (str_present(rest)) {
        struct str spelling = rest;
        struct str behind = {NULL, 0};
        (void)str_cut(rest, ' ', &spelling, &behind);
        if (spelling.length > 0 && !add_place(at, line, spelling))
            return false;
        rest = behind;
    }
    return line->slot_count > 0 || refuse(at, "phrase-empty", written->text);
}

static bool add_lines(struct making *at, const struct phrase_line *lines, size_t count)
{
    struct phrase_set *set = at->set;
    set->lines = arena_array(at->arena, count, sizeof *set->lines);
    if (set->lines == NULL && count > 0)
        return no_memory(at);
    for (at->line = 0; at->line < count; at->line++) {
        if (!add_line(at, &lines[at->line], &set->lines[at->line]))
            return false;
    }
    set->line_count = count;
    set->slot_words = (set->slot_count + SLOT_BITS - 1) / SLOT_BITS;
    return true;
}

struct phrase_set *phrase_set_new(const struct word_groups *groups, const struct phrase_line *lines,
                                  size_t line_count, struct arena *arena, struct error *err)
{
    struct making at = {.groups = groups, .arena = arena, .err = err};
    at.set = arena_alloc(arena, sizeof *at.set);
    if (at.set == NULL) {
        (void)no_memory(&at);
        return NULL;
    }
    if (line_count > PHRASE_LINES_MAXIMUM) {
        (void)refuse(&at, "phrase-lines-too-many", (struct str){NULL, 0});
        return NULL;
    }
    return add_lines(&at, lines, line_count) ? at.set : NULL;
}

void phrase_set_words(const struct phrase_set *set, void (*take)(void *context, struct str word),
                      void *context)
{
    word_index_words(&set->words, take, context);
}

/* --- Finding ----------------------------------------------------------------------------------- */

/* One text, and which slots each of its tokens fills. */
struct finding {
    const struct phrase_set *set;
    size_t token_count;
    uint64_t *filled; /* set->slot_words for each token */
    uint64_t *any;    /* slots that some token fills */
};

/* The token whose slots are being noted. */
struct noting {
    struct finding *at;
    size_t token;
};

static void note(void *context, uint16_t slot)
{
    const struct noting *noting = context;
    const uint64_t bit = UINT64_C(1) << slot % SLOT_BITS;
    const size_t word = slot / SLOT_BITS;
    noting->at->filled[noting->token * noting->at->set->slot_words + word] |= bit;
    noting->at->any[word] |= bit;
}

static bool fills(const struct finding *at, size_t token, uint16_t slot)
{
    return (at->filled[token * at->set->slot_words + slot / SLOT_BITS] >> slot % SLOT_BITS & 1) !=
           0;
}

static bool can_be_there(const struct finding *at, const struct line *line)
{
    for (size_t i = 0; i < line->slot_count; i++) {
        if ((at->any[line->slots[i] / SLOT_BITS] >> line->slots[i] % SLOT_BITS & 1) == 0)
            return false;
    }
    return true;
}

/* Finds a token of its own in [from, to) for each place from the i-th on. */
static bool assign(const struct finding *at, const struct line *line, size_t from, size_t to,
                   struct phrase_hit *hit)
{
    const size_t place = hit->token_count;
    if (place == line->slot_count)
        return true;
    for (size_t token = from; token < to; token++) {
        bool used = false;
        for (size_t i = 0; i < place; i++)
            used = used || hit->tokens[i] == token;
        if (used || !fills(at, token, line->slots[place]))
            continue;
        hit->tokens[hit->token_count++] = (uint16_t)token;
        if (assign(at, line, from, to, hit))
            return true;
        hit->token_count--;
    }
    return false;
}

/* Whether each place could be filled by some token of [from, to): most stretches end here. */
static bool all_filled(const struct finding *at, const struct line *line, size_t from, size_t to)
{
    for (size_t i = 0; i < line->slot_count; i++) {
        size_t token = from;
        while (token < to && !fills(at, token, line->slots[i]))
            token++;
        if (token == to)
            return false;
    }
    return true;
}

static bool is_barred(const struct finding *at, const struct line *line, size_t from, size_t to)
{
    for (size_t token = from; token < to; token++) {
        for (size_t i = 0; i < line->barred_count; i++) {
            if (fills(at, token, line->barred[i]))
                return true;
        }
    }
    return false;
}

static void sort_tokens(struct phrase_hit *hit)
{
    for (size_t i = 1; i < hit->token_count; i++) {
        const uint16_t token = hit->tokens[i];
        size_t place = i;
        for (; place > 0 && hit->tokens[place - 1] > token; place--)
            hit->tokens[place] = hit->tokens[place - 1];
        hit->tokens[place] = token;
    }
}

/* The first stretch of the text that has all words of the line. */
static bool find_line(const struct finding *at, const struct line *line, struct phrase_hit *hit)
{
    for (size_t from = 0; from < at->token_count; from++) {
        const size_t wanted = from + line->near;
        const size_t to = wanted < at->token_count ? wanted : at->token_count;
        const size_t before = from < line->near ? 0 : from - line->near;
        hit->token_count = 0;
        if (!all_filled(at, line, from, to) || !assign(at, line, from, to, hit))
            continue;
        sort_tokens(hit);
        const size_t last = hit->tokens[hit->token_count - 1] + (size_t)line->near;
        if (!is_barred(at, line, before, last < at->token_count ? last : at->token_count))
            return true;
    }
    return false;
}

static void note_token(struct finding *at, const struct text_token *token, size_t position)
{
    struct noting noting = {at, position};
    word_index_numbers(&at->set->words, token->kind, token->word, note, &noting);
}

static bool prepare(struct finding *at, const struct text_tokens *tokens, struct arena *arena)
{
    at->filled = arena_array(arena, tokens->count * at->set->slot_words + 1, sizeof *at->filled);
    at->any = arena_array(arena, at->set->slot_words + 1, sizeof *at->any);
    if (at->filled == NULL || at->any == NULL)
        return false;
    for (size_t i = 0; i < tokens->count + AHEAD; i++) {
        if (i < tokens->count)
            word_index_fetch(&at->set->words, tokens->items[i].word);
        if (i >= AHEAD)
            note_token(at, &tokens->items[i - AHEAD], i - AHEAD);
    }
    return true;
}

bool phrase_set_find(const struct phrase_set *set, const struct text_tokens *tokens,
                     struct arena *arena, struct phrase_hits *hits, struct error *err)
{
    struct finding at = {.set = set, .token_count = tokens->count};
    struct phrase_hit *found = arena_array(arena, set->line_count + 1, sizeof *found);
    size_t count = 0;
    if (found == NULL || !prepare(&at, tokens, arena))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < set->line_count; i++) {
        found[count].line = (uint32_t)i;
        if (can_be_there(&at, &set->lines[i]) && find_line(&at, &set->lines[i], &found[count]))
            count++;
    }
    *hits = (struct phrase_hits){found, count};
    return true;
}
