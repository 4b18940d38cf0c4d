/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every problem code the store can return, so that config can insist on a sentence for each in
 * every language.
 */
#ifndef SOCIOPOINT_STORE_PROBLEMS_H
#define SOCIOPOINT_STORE_PROBLEMS_H

#include <stddef.h>

#include "sociopoint/domain/texts.h"

extern const struct text_code store_problems[];
extern const size_t store_problem_count;

#endif
