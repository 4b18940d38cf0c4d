/* SPDX-License-Identifier: EUPL-1.2 */
#include "support/listing_samples.h"

#include <stddef.h>

#include "support/database.h"

static const char *const records[] = {
    "SELECT listing.put_area('{\"code\": \"municipality:ostrava\", \"name\": \"Ostrava\","
    " \"part_of\": \"region:moravskoslezsky\"}')",
    "SELECT listing.put_area('{\"code\": \"district:ostrava/poruba\", \"name\": \"Poruba\","
    " \"part_of\": \"municipality:ostrava\"}')",
    "SELECT listing.put_term('{\"id\": \"" SAMPLE_TAXONOMY "\", \"key\": \"situations\","
    " \"name\": \"Životní situace\", \"description\": \"V čem člověk je\"}')",
    "SELECT listing.put_term('{\"id\": \"" SAMPLE_TERM "\", \"taxonomy\": \"situations\","
    " \"key\": \"debt\", \"name\": \"Dluhy\", \"description\": \"Nezvládám splácet\"}')",
    "SELECT listing.put_term('{\"id\": \"" SAMPLE_KINDS "\", \"key\": \"service-kinds\","
    " \"name\": \"Druhy služeb\"}')",
    "SELECT listing.put_term('{\"id\": \"" SAMPLE_KIND "\", \"taxonomy\": \"service-kinds\","
    " \"key\": \"shelter\", \"name\": \"azylový dům\", \"section\": \"57\"}')",
    SAMPLE_PUT_ORGANIZATION(", \"name\": \"Pomoc\", \"ico\": \"44940998\","
                            " \"phones\": [{\"number\": \"+420 596 000 000\"}]"),
    SAMPLE_PUT_LOCATION(SAMPLE_ADDRESS),
    SAMPLE_PUT_SERVICE(", \"name\": \"Poradna\""),
    "SELECT published.publish(ARRAY["
    "('taxonomy', '" SAMPLE_TAXONOMY "')::published.key, ('taxonomy', '" SAMPLE_KINDS "'),"
    "('taxonomy_term', '" SAMPLE_TERM "'), ('taxonomy_term', '" SAMPLE_KIND "'),"
    "('organization', '" SAMPLE_ORGANIZATION "'), ('location', '" SAMPLE_LOCATION "'),"
    "('service', '" SAMPLE_SERVICE "')]::published.key[])",
};

void sample_begin(PGconn *session)
{
    session_do(session, "BEGIN");
    session_do(session, "SELECT set_config('socio.scope', 'all', true)");
}

void sample_put_all(PGconn *session)
{
    sample_begin(session);
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        session_do(session, records[i]);
    session_do(session, "COMMIT");
}

PGconn *sample_open(const struct database *database)
{
    database_empty(database);
    PGconn *writer CLEANUP(session_closep) = session_open(database, "socio_import");
    sample_put_all(writer);
    return session_open(database, NULL);
}

long long sample_put_and_publish(const struct database *database, const char *put,
                                 const char *publish)
{
    PGconn *writer CLEANUP(session_closep) = session_open(database, "socio_import");
    sample_begin(writer);
    session_do(writer, put);
    long long written = session_number(writer, publish);
    session_do(writer, "COMMIT");
    return written;
}
