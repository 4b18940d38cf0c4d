/* SPDX-License-Identifier: EUPL-1.2 */
#include "facts_internal.h"

#include <stdlib.h>
#include <string.h>

#include "facts_event_internal.h"
#include "facts_hours_internal.h"
#include "facts_value_internal.h"
#include "sociopoint/base/fold.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/domain/knowledge.h"

enum { AGE_MAXIMUM = 150, COUNT_MAXIMUM = FACTS_COUNT_MAXIMUM };

/* The facts of any kind while they are read; the members of a service serve the other kinds too. */
struct draft {
    struct packer *packer;
    struct service_facts service;
    struct uuid service_id;
    struct uuid location;
    struct str postal_code;
    struct str key;
    struct str taxonomy;
    bool has_parent;
    struct uuid parent;
    int64_t modified_ms;
    struct hours_draft *hours; /* of the service; it is large, see facts_hours_start */
    size_t next_member;        /* of the table below, where the search goes on */
};

static int compare_ids(const void *left, const void *right)
{
    return uuid_compare_ids(left, right);
}

/* The ids of an array, sorted; what is no id is left out. */
static const struct uuid *take_ids(struct packer *packer, struct json_reader *reader, size_t *count)
{
    size_t size = json_reader_count(reader);
    struct uuid *ids = size == 0 ? NULL : packer_array(packer, size, sizeof *ids);
    *count = 0;
    if (ids == NULL) {
        json_reader_skip(reader);
        return NULL;
    }
    if (json_reader_enter(reader, '[')) {
        while (json_reader_item(reader))
            *count += facts_take_id(reader, &ids[*count]) ? 1 : 0;
    }
    if (*count > 1)
        qsort(ids, *count, sizeof *ids, compare_ids);
    return ids;
}

/* The bits of the keys in an array of strings; a key nobody knows has none. */
static unsigned take_bits(struct json_reader *reader, unsigned (*bit_of)(struct str key))
{
    unsigned bits = 0;
    if (json_reader_enter(reader, '[')) {
        while (json_reader_item(reader))
            bits |= bit_of(facts_take_code(reader));
    }
    return bits;
}

/* What a place says of its coordinates while it is read. */
struct position_draft {
    bool latitude;
    bool longitude;
};

/* The members that say where the place is; false for any other, which is then not taken. */
static bool read_position(struct service_place *place, struct position_draft *position,
                          struct str key, struct packer *packer, struct json_reader *reader)
{
    if (str_equal_z(key, "municipality"))
        place->municipality = facts_take_text(packer, reader);
    else if (str_equal_z(key, "district"))
        place->district = facts_take_text(packer, reader);
    else if (str_equal_z(key, "locality"))
        place->locality = facts_take_text(packer, reader);
    else if (str_equal_z(key, "latitude"))
        position->latitude = facts_take_degrees(reader, 90, &place->latitude_micro);
    else if (str_equal_z(key, "longitude"))
        position->longitude = facts_take_degrees(reader, 180, &place->longitude_micro);
    else
        return false;
    return true;
}

static void read_place_member(struct draft *draft, struct service_place *place,
                              struct hours_draft *hours, struct str key, struct json_reader *reader)
{
    if (str_equal_z(key, "id"))
        (void)facts_take_id(reader, &place->service_at_location); /* else zeros */
    else if (str_equal_z(key, "address"))
        place->has_address = json_reader_true(reader);
    else if (str_equal_z(key, "concealed"))
        place->concealed = json_reader_true(reader);
    else if (str_equal_z(key, "schedules"))
        facts_take_schedules(hours, reader);
    else if (str_equal_z(key, "closures"))
        facts_take_closures(hours, draft->packer, reader);
    else
        json_reader_skip(reader);
}

