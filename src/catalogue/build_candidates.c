/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <string.h>

#include "sociopoint/base/arena.h"

enum { WORD_BITS = 64 };

/* Why a row is a candidate, in the order in which they stand. */
enum why { WHY_NAMED_SHARING, WHY_NAMED, WHY_KIND, WHY_COUNT };

/* The situations in which each kind of service helps. */
struct kind_situations {
    struct situation_set of_kind[KNOWLEDGE_KINDS_MAXIMUM];
};

/* Where the next candidate of each part of each situation goes; counting when `items` is NULL. */
struct candidate_sink {
    struct match_candidate *items;
    uint16_t *classes[FACET_COUNT]; /* by item */
    uint64_t **named;               /* by situation, bits of rows */
    uint64_t **sharing;
    uint32_t *next; /* by situation, part and why */
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

/* --- The order of rows ------------------------------------------------------------------------- */

/* What rows are put in order by; less than SORT_KEYS. */
static size_t year_key(const struct match_index *index, uint32_t row)
{
    return UINT16_MAX - index->rows[row].source_year; /* later ones first */
}

static size_t person_key(const struct match_index *index, uint32_t row)
{
    return index->row_classes[row].of[FACET_PERSON];
}

/* From the last to the first that decides. */
static size_t (*const sort_keys[])(const struct match_index *index, uint32_t row) = {year_key,
                                                                                     person_key};

enum { SORT_PASSES = sizeof sort_keys / sizeof sort_keys[0], SORT_KEYS = UINT16_MAX + 1 };
_Static_assert(SORT_PASSES % 2 == 0, "the last pass ends where the first began");

/* One pass of a radix sort, by the key alone: equal ones stay as they are. */
static void sort_by(const struct match_index *index, size_t pass, const uint32_t *from,
                    uint32_t *to, uint32_t *next)
{
    memset(next, 0, (SORT_KEYS + 1) * sizeof *next);
    for (size_t i = 0; i < index->row_count; i++)
        next[sort_keys[pass](index, from[i]) + 1]++;
    for (size_t key = 0; key < SORT_KEYS; key++)
        next[key + 1] += next[key];
    for (size_t i = 0; i < index->row_count; i++)
        to[next[sort_keys[pass](index, from[i])]++] = from[i];
}

/* All rows by person and year, then ascending, so that the groups of every situation come of
 * themselves; NULL when memory is exhausted. */
static uint32_t *order_rows(const struct build *build)
{
    const struct match_index *index = &build->generation->match;
    uint32_t *rows = arena_array(build->scratch, index->row_count, sizeof *rows);
    uint32_t *other = arena_array(build->scratch, index->row_count, sizeof *other);
    uint32_t *next = arena_array(build->scratch, SORT_KEYS + 1, sizeof *next);
    if (rows == NULL || other == NULL || next == NULL)
        return NULL;
    for (size_t row = 0; row < index->row_count; row++)
        rows[row] = (uint32_t)row;
    for (size_t pass = 0; pass < SORT_PASSES; pass += 2) {
        sort_by(index, pass, rows, other, next);
        sort_by(index, pass + 1, other, rows, next);
    }
    return rows;
}

/* --- Candidates -------------------------------------------------------------------------------- */

/* The part in which the row is a candidate of whatever situation. */
static size_t part_of(const struct candidate_sink *sink, const struct match_row *row)
{
    bool single =
        row->municipalities != 0 && (row->municipalities & (row->municipalities - 1)) == 0;
    return single ? (size_t)__builtin_ctzll(row->municipalities) : sink->parts - 1;
}

/* Puts the row to a situation. */
static void put(const struct match_index *index, struct candidate_sink *sink, size_t row,
                size_t situation, enum why why)
{
    const size_t part = part_of(sink, &index->rows[row]);
    size_t at = sink->next[(situation * sink->parts + part) * WHY_COUNT + why]++;
    if (sink->items == NULL)
        return;
    const uint64_t bit = UINT64_C(1) << (row % WORD_BITS);
    sink->items[at] = (struct match_candidate){
        .row = row & 0x1fffffff,
        .strength = why == WHY_KIND ? STRENGTH_KIND : STRENGTH_NAMED,
        .shares_group = why != WHY_NAMED,
    };
    for (size_t facet = 0; facet < FACET_COUNT; facet++)
        sink->classes[facet][at] = index->row_classes[row].of[facet];
    if (why != WHY_KIND)
        sink->named[situation][row / WORD_BITS] |= bit;
    if (why != WHY_NAMED)
        sink->sharing[situation][row / WORD_BITS] |= bit;
}

/* The situations of one row: those it names, and those of its kind with a shared target group. */
static void put_row(const struct build *build, const struct kind_situations *kinds, size_t position,
                    struct candidate_sink *sink)
{
    const struct match_index *index = &build->generation->match;
    const struct match_row *row = &index->rows[position];
    const struct situation *situations = build->generation->knowledge->situations;
    for (size_t i = 0; i < SITUATION_WORDS; i++) {
        uint64_t named = build->named[position].words[i];
        uint64_t of_kind = row->kind == MATCH_NO_KIND ? 0 : kinds->of_kind[row->kind].words[i];
        for (uint64_t set = named | of_kind; set != 0; set &= set - 1) {
            size_t situation = i * 64 + (size_t)__builtin_ctzll(set);
            bool shares = (situations[situation].target_groups & row->target_groups) != 0;
            if ((named >> (situation % 64) & 1) != 0)
                put(index, sink, position, situation, shares ? WHY_NAMED_SHARING : WHY_NAMED);
            else if (shares)
                put(index, sink, position, situation, WHY_KIND);
        }
    }
}

/* Turns the counts of the sink into where each begins; returns how many there are together. */
static size_t start_parts(struct candidate_sink *sink, size_t situations)
{
    uint32_t start = 0;
    for (size_t i = 0; i < situations * sink->parts * WHY_COUNT; i++) {
        uint32_t count = sink->next[i];
        sink->next[i] = start;
        start += count;
    }
    return start;
}

/* So many empty sets of rows; NULL when memory is exhausted. */
static uint64_t **make_sets(const struct generation *generation, size_t count)
{
    const size_t words = (generation->match.row_count + WORD_BITS - 1) / WORD_BITS;
    uint64_t **sets = arena_array(generation->arena, count, sizeof *sets);
    for (size_t i = 0; sets != NULL && i < count; i++) {
        sets[i] = arena_array(generation->arena, words, sizeof **sets);
        if (sets[i] == NULL)
            return NULL;
    }
    return sets;
}

/* Which rows belong to each municipality; false when memory is exhausted. */
static bool make_offered(struct generation *generation)
{
    uint64_t **offered = make_sets(generation, generation->knowledge->municipality_count);
    if (offered == NULL)
        return false;
    for (size_t row = 0; row < generation->match.row_count; row++) {
        uint64_t set = generation->match.rows[row].municipalities;
        for (; set != 0; set &= set - 1)
            offered[__builtin_ctzll(set)][row / WORD_BITS] |= UINT64_C(1) << (row % WORD_BITS);
    }
    generation->match.offered = (const uint64_t *const *)offered;
    return true;
}

/* Room for the classes of so many candidates; false when memory is exhausted. */
static bool make_classes(struct generation *generation, struct candidate_sink *sink, size_t total)
{
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        sink->classes[facet] = arena_array(generation->arena, total, sizeof(uint16_t));
        if (sink->classes[facet] == NULL)
            return false;
        generation->match.candidate_classes[facet] = sink->classes[facet];
    }
    return true;
}

