/* SPDX-License-Identifier: EUPL-1.2 */
/* From an import record to the published document that the database would make of it. */
#include <stdlib.h>
#include <string.h>

#include "bench/random.h"
#include "bench/synthetic.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/domain/knowledge.h"

enum { BODY_LEAST = 2000, BODY_SPREAD = 2000, SHORT_BYTES = 1000 };

static void set_new(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        synthetic_fail("no memory", name);
}

static void set_id(json_t *object, const char *name, const char *kind, const char *key)
{
    char text[UUID_TEXT_SIZE];
    struct uuid id = uuid_of_key(kind, str_from(key));
    set_new(object, name, json_string(uuid_to_text(&id, text)));
}

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

/* Copies the member unless it is absent. */
static void pass(json_t *facts, const char *name, json_t *value)
{
    if (value != NULL && json_object_set(facts, name, value) != 0)
        synthetic_fail("no memory", name);
}

/* --- Facts ------------------------------------------------------------------------------------- */

static json_t *rule_codes(const json_t *rules)
{
    json_t *codes = json_array();
    size_t i;
    json_t *rule;
    json_array_foreach((json_t *)(uintptr_t)rules, i, rule)(void)
        json_array_append(codes, json_object_get(rule, "code"));
    return codes;
}

static json_t *place_of(const json_t *location)
{
    static const char *const kept[] = {"locality",  "concealed", "latitude",
                                       "longitude", "schedules", "closures"};
    const json_t *address = json_object_get(location, "address");
    json_t *place = json_object();
    set_id(place, "id", "service_at_location", text_of(location, "key"));
    pass(place, "municipality", json_object_get(address, "municipality"));
    pass(place, "district", json_object_get(address, "district"));
    set_new(place, "address", json_boolean(text_of(address, "street") != NULL));
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        pass(place, kept[i], json_object_get(location, kept[i]));
    return place;
}

static json_t *places_of(const json_t *locations)
{
    json_t *places = json_array();
    size_t i;
    json_t *location;
    json_array_foreach((json_t *)(uintptr_t)locations, i, location)(void)
        json_array_append_new(places, place_of(location));
    return places;
}

/* The taxonomy terms of situations and target groups. */
static void add_terms(json_t *ids, const char *taxonomy, const json_t *keys)
{
    size_t i;
    json_t *key;
    json_array_foreach((json_t *)(uintptr_t)keys, i, key)
    {
        char text[UUID_TEXT_SIZE];
        char name[256];
        (void)snprintf(name, sizeof name, "%s/%s", taxonomy, json_string_value(key));
        struct uuid id = uuid_of_key("term", str_from(name));
        (void)json_array_append_new(ids, json_string(uuid_to_text(&id, text)));
    }
}

/* The kind by its key, where the record gives the section. */
static void set_kind(json_t *facts, const struct knowledge *knowledge, const json_t *service)
{
    int kind = knowledge_kind(knowledge, str_from(text_of(service, "kind")));
    if (kind == KNOWLEDGE_NONE)
        return;
    struct str key = knowledge->kinds[kind].term.key;
    set_new(facts, "kind", json_stringn(key.data, key.length));
}

static void set_contacts(json_t *facts, const json_t *service, const json_t *organization)
{
    size_t phones = json_array_size(json_object_get(service, "phones"));
    size_t more = json_array_size(json_object_get(organization, "phones"));
    size_t emails = json_array_size(json_object_get(service, "emails"));
    emails += text_of(service, "email") != NULL;
    set_new(facts, "phones", json_integer((json_int_t)phones));
    set_new(facts, "organization_phones", json_integer((json_int_t)more));
    set_new(facts, "emails", json_integer((json_int_t)emails));
    set_new(facts, "web", json_boolean(text_of(service, "url") != NULL));
}

