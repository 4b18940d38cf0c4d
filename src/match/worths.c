/* SPDX-License-Identifier: EUPL-1.2 */
#include "worths_internal.h"

#include "prepared_internal.h"
#include "weigh_internal.h"

/* A quick facet of so few classes is asked of all of them at once: then the most is one that a
 * service really has, and not what the weights would allow. */
enum { FEW_CLASSES = 32 };

/* Tables are filled by so many at once. */
enum { FILLED_AT_ONCE = 8 };

/* Not person and area: a question has to do with few of their classes. */
static bool is_asked_at_once(enum match_facet facet, const struct match_classes *classes)
{
    bool quick = facet < FACET_SPOT || facet == FACET_ROOM;
    return quick && facet != FACET_PERSON && facet != FACET_AREA && classes->count <= FEW_CLASSES &&
           classes->complete;
}

/* The most of the classes, all of which become known. */
static int64_t ask_all(const struct worths *worths, enum match_facet facet, size_t count)
{
    int64_t most = WORTH_NEVER;
    for (size_t class = MATCH_NO_CLASS + 1; class < count; class ++) {
        const int64_t worth = worths_of_class(worths, facet, (uint16_t) class);
        most = worth > most ? worth : most;
    }
    return most;
}

/* A table of so many classes, or a few more, that are worth the same; NULL when the arena is
 * exhausted. */
static int64_t *make_table(struct arena *arena, size_t count, int64_t worth)
{
    const size_t steps = count / FILLED_AT_ONCE + 1;
    void *memory = arena_buffer(arena, steps * FILLED_AT_ONCE * sizeof(int64_t));
    int64_t *table = memory;
    for (size_t step = 0; table != NULL && step < steps; step++) {
        for (size_t i = 0; i < FILLED_AT_ONCE; i++)
            table[step * FILLED_AT_ONCE + i] = worth;
    }
    return table;
}

static void add_open(struct worths *worths, enum match_facet facet)
{
    worths->open[worths->open_count++] = facet;
    if (facet < FACET_SPOT)
        worths->quick_count = worths->open_count;
}

/* The table of a facet of which nothing is known before; no row is worth more than *most. NULL when
 * the arena is exhausted. */
static int64_t *fill_table(struct worths *worths, enum match_facet facet, int64_t *most)
{
    const struct match_classes *classes = &worths->context->index->classes[facet];
    *most = weigh_most(worths->context, facet);
    worths->of[facet] = make_table(worths->context->arena, classes->count, *most);
    if (worths->of[facet] == NULL)
        return NULL;
    if (is_asked_at_once(facet, classes))
        *most = ask_all(worths, facet, classes->count);
    else
        add_open(worths, facet);
    return worths->of[facet];
}

/* The table of areas as it has been prepared; NULL: it has not. */
static int64_t *take_table(struct worths *worths, enum match_facet facet, int64_t *most)
{
    const struct prepared_area *area =
        facet == FACET_AREA ? prepared_area_of(worths->context) : NULL;
    if (area == NULL)
        return NULL;
    if (!worths->context->index->classes[facet].complete)
        add_open(worths, facet);
    *most = area->most;
    return area->worths;
}

static bool add_facet(struct worths *worths, enum match_facet facet)
{
    int64_t most = 0;
    worths->of[facet] = take_table(worths, facet, &most);
    if (worths->of[facet] == NULL)
        worths->of[facet] = fill_table(worths, facet, &most);
    if (worths->of[facet] == NULL)
        return false;
    worths->asked[worths->asked_count++] = facet;
    if (facet == FACET_PERSON)
        return true;
    worths->rest[worths->rest_count++] = facet;
    worths->rest_most += most;
    return true;
}

bool worths_init(struct worths *worths, const struct match_context *context)
{
    *worths = (struct worths){.context = context, .order_mask = weigh_order_mask(context)};
    for (enum match_facet facet = 0; facet < FACET_COUNT; facet++) {
        if (weigh_is_asked(context, facet) && !add_facet(worths, facet))
            return false;
    }
    return true;
}

int64_t worths_of_class(const struct worths *worths, enum match_facet facet, uint16_t class)
{
    int64_t *of = worths->of[facet];
    if (of == NULL)
        return 0;
    if ((of[class] & WORTH_BOUNDED) != 0 && class != MATCH_NO_CLASS)
        of[class] = weigh_class(worths->context, facet, class);
    return of[class];
}

int64_t worths_of_row(const struct worths *worths, const struct match_row_classes *classes)
{
    int64_t worth = 0;
    for (size_t k = 0; k < worths->asked_count; k++)
        worth += worths->of[worths->asked[k]][classes->of[worths->asked[k]]];
    return worth;
}

int64_t worths_settle(const struct worths *worths, uint32_t row, int64_t worth, size_t open_count,
                      int64_t bar)
{
    const struct match_index *index = worths->context->index;
    const struct match_row_classes *classes = &index->row_classes[row];
    for (size_t k = 0; k < open_count && worth_is_bounded(worth); k++) {
        const enum match_facet facet = worths->open[k];
        const uint16_t class = classes->of[facet];
        const int64_t before = worths->of[facet][class];
        if (!worth_is_bounded(before))
            continue;
        int64_t known = worths_of_class(worths, facet, class);
        if (worth_is_bounded(known) && ((worth + known - before) & worths->order_mask) >= bar)
            known = weigh_facet(worths->context, facet, &index->rows[row]);
        worth += known - before;
        if ((worth & worths->order_mask) < bar)
            break;
    }
    return worth;
}
