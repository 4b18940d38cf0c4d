/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is known of free places, and whether it is still worth something.
 */
#ifndef SOCIOPOINT_MATCH_ROOM_INTERNAL_H
#define SOCIOPOINT_MATCH_ROOM_INTERNAL_H

#include <stdbool.h>

#include "context_internal.h"
#include "sociopoint/domain/service_facts.h"
#include "sociopoint/match/match.h"

/* A figure counts for `capacity_age_days`; one that gives only month or year, from its first day. */
enum free_places room_state(const struct match_context *context, const struct service_facts *facts);
/* Also the figure itself and the sentence; false when the arena is exhausted. */
bool room_describe(const struct match_context *context, const struct service_facts *facts,
                   struct match_room *room);

#endif
