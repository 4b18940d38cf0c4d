/* SPDX-License-Identifier: EUPL-1.2 */
#include "context_internal.h"

#include <math.h>

#include "sociopoint/catalogue/generation.h"

static void find_code_bits(struct match_context *context)
{
    const struct match_resolved *question = context->question;
    for (size_t i = 0; i < question->language_count; i++)
        context->language_bits |=
            generation_language_bit(context->generation, question->languages[i]);
    for (size_t i = 0; i < question->accessibility_count; i++) {
        uint16_t bit =
            generation_accessibility_bit(context->generation, question->accessibility[i]);
        context->accessibility_bits |= bit;
        context->accessibility_missing = context->accessibility_missing || bit == 0;
    }
}

static void set_points(const struct match_weights *weights, struct active_rule *active)
{
    enum match_condition condition = active->rule->condition;
    active->points[VERDICT_MET] = weights->met[condition];
    active->points[VERDICT_UNKNOWN] = weights->unknown[condition];
    active->points[VERDICT_FAILED] = weights->failed[condition];
}

static bool has_weight(const struct active_rule *active)
{
    return active->rule->hard != NULL || active->rule->points != NULL ||
           active->points[VERDICT_MET] != 0 || active->points[VERDICT_UNKNOWN] != 0 ||
           active->points[VERDICT_FAILED] != 0;
}

static void find_active_rules(struct match_context *context)
{
    for (size_t i = 0; i < context->rules->count; i++) {
        const struct match_rule *rule = context->rules->rules[i];
        if (rule->asked != NULL && !rule->asked(context))
            continue;
        struct active_rule *active = &context->active[context->active_count++];
        *active = (struct active_rule){.rule = rule, .service_rules = rule->service_rules};
        set_points(&context->knowledge->weights, active);
    }
}

static void sort_weighed_rules(struct match_context *context)
{
    size_t count = 0;
    for (enum match_facet facet = 0; facet < FACET_COUNT; facet++) {
        context->weighed_first[facet] = count;
        for (size_t i = 0; i < context->active_count; i++) {
            const struct active_rule *active = &context->active[i];
            if (active->rule->facet == facet && has_weight(active))
                context->weighed[count++] = active;
        }
    }
    context->weighed_first[FACET_COUNT] = count;
}

/* The hours of the way in which help is wanted, where only one is. */
static enum opening_purpose purpose_of(unsigned forms)
{
    return forms == FORM_FIELD        ? OPENING_FIELD
           : forms == FORM_OUTPATIENT ? OPENING_OUTPATIENT
                                      : OPENING_GENERAL;
}

/* Distances are told in whole metres, so that each ends half a metre later. */
static double end_of(int metres)
{
    return distance_straight_of(metres + 0.5);
}

static void find_distances(struct match_context *context)
{
    const struct match_resolved *question = context->question;
    const struct match_weights *weights = &context->knowledge->weights;
    context->here = distance_point_at(question->latitude_micro, question->longitude_micro);
    context->radius_end = question->radius_m == 0 ? HUGE_VAL : end_of(question->radius_m);
    for (size_t i = 0; i < weights->distance_band_count; i++)
        context->band_ends[i] = end_of(weights->distance_bands[i].within_m);
}

static void find_time_and_place(struct match_context *context)
{
    const struct match_resolved *question = context->question;
    context->today = civil_time_at(question->now_ms).day;
    context->year = civil_day_date(context->today).year;
    context->purpose = purpose_of(question->forms);
    opening_moment_init(&context->moment, question->at_ms);
    if (question->located)
        find_distances(context);
}

void context_init(struct match_context *context, const struct generation *generation,
                  const struct match_resolved *question, const struct match_rules *rules,
                  struct arena *arena)
{
    const struct knowledge *knowledge = generation_knowledge(generation);
    *context = (struct match_context){
        .generation = generation,
        .index = generation_match_index(generation),
        .knowledge = knowledge,
        .municipality = &knowledge->municipalities[question->municipality],
        .question = question,
        .rules = rules,
        .arena = arena,
    };
    find_time_and_place(context);
    find_code_bits(context);
    find_active_rules(context);
    sort_weighed_rules(context);
}
