/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The arithmetic of learning: from samples, which are rows and values, to the weights of the rows.
 */
#ifndef SOCIOPOINT_TEXT_DESCENT_INTERNAL_H
#define SOCIOPOINT_TEXT_DESCENT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"

/* So many labels are learnt at a time. */
enum { DESCENT_BLOCK = 16 };

/* A feature of a sample as its row. */
struct term {
    uint32_t row;
    float value;
};

struct sample {
    size_t first; /* of its terms */
    size_t count;
    const uint16_t *labels;
    size_t label_count;
    float unknown; /* the squares of the values that have no row */
};

struct samples {
    struct sample *items;
    size_t count;
    struct term *terms; /* of all of them */
};

/* What is learnt: a row for each feature, and row 0 for all texts alike. */
struct descent_weights {
    float *rows; /* row_count times row_length */
    size_t row_count;
    size_t row_length; /* label_count and what fills up the last block; 0 stands there */
    size_t label_count;
};

/*
 * Fills the weights, whose rows are there. Labels do not know of each other, so that a block of
 * them is learnt at a time: what belongs to a block stands close together. False without memory.
 */
MUST_USE bool descent_learn(const struct samples *samples, struct descent_weights *weights);

#endif
