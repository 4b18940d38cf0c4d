/* SPDX-License-Identifier: EUPL-1.2 */
#include "name_writer_internal.h"

#include <string.h>

#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"

enum { FIRST_ITEMS = 256, READING_BYTES = 1 << 22, INITIALS_MINIMUM = 3, INITIALS_MAXIMUM = 8 };

/* The terms of a name that is being read. */
struct reading {
    uint32_t terms[NAME_WORDS_MAXIMUM];
    size_t count;
    size_t head;
    bool head_ended;
};

/* Room for one more, in the same place or a new one; NULL without memory. */
static void *room_for_one(struct arena *arena, void *items, struct name_list *list, size_t size)
{
    if (list->count < list->capacity)
        return items;
    const size_t capacity = list->capacity == 0 ? FIRST_ITEMS : 2 * list->capacity;
    void *larger = arena_array(arena, capacity, size);
    if (larger == NULL)
        return NULL;
    if (list->count > 0)
        memcpy(larger, items, list->count * size);
    list->capacity = capacity;
    return larger;
}

bool name_writer_init(struct name_writer *writer, struct arena *arena, struct arena *scratch,
                      const struct vocabulary *vocabulary)
{
    *writer = (struct name_writer){.arena = arena, .scratch = scratch, .vocabulary = vocabulary};
    writer->reading = arena_new(READING_BYTES);
    writer->starts = arena_array(scratch, FIRST_ITEMS, sizeof *writer->starts);
    writer->start_list = (struct name_list){1, FIRST_ITEMS};
    return writer->reading != NULL && writer->starts != NULL;
}

void name_writer_done(struct name_writer *writer)
{
    arena_free(writer->reading);
}

/* --- Terms ------------------------------------------------------------------------------------- */

/* The new term's position plus 1; 0 without memory. */
static uint32_t new_term(struct name_writer *writer, struct str stem, unsigned flags)
{
    struct name_term *terms =
        room_for_one(writer->scratch, writer->terms, &writer->term_list, sizeof *terms);
    if (terms == NULL)
        return 0;
    writer->terms = terms;
    terms[writer->term_list.count++] = (struct name_term){.stem = stem, .flags = flags};
    return (uint32_t)writer->term_list.count;
}

/* The term of a table that has this key; NULL without memory. */
static struct string_slot *term_slot(struct name_writer *writer, struct string_table *table,
                                     struct str key, unsigned flags)
{
    struct string_slot *slot = string_table_put(table, key, writer->arena);
    if (slot == NULL || slot->value != 0)
        return slot;
    slot->key = arena_copy(writer->arena, key);
    slot->value = new_term(writer, slot->key, flags);
    return str_present(slot->key) && slot->value != 0 ? slot : NULL;
}

static bool add_word(struct name_writer *writer, struct str word, uint32_t term)
{
    struct name_word *words =
        room_for_one(writer->arena, writer->words, &writer->word_list, sizeof *words);
    if (words == NULL)
        return false;
    writer->words = words;
    words[writer->word_list.count++] = (struct name_word){word, term};
    return true;
}

static unsigned flags_of(const struct name_writer *writer, const struct text_token *token)
{
    unsigned flags = 0;
    if (token->kind == TOKEN_NUMBER)
        return TERM_NUMBER;
    if (name_word_is_small(token->word))
        flags |= TERM_SMALL;
    if (writer->vocabulary != NULL && vocabulary_knows(writer->vocabulary, token->word))
        flags |= TERM_ORDINARY;
    return flags;
}

/* The term of the token, by its word and then by the stem; false without memory. */
static bool term_of(struct name_writer *writer, const struct text_token *token, uint32_t *term)
{
    char room[NAME_STEM_BYTES];
    struct string_slot *known = string_table_put(&writer->known_words, token->word, writer->arena);
    if (known == NULL)
        return false;
    if (known->value != 0) {
        *term = writer->words[known->value - 1].term;
        return true;
    }
    known->key = arena_copy(writer->arena, token->word);
    const unsigned flags = flags_of(writer, token);
    const struct string_slot *slot =
        term_slot(writer, &writer->stems, name_stem(token->word, room), flags);
    if (!str_present(known->key) || slot == NULL)
        return false;
    *term = slot->value - 1;
    writer->terms[*term].flags |= flags;
    known->value = (uint32_t)writer->word_list.count + 1;
    return add_word(writer, known->key, *term);
}

/* --- Pieces ------------------------------------------------------------------------------------ */

static bool add_piece_term(struct name_writer *writer, uint32_t term)
{
    uint32_t *terms =
        room_for_one(writer->scratch, writer->piece_terms, &writer->piece_list, sizeof *terms);
    if (terms == NULL)
        return false;
    writer->piece_terms = terms;
    terms[writer->piece_list.count++] = term;
    return true;
}

/* Reads a piece for the first time, and remembers its terms behind those of the others. */
static bool read_piece(struct name_writer *writer, struct str piece)
{
    struct text_tokens tokens;
    struct error ignored;
    uint32_t term = 0;
    arena_reset(writer->reading);
    if (!text_tokens_read(piece, writer->reading, &tokens, &ignored))
        return false;
    for (size_t i = 0; i < tokens.count; i++) {
        if (!term_of(writer, &tokens.items[i], &term) || !add_piece_term(writer, term))
            return false;
    }
    uint32_t *starts =
        room_for_one(writer->scratch, writer->starts, &writer->start_list, sizeof *starts);
    if (starts == NULL)
        return false;
    writer->starts = starts;
    starts[writer->start_list.count++] = (uint32_t)writer->piece_list.count;
    return true;
}

