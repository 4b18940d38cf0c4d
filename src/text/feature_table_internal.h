/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is known of each feature: how rare it is, and a weight for each label.
 *
 * Made once and read by each request, mostly from memory that no cache holds any more. So a feature
 * is one place in a table and a byte for each label, which for 64 labels is one cache line; and
 * whoever reads many first asks for all places, then for all rows, and then adds them.
 */
#ifndef SOCIOPOINT_TEXT_FEATURE_TABLE_INTERNAL_H
#define SOCIOPOINT_TEXT_FEATURE_TABLE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"

/* Rows are as long as a multiple of this: a loop of a known length becomes vector instructions. */
enum { FEATURE_ROW_BLOCK = 16 };

struct feature_slot {
    uint32_t upper; /* half of the name */
    uint32_t row;   /* the number behind its row's; 0: the place is free */
    float rarity;   /* from 0 to 1: what many examples have counts less */
    float scale;    /* of a byte of the row */
};

/* All zero is the empty table. */
struct feature_table {
    void *room; /* of slots and rows */
    struct feature_slot *slots;
    size_t mask;
    int8_t *rows;
    size_t row_length;
    size_t count;
};

/* For `capacity` features with rows of row_length, a multiple of FEATURE_ROW_BLOCK; false without
 * memory. */
MUST_USE bool feature_table_init(struct feature_table *table, size_t capacity, size_t row_length);
void feature_table_done(struct feature_table *table);
/* Adds a feature that is not there yet, with its row of weights. */
void feature_table_add(struct feature_table *table, uint64_t name, float rarity,
                       const float *weights);

/* Asks for the place of a feature that is looked up soon. */
void feature_table_fetch(const struct feature_table *table, uint64_t name);
/* NULL: it is not known. Asks for its row. */
const struct feature_slot *feature_table_find(const struct feature_table *table, uint64_t name);
/* Adds `value` times the row to `sums`, which are as long. */
void feature_table_weigh(const struct feature_table *table, const struct feature_slot *slot,
                         float value, float *sums);
float feature_table_weight(const struct feature_table *table, const struct feature_slot *slot,
                           size_t label);

#endif
