/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which of its places a service is shown with, and how far that is.
 */
#ifndef SOCIOPOINT_MATCH_CHOICE_INTERNAL_H
#define SOCIOPOINT_MATCH_CHOICE_INTERNAL_H

#include <stdbool.h>

#include "context_internal.h"
#include "sociopoint/domain/service_facts.h"
#include "sociopoint/match/match.h"

struct place_choice {
    const struct service_place *place; /* NULL: it has none */
    enum match_distance_from from;     /* DISTANCE_NONE: not asked, not known or not to be told */
    double straight; /* where it is known: how far, as a straight line (domain/distance.h) */
};

/* The best place (match.h says which). A concealed one only where all are, and without distance. */
struct place_choice choice_make(const struct match_context *context, const struct match_row *row,
                                const struct service_facts *facts);
/* Whether people come to the service somewhere, so that a distance can matter. */
bool choice_is_visited(const struct match_context *context, const struct match_row *row);
/* What is asked of the hours of the service at a place, which may be NULL. */
struct opening_question choice_opening_question(const struct match_context *context,
                                                const struct service_facts *facts,
                                                const struct service_place *place);

#endif
