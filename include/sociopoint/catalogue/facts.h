/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The facts of the published documents other than services, as plain values (a service's are in
 * domain/service_facts.h).
 *
 * Parsed once when a document enters the catalogue. Unknown members are ignored, missing ones are
 * absent. Strings and arrays live with the entry.
 */
#ifndef SOCIOPOINT_CATALOGUE_FACTS_H
#define SOCIOPOINT_CATALOGUE_FACTS_H

#include <stdbool.h>

#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"

struct organization_facts {
    struct str name;
    struct str alternate_name;
};

/* Of a service_at_location. */
struct place_facts {
    struct str name; /* of the service */
    struct uuid service;
    struct uuid location;
    struct uuid organization;
    struct str postal_code; /* as given, spaces included; absent: none published */
};

struct taxonomy_facts {
    struct str key; /* "situations" */
    struct str name;
};

struct taxonomy_term_facts {
    struct str key; /* "debt-enforcement" */
    struct str name;
    struct str taxonomy; /* key of its taxonomy */
    bool has_parent;
    struct uuid parent;
};

#endif
