/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading the facts of an event.
 */
#ifndef SOCIOPOINT_CATALOGUE_FACTS_EVENT_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_FACTS_EVENT_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "packer_internal.h"
#include "sociopoint/domain/event_facts.h"

/*
 * Fills *event, with everything it points at in the packer's block, and *modified_ms (-1: not
 * said). An event whose times cannot be read happens on no day. False when the text is not a JSON
 * object.
 */
bool facts_event_pack(struct packer *packer, struct str facts, struct event_facts *event,
                      int64_t *modified_ms);

#endif
