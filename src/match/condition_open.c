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

static enum match_verdict open_verdict(const struct match_context *context,
                                       const struct match_row *row)
{
    static const enum match_verdict verdicts[] = {[OPENING_UNKNOWN] = VERDICT_UNKNOWN,
                                                  [OPENING_CLOSED] = VERDICT_FAILED,
                                                  [OPENING_OPEN] = VERDICT_MET};
    if ((row->flags & ROW_HOURS) == 0)
        return VERDICT_UNKNOWN;
    const struct service_facts *facts = match_index_facts(context->index, row);
    const struct opening_question question =
        choice_opening_question(context, facts, choice_make(context, row, facts).place);
    return verdicts[opening_presence_at(&question)];
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
    .explain = open_explain,
    .suggest = "suggest.open",
};
