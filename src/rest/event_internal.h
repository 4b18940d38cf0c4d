/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Events as JSON, and what the operations on them share.
 */
#ifndef SOCIOPOINT_REST_EVENT_INTERNAL_H
#define SOCIOPOINT_REST_EVENT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/error.h"

struct event_facts;
struct event_occurrence;
struct exchange;
struct uuid;

/* Whether it says when it is on its days: from some time on, or all day. */
bool event_time_stated(const struct event_facts *event);
/*
 * The members date, end_date, starts_at, ends_at, all_day and text of an occurrence, into an open
 * object.
 */
void event_write_when(const struct exchange *x, const struct event_occurrence *occurrence,
                      struct builder *out);
/*
 * The member "events" of a service: the next occurrence of each of its events (at most 3), each
 * with id and name of the event and its when; nothing where there are none.
 */
void event_write_of_service(const struct exchange *x, const struct uuid *service, int64_t now_ms,
                            struct builder *out);
/* The municipality of the parameter; KNOWLEDGE_NONE where none is given. False, with a problem added
 * to *err, where it is not known. */
bool event_municipality(const struct exchange *x, int *municipality, struct error *err);

#endif
