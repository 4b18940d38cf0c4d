/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"
#include "room_internal.h"
#include "shown_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "vocabulary_internal.h"

#include <string.h>

/* --- Target group ------------------------------------------------------------------------------ */

static bool target_group_asked(const struct match_context *context)
{
    return context->question->target_groups != 0;
}

static enum match_verdict target_group_verdict(const struct match_context *context,
                                               const struct match_row *row)
{
    if (row->target_groups == 0)
        return VERDICT_UNKNOWN;
    bool shared = (row->target_groups & context->question->target_groups) != 0;
    return shared ? VERDICT_MET : VERDICT_FAILED;
}

/* Names the first group they share, else the first that was asked. */
static bool target_group_explain(const struct match_context *context, const struct match_row *row,
                                 struct match_reason *reason)
{
    uint64_t asked = context->question->target_groups;
    uint64_t shared = asked & row->target_groups;
    int group = __builtin_ctzll(shared != 0 ? shared : asked);
    reason->arguments[0] = argument_translated(&context->knowledge->target_groups[group].term.name);
    return true;
}

const struct match_rule condition_target_group = {
    .condition = CONDITION_TARGET_GROUP,
    .facet = FACET_GROUPS,
    .codes = {"reason.target-group.met", "reason.target-group.unknown",
              "reason.target-group.failed"},
    .asked = target_group_asked,
    .verdict = target_group_verdict,
    .suggest = "suggest.target-group",
    .explain = target_group_explain,
};

/* --- Form -------------------------------------------------------------------------------------- */

static bool form_asked(const struct match_context *context)
{
    return context->question->forms != 0;
}

static enum match_verdict form_verdict(const struct match_context *context,
                                       const struct match_row *row)
{
    if (row->forms == 0)
        return VERDICT_UNKNOWN;
    return (row->forms & context->question->forms) != 0 ? VERDICT_MET : VERDICT_FAILED;
}

static struct match_argument first_form(unsigned forms)
{
    for (size_t i = 0; i < vocabulary_forms.count; i++) {
        const struct vocabulary_word *word = &vocabulary_forms.words[i];
        if ((forms & service_form_from_key(str_from(word->key))) != 0)
            return argument_code(word->text_code);
    }
    return (struct match_argument){0};
}

/* Met: the form that fits; else the one asked, and the one offered where it is known. */
static bool form_explain(const struct match_context *context, const struct match_row *row,
                         struct match_reason *reason)
{
    unsigned asked = context->question->forms;
    reason->arguments[0] = first_form(reason->state == MATCH_MET ? asked & row->forms : asked);
    if (reason->state == MATCH_FAILED)
        reason->arguments[1] = first_form(row->forms);
    return true;
}

const struct match_rule condition_form = {
    .condition = CONDITION_FORM,
    .facet = FACET_OFFER,
    .codes = {"reason.form.met", "reason.form.unknown", "reason.form.failed"},
    .asked = form_asked,
    .verdict = form_verdict,
    .suggest = "suggest.form",
    .explain = form_explain,
};

/* --- Language ---------------------------------------------------------------------------------- */

static bool language_asked(const struct match_context *context)
{
    return context->question->language_count > 0;
}

static bool offers(const struct str *offered, size_t count, struct str asked)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(offered[i], asked))
            return true;
    }
    return false;
}

/* The first asked language that the service has; NULL: none. */
static const struct str *common_language(const struct match_context *context,
                                         const struct match_row *row)
{
    const struct match_resolved *asked = context->question;
    const struct service_facts *facts = match_index_facts(context->index, row);
    for (size_t i = 0; i < asked->language_count; i++) {
        if (offers(facts->languages, facts->language_count, asked->languages[i]))
            return &asked->languages[i];
    }
    return NULL;
}

static enum match_verdict language_verdict(const struct match_context *context,
                                           const struct match_row *row)
{
    uint32_t common = row->languages & context->language_bits;
    if (row->languages == 0)
        return VERDICT_UNKNOWN;
    if (common == 0)
        return VERDICT_FAILED;
    if (common != MATCH_LANGUAGE_SHARED)
        return VERDICT_MET;
    return common_language(context, row) != NULL ? VERDICT_MET : VERDICT_FAILED;
}

static struct match_argument word_argument(const struct vocabulary *vocabulary, struct str key)
{
    const struct vocabulary_word *word = vocabulary_find(vocabulary, key);
    return word == NULL ? argument_plain(key) : argument_code(word->text_code);
}

static bool language_explain(const struct match_context *context, const struct match_row *row,
                             struct match_reason *reason)
{
    const struct str *common = common_language(context, row);
    struct str language = common != NULL ? *common : context->question->languages[0];
    reason->arguments[0] = word_argument(&vocabulary_languages, language);
    return true;
}

const struct match_rule condition_language = {
    .condition = CONDITION_LANGUAGE,
    .facet = FACET_OFFER,
    .codes = {"reason.language.met", "reason.language.unknown", "reason.language.failed"},
    .asked = language_asked,
    .verdict = language_verdict,
    .suggest = "suggest.language",
    .explain = language_explain,
};

/* --- Accessibility ----------------------------------------------------------------------------- */

static bool accessibility_asked(const struct match_context *context)
{
    return context->question->accessibility_count > 0;
}

