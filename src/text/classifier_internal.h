/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a classifier is made of.
 */
#ifndef SOCIOPOINT_TEXT_CLASSIFIER_INTERNAL_H
#define SOCIOPOINT_TEXT_CLASSIFIER_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "name_table_internal.h"

struct word_groups;

/* Rows are as long as a multiple of this: a loop of a known length becomes vector instructions. */
enum { CLASSIFIER_BLOCK = 16 };

/* A row of weights, one for each label, belongs to each feature; row 0 to all texts alike. */
struct classifier {
    const struct word_groups *groups;
    size_t label_count;
    size_t row_length;      /* label_count and what fills up the last block */
    size_t row_count;       /* with row 0 */
    struct name_table rows; /* of features; 0: the feature is not known */
    float *rarity;          /* by row, from 0 to 1: what many examples have counts less */
    float *weights;
};

static inline float *classifier_weights(const struct classifier *classifier, uint32_t row)
{
    return classifier->weights + (size_t)row * classifier->row_length;
}

/* Adds `value` times the row to `sums`, which are as long and not the row itself. */
static inline void classifier_add(const struct classifier *classifier, uint32_t row, float value,
                                  float *restrict sums)
{
    const float *restrict weights = classifier_weights(classifier, row);
    for (size_t i = 0; i < classifier->row_length; i += CLASSIFIER_BLOCK) {
        for (size_t k = 0; k < CLASSIFIER_BLOCK; k++)
            sums[i + k] += value * weights[i + k];
    }
}

#endif
