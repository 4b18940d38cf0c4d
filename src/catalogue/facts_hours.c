/* SPDX-License-Identifier: EUPL-1.2 */
#include "facts_hours_internal.h"

#include <string.h>

#include "sociopoint/base/error.h"

void facts_hours_start(struct hours_draft *draft)
{
    draft->opening.rule_count = 0;
    draft->opening.closure_count = 0;
    draft->unread = 0;
}

/* An integer; 0, which is "not said", for anything else. */
static int64_t take_number(struct json_reader *reader)
{
    int64_t number;
    return json_reader_integer(reader, &number) ? number : 0;
}

static void read_schedule_member(struct opening_schedule *schedule, struct str key,
                                 struct json_reader *reader)
{
    struct str *text = opening_schedule_text(schedule, key);
    if (text != NULL)
        *text = facts_take_code(reader);
    else if (str_equal_z(key, "interval"))
        schedule->interval = take_number(reader);
    else if (str_equal_z(key, "count"))
        schedule->count = take_number(reader);
    else if (str_equal_z(key, "by_appointment"))
        schedule->by_appointment = json_reader_true(reader);
    else if (str_equal_z(key, "replaces"))
        schedule->replaces = json_reader_true(reader);
    else
        json_reader_skip(reader);
}

void facts_take_schedules(struct hours_draft *draft, struct json_reader *reader)
{
    if (!json_reader_enter(reader, '['))
        return;
    while (json_reader_item(reader)) {
        struct opening_schedule schedule = {.interval = 0};
        struct error err;
        struct str key;
        bool is_object = json_reader_enter(reader, '{');
        while (is_object && json_reader_member(reader, &key))
            read_schedule_member(&schedule, key, reader);
        if (!is_object || !opening_draft_schedule(&draft->opening, &schedule, &err))
            draft->unread++;
    }
}

void facts_take_closures(struct hours_draft *draft, struct packer *packer,
                         struct json_reader *reader)
{
    if (!json_reader_enter(reader, '['))
        return;
    while (json_reader_item(reader)) {
        struct opening_closed_dates closed = {.text = {NULL, 0}};
        struct error err;
        struct str key;
        bool is_object = json_reader_enter(reader, '{');
        while (is_object && json_reader_member(reader, &key)) {
            if (str_equal_z(key, "from"))
                closed.valid_from = facts_take_code(reader);
            else if (str_equal_z(key, "to"))
                closed.valid_to = facts_take_code(reader);
            else if (str_equal_z(key, "purpose"))
                closed.purpose = facts_take_code(reader);
            else if (str_equal_z(key, "text"))
                closed.text = facts_take_text(packer, reader);
            else
                json_reader_skip(reader);
        }
        if (!is_object || !opening_draft_closure(&draft->opening, &closed, &err))
            draft->unread++;
    }
}

/* A copy of an array; NULL of an empty one, and while measuring. */
static const void *pack_array(struct packer *packer, const void *items, size_t count, size_t size)
{
    if (count == 0)
        return NULL;
    void *room = packer_array(packer, count, size);
    if (room != NULL)
        memcpy(room, items, count * size);
    return room;
}

const struct opening_hours *facts_pack_hours(struct packer *packer, const struct hours_draft *draft)
{
    const struct opening_draft *opening = &draft->opening;
    if (draft->unread > 0 || opening->rule_count + opening->closure_count == 0)
        return NULL;
    struct opening_hours *hours = packer_array(packer, 1, sizeof *hours);
    const struct opening_hours packed = {
        .rules = pack_array(packer, opening->rules, opening->rule_count, sizeof opening->rules[0]),
        .rule_count = opening->rule_count,
        .closures = pack_array(packer, opening->closures, opening->closure_count,
                               sizeof opening->closures[0]),
        .closure_count = opening->closure_count,
    };
    if (hours != NULL)
        *hours = packed;
    return hours;
}

static struct service_capacity take_capacity(struct packer *packer, struct json_reader *reader)
{
    struct service_capacity capacity = {.available = -1, .maximum = -1, .waiting = -1};
    struct str key;
    while (json_reader_member(reader, &key)) {
        if (str_equal_z(key, "unit"))
            capacity.unit = facts_take_text(packer, reader);
        else if (str_equal_z(key, "as_of"))
            capacity.as_of = facts_take_text(packer, reader);
        else if (str_equal_z(key, "available"))
            capacity.available = facts_take_int(reader, FACTS_COUNT_MAXIMUM, -1);
        else if (str_equal_z(key, "maximum"))
            capacity.maximum = facts_take_int(reader, FACTS_COUNT_MAXIMUM, -1);
        else if (str_equal_z(key, "waiting"))
            capacity.waiting = facts_take_int(reader, FACTS_COUNT_MAXIMUM, -1);
        else
            json_reader_skip(reader);
    }
    return capacity;
}

void facts_take_capacities(struct packer *packer, struct json_reader *reader,
                           struct service_facts *facts)
{
    size_t size = json_reader_count(reader);
    struct service_capacity *items = size == 0 ? NULL : packer_array(packer, size, sizeof *items);
    size_t count = 0;
    if (!json_reader_enter(reader, '['))
        return;
    while (json_reader_item(reader)) {
        if (!json_reader_enter(reader, '{'))
            continue;
        struct service_capacity capacity = take_capacity(packer, reader);
        if (items != NULL)
            items[count] = capacity;
        count++;
    }
    facts->capacities = items;
    facts->capacity_count = items == NULL ? 0 : count;
}

/* Whether the statement goes before the one that was found so far (NULL: none). */
static bool decides(const struct service_capacity *capacity, const struct service_capacity *before)
{
    if (capacity->available < 0)
        return false;
    if (before == NULL || (capacity->available > 0) != (before->available > 0))
        return before == NULL || capacity->available > 0;
    int order = str_compare(capacity->as_of, before->as_of);
    return capacity->available > 0 ? order > 0 : order < 0;
}

void facts_settle_free_places(struct service_facts *facts)
{
    const struct service_capacity *deciding = NULL;
    for (size_t i = 0; i < facts->capacity_count; i++) {
        if (decides(&facts->capacities[i], deciding))
            deciding = &facts->capacities[i];
    }
    if (deciding == NULL)
        return;
    facts->free_places = deciding->available > 0 ? FREE_SOME : FREE_NONE;
    facts->free_count = deciding->available;
    facts->free_as_of = deciding->as_of;
}
