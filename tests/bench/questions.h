/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Made-up questions about one situation, as people and hotlines ask: the first says nothing but the
 * situation; the others say some of district, age, sex, children, wishes, time and position, and
 * sometimes a second situation. The same seed gives the same questions.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_QUESTIONS_H
#define SOCIOPOINT_TESTS_BENCH_QUESTIONS_H

#include <stdint.h>

#include "sociopoint/domain/knowledge.h"
#include "sociopoint/match/question.h"

/* The n-th question about the situation; it points into the knowledge. */
void question_make(const struct knowledge *knowledge, size_t situation, size_t n, uint64_t seed,
                   struct match_question *question);

#endif
