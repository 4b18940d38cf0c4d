/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * How rows become published documents: what each fact of a record looks like outside, and that what
 * is not given is absent. (That the whole is valid HSDS is shown on the real directory by the
 * official schemas.)
 */
#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/attribute.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

#define OF_SERVICE      " FROM published.document WHERE kind = 'service'"
#define OF_PLACE        " FROM published.document WHERE kind = 'service_at_location'"
#define OF_ORGANIZATION " FROM published.document WHERE kind = 'organization'"
#define NAMED           ", \"name\": \"Poradna\""
#define PLACE_HOURS                                                                                \
    ", \"schedules\": [{\"byday\": \"FR\", \"opens_at\": \"18:00\", \"closes_at\": \"08:00\"}],"   \
    " \"closures\": [{\"from\": \"2026-12-24\"}]"

static struct database database;

static void setup_program(void)
{
    database_create(&database, "render");
    database_migrate(&database);
}

static void teardown_program(void)
{
    database_drop(&database);
}

/* Puts one record over the sample, publishes everything and asks. */
static void assert_rendered(const char *put, const char *question, const char *answer)
{
    database_empty(&database);
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    sample_put_all(session);
    sample_begin(session);
    session_do(session, put);
    session_do(session,
               "SELECT published.publish(ARRAY[('organization', '" SAMPLE_ORGANIZATION "'),"
               " ('location', '" SAMPLE_LOCATION "'), ('service', '" SAMPLE_SERVICE "')]"
               "::published.key[])");
    session_do(session, "COMMIT");
    ck_assert_str_eq(session_value(session, question), answer);
    ck_assert_str_eq(
        session_value(session, "SELECT count(*) FROM published.document"
                               " WHERE body || short || facts ~ '[:[](null|\"\"|\\[\\]|\\{\\})'"),
        "0");
}

