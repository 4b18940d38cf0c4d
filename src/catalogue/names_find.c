/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "generation_internal.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/text/tokens.h"

enum {
    FOUND_MAXIMUM = 1 << 15,    /* names of one question that are looked at */
    POSTINGS_MAXIMUM = 1 << 18, /* steps to them */
    OF_ORGANIZATION = 3,        /* a service found by its organisation alone: 3/4 of its score */
    OF_ORGANIZATION_PARTS = 4
};
/* What a word found counts that is only begun, or misspelt. */
static const float value_of_beginning = 0.9F;
static const float value_of_misspelt = 0.7F;
/* What makes up a score: that it was found, how much of the name, and whether it begins so. */
static const float share_of_finding = 0.6F;
static const float share_of_coverage = 0.25F;
static const float share_of_beginning = 0.15F;

/* A name in which words were found. */
struct found {
    uint64_t tokens; /* bit i: the i-th of finding.tokens */
    float weight;
    uint32_t name;
    bool begins; /* with one of them */
};

/* The best of one kind. */
struct best {
    struct found_subject {
        uint32_t position;
        int score;
        uint64_t tokens;
    } items[NAME_HITS_MAXIMUM];
    size_t count;
};

struct finding {
    const struct generation *generation;
    const struct name_index *index;
    const struct name_query *query;
    uint16_t tokens[NAME_TOKENS_MAXIMUM]; /* of the query, those that are looked for */
    float weights[NAME_TOKENS_MAXIMUM];   /* what each may count */
    size_t token_count;
    float typed;     /* what everything that was typed may count */
    uint32_t *slots; /* by name: its place in `found` plus 1, or 0 */
    struct found *found;
    size_t found_count;
    size_t steps;
    struct best best[NAME_KIND_COUNT];
};

/* --- Names ------------------------------------------------------------------------------------- */

static struct found *found_of(struct finding *at, uint32_t name)
{
    if (at->slots[name] == 0) {
        if (at->found_count == FOUND_MAXIMUM)
            return NULL;
        at->found[at->found_count++] = (struct found){.name = name};
        at->slots[name] = (uint32_t)at->found_count;
    }
    return &at->found[at->slots[name] - 1];
}

/* The names of the term, for the i-th token. */
static void take_term(struct finding *at, uint32_t number, size_t i, float value)
{
    const struct name_index *index = at->index;
    const struct name_term *term = &index->terms[number];
    const unsigned language = 1U << at->query->language;
    for (uint32_t k = 0; k < term->count && at->steps < POSTINGS_MAXIMUM; k++) {
        const uint32_t name = index->postings[term->first + k];
        at->steps++;
        if ((index->names[name].languages & language) == 0)
            continue;
        struct found *found = found_of(at, name);
        if (found == NULL)
            continue;
        const struct name *whole = &index->names[name];
        const bool initials = (term->flags & TERM_INITIALS) != 0;
        found->begins = found->begins || initials || index->terms_of_names[whole->first] == number;
        if ((found->tokens >> i & 1) == 0)
            found->weight += value * (initials ? whole->weight : term->weight);
        found->tokens |= UINT64_C(1) << i;
    }
    if (at->weights[i] < term->weight)
        at->weights[i] = term->weight;
}

static bool is_being_typed(const struct finding *at, size_t i)
{
    return at->query->typing && (size_t)at->tokens[i] + 1 == at->query->tokens->count;
}

static void take_beginning(struct finding *at, struct str word, size_t i)
{
    size_t first = 0;
    size_t end = 0;
    name_index_beginning(at->index, word, &first, &end);
    for (size_t k = first; k < end && at->steps < POSTINGS_MAXIMUM; k++)
        take_term(at, at->index->words[k].term, i, value_of_beginning);
}

/* Looks for the i-th token. */
static void take_token(struct finding *at, size_t i)
{
    const struct str word = at->query->tokens->items[at->tokens[i]].word;
    struct name_meaning meaning;
    name_index_understand(at->index, word, &meaning);
    for (size_t k = 0; k < meaning.count; k++)
        take_term(at, meaning.senses[k].term, i,
                  meaning.senses[k].misspelt ? value_of_misspelt : 1);
    if (is_being_typed(at, i))
        take_beginning(at, word, i);
}

/* --- Subjects ---------------------------------------------------------------------------------- */

static bool is_here(const struct finding *at, enum name_kind kind, uint32_t position)
{
    static const enum document_kind documents[] = {
        [NAME_SERVICE] = DOCUMENT_SERVICE, [NAME_ORGANIZATION] = DOCUMENT_ORGANIZATION};
    const struct generation *generation = at->generation;
    const int municipality = at->query->municipality;
    if (kind == NAME_SERVICE && generation->row_of_service[position] == 0)
        return false; /* it is not offered any more */
    if (kind == NAME_SITUATION || municipality == KNOWLEDGE_NONE)
        return true;
    if (kind == NAME_PLACE)
        return at->index->places[position].municipality == municipality;
    return (generation->lists[documents[kind]].municipalities[position] >> municipality & 1) != 0;
}

/* Puts it among the best of its kind, once. */
static void keep(struct finding *at, enum name_kind kind, const struct found_subject *fresh)
{
    struct best *best = &at->best[kind];
    size_t place = 0;
    while (place < best->count && best->items[place].position != fresh->position)
        place++;
    if (place < best->count) {
        if (best->items[place].score >= fresh->score)
            return;
        best->count--;
        memmove(&best->items[place], &best->items[place + 1],
                (best->count - place) * sizeof *fresh);
    }
    for (place = best->count; place > 0; place--) {
        const struct found_subject *before = &best->items[place - 1];
        if (before->score > fresh->score ||
            (before->score == fresh->score && before->position < fresh->position))
            break;
    }
    if (place >= at->query->maximum)
        return;
    if (best->count < at->query->maximum)
        best->count++;
    memmove(&best->items[place + 1], &best->items[place],
            (best->count - 1 - place) * sizeof *fresh);
    best->items[place] = *fresh;
}

