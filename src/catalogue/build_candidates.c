/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <string.h>

#include "sociopoint/base/arena.h"

enum { WORD_BITS = 64 };

/* The situations in which each kind of service helps. */
struct kind_situations {
    struct situation_set of_kind[KNOWLEDGE_KINDS_MAXIMUM];
};

/* Where the next candidate of each part of each situation goes; counting when `items` is NULL. */
struct candidate_sink {
    struct match_candidate *items;
    uint16_t *classes[FACET_COUNT];
    uint32_t *next; /* by situation and part */
    size_t parts;   /* of a situation: the municipalities, and that of several */
};

static void find_kind_situations(const struct knowledge *knowledge, struct kind_situations *kinds)
{
    *kinds = (struct kind_situations){0};
    for (size_t s = 0; s < knowledge->situation_count; s++) {
        for (uint64_t set = knowledge->situations[s].kinds; set != 0; set &= set - 1)
            kinds->of_kind[__builtin_ctzll(set)].words[s / 64] |= UINT64_C(1) << (s % 64);
    }
}

/* The part in which the row is a candidate of whatever situation. */
static size_t part_of(const struct candidate_sink *sink, const struct match_row *row)
{
    bool single =
        row->municipalities != 0 && (row->municipalities & (row->municipalities - 1)) == 0;
    return single ? (size_t)__builtin_ctzll(row->municipalities) : sink->parts - 1;
}

/* Puts the row to a situation, with why it is a candidate and whether they share a target group. */
static void put(const struct build *build, struct candidate_sink *sink, size_t row,
                size_t situation, enum match_strength why, bool shares_group)
{
    size_t part = part_of(sink, &build->generation->match.rows[row]);
    size_t at = sink->next[situation * sink->parts + part]++;
    if (sink->items == NULL)
        return;
    sink->items[at] = (struct match_candidate){
        .row = row & 0x1fffffff, .strength = why & 3, .shares_group = shares_group & 1};
    for (size_t facet = 0; facet < FACET_COUNT; facet++)
        sink->classes[facet][at] = build->classes[row].of[facet];
}

/* The situations of one row: those it names, and those of its kind with a shared target group. */
static void put_row(const struct build *build, const struct kind_situations *kinds, size_t position,
                    struct candidate_sink *sink)
{
    const struct match_row *row = &build->generation->match.rows[position];
    const struct situation *situations = build->generation->knowledge->situations;
    for (size_t i = 0; i < SITUATION_WORDS; i++) {
        uint64_t named = build->named[position].words[i];
        uint64_t of_kind = row->kind == MATCH_NO_KIND ? 0 : kinds->of_kind[row->kind].words[i];
        for (uint64_t set = named | of_kind; set != 0; set &= set - 1) {
            size_t situation = i * 64 + (size_t)__builtin_ctzll(set);
            bool shares = (situations[situation].target_groups & row->target_groups) != 0;
            if ((named >> (situation % 64) & 1) != 0)
                put(build, sink, position, situation, STRENGTH_NAMED, shares);
            else if (shares)
                put(build, sink, position, situation, STRENGTH_KIND, true);
        }
    }
}

/* Turns the counts of the sink into where each part begins; returns how many there are together. */
static size_t start_parts(struct candidate_sink *sink, size_t situations)
{
    uint32_t start = 0;
    for (size_t i = 0; i < situations * sink->parts; i++) {
        uint32_t count = sink->next[i];
        sink->next[i] = start;
        start += count;
    }
    return start;
}

static bool make_room(struct generation *generation, struct candidate_sink *sink, size_t total)
{
    struct match_index *index = &generation->match;
    sink->items = arena_array(generation->arena, total, sizeof *sink->items);
    index->candidate_items = sink->items;
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        sink->classes[facet] = arena_array(generation->arena, total, sizeof **sink->classes);
        index->candidate_classes[facet] = sink->classes[facet];
        if (sink->classes[facet] == NULL)
            return false;
    }
    return sink->items != NULL;
}

