/* SPDX-License-Identifier: EUPL-1.2 */
#include "argument_internal.h"
#include "conditions_internal.h"
#include "context_internal.h"

enum { ADULT_AGE = 18 };

static bool always_hard(const struct match_context *context, const struct match_row *row)
{
    (void)context; /* whoever is not served is not served */
    (void)row;
    return true;
}

/* --- Age --------------------------------------------------------------------------------------- */

static bool age_fits(const struct match_row *row, int age)
{
    return (row->minimum_age == MATCH_AGE_UNKNOWN || age >= row->minimum_age) &&
           (row->maximum_age == MATCH_AGE_UNKNOWN || age <= row->maximum_age);
}

/* Somebody who has children with him and tells only their ages is an adult whose age is unsaid. */
static bool adult_unsaid(const struct match_context *context, const struct match_row *row)
{
    const struct match_resolved *asked = context->question;
    if (asked->with_children != SAID_YES || row->minimum_age < ADULT_AGE)
        return false;
    for (size_t i = 0; i < asked->age_count; i++) {
        if (asked->ages[i] >= ADULT_AGE)
            return false;
    }
    return true;
}

static enum match_verdict age_verdict(const struct match_context *context,
                                      const struct match_row *row)
{
    const struct match_resolved *asked = context->question;
    if (row->minimum_age <= 0 && row->maximum_age == MATCH_AGE_UNKNOWN)
        return VERDICT_NONE;
    for (size_t i = 0; i < asked->age_count; i++) {
        if (age_fits(row, asked->ages[i]))
            return VERDICT_MET;
    }
    return asked->age_count == 0 || adult_unsaid(context, row) ? VERDICT_UNKNOWN : VERDICT_FAILED;
}

/* The sentences by state and by which borders the service has. */
static const char *const age_codes[][3] = {
    [MATCH_MET] = {"reason.age.met.between", "reason.age.met.from", "reason.age.met.to"},
    [MATCH_UNKNOWN] = {"reason.age.unknown.between", "reason.age.unknown.from",
                       "reason.age.unknown.to"},
    [MATCH_FAILED] = {"reason.age.failed.between", "reason.age.failed.from",
                      "reason.age.failed.to"},
};

/* The ages that fit, or all of them where none does. */
static struct match_argument asked_ages(const struct match_context *context,
                                        const struct match_row *row, bool fitting)
{
    struct name_list list;
    name_list_init(&list, context->arena);
    for (size_t i = 0; i < context->question->age_count; i++) {
        int age = context->question->ages[i];
        if (!fitting || age_fits(row, age))
            name_list_add(&list, argument_number(age, context->arena).plain);
    }
    return name_list_argument(&list);
}

static bool age_explain(const struct match_context *context, const struct match_row *row,
                        struct match_reason *reason)
{
    bool from = row->minimum_age > 0;
    bool to = row->maximum_age != MATCH_AGE_UNKNOWN;
    struct match_argument *next = reason->arguments;
    reason->code = age_codes[reason->state][from && to ? 0 : from ? 1 : 2];
    if (reason->state != MATCH_UNKNOWN)
        *next++ = asked_ages(context, row, reason->state == MATCH_MET);
    if (from)
        *next++ = argument_number(row->minimum_age, context->arena);
    if (to)
        *next++ = argument_number(row->maximum_age, context->arena);
    return argument_present(&reason->arguments[0]) && argument_present(next - 1);
}

static bool age_near_miss(const struct match_context *context, const struct match_row *row,
                          struct match_near_miss *miss)
{
    struct builder needed;
    builder_init(&needed, context->arena, 32);
    if (row->minimum_age > 0)
        builder_append_int(&needed, row->minimum_age);
    builder_append_z(&needed, row->maximum_age == MATCH_AGE_UNKNOWN ? "+" : "–");
    if (row->maximum_age != MATCH_AGE_UNKNOWN)
        builder_append_int(&needed, row->maximum_age);
    miss->asked = asked_ages(context, row, false);
    if (builder_failed(&needed) || !argument_present(&miss->asked))
        return false;
    miss->needed = argument_plain(builder_view(&needed));
    return true;
}

const struct match_rule condition_age = {
    .condition = CONDITION_AGE,
    .facet = FACET_PERSON,
    .verdict = age_verdict,
    .hard = always_hard,
    .explain = age_explain,
    .near_miss = age_near_miss,
    .ask = "ask.age",
    .suggest = "suggest.age",
};

/* --- Sex --------------------------------------------------------------------------------------- */

