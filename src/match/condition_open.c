/* SPDX-License-Identifier: EUPL-1.2 */
#include "choice_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"
#include "opening_internal.h"
#include "shown_internal.h"

#include <string.h>

static bool open_asked(const struct match_context *context)
{
    return context->question->open_asked;
}

/* As opening_presence_at() says of a service that is shown. */
static enum opening_state shown_presence(const struct match_shown *shown)
{
    const struct match_opening *opening = &shown->opening;
    bool expected = opening->state == OPENING_CLOSED && opening->by_appointment;
    return expected ? OPENING_UNKNOWN : opening->state;
}

static enum match_verdict open_verdict(const struct match_context *context,
                                       const struct match_row *row)
{
    static const enum match_verdict verdicts[] = {[OPENING_UNKNOWN] = VERDICT_UNKNOWN,
                                                  [OPENING_CLOSED] = VERDICT_FAILED,
                                                  [OPENING_OPEN] = VERDICT_MET};
    if ((row->flags & ROW_HOURS) == 0)
        return VERDICT_UNKNOWN;
    if (context->shown != NULL)
        return verdicts[shown_presence(context->shown)];
    const struct service_facts *facts = match_index_facts(context->index, row);
    const struct service_place *place =
        facts->place_count == 1 ? facts->places : choice_make(context, row, facts).place;
    const struct opening_question question = choice_opening_question(context, facts, place);
    return verdicts[opening_presence_at(&question)];
}

static int open_class_points(const struct match_context *context, uint16_t class, bool *alike)
{
    const struct match_weights *weights = &context->knowledge->weights;
    const struct match_hours *hours = &context->index->hours[class];
    const struct opening_question question = {.place = &hours->place,
                                              .service = &hours->service,
                                              .purpose = context->purpose,
                                              .moment = &context->moment};
    *alike = true;
    switch (opening_presence_at(&question)) {
    case OPENING_OPEN:
        return weights->met[CONDITION_OPEN];
    case OPENING_CLOSED:
        return weights->failed[CONDITION_OPEN];
    case OPENING_UNKNOWN:
        break;
    }
    return weights->unknown[CONDITION_OPEN];
}

static bool open_explain(const struct match_context *context, const struct match_row *row,
                         struct match_reason *reason)
{
    (void)row; /* it is the shown one */
    reason->code = context->shown->opening.code;
    memcpy(reason->arguments, context->shown->opening.arguments, sizeof reason->arguments);
    return true;
}

const struct match_rule condition_open = {
    .condition = CONDITION_OPEN,
    .facet = FACET_HOURS,
    .asked = open_asked,
    .verdict = open_verdict,
    .class_points = open_class_points,
    .explain = open_explain,
    .suggest = "suggest.open",
};
