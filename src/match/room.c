/* SPDX-License-Identifier: EUPL-1.2 */
#include "room_internal.h"

#include "argument_internal.h"
#include "when_internal.h"

enum { DAY_BYTES = 10 /* "2026-11-23" */ };

/* One statement about free places. */
struct figure {
    enum free_places state;
    const struct service_capacity *capacity; /* NULL: the statement of the whole service */
    int32_t day;                             /* when it was made; INT32_MIN: undated */
};

static bool is_fresh(const struct match_context *context, const struct figure *figure)
{
    int64_t age = (int64_t)context->today - figure->day;
    return age <= context->knowledge->weights.capacity_age_days;
}

static int available_of(const struct figure *figure)
{
    return figure->capacity == NULL ? 0 : figure->capacity->available;
}

/* What is fresh goes before what is not, room before none, then more places, then the newer one. */
static bool is_better(const struct match_context *context, const struct figure *left,
                      const struct figure *right)
{
    bool left_fresh = is_fresh(context, left);
    if (left_fresh != is_fresh(context, right))
        return left_fresh;
    if (left_fresh && available_of(left) != available_of(right))
        return available_of(left) > available_of(right);
    return left->day > right->day;
}

static struct figure figure_of(const struct service_capacity *capacity)
{
    enum free_places state = capacity->available < 0    ? FREE_UNKNOWN
                             : capacity->available == 0 ? FREE_NONE
                                                        : FREE_SOME;
    return (struct figure){state, capacity, when_first_day(capacity->as_of)};
}

/* The figure that tells most; false when there is none. */
static bool best_figure(const struct match_context *context, const struct service_facts *facts,
                        struct figure *best)
{
    bool found = false;
    for (size_t i = 0; i < facts->capacity_count; i++) {
        struct figure figure = figure_of(&facts->capacities[i]);
        if (figure.state == FREE_UNKNOWN || (found && !is_better(context, &figure, best)))
            continue;
        *best = figure;
        found = true;
    }
    if (found || facts->free_places == FREE_UNKNOWN)
        return found;
    *best = (struct figure){facts->free_places, NULL, when_first_day(facts->free_as_of)};
    return true;
}

enum free_places room_state(const struct match_context *context, const struct service_facts *facts)
{
    struct figure figure;
    if (!best_figure(context, facts, &figure) || !is_fresh(context, &figure))
        return FREE_UNKNOWN;
    return figure.state;
}

/* The day of the figure as an argument. */
static struct match_argument as_of_argument(struct str as_of)
{
    if (!str_present(as_of))
        return argument_code("value.undated");
    if (as_of.length > DAY_BYTES)
        as_of.length = DAY_BYTES;
    return argument_plain(as_of);
}

static void say_none(struct match_room *room, struct arena *arena)
{
    room->code = "reason.free-places.failed";
    if (room->waiting <= 0)
        return;
    room->code = "reason.free-places.failed.waiting";
    room->arguments[1] = argument_number(room->waiting, arena);
}

static void say_some(struct match_room *room, struct arena *arena)
{
    room->code = "reason.free-places.met";
    if (room->available <= 0)
        return;
    room->code =
        str_present(room->unit) ? "reason.free-places.met.unit" : "reason.free-places.met.count";
    room->arguments[1] = argument_number(room->available, arena);
    if (str_present(room->unit))
        room->arguments[2] = argument_plain(room->unit);
}

static void take_figure(struct match_room *room, const struct figure *figure,
                        const struct service_facts *facts)
{
    const struct service_capacity *capacity = figure->capacity;
    room->stated = true;
    room->as_of = capacity == NULL ? facts->free_as_of : capacity->as_of;
    room->available = capacity == NULL ? facts->free_count : capacity->available;
    if (capacity == NULL)
        return;
    room->unit = capacity->unit;
    room->maximum = capacity->maximum;
    room->waiting = capacity->waiting;
}

bool room_describe(const struct match_context *context, const struct service_facts *facts,
                   struct match_room *room)
{
    struct figure figure;
    *room = (struct match_room){.state = FREE_UNKNOWN,
                                .available = -1,
                                .maximum = -1,
                                .waiting = -1,
                                .code = "reason.free-places.unknown"};
    if (!best_figure(context, facts, &figure))
        return true;
    take_figure(room, &figure, facts);
    room->arguments[0] = as_of_argument(room->as_of);
    room->code = "reason.free-places.unknown.old";
    if (!is_fresh(context, &figure))
        return true;
    room->state = figure.state;
    if (room->state == FREE_SOME)
        say_some(room, context->arena);
    else
        say_none(room, context->arena);
    bool counted = room->state == FREE_SOME ? room->available > 0 : room->waiting > 0;
    return !counted || argument_present(&room->arguments[1]);
}
