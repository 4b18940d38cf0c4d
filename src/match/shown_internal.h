/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is said of a result whether it was asked or not, and again in its reasons: worked out once.
 */
#ifndef SOCIOPOINT_MATCH_SHOWN_INTERNAL_H
#define SOCIOPOINT_MATCH_SHOWN_INTERNAL_H

#include "choice_internal.h"
#include "sociopoint/match/match.h"

struct match_shown {
    struct place_choice choice;
    struct match_opening opening;
    struct match_room room;
};

#endif
