/* SPDX-License-Identifier: EUPL-1.2 */
#include "weigh_internal.h"

#include "conditions_internal.h"
#include "when_internal.h"

_Static_assert(CONDITION_COUNT *CONDITION_COUNT / 2 < WORTH_FAILURE / WORTH_FAILED,
               "the conditions that fail fit into their bits, were it all of them");
_Static_assert(MATCH_SITUATIONS_MAXIMUM < WORTH_FAILED / WORTH_COVERAGE, "and so does coverage");
_Static_assert(FACET_COUNT < WORTH_NARROWED, "and the facets that are bounded");

/* --- One condition ----------------------------------------------------------------------------- */

enum match_verdict weigh_verdict(const struct match_context *context, const struct match_row *row,
                                 const struct active_rule *active)
{
    if (active->service_rules != 0 && (row->rules & active->service_rules) == 0)
        return VERDICT_NONE;
    return active->rule->verdict(context, row);
}

int weigh_points(const struct match_context *context, const struct match_row *row,
                 const struct active_rule *active, enum match_verdict verdict)
{
    if (active->rule->points != NULL)
        return active->rule->points(context, row);
    return active->points[verdict];
}

static int greater(int left, int right)
{
    return left > right ? left : right;
}

/* The most that any verdict of the condition gives, or none: no points. */
static int most_points(const struct match_context *context, const struct active_rule *active)
{
    const struct match_weights *weights = &context->knowledge->weights;
    int most = 0;
    for (size_t verdict = 0; verdict <= VERDICT_FAILED; verdict++)
        most = greater(most, active->points[verdict]);
    for (size_t i = 0; active->rule->points != NULL && i < weights->distance_band_count; i++)
        most = greater(most, weights->distance_bands[i].points);
    return most;
}

/* --- Source and situations --------------------------------------------------------------------- */

enum match_freshness weigh_freshness(const struct match_context *context,
                                     const struct match_row *row)
{
    if ((row->flags & ROW_CONFIRMED) == 0)
        return FRESHNESS_UNCONFIRMED;
    const struct service_facts *facts = match_index_facts(context->index, row);
    int64_t age = (int64_t)context->today - when_first_day(facts->confirmed_on);
    return age <= context->knowledge->weights.review_age_days ? FRESHNESS_CONFIRMED
                                                              : FRESHNESS_OVERDUE;
}

int weigh_source_points(const struct match_context *context, const struct match_row *row)
{
    const struct match_weights *weights = &context->knowledge->weights;
    const int oldest =
        (int)(sizeof weights->source_year_points / sizeof weights->source_year_points[0]) - 1;
    int age = context->year - row->source_year;
    if (row->source_year == MATCH_UNDATED || age > oldest)
        age = oldest;
    int points = weights->source_year_points[age < 0 ? 0 : age];
    if ((row->flags & ROW_CONFIRMED) == 0)
        return points;
    bool overdue = weigh_freshness(context, row) == FRESHNESS_OVERDUE;
    return points + (overdue ? weights->overdue : weights->confirmed);
}

static int most_source_points(const struct match_context *context)
{
    const struct match_weights *weights = &context->knowledge->weights;
    const size_t years = sizeof weights->source_year_points / sizeof weights->source_year_points[0];
    int most = weights->source_year_points[0];
    for (size_t i = 1; i < years; i++)
        most = greater(most, weights->source_year_points[i]);
    return most + greater(0, greater(weights->confirmed, weights->overdue));
}

int weigh_situation_points(const struct match_context *context, bool named, bool shares_group)
{
    const struct match_weights *weights = &context->knowledge->weights;
    int points = named ? weights->named_situation : weights->kind_of_situation;
    return shares_group ? points + weights->target_group_of_situation : points;
}

int64_t weigh_situation(const struct match_context *context, bool named, bool shares_group)
{
    return WORTH_COVERAGE + weigh_situation_points(context, named, shares_group) * WORTH_POINT;
}

