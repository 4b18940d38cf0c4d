/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"

/*
 * How an area stands to the asked place. The verdict and the sentence of each stand in one table,
 * so that they cannot drift apart.
 */
enum area_relation {
    AREA_NO_CONDITION,
    AREA_COUNTRY,
    AREA_REGION,
    AREA_MUNICIPALITY,
    AREA_DISTRICT,          /* the asked one is named */
    AREA_LOCALITY,          /* likewise */
    AREA_NEARBY,            /* names none, but stands there */
    AREA_PLACE_UNSAID,      /* the question says no place, the service serves only some */
    AREA_HAS_LOCALITIES,    /* the asked district has, or may have, a named locality */
    AREA_LOCALITY_DISTRICT, /* nobody knows in which district the asked locality is */
    AREA_STANDS_ELSEWHERE,  /* names none and stands in another district */
    AREA_UNSAID,            /* names none, and where it stands says nothing */
    AREA_ELSEWHERE
};

static const struct {
    enum match_verdict verdict;
    const char *code;
    const char *ask;
} relations[] = {
    [AREA_NO_CONDITION] = {VERDICT_NONE, NULL, NULL},
    [AREA_COUNTRY] = {VERDICT_MET, "reason.area.met.country", NULL},
    [AREA_REGION] = {VERDICT_MET, "reason.area.met.region", NULL},
    [AREA_MUNICIPALITY] = {VERDICT_MET, "reason.area.met.municipality", NULL},
    [AREA_DISTRICT] = {VERDICT_MET, "reason.area.met.district", NULL},
    [AREA_LOCALITY] = {VERDICT_MET, "reason.area.met.locality", NULL},
    [AREA_NEARBY] = {VERDICT_MET, "reason.area.met.nearby", NULL},
    [AREA_PLACE_UNSAID] = {VERDICT_UNKNOWN, "reason.area.unknown.unsaid", "ask.district"},
    [AREA_HAS_LOCALITIES] = {VERDICT_UNKNOWN, "reason.area.unknown.localities", "ask.locality"},
    [AREA_LOCALITY_DISTRICT] = {VERDICT_UNKNOWN, "reason.area.unknown.districts", "ask.district"},
    [AREA_STANDS_ELSEWHERE] = {VERDICT_UNKNOWN, "reason.area.unknown.elsewhere", NULL},
    [AREA_UNSAID] = {VERDICT_UNKNOWN, "reason.area.unknown", NULL},
    [AREA_ELSEWHERE] = {VERDICT_FAILED, "reason.area.failed", NULL},
};

static bool has_bit(uint64_t set, int bit)
{
    return bit >= 0 && (set >> bit & 1) != 0;
}

static bool has_locality(const uint16_t *localities, size_t count, int locality)
{
    for (size_t i = 0; i < count; i++) {
        if (localities[i] == locality)
            return true;
    }
    return false;
}

/*
 * What a service's area and places say about the asked municipality. Most rows say it themselves;
 * only those with localities, or of other municipalities too, need their area record from memory.
 */
struct area_view {
    bool whole;
    uint64_t districts;
    uint64_t place_districts;
    const struct match_area *record; /* NULL: there are no localities */
};

static struct area_view view_of(const struct match_context *context, const struct match_row *row)
{
    const uint32_t with_localities = ROW_AREA_LOCALITIES | ROW_PLACE_LOCALITIES;
    if (row->home == context->question->municipality && (row->flags & with_localities) == 0)
        return (struct area_view){(row->flags & ROW_WHOLE_MUNICIPALITY) != 0, row->districts,
                                  row->place_districts, NULL};
    const struct match_area *record =
        match_index_area(context->index, row, context->question->municipality);
    if (record == NULL)
        return (struct area_view){.record = NULL};
    return (struct area_view){record->whole, record->districts, record->place_districts, record};
}

static bool names_locality(const struct area_view *area, int locality)
{
    return locality != KNOWLEDGE_NONE && area->record != NULL &&
           has_locality(area->record->localities, area->record->locality_count, locality);
}

static bool stands_in_locality(const struct area_view *area, int locality)
{
    return locality != KNOWLEDGE_NONE && area->record != NULL &&
           has_locality(area->record->place_localities, area->record->place_locality_count,
                        locality);
}

bool area_is_in_locality(const struct match_context *context, const struct match_row *row)
{
    int locality = context->question->locality;
    if ((row->flags & (ROW_AREA_LOCALITIES | ROW_PLACE_LOCALITIES)) == 0)
        return false;
    const struct area_view area = view_of(context, row);
    return names_locality(&area, locality) || stands_in_locality(&area, locality);
}

/* Whether the asked district has one of the localities, or may have because theirs is not known. */
static bool may_contain_locality(const struct match_context *context, const struct area_view *area)
{
    for (size_t i = 0; area->record != NULL && i < area->record->locality_count; i++) {
        int locality = area->record->localities[i];
        int district = context->municipality->localities[locality].district;
        if (district == KNOWLEDGE_NONE || district == context->question->district)
            return true;
    }
    return false;
}

