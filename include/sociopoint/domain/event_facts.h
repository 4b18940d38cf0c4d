/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What nodes index of a published event, as plain values. Everything lives with its owner (an entry
 * of the catalogue).
 */
#ifndef SOCIOPOINT_DOMAIN_EVENT_FACTS_H
#define SOCIOPOINT_DOMAIN_EVENT_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/domain/recurrence.h"
#include "sociopoint/domain/service_facts.h"

struct event_facts {
    struct str name;
    struct str description; /* absent: none */
    struct uuid organization;
    struct str organization_name;
    bool has_service; /* it belongs to a service */
    struct uuid service;
    struct happening when;
    bool
        whole_day; /* stated to last all day; a day without times and without this has none stated */
    struct str place;             /* where it is, as one line for people; absent: not stated */
    struct str municipality;      /* of the place, as far as known */
    struct str district;          /* of the place */
    const struct area_code *area; /* whom it is for, by place */
    size_t area_count;
    const struct str *situations; /* keys; of its service where it names none itself */
    size_t situation_count;
    struct str source; /* address of its source */
    struct str as_of;  /* when the source said so: "2023-10" */
};

/* What an event says of its time, as written. */
struct event_times {
    struct str starts_at; /* "2023-10-24" or "2023-10-24T10:00", local */
    struct str ends_at;   /* of the same form; absent: not stated */
    struct str frequency; /* "WEEKLY", "MONTHLY"; absent: once */
    struct str byday;     /* absent: the weekday (or day of the month) of the start */
    struct str until;     /* "2024-06-30"; absent: without end */
    int32_t interval;
    const struct str *except; /* "2023-12-26" */
    size_t except_count;
};

/*
 * Understands them. `days` has room for except_count days and lives as long as *when. On failure
 * *member names what cannot be: "starts_at" (no such time), "ends_at" (none, another form, or
 * before the start), "rrule" (no such rule, or the start is not one of its days), "until" (before
 * the start), "except".
 */
MUST_USE bool event_times_read(const struct event_times *times, int32_t *days,
                               struct happening *when, const char **member);

#endif
