/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a classifier is made of.
 */
#ifndef SOCIOPOINT_TEXT_CLASSIFIER_INTERNAL_H
#define SOCIOPOINT_TEXT_CLASSIFIER_INTERNAL_H

#include <stddef.h>

#include "feature_table_internal.h"

struct word_groups;

struct classifier {
    const struct word_groups *groups;
    size_t label_count;
    size_t row_length; /* label_count and what fills up the last block of a row */
    float *first_odds; /* of all texts alike; row_length of them */
    struct feature_table features;
};

#endif
