/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>

#include "area_draft_internal.h"
#include "sociopoint/base/arena.h"

static int compare_by_service(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    int order = uuid_compare_ids(&a->facts.event->service, &b->facts.event->service);
    return order != 0 ? order : uuid_compare_ids(&a->id, &b->id);
}

/* Events belong to the municipalities of their area, else to that of their row. */
static void place_events(struct build *build)
{
    struct document_list *events = &build->generation->lists[DOCUMENT_EVENT];
    struct service_draft draft;
    for (size_t i = 0; i < events->count; i++) {
        const struct entry *entry = events->entries[i];
        const struct service_facts facts = {
            .area = entry->facts.event->area,
            .area_count = entry->facts.event->area_count,
            .file_municipality = entry->municipality,
        };
        service_draft_make(build, &facts, entry->municipality, &draft);
        events->municipalities[i] = draft.municipalities;
    }
}

bool build_events(struct build *build)
{
    struct generation *generation = build->generation;
    struct document_list *events = &generation->lists[DOCUMENT_EVENT];
    const struct entry **of_services =
        arena_array(generation->arena, events->count, sizeof(const struct entry *));
    size_t count = 0;
    events->municipalities =
        arena_array(generation->arena, events->count, sizeof *events->municipalities);
    if (of_services == NULL || events->municipalities == NULL)
        return false;
    place_events(build);
    for (size_t i = 0; i < events->count; i++) {
        if (events->entries[i]->facts.event->has_service)
            of_services[count++] = events->entries[i];
    }
    if (count > 1)
        qsort(of_services, count, sizeof *of_services, compare_by_service);
    generation->service_events = of_services;
    generation->service_event_count = count;
    return true;
}
