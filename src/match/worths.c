/* SPDX-License-Identifier: EUPL-1.2 */
#include "worths_internal.h"

#include <string.h>

#include "weigh_internal.h"

/* A quick facet of so few classes is asked of all of them at once: then the most is one that a
 * service really has, and not what the weights would allow. */
enum { FEW_CLASSES = 32 };

/* Whether groups, runs or stretches are of one class of it. */
static bool is_shared(enum match_facet facet)
{
    return facet == FACET_PERSON || facet == FACET_AREA || facet == FACET_SOURCE;
}

/* Not person and area: a question has to do with few of their classes. */
static bool is_asked_at_once(enum match_facet facet, const struct match_classes *classes)
{
    bool quick = facet < FACET_HOURS || facet == FACET_ROOM;
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

static bool add_facet(struct worths *worths, enum match_facet facet)
{
    const struct match_classes *classes = &worths->context->index->classes[facet];
    int64_t most = weigh_most(worths->context, facet);
    int64_t *of = arena_array(worths->context->arena, classes->count, sizeof *of);
    if (of == NULL)
        return false;
    for (size_t i = 0; i < classes->count; i++)
        of[i] = most;
    worths->of[facet] = of;
    worths->asked[worths->asked_count++] = facet;
    if (facet < FACET_HOURS)
        worths->quick_count = worths->asked_count;
    if (is_asked_at_once(facet, classes))
        most = ask_all(worths, facet, classes->count);
    if (facet == FACET_SOURCE)
        worths->source_most = most;
    if (is_shared(facet))
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
    if ((of[class] & WORTH_BOUNDED) != 0 && class != MATCH_NO_CLASS) {
        const struct match_index *index = worths->context->index;
        const uint32_t speaker = index->classes[facet].rows[class];
        of[class] = weigh_facet(worths->context, facet, &index->rows[speaker]);
    }
    return of[class];
}

int64_t worths_settle(const struct worths *worths, uint32_t row, int64_t worth, size_t facet_count,
                      int64_t bar)
{
    const struct match_index *index = worths->context->index;
    const struct match_row_classes *classes = &index->row_classes[row];
    for (size_t k = 0; k < facet_count && worth_is_bounded(worth); k++) {
        const enum match_facet facet = worths->asked[k];
        const uint16_t class = classes->of[facet];
        const int64_t known = worths->of[facet][class];
        if ((worth & worths->order_mask) < bar)
            break;
        if ((known & WORTH_BOUNDED) != 0)
            worth +=
                (class == MATCH_NO_CLASS ? weigh_facet(worths->context, facet, &index->rows[row])
                                         : worths_of_class(worths, facet, class)) -
                known;
    }
    return worth;
}