static json_t *facts_of(const struct knowledge *knowledge, const json_t *record)
{
    static const char *const kept[] = {"name",          "situations",  "target_groups", "forms",
                                       "minimum_age",   "maximum_age", "area",          "languages",
                                       "accessibility", "cost",        "free_places",   "schedules",
                                       "closures",      "capacities"};
    const json_t *service = json_object_get(record, "service");
    const json_t *organization = json_object_get(record, "organization");
    json_t *facts = json_object();
    json_t *terms = json_array();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        pass(facts, kept[i], json_object_get(service, kept[i]));
    set_id(facts, "organization", "organization", text_of(organization, "key"));
    pass(facts, "organization_name", json_object_get(organization, "name"));
    pass(facts, "office", json_object_get(organization, "office"));
    pass(facts, "file_municipality", json_object_get(record, "municipality"));
    pass(facts, "as_of", json_object_get(json_object_get(service, "source"), "as_of"));
    pass(facts, "registered_maximum",
         json_object_get(json_object_get(service, "registered_maximum"), "value"));
    set_new(facts, "rules", rule_codes(json_object_get(service, "rules")));
    set_new(facts, "places", places_of(json_object_get(record, "locations")));
    set_new(facts, "modified", json_string("2026-11-01T00:00:00Z"));
    add_terms(terms, "situations", json_object_get(service, "situations"));
    add_terms(terms, "target-groups", json_object_get(service, "target_groups"));
    set_new(facts, "terms", terms);
    const char *status = text_of(service, "status");
    set_new(facts, "status", json_string(status == NULL ? "active" : status));
    set_kind(facts, knowledge, service);
    set_contacts(facts, service, organization);
    return facts;
}

/* --- Documents --------------------------------------------------------------------------------- */

/* The record's JSON, made longer by an invented text until it has about `bytes`. */
static char *document_text(const json_t *record, size_t bytes)
{
    static const char filling[] = "Pomáháme lidem v obtížné situaci a doprovodíme je dál. ";
    char *text = json_dumps(record, JSON_COMPACT);
    if (text == NULL)
        synthetic_fail("no memory", "a document");
    size_t length = strlen(text);
    if (length >= bytes)
        return text;
    char *longer = malloc(bytes + 64);
    if (longer == NULL)
        synthetic_fail("no memory", "a document");
    size_t used = (size_t)snprintf(longer, bytes, "%.*s,\"more\":\"", (int)length - 1, text);
    while (used + sizeof filling < bytes)
        used += (size_t)snprintf(longer + used, sizeof filling, "%s", filling);
    (void)snprintf(longer + used, 3, "\"}");
    free(text);
    return longer;
}

void synthetic_apply(const struct synthetic *synthetic, const struct knowledge *knowledge, size_t n,
                     enum synthetic_size size, struct catalogue *catalogue)
{
    struct random random = {n};
    struct error err = {0};
    json_t *record = synthetic_record(synthetic, n);
    json_t *service = json_object_get(record, "service");
    json_t *facts = facts_of(knowledge, record);
    char *facts_text = json_dumps(facts, JSON_COMPACT);
    bool real = size == SYNTHETIC_REAL_BODIES;
    char *body =
        real ? document_text(record, BODY_LEAST + random_below(&random, BODY_SPREAD)) : NULL;
    char *list_item = real ? document_text(facts, SHORT_BYTES) : NULL;
    struct document_row row = {
        .seq = (int64_t)n + 1,
        .kind = DOCUMENT_SERVICE,
        .id = uuid_of_key("service", str_from(text_of(service, "key"))),
        .municipality = str_from(text_of(record, "municipality")),
        .facts = str_from(facts_text),
        .body = str_from(real ? body : "{}"),
        .short_form = str_from(real ? list_item : "{}"),
    };
    if (facts_text == NULL || !catalogue_apply(catalogue, &row, &err))
        synthetic_fail("not taken by the catalogue", err.problems[0].code);
    free(list_item);
    free(body);
    free(facts_text);
    json_decref(facts);
    json_decref(record);
}
