/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/events.h"

#include <stdlib.h>
#include <string.h>

#include "generation_internal.h"
#include "list_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"
#include "sociopoint/domain/knowledge.h"

/* Where found occurrences go; only counted while `items` is NULL. */
struct sink {
    struct event_occurrence *items;
    size_t count;
};

static int compare_entries(const struct entry *left, const struct entry *right)
{
    int order = str_compare(left->sort_key, right->sort_key);
    return order != 0 ? order : uuid_compare_ids(&left->id, &right->id);
}

static int compare_occurrences(const void *left, const void *right)
{
    const struct event_occurrence *a = left;
    const struct event_occurrence *b = right;
    if (a->when.starts_ms != b->when.starts_ms)
        return a->when.starts_ms < b->when.starts_ms ? -1 : 1;
    return compare_entries(a->entry, b->entry);
}

/* --- Filters ------------------------------------------------------------------------------------ */

static bool is_inner_area(struct str code, const char *level, const struct municipality *city,
                          struct str *key)
{
    struct str before;
    struct str name;
    struct str municipality;
    return str_cut(code, ':', &before, &name) && str_equal_z(before, level) &&
           str_cut(name, '/', &municipality, key) && str_equal(municipality, city->key);
}

/* Whether an area may hold the district; a larger one does, one of another city does not. */
static bool area_has_district(const struct municipality *city, int district, struct str code)
{
    struct str key;
    if (is_inner_area(code, "district", city, &key))
        return str_equal(key, city->districts[district].key);
    if (is_inner_area(code, "locality", city, &key)) {
        int locality = municipality_locality(city, key);
        return locality != KNOWLEDGE_NONE &&
               (city->localities[locality].district == district ||
                city->localities[locality].district == KNOWLEDGE_NONE);
    }
    return memchr(code.data, '/', code.length) == NULL;
}

static bool fits_district(const struct municipality *city, int district,
                          const struct event_facts *event)
{
    if (str_present(event->district))
        return str_equal(event->district, city->districts[district].key) &&
               str_equal(event->municipality, city->key);
    for (size_t i = 0; i < event->area_count; i++) {
        if (area_has_district(city, district, event->area[i].code))
            return true;
    }
    return event->area_count == 0;
}

static bool names_situation(const struct event_facts *event, struct str situation)
{
    for (size_t i = 0; i < event->situation_count; i++) {
        if (str_equal(event->situations[i], situation))
            return true;
    }
    return false;
}

static bool fits(const struct generation *generation, const struct event_query *query,
                 const struct event_facts *event)
{
    if (str_present(query->situation) && !names_situation(event, query->situation))
        return false;
    if (query->district == KNOWLEDGE_NONE)
        return true;
    return fits_district(&generation->knowledge->municipalities[query->municipality],
                         query->district, event);
}

/* --- Occurrences -------------------------------------------------------------------------------- */

/* Those within the window; false when there are too many. */
static bool expand(const struct event_query *query, const struct entry *entry, struct sink *sink)
{
    const struct happening *when = &entry->facts.event->when;
    int64_t from_ms = civil_time_utc_ms(query->first_day, 0);
    struct occurrence found;
    if (query->now_ms > from_ms)
        from_ms = query->now_ms;
    int32_t day = query->first_day - when->day_span - 1; /* may have begun before */
    while (happening_next(when, day, from_ms, &found) && found.day <= query->last_day) {
        if (sink->count == EVENT_OCCURRENCES_MAXIMUM)
            return false;
        if (sink->items != NULL)
            sink->items[sink->count] = (struct event_occurrence){entry, found};
        sink->count++;
        day = found.day + 1;
    }
    return true;
}

static bool expand_all(const struct generation *generation, const struct event_query *query,
                       struct sink *sink)
{
    const struct document_list *list = &generation->lists[DOCUMENT_EVENT];
    const struct positions *positions =
        query->municipality == KNOWLEDGE_NONE ? NULL : &list->by_municipality[query->municipality];
    size_t count = positions == NULL ? list->count : positions->count;
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = list->entries[positions == NULL ? i : positions->items[i]];
        if (fits(generation, query, entry->facts.event) && !expand(query, entry, sink))
            return false;
    }
    return true;
}

bool generation_events(const struct generation *generation, const struct event_query *query,
                       struct arena *arena, struct event_page *page, struct error *err)
{
    struct sink counted = {NULL, 0};
    if (query->page == 0)
        return error_set(err, ERROR_INVALID, "page-out-of-range", "page");
    if (!expand_all(generation, query, &counted))
        return error_set(err, ERROR_INVALID, "list-too-long", "to");
    struct sink sink = {arena_array(arena, counted.count + 1, sizeof *sink.items), 0};
    if (sink.items == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    (void)expand_all(generation, query, &sink); /* has just been found short enough */
    qsort(sink.items, sink.count, sizeof *sink.items, compare_occurrences);
    size_t first = list_lay_out(query->page, query->per_page, sink.count, &page->page);
    page->occurrences = sink.items + first;
    return true;
}

static int compare_starts(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    int32_t day_a = a->facts.event->when.days.first_day;
    int32_t day_b = b->facts.event->when.days.first_day;
    if (day_a != day_b)
        return day_a < day_b ? -1 : 1;
    return compare_entries(a, b);
}

const struct entry *const *generation_event_list(const struct generation *generation,
                                                 int municipality, struct arena *arena,
                                                 size_t *count)
{
    const struct document_list *list = &generation->lists[DOCUMENT_EVENT];
    const struct positions *positions =
        municipality == KNOWLEDGE_NONE ? NULL : &list->by_municipality[municipality];
    size_t total = positions == NULL ? list->count : positions->count;
    const struct entry **entries = arena_array(arena, total + 1, sizeof *entries);
    if (entries == NULL)
        return NULL;
    for (size_t i = 0; i < total; i++)
        entries[i] = list->entries[positions == NULL ? i : positions->items[i]];
    qsort(entries, total, sizeof *entries, compare_starts);
    *count = total;
    return entries;
}

/* --- Of one service ----------------------------------------------------------------------------- */

/* The position of the first event of the service, or where it would be. */
static size_t first_of_service(const struct generation *generation, const struct uuid *service)
{
    size_t low = 0;
    size_t high = generation->service_event_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entry *entry = generation->service_events[middle];
        if (uuid_compare_ids(&entry->facts.event->service, service) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Puts it in order among the soonest `maximum`. */
static size_t insert(struct event_occurrence *occurrences, size_t count, size_t maximum,
                     const struct event_occurrence *fresh)
{
    size_t at = count;
    while (at > 0 && compare_occurrences(fresh, &occurrences[at - 1]) < 0)
        at--;
    if (at == maximum)
        return count;
    size_t kept = count < maximum ? count : maximum - 1;
    memmove(&occurrences[at + 1], &occurrences[at], (kept - at) * sizeof *occurrences);
    occurrences[at] = *fresh;
    return kept + 1;
}

size_t generation_service_events(const struct generation *generation, const struct uuid *service,
                                 int64_t now_ms, struct event_occurrence *occurrences,
                                 size_t maximum)
{
    size_t count = 0;
    for (size_t i = first_of_service(generation, service); i < generation->service_event_count;
         i++) {
        struct event_occurrence fresh = {.entry = generation->service_events[i]};
        const struct event_facts *event = fresh.entry->facts.event;
        if (uuid_compare_ids(&event->service, service) != 0)
            break;
        if (happening_next(&event->when, INT32_MIN, now_ms, &fresh.when))
            count = insert(occurrences, count, maximum, &fresh);
    }
    return count;
}
