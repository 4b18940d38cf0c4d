/* SPDX-License-Identifier: EUPL-1.2 */
#include "choice_internal.h"

#include <limits.h>

/* What speaks for a place, in this order; greater is better. */
struct merit {
    int visible;
    int open;
    int nearness; /* metres below 0; INT_MIN: not known */
    int asked;
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

/* The district of the place; NULL: it is not known. */
static const struct district *district_of(const struct match_context *context,
                                          const struct service_place *place)
{
    int municipality = knowledge_municipality(context->knowledge, place->municipality);
    if (municipality == KNOWLEDGE_NONE || !str_present(place->district))
        return NULL;
    const struct municipality *city = &context->knowledge->municipalities[municipality];
    int district = municipality_district(city, place->district);
    return district == KNOWLEDGE_NONE ? NULL : &city->districts[district];
}

/* Fills in how far the place is, by its own coordinates or by the middle of its district. */
static void measure(const struct match_context *context, struct place_choice *choice)
{
    const struct service_place *place = choice->place;
    if (place->concealed || !place->has_address)
        return;
    if (place->has_coordinates) {
        choice->from = DISTANCE_FROM_PLACE;
        choice->metres =
            distance_to(&context->origin, place->latitude_micro, place->longitude_micro);
        return;
    }
    const struct district *district = district_of(context, place);
    if (district == NULL || !district->has_coordinates)
        return;
    choice->from = DISTANCE_FROM_DISTRICT;
    choice->metres =
        distance_to(&context->origin, district->latitude_micro, district->longitude_micro);
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

static struct merit merit_of(const struct match_context *context, const struct service_facts *facts,
                             const struct place_choice *choice)
{
    static const int open_rank[] = {
        [OPENING_CLOSED] = 0, [OPENING_UNKNOWN] = 1, [OPENING_OPEN] = 2};
    const struct opening_question question = choice_opening_question(context, facts, choice->place);
    return (struct merit){
        .visible = !choice->place->concealed,
        .open = context->question->open_asked ? open_rank[opening_state_at(&question)] : 0,
        .nearness = choice->from == DISTANCE_NONE ? INT_MIN : -choice->metres,
        .asked = asked_rank(context, choice->place),
    };
}

static bool is_better(const struct merit *left, const struct merit *right)
{
    if (left->visible != right->visible)
        return left->visible > right->visible;
    if (left->open != right->open)
        return left->open > right->open;
    if (left->nearness != right->nearness)
        return left->nearness > right->nearness;
    return left->asked > right->asked;
}

struct place_choice choice_make(const struct match_context *context, const struct match_row *row,
                                const struct service_facts *facts)
{
    struct place_choice best = {.place = NULL};
    struct merit best_merit = {0};
    bool measured = context->question->located && choice_is_visited(context, row);
    for (size_t i = 0; i < facts->place_count; i++) {
        struct place_choice choice = {.place = &facts->places[i]};
        if (measured)
            measure(context, &choice);
        if (facts->place_count == 1)
            return choice;
        struct merit merit = merit_of(context, facts, &choice);
        if (i > 0 && !is_better(&merit, &best_merit))
            continue;
        best = choice;
        best_merit = merit;
    }
    return best;
}