/* The first asked need that the service does not name; NULL: it names all. */
static const struct str *missing_access(const struct match_context *context,
                                        const struct match_row *row)
{
    const struct match_resolved *asked = context->question;
    const struct service_facts *facts = match_index_facts(context->index, row);
    for (size_t i = 0; i < asked->accessibility_count; i++) {
        if (!offers(facts->accessibility, facts->accessibility_count, asked->accessibility[i]))
            return &asked->accessibility[i];
    }
    return NULL;
}

/* All that is asked is needed; a service that names some things and not these has not got them. */
static enum match_verdict accessibility_verdict(const struct match_context *context,
                                                const struct match_row *row)
{
    if (row->accessibility == 0)
        return VERDICT_UNKNOWN;
    uint16_t needed = context->accessibility_bits;
    if (context->accessibility_missing || (row->accessibility & needed) != needed)
        return VERDICT_FAILED;
    if ((needed & MATCH_ACCESSIBILITY_SHARED) == 0)
        return VERDICT_MET;
    return missing_access(context, row) == NULL ? VERDICT_MET : VERDICT_FAILED;
}

static bool accessibility_explain(const struct match_context *context, const struct match_row *row,
                                  struct match_reason *reason)
{
    const struct str *missing = missing_access(context, row);
    struct str need = missing != NULL ? *missing : context->question->accessibility[0];
    reason->arguments[0] = word_argument(&vocabulary_accessibility, need);
    return true;
}

const struct match_rule condition_accessibility = {
    .condition = CONDITION_ACCESSIBILITY,
    .facet = FACET_OFFER,
    .codes = {"reason.accessibility.met", "reason.accessibility.unknown",
              "reason.accessibility.failed"},
    .asked = accessibility_asked,
    .verdict = accessibility_verdict,
    .suggest = "suggest.accessibility",
    .explain = accessibility_explain,
};

/* --- Free places ------------------------------------------------------------------------------- */

static bool free_places_asked(const struct match_context *context)
{
    return context->question->with_capacity;
}

static enum match_verdict free_places_verdict(const struct match_context *context,
                                              const struct match_row *row)
{
    static const enum match_verdict verdicts[] = {
        [FREE_UNKNOWN] = VERDICT_UNKNOWN, [FREE_SOME] = VERDICT_MET, [FREE_NONE] = VERDICT_FAILED};
    if (row->free_places == FREE_UNKNOWN)
        return VERDICT_UNKNOWN;
    if (context->shown != NULL)
        return verdicts[context->shown->room.state];
    return verdicts[room_state(context, match_index_facts(context->index, row))];
}

static bool free_places_explain(const struct match_context *context, const struct match_row *row,
                                struct match_reason *reason)
{
    (void)row; /* it is the shown one */
    reason->code = context->shown->room.code;
    memcpy(reason->arguments, context->shown->room.arguments, sizeof reason->arguments);
    return true;
}

const struct match_rule condition_free_places = {
    .condition = CONDITION_FREE_PLACES,
    .facet = FACET_ROOM,
    .asked = free_places_asked,
    .verdict = free_places_verdict,
    .explain = free_places_explain,
    .suggest = "suggest.free-places",
};

/* --- Cost -------------------------------------------------------------------------------------- */

static bool cost_asked(const struct match_context *context)
{
    return context->question->free_of_charge;
}

static enum match_verdict cost_verdict(const struct match_context *context,
                                       const struct match_row *row)
{
    (void)context;
    if (row->cost == COST_UNKNOWN)
        return VERDICT_UNKNOWN;
    return row->cost == COST_FREE ? VERDICT_MET : VERDICT_FAILED;
}

const struct match_rule condition_cost = {
    .condition = CONDITION_COST,
    .facet = FACET_OFFER,
    .codes = {"reason.cost.met", "reason.cost.unknown", "reason.cost.failed"},
    .asked = cost_asked,
    .verdict = cost_verdict,
    .suggest = "suggest.cost",
};

/* --- Reachable --------------------------------------------------------------------------------- */

bool offer_is_reachable(const struct match_context *context, const struct match_row *row)
{
    /* A phone or a door; a web page answers nobody. In its own locality a service is met by people
     * who live there, without either. */
    return (row->flags & (ROW_PHONE | ROW_VISIT)) != 0 || area_is_in_locality(context, row);
}

static enum match_verdict reachable_verdict(const struct match_context *context,
                                            const struct match_row *row)
{
    return offer_is_reachable(context, row) ? VERDICT_MET : VERDICT_FAILED;
}

static bool reachable_explain(const struct match_context *context, const struct match_row *row,
                              struct match_reason *reason)
{
    const struct service_facts *facts = match_index_facts(context->index, row);
    if (reason->state == MATCH_FAILED)
        reason->code = (row->flags & ROW_EMAIL) != 0 ? "reason.reachable.failed.email"
                                                     : "reason.reachable.failed";
    else if ((row->flags & (ROW_PHONE | ROW_VISIT)) == 0)
        reason->code = "reason.reachable.met.locality";
    else if ((row->flags & ROW_PHONE) == 0)
        reason->code = "reason.reachable.met.visit";
    else
        reason->code = facts->phones > 0 ? "reason.reachable.met.phone"
                                         : "reason.reachable.met.organization-phone";
    return true;
}

const struct match_rule condition_reachable = {
    .condition = CONDITION_REACHABLE,
    .facet = FACET_AREA,
    .verdict = reachable_verdict,
    .explain = reachable_explain,
};