static enum match_verdict sex_verdict(const struct match_context *context,
                                      const struct match_row *row)
{
    unsigned only = row->rules & (RULE_MEN_ONLY | RULE_WOMEN_ONLY);
    if (only == (RULE_MEN_ONLY | RULE_WOMEN_ONLY))
        return VERDICT_NONE;
    if (context->question->sex == SEX_UNSAID)
        return VERDICT_UNKNOWN;
    bool male = context->question->sex == SEX_MALE;
    return male == (only == RULE_MEN_ONLY) ? VERDICT_MET : VERDICT_FAILED;
}

static const char *const sex_codes[][2] = {
    [MATCH_MET] = {"reason.sex.met.men", "reason.sex.met.women"},
    [MATCH_UNKNOWN] = {"reason.sex.unknown.men", "reason.sex.unknown.women"},
    [MATCH_FAILED] = {"reason.sex.failed.men", "reason.sex.failed.women"},
};

static bool sex_explain(const struct match_context *context, const struct match_row *row,
                        struct match_reason *reason)
{
    (void)context; /* the state says it all */
    reason->code = sex_codes[reason->state][(row->rules & RULE_MEN_ONLY) != 0 ? 0 : 1];
    return true;
}

static bool sex_near_miss(const struct match_context *context, const struct match_row *row,
                          struct match_near_miss *miss)
{
    static const char *const codes[] = {"value.women", "value.men"};
    miss->asked = argument_code(codes[context->question->sex == SEX_MALE]);
    miss->needed = argument_code(codes[(row->rules & RULE_MEN_ONLY) != 0]);
    return true;
}

const struct match_rule condition_sex = {
    .condition = CONDITION_SEX,
    .facet = FACET_PERSON,
    .service_rules = RULE_MEN_ONLY | RULE_WOMEN_ONLY,
    .verdict = sex_verdict,
    .hard = always_hard,
    .explain = sex_explain,
    .near_miss = sex_near_miss,
    .ask = "ask.sex",
};

/* --- With a child, and circumstances ------------------------------------------------------------ */

/* What was said, against what a service wants to hear. */
static enum match_verdict said_verdict(enum match_said said, enum match_said wanted)
{
    if (said == SAID_NOTHING)
        return VERDICT_UNKNOWN;
    return said == wanted ? VERDICT_MET : VERDICT_FAILED;
}

/* Of a service that wants a yes. */
static bool yes_near_miss(const struct match_context *context, const struct match_row *row,
                          struct match_near_miss *miss)
{
    (void)context; /* it failed, so a no was said */
    (void)row;
    miss->asked = argument_code("value.no");
    miss->needed = argument_code("value.yes");
    return true;
}

/* Of a service that wants a no. */
static bool no_near_miss(const struct match_context *context, const struct match_row *row,
                         struct match_near_miss *miss)
{
    (void)context; /* it failed, so a yes was said */
    (void)row;
    miss->asked = argument_code("value.yes");
    miss->needed = argument_code("value.no");
    return true;
}

static enum match_verdict with_child_verdict(const struct match_context *context,
                                             const struct match_row *row)
{
    (void)row; /* only services with the rule come here; likewise below */
    return said_verdict(context->question->with_children, SAID_YES);
}

const struct match_rule condition_with_child = {
    .condition = CONDITION_WITH_CHILD,
    .facet = FACET_PERSON,
    .service_rules = RULE_WITH_CHILD,
    .codes = {"reason.with-child.met", "reason.with-child.unknown", "reason.with-child.failed"},
    .ask = "ask.with-child",
    .suggest = "suggest.with-child",
    .verdict = with_child_verdict,
    .hard = always_hard,
    .near_miss = yes_near_miss,
};

static enum match_verdict active_addiction_verdict(const struct match_context *context,
                                                   const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_ACTIVE_ADDICTION], SAID_NO);
}

const struct match_rule condition_active_addiction = {
    .condition = CONDITION_ACTIVE_ADDICTION,
    .facet = FACET_PERSON,
    .service_rules = RULE_ACTIVE_ADDICTION,
    .codes = {"reason.active-addiction.met", "reason.active-addiction.unknown",
              "reason.active-addiction.failed"},
    .ask = "ask.active-addiction",
    .suggest = "suggest.exclusion",
    .verdict = active_addiction_verdict,
    .hard = always_hard,
    .near_miss = no_near_miss,
};

static enum match_verdict mental_illness_verdict(const struct match_context *context,
                                                 const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_MENTAL_ILLNESS], SAID_NO);
}

