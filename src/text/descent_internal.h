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

struct classifier;

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

/*
 * Fills the weights of the classifier, whose rows are known. Labels do not know of each other, so
 * that a block of them is learnt at a time: what belongs to a block stands close together.
 * False without memory.
 */
MUST_USE bool descent_learn(struct classifier *classifier, const struct samples *samples);

#endif
