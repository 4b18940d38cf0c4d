/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers_internal.h"

#include "contract_internal.h"
#include "rest_internal.h"

/* A row for each operation: who answers, whether any web page may read the answer, whether it needs
 * the directory, whether its failures say whom to call. */
const struct handler rest_handlers[] = {
    {"matchServices", handle_match, true, false, true},
    {"suggest", handle_suggest, true, true, false},
    {"listSituations", handle_situations, true, false, false},
    {"getSituation", handle_situation, true, false, false},
    {"listServices", handle_services, true, true, false},
    {"searchServices", handle_services, true, true, false},
    {"getService", handle_service, true, true, false},
    {"listOrganizations", handle_organizations, true, true, false},
    {"searchOrganizations", handle_organizations, true, true, false},
    {"getOrganization", handle_organization, true, true, false},
    {"listServiceAtLocations", handle_service_at_locations, true, true, false},
    {"searchServiceAtLocations", handle_service_at_locations, true, true, false},
    {"getServiceAtLocation", handle_service_at_location, true, true, false},
    {"listTaxonomies", handle_taxonomies, true, true, false},
    {"searchTaxonomies", handle_taxonomies, true, true, false},
    {"getTaxonomy", handle_taxonomy, true, true, false},
    {"listTaxonomyTerms", handle_taxonomy_terms, true, true, false},
    {"searchTaxonomyTerms", handle_taxonomy_terms, true, true, false},
    {"getTaxonomyTerm", handle_taxonomy_term, true, true, false},
    {"listEvents", handle_events, true, true, false},
    {"getEvent", handle_event, true, true, false},
    {"getEventCalendar", handle_event_calendar, true, true, false},
    {"getCalendar", handle_events_calendar, true, true, false},
    {"getApiRoot", handle_root, true, false, false},
    {"getContract", handle_contract, true, false, false},
    {"getStart", handle_start, false, false, false},
    {"getDocumentation", handle_docs, false, false, false},
    {"getSecurityContact", handle_security, false, false, false},
    {"getLiveness", handle_live, false, false, false},
    {"getReadiness", handle_ready, false, false, false},
    {"getMetrics", handle_metrics, false, false, false},
};

const size_t rest_handler_count = sizeof rest_handlers / sizeof rest_handlers[0];
