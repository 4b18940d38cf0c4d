/* SPDX-License-Identifier: EUPL-1.2 */
#include "suggest_internal.h"

/* How the results stand to a condition. */
struct tally {
    size_t met;
    size_t failed;
};

static struct tally tally_results(const struct match_context *context, size_t results, size_t i)
{
    struct tally tally = {0};
    for (size_t n = 0; n < results; n++) {
        enum match_verdict verdict = context_verdict(context, n, i);
        tally.met += verdict == VERDICT_MET;
        tally.failed += verdict == VERDICT_FAILED;
    }
    return tally;
}

/* How many services the condition of the i-th active rule keeps away; 0: there is nothing to
 * suggest. */
static size_t kept_away(const struct match_context *context, const struct ranks *ranks, size_t i)
{
    const struct match_rule *rule = context->active[i].rule;
    if (rule->suggest == NULL)
        return 0;
    size_t missed = ranks->missed[rule->condition];
    if (missed > 0 && ranks->fitting < MATCH_RESULTS_ENOUGH)
        return missed;
    struct tally tally = tally_results(context, ranks->results.count, i);
    return tally.met == 0 ? tally.failed : 0;
}

/* Adds it before those that keep fewer services away; equal codes are one. */
static void add(struct match_suggestion *list, size_t *count, struct match_suggestion fresh)
{
    for (size_t i = 0; i < *count; i++) {
        if (str_equal_z(str_from(list[i].code), fresh.code)) {
            list[i].services += fresh.services;
            return;
        }
    }
    size_t place = (*count)++;
    for (; place > 0 && list[place - 1].services < fresh.services; place--)
        list[place] = list[place - 1];
    list[place] = fresh;
}

bool suggest_fill(const struct match_context *context, const struct ranks *ranks,
                  struct match_answer *answer)
{
    struct match_suggestion *list =
        arena_array(context->arena, context->active_count, sizeof *list);
    size_t count = 0;
    if (list == NULL)
        return false;
    for (size_t i = 0; i < context->active_count; i++) {
        const struct match_rule *rule = context->active[i].rule;
        size_t services = kept_away(context, ranks, i);
        if (services > 0)
            add(list, &count,
                (struct match_suggestion){rule->suggest, match_condition_key(rule->condition),
                                          services});
    }
    answer->suggestions = list;
    answer->suggestion_count = count;
    return true;
}