static struct service_place take_place(struct draft *draft, struct json_reader *reader)
{
    struct service_place place = {.has_address = false};
    struct position_draft position = {false, false};
    struct hours_draft hours;
    struct str key;
    facts_hours_start(&hours);
    while (json_reader_member(reader, &key)) {
        if (!read_position(&place, &position, key, draft->packer, reader))
            read_place_member(draft, &place, &hours, key, reader);
    }
    place.has_coordinates = position.latitude && position.longitude && !place.concealed;
    if (!place.has_coordinates) {
        place.latitude_micro = 0;
        place.longitude_micro = 0;
    }
    place.hours = facts_pack_hours(draft->packer, &hours);
    draft->service.unread_schedules += hours.unread;
    return place;
}

static void read_places(struct draft *draft, struct json_reader *reader)
{
    size_t size = json_reader_count(reader);
    struct service_place *places =
        size == 0 ? NULL : packer_array(draft->packer, size, sizeof *places);
    size_t count = 0;
    if (!json_reader_enter(reader, '['))
        return;
    while (json_reader_item(reader)) {
        if (!json_reader_enter(reader, '{'))
            continue;
        struct service_place place = take_place(draft, reader);
        if (places != NULL)
            places[count] = place;
        count++;
    }
    draft->service.places = places;
    draft->service.place_count = count;
}

static enum free_places free_places_of(struct str key)
{
    if (str_equal_z(key, "some"))
        return FREE_SOME;
    return str_equal_z(key, "none") ? FREE_NONE : FREE_UNKNOWN;
}

static void read_free_places(struct draft *draft, struct json_reader *reader)
{
    struct str key;
    if (!json_reader_enter(reader, '{'))
        return;
    while (json_reader_member(reader, &key)) {
        if (str_equal_z(key, "state"))
            draft->service.free_places = free_places_of(facts_take_code(reader));
        else if (str_equal_z(key, "available"))
            draft->service.free_count = facts_take_int(reader, COUNT_MAXIMUM, -1);
        else if (str_equal_z(key, "as_of"))
            draft->service.free_as_of = facts_take_text(draft->packer, reader);
        else
            json_reader_skip(reader);
    }
}

static void read_name(struct draft *draft, struct json_reader *reader)
{
    draft->service.name = facts_take_text(draft->packer, reader);
}

static void read_alternate_name(struct draft *draft, struct json_reader *reader)
{
    draft->service.alternate_name = facts_take_text(draft->packer, reader);
}

static void read_aliases(struct draft *draft, struct json_reader *reader)
{
    draft->service.aliases = facts_take_texts(draft->packer, reader, &draft->service.alias_count);
}

/* A status that is missing or new counts as active: the document is published. */
static void read_status(struct draft *draft, struct json_reader *reader)
{
    if (!service_status_from_key(facts_take_code(reader), &draft->service.status))
        draft->service.status = STATUS_ACTIVE;
}

static void read_organization(struct draft *draft, struct json_reader *reader)
{
    (void)facts_take_id(reader, &draft->service.organization); /* else zeros */
}

static void read_organization_name(struct draft *draft, struct json_reader *reader)
{
    draft->service.organization_name = facts_take_text(draft->packer, reader);
}

static void read_office(struct draft *draft, struct json_reader *reader)
{
    draft->service.office = json_reader_true(reader);
}

static void read_kind(struct draft *draft, struct json_reader *reader)
{
    draft->service.kind = facts_take_text(draft->packer, reader);
}

static void read_situations(struct draft *draft, struct json_reader *reader)
{
    draft->service.situations =
        facts_take_texts(draft->packer, reader, &draft->service.situation_count);
}

static void read_target_groups(struct draft *draft, struct json_reader *reader)
{
    draft->service.target_groups =
        facts_take_texts(draft->packer, reader, &draft->service.target_group_count);
}

static void read_forms(struct draft *draft, struct json_reader *reader)
{
    draft->service.forms = take_bits(reader, service_form_from_key);
}

static void read_minimum_age(struct draft *draft, struct json_reader *reader)
{
    draft->service.minimum_age = facts_take_int(reader, AGE_MAXIMUM, -1);
}

