/* SPDX-License-Identifier: EUPL-1.2 */
#include "event_internal.h"

#include <stdio.h>

#include "document_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "list_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/base/fold.h"
#include "sociopoint/catalogue/events.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/json/value.h"
#include "write_internal.h"

enum {
    DEFAULT_DAYS = 30,
    WINDOW_MAXIMUM_DAYS = 366,
    PER_PAGE_DEFAULT = 50,
    OF_SERVICE_MAXIMUM = 3,
    SENTENCE_MAXIMUM = 1024,
    TAG_MAXIMUM = 200
};

static const char vary[] = "Accept-Language, Authorization";

/* --- One occurrence ----------------------------------------------------------------------------- */

bool event_time_stated(const struct event_facts *event)
{
    return event->whole_day || event->when.starts_at != RECURRENCE_NO_TIME;
}

static void write_day(struct builder *out, const char *name, int32_t day)
{
    char date[48];
    struct civil_date parts = civil_day_date(day);
    (void)snprintf(date, sizeof date, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    write_text_z(out, name, date);
}

static void write_moment(struct builder *out, const char *name, int64_t wall_ms)
{
    char text[CIVIL_TIME_TEXT_SIZE];
    struct civil_time time = civil_time_at(wall_ms);
    write_text_z(out, name, civil_time_format(&time, text));
}

void event_write_when(const struct exchange *x, const struct event_occurrence *occurrence,
                      struct builder *out)
{
    const struct event_facts *event = occurrence->entry->facts.event;
    const struct happening *when = &event->when;
    static const struct str none[3];
    write_day(out, "date", occurrence->when.day);
    if (when->day_span > 0)
        write_day(out, "end_date", occurrence->when.day + when->day_span);
    if (when->starts_at != RECURRENCE_NO_TIME)
        write_moment(out, "starts_at", occurrence->when.starts_ms);
    if (when->ends_at != RECURRENCE_NO_TIME)
        write_moment(out, "ends_at", occurrence->when.ends_ms);
    if (event->whole_day)
        write_flag(out, "all_day", true);
    if (event_time_stated(event))
        return;
    struct builder sentence;
    builder_init(&sentence, x->arena, SENTENCE_MAXIMUM);
    texts_append(&x->knowledge->texts, x->language, "event.time-not-stated", none, &sentence);
    write_text(out, "text", builder_view(&sentence));
}

void event_write_of_service(const struct exchange *x, const struct uuid *service, int64_t now_ms,
                            struct builder *out)
{
    struct event_occurrence next[OF_SERVICE_MAXIMUM];
    size_t count =
        generation_service_events(x->generation, service, now_ms, next, OF_SERVICE_MAXIMUM);
    if (count == 0)
        return;
    write_array(out, "events");
    for (size_t i = 0; i < count; i++) {
        write_object(out, NULL);
        write_id(out, "id", &next[i].entry->id);
        write_text(out, "name", next[i].entry->facts.event->name);
        event_write_when(x, &next[i], out);
        write_object_end(out);
    }
    write_array_end(out);
}

/* --- The question ------------------------------------------------------------------------------- */

/* Adds to what is wrong: all of it is told at once. */
static bool refuse(const char *problem, const char *parameter, struct error *err)
{
    return error_add(err, ERROR_MALFORMED, problem, parameter, ERROR_ARGUMENTS(NULL));
}

bool event_municipality(const struct exchange *x, int *municipality, struct error *err)
{
    struct str key = json_str(exchange_parameter(x, "municipality"));
    *municipality = KNOWLEDGE_NONE;
    if (!str_present(key))
        return true;
    *municipality = knowledge_municipality(x->knowledge, key);
    return *municipality != KNOWLEDGE_NONE || refuse("municipality-unknown", "municipality", err);
}

/* By key, name or part. */
static bool is_district(const struct district *district, struct str folded)
{
    if (fold_is(district->key, folded) || fold_is(district->name, folded))
        return true;
    for (size_t i = 0; i < district->part_count; i++) {
        if (fold_is(district->parts[i], folded))
            return true;
    }
    return false;
}

/* A district is one of the municipality asked for, else of the first one. */
static bool read_district(const struct exchange *x, struct event_query *query, struct error *err)
{
    struct str asked = json_str(exchange_parameter(x, "district"));
    query->district = KNOWLEDGE_NONE;
    if (!str_present(asked))
        return true;
    if (query->municipality == KNOWLEDGE_NONE)
        query->municipality = x->knowledge->default_municipality;
    const struct municipality *city = &x->knowledge->municipalities[query->municipality];
    struct str folded = fold_name(asked, x->arena);
    if (!str_present(folded))
        return answer_no_memory(err);
    for (size_t i = 0; i < city->district_count; i++) {
        if (is_district(&city->districts[i], folded)) {
            query->district = (int)i;
            return true;
        }
    }
    return refuse("district-unknown", "district", err);
}

/* A parameter that is a day; `day` stays as it is where it is not given. */
static bool read_day(const struct exchange *x, const char *name, int32_t *day, struct error *err)
{
    struct str text = json_str(exchange_parameter(x, name));
    struct civil_date date;
    if (!str_present(text))
        return true;
    if (!civil_date_from_text(text, &date) || !civil_date_exists(date))
        return refuse("date-malformed", name, err);
    *day = civil_day_from_date(date);
    return true;
}

/* Without a start it is now, and what is over by now is left out. */
static bool read_window(const struct exchange *x, struct event_query *query, struct error *err)
{
    bool from_now = exchange_parameter(x, "from") == NULL;
    query->now_ms = from_now ? clock_wall_ms() : INT64_MIN;
    query->first_day = civil_time_at(clock_wall_ms()).day;
    if (!read_day(x, "from", &query->first_day, err))
        return false;
    query->last_day = query->first_day + DEFAULT_DAYS - 1;
    if (!read_day(x, "to", &query->last_day, err))
        return false;
    if (query->last_day < query->first_day)
        return refuse("window-reversed", "to", err);
    return query->last_day - query->first_day < WINDOW_MAXIMUM_DAYS ||
           error_add(err, ERROR_MALFORMED, "window-too-long", "to", ERROR_ARGUMENTS("366"));
}

static bool read_query(const struct exchange *x, struct event_query *query, struct error *err)
{
    int64_t page = 1;
    int64_t per_page = PER_PAGE_DEFAULT;
    *query = (struct event_query){.situation = json_str(exchange_parameter(x, "situation"))};
    if (!json_to_int64(exchange_parameter(x, "page"), &page))
        page = 1;
    if (!json_to_int64(exchange_parameter(x, "per_page"), &per_page))
        per_page = PER_PAGE_DEFAULT;
    query->page = (size_t)page;
    query->per_page = (size_t)per_page;
    bool good = event_municipality(x, &query->municipality, err);
    good = good && read_district(x, query, err);
    if (str_present(query->situation) &&
        knowledge_situation(x->knowledge, query->situation) == KNOWLEDGE_NONE)
        good = refuse("situation-unknown", "situation", err);
    return read_window(x, query, err) && good;
}

/* --- The answer --------------------------------------------------------------------------------- */

/*
 * A list from now on becomes another one when something of it is over, or the day is: both stand in
 * its tag.
 */
static struct str tag_of_events(const struct exchange *x, const struct event_query *query,
                                const struct event_page *found)
{
    struct str composed = tag_of_composed(x, x->language);
    struct builder tag;
    if (!str_present(composed) || query->now_ms == INT64_MIN)
        return composed;
    builder_init(&tag, x->arena, TAG_MAXIMUM);
    builder_append(&tag, (struct str){composed.data, composed.length - 1});
    builder_printf(&tag, ".%d.%zu\"", (int)query->first_day, found->page.total_items);
    return builder_failed(&tag) ? (struct str){NULL, 0} : builder_view(&tag);
}

static void write_page(const struct exchange *x, const struct event_query *query,
                       const struct event_page *found, struct builder *out)
{
    const struct list_page *page = &found->page;
    write_object(out, NULL);
    write_text_z(out, "language", language_tag(x->language));
    write_day(out, "from", query->first_day);
    write_day(out, "to", query->last_day);
    write_int(out, "total_items", (int64_t)page->total_items);
    write_int(out, "total_pages", (int64_t)page->total_pages);
    write_int(out, "page_number", (int64_t)page->page_number);
    write_int(out, "size", (int64_t)page->size);
    write_flag(out, "first_page", page->first_page);
    write_flag(out, "last_page", page->last_page);
    write_flag(out, "empty", page->empty);
    write_array(out, "contents");
    for (size_t i = 0; i < page->size; i++) {
        write_object(out, NULL);
        event_write_when(x, &found->occurrences[i], out);
        write_json(out, "event", found->occurrences[i].entry->short_form);
        write_object_end(out);
    }
    write_array_end(out);
    write_object_end(out);
}

bool handle_events(struct exchange *x, struct error *err)
{
    struct event_query query;
    struct event_page found;
    struct error refused = {0};
    struct builder out;
    if (!read_query(x, &query, err))
        return false;
    if (!generation_events(x->generation, &query, x->arena, &found, &refused)) {
        *err = refused;
        if (refused.code == ERROR_INVALID) /* everything here is a parameter */
            err->code = ERROR_MALFORMED;
        return false;
    }
    struct str tag = tag_of_events(x, &query, &found);
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    answer_begin(x, &out);
    write_page(x, &query, &found, &out);
    if (!answer_end(x, &out, err) || !link_header(x, &found.page, err))
        return false;
    answer_cacheable(x, tag, vary);
    answer_language(x);
    return true;
}

bool handle_event(struct exchange *x, struct error *err)
{
    const struct entry *entry = document_asked(x, DOCUMENT_EVENT, err);
    return entry != NULL && document_answer(x, entry, err);
}
