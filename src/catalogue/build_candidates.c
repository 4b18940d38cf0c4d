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

/* `trait` where the condition holds. */
static unsigned trait_if(bool condition, enum match_trait trait)
{
    return condition ? (unsigned)trait : 0;
}

static unsigned traits_of(const struct match_row *row)
{
    const unsigned one_sex = RULE_MEN_ONLY | RULE_WOMEN_ONLY;
    const uint32_t localities = ROW_AREA_LOCALITIES | ROW_PLACE_LOCALITIES;
    bool ages = row->minimum_age > 0 || row->maximum_age != MATCH_AGE_UNKNOWN;
    return trait_if((row->flags & (ROW_PHONE | ROW_VISIT)) != 0, TRAIT_REACHABLE) |
           trait_if((row->flags & localities) != 0, TRAIT_LOCALITIES) |
           trait_if((row->flags & ROW_CONFIRMED) != 0, TRAIT_CONFIRMED) |
           trait_if((row->flags & ROW_HOURS) != 0, TRAIT_HOURS) | trait_if(ages, TRAIT_AGES) |
           trait_if((row->rules & RULE_MEN_ONLY) != 0, TRAIT_MEN_ONLY) |
           trait_if((row->rules & RULE_WOMEN_ONLY) != 0, TRAIT_WOMEN_ONLY) |
           trait_if((row->rules & ~one_sex) != 0, TRAIT_OTHER_RULES) |
           trait_if(row->languages != 0, TRAIT_LANGUAGES) |
           trait_if(row->accessibility != 0, TRAIT_ACCESSIBILITY) |
           trait_if(row->free_places != FREE_UNKNOWN, TRAIT_FREE_PLACES) |
           trait_if(row->cost != COST_UNKNOWN, TRAIT_COST) | row->forms * (unsigned)TRAIT_FORMS;
}

static uint8_t short_year(int year)
{
    if (year == MATCH_UNDATED)
        return 0;
    year -= MATCH_YEAR_ZERO;
    return (uint8_t)(year < 1 ? 1 : year > UINT8_MAX ? UINT8_MAX : year);
}

/* The row as a candidate of whatever situation. */
static struct match_candidate candidate_of(const struct match_row *row, size_t position)
{
    bool single = (row->municipalities & (row->municipalities - 1)) == 0;
    return (struct match_candidate){
        .row = (uint32_t)position & 0x3fffffff,
        .traits = (uint16_t)traits_of(row),
        .source_year = short_year(row->source_year),
        .municipality =
            (int8_t)(single && row->municipalities != 0 ? __builtin_ctzll(row->municipalities)
                                                        : MATCH_NO_SINGLE_CITY),
    };
}

/* Puts the candidate to a situation, with why it is one and whether they share a target group. */
static void put(struct candidate_sink *sink, struct match_candidate candidate, size_t situation,
                enum match_strength why, bool shares_group)
{
    size_t at = sink->next[situation]++;
    if (sink->items == NULL)
        return;
    candidate.strength = why & 3;
    candidate.traits |= (uint16_t)trait_if(shares_group, TRAIT_SHARED_GROUP);
    sink->items[at] = candidate;
}

/* The situations of one row: those it names, and those of its kind with a shared target group. */
static void put_row(const struct build *build, const struct kind_situations *kinds, size_t position,
                    struct candidate_sink *sink)
{
    const struct match_row *row = &build->generation->match.rows[position];
    const struct situation *situations = build->generation->knowledge->situations;
    const struct match_candidate candidate = candidate_of(row, position);
    for (size_t i = 0; i < SITUATION_WORDS; i++) {
        uint64_t named = build->named[position].words[i];
        uint64_t of_kind = row->kind == MATCH_NO_KIND ? 0 : kinds->of_kind[row->kind].words[i];
        for (uint64_t set = named | of_kind; set != 0; set &= set - 1) {
            size_t situation = i * 64 + (size_t)__builtin_ctzll(set);
            bool shares = (situations[situation].target_groups & row->target_groups) != 0;
            if ((named >> (situation % 64) & 1) != 0)
                put(sink, candidate, situation, STRENGTH_NAMED, shares);
            else if (shares)
                put(sink, candidate, situation, STRENGTH_KIND, true);
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