/* --- Facets ------------------------------------------------------------------------------------ */

static bool is_offered_here(const struct match_context *context, const struct match_row *row)
{
    uint64_t here = UINT64_C(1) << context->question->municipality;
    return (row->municipalities & here) != 0 && (row->flags & ROW_CLOSED) == 0;
}

/* What a facet is worth besides its conditions. */
static int64_t weigh_besides(const struct match_context *context, enum match_facet facet,
                             const struct match_row *row)
{
    if (facet == FACET_AREA)
        return offer_is_reachable(context, row) ? WORTH_REACHABLE : 0;
    if (facet == FACET_SOURCE)
        return weigh_source_points(context, row) * WORTH_POINT + row->source_year * WORTH_YEAR;
    return 0;
}

static int64_t weigh_condition(const struct match_context *context,
                               const struct active_rule *active, const struct match_row *row)
{
    const struct match_rule *rule = active->rule;
    if (rule->points != NULL)
        return rule->points(context, row) * WORTH_POINT;
    enum match_verdict verdict = weigh_verdict(context, row, active);
    if (verdict == VERDICT_FAILED && rule->hard != NULL && rule->hard(context, row))
        return rule->condition * WORTH_FAILED - WORTH_FAILURE;
    return active->points[verdict] * WORTH_POINT;
}

int64_t weigh_facet(const struct match_context *context, enum match_facet facet,
                    const struct match_row *row)
{
    if (facet == FACET_AREA && !is_offered_here(context, row))
        return WORTH_NEVER;
    int64_t worth = weigh_besides(context, facet, row);
    for (size_t i = context->weighed_first[facet]; i < context->weighed_first[facet + 1]; i++)
        worth += weigh_condition(context, context->weighed[i], row);
    return worth;
}

int64_t weigh_class(const struct match_context *context, enum match_facet facet, uint16_t class)
{
    const struct match_index *index = context->index;
    if (facet != FACET_SPOT && facet != FACET_HOURS)
        return weigh_facet(context, facet, &index->rows[index->classes[facet].rows[class]]);
    const struct active_rule *only = context->weighed[context->weighed_first[facet]];
    bool alike = true;
    const int points = only->rule->class_points(context, class, &alike);
    return points * WORTH_POINT + (alike ? 0 : WORTH_NARROWED);
}

int64_t weigh_most(const struct match_context *context, enum match_facet facet)
{
    int points = 0;
    for (size_t i = context->weighed_first[facet]; i < context->weighed_first[facet + 1]; i++)
        points += most_points(context, context->weighed[i]);
    if (facet == FACET_AREA)
        return points * WORTH_POINT + WORTH_REACHABLE + WORTH_BOUNDED;
    if (facet == FACET_SOURCE)
        return (points + most_source_points(context)) * WORTH_POINT + UINT16_MAX * WORTH_YEAR +
               WORTH_BOUNDED;
    return points * WORTH_POINT + WORTH_BOUNDED;
}

bool weigh_is_asked(const struct match_context *context, enum match_facet facet)
{
    return facet == FACET_AREA || facet == FACET_SOURCE ||
           context->weighed_first[facet] < context->weighed_first[facet + 1];
}

/* --- The order --------------------------------------------------------------------------------- */

int64_t weigh_order_mask(const struct match_context *context)
{
    const unsigned steps = context->rules->order;
    int64_t mask = ~INT64_C(0);
    if ((steps & ORDER_COVERAGE) == 0)
        mask &= ~(WORTH_FAILED - WORTH_COVERAGE);
    if ((steps & ORDER_REACHABLE) == 0)
        mask &= ~WORTH_REACHABLE;
    if ((steps & ORDER_SCORE) == 0)
        mask &= ~(WORTH_REACHABLE - WORTH_POINT);
    if ((steps & ORDER_SOURCE) == 0)
        mask &= ~(WORTH_POINT - WORTH_YEAR);
    return mask;
}
