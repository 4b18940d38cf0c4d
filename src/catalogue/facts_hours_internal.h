/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opening hours and room, from the facts of a service.
 *
 * Hours come in two members, schedules and closures, in any order; they are gathered in a draft and
 * packed when the record has been read.
 */
#ifndef SOCIOPOINT_CATALOGUE_FACTS_HOURS_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_FACTS_HOURS_INTERNAL_H

#include "facts_value_internal.h"
#include "sociopoint/domain/opening_schedule.h"
#include "sociopoint/domain/service_facts.h"

struct hours_draft {
    struct opening_draft opening;
    unsigned unread; /* schedules and closures that could not be understood */
};

/* A draft is large and most records have no hours: only what says that it is empty is set. */
void facts_hours_start(struct hours_draft *draft);
/* Each takes the array that comes next; texts of closures are copied. */
void facts_take_schedules(struct hours_draft *draft, struct json_reader *reader);
void facts_take_closures(struct hours_draft *draft, struct packer *packer,
                         struct json_reader *reader);
/* The hours; NULL when none are stated, or some could not be understood: half of them would call
 * open what is closed. */
const struct opening_hours *facts_pack_hours(struct packer *packer,
                                             const struct hours_draft *draft);

/* The units of an array. */
void facts_take_capacities(struct packer *packer, struct json_reader *reader,
                           struct service_facts *facts);
/*
 * Free places, when everything has been read: where a unit has a number, the numbers say it and not
 * the state. Some when a unit has room, by the newest of those; else none, by the oldest, because
 * all are as full as what was looked at longest ago.
 */
void facts_settle_free_places(struct service_facts *facts);

#endif
