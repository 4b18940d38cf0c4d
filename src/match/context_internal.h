/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What one match reads: the generation's indexes, the knowledge and the question, gathered once.
 */
#ifndef SOCIOPOINT_MATCH_CONTEXT_INTERNAL_H
#define SOCIOPOINT_MATCH_CONTEXT_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/catalogue/match_index.h"
#include "sociopoint/domain/distance.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/domain/opening_hours.h"
#include "sociopoint/domain/service_facts.h"
#include "sociopoint/match/question.h"
#include "sociopoint/match/rules.h"

struct match_shown;

/* Of one condition that this question has to do with. */
struct active_rule {
    const struct match_rule *rule;
    unsigned service_rules;         /* the rule's, close at hand */
    int points[VERDICT_FAILED + 1]; /* by verdict */
};

struct match_context {
    const struct generation *generation;
    const struct match_index *index;
    const struct knowledge *knowledge;
    const struct municipality *municipality;
    const struct match_resolved *question;
    const struct match_rules *rules;
    struct arena *arena;
    struct active_rule active[CONDITION_COUNT]; /* in the order of the reasons */
    size_t active_count;
    /* Those that give points or can keep a service from the results, by the facet they look at. */
    const struct active_rule *weighed[CONDITION_COUNT];
    size_t weighed_first[FACET_COUNT + 1]; /* of each facet, in `weighed`; then their count */
    uint32_t language_bits;                /* of the asked ones that some service has */
    uint16_t accessibility_bits;
    bool accessibility_missing;   /* no service has one of the asked ones */
    int year;                     /* the local one */
    int32_t today;                /* local, days as civil_time.h counts them */
    enum opening_purpose purpose; /* what hours are asked for */
    /* Only where the question is located: where somebody is, and as straight lines how far the bands
     * of the weights and the asked radius go. */
    struct distance_point here;
    double band_ends[DISTANCE_BANDS_MAXIMUM];
    double radius_end;
    /* While an answer is being filled: the result that reasons are made of, and the verdicts on all
     * results (enum match_verdict) by result and active rule. */
    const struct match_shown *shown;
    uint8_t *verdicts;
    struct opening_moment moment; /* for which hours are asked; large, and so the last */
};

/* Fills the context, which holds pointers into itself and stays where it is. */
void context_init(struct match_context *context, const struct generation *generation,
                  const struct match_resolved *question, const struct match_rules *rules,
                  struct arena *arena);

/* The verdict of the i-th active rule on a result. */
static inline enum match_verdict context_verdict(const struct match_context *context, size_t result,
                                                 size_t i)
{
    return (enum match_verdict)context->verdicts[result * context->active_count + i];
}

/* Whether the question says where. */
static inline bool context_place_asked(const struct match_context *context)
{
    return context->question->district != KNOWLEDGE_NONE ||
           context->question->locality != KNOWLEDGE_NONE;
}

#endif
