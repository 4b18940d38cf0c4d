/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether a sentence names a service or an organisation. The doubt is always decided against it:
 * somebody who asks for a roof must not be told of a club that has the word in its name.
 */
#include <string.h>

#include "generation_internal.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"

enum {
    RARE_MAXIMUM = 8,       /* names that have a rare word, at most */
    COMMON_MAXIMUM = 256,   /* and one that is looked at where there is little else */
    INITIALS_UNDOUBTED = 4, /* letters of initials that are no word by chance */
    SERVICES_MAXIMUM = 64,  /* of a named organisation, that are told apart */
    GAP = 2,                /* words between those of a name that do not belong to it */
    SHORT_TEXT = 4          /* words of a text that may be nothing but a name */
};

/* A token that means something in names. */
struct said_word {
    uint32_t token;
    uint32_t term;
    bool ordinary; /* people say it anyway */
};

struct saying {
    const struct generation *generation;
    const struct name_index *index;
    const struct text_tokens *tokens;
    struct said_word words[NAME_TOKENS_MAXIMUM];
    size_t word_count;
    size_t content; /* tokens that are no small words */
    struct arena *arena;
    struct name_hit *hits;
    size_t hit_count;
    bool exhausted;
};

/* --- Words ------------------------------------------------------------------------------------- */

static bool is_ordinary(const struct saying *at, struct str word)
{
    const struct vocabulary *vocabulary = at->generation->knowledge->understanding.vocabulary;
    return vocabulary != NULL && vocabulary_knows(vocabulary, word);
}

static bool is_in_capitals(struct str source)
{
    for (size_t i = 0; i < source.length; i++) {
        if (source.data[i] >= 'a' && source.data[i] <= 'z')
            return false;
    }
    return true;
}

/* Initials may be a word by chance: they are meant where they are long, or in capitals. */
static bool is_meant(const struct name_term *term, const struct text_token *token, bool ordinary)
{
    if ((term->flags & TERM_INITIALS) == 0)
        return true;
    return !ordinary && (token->word.length >= INITIALS_UNDOUBTED || is_in_capitals(token->source));
}

/* Of more words than there is room for, those that fewer names have are kept. */
static void add_word(struct saying *at, const struct said_word *word)
{
    const struct name_term *terms = at->index->terms;
    size_t place = at->word_count;
    if (place < NAME_TOKENS_MAXIMUM) {
        at->words[at->word_count++] = *word;
        return;
    }
    place = 0;
    for (size_t i = 1; i < NAME_TOKENS_MAXIMUM; i++) {
        if (terms[at->words[i].term].count > terms[at->words[place].term].count)
            place = i;
    }
    if (terms[word->term].count >= terms[at->words[place].term].count)
        return;
    at->word_count--;
    memmove(&at->words[place], &at->words[place + 1],
            (at->word_count - place) * sizeof at->words[0]);
    at->words[at->word_count++] = *word; /* the order of the text is kept */
}

static void read_token(struct saying *at, uint32_t i)
{
    const struct text_token *token = &at->tokens->items[i];
    const bool ordinary = is_ordinary(at, token->word);
    struct name_meaning meaning;
    if (name_word_is_small(token->word))
        return;
    at->content++;
    name_index_understand(at->index, token->word, &meaning);
    for (size_t k = 0; k < meaning.count; k++) {
        const struct name_sense *sense = &meaning.senses[k];
        const struct name_term *term = &at->index->terms[sense->term];
        const bool said = ordinary || (term->flags & (TERM_ORDINARY | TERM_NUMBER)) != 0;
        if (is_meant(term, token, ordinary) && !(ordinary && sense->misspelt))
            add_word(at, &(struct said_word){i, sense->term, said});
    }
}

static bool is_rare(const struct saying *at, uint32_t term)
{
    return at->index->terms[term].count <= RARE_MAXIMUM;
}

/* --- Names ------------------------------------------------------------------------------------- */

static bool has_term(const struct saying *at, const struct name *name, size_t count, uint32_t term)
{
    const uint32_t *terms = at->index->terms_of_names + name->first;
    for (size_t i = 0; i < count; i++) {
        if (terms[i] == term)
            return true;
    }
    return false;
}

