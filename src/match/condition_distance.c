/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"
#include "choice_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"
#include "shown_internal.h"

/* Far more than what is lost by calculating. */
static const double rounding_m = 1e-3;

enum { METRES_BYTES = 24, KILOMETRE_M = 1000, WHOLE_KILOMETRES_FROM_M = 10000, METRES_STEP = 50 };

static bool distance_asked(const struct match_context *context)
{
    return context->question->located;
}

/* Where people do not come to, or to a place that nobody may know of, there is no distance. */
static bool has_distance(const struct match_context *context, const struct match_row *row)
{
    return choice_is_visited(context, row) && (row->flags & ROW_PUBLIC_PLACE) != 0;
}

/* How far it is to the nearest of the service's places, as all that follows: as a straight line;
 * negative: not known. */
static double nearest(const struct match_context *context, const struct match_row *row)
{
    const struct match_index *index = context->index;
    const uint32_t *first = &index->spot_first[row - index->rows];
    double least = -1;
    for (uint32_t i = first[0]; i < first[1]; i++) {
        if (!index->spots[i].known)
            continue;
        const double straight = distance_straight(&context->here, &index->spots[i].at);
        if (least < 0 || straight < least)
            least = straight;
    }
    return least;
}

static double straight_to_choice(const struct place_choice *choice)
{
    return choice->from == DISTANCE_NONE ? -1 : choice->straight;
}

/* How far it is to the place that the service is shown with, which is the nearest one unless the
 * time decides. */
static double straight_to(const struct match_context *context, const struct match_row *row)
{
    if (context->shown != NULL)
        return straight_to_choice(&context->shown->choice);
    if (!context->question->open_asked || (row->flags & ROW_SEVERAL_PLACES) == 0)
        return nearest(context, row);
    const struct place_choice choice =
        choice_make(context, row, match_index_facts(context->index, row));
    return straight_to_choice(&choice);
}

/* Of what people come to. */
static enum match_verdict verdict_at(const struct match_context *context, double straight)
{
    if (straight < 0)
        return VERDICT_UNKNOWN;
    return straight < context->radius_end ? VERDICT_MET : VERDICT_FAILED;
}

static enum match_verdict distance_verdict(const struct match_context *context,
                                           const struct match_row *row)
{
    return has_distance(context, row) ? verdict_at(context, straight_to(context, row))
                                      : VERDICT_NONE;
}

/* The band that far away; their count: it is beyond all. */
static size_t band_at(const struct match_context *context, double straight)
{
    const size_t count = context->knowledge->weights.distance_band_count;
    size_t band = 0;
    while (band < count && straight >= context->band_ends[band])
        band++;
    return band;
}

static int points_of_band(const struct match_context *context, size_t band)
{
    const struct match_weights *weights = &context->knowledge->weights;
    return band == weights->distance_band_count ? 0 : weights->distance_bands[band].points;
}

/* What is near gives points by its band. */
static int points_at(const struct match_context *context, double straight)
{
    const struct match_weights *weights = &context->knowledge->weights;
    switch (verdict_at(context, straight)) {
    case VERDICT_UNKNOWN:
        return weights->unknown[CONDITION_DISTANCE];
    case VERDICT_FAILED:
        return weights->failed[CONDITION_DISTANCE];
    case VERDICT_MET:
    case VERDICT_NONE:
        break;
    }
    return points_of_band(context, band_at(context, straight));
}

static int distance_points(const struct match_context *context, const struct match_row *row)
{
    return has_distance(context, row) ? points_at(context, straight_to(context, row)) : 0;
}

/* The most points from the nearer to the farther place. */
static int most_points(const struct match_context *context, double nearer, double farther)
{
    const size_t last = band_at(context, farther);
    int most = points_at(context, farther);
    for (size_t band = band_at(context, nearer); band <= last; band++) {
        const int points = points_of_band(context, band);
        most = points > most ? points : most;
    }
    return most;
}

/* No place of a cell is nearer or farther than its middle by more than its reach. */
static int distance_class_points(const struct match_context *context, uint16_t class, bool *alike)
{
    const struct match_index *index = context->index;
    const struct match_cell *cell = &index->cells[class];
    *alike = true;
    if (!has_distance(context, &index->rows[index->classes[FACET_SPOT].rows[class]]))
        return 0;
    if (cell->reach < 0)
        return points_at(context, -1);
    const double straight = distance_straight(&context->here, &cell->middle);
    const double nearer = fmax(straight - cell->reach - rounding_m, 0);
    const double farther = straight + cell->reach + rounding_m;
    if (cell->reach == 0)
        return points_at(context, straight);
    *alike = verdict_at(context, nearer) == verdict_at(context, farther) &&
             band_at(context, nearer) == band_at(context, farther);
    return *alike ? points_at(context, nearer) : most_points(context, nearer, farther);
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
    reason->arguments[0] = metres_argument(distance_metres(choice.straight), context->arena);
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
    .class_points = distance_class_points,
    .explain = distance_explain,
    .suggest = "suggest.distance",
};