static void read_maximum_age(struct draft *draft, struct json_reader *reader)
{
    draft->service.maximum_age = facts_take_int(reader, AGE_MAXIMUM, -1);
}

static void read_rules(struct draft *draft, struct json_reader *reader)
{
    draft->service.rules = take_bits(reader, service_rule_from_key);
}

static void read_area(struct draft *draft, struct json_reader *reader)
{
    _Static_assert(sizeof(struct area_code) == sizeof(struct str), "an area code is its text");
    draft->service.area =
        (const void *)facts_take_texts(draft->packer, reader, &draft->service.area_count);
}

static void read_file_municipality(struct draft *draft, struct json_reader *reader)
{
    draft->service.file_municipality = facts_take_text(draft->packer, reader);
}

static void read_phones(struct draft *draft, struct json_reader *reader)
{
    draft->service.phones = facts_take_int(reader, COUNT_MAXIMUM, 0);
}

static void read_organization_phones(struct draft *draft, struct json_reader *reader)
{
    draft->service.organization_phones = facts_take_int(reader, COUNT_MAXIMUM, 0);
}

static void read_emails(struct draft *draft, struct json_reader *reader)
{
    draft->service.emails = facts_take_int(reader, COUNT_MAXIMUM, 0);
}

static void read_web(struct draft *draft, struct json_reader *reader)
{
    draft->service.web = json_reader_true(reader);
}

static void read_languages(struct draft *draft, struct json_reader *reader)
{
    draft->service.languages =
        facts_take_texts(draft->packer, reader, &draft->service.language_count);
}

static void read_accessibility(struct draft *draft, struct json_reader *reader)
{
    draft->service.accessibility =
        facts_take_texts(draft->packer, reader, &draft->service.accessibility_count);
}

static void read_cost(struct draft *draft, struct json_reader *reader)
{
    struct str key = facts_take_code(reader);
    draft->service.cost = str_equal_z(key, "free")   ? COST_FREE
                          : str_equal_z(key, "paid") ? COST_PAID
                                                     : COST_UNKNOWN;
}

static void read_registered_maximum(struct draft *draft, struct json_reader *reader)
{
    draft->service.registered_maximum = facts_take_int(reader, COUNT_MAXIMUM, -1);
}

static void read_capacities(struct draft *draft, struct json_reader *reader)
{
    facts_take_capacities(draft->packer, reader, &draft->service);
}

static void read_schedules(struct draft *draft, struct json_reader *reader)
{
    facts_take_schedules(draft->hours, reader);
}

static void read_closures(struct draft *draft, struct json_reader *reader)
{
    facts_take_closures(draft->hours, draft->packer, reader);
}

static void read_as_of(struct draft *draft, struct json_reader *reader)
{
    draft->service.as_of = facts_take_text(draft->packer, reader);
}

static void read_confirmed_on(struct draft *draft, struct json_reader *reader)
{
    draft->service.confirmed_on = facts_take_text(draft->packer, reader);
}

static void read_modified(struct draft *draft, struct json_reader *reader)
{
    struct json_reader ahead = *reader;
    if (!moment_from_text(facts_take_code(&ahead), &draft->modified_ms))
        draft->modified_ms = -1;
    draft->service.modified = facts_take_text(draft->packer, reader);
}

static void read_terms(struct draft *draft, struct json_reader *reader)
{
    draft->service.terms = take_ids(draft->packer, reader, &draft->service.term_count);
}

static void read_service(struct draft *draft, struct json_reader *reader)
{
    (void)facts_take_id(reader, &draft->service_id); /* else zeros */
}

static void read_location(struct draft *draft, struct json_reader *reader)
{
    (void)facts_take_id(reader, &draft->location); /* else zeros */
}

static void read_postal_code(struct draft *draft, struct json_reader *reader)
{
    draft->postal_code = facts_take_text(draft->packer, reader);
}

static void read_key(struct draft *draft, struct json_reader *reader)
{
    draft->key = facts_take_text(draft->packer, reader);
}

