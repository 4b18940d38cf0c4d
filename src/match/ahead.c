/* SPDX-License-Identifier: EUPL-1.2 */
#include "ahead_internal.h"

#include "sociopoint/base/attribute.h"

/* Each step reads what the one before has begun to read. */

static void read_row(const struct match_index *index, const struct match_row *row)
{
    (void)index; /* it is the step that leads to it */
    PREFETCH(row);
}

static void read_service(const struct match_index *index, const struct match_row *row)
{
    PREFETCH(&index->services[row->service]);
}

static void read_entry(const struct match_index *index, const struct match_row *row)
{
    PREFETCH(&index->services[row->service]->facts);
}

static void read_facts(const struct match_index *index, const struct match_row *row)
{
    const struct service_facts *facts = match_index_facts(index, row);
    PREFETCH(&facts->organization);
    PREFETCH(&facts->places);
    PREFETCH(&facts->capacities);
    PREFETCH(&facts->as_of);
}

static void read_places(const struct match_index *index, const struct match_row *row)
{
    const struct service_facts *facts = match_index_facts(index, row);
    PREFETCH(facts->hours);
    PREFETCH(facts->places);
    if (facts->place_count > 0)
        PREFETCH(&facts->places->hours);
}

static void read_hours(const struct match_index *index, const struct match_row *row)
{
    const struct service_facts *facts = match_index_facts(index, row);
    if (facts->hours != NULL)
        PREFETCH(facts->hours->rules);
    if (facts->place_count > 0 && facts->places->hours != NULL)
        PREFETCH(facts->places->hours->rules);
}

void ahead_read(const struct match_context *context, const struct ranking *ranking, size_t count)
{
    static void (*const steps[])(const struct match_index *, const struct match_row *) = {
        read_row, read_service, read_entry, read_facts, read_places, read_hours};
    const struct match_index *index = context->index;
    if (count > ranking->count)
        count = ranking->count;
    for (size_t step = 0; step < sizeof steps / sizeof steps[0]; step++) {
        for (size_t i = 0; i < count; i++)
            steps[step](index, &index->rows[ranking->items[i].row]);
    }
}
