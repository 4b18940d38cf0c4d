/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The answer of a match as JSON, its codes turned into sentences.
 */
#ifndef SOCIOPOINT_REST_MATCH_ANSWER_INTERNAL_H
#define SOCIOPOINT_REST_MATCH_ANSWER_INTERNAL_H

struct builder;
struct exchange;
struct match_answer;
struct match_resolved;

void match_answer_write(const struct exchange *x, const struct match_resolved *question,
                        const struct match_answer *answer, struct builder *out);

#endif