/* Fills the sink, whose `next` then says where each part of each situation ends. */
static bool put_rows(const struct build *build, struct candidate_sink *sink)
{
    struct generation *generation = build->generation;
    struct kind_situations kinds;
    const uint32_t *rows = order_rows(build);
    if (rows == NULL)
        return false;
    find_kind_situations(generation->knowledge, &kinds);
    for (size_t i = 0; i < generation->match.row_count; i++)
        put_row(build, &kinds, i, sink);
    const size_t total = start_parts(sink, generation->knowledge->situation_count);
    struct match_candidate *items = arena_array(generation->arena, total, sizeof *items);
    sink->named = make_sets(generation, generation->knowledge->situation_count);
    sink->sharing = make_sets(generation, generation->knowledge->situation_count);
    if (items == NULL || sink->named == NULL || sink->sharing == NULL ||
        !make_classes(generation, sink, total))
        return false;
    sink->items = items;
    for (size_t i = 0; i < generation->match.row_count; i++)
        put_row(build, &kinds, rows[i], sink);
    generation->match.candidate_items = items;
    return true;
}

/* --- Groups ------------------------------------------------------------------------------------ */

/* Groups of one candidate after the other; counting while there is no room for them. */
struct group_sink {
    const struct match_index *index;
    struct match_group *groups;
    size_t count;
};