static const struct {
    const char *more; /* of the service's record */
    const char *question;
    const char *answer;
} services[] = {
    /* what is not given is absent */
    {NAMED,
     "SELECT string_agg(key, ' ' ORDER BY key) FROM (SELECT body" OF_SERVICE
     ") d, json_each(body::json)",
     "attributes id last_modified name organization organization_id service_at_locations status "
     "x_ostrava"},
    {NAMED ", \"description\": \"\", \"phones\": [], \"email\": null",
     "SELECT body::jsonb ?| ARRAY['description', 'phones', 'email']" OF_SERVICE, "f"},
    /* contacts */
    {NAMED ", \"phones\": [{\"number\": \"+420 1\", \"description\": \"recepce\"}, {\"number\": "
           "\"+420 2\"}]",
     "SELECT concat_ws('|', body::json #>> '{phones,0,number}', body::json #>> "
     "'{phones,0,description}',"
     " body::json #>> '{phones,1,number}', short::json #>> '{phones,1,number}', facts::json ->> "
     "'phones',"
     " short::json #>> '{x_ostrava,organization_phones}')" OF_SERVICE,
     "+420 1|recepce|+420 2|+420 2|2"},
    {NAMED,
     "SELECT concat_ws('|', short::json #>> '{x_ostrava,organization_phones,0,number}',"
     " facts::json ->> 'phones', facts::json ->> 'organization_phones',"
     " body::json #>> '{organization,phones,0,number}')" OF_SERVICE,
     "+420 596 000 000|0|1|+420 596 000 000"},
    {NAMED ", \"email\": \"a@b.cz\", \"emails\": [\"c@b.cz\"]",
     "SELECT concat_ws('|', body::json ->> 'email', body::json #>> '{contacts,0,email}',"
     " short::json #>> '{contacts,0,email}', facts::json ->> 'emails')" OF_SERVICE,
     "a@b.cz|c@b.cz|c@b.cz|2"},
    {NAMED ", \"url\": \"https://b.cz/%C5%BE?a=1#x\"",
     "SELECT concat_ws('|', body::json ->> 'url', facts::json ->> 'web')" OF_SERVICE,
     "https://b.cz/%C5%BE?a=1#x|true"},
    /* hours are local, with the zone beside them */
    {NAMED
     ", \"schedules\": [{\"byday\": \"MO,SU\", \"opens_at\": \"00:00\", \"closes_at\": \"24:00\"}],"
     " \"hours_text\": \"nonstop\"",
     "SELECT concat_ws('|', (body::jsonb #> '{schedules,0}') - 'id', body::json #>> "
     "'{x_ostrava,time_zone}',"
     " body::json #>> '{x_ostrava,hours_text}')" OF_SERVICE,
     "{\"freq\": \"WEEKLY\", \"byday\": \"MO,SU\", \"opens_at\": \"00:00\", \"closes_at\": "
     "\"24:00\"}"
     "|Europe/Prague|nonstop"},
    {NAMED ", \"schedules\": [{\"freq\": \"MONTHLY\", \"byday\": \"1TU\", \"interval\": 2,"
           " \"dtstart\": \"2026-01-06\", \"until\": \"2026-12-31\", \"byweekno\": \"2\","
           " \"valid_from\": \"2026-01-01\", \"valid_to\": \"2026-12-31\","
           " \"opens_at\": \"16:00\", \"closes_at\": \"18:00\", \"notes\": \"klub\","
           " \"purpose\": \"phone\", \"by_appointment\": true, \"holidays\": \"closed\"}]",
     "SELECT (body::jsonb #> '{schedules,0}') - 'id'" OF_SERVICE,
     "{\"freq\": \"MONTHLY\", \"byday\": \"1TU\", \"notes\": \"klub\", \"until\": "
     "\"2026-12-31\", \"dtstart\": \"2026-01-06\", \"byweekno\": \"2\", \"interval\": 2, "
     "\"opens_at\": \"16:00\", \"valid_to\": \"2026-12-31\", \"closes_at\": \"18:00\", "
     "\"x_ostrava\": {\"purpose\": \"phone\", \"holidays\": \"closed\", \"by_appointment\": "
     "true}, \"valid_from\": \"2026-01-01\"}"},
    {NAMED ", \"schedules\": [{\"freq\": \"MONTHLY\", \"bymonthday\": \"15,-1\"},"
           " {\"opens_at\": \"08:00\", \"closes_at\": \"12:00\"},"
           " {\"byday\": \"MO\", \"replaces\": true}]",
     "SELECT concat_ws('|', (body::jsonb #> '{schedules,0}') - 'id',"
     " (body::jsonb #> '{schedules,1}') - 'id', (body::jsonb #> '{schedules,2}') - "
     "'id')" OF_SERVICE,
     "{\"freq\": \"MONTHLY\", \"bymonthday\": \"15,-1\"}|"
     "{\"opens_at\": \"08:00\", \"closes_at\": \"12:00\"}|"
     "{\"freq\": \"WEEKLY\", \"byday\": \"MO\", \"x_ostrava\": {\"replaces\": true}}"},
    /* nodes read the schedules without the words */
    {NAMED ", \"schedules\": [{\"byday\": \"MO\", \"opens_at\": \"08:00\", \"closes_at\": "
           "\"12:00\", \"by_appointment\": true, \"notes\": \"jen objednaní\"}, {\"byday\": "
           "\"TU\"}], \"closures\": [{\"from\": \"2026-07-01\", \"to\": \"2026-07-14\","
           " \"text\": \"Dovolená\", \"purpose\": \"outpatient\"}]",
     "SELECT concat_ws('|', facts::json -> 'schedules', facts::json -> 'closures',"
     " body::json #> '{x_ostrava,closures,0,text}', short::json #> "
     "'{x_ostrava,closures,0,to}')" OF_SERVICE,
     "[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\","
     "\"by_appointment\":true},{\"byday\":\"TU\"}]|"
     "[{\"to\":\"2026-07-14\",\"from\":\"2026-07-01\",\"text\":\"Dovolená\","
     "\"purpose\":\"outpatient\"}]|\"Dovolená\"|\"2026-07-14\""},
    /* capacity: HSDS only with number and day; what is registered is not what is free */
    {NAMED ", \"free_places\": {\"state\": \"some\", \"available\": 3, \"text\": \"3 volná\","
           " \"as_of\": \"2026-11-20\"}",
     "SELECT (body::jsonb #> '{capacities,0}') - 'id' - 'unit'" OF_SERVICE,
     "{\"updated\": \"2026-11-20T00:00:00Z\", \"available\": 3, \"description\": \"3 volná\"}"},
    {NAMED ", \"free_places\": {\"state\": \"some\", \"available\": 3, \"as_of\": \"2026-11\"}",
     "SELECT concat_ws('|', body::jsonb ? 'capacities', body::json #>> "
     "'{x_ostrava,free_places,as_of}',"
     " facts::json #>> '{free_places,available}')" OF_SERVICE,
     "f|2026-11|3"},
    {NAMED
     ", \"free_places\": {\"state\": \"none\", \"text\": \"plno\", \"as_of\": \"2026-11-20\"}",
     "SELECT concat_ws('|', body::jsonb ? 'capacities', body::json #>> "
     "'{x_ostrava,free_places,state}')" OF_SERVICE,
     "f|none"},
    /* each unit has its own figure and time; those of units go before those of the whole */
    {NAMED
     ", \"free_places\": {\"state\": \"some\", \"available\": 3, \"as_of\": \"2026-11-20\"},"
     " \"capacities\": [{\"unit\": \"beds\", \"available\": 0, \"maximum\": 20, \"waiting\": 4,"
     " \"as_of\": \"2026-11-22T10:00:00+01:00\"}, {\"unit\": \"flats\", \"available\": 1,"
     " \"as_of\": \"2026-11\"}, {\"unit\": \"families\", \"maximum\": 5, \"as_of\": \"2026\"}]",
     "SELECT concat_ws('|', json_array_length(body::json -> 'capacities'),"
     " (body::jsonb #> '{capacities,0}') - 'id' #- '{unit,id}', facts::json #> '{capacities,0}',"
     " short::json #>> '{x_ostrava,capacities,1,unit}', short::json #>> "
     "'{x_ostrava,free_places,state}',"
     " json_array_length(facts::json -> 'capacities'))" OF_SERVICE,
     "1|{\"unit\": {\"name\": \"beds\"}, \"maximum\": 20, \"updated\": "
     "\"2026-11-22T10:00:00+01:00\", \"available\": 0}|"
     "{\"unit\":\"beds\",\"as_of\":\"2026-11-22T10:00:00+01:00\",\"maximum\":20,\"waiting\":4,"
     "\"available\":0}|flats|some|3"},
    {NAMED
     ", \"capacities\": [{\"unit\": \"families\", \"maximum\": 5, \"as_of\": \"2026-11-20\"}]",
     "SELECT concat_ws('|', body::jsonb ? 'capacities', body::jsonb -> 'x_ostrava' ? 'free_places',"
     " facts::jsonb ? 'free_places', facts::json #>> '{capacities,0,maximum}')" OF_SERVICE,
     "f|f|f|5"},
    {NAMED
     ", \"registered_maximum\": {\"value\": 42, \"unit\": \"users\", \"text\": \"42 uživatelů\"}",
     "SELECT concat_ws('|', body::jsonb ? 'capacities', body::json #>> "
     "'{x_ostrava,registered_maximum,text}',"
     " facts::json ->> 'registered_maximum')" OF_SERVICE,
     "f|42 uživatelů|42"},
    /* whom it is for */
    {NAMED
     ", \"rules\": [{\"code\": \"men-only\", \"text\": \"Jen muži.\", \"kind\": \"exclusion\"},"
     " {\"code\": \"other\", \"text\": \"Po dohodě.\", \"kind\": \"eligibility\"}]",
     "SELECT concat_ws('|', body::json ->> 'eligibility_description', body::json #>> "
     "'{x_ostrava,exclusions}',"
     " facts::json ->> 'rules', short::json #>> '{x_ostrava,rules,0,code}')" OF_SERVICE,
     "Jen muži. Po dohodě.|[\"Jen muži.\"]|[\"men-only\",\"other\"]|men-only"},
    {NAMED ", \"minimum_age\": 18, \"maximum_age\": 26, \"cost\": \"free\", \"languages\": "
           "[\"cs\", \"uk\"]",
     "SELECT concat_ws('|', body::json ->> 'minimum_age', facts::json ->> 'maximum_age',"
     " body::json #>> '{cost_options,0,option}', body::json #>> '{cost_options,0,amount}',"
     " body::json #>> '{languages,1,code}', facts::json ->> 'languages')" OF_SERVICE,
     "18|26|free|0|uk|[\"cs\",\"uk\"]"},
    {NAMED ", \"cost\": \"paid\"",
     "SELECT concat_ws('|', (body::jsonb #> '{cost_options,0}') - 'id', facts::json ->> "
     "'cost')" OF_SERVICE,
     "{\"option\": \"paid\"}|paid"},
    /* where it is for */
    {NAMED ", \"area\": [\"region:moravskoslezsky\", \"district:ostrava/poruba\", "
           "\"locality:ostrava/jilova\"]",
     "SELECT concat_ws('|', body::json #>> '{service_areas,0,name}', body::json #>> "
     "'{service_areas,1,name}',"
     " body::json #>> '{service_areas,2,name}', facts::json ->> 'area')" OF_SERVICE,
     "Moravskoslezský kraj|Poruba|jilova|"
     "[\"region:moravskoslezsky\",\"district:ostrava/poruba\",\"locality:ostrava/jilova\"]"},
    /* terms */
    {NAMED,
     "SELECT string_agg(concat_ws(' ', a ->> 'link_type', a ->> 'value', a #>> "
     "'{taxonomy_term,taxonomy}'),"
     " '|' ORDER BY n) FROM (SELECT body" OF_SERVICE ") d,"
     " json_array_elements(body::json -> 'attributes') WITH ORDINALITY AS e (a, n)",
     "situation debt Životní situace|kind shelter Druhy služeb"},
    {NAMED,
     "SELECT concat_ws('|', facts::json ->> 'kind', facts::json ->> 'situations', facts::json ->> "
     "'terms',"
     " short::json #>> '{x_ostrava,kind}')" OF_SERVICE,
     "shelter|[\"debt\"]|[\"" SAMPLE_TERM "\",\"" SAMPLE_KIND "\"]|shelter"},
    /* where the facts come from */
    {NAMED,
     "SELECT concat_ws('|', body::json #>> '{x_ostrava,source}', body::json #>> "
     "'{x_ostrava,as_of}',"
     " facts::json ->> 'as_of', body::jsonb ? 'assured_date')" OF_SERVICE,
     "{\"url\":\"https://example.org/\"}|2025|2025|f"},
};

