/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One handler for each operation of the contract. Each answers one valid request: true with an
 * answer, false with *err.
 */
#ifndef SOCIOPOINT_REST_HANDLERS_INTERNAL_H
#define SOCIOPOINT_REST_HANDLERS_INTERNAL_H

#include <stdbool.h>

struct error;
struct exchange;

bool handle_match(struct exchange *x, struct error *err);
bool handle_suggest(struct exchange *x, struct error *err);
bool handle_situations(struct exchange *x, struct error *err);
bool handle_situation(struct exchange *x, struct error *err);

bool handle_services(struct exchange *x, struct error *err);
bool handle_organizations(struct exchange *x, struct error *err);
bool handle_service_at_locations(struct exchange *x, struct error *err);
bool handle_taxonomies(struct exchange *x, struct error *err);
bool handle_taxonomy_terms(struct exchange *x, struct error *err);

bool handle_service(struct exchange *x, struct error *err);
bool handle_organization(struct exchange *x, struct error *err);
bool handle_service_at_location(struct exchange *x, struct error *err);
bool handle_taxonomy(struct exchange *x, struct error *err);
bool handle_taxonomy_term(struct exchange *x, struct error *err);

bool handle_events(struct exchange *x, struct error *err);
bool handle_event(struct exchange *x, struct error *err);
bool handle_event_calendar(struct exchange *x, struct error *err);
bool handle_events_calendar(struct exchange *x, struct error *err);

bool handle_start(struct exchange *x, struct error *err);
bool handle_root(struct exchange *x, struct error *err);
bool handle_contract(struct exchange *x, struct error *err);
bool handle_docs(struct exchange *x, struct error *err);
bool handle_security(struct exchange *x, struct error *err);
bool handle_live(struct exchange *x, struct error *err);
bool handle_ready(struct exchange *x, struct error *err);
bool handle_metrics(struct exchange *x, struct error *err);

#endif