/* Adds the terms of a piece to what is being read. */
static bool take_piece(struct name_writer *writer, struct str piece, struct reading *reading)
{
    struct string_slot *slot = string_table_put(&writer->pieces, piece, writer->scratch);
    if (slot == NULL)
        return false;
    if (slot->value == 0) {
        slot->value = (uint32_t)writer->start_list.count;
        if (!read_piece(writer, piece))
            return false;
    }
    const uint32_t *start = &writer->starts[slot->value - 1];
    const bool bracket = piece.data[0] == '(';
    reading->head_ended =
        reading->head_ended || (reading->count > 0 && (bracket || start[0] == start[1]));
    for (uint32_t i = start[0]; i < start[1] && reading->count < NAME_WORDS_MAXIMUM; i++)
        reading->terms[reading->count++] = writer->piece_terms[i];
    if (!reading->head_ended)
        reading->head = reading->count;
    reading->head_ended = reading->head_ended || piece.data[piece.length - 1] == ',';
    return true;
}

static bool read_name(struct name_writer *writer, struct str text, struct reading *reading)
{
    struct str piece;
    struct str rest = text;
    *reading = (struct reading){.count = 0};
    while (str_cut(rest, ' ', &piece, &rest)) {
        if (piece.length > 0 && !take_piece(writer, piece, reading))
            return false;
    }
    return rest.length == 0 || take_piece(writer, rest, reading);
}

/* --- Initials ---------------------------------------------------------------------------------- */

/* The first letter of the word; Czech takes "ch" for one. */
static struct str initial_of(struct str word)
{
    size_t length = (unsigned char)word.data[0] < 0x80 ? 1 : 2;
    if (word.length >= 2 && memcmp(word.data, "ch", 2) == 0)
        length = 2;
    return (struct str){word.data, length < word.length ? length : word.length};
}

static bool note_initials(struct name_writer *writer, struct str initials)
{
    const struct string_slot *slot = term_slot(writer, &writer->initials, initials, TERM_INITIALS);
    uint32_t *pairs = room_for_one(writer->scratch, writer->initial_terms, &writer->initial_list,
                                   2 * sizeof *pairs);
    if (slot == NULL || pairs == NULL)
        return false;
    writer->initial_terms = pairs;
    pairs[2 * writer->initial_list.count] = slot->value - 1;
    pairs[2 * writer->initial_list.count + 1] = (uint32_t)writer->name_list.count;
    writer->initial_list.count++;
    return true;
}

/* The initials of the head of the name that is about to be added, without small words. */
static bool add_initials(struct name_writer *writer, const struct reading *reading)
{
    char letters[2 * INITIALS_MAXIMUM];
    char room[2 * INITIALS_MAXIMUM];
    struct str initials = {letters, 0};
    size_t words = 0;
    for (size_t i = 0; i < reading->head; i++) {
        const struct name_term *term = &writer->terms[reading->terms[i]];
        if ((term->flags & (TERM_SMALL | TERM_NUMBER)) != 0)
            continue;
        if (words++ == INITIALS_MAXIMUM)
            return true;
        const struct str initial = initial_of(term->stem);
        memcpy(letters + initials.length, initial.data, initial.length);
        initials.length += initial.length;
    }
    return words < INITIALS_MINIMUM || note_initials(writer, name_squeeze(initials, room));
}

/* --- Names ------------------------------------------------------------------------------------- */

static bool add_sequence(struct name_writer *writer, const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        uint32_t *sequence =
            room_for_one(writer->arena, writer->sequence, &writer->sequence_list, sizeof *sequence);
        if (sequence == NULL)
            return false;
        writer->sequence = sequence;
        sequence[writer->sequence_list.count++] = reading->terms[i];
    }
    return true;
}

bool name_writer_add(struct name_writer *writer, const struct name *name, struct str text,
                     bool abbreviated)
{
    struct reading reading;
    if (!read_name(writer, text, &reading))
        return false;
    if (reading.count == 0)
        return true;
    struct name *names =
        room_for_one(writer->arena, writer->names, &writer->name_list, sizeof *names);
    if (names == NULL)
        return false;
    writer->names = names;
    struct name *fresh = &names[writer->name_list.count];
    *fresh = *name;
    fresh->first = (uint32_t)writer->sequence_list.count;
    fresh->count = (uint8_t)reading.count;
    fresh->head = (uint8_t)reading.head;
    if (!add_sequence(writer, &reading) || (abbreviated && !add_initials(writer, &reading)))
        return false;
    writer->name_list.count++;
    return true;
}

bool name_writer_mark_place(struct name_writer *writer, struct str text)
{
    struct reading reading;
    if (!read_name(writer, text, &reading))
        return false;
    for (size_t i = 0; i < reading.count; i++)
        writer->terms[reading.terms[i]].flags |=
            TERM_PLACE | (reading.count == 1 ? (unsigned)TERM_WHERE : 0);
    return true;
}
