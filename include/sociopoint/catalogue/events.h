/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What happens when: the occurrences of events in a generation.
 *
 * An event that recurs is published once and expanded here, by its rule and for the days asked for
 * (domain/recurrence.h). One that is over as a whole is not published any more; single occurrences
 * that are over are left out by `now_ms`.
 *
 * For answers of the match: generation_service_events gives what to show beside a service.
 */
#ifndef SOCIOPOINT_CATALOGUE_EVENTS_H
#define SOCIOPOINT_CATALOGUE_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/catalogue/list.h"
#include "sociopoint/domain/recurrence.h"

struct arena;
struct entry;
struct error;
struct generation;
struct uuid;

enum { EVENT_OCCURRENCES_MAXIMUM = 20000 };

struct event_occurrence {
    const struct entry *entry; /* its facts.event and short_form */
    struct occurrence when;
};

struct event_query {
    int municipality; /* index of the knowledge; KNOWLEDGE_NONE: everywhere */
    /* Index in the municipality, which must be given then; KNOWLEDGE_NONE: not asked. Takes what is
     * there or for people from there, and what does not say where in the municipality it is. */
    int district;
    struct str situation; /* key; absent: not asked */
    int32_t first_day;    /* of the local calendar; what begins on it ... */
    int32_t last_day;     /* ... to this one, inclusive; and what began before and still lasts */
    int64_t now_ms;       /* what is over then is left out; INT64_MIN: nothing */
    size_t page;          /* from 1 */
    size_t per_page;
};

struct event_page {
    struct list_page page; /* without items */
    const struct event_occurrence *occurrences;
};

/*
 * Fills *page: by start, then by folded name and id. Fails with list-too-long (pointer "to") beyond
 * EVENT_OCCURRENCES_MAXIMUM occurrences, page-out-of-range ("page") or memory-exhausted.
 */
MUST_USE bool generation_events(const struct generation *generation,
                                const struct event_query *query, struct arena *arena,
                                struct event_page *page, struct error *err);

/* All events of a municipality (KNOWLEDGE_NONE: all) by first day, name and id, each once. NULL
 * without memory. */
const struct entry *const *generation_event_list(const struct generation *generation,
                                                 int municipality, struct arena *arena,
                                                 size_t *count);

/*
 * The next occurrence of each event of the service that is not over at `now_ms`, soonest first, at
 * most `maximum`; returns how many. The cost is that of the service's own events.
 */
size_t generation_service_events(const struct generation *generation, const struct uuid *service,
                                 int64_t now_ms, struct event_occurrence *occurrences,
                                 size_t maximum);

#endif