static void read_taxonomy(struct draft *draft, struct json_reader *reader)
{
    draft->taxonomy = facts_take_text(draft->packer, reader);
}

static void read_parent(struct draft *draft, struct json_reader *reader)
{
    draft->has_parent = facts_take_id(reader, &draft->parent);
}

/* Every member of the facts of any kind, in the order of jsonb: by length, then by bytes. */
static const struct {
    struct str name;
    void (*read)(struct draft *draft, struct json_reader *reader);
} members[] = {
    {STR_CONSTANT("key"), read_key},
    {STR_CONSTANT("web"), read_web},
    {STR_CONSTANT("area"), read_area},
    {STR_CONSTANT("cost"), read_cost},
    {STR_CONSTANT("kind"), read_kind},
    {STR_CONSTANT("name"), read_name},
    {STR_CONSTANT("as_of"), read_as_of},
    {STR_CONSTANT("forms"), read_forms},
    {STR_CONSTANT("rules"), read_rules},
    {STR_CONSTANT("terms"), read_terms},
    {STR_CONSTANT("emails"), read_emails},
    {STR_CONSTANT("office"), read_office},
    {STR_CONSTANT("parent"), read_parent},
    {STR_CONSTANT("phones"), read_phones},
    {STR_CONSTANT("places"), read_places},
    {STR_CONSTANT("status"), read_status},
    {STR_CONSTANT("aliases"), read_aliases},
    {STR_CONSTANT("service"), read_service},
    {STR_CONSTANT("closures"), read_closures},
    {STR_CONSTANT("location"), read_location},
    {STR_CONSTANT("modified"), read_modified},
    {STR_CONSTANT("taxonomy"), read_taxonomy},
    {STR_CONSTANT("languages"), read_languages},
    {STR_CONSTANT("schedules"), read_schedules},
    {STR_CONSTANT("capacities"), read_capacities},
    {STR_CONSTANT("situations"), read_situations},
    {STR_CONSTANT("free_places"), read_free_places},
    {STR_CONSTANT("maximum_age"), read_maximum_age},
    {STR_CONSTANT("minimum_age"), read_minimum_age},
    {STR_CONSTANT("postal_code"), read_postal_code},
    {STR_CONSTANT("confirmed_on"), read_confirmed_on},
    {STR_CONSTANT("organization"), read_organization},
    {STR_CONSTANT("accessibility"), read_accessibility},
    {STR_CONSTANT("target_groups"), read_target_groups},
    {STR_CONSTANT("alternate_name"), read_alternate_name},
    {STR_CONSTANT("file_municipality"), read_file_municipality},
    {STR_CONSTANT("organization_name"), read_organization_name},
    {STR_CONSTANT("registered_maximum"), read_registered_maximum},
    {STR_CONSTANT("organization_phones"), read_organization_phones},
};

enum { MEMBER_COUNT = sizeof members / sizeof members[0] };

/* The search starts behind the last member found: that is where the next one of a jsonb is. */
static void read_member(struct draft *draft, struct str key, struct json_reader *reader)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        size_t member = (draft->next_member + i) % MEMBER_COUNT;
        if (str_equal(key, members[member].name)) {
            draft->next_member = member + 1;
            members[member].read(draft, reader);
            return;
        }
    }
    json_reader_skip(reader);
}

/* Room for a struct, filled unless only measuring. */
static const void *pack_struct(struct packer *packer, const void *value, size_t size)
{
    void *room = packer_array(packer, 1, size);
    if (room != NULL)
        memcpy(room, value, size);
    return room;
}

