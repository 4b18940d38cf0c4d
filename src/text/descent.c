/* SPDX-License-Identifier: EUPL-1.2 */
#include "descent_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Chosen on tests/quality/tuning.tsv. */
enum { ROUNDS = 5 };
static const float learning_rate = 1.5F;
static const float first_squares = 0.2F; /* keeps the first steps small */
static const float negligible = 0.02F;   /* an error that is not worth a step */
static const float first_odds = -4.0F;   /* most texts are not about any one label */

/* Below these odds the likelihood is negligible: the limit itself is log(0.02 / 0.98) = -3.892. */
static const float negligible_odds = -3.9F;

enum { CACHE_LINE = 64 };

/* What a row weighs for the labels of the block, and the squares of the steps so far. */
struct cell {
    float weights[DESCENT_BLOCK];
    float squares[DESCENT_BLOCK];
};

/* What the classifier says of a sample, less what it should say. */
struct label_error {
    size_t label; /* in the block */
    float error;
};

struct descent {
    const struct samples *samples;
    uint32_t *order; /* in which they are taken */
    struct cell *cells;
    size_t first_label; /* of the block */
    size_t label_count;
};

static void find_odds(const struct descent *at, const struct sample *sample,
                      float odds[DESCENT_BLOCK])
{
    const struct term *terms = at->samples->terms + sample->first;
    float sums[DESCENT_BLOCK];
    memcpy(sums, at->cells[0].weights, sizeof sums);
    for (size_t i = 0; i < sample->count; i++) {
        const float *weights = at->cells[terms[i].row].weights;
        const float value = terms[i].value;
        for (size_t k = 0; k < DESCENT_BLOCK; k++)
            sums[k] += value * weights[k];
    }
    memcpy(odds, sums, sizeof sums);
}

static bool has_label(const struct sample *sample, size_t label)
{
    for (size_t i = 0; i < sample->label_count; i++) {
        if (sample->labels[i] == label)
            return true;
    }
    return false;
}

/* The errors that are worth a step, and how many they are. */
static size_t find_errors(const struct descent *at, const struct sample *sample,
                          struct label_error errors[DESCENT_BLOCK])
{
    float odds[DESCENT_BLOCK];
    size_t count = 0;
    find_odds(at, sample, odds);
    for (size_t label = 0; label < at->label_count; label++) {
        const bool wanted = has_label(sample, at->first_label + label);
        if (odds[label] < negligible_odds && !wanted)
            continue;
        const float error = 1 / (1 + expf(-odds[label])) - (wanted ? 1 : 0);
        if (fabsf(error) >= negligible)
            errors[count++] = (struct label_error){label, error};
    }
    return count;
}

/* Moves the weights of a row against the errors. */
static void step(struct cell *cell, float value, const struct label_error *errors, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t label = errors[i].label;
        const float gradient = errors[i].error * value;
        const float square = cell->squares[label] + gradient * gradient;
        cell->squares[label] = square;
        cell->weights[label] -= learning_rate * gradient / sqrtf(square + first_squares);
    }
}

static void learn_sample(const struct descent *at, const struct sample *sample)
{
    struct label_error errors[DESCENT_BLOCK];
    const struct term *terms = at->samples->terms + sample->first;
    const size_t count = find_errors(at, sample, errors);
    if (count == 0)
        return;
    step(&at->cells[0], 1, errors, count);
    for (size_t i = 0; i < sample->count; i++)
        step(&at->cells[terms[i].row], terms[i].value, errors, count);
}

/* SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the same numbers every time. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

/* Examples of one label stand together, so they are taken in another order each time. */
static void shuffle(const struct descent *at, uint64_t *state)
{
    for (size_t i = at->samples->count; i > 1; i--) {
        const size_t other = (size_t)(next_random(state) % i);
        const uint32_t sample = at->order[i - 1];
        at->order[i - 1] = at->order[other];
        at->order[other] = sample;
    }
}

static const struct sample *sample_at(const struct descent *at, size_t i)
{
    return &at->samples->items[at->order[i]];
}

/* Asks for the terms of a sample that comes after the next. */
static void fetch_terms(const struct descent *at, size_t i)
{
    if (i >= at->samples->count)
        return;
    const struct sample *sample = sample_at(at, i);
    for (size_t k = 0; k < sample->count; k += CACHE_LINE / sizeof(struct term))
        PREFETCH(at->samples->terms + sample->first + k);
}

/* Asks for the cells of the next sample. */
static void fetch_cells(const struct descent *at, size_t i)
{
    if (i >= at->samples->count)
        return;
    const struct sample *sample = sample_at(at, i);
    const struct term *terms = at->samples->terms + sample->first;
    for (size_t k = 0; k < sample->count; k++) {
        const struct cell *cell = &at->cells[terms[k].row];
        PREFETCH(cell->weights);
        PREFETCH(cell->squares);
    }
}

/* Every block sees the samples in the same orders. */
static void learn_block(const struct descent *at, size_t row_count)
{
    uint64_t state = 0;
    memset(at->cells, 0, row_count * sizeof *at->cells);
    for (size_t label = 0; label < at->label_count; label++)
        at->cells[0].weights[label] = first_odds;
    for (size_t i = 0; i < at->samples->count; i++)
        at->order[i] = (uint32_t)i;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(at, &state);
        for (size_t i = 0; i < at->samples->count; i++) {
            fetch_terms(at, i + 2);
            fetch_cells(at, i + 1);
            learn_sample(at, sample_at(at, i));
        }
    }
}

static void learn_blocks(struct descent *at, struct descent_weights *weights)
{
    for (at->first_label = 0; at->first_label < weights->label_count;
         at->first_label += DESCENT_BLOCK) {
        const size_t left = weights->label_count - at->first_label;
        at->label_count = left < DESCENT_BLOCK ? left : DESCENT_BLOCK;
        learn_block(at, weights->row_count);
        for (size_t row = 0; row < weights->row_count; row++)
            memcpy(weights->rows + row * weights->row_length + at->first_label,
                   at->cells[row].weights, sizeof at->cells[row].weights);
    }
}

bool descent_learn(const struct samples *samples, struct descent_weights *weights)
{
    struct descent at = {.samples = samples};
    char *room = malloc((weights->row_count + 1) * sizeof *at.cells);
    at.order = malloc((samples->count + 1) * sizeof *at.order);
    const bool ready = room != NULL && at.order != NULL;
    if (ready) {
        at.cells = (void *)(room + (CACHE_LINE - (uintptr_t)room % CACHE_LINE) % CACHE_LINE);
        learn_blocks(&at, weights);
    }
    free(room);
    free(at.order);
    return ready;
}