START_TEST(test_render_service)
{
    char put[4000];
    (void)snprintf(put, sizeof put, SAMPLE_PUT_SERVICE("%s"), services[_i].more);
    assert_rendered(put, services[_i].question, services[_i].answer);
}
END_TEST

static const struct {
    const char *more; /* of the location's record */
    const char *question;
    const char *answer;
} locations[] = {
    {SAMPLE_ADDRESS, "SELECT (body::jsonb #> '{location,addresses,0}') - 'id'" OF_PLACE,
     "{\"city\": \"Ostrava\", \"region\": \"Poruba\", \"country\": \"CZ\", \"address_1\": "
     "\"" SAMPLE_STREET "\","
     " \"postal_code\": \"700 30\", \"address_type\": \"physical\", \"state_province\": "
     "\"Moravskoslezský kraj\"}"},
    /* HSDS cannot say half an address; x_ostrava says what is known */
    {", \"address\": {\"street\": \"Dlouhá 1\", \"city\": \"Ostrava\"}",
     "SELECT concat_ws('|', body::jsonb -> 'location' ? 'addresses', body::json #>> "
     "'{location,x_ostrava,address}')" OF_PLACE,
     "f|{\"street\":\"Dlouhá 1\",\"city\":\"Ostrava\",\"municipality\":\"ostrava\"}"},
    /* a place in another town: its municipality is not guessed */
    {", \"address\": {\"street\": \"Dlouhá 1\", \"city\": \"Opava\", \"postal_code\": \"746 01\"}",
     "SELECT concat_ws('|', body::jsonb #> '{service_at_locations,0,location}' ? 'addresses',"
     " facts::jsonb #> '{places,0}' ? 'municipality', facts::json #>> "
     "'{places,0,address}')" OF_SERVICE,
     "f|f|true"},
    {", \"locality\": \"jilova\", \"name\": \"Klub\"",
     "SELECT concat_ws('|', facts::json #>> '{places,0,municipality}', facts::json #>> "
     "'{places,0,locality}',"
     " short::json #>> '{x_ostrava,address,0,name}')" OF_SERVICE,
     "ostrava|jilova|Klub"},
    {", \"concealed\": true, \"area\": [\"municipality:ostrava\"]",
     "SELECT body::jsonb #> '{location,x_ostrava}'" OF_PLACE,
     "{\"area\": [\"municipality:ostrava\"], \"concealed\": true}"},
    {SAMPLE_ADDRESS ", \"latitude\": 49.835, \"longitude\": 18.17",
     "SELECT concat_ws('|', body::json #>> '{location,latitude}', short::json #>> "
     "'{location,longitude}')" OF_PLACE,
     "49.835000|18.170000"},
    {SAMPLE_ADDRESS ", \"latitude\": 49.835, \"longitude\": 18.17",
     "SELECT concat_ws('|', facts::json #> '{places,0,latitude}', facts::json #> "
     "'{places,0,longitude}')" OF_SERVICE,
     "49.835000|18.170000"},
    /* its own hours, also where nobody may know where it is */
    {PLACE_HOURS,
     "SELECT concat_ws('|', (body::jsonb #> '{location,schedules,0}') - 'id', body::json #>> "
     "'{location,x_ostrava,closures,0,from}', short::json #>> "
     "'{location,schedules,0,byday}')" OF_PLACE,
     "{\"freq\": \"WEEKLY\", \"byday\": \"FR\", \"opens_at\": \"18:00\", \"closes_at\": "
     "\"08:00\"}|2026-12-24|FR"},
    {PLACE_HOURS ", \"concealed\": true, \"area\": [\"municipality:ostrava\"]",
     "SELECT facts::json #>> '{places,0}'" OF_SERVICE,
     "{\"id\":\"" SAMPLE_PLACE "\",\"municipality\":\"ostrava\",\"concealed\":true,\"schedules\":"
     "[{\"byday\":\"FR\",\"opens_at\":\"18:00\",\"closes_at\":\"08:00\"}],"
     "\"closures\":[{\"from\":\"2026-12-24\"}]}"},
    {PLACE_HOURS ", \"concealed\": true, \"area\": [\"municipality:ostrava\"]",
     "SELECT concat_ws('|', body::json #>> '{location,schedules,0,byday}', body::jsonb #> "
     "'{location,x_ostrava}')" OF_PLACE,
     "FR|{\"area\": [\"municipality:ostrava\"], \"closures\": [{\"from\": \"2026-12-24\"}], "
     "\"concealed\": true}"},
    /* and no address made of its municipality alone */
    {", \"concealed\": true, \"area\": [\"district:ostrava/poruba\"]",
     "SELECT body::jsonb -> 'location' ? 'addresses'" OF_PLACE, "f"},
    {", \"locality\": \"jilova\"", "SELECT body::jsonb -> 'location' ? 'addresses'" OF_PLACE, "f"},
    /* a place of which nothing is known but that it is one */
    {"", "SELECT body::jsonb -> 'location' ? 'x_ostrava'" OF_PLACE, "f"},
    /* for a validator that takes it for a service */
    {SAMPLE_ADDRESS,
     "SELECT concat_ws('|', body::json ->> 'name', body::json ->> 'status', body::json #>> "
     "'{service,name}',"
     " facts::json ->> 'postal_code', facts::json ->> 'name')" OF_PLACE,
     "Poradna|active|Poradna|700 30|Poradna"},
};

