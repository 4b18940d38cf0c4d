/* SPDX-License-Identifier: EUPL-1.2 */
#include "choice_internal.h"

#include <math.h>

/* A place and what speaks for it. */
struct contender {
    struct place_choice choice;
    int open; /* greater is better */
};

struct opening_question choice_opening_question(const struct match_context *context,
                                                const struct service_facts *facts,
                                                const struct service_place *place)
{
    return (struct opening_question){.place = place == NULL ? NULL : place->hours,
                                     .service = facts->hours,
                                     .purpose = context->purpose,
                                     .moment = &context->moment};
}

bool choice_is_visited(const struct match_context *context, const struct match_row *row)
{
    bool comes = (row->flags & ROW_FIELD_ONLY) != 0 ||
                 (context->question->forms == FORM_FIELD && (row->forms & FORM_FIELD) != 0);
    return !comes && (row->flags & ROW_VISIT) != 0;
}

/* Fills in how far the place is, of which this is the spot. */
static void measure(const struct match_context *context, const struct match_spot *spot,
                    struct place_choice *choice)
{
    if (!spot->known)
        return;
    choice->from = choice->place->has_coordinates ? DISTANCE_FROM_PLACE : DISTANCE_FROM_DISTRICT;
    choice->straight = distance_straight(&context->here, &spot->at);
}

/* 2: in the asked locality, 1: in the asked district. */
static int asked_rank(const struct match_context *context, const struct service_place *place)
{
    const struct match_resolved *asked = context->question;
    const struct municipality *city = context->municipality;
    if (!context_place_asked(context) || !str_equal(place->municipality, city->key))
        return 0;
    if (asked->locality != KNOWLEDGE_NONE &&
        str_equal(place->locality, city->localities[asked->locality].key))
        return 2;
    return asked->district != KNOWLEDGE_NONE &&
           str_equal(place->district, city->districts[asked->district].key);
}

/* How much the hours speak for a place. Most places of a service have the same, its own. */
static int openness_of(const struct match_context *context, const struct service_facts *facts,
                       const struct service_place *place, const struct contender *other)
{
    static const int open_rank[] = {
        [OPENING_CLOSED] = 0, [OPENING_UNKNOWN] = 1, [OPENING_OPEN] = 2};
    if (!context->question->open_asked)
        return 0;
    if (other != NULL && other->choice.place->hours == place->hours)
        return other->open;
    const struct opening_question question = choice_opening_question(context, facts, place);
    return open_rank[opening_state_at(&question)];
}

static double nearness_of(const struct contender *contender)
{
    return contender->choice.from == DISTANCE_NONE ? -HUGE_VAL : -contender->choice.straight;
}

static bool is_better(const struct match_context *context, const struct contender *left,
                      const struct contender *right)
{
    if (left->choice.place->concealed != right->choice.place->concealed)
        return right->choice.place->concealed;
    if (left->open != right->open)
        return left->open > right->open;
    if (nearness_of(left) != nearness_of(right))
        return nearness_of(left) > nearness_of(right);
    return asked_rank(context, left->choice.place) > asked_rank(context, right->choice.place);
}

struct place_choice choice_make(const struct match_context *context, const struct match_row *row,
                                const struct service_facts *facts)
{
    struct contender best = {.choice = {.place = NULL}};
    const uint32_t first = context->index->spot_first[row - context->index->rows];
    bool measured = context->question->located && choice_is_visited(context, row);
    for (size_t i = 0; i < facts->place_count; i++) {
        struct contender fresh = {.choice = {.place = &facts->places[i]}};
        if (measured)
            measure(context, &context->index->spots[first + i], &fresh.choice);
        if (facts->place_count == 1)
            return fresh.choice;
        fresh.open = openness_of(context, facts, fresh.choice.place, i == 0 ? NULL : &best);
        if (i == 0 || is_better(context, &fresh, &best))
            best = fresh;
    }
    return best.choice;
}
