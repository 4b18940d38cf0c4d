/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"
#include "choice_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"

enum { METRES_BYTES = 24, KILOMETRE_M = 1000, WHOLE_KILOMETRES_FROM_M = 10000, METRES_STEP = 50 };

static bool distance_asked(const struct match_context *context)
{
    return context->question->located;
}

static struct place_choice choice_of(const struct match_context *context,
                                     const struct match_row *row)
{
    return choice_make(context, row, match_index_facts(context->index, row));
}

/* Where people do not come to, or to a place that nobody may know of, there is no distance. */
static bool has_distance(const struct match_context *context, const struct match_row *row,
                         const struct place_choice *choice)
{
    return choice_is_visited(context, row) && choice->place != NULL && !choice->place->concealed;
}

static enum match_verdict distance_verdict(const struct match_context *context,
                                           const struct match_row *row)
{
    if (!choice_is_visited(context, row))
        return VERDICT_NONE;
    const struct place_choice choice = choice_of(context, row);
    if (!has_distance(context, row, &choice))
        return VERDICT_NONE;
    if (choice.from == DISTANCE_NONE)
        return VERDICT_UNKNOWN;
    int radius = context->question->radius_m;
    return radius == 0 || choice.metres <= radius ? VERDICT_MET : VERDICT_FAILED;
}

/* What is near gives points by its band. */
static int distance_points(const struct match_context *context, const struct match_row *row,
                           enum match_verdict verdict)
{
    const struct match_weights *weights = &context->knowledge->weights;
    if (verdict != VERDICT_MET)
        return verdict == VERDICT_UNKNOWN  ? weights->unknown[CONDITION_DISTANCE]
               : verdict == VERDICT_FAILED ? weights->failed[CONDITION_DISTANCE]
                                           : 0;
    int metres = choice_of(context, row).metres;
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
    const struct place_choice choice = choice_of(context, row);
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
    .asked = distance_asked,
    .costly = true,
    .verdict = distance_verdict,
    .points = distance_points,
    .explain = distance_explain,
    .suggest = "suggest.distance",
};