/* The tokens in the names of the service's organisation. */
static uint64_t tokens_of_organization(const struct finding *at, uint32_t service)
{
    const struct name_index *index = at->index;
    const uint32_t organization = index->organization_of[service];
    uint64_t tokens = 0;
    if (organization == 0)
        return 0;
    const uint32_t subject = index->first_subject[NAME_ORGANIZATION] + organization - 1;
    for (uint32_t n = index->first_name[subject]; n < index->first_name[subject + 1]; n++)
        tokens |= at->slots[n] == 0 ? 0 : at->found[at->slots[n] - 1].tokens;
    return tokens;
}

static int score_of(const struct finding *at, const struct found *found, uint64_t tokens)
{
    float said = 0;
    for (uint64_t set = tokens; set != 0; set &= set - 1)
        said += at->weights[__builtin_ctzll(set)];
    const float coverage = found->weight / at->index->names[found->name].weight;
    const float share = share_of_finding + share_of_coverage * (coverage < 1 ? coverage : 1) +
                        (found->begins ? share_of_beginning : 0);
    return (int)(NAME_SCORE_MAXIMUM * share * said / at->typed);
}

static void rank_found(struct finding *at)
{
    for (size_t i = 0; i < at->found_count; i++) {
        const struct found *found = &at->found[i];
        const uint32_t subject = at->index->names[found->name].subject;
        const enum name_kind kind = name_index_kind(at->index, subject);
        struct found_subject fresh = {.position = subject - at->index->first_subject[kind],
                                      .tokens = found->tokens};
        if (!is_here(at, kind, fresh.position))
            continue;
        if (kind == NAME_SERVICE)
            fresh.tokens |= tokens_of_organization(at, fresh.position);
        fresh.score = score_of(at, found, fresh.tokens);
        keep(at, kind, &fresh);
    }
}

/* Services of the organisations found, behind what has the words in its own name. */
static void rank_services_of_organizations(struct finding *at)
{
    const struct best *organizations = &at->best[NAME_ORGANIZATION];
    for (size_t i = 0; i < organizations->count; i++) {
        const struct found_subject *organization = &organizations->items[i];
        size_t count = 0;
        const uint32_t *services =
            generation_services_of(at->generation, organization->position, &count);
        for (size_t k = 0; k < count && k < NAME_HITS_MAXIMUM; k++) {
            if (is_here(at, NAME_SERVICE, services[k]))
                keep(at, NAME_SERVICE,
                     &(struct found_subject){
                         services[k], organization->score * OF_ORGANIZATION / OF_ORGANIZATION_PARTS,
                         organization->tokens});
        }
    }
}

/* --- The answer -------------------------------------------------------------------------------- */

static bool add_hit(const struct finding *at, enum name_kind kind,
                    const struct found_subject *found, struct arena *arena, struct name_hit *hit)
{
    bool *tokens = arena_array(arena, at->query->tokens->count + 1, sizeof *tokens);
    const uint64_t all =
        at->token_count == 64 ? ~UINT64_C(0) : (UINT64_C(1) << at->token_count) - 1;
    if (tokens == NULL)
        return false;
    for (uint64_t set = found->tokens; set != 0; set &= set - 1)
        tokens[at->tokens[__builtin_ctzll(set)]] = true;
    *hit = (struct name_hit){.kind = kind,
                             .position = found->position,
                             .score = found->score,
                             .whole = found->tokens == all,
                             .tokens = tokens};
    return true;
}

static bool write_hits(const struct finding *at, struct arena *arena, struct name_hits *hits)
{
    size_t total = 0;
    for (size_t kind = 0; kind < NAME_KIND_COUNT; kind++)
        total += at->best[kind].count;
    struct name_hit *items = arena_array(arena, total + 1, sizeof *items);
    if (items == NULL)
        return false;
    *hits = (struct name_hits){items, total};
    for (enum name_kind kind = 0; kind < NAME_KIND_COUNT; kind++) {
        for (size_t i = 0; i < at->best[kind].count; i++) {
            if (!add_hit(at, kind, &at->best[kind].items[i], arena, items++))
                return false;
        }
    }
    return true;
}

/* What is not in any name counts as much as what is in one. */
static void look_for_tokens(struct finding *at)
{
    for (size_t i = 0; i < at->query->tokens->count && i < NAME_TOKENS_MAXIMUM; i++)
        at->tokens[at->token_count++] = (uint16_t)i;
    for (size_t i = 0; i < at->token_count; i++) {
        take_token(at, i);
        at->typed += at->weights[i] > 0 ? at->weights[i] : at->index->rarest_weight;
    }
}

bool generation_names_find(const struct generation *generation, const struct name_query *query,
                           struct arena *arena, struct name_hits *hits, struct error *err)
{
    const struct name_index *index = &generation->names;
    const size_t maximum = index->name_count < FOUND_MAXIMUM ? index->name_count : FOUND_MAXIMUM;
    struct finding *at = arena_alloc(arena, sizeof *at);
    if (at == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    at->generation = generation;
    at->index = index;
    at->query = query;
    at->slots = arena_array(arena, index->name_count + 1, sizeof *at->slots);
    at->found = arena_array(arena, maximum + 1, sizeof *at->found);
    if (at->slots == NULL || at->found == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    look_for_tokens(at);
    rank_found(at);
    rank_services_of_organizations(at);
    return write_hits(at, arena, hits) || error_set(err, ERROR_MEMORY, "memory-exhausted", "");
}
