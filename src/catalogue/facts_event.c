/* SPDX-License-Identifier: EUPL-1.2 */
#include "facts_event_internal.h"

#include "facts_value_internal.h"
#include "json_reader_internal.h"
#include "sociopoint/base/moment.h"

enum { EXCEPT_MAXIMUM = 400, INTERVAL_MAXIMUM = 1000 };

/* The facts while they are read; the times are views of their text. */
struct event_draft {
    struct packer *packer;
    struct event_facts event;
    struct event_times times;
    struct str except[EXCEPT_MAXIMUM];
    int64_t modified_ms;
};

static void read_except(struct event_draft *draft, struct json_reader *reader)
{
    if (!json_reader_enter(reader, '['))
        return;
    while (json_reader_item(reader)) {
        struct str day = facts_take_code(reader);
        if (draft->times.except_count < EXCEPT_MAXIMUM)
            draft->except[draft->times.except_count++] = day;
    }
}

static void read_rule(struct event_draft *draft, struct json_reader *reader)
{
    struct str key;
    if (!json_reader_enter(reader, '{'))
        return;
    while (json_reader_member(reader, &key)) {
        if (str_equal_z(key, "freq"))
            draft->times.frequency = facts_take_code(reader);
        else if (str_equal_z(key, "byday"))
            draft->times.byday = facts_take_code(reader);
        else if (str_equal_z(key, "until"))
            draft->times.until = facts_take_code(reader);
        else if (str_equal_z(key, "interval"))
            draft->times.interval = facts_take_int(reader, INTERVAL_MAXIMUM, 0);
        else if (str_equal_z(key, "except"))
            read_except(draft, reader);
        else
            json_reader_skip(reader);
    }
}

/* Members that say when. */
static bool read_when(struct event_draft *draft, struct str key, struct json_reader *reader)
{
    if (str_equal_z(key, "starts_at"))
        draft->times.starts_at = facts_take_code(reader);
    else if (str_equal_z(key, "ends_at"))
        draft->times.ends_at = facts_take_code(reader);
    else if (str_equal_z(key, "rrule"))
        read_rule(draft, reader);
    else if (str_equal_z(key, "all_day"))
        draft->event.whole_day = json_reader_true(reader);
    else if (!str_equal_z(key, "modified"))
        return false;
    else if (!moment_from_text(facts_take_code(reader), &draft->modified_ms))
        draft->modified_ms = -1;
    return true;
}

/* Members that say who and where; the rest is passed over. */
static void read_member(struct event_draft *draft, struct str key, struct json_reader *reader)
{
    struct event_facts *event = &draft->event;
    if (str_equal_z(key, "name"))
        event->name = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "description"))
        event->description = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "organization"))
        (void)facts_take_id(reader, &event->organization); /* else zeros */
    else if (str_equal_z(key, "organization_name"))
        event->organization_name = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "service"))
        event->has_service = facts_take_id(reader, &event->service);
    else if (str_equal_z(key, "place"))
        event->place = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "municipality"))
        event->municipality = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "district"))
        event->district = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "area"))
        event->area = (const void *)facts_take_texts(draft->packer, reader, &event->area_count);
    else if (str_equal_z(key, "situations"))
        event->situations = facts_take_texts(draft->packer, reader, &event->situation_count);
    else if (str_equal_z(key, "as_of"))
        event->as_of = facts_take_text(draft->packer, reader);
    else if (str_equal_z(key, "source"))
        event->source = facts_take_text(draft->packer, reader);
    else
        json_reader_skip(reader);
}

/* Nothing to understand while only measuring: there is no room for the days left out. */
static void understand_times(struct event_draft *draft)
{
    const char *wrong;
    int32_t *days = NULL;
    draft->times.except = draft->except;
    if (draft->times.except_count > 0)
        days = packer_array(draft->packer, draft->times.except_count, sizeof *days);
    if (draft->packer->memory == NULL ||
        event_times_read(&draft->times, days, &draft->event.when, &wrong))
        return;
    draft->event.when = (struct happening){.days = {.last_day = INT32_MIN, .interval = 1}};
}

bool facts_event_pack(struct packer *packer, struct str facts, struct event_facts *event,
                      int64_t *modified_ms)
{
    struct event_draft draft = {.packer = packer, .times = {.interval = 1}, .modified_ms = -1};
    struct json_reader reader = json_reader_of(facts);
    struct str key;
    if (!json_reader_enter(&reader, '{'))
        return false;
    while (json_reader_member(&reader, &key)) {
        if (!read_when(&draft, key, &reader))
            read_member(&draft, key, &reader);
    }
    if (!json_reader_ended(&reader))
        return false;
    understand_times(&draft);
    *event = draft.event;
    *modified_ms = draft.modified_ms;
    return true;
}