START_TEST(test_render_place)
{
    char put[2000];
    (void)snprintf(put, sizeof put, SAMPLE_PUT_LOCATION("%s"), locations[_i].more);
    assert_rendered(put, locations[_i].question, locations[_i].answer);
}
END_TEST

static const struct {
    const char *more; /* of the organisation's record */
    const char *question;
    const char *answer;
} organizations[] = {
    {", \"name\": \"Pomoc\"", "SELECT body::json ->> 'description'" OF_ORGANIZATION, "Pomoc"},
    {", \"name\": \"Pomoc\", \"ico\": \"44940998\"",
     "SELECT (body::jsonb #> '{organization_identifiers,0}') - 'id'" OF_ORGANIZATION,
     "{\"identifier\": \"44940998\", \"identifier_type\": \"IČO\", \"identifier_scheme\": "
     "\"CZ-ICO\"}"},
    {", \"name\": \"Pomoc\", \"description\": \"Popis\", \"website\": \"https://p.cz\", "
     "\"office\": true",
     "SELECT concat_ws('|', body::json ->> 'description', short::json ->> 'website',"
     " body::json #>> '{x_ostrava,office}')" OF_ORGANIZATION,
     "Popis|https://p.cz|true"},
    {", \"name\": \"Pomoc\", \"office\": true", "SELECT facts::json ->> 'office'" OF_SERVICE,
     "true"},
    {", \"name\": \"Pomoc\"",
     "SELECT concat_ws('|', municipality, facts::json ->> 'terms')" OF_ORGANIZATION,
     "ostrava|[\"" SAMPLE_TERM "\",\"" SAMPLE_KIND "\"]"},
};

