/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Events for calendar programs (RFC 5545): each once, with its rule, in local time.
 */
#include "document_internal.h"
#include "event_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "ics_internal.h"
#include "rest_internal.h"
#include "sociopoint/catalogue/events.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/config/settings.h"

enum { NAME_MAXIMUM = 1024, TAG_MAXIMUM = 200 };

static const char vary[] = "Accept-Language, Authorization";

/* --- One event ---------------------------------------------------------------------------------- */

/* DTSTART, DTEND or EXDATE: a day, or a local time with its zone. */
static void begin_time(struct ics *ics, const char *name, int32_t minute)
{
    ics->column = 0;
    ics_put_z(ics, name);
    ics_put_z(ics, minute == RECURRENCE_NO_TIME ? ";VALUE=DATE:" : ";TZID=Europe/Prague:");
}

static void put_time(struct ics *ics, int32_t day, int32_t minute)
{
    if (minute == RECURRENCE_NO_TIME)
        ics_put_day(ics, day);
    else
        ics_put_local(ics, day, minute);
}

static void time_line(struct ics *ics, const char *name, int32_t day, int32_t minute)
{
    begin_time(ics, name, minute);
    put_time(ics, day, minute);
    ics_end(ics);
}

/* The end of days is the day after the last one; a time without an end has none here either. */
static void write_times(struct ics *ics, const struct happening *when)
{
    const struct recurrence *days = &when->days;
    int32_t last = days->first_day + when->day_span;
    time_line(ics, "DTSTART", days->first_day, when->starts_at);
    if (when->starts_at == RECURRENCE_NO_TIME)
        time_line(ics, "DTEND", last + 1, RECURRENCE_NO_TIME);
    else if (when->ends_at != RECURRENCE_NO_TIME)
        time_line(ics, "DTEND", last, when->ends_at);
    if (days->frequency != RECURRENCE_ONCE)
        ics_rule_line(ics, days, when->starts_at);
    if (days->except_count == 0)
        return;
    begin_time(ics, "EXDATE", when->starts_at);
    for (size_t i = 0; i < days->except_count; i++) {
        if (i > 0)
            ics_put_z(ics, ",");
        put_time(ics, days->except[i], when->starts_at);
    }
    ics_end(ics);
}

static void append_sentence(const struct exchange *x, const char *code, struct str argument,
                            struct builder *text)
{
    const struct str arguments[3] = {argument};
    builder_append_z(text, text->length > 0 ? "\n" : "");
    texts_append(&x->knowledge->texts, x->language, code, arguments, text);
}

/* What it is, who does it, that the time is not stated, and how old all that is. */
static void write_description(const struct exchange *x, struct ics *ics,
                              const struct event_facts *event)
{
    struct builder text;
    builder_init(&text, x->arena, ANSWER_MAXIMUM);
    builder_append(&text, event->description);
    if (str_present(event->organization_name)) {
        builder_append_z(&text, text.length > 0 ? "\n" : "");
        builder_append(&text, event->organization_name);
    }
    if (!event_time_stated(event))
        append_sentence(x, "event.time-not-stated", (struct str){NULL, 0}, &text);
    if (str_present(event->as_of))
        append_sentence(x, "freshness.unconfirmed", event->as_of, &text);
    ics_text_line(ics, "DESCRIPTION", builder_view(&text));
}

static void write_event(const struct exchange *x, struct ics *ics, const struct entry *entry)
{
    const struct event_facts *event = entry->facts.event;
    char id[UUID_TEXT_SIZE];
    if (event->when.days.last_day < event->when.days.first_day)
        return; /* on no day at all */
    ics_line(ics, "BEGIN", "VEVENT");
    ics_line(ics, "UID", uuid_to_text(&entry->id, id));
    ics_begin(ics, "DTSTAMP");
    ics_put_utc(ics, entry->modified_ms);
    ics_end(ics);
    write_times(ics, &event->when);
    ics_text_line(ics, "SUMMARY", event->name);
    write_description(x, ics, event);
    ics_text_line(ics, "LOCATION", event->place);
    if (str_present(event->source)) {
        ics_begin(ics, "URL");
        ics_put(ics, event->source);
        ics_end(ics);
    }
    if (event->when.starts_at == RECURRENCE_NO_TIME)
        ics_line(ics, "TRANSP", "TRANSPARENT"); /* a day that is not blocked */
    ics_line(ics, "END", "VEVENT");
}

/* --- A calendar --------------------------------------------------------------------------------- */

static bool answer_calendar(struct exchange *x, struct str name, const struct entry *const *entries,
                            size_t count, struct str tag, struct error *err)
{
    struct builder out;
    struct ics ics = {&out, 0};
    answer_begin(x, &out);
    ics_line(&ics, "BEGIN", "VCALENDAR");
    ics_line(&ics, "VERSION", "2.0");
    ics_line(&ics, "PRODID", "-//Sociopoint//Sociopoint//CS");
    ics_line(&ics, "CALSCALE", "GREGORIAN");
    ics_text_line(&ics, "X-WR-CALNAME", name);
    ics_zone(&ics);
    for (size_t i = 0; i < count; i++)
        write_event(x, &ics, entries[i]);
    ics_line(&ics, "END", "VCALENDAR");
    if (builder_failed(&out))
        return answer_no_memory(err);
    http_response_set(x->response, 200, STR("text/calendar; charset=utf-8"), builder_view(&out));
    answer_cacheable(x, tag, vary);
    answer_language(x);
    return true;
}

/* The published document's, with the language and the sentences in it. */
static struct str tag_of_event(const struct exchange *x, const struct entry *entry)
{
    struct str document = tag_of_document(x, entry);
    struct builder tag;
    if (!str_present(document))
        return document;
    builder_init(&tag, x->arena, TAG_MAXIMUM);
    builder_append(&tag, (struct str){document.data, document.length - 1});
    builder_printf(&tag, ".%s.%s\"", language_tag(x->language), x->knowledge->hash);
    return builder_failed(&tag) ? (struct str){NULL, 0} : builder_view(&tag);
}

bool handle_event_calendar(struct exchange *x, struct error *err)
{
    const struct entry *entry = document_asked(x, DOCUMENT_EVENT, err);
    if (entry == NULL)
        return false;
    struct str tag = tag_of_event(x, entry);
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    return answer_calendar(x, entry->facts.event->name, &entry, 1, tag, err);
}

/* "Events: Ostrava", or of whoever publishes everything. */
static struct str calendar_name(const struct exchange *x, int municipality)
{
    struct builder name;
    const struct str arguments[3] = {
        municipality == KNOWLEDGE_NONE
            ? str_from(x->rest->options.settings->publisher.name)
            : x->knowledge->municipalities[municipality].name.in[x->language],
    };
    builder_init(&name, x->arena, NAME_MAXIMUM);
    texts_append(&x->knowledge->texts, x->language, "event.calendar", arguments, &name);
    return builder_failed(&name) ? (struct str){NULL, 0} : builder_view(&name);
}

bool handle_events_calendar(struct exchange *x, struct error *err)
{
    int municipality;
    size_t count;
    struct str tag = tag_of_composed(x, x->language);
    if (!event_municipality(x, &municipality, err))
        return false;
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    const struct entry *const *entries =
        generation_event_list(x->generation, municipality, x->arena, &count);
    if (entries == NULL)
        return answer_no_memory(err);
    return answer_calendar(x, calendar_name(x, municipality), entries, count, tag, err);
}
