/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a scenario expects of an answer. Services are given by the key of their listing:
 *   first        the results begin with exactly these
 *   among_first  {"3": [...]}: these are among the first three results
 *   before       {service: [services]}: it stands before these
 *   contains     these are results             results      so many results
 *   near_misses  these are near misses         not_results  these are no results
 *   never        these are neither             crisis       the crisis lines begin with these numbers
 *   fallback     the first contact's phone, or none
 *   reasons      {service: [codes]}: the result or near miss has these reasons
 *   ask          these questions are among those to ask
 *   opening      {service: open, closed, unknown}; "fallback" is the first contact
 *   says         {service: what stands in the sentence about its hours}
 *   room         {service: some, none, unknown}
 *   distance     {service: [at least, at most]} in metres
 *   score        {service: [at least, at most]} in points
 *   measured     {service: place, district, none}: what the distance goes to
 *   place        {service: the district of the place it is shown with}
 *   suggests     these changes are suggested
 *   near_miss    {service: [asked, needed]}
 */
#ifndef SOCIOPOINT_TESTS_SCENARIOS_EXPECT_H
#define SOCIOPOINT_TESTS_SCENARIOS_EXPECT_H

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"

struct generation;
struct match_answer;

/* One answer being held against what is expected. */
struct expecting {
    const struct generation *generation;
    const struct match_answer *answer;
    struct arena *arena;
    FILE *report;      /* NULL: differences are only counted */
    const char *title; /* printed before the first difference */
    size_t differences;
};

/* The first member that is no expectation; NULL: all are. "expect" when there are none at all. */
const char *expect_unknown_member(const json_t *expect);
/* The score of every result is the sum of the points of its reasons: in every scenario. */
void expect_points(struct expecting *at);
void expect_check(struct expecting *at, const json_t *expect);
/* Counts and tells a difference. */
void expect_say(struct expecting *at, const char *format, ...) PRINTF_LIKE(2, 3);
/* Tells what came, with every reason in Czech. */
void expect_print_answer(const struct expecting *at);

#endif
