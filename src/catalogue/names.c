/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/names.h"

#include <string.h>

#include "generation_internal.h"
#include "sociopoint/text/spelling.h"
#include "sociopoint/text/tokens.h"

enum { INITIALS_LETTERS_MINIMUM = 3, HARDLY_ANY = 2 };

void name_index_done(struct name_index *index)
{
    spelling_free(index->spelling);
}

enum name_kind name_index_kind(const struct name_index *index, uint32_t subject)
{
    enum name_kind kind = NAME_SERVICE;
    while (subject >= index->first_subject[kind + 1])
        kind++;
    return kind;
}

const uint32_t *generation_services_of(const struct generation *generation, size_t organization,
                                       size_t *count)
{
    const uint32_t *first = generation->names.services_first + organization;
    *count = first[1] - first[0];
    return generation->names.services + first[0];
}

const struct name_place *generation_name_place(const struct generation *generation,
                                               uint32_t position)
{
    return &generation->names.places[position];
}

/* --- What a word means ------------------------------------------------------------------------- */

static void add_sense(struct name_meaning *meaning, uint32_t value, bool misspelt)
{
    for (size_t i = 0; i < meaning->count; i++) {
        if (meaning->senses[i].term + 1 == value)
            return;
    }
    if (value != 0)
        meaning->senses[meaning->count++] = (struct name_sense){value - 1, misspelt};
}

void name_index_understand(const struct name_index *index, struct str word,
                           struct name_meaning *meaning)
{
    char room[NAME_STEM_BYTES];
    *meaning = (struct name_meaning){.count = 0};
    add_sense(meaning, string_table_get(&index->stems, name_stem(word, room)), false);
    if (word.length >= INITIALS_LETTERS_MINIMUM && word.length <= sizeof room)
        add_sense(meaning, string_table_get(&index->initials, name_squeeze(word, room)), false);
    if (meaning->count > 0 && index->terms[meaning->senses[0].term].count > HARDLY_ANY)
        return;
    const int64_t known = spelling_find(index->spelling, word);
    add_sense(meaning, known < 0 ? 0 : index->term_of_spelt[known] + 1, true);
}

void name_index_beginning(const struct name_index *index, struct str word, size_t *first,
                          size_t *end)
{
    size_t low = 0;
    size_t high = index->word_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (str_compare(index->words[middle].word, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low < index->word_count && str_starts_with(index->words[low].word, word))
        low++;
    *end = low;
}
