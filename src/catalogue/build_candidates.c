/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include "sociopoint/base/arena.h"

/* The situations in which each kind of service helps. */
struct kind_situations {
    struct situation_set of_kind[KNOWLEDGE_KINDS_MAXIMUM];
};

/* Where the next candidate of each situation goes; counting when `items` is NULL. */
struct candidate_sink {
    struct match_candidate *items;
    size_t next[KNOWLEDGE_SITUATIONS_MAXIMUM];
};

static void find_kind_situations(const struct knowledge *knowledge, struct kind_situations *kinds)
{
    *kinds = (struct kind_situations){0};
    for (size_t s = 0; s < knowledge->situation_count; s++) {
        for (uint64_t set = knowledge->situations[s].kinds; set != 0; set &= set - 1)
            kinds->of_kind[__builtin_ctzll(set)].words[s / 64] |= UINT64_C(1) << (s % 64);
    }
}

static void put(struct candidate_sink *sink, size_t situation, size_t row, enum match_strength why)
{
    size_t at = sink->next[situation]++;
    if (sink->items != NULL)
        sink->items[at] =
            (struct match_candidate){.row = (uint32_t)row & 0x3fffffff, .strength = why & 3};
}

/* The situations of one row: those it names, and those of its kind with a shared target group. */
static void put_row(const struct build *build, const struct kind_situations *kinds, size_t row,
                    struct candidate_sink *sink)
{
    const struct match_row *facts = &build->generation->match.rows[row];
    const struct situation *situations = build->generation->knowledge->situations;
    for (size_t i = 0; i < SITUATION_WORDS; i++) {
        uint64_t named = build->named[row].words[i];
        for (uint64_t set = named; set != 0; set &= set - 1)
            put(sink, i * 64 + (size_t)__builtin_ctzll(set), row, STRENGTH_NAMED);
        if (facts->kind == MATCH_NO_KIND)
            continue;
        for (uint64_t set = kinds->of_kind[facts->kind].words[i] & ~named; set != 0;
             set &= set - 1) {
            size_t situation = i * 64 + (size_t)__builtin_ctzll(set);
            if ((situations[situation].target_groups & facts->target_groups) != 0)
                put(sink, situation, row, STRENGTH_KIND);
        }
    }
}

/* Turns the counts of the sink into the lists of the index, and the sink into their starts. */
static bool make_lists(struct generation *generation, struct candidate_sink *sink)
{
    size_t situations = generation->knowledge->situation_count;
    size_t total = 0;
    for (size_t s = 0; s < situations; s++)
        total += sink->next[s];
    struct match_candidates *lists = arena_array(generation->arena, situations, sizeof *lists);
    sink->items = arena_array(generation->arena, total, sizeof *sink->items);
    if (lists == NULL || sink->items == NULL)
        return false;
    size_t start = 0;
    for (size_t s = 0; s < situations; s++) {
        size_t count = sink->next[s];
        lists[s] = (struct match_candidates){sink->items + start, count};
        sink->next[s] = start;
        start += count;
    }
    generation->match.candidates = lists;
    return true;
}

bool build_match_candidates(struct build *build)
{
    struct generation *generation = build->generation;
    struct kind_situations kinds;
    struct candidate_sink sink = {0};
    find_kind_situations(generation->knowledge, &kinds);
    for (size_t row = 0; row < generation->match.row_count; row++)
        put_row(build, &kinds, row, &sink);
    if (!make_lists(generation, &sink))
        return false;
    for (size_t row = 0; row < generation->match.row_count; row++)
        put_row(build, &kinds, row, &sink);
    return true;
}
