/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The conditions of the match as a table: one row for each.
 *
 * A row says when its condition applies, how a service stands to it, and in which words. Adding a
 * condition is adding a row. The mutation run hands match_run a table with one row left out, or
 * with one step of the order left out, and expects a scenario to fail.
 *
 * The functions read the context and the service's row and nothing else. `verdict`, `points` and
 * `hard` look only at what belongs to the `facet` (src/catalogue/build_classes.c), because one row
 * speaks for all of its class.
 */
#ifndef SOCIOPOINT_MATCH_RULES_H
#define SOCIOPOINT_MATCH_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/catalogue/match_index.h"
#include "sociopoint/domain/match_condition.h"
#include "sociopoint/match/match.h"

struct match_context; /* src/match/context_internal.h */

/* How a service stands to a condition; VERDICT_NONE: it has no such condition. */
enum match_verdict { VERDICT_NONE, VERDICT_MET, VERDICT_UNKNOWN, VERDICT_FAILED };

struct match_rule {
    enum match_condition condition;
    enum match_facet facet; /* of a row: what the condition looks at */
    unsigned service_rules; /* applies to services with one of these (enum service_rule); 0: all */
    const char *codes[MATCH_STATES]; /* of the sentences; NULL where `explain` chooses them */
    const char *ask; /* code of the question that decides an unknown; NULL where it is soft */
    /* Whether this question has to do with the condition at all; NULL: every question. */
    bool (*asked)(const struct match_context *context);
    enum match_verdict (*verdict)(const struct match_context *context, const struct match_row *row);
    /* Points that depend on more than the verdict, of a condition that is not `hard`; NULL: those of
     * the weights. */
    int (*points)(const struct match_context *context, const struct match_row *row);
    /* The points of a class of the facet, of which this is the only rule (FACET_SPOT, FACET_HOURS): of
     * all its rows, or where these differ the most that one has, and *alike is false. */
    int (*class_points)(const struct match_context *context, uint16_t class, bool *alike);
    /* Whether a failure keeps the service from the results; NULL: never. */
    bool (*hard)(const struct match_context *context, const struct match_row *row);
    /* Fills arguments, and code where there are no `codes`, for reason->state; false when the arena
     * is exhausted. NULL: there are no arguments. */
    bool (*explain)(const struct match_context *context, const struct match_row *row,
                    struct match_reason *reason);
    /* Fills asked and needed; NULL where `hard` is. */
    bool (*near_miss)(const struct match_context *context, const struct match_row *row,
                      struct match_near_miss *miss);
    /* Code of what can be changed where it fails too often; NULL: nothing can. */
    const char *suggest;
    /* Instead of `ask` where it depends on the service; a NULL result: no question would help. */
    const char *(*choose_ask)(const struct match_context *context, const struct match_row *row);
};

/* The steps of the order, as bits of a set; each decides only what the ones before leave equal. */
enum match_order {
    ORDER_COVERAGE = 1,         /* those that serve more of the asked situations */
    ORDER_REACHABLE = 2,        /* those that can be called or visited */
    ORDER_SCORE = 4,            /* more points */
    ORDER_SOURCE = 8,           /* a fresher source */
    ORDER_EVERY_SITUATION = 16, /* not an order: the best service of a situation that has none */
    ORDER_DIVERSITY = 32,       /* nor this: the first ones are not all of one organisation */
    ORDER_ALL = 63,
    ORDER_EXHAUSTIVE =
        64 /* nor this: every row is weighed by itself, to the same answer; for tests */
};

struct match_rules {
    const struct match_rule *const *rules; /* in the order of the reasons */
    size_t count;
    unsigned order; /* set of enum match_order */
};

/* All of them. */
const struct match_rules *match_rules_all(void);

#endif
