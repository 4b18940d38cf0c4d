/* SPDX-License-Identifier: EUPL-1.2 */
#include "facts_internal.h"

#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/fold.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/domain/knowledge.h"

enum { AGE_MAXIMUM = 150, COUNT_MAXIMUM = 1000000 };

/* A view into the JSON value; absent when it is no string. */
static struct str view_of(const json_t *value)
{
    if (!json_is_string(value))
        return (struct str){NULL, 0};
    return (struct str){json_string_value(value), json_string_length(value)};
}

static struct str member(const json_t *object, const char *name)
{
    return view_of(json_object_get(object, name));
}

static struct str pack_member(struct packer *packer, const json_t *object, const char *name)
{
    return packer_copy(packer, member(object, name));
}

/* An integer between 0 and `maximum`, else `missing`. */
static int member_int(const json_t *object, const char *name, int maximum, int missing)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_integer(value))
        return missing;
    json_int_t number = json_integer_value(value);
    return number < 0 || number > maximum ? missing : (int)number;
}

static bool member_true(const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name));
}

/* The id, or zeros. */
static struct uuid member_uuid(const json_t *object, const char *name)
{
    struct uuid id = {{0}};
    if (!uuid_from_text(member(object, name), &id))
        return (struct uuid){{0}};
    return id;
}

/* The strings of an array; what is no string is left out. */
static const struct str *pack_strings(struct packer *packer, const json_t *object, const char *name,
                                      size_t *count)
{
    const json_t *array = json_object_get(object, name);
    size_t size = json_array_size(array);
    *count = 0;
    if (size == 0)
        return NULL;
    struct str *items = packer_array(packer, size, sizeof *items);
    for (size_t i = 0; i < size; i++) {
        struct str text = view_of(json_array_get(array, i));
        if (!str_present(text))
            continue;
        struct str copy = packer_copy(packer, text);
        if (items != NULL)
            items[*count] = copy;
        (*count)++;
    }
    return items;
}

static const struct area_code *pack_area(struct packer *packer, const json_t *facts, size_t *count)
{
    _Static_assert(sizeof(struct area_code) == sizeof(struct str), "an area code is its text");
    return (const void *)pack_strings(packer, facts, "area", count);
}

static int compare_ids(const void *left, const void *right)
{
    return uuid_compare_ids(left, right);
}

/* The ids of an array, sorted; what is no id is left out. */
static const struct uuid *pack_ids(struct packer *packer, const json_t *array, size_t *count)
{
    size_t size = json_array_size(array);
    *count = 0;
    struct uuid *ids = packer_array(packer, size, sizeof *ids);
    if (ids == NULL)
        return NULL;
    for (size_t i = 0; i < size; i++) {
        if (uuid_from_text(view_of(json_array_get(array, i)), &ids[*count]))
            (*count)++;
    }
    if (*count > 1)
        qsort(ids, *count, sizeof *ids, compare_ids);
    return ids;
}

static const struct service_place *pack_places(struct packer *packer, const json_t *facts,
                                               size_t *count)
{
    const json_t *array = json_object_get(facts, "places");
    size_t size = json_array_size(array);
    *count = 0;
    if (size == 0)
        return NULL;
    struct service_place *places = packer_array(packer, size, sizeof *places);
    for (size_t i = 0; i < size; i++) {
        const json_t *item = json_array_get(array, i);
        if (!json_is_object(item))
            continue;
        struct service_place place = {
            .service_at_location = member_uuid(item, "id"),
            .municipality = pack_member(packer, item, "municipality"),
            .district = pack_member(packer, item, "district"),
            .locality = pack_member(packer, item, "locality"),
            .has_address = member_true(item, "address"),
            .concealed = member_true(item, "concealed"),
        };
        if (places != NULL)
            places[*count] = place;
        (*count)++;
    }
    return places;
}