/* Of a service whose area names districts or localities. */
static enum area_relation relation_to_named(const struct match_context *context,
                                            const struct area_view *area)
{
    const struct match_resolved *asked = context->question;
    if (!context_place_asked(context))
        return AREA_PLACE_UNSAID;
    if (names_locality(area, asked->locality))
        return AREA_LOCALITY;
    if (has_bit(area->districts, asked->district))
        return AREA_DISTRICT;
    if (asked->locality != KNOWLEDGE_NONE) {
        bool open = asked->district == KNOWLEDGE_NONE && area->districts != 0;
        return open ? AREA_LOCALITY_DISTRICT : AREA_ELSEWHERE;
    }
    return may_contain_locality(context, area) ? AREA_HAS_LOCALITIES : AREA_ELSEWHERE;
}

/* Of a service that names no area: where it stands is what is known. People come to it. */
static enum area_relation relation_to_places(const struct match_context *context,
                                             const struct match_row *row,
                                             const struct area_view *area)
{
    const struct match_resolved *asked = context->question;
    if (!context_place_asked(context))
        return AREA_NO_CONDITION;
    if ((row->flags & ROW_FIELD_ONLY) != 0)
        return AREA_UNSAID;
    if (stands_in_locality(area, asked->locality) ||
        has_bit(area->place_districts, asked->district))
        return AREA_NEARBY;
    bool comparable = asked->district != KNOWLEDGE_NONE && area->place_districts != 0;
    return comparable ? AREA_STANDS_ELSEWHERE : AREA_UNSAID;
}

static enum area_relation relation(const struct match_context *context, const struct match_row *row)
{
    const struct area_view area = view_of(context, row);
    if ((row->flags & ROW_AREA_GIVEN) == 0)
        return relation_to_places(context, row, &area);
    bool localities = area.record != NULL && area.record->locality_count > 0;
    if (!area.whole && (area.districts != 0 || localities))
        return relation_to_named(context, &area);
    if (!context_place_asked(context))
        return AREA_NO_CONDITION;
    if (area.whole)
        return AREA_MUNICIPALITY;
    if ((row->flags & ROW_WHOLE_REGION) != 0)
        return AREA_REGION;
    return (row->flags & ROW_WHOLE_COUNTRY) != 0 ? AREA_COUNTRY : AREA_UNSAID;
}

static enum match_verdict area_verdict(const struct match_context *context,
                                       const struct match_row *row)
{
    return relations[relation(context, row)].verdict;
}

static bool area_hard(const struct match_context *context, const struct match_row *row)
{
    (void)context; /* the same for every question */
    return (row->flags & (ROW_OFFICE | ROW_FIELD_ONLY)) != 0;
}

static void add_districts(const struct match_context *context, uint64_t set, struct name_list *list)
{
    for (size_t i = 0; i < context->municipality->district_count; i++) {
        if (has_bit(set, (int)i))
            name_list_add(list, context->municipality->districts[i].name);
    }
}

static void add_localities(const struct match_context *context, const struct match_area *area,
                           struct name_list *list)
{
    for (size_t i = 0; i < area->locality_count; i++)
        name_list_add(list, context->municipality->localities[area->localities[i]].name);
}

/* The names the area lists, or where the service stands. */
static struct match_argument area_names(const struct match_context *context,
                                        const struct match_row *row, enum area_relation found)
{
    const struct match_area *area =
        match_index_area(context->index, row, context->question->municipality);
    struct name_list list;
    name_list_init(&list, context->arena);
    if (found == AREA_STANDS_ELSEWHERE)
        add_districts(context, area->place_districts, &list);
    else if (found != AREA_HAS_LOCALITIES)
        add_districts(context, area->districts, &list);
    if (found != AREA_STANDS_ELSEWHERE && found != AREA_LOCALITY_DISTRICT)
        add_localities(context, area, &list);
    return name_list_argument(&list);
}

static bool area_explain(const struct match_context *context, const struct match_row *row,
                         struct match_reason *reason)
{
    enum area_relation found = relation(context, row);
    reason->code = relations[found].code;
    if (context_place_asked(context))
        reason->arguments[0] = argument_plain(context->question->place);
    if (found == AREA_MUNICIPALITY)
        reason->arguments[0] = argument_translated(&context->municipality->name);
    if (reason->state == MATCH_MET || found == AREA_UNSAID)
        return true;
    struct match_argument *names = &reason->arguments[found == AREA_PLACE_UNSAID ? 0 : 1];
    *names = area_names(context, row, found);
    return argument_present(names);
}

static bool area_near_miss(const struct match_context *context, const struct match_row *row,
                           struct match_near_miss *miss)
{
    miss->asked = argument_plain(context->question->place);
    miss->needed = area_names(context, row, AREA_ELSEWHERE);
    return argument_present(&miss->needed);
}

static const char *area_ask(const struct match_context *context, const struct match_row *row)
{
    return relations[relation(context, row)].ask;
}

const struct match_rule condition_area = {
    .condition = CONDITION_AREA,
    .facet = FACET_AREA,
    .verdict = area_verdict,
    .hard = area_hard,
    .explain = area_explain,
    .near_miss = area_near_miss,
    .choose_ask = area_ask,
    .suggest = "suggest.area",
};