static void pack_kind(struct packer *packer, const struct draft *draft, struct entry *entry)
{
    const struct service_facts *service = &draft->service;
    const struct organization_facts organization = {service->name, service->alternate_name};
    const struct place_facts place = {service->name, draft->service_id, draft->location,
                                      service->organization, draft->postal_code};
    const struct taxonomy_facts taxonomy = {draft->key, service->name};
    const struct taxonomy_term_facts term = {draft->key, service->name, draft->taxonomy,
                                             draft->has_parent, draft->parent};
    switch (entry->kind) {
    case DOCUMENT_SERVICE:
        entry->facts.service = pack_struct(packer, service, sizeof *service);
        return;
    case DOCUMENT_ORGANIZATION:
        entry->facts.organization = pack_struct(packer, &organization, sizeof organization);
        return;
    case DOCUMENT_SERVICE_AT_LOCATION:
        entry->facts.place = pack_struct(packer, &place, sizeof place);
        return;
    case DOCUMENT_TAXONOMY:
        entry->facts.taxonomy = pack_struct(packer, &taxonomy, sizeof taxonomy);
        return;
    case DOCUMENT_TAXONOMY_TERM:
        entry->facts.term = pack_struct(packer, &term, sizeof term);
        return;
    case DOCUMENT_LOCATION:
    case DOCUMENT_EVENT: /* has its own: pack_event */
    case DOCUMENT_KIND_COUNT:
        return;
    }
}

/* Appends the folded text as a line; folding never lengthens, so the room is there. */
static size_t put_line(char *room, size_t used, struct str text)
{
    if (text.length == 0)
        return used;
    if (used > 0)
        room[used++] = '\n';
    return used + fold_name_into(text, room + used);
}

/*
 * The folded names, one a line, the name first. Measured by the unfolded lengths: it may become
 * shorter. While measuring, the aliases are not there to be counted; `alias_bytes` bounds them.
 */
static void pack_search_text(struct packer *packer, const struct service_facts *names,
                             size_t alias_bytes, struct entry *entry)
{
    char *room = packer_text(packer, names->name.length + names->alternate_name.length +
                                         names->organization_name.length + alias_bytes + 2);
    if (room == NULL)
        return;
    size_t used = put_line(room, 0, names->name);
    entry->sort_key = (struct str){room, used};
    used = put_line(room, used, names->alternate_name);
    used = put_line(room, used, names->organization_name);
    for (size_t i = 0; i < names->alias_count; i++)
        used = put_line(room, used, names->aliases[i]);
    entry->search_text = (struct str){room, used};
}

static bool pack_event(struct packer *packer, struct str facts, struct entry *entry)
{
    struct event_facts event;
    if (!facts_event_pack(packer, facts, &event, &entry->modified_ms))
        return false;
    const struct service_facts names = {.name = event.name,
                                        .organization_name = event.organization_name};
    entry->facts.event = pack_struct(packer, &event, sizeof event);
    pack_search_text(packer, &names, 0, entry);
    return true;
}

bool facts_pack(struct packer *packer, struct str facts, struct entry *entry)
{
    if (entry->kind == DOCUMENT_EVENT)
        return pack_event(packer, facts, entry);
    struct json_reader reader = json_reader_of(facts);
    struct hours_draft hours;
    struct draft draft = {
        .packer = packer,
        .service = {.minimum_age = -1,
                    .maximum_age = -1,
                    .registered_maximum = -1,
                    .free_count = -1},
        .modified_ms = -1,
        .hours = &hours,
    };
    size_t alias_bytes = 0;
    struct str key;
    facts_hours_start(&hours);
    if (!json_reader_enter(&reader, '{'))
        return false;
    while (json_reader_member(&reader, &key)) {
        const char *start = reader.at;
        read_member(&draft, key, &reader);
        if (str_equal_z(key, "aliases"))
            alias_bytes = (size_t)(reader.at - start); /* brackets, quotes and commas included */
    }
    if (!json_reader_ended(&reader))
        return false;
    draft.service.hours = facts_pack_hours(packer, &hours);
    draft.service.unread_schedules += hours.unread;
    facts_settle_free_places(&draft.service);
    entry->modified_ms = draft.modified_ms;
    entry->terms = draft.service.terms;
    entry->term_count = draft.service.term_count;
    pack_kind(packer, &draft, entry);
    pack_search_text(packer, &draft.service, alias_bytes, entry);
    return true;
}