/* The bits of the keys in an array of strings; a key nobody knows has none. */
static unsigned bits_of(const json_t *array, unsigned (*bit_of)(struct str key))
{
    unsigned bits = 0;
    for (size_t i = 0; i < json_array_size(array); i++)
        bits |= bit_of(view_of(json_array_get(array, i)));
    return bits;
}

static enum cost cost_of(struct str key)
{
    if (str_equal_z(key, "free"))
        return COST_FREE;
    return str_equal_z(key, "paid") ? COST_PAID : COST_UNKNOWN;
}

static enum free_places free_places_of(struct str key)
{
    if (str_equal_z(key, "some"))
        return FREE_SOME;
    return str_equal_z(key, "none") ? FREE_NONE : FREE_UNKNOWN;
}

/* A status that is missing or new counts as active: the document is published. */
static enum service_status status_of(struct str key)
{
    enum service_status status = STATUS_ACTIVE;
    return service_status_from_key(key, &status) ? status : STATUS_ACTIVE;
}

static void pack_conditions(struct packer *packer, const json_t *facts,
                            struct service_facts *service)
{
    const json_t *free_places = json_object_get(facts, "free_places");
    service->situations = pack_strings(packer, facts, "situations", &service->situation_count);
    service->target_groups =
        pack_strings(packer, facts, "target_groups", &service->target_group_count);
    service->forms = bits_of(json_object_get(facts, "forms"), service_form_from_key);
    service->minimum_age = member_int(facts, "minimum_age", AGE_MAXIMUM, -1);
    service->maximum_age = member_int(facts, "maximum_age", AGE_MAXIMUM, -1);
    service->rules = bits_of(json_object_get(facts, "rules"), service_rule_from_key);
    service->languages = pack_strings(packer, facts, "languages", &service->language_count);
    service->accessibility =
        pack_strings(packer, facts, "accessibility", &service->accessibility_count);
    service->cost = cost_of(member(facts, "cost"));
    service->registered_maximum = member_int(facts, "registered_maximum", COUNT_MAXIMUM, -1);
    service->free_places = free_places_of(member(free_places, "state"));
    service->free_count = member_int(free_places, "available", COUNT_MAXIMUM, -1);
    service->free_as_of = pack_member(packer, free_places, "as_of");
}

static void pack_service(struct packer *packer, const json_t *facts, struct entry *entry)
{
    struct service_facts service = {
        .name = pack_member(packer, facts, "name"),
        .alternate_name = pack_member(packer, facts, "alternate_name"),
        .status = status_of(member(facts, "status")),
        .organization = member_uuid(facts, "organization"),
        .organization_name = pack_member(packer, facts, "organization_name"),
        .office = member_true(facts, "office"),
        .kind = pack_member(packer, facts, "kind"),
        .file_municipality = pack_member(packer, facts, "file_municipality"),
        .phones = member_int(facts, "phones", COUNT_MAXIMUM, 0),
        .organization_phones = member_int(facts, "organization_phones", COUNT_MAXIMUM, 0),
        .emails = member_int(facts, "emails", COUNT_MAXIMUM, 0),
        .web = member_true(facts, "web"),
        .as_of = pack_member(packer, facts, "as_of"),
        .confirmed_on = pack_member(packer, facts, "confirmed_on"),
        .modified = pack_member(packer, facts, "modified"),
        .terms = entry->terms,
        .term_count = entry->term_count,
    };
    service.aliases = pack_strings(packer, facts, "aliases", &service.alias_count);
    service.area = pack_area(packer, facts, &service.area_count);
    service.places = pack_places(packer, facts, &service.place_count);
    pack_conditions(packer, facts, &service);
    struct service_facts *room = packer_array(packer, 1, sizeof *room);
    if (room != NULL)
        *room = service;
    entry->facts.service = room;
}

static void pack_organization(struct packer *packer, const json_t *facts, struct entry *entry)
{
    struct organization_facts organization = {
        .name = pack_member(packer, facts, "name"),
        .alternate_name = pack_member(packer, facts, "alternate_name"),
    };
    struct organization_facts *room = packer_array(packer, 1, sizeof *room);
    if (room != NULL)
        *room = organization;
    entry->facts.organization = room;
}