/* What has to be said of a name: the words of its head but for small ones, places and numbers. */
static size_t core_of(const struct saying *at, const struct name *name,
                      uint32_t core[NAME_WORDS_MAXIMUM])
{
    static const unsigned beside = TERM_SMALL | TERM_WHERE | TERM_NUMBER;
    const uint32_t *terms = at->index->terms_of_names + name->first;
    size_t count = 0;
    for (size_t i = 0; i < name->head; i++) {
        bool known = (at->index->terms[terms[i]].flags & beside) != 0;
        for (size_t k = 0; k < count && !known; k++)
            known = core[k] == terms[i];
        if (!known)
            core[count++] = terms[i];
    }
    return count;
}

/* Whether the word has the term, and is not too far behind the first. */
static bool is_said_near(const struct saying *at, size_t first, uint32_t end, uint32_t term)
{
    for (size_t i = first; i < at->word_count && at->words[i].token < end; i++) {
        if (at->words[i].term == term)
            return true;
    }
    return false;
}

/* Whether all words of the name stand side by side, from some word on. */
static bool is_said_whole(const struct saying *at, const struct name *name)
{
    uint32_t core[NAME_WORDS_MAXIMUM];
    const size_t count = core_of(at, name, core);
    for (size_t first = 0; count > 1 && first < at->word_count; first++) {
        const uint32_t end = at->words[first].token + (uint32_t)count + GAP;
        size_t i = 0;
        while (i < count && is_said_near(at, first, end, core[i]))
            i++;
        if (i == count)
            return true;
    }
    return false;
}

/* Whether the text has no other words. */
static bool is_all_said(const struct saying *at, const struct name *name)
{
    size_t said = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < at->word_count; i++) {
        if (at->words[i].token != last && has_term(at, name, name->count, at->words[i].term)) {
            said++;
            last = at->words[i].token;
        }
    }
    return at->content <= SHORT_TEXT && said == at->content;
}

/* Whether the text is the first words of the name and nothing but words of it; what the flags say
 * may be left out. */
static bool is_the_text(const struct saying *at, const struct name *name, size_t count,
                        unsigned beside)
{
    const uint32_t *terms = at->index->terms_of_names + name->first;
    if (!is_all_said(at, name))
        return false;
    for (size_t i = 0; i < count; i++) {
        if ((at->index->terms[terms[i]].flags & beside) == 0 &&
            !is_said_near(at, 0, UINT32_MAX, terms[i]))
            return false;
    }
    return true;
}

/* Whether the name is said, by this word of it. */
static bool is_said(const struct saying *at, const struct name *name, const struct said_word *word)
{
    const unsigned flags = at->index->terms[word->term].flags;
    const bool telling = !word->ordinary;
    if (!is_rare(at, word->term))
        return is_the_text(at, name, name->count, TERM_SMALL);
    return (telling && (flags & TERM_PLACE) == 0) || (telling && is_all_said(at, name)) ||
           is_said_whole(at, name) || is_the_text(at, name, name->head, TERM_SMALL | TERM_WHERE);
}

/* --- Hits -------------------------------------------------------------------------------------- */

static struct name_hit *hit_of(struct saying *at, uint32_t subject)
{
    const enum name_kind kind = name_index_kind(at->index, subject);
    const uint32_t position = subject - at->index->first_subject[kind];
    for (size_t i = 0; i < at->hit_count; i++) {
        if (at->hits[i].kind == kind && at->hits[i].position == position)
            return &at->hits[i];
    }
    if (at->hit_count == NAME_HITS_MAXIMUM)
        return NULL;
    bool *tokens = arena_array(at->arena, at->tokens->count + 1, sizeof *tokens);
    at->exhausted = at->exhausted || tokens == NULL;
    at->hits[at->hit_count] =
        (struct name_hit){.kind = kind, .position = position, .whole = true, .tokens = tokens};
    return at->exhausted ? NULL : &at->hits[at->hit_count++];
}

/* Marks the words of the name in the text. */
static void take_name(struct saying *at, const struct name *name, const struct said_word *by)
{
    struct name_hit *hit = hit_of(at, name->subject);
    float weight = 0;
    if (hit == NULL)
        return;
    bool *tokens = (bool *)(uintptr_t)hit->tokens; /* made by hit_of, not shared yet */
    for (size_t i = 0; i < at->word_count; i++) {
        const struct said_word *word = &at->words[i];
        const uint32_t between =
            word->token < by->token ? by->token - word->token : word->token - by->token;
        if (word != by &&
            (between > name->count + (uint32_t)GAP || !has_term(at, name, name->count, word->term)))
            continue;
        tokens[word->token] = true;
        weight += at->index->terms[word->term].weight;
    }
    const int score = (int)(NAME_SCORE_MAXIMUM * weight / (weight + name->weight));
    hit->score = hit->score < score ? score : hit->score;
}

