/* SPDX-License-Identifier: EUPL-1.2 */
/* What the search of a list finds by the index of names. */
#include <string.h>

#include "generation_internal.h"
#include "sociopoint/text/tokens.h"

enum { WORD_BITS = 64 };

/* Services or organisations, as bits. */
struct searching {
    const struct name_index *index;
    enum name_kind kind;
    uint64_t *one; /* those of the word that is looked for */
    size_t words;
};

static void set(struct searching *at, uint32_t position)
{
    at->one[position / WORD_BITS] |= UINT64_C(1) << (position % WORD_BITS);
}

static void take_subject(struct searching *at, uint32_t subject)
{
    const struct name_index *index = at->index;
    const enum name_kind kind = name_index_kind(index, subject);
    if (kind == at->kind) {
        set(at, subject - index->first_subject[kind]);
    } else if (kind == NAME_ORGANIZATION) {
        const uint32_t *first = index->services_first + (subject - index->first_subject[kind]);
        for (uint32_t i = first[0]; i < first[1]; i++)
            set(at, index->services[i]);
    }
}

static void take_term(struct searching *at, uint32_t number)
{
    const struct name_term *term = &at->index->terms[number];
    for (uint32_t i = 0; i < term->count; i++)
        take_subject(at, at->index->names[at->index->postings[term->first + i]].subject);
}

static void take_word(struct searching *at, struct str word, bool last)
{
    struct name_meaning meaning;
    size_t first = 0;
    size_t end = 0;
    if (last)
        name_index_beginning(at->index, word, &first, &end);
    for (size_t i = first; i < end; i++)
        take_term(at, at->index->words[i].term);
    name_index_understand(at->index, word, &meaning);
    for (size_t i = 0; i < meaning.count; i++)
        take_term(at, meaning.senses[i].term);
}

bool name_index_search(const struct generation *generation, enum name_kind kind, struct str text,
                       struct arena *arena, uint64_t **found, struct error *err)
{
    const struct name_index *index = &generation->names;
    const uint32_t subjects = index->first_subject[kind + 1] - index->first_subject[kind];
    struct searching at = {.index = index, .kind = kind, .words = subjects / WORD_BITS + 1};
    struct text_tokens tokens;
    if (!text_tokens_read(text, arena, &tokens, err))
        return false;
    uint64_t *all = arena_array(arena, at.words, sizeof *all);
    at.one = arena_array(arena, at.words, sizeof *at.one);
    if (all == NULL || at.one == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    memset(all, tokens.count == 0 ? 0 : 0xff, at.words * sizeof *all);
    for (size_t i = 0; i < tokens.count && i < NAME_TOKENS_MAXIMUM; i++) {
        memset(at.one, 0, at.words * sizeof *at.one);
        take_word(&at, tokens.items[i].word, i + 1 == tokens.count);
        for (size_t k = 0; k < at.words; k++)
            all[k] &= at.one[k];
    }
    *found = all;
    return true;
}