static void pack_place(struct packer *packer, const json_t *facts, struct entry *entry)
{
    struct place_facts place = {
        .name = pack_member(packer, facts, "name"),
        .service = member_uuid(facts, "service"),
        .location = member_uuid(facts, "location"),
        .organization = member_uuid(facts, "organization"),
        .postal_code = pack_member(packer, facts, "postal_code"),
    };
    struct place_facts *room = packer_array(packer, 1, sizeof *room);
    if (room != NULL)
        *room = place;
    entry->facts.place = room;
}

static void pack_taxonomy(struct packer *packer, const json_t *facts, struct entry *entry)
{
    struct taxonomy_facts taxonomy = {
        .key = pack_member(packer, facts, "key"),
        .name = pack_member(packer, facts, "name"),
    };
    struct taxonomy_facts *room = packer_array(packer, 1, sizeof *room);
    if (room != NULL)
        *room = taxonomy;
    entry->facts.taxonomy = room;
}

static void pack_term(struct packer *packer, const json_t *facts, struct entry *entry)
{
    struct taxonomy_term_facts term = {
        .key = pack_member(packer, facts, "key"),
        .name = pack_member(packer, facts, "name"),
        .taxonomy = pack_member(packer, facts, "taxonomy"),
    };
    term.has_parent = uuid_from_text(member(facts, "parent"), &term.parent);
    struct taxonomy_term_facts *room = packer_array(packer, 1, sizeof *room);
    if (room != NULL)
        *room = term;
    entry->facts.term = room;
}

/* Appends the folded text as a line; folding never lengthens, so the room is there. */
static size_t put_line(char *room, size_t used, struct str text)
{
    if (!str_present(text))
        return used;
    if (used > 0)
        room[used++] = '\n';
    return used + fold_name_into(text, room + used);
}

/*
 * The folded names, one a line, the name first. Measured by the unfolded lengths: it may become
 * shorter.
 */
static void pack_search_text(struct packer *packer, const json_t *facts, struct entry *entry)
{
    static const char *const names[] = {"alternate_name", "organization_name"};
    const json_t *aliases = json_object_get(facts, "aliases");
    struct str name = member(facts, "name");
    size_t room_size = name.length;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        room_size += member(facts, names[i]).length + 1;
    for (size_t i = 0; i < json_array_size(aliases); i++)
        room_size += view_of(json_array_get(aliases, i)).length + 1;
    char *room = packer_text(packer, room_size);
    if (room == NULL)
        return;
    size_t used = put_line(room, 0, name);
    entry->sort_key = (struct str){room, used};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        used = put_line(room, used, member(facts, names[i]));
    for (size_t i = 0; i < json_array_size(aliases); i++)
        used = put_line(room, used, view_of(json_array_get(aliases, i)));
    entry->search_text = (struct str){room, used};
}

void facts_pack(struct packer *packer, const json_t *facts, struct entry *entry)
{
    static void (*const pack_of_kind[DOCUMENT_KIND_COUNT])(struct packer *, const json_t *,
                                                           struct entry *) = {
        [DOCUMENT_ORGANIZATION] = pack_organization, [DOCUMENT_SERVICE] = pack_service,
        [DOCUMENT_SERVICE_AT_LOCATION] = pack_place, [DOCUMENT_TAXONOMY] = pack_taxonomy,
        [DOCUMENT_TAXONOMY_TERM] = pack_term,
    };
    entry->terms = pack_ids(packer, json_object_get(facts, "terms"), &entry->term_count);
    if (!moment_from_text(member(facts, "modified"), &entry->modified_ms))
        entry->modified_ms = -1;
    if (pack_of_kind[entry->kind] != NULL)
        pack_of_kind[entry->kind](packer, facts, entry);
    pack_search_text(packer, facts, entry);
}