static void add_group(struct group_sink *sink, size_t first, struct match_candidate item,
                      uint16_t person)
{
    if (sink->groups != NULL)
        sink->groups[sink->count] = (struct match_group){
            .first = (uint32_t)first,
            .person = person,
            .strength = (uint8_t)item.strength,
            .shares_group = (uint8_t)item.shares_group,
        };
    sink->count++;
}

/* The candidates from `first` to `end`, which are of one part and there for one reason. */
static void add_groups(struct group_sink *sink, size_t first, size_t end)
{
    const struct match_index *index = sink->index;
    for (size_t at = first; at < end; at++) {
        const uint16_t *person = &index->candidate_classes[FACET_PERSON][at];
        if (at == first || person[0] != person[-1])
            add_group(sink, at, index->candidate_items[at], person[0]);
    }
}

/* All of them, and the one that ends them; `parts` takes where each part of each situation begins,
 * and the end. */
static void add_all_groups(struct group_sink *sink, const struct candidate_sink *candidates,
                           size_t count, uint32_t *parts)
{
    size_t first = 0;
    sink->count = 0;
    for (size_t i = 0; i < count * WHY_COUNT; i++) {
        if (i % WHY_COUNT == 0)
            parts[i / WHY_COUNT] = (uint32_t)sink->count;
        add_groups(sink, first, candidates->next[i]);
        first = candidates->next[i];
    }
    parts[count] = (uint32_t)sink->count;
    add_group(sink, first, (struct match_candidate){0}, MATCH_NO_CLASS);
}

/* Where each part of each situation begins in the groups; NULL when memory is exhausted. */
static uint32_t *make_groups(struct generation *generation, const struct candidate_sink *candidates)
{
    const size_t count = generation->knowledge->situation_count * candidates->parts;
    struct arena *arena = generation->arena;
    struct group_sink sink = {.index = &generation->match};
    uint32_t *parts = arena_array(arena, count + 1, sizeof *parts);
    if (parts == NULL)
        return NULL;
    add_all_groups(&sink, candidates, count, parts);
    sink.groups = arena_array(arena, sink.count, sizeof *sink.groups);
    if (sink.groups == NULL)
        return NULL;
    add_all_groups(&sink, candidates, count, parts);
    generation->match.groups = sink.groups;
    return parts;
}

static bool make_lists(struct generation *generation, const struct candidate_sink *sink)
{
    const size_t situations = generation->knowledge->situation_count;
    const uint32_t *parts = make_groups(generation, sink);
    struct match_candidates *lists = arena_array(generation->arena, situations, sizeof *lists);
    if (parts == NULL || lists == NULL)
        return false;
    size_t first = 0;
    for (size_t s = 0; s < situations; s++) {
        const size_t end = sink->next[(s + 1) * sink->parts * WHY_COUNT - 1];
        lists[s] = (struct match_candidates){
            .items = sink->items + first,
            .count = end - first,
            .parts = parts + s * sink->parts,
            .named = sink->named[s],
            .sharing = sink->sharing[s],
        };
        first = end;
    }
    generation->match.candidates = lists;
    return true;
}

bool build_match_candidates(struct build *build)
{
    struct generation *generation = build->generation;
    struct candidate_sink sink = {.parts = generation->knowledge->municipality_count + 1};
    sink.next =
        arena_array(build->scratch, generation->knowledge->situation_count * sink.parts * WHY_COUNT,
                    sizeof *sink.next);
    return sink.next != NULL && put_rows(build, &sink) && make_lists(generation, &sink) &&
           make_offered(generation);
}