/* The lists with room for all candidates, from the counts of the sink; NULL without memory. */
static struct match_candidates *make_lists(struct generation *generation,
                                           struct candidate_sink *sink)
{
    size_t situations = generation->knowledge->situation_count;
    size_t total = start_parts(sink, situations);
    struct match_candidates *lists = arena_array(generation->arena, situations, sizeof *lists);
    uint32_t *parts = arena_array(generation->arena, situations * sink->parts + 1, sizeof *parts);
    if (lists == NULL || parts == NULL || !make_room(generation, sink, total))
        return NULL;
    memcpy(parts, sink->next, situations * sink->parts * sizeof *parts);
    parts[situations * sink->parts] = (uint32_t)total;
    for (size_t s = 0; s < situations; s++) {
        const uint32_t *of_situation = parts + s * sink->parts;
        uint32_t first = of_situation[0];
        uint32_t end = of_situation[sink->parts]; /* where the next situation begins */
        lists[s] = (struct match_candidates){
            .items = sink->items + first, .count = end - first, .parts = of_situation};
    }
    return lists;
}

/* Where the bits of each part begin, by the number of its rows; false when memory is exhausted. */
static bool start_part_words(struct generation *generation, const struct candidate_sink *sink)
{
    struct match_index *index = &generation->match;
    uint32_t *words = arena_array(generation->arena, sink->parts + 1, sizeof *words);
    if (words == NULL)
        return false;
    for (size_t row = 0; row < index->row_count; row++)
        words[part_of(sink, &index->rows[row]) + 1]++;
    for (size_t part = 0; part < sink->parts; part++)
        words[part + 1] = words[part] + (words[part + 1] + WORD_BITS - 1) / WORD_BITS;
    index->part_words = words;
    return true;
}

/* By row, which bit is its; NULL when memory is exhausted. */
static uint32_t *number_bits(const struct build *build, const struct candidate_sink *sink)
{
    const struct match_index *index = &build->generation->match;
    uint32_t *bits = arena_array(build->scratch, index->row_count, sizeof *bits);
    uint32_t *next = arena_array(build->scratch, sink->parts, sizeof *next);
    if (bits == NULL || next == NULL)
        return NULL;
    for (size_t row = 0; row < index->row_count; row++) {
        size_t part = part_of(sink, &index->rows[row]);
        bits[row] = index->part_words[part] * WORD_BITS + next[part]++;
    }
    return bits;
}

/* The bits of one situation's candidates, which are in the order of their items. */
static void set_bits(const struct match_index *index, const struct match_candidates *list,
                     const uint32_t *bit_of_row, uint64_t *bits, uint32_t *positions, size_t words)
{
    uint32_t position = list->parts[0];
    for (size_t i = 0; i < list->count; i++) {
        uint32_t bit = bit_of_row[list->items[i].row];
        bits[bit / WORD_BITS] |= UINT64_C(1) << (bit % WORD_BITS);
    }
    for (size_t word = 0; word < words; word++) {
        positions[word] = position;
        while (position < list->parts[0] + list->count &&
               bit_of_row[index->candidate_items[position].row] / WORD_BITS == word)
            position++;
    }
}

static bool make_bits(struct build *build, const struct candidate_sink *sink,
                      struct match_candidates *lists)
{
    struct generation *generation = build->generation;
    if (!start_part_words(generation, sink))
        return false;
    const uint32_t *bit_of_row = number_bits(build, sink);
    const size_t words = generation->match.part_words[sink->parts];
    for (size_t s = 0; s < generation->knowledge->situation_count; s++) {
        uint64_t *bits = arena_array(generation->arena, words, sizeof *bits);
        uint32_t *positions = arena_array(generation->arena, words, sizeof *positions);
        if (bit_of_row == NULL || bits == NULL || positions == NULL)
            return false;
        set_bits(&generation->match, &lists[s], bit_of_row, bits, positions, words);
        lists[s].bits = bits;
        lists[s].positions = positions;
    }
    return true;
}

bool build_match_candidates(struct build *build)
{
    struct generation *generation = build->generation;
    struct kind_situations kinds;
    struct candidate_sink sink = {.parts = generation->knowledge->municipality_count + 1};
    sink.next = arena_array(build->scratch, generation->knowledge->situation_count * sink.parts,
                            sizeof *sink.next);
    if (sink.next == NULL)
        return false;
    find_kind_situations(generation->knowledge, &kinds);
    for (size_t row = 0; row < generation->match.row_count; row++)
        put_row(build, &kinds, row, &sink);
    struct match_candidates *lists = make_lists(generation, &sink);
    if (lists == NULL)
        return false;
    for (size_t row = 0; row < generation->match.row_count; row++)
        put_row(build, &kinds, row, &sink);
    generation->match.candidates = lists;
    return make_bits(build, &sink, lists);
}
