/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small listing: one organisation with one service at one place, carrying one situation and one
 * kind.
 *
 * Everything is put and published through the database's own functions, in a session with scope
 * "all".
 */
#ifndef SOCIOPOINT_TESTS_SUPPORT_LISTING_SAMPLES_H
#define SOCIOPOINT_TESTS_SUPPORT_LISTING_SAMPLES_H

#include <libpq-fe.h>

#define SAMPLE_TAXONOMY     "00000000-0000-4000-8000-000000000001"
#define SAMPLE_TERM         "00000000-0000-4000-8000-000000000002"
#define SAMPLE_KINDS        "00000000-0000-4000-8000-000000000003"
#define SAMPLE_KIND         "00000000-0000-4000-8000-000000000004"
#define SAMPLE_ORGANIZATION "00000000-0000-4000-8000-000000000005"
#define SAMPLE_LOCATION     "00000000-0000-4000-8000-000000000006"
#define SAMPLE_SERVICE      "00000000-0000-4000-8000-000000000007"
#define SAMPLE_PLACE        "00000000-0000-4000-8000-000000000008"
#define SAMPLE_STREET       "Tajná 13"

/* SQL for single records; further members may follow before the closing brace: SAMPLE_PUT_SERVICE("...") */
#define SAMPLE_PUT_ORGANIZATION(more)                                                              \
    "SELECT listing.put_organization('{\"id\": \"" SAMPLE_ORGANIZATION                             \
    "\", \"key\": \"pomoc\", \"municipality\": \"ostrava\"" more "}')"
#define SAMPLE_PUT_LOCATION(more)                                                                  \
    "SELECT listing.put_location('{\"id\": \"" SAMPLE_LOCATION                                     \
    "\", \"key\": \"dum\", \"municipality\": \"ostrava\", \"organization\": \"pomoc\","            \
    " \"organization_id\": \"" SAMPLE_ORGANIZATION "\"" more "}')"
#define SAMPLE_PUT_SERVICE(more)                                                                   \
    "SELECT listing.put_service('{\"id\": \"" SAMPLE_SERVICE                                       \
    "\", \"key\": \"poradna\", \"municipality\": \"ostrava\", \"organization\": \"pomoc\","        \
    " \"organization_id\": \"" SAMPLE_ORGANIZATION "\", \"situations\": [\"debt\"],"               \
    " \"kind\": \"57\", \"locations\": [\"dum\"], \"location_ids\": [\"" SAMPLE_LOCATION "\"],"    \
    " \"service_at_location_ids\": [\"" SAMPLE_PLACE "\"],"                                        \
    " \"source\": {\"url\": \"https://example.org/\", \"as_of\": \"2025\"}" more "}')"
#define SAMPLE_ADDRESS                                                                             \
    ", \"address\": {\"street\": \"" SAMPLE_STREET "\", \"city\": \"Ostrava\","                    \
    " \"postal_code\": \"700 30\", \"district\": \"poruba\"}"

/* An SQL array of published.key with one element. */
#define SAMPLE_KEY(kind, id)     "ARRAY[('" kind "', '" id "')::published.key]"
#define SAMPLE_PUBLISH(kind, id) "SELECT published.publish(" SAMPLE_KEY(kind, id) ")"

struct database;

/* Empties the database, puts the sample into it and opens a session of the superuser. */
PGconn *sample_open(const struct database *database);
/* Puts and publishes in one transaction as socio_import; the number of documents written. */
long long sample_put_and_publish(const struct database *database, const char *put,
                                 const char *publish);
/* BEGIN with the scope "all". */
void sample_begin(PGconn *session);
/* Puts the whole sample and publishes it, in a transaction of its own. */
void sample_put_all(PGconn *session);

#endif