START_TEST(test_render_organization)
{
    char put[2000];
    (void)snprintf(put, sizeof put, SAMPLE_PUT_ORGANIZATION("%s"), organizations[_i].more);
    assert_rendered(put, organizations[_i].question, organizations[_i].answer);
}
END_TEST

static const struct {
    const char *kind;
    const char *id;
    const char *column;
    const char *document;
} terms[] = {
    {"taxonomy", SAMPLE_TAXONOMY, "body",
     "{\"id\":\"" SAMPLE_TAXONOMY
     "\",\"name\":\"Životní situace\",\"description\":\"V čem člověk je\","
     "\"x_ostrava\":{\"key\":\"situations\"}}"},
    {"taxonomy", SAMPLE_KINDS, "facts", "{\"key\":\"service-kinds\",\"name\":\"Druhy služeb\"}"},
    {"taxonomy_term", SAMPLE_TERM, "body",
     "{\"id\":\"" SAMPLE_TERM
     "\",\"code\":\"debt\",\"name\":\"Dluhy\",\"description\":\"Nezvládám splácet\","
     "\"taxonomy\":\"Životní situace\",\"language\":\"cs\",\"taxonomy_id\":\"" SAMPLE_TAXONOMY
     "\"}"},
    {"taxonomy_term", SAMPLE_KIND, "short",
     "{\"id\":\"" SAMPLE_KIND
     "\",\"code\":\"shelter\",\"name\":\"azylový dům\",\"description\":\"azylový dům\","
     "\"taxonomy\":\"Druhy služeb\",\"language\":\"cs\",\"taxonomy_id\":\"" SAMPLE_KINDS "\","
     "\"x_ostrava\":{\"section\":\"57\"}}"},
    {"taxonomy_term", SAMPLE_TERM, "facts",
     "{\"key\":\"debt\",\"name\":\"Dluhy\",\"taxonomy\":\"situations\"}"},
};

