/* SPDX-License-Identifier: EUPL-1.2 */
#include "bound_internal.h"

#include <string.h>

/* --- What the question leaves possible ---------------------------------------------------------- */

static bool says_age(const struct match_context *context)
{
    return context->question->age_count > 0;
}

static bool says_male(const struct match_context *context)
{
    return context->question->sex == SEX_MALE;
}

static bool says_female(const struct match_context *context)
{
    return context->question->sex == SEX_FEMALE;
}

static bool says_children(const struct match_context *context)
{
    return context->question->with_children == SAID_YES;
}

static bool says_circumstances(const struct match_context *context)
{
    for (size_t i = 0; i < CIRCUMSTANCE_COUNT; i++) {
        if (context->question->circumstances[i] != SAID_NOTHING)
            return true;
    }
    return false;
}

/*
 * What is known of conditions before a row is looked at: how a service without the trait stands to
 * it, and when one that has it may meet it. A condition may have several lines.
 */
struct known_trait {
    enum match_condition condition;
    unsigned trait; /* 0: every service */
    enum match_verdict without;
    bool (*may_be_met)(const struct match_context *context); /* NULL: always */
};

static const struct known_trait known_traits[] = {
    {CONDITION_AREA, 0, VERDICT_NONE, context_place_asked},
    {CONDITION_AGE, TRAIT_AGES, VERDICT_NONE, says_age},
    {CONDITION_SEX, TRAIT_MEN_ONLY, VERDICT_NONE, says_male},
    {CONDITION_SEX, TRAIT_WOMEN_ONLY, VERDICT_NONE, says_female},
    {CONDITION_WITH_CHILD, TRAIT_OTHER_RULES, VERDICT_NONE, says_children},
    {CONDITION_ACTIVE_ADDICTION, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_MENTAL_ILLNESS, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_INFECTION, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_NEEDS_HOSPITAL_CARE, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_EARLIER_TREATMENT, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_RESIDENCE, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_REFERRAL, TRAIT_OTHER_RULES, VERDICT_NONE, says_circumstances},
    {CONDITION_OTHER_RULE, TRAIT_OTHER_RULES, VERDICT_NONE, NULL},
    {CONDITION_LANGUAGE, TRAIT_LANGUAGES, VERDICT_UNKNOWN, NULL},
    {CONDITION_ACCESSIBILITY, TRAIT_ACCESSIBILITY, VERDICT_UNKNOWN, NULL},
    {CONDITION_FREE_PLACES, TRAIT_FREE_PLACES, VERDICT_UNKNOWN, NULL},
    {CONDITION_COST, TRAIT_COST, VERDICT_UNKNOWN, NULL},
    {CONDITION_OPEN, TRAIT_HOURS, VERDICT_UNKNOWN, NULL},
};

/* --- Sums --------------------------------------------------------------------------------------- */

static int greater(int left, int right)
{
    return left > right ? left : right;
}

/* The most that a verdict gives, or none: no points. */
static int most_points(const struct match_context *context, const struct active_rule *active,
                       bool may_be_met)
{
    const struct match_weights *weights = &context->knowledge->weights;
    int most = greater(0, greater(active->points[VERDICT_UNKNOWN], active->points[VERDICT_FAILED]));
    if (!may_be_met)
        return most;
    most = greater(most, active->points[VERDICT_MET]);
    for (size_t i = 0; active->rule->points != NULL && i < weights->distance_band_count; i++)
        most = greater(most, weights->distance_bands[i].points);
    return most;
}

/* The points of each set of forms are exact. */
static void set_forms(struct bound *bound, const struct match_context *context,
                      const struct active_rule *active)
{
    for (unsigned forms = 0; forms < BOUND_FORM_SETS; forms++) {
        const struct match_row row = {.forms = (uint8_t)forms};
        bound->forms[forms] = active->points[active->rule->verdict(context, &row)];
    }
}

/* Points of a condition by bit of the trait; those of every service are returned. */
static int spread_condition(const struct match_context *context, const struct active_rule *active,
                            int *points)
{
    int every = 0;
    bool known = false;
    for (size_t i = 0; i < sizeof known_traits / sizeof known_traits[0]; i++) {
        const struct known_trait *line = &known_traits[i];
        if (line->condition != active->rule->condition)
            continue;
        int most =
            most_points(context, active, line->may_be_met == NULL || line->may_be_met(context));
        known = true;
        every = line->trait == 0 ? most : active->points[line->without];
        if (line->trait != 0)
            points[__builtin_ctz(line->trait)] += most - every;
    }
    return known ? every : most_points(context, active, true);
}

/* Points for each set of traits: those of the set without its lowest, and of that one. */
static void sum_sets(int sums[BOUND_HALF_SETS], const int *points)
{
    for (unsigned set = 1; set < BOUND_HALF_SETS; set++)
        sums[set] = sums[set & (set - 1)] + points[__builtin_ctz(set)];
}

static void set_conditions(struct bound *bound, const struct match_context *context)
{
    const struct match_weights *weights = &context->knowledge->weights;
    int points[2 * BOUND_HALF] = {0}; /* by bit of the trait */
    bound->low[0] = bound->high[0] = bound->costly = 0;
    memset(bound->forms, 0, sizeof bound->forms);
    for (size_t i = 0; i < context->active_count; i++) {
        if (context->active[i].rule->condition == CONDITION_FORM)
            set_forms(bound, context, &context->active[i]);
        else
            bound->low[0] += spread_condition(context, &context->active[i], points);
    }
    for (size_t i = 0; i < context->weighed_costly_count; i++)
        bound->costly += most_points(context, context->weighed_costly[i], true);
    points[__builtin_ctz(TRAIT_CONFIRMED)] += greater(weights->confirmed, weights->overdue);
    sum_sets(bound->low, points);
    sum_sets(bound->high, points + BOUND_HALF);
}

static void set_situations(struct bound *bound, const struct match_context *context)
{
    const struct match_weights *weights = &context->knowledge->weights;
    for (size_t i = 0; i < context->question->situation_count; i++) {
        for (int shared = 0; shared <= 1; shared++) {
            int group = shared != 0 ? weights->target_group_of_situation : 0;
            bound->situation[i][STRENGTH_KIND][shared] = weights->kind_of_situation + group;
            bound->situation[i][STRENGTH_NAMED][shared] = weights->named_situation + group;
        }
    }
}

void bound_init(struct bound *bound, const struct match_context *context)
{
    const struct match_weights *weights = &context->knowledge->weights;
    bool locality = context->question->locality != KNOWLEDGE_NONE;
    set_conditions(bound, context);
    set_situations(bound, context);
    bound->source = weights->source_year_points;
    bound->oldest =
        (int)(sizeof weights->source_year_points / sizeof weights->source_year_points[0]) - 1;
    bound->year = context->year;
    bound->reachable = (uint16_t)(TRAIT_REACHABLE | (locality ? TRAIT_LOCALITIES : 0));
}
