/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"
#include "choice_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"
#include "shown_internal.h"

enum { METRES_BYTES = 24, KILOMETRE_M = 1000, WHOLE_KILOMETRES_FROM_M = 10000, METRES_STEP = 50 };

static bool distance_asked(const struct match_context *context)
{
    return context->question->located;
}

/* How far it is to the nearest of the service's places; negative: not known. */
static int nearest(const struct match_context *context, const struct match_row *row)
{
    const uint32_t *first = &context->index->spot_first[row - context->index->rows];
    int least = -1;
    for (uint32_t i = first[0]; i < first[1]; i++) {
        const struct match_spot *spot = &context->index->spots[i];
        int metres = distance_to(&context->origin, spot->latitude_micro, spot->longitude_micro);
        if (least < 0 || metres < least)
            least = metres;
    }
    return least;
}

/* How far it is to the place that the service is shown with, which is the nearest one unless the
 * time decides; negative: not known. */
static int metres_to(const struct match_context *context, const struct match_row *row)
{
    if (!context->question->open_asked || (row->flags & ROW_SEVERAL_PLACES) == 0)
        return nearest(context, row);
    const struct place_choice choice =
        choice_make(context, row, match_index_facts(context->index, row));
    return choice.from == DISTANCE_NONE ? -1 : choice.metres;
}

/* Where people do not come to, or to a place that nobody may know of, there is no distance. */
static enum match_verdict distance_find(const struct match_context *context,
                                        const struct match_row *row, int *metres)
{
    if (!choice_is_visited(context, row) || (row->flags & ROW_PUBLIC_PLACE) == 0)
        return VERDICT_NONE;
    *metres = metres_to(context, row);
    if (*metres < 0)
        return VERDICT_UNKNOWN;
    int radius = context->question->radius_m;
    return radius == 0 || *metres <= radius ? VERDICT_MET : VERDICT_FAILED;
}

static enum match_verdict distance_verdict(const struct match_context *context,
                                           const struct match_row *row)
{
    int metres;
    return distance_find(context, row, &metres);
}

/* What is near gives points by its band. */
static int distance_points(const struct match_context *context, const struct match_row *row)
{
    const struct match_weights *weights = &context->knowledge->weights;
    int metres = -1;
    enum match_verdict verdict = distance_find(context, row, &metres);
    if (verdict != VERDICT_MET)
        return verdict == VERDICT_UNKNOWN  ? weights->unknown[CONDITION_DISTANCE]
               : verdict == VERDICT_FAILED ? weights->failed[CONDITION_DISTANCE]
                                           : 0;
    for (size_t i = 0; i < weights->distance_band_count; i++) {
        if (metres <= weights->distance_bands[i].within_m)
            return weights->distance_bands[i].points;
    }
    return 0;
}

/* "850 m", "12 km"; absent when the arena is exhausted. */
static struct match_argument metres_argument(int metres, struct arena *arena)
{
    struct builder text;
    builder_init(&text, arena, METRES_BYTES);
    bool far = metres >= WHOLE_KILOMETRES_FROM_M;
    int unit = far ? KILOMETRE_M : METRES_STEP;
    int rounded = (metres + unit / 2) / unit;
    builder_append_int(&text, far ? rounded : rounded * METRES_STEP);
    builder_append_z(&text, far ? " km" : " m");
    if (builder_failed(&text))
        return (struct match_argument){0};
    return argument_plain(builder_view(&text));
}

static bool distance_explain(const struct match_context *context, const struct match_row *row,
                             struct match_reason *reason)
{
    static const char *const codes[][2] = {
        [MATCH_MET] = {"reason.distance.met", "reason.distance.met.district"},
        [MATCH_UNKNOWN] = {"reason.distance.unknown", "reason.distance.unknown"},
        [MATCH_FAILED] = {"reason.distance.failed", "reason.distance.failed.district"},
    };
    (void)row; /* it is the shown one */
    const struct place_choice choice = context->shown->choice;
    reason->code = codes[reason->state][choice.from == DISTANCE_FROM_DISTRICT];
    if (reason->state == MATCH_UNKNOWN)
        return true;
    reason->arguments[0] = metres_argument(choice.metres, context->arena);
    if (reason->state == MATCH_FAILED)
        reason->arguments[1] = metres_argument(context->question->radius_m, context->arena);
    return argument_present(&reason->arguments[0]) &&
           (reason->state == MATCH_MET || argument_present(&reason->arguments[1]));
}

const struct match_rule condition_distance = {
    .condition = CONDITION_DISTANCE,
    .facet = FACET_SPOT,
    .asked = distance_asked,
    .verdict = distance_verdict,
    .points = distance_points,
    .explain = distance_explain,
    .suggest = "suggest.distance",
};