static void take_word(struct saying *at, const struct said_word *word)
{
    const struct name_term *term = &at->index->terms[word->term];
    if (term->count > (at->content <= SHORT_TEXT ? COMMON_MAXIMUM : RARE_MAXIMUM))
        return;
    for (uint32_t i = 0; i < term->count; i++) {
        const struct name *name = &at->index->names[at->index->postings[term->first + i]];
        if (name_index_kind(at->index, name->subject) <= NAME_ORGANIZATION &&
            is_said(at, name, word))
            take_name(at, name, word);
    }
}

/* --- Services of organisations ------------------------------------------------------------------- */

/* How many words of the text are in the service's names that are not in the organisation's; they
 * are marked in `tokens` unless it is NULL. */
static size_t count_own_words(const struct saying *at, uint32_t service,
                              const bool *of_organization, bool *tokens)
{
    size_t count = 0;
    const uint32_t *names = at->index->first_name + service;
    for (size_t i = 0; i < at->word_count; i++) {
        const struct said_word *word = &at->words[i];
        bool there = false;
        if (of_organization[word->token] || (at->index->terms[word->term].flags & TERM_WHERE) != 0)
            continue;
        for (uint32_t n = names[0]; n < names[1] && !there; n++)
            there = has_term(at, &at->index->names[n], at->index->names[n].count, word->term);
        count += there;
        if (there && tokens != NULL)
            tokens[word->token] = true;
    }
    return count;
}

/* The most words that any service of the organisation has. */
static size_t most_own_words(const struct saying *at, const struct name_hit *organization)
{
    size_t count = 0;
    size_t most = 0;
    const uint32_t *services =
        generation_services_of(at->generation, organization->position, &count);
    for (size_t i = 0; i < count && i < SERVICES_MAXIMUM; i++) {
        const size_t own = count_own_words(at, services[i], organization->tokens, NULL);
        most = own > most ? own : most;
    }
    return most;
}

/* Of a named organisation whose services are told apart by other words, those are meant. */
static void narrow(struct saying *at, size_t hit)
{
    size_t count = 0;
    const struct name_hit organization = at->hits[hit];
    const size_t most = most_own_words(at, &organization);
    const uint32_t *services =
        generation_services_of(at->generation, organization.position, &count);
    at->hits[hit].whole = most == 0;
    for (size_t i = 0; most > 0 && i < count && i < SERVICES_MAXIMUM; i++) {
        if (count_own_words(at, services[i], organization.tokens, NULL) < most)
            continue;
        struct name_hit *service = hit_of(at, services[i]);
        if (service == NULL)
            return;
        bool *tokens = (bool *)(uintptr_t)service->tokens; /* made by hit_of, not shared yet */
        (void)count_own_words(at, services[i], organization.tokens, tokens);
        for (size_t k = 0; k < at->tokens->count; k++)
            tokens[k] = tokens[k] || organization.tokens[k];
        service->score = service->score < organization.score ? organization.score : service->score;
    }
}

static void narrow_all(struct saying *at)
{
    const size_t count = at->hit_count;
    for (size_t i = 0; i < count; i++) {
        if (at->hits[i].kind == NAME_ORGANIZATION)
            narrow(at, i);
    }
}

static void sort_hits(struct saying *at)
{
    for (size_t i = 1; i < at->hit_count; i++) {
        const struct name_hit hit = at->hits[i];
        size_t place = i;
        for (; place > 0 && at->hits[place - 1].score < hit.score; place--)
            at->hits[place] = at->hits[place - 1];
        at->hits[place] = hit;
    }
}

bool generation_names_said(const struct generation *generation, const struct text_tokens *tokens,
                           struct arena *arena, struct name_hits *hits, struct error *err)
{
    struct saying at = {
        .generation = generation, .index = &generation->names, .tokens = tokens, .arena = arena};
    at.hits = arena_array(arena, NAME_HITS_MAXIMUM, sizeof *at.hits);
    if (at.hits == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < tokens->count; i++)
        read_token(&at, (uint32_t)i);
    for (size_t i = 0; i < at.word_count; i++)
        take_word(&at, &at.words[i]);
    narrow_all(&at);
    if (at.exhausted)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    sort_hits(&at);
    *hits = (struct name_hits){at.hits, at.hit_count};
    return true;
}
