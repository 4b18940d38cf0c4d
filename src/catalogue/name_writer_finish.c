/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>

#include "name_writer_internal.h"
#include "sociopoint/text/spelling.h"

/* Whether the i-th term of the name stands in it before. */
static bool is_repeated(const uint32_t *terms, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (terms[k] == terms[i])
            return true;
    }
    return false;
}

/* Calls for every name and each of its terms once, and for initials; counts when `postings` is NULL. */
static void post(struct name_writer *writer, uint32_t *postings, uint32_t *next)
{
    for (size_t n = 0; n < writer->name_list.count; n++) {
        const uint32_t *terms = writer->sequence + writer->names[n].first;
        for (size_t i = 0; i < writer->names[n].count; i++) {
            if (is_repeated(terms, i))
                continue;
            if (postings != NULL)
                postings[next[terms[i]]] = (uint32_t)n;
            next[terms[i]]++;
        }
    }
    for (size_t i = 0; i < writer->initial_list.count; i++) {
        const uint32_t *pair = writer->initial_terms + 2 * i;
        if (postings != NULL)
            postings[next[pair[0]]] = pair[1];
        next[pair[0]]++;
    }
}

static bool make_postings(struct name_writer *writer, struct name_index *index)
{
    const size_t count = writer->term_list.count;
    struct name_term *terms = arena_array(writer->arena, count + 1, sizeof *terms);
    uint32_t *next = arena_array(writer->scratch, count + 1, sizeof *next);
    uint32_t total = 0;
    if (terms == NULL || next == NULL)
        return false;
    post(writer, NULL, next);
    for (size_t i = 0; i < count; i++) {
        terms[i] = writer->terms[i];
        terms[i].first = total;
        terms[i].count = next[i];
        terms[i].weight =
            log2f(1.0F + (float)writer->name_list.count / (float)(next[i] == 0 ? 1 : next[i]));
        next[i] = total;
        total += terms[i].count;
    }
    uint32_t *postings = arena_array(writer->arena, (size_t)total + 1, sizeof *postings);
    if (postings == NULL)
        return false;
    post(writer, postings, next);
    index->rarest_weight = log2f(1.0F + (float)writer->name_list.count);
    index->terms = terms;
    index->term_count = count;
    index->postings = postings;
    return true;
}

static void weigh_names(struct name_writer *writer, struct name_index *index)
{
    for (size_t n = 0; n < writer->name_list.count; n++) {
        struct name *name = &writer->names[n];
        const uint32_t *terms = writer->sequence + name->first;
        for (size_t i = 0; i < name->count; i++)
            name->weight += is_repeated(terms, i) ? 0 : index->terms[terms[i]].weight;
    }
    index->names = writer->names;
    index->name_count = writer->name_list.count;
    index->terms_of_names = writer->sequence;
}

/* Names come in the order of their subjects. */
static bool find_first_names(struct name_writer *writer, struct name_index *index)
{
    const size_t subjects = index->first_subject[NAME_KIND_COUNT];
    uint32_t *first = arena_array(writer->arena, subjects + 1, sizeof *first);
    size_t n = 0;
    if (first == NULL)
        return false;
    for (size_t subject = 0; subject <= subjects; subject++) {
        while (n < writer->name_list.count && writer->names[n].subject < subject)
            n++;
        first[subject] = (uint32_t)n;
    }
    index->first_name = first;
    return true;
}

static int compare_words(const void *left, const void *right)
{
    return str_compare(((const struct name_word *)left)->word,
                       ((const struct name_word *)right)->word);
}

/* Initials are words, too, but have terms of their own. */
static bool sort_words(struct name_writer *writer, struct name_index *index)
{
    const size_t count = writer->word_list.count + writer->initials.count;
    struct name_word *words = arena_array(writer->arena, count + 1, sizeof *words);
    size_t filled = 0;
    if (words == NULL)
        return false;
    for (; filled < writer->word_list.count; filled++)
        words[filled] = writer->words[filled];
    for (size_t i = 0; i < writer->initials.capacity; i++) {
        const struct string_slot *slot = &writer->initials.slots[i];
        if (str_present(slot->key))
            words[filled++] = (struct name_word){slot->key, slot->value - 1};
    }
    qsort(words, count, sizeof *words, compare_words);
    index->words = words;
    index->word_count = count;
    return true;
}

/* How well each term is known: the names it stands in, an organisation's counting twice. */
static uint32_t *count_uses(const struct name_writer *writer, const struct name_index *index)
{
    uint32_t *uses = arena_array(writer->scratch, index->term_count + 1, sizeof *uses);
    for (size_t i = 0; uses != NULL && i < index->term_count; i++)
        uses[i] = index->terms[i].count;
    for (size_t n = 0; uses != NULL && n < writer->name_list.count; n++) {
        const struct name *name = &writer->names[n];
        if (name_index_kind(index, name->subject) != NAME_ORGANIZATION)
            continue;
        for (size_t i = 0; i < name->count; i++)
            uses[writer->sequence[name->first + i]]++;
    }
    return uses;
}

/* Words and their stems, so that an ending and a slip of the finger may come together. */
static bool make_spelling(struct name_writer *writer, struct name_index *index)
{
    const size_t maximum = writer->word_list.count + writer->stems.count;
    struct spelling_word *spelt = arena_array(writer->arena, maximum + 1, sizeof *spelt);
    uint32_t *terms = arena_array(writer->arena, maximum + 1, sizeof *terms);
    const uint32_t *uses = count_uses(writer, index);
    size_t count = 0;
    if (spelt == NULL || terms == NULL || uses == NULL)
        return false;
    for (size_t i = 0; i < writer->word_list.count; i++) {
        const struct name_word *word = &writer->words[i];
        const struct name_term *term = &index->terms[word->term];
        if ((term->flags & TERM_NUMBER) != 0)
            continue;
        terms[count] = word->term;
        spelt[count++] = (struct spelling_word){word->word, uses[word->term]};
    }
    for (size_t i = 0; i < index->term_count; i++) {
        const struct name_term *term = &index->terms[i];
        const uint32_t known = string_table_get(&writer->stems, term->stem);
        if (known != i + 1 || string_table_get(&writer->known_words, term->stem) != 0)
            continue;
        terms[count] = (uint32_t)i;
        spelt[count++] = (struct spelling_word){term->stem, uses[i]};
    }
    index->spelt = spelt;
    index->term_of_spelt = terms;
    index->spelling = spelling_new(spelt, count);
    return index->spelling != NULL;
}

bool name_writer_finish(struct name_writer *writer, struct name_index *index)
{
    if (!make_postings(writer, index) || !sort_words(writer, index) ||
        !make_spelling(writer, index) || !find_first_names(writer, index))
        return false;
    weigh_names(writer, index);
    index->stems = writer->stems;
    index->initials = writer->initials;
    return true;
}