const struct match_rule condition_mental_illness = {
    .condition = CONDITION_MENTAL_ILLNESS,
    .facet = FACET_PERSON,
    .service_rules = RULE_MENTAL_ILLNESS,
    .codes = {"reason.mental-illness.met", "reason.mental-illness.unknown",
              "reason.mental-illness.failed"},
    .ask = "ask.mental-illness",
    .suggest = "suggest.exclusion",
    .verdict = mental_illness_verdict,
    .hard = always_hard,
    .near_miss = no_near_miss,
};

static enum match_verdict infection_verdict(const struct match_context *context,
                                            const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_INFECTION], SAID_NO);
}

const struct match_rule condition_infection = {
    .condition = CONDITION_INFECTION,
    .facet = FACET_PERSON,
    .service_rules = RULE_INFECTION,
    .codes = {"reason.infection.met", "reason.infection.unknown", "reason.infection.failed"},
    .ask = "ask.infection",
    .suggest = "suggest.exclusion",
    .verdict = infection_verdict,
    .hard = always_hard,
    .near_miss = no_near_miss,
};

static enum match_verdict needs_hospital_care_verdict(const struct match_context *context,
                                                      const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_NEEDS_HOSPITAL_CARE],
                        SAID_NO);
}

const struct match_rule condition_needs_hospital_care = {
    .condition = CONDITION_NEEDS_HOSPITAL_CARE,
    .facet = FACET_PERSON,
    .service_rules = RULE_NEEDS_HOSPITAL_CARE,
    .codes = {"reason.needs-hospital-care.met", "reason.needs-hospital-care.unknown",
              "reason.needs-hospital-care.failed"},
    .ask = "ask.needs-hospital-care",
    .suggest = "suggest.exclusion",
    .verdict = needs_hospital_care_verdict,
    .hard = always_hard,
    .near_miss = no_near_miss,
};

/* --- What a service wants to have happened before ------------------------------------------------- */

static enum match_verdict earlier_treatment_verdict(const struct match_context *context,
                                                    const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_EARLIER_TREATMENT], SAID_YES);
}

const struct match_rule condition_earlier_treatment = {
    .condition = CONDITION_EARLIER_TREATMENT,
    .facet = FACET_PERSON,
    .service_rules = RULE_EARLIER_TREATMENT,
    .codes = {"reason.earlier-treatment.met", "reason.earlier-treatment.unknown",
              "reason.earlier-treatment.failed"},
    .ask = "ask.earlier-treatment",
    .suggest = "suggest.earlier-treatment",
    .verdict = earlier_treatment_verdict,
    .hard = always_hard,
    .near_miss = yes_near_miss,
};

static enum match_verdict residence_verdict(const struct match_context *context,
                                            const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_RESIDENCE], SAID_YES);
}

const struct match_rule condition_residence = {
    .condition = CONDITION_RESIDENCE,
    .facet = FACET_PERSON,
    .service_rules = RULE_RESIDENCE,
    .codes = {"reason.residence.met", "reason.residence.unknown", "reason.residence.failed"},
    .ask = "ask.residence",
    .verdict = residence_verdict,
    .hard = always_hard,
    .near_miss = yes_near_miss,
};

static enum match_verdict referral_verdict(const struct match_context *context,
                                           const struct match_row *row)
{
    (void)row;
    return said_verdict(context->question->circumstances[CIRCUMSTANCE_REFERRAL], SAID_YES);
}

const struct match_rule condition_referral = {
    .condition = CONDITION_REFERRAL,
    .facet = FACET_PERSON,
    .service_rules = RULE_REFERRAL,
    .codes = {"reason.referral.met", "reason.referral.unknown", "reason.referral.failed"},
    .ask = "ask.referral",
    .suggest = "suggest.referral",
    .verdict = referral_verdict,
    .hard = always_hard,
    .near_miss = yes_near_miss,
};

/* --- A rule in words ----------------------------------------------------------------------------- */

static enum match_verdict other_rule_verdict(const struct match_context *context,
                                             const struct match_row *row)
{
    (void)context; /* nobody but a person can read it */
    (void)row;
    return VERDICT_UNKNOWN;
}

const struct match_rule condition_other_rule = {
    .condition = CONDITION_OTHER_RULE,
    .facet = FACET_PERSON,
    .service_rules = RULE_OTHER,
    .codes = {NULL, "reason.other-rule.unknown", NULL},
    .verdict = other_rule_verdict,
};