START_TEST(test_render_taxonomy)
{
    char question[256];
    (void)snprintf(question, sizeof question,
                   "SELECT %s FROM published.document WHERE kind = '%s' AND id = '%s'",
                   terms[_i].column, terms[_i].kind, terms[_i].id);
    assert_rendered("SELECT 1", question, terms[_i].document);
}
END_TEST

/* Only a confirmation by the owner makes HSDS's assured_date. */
START_TEST(test_render_confirmation)
{
    assert_rendered(
        "INSERT INTO listing.confirmation VALUES ('" SAMPLE_SERVICE "', '2026-11-01')",
        "SELECT concat_ws('|', body::json ->> 'assured_date', facts::json ->> 'confirmed_on',"
        " short::json #>> '{x_ostrava,confirmed_on}')" OF_SERVICE,
        "2026-11-01|2026-11-01|2026-11-01");
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_render");
    TCase *tests = tcase_create("render");
    tcase_set_timeout(tests, 30);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_loop_test(tests, test_render_service, 0, COUNT_OF(services));
    tcase_add_loop_test(tests, test_render_place, 0, COUNT_OF(locations));
    tcase_add_loop_test(tests, test_render_organization, 0, COUNT_OF(organizations));
    tcase_add_loop_test(tests, test_render_taxonomy, 0, COUNT_OF(terms));
    tcase_add_test(tests, test_render_confirmation);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
