/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "classifier_internal.h"
#include "descent_internal.h"
#include "features_internal.h"
#include "name_table_internal.h"
#include "sociopoint/text/classifier.h"

/* Chosen on tests/quality/tuning.tsv. */
static const float rare_uses = 3; /* so many examples may have what counts whole */
static const float least_rarity = 0.1F;

enum { EXAMPLE_ARENA = 1 << 20 };

/* A feature that was seen in some example. */
struct seen {
    uint64_t name;
    uint32_t row;
    bool worth; /* a pair that comes once teaches nothing that its words do not */
};

struct learning {
    struct classifier *classifier;
    const struct classifier_example *examples;
    size_t count;
    struct name_table numbers; /* of the features seen */
    struct seen *seen;         /* by number; number 0 is none */
    size_t seen_count;
    size_t seen_capacity;
    struct samples samples; /* their rows are numbers of features while they are read */
    float *rarity;          /* by row */
    struct descent_weights weights;
    size_t term_count;
    size_t term_capacity;
    struct arena *arena;
};

/* --- Samples ----------------------------------------------------------------------------------- */

/* Room for `more` behind the `count` items, in the same place or a new one; NULL without memory. */
static void *grown(void *items, size_t count, size_t more, size_t *capacity, size_t size)
{
    if (count + more <= *capacity)
        return items;
    const size_t wanted = 2 * (count + more);
    void *larger = realloc(items, wanted * size);
    if (larger != NULL)
        *capacity = wanted;
    return larger;
}

/* The number of the feature, which has now been seen once more; 0 without memory. */
static uint32_t number_of(struct learning *at, const struct feature *feature)
{
    uint32_t *number = name_table_put(&at->numbers, feature->name);
    if (number == NULL)
        return 0;
    if (*number != 0) {
        at->seen[*number].worth = true;
        return *number;
    }
    struct seen *seen = grown(at->seen, at->seen_count, 1, &at->seen_capacity, sizeof *seen);
    if (seen == NULL)
        return 0;
    at->seen = seen;
    seen[at->seen_count] =
        (struct seen){.name = feature->name, .worth = feature->tokens[0] == feature->tokens[1]};
    return *number = (uint32_t)at->seen_count++;
}

static bool read_token(struct learning *at, const struct features_text *text, size_t token)
{
    struct feature features[FEATURES_OF_TOKEN];
    const size_t count = features_of_token(text, token, features);
    struct term *terms =
        grown(at->samples.terms, at->term_count, count, &at->term_capacity, sizeof *terms);
    if (terms == NULL)
        return false;
    at->samples.terms = terms;
    for (size_t i = 0; i < count; i++) {
        const uint32_t number = number_of(at, &features[i]);
        if (number == 0)
            return false;
        terms[at->term_count++] = (struct term){number, features[i].value};
    }
    return true;
}

static bool read_example(struct learning *at, size_t i)
{
    const struct classifier_example *example = &at->examples[i];
    const size_t first = at->term_count;
    struct features_text text;
    arena_reset(at->arena);
    if (!features_prepare(&text, at->classifier->groups, &example->tokens, at->arena))
        return false;
    for (size_t token = 0; token < example->tokens.count; token++) {
        if (!read_token(at, &text, token))
            return false;
    }
    at->samples.items[i] = (struct sample){first, at->term_count - first, example->labels,
                                           example->label_count, .unknown = 0};
    return true;
}

/* Gives a row to each feature that is worth one. */
static void give_rows(struct learning *at)
{
    at->weights.row_count = 1;
    for (size_t number = 1; number < at->seen_count; number++) {
        if (at->seen[number].worth)
            at->seen[number].row = (uint32_t)at->weights.row_count++;
    }
}

/* From numbers to rows; what has none counts in the scale alone. */
static void take_rows(struct learning *at, struct sample *sample)
{
    struct term *terms = at->samples.terms + sample->first;
    size_t kept = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const struct term term = {at->seen[terms[i].row].row, terms[i].value};
        if (term.row != 0)
            terms[kept++] = term;
        else
            sample->unknown += term.value * term.value;
    }
    sample->count = kept;
}

/* How much a feature counts that so many of the examples have (inverse document frequency, K. Sparck
 * Jones, Journal of Documentation 28, 1972). */
static float rarity_of(float uses, float examples)
{
    const float rarity = logf(examples / uses) / logf(examples / rare_uses);
    return rarity > 1 ? 1 : rarity < least_rarity ? least_rarity : rarity;
}

static bool find_rarity(struct learning *at)
{
    at->rarity = calloc(at->weights.row_count, sizeof *at->rarity);
    if (at->rarity == NULL)
        return false;
    for (size_t i = 0; i < at->count; i++) {
        for (size_t k = 0; k < at->samples.items[i].count; k++)
            at->rarity[at->samples.terms[at->samples.items[i].first + k].row] += 1;
    }
    for (size_t row = 1; row < at->weights.row_count; row++)
        at->rarity[row] = rarity_of(at->rarity[row], (float)at->count);
    return true;
}

static void scale_sample(struct learning *at, const struct sample *sample)
{
    float squares = sample->unknown;
    struct term *terms = at->samples.terms + sample->first;
    for (size_t i = 0; i < sample->count; i++) {
        terms[i].value *= at->rarity[terms[i].row];
        squares += terms[i].value * terms[i].value;
    }
    for (size_t i = 0; i < sample->count; i++)
        terms[i].value /= sqrtf(squares);
}

static bool make_samples(struct learning *at)
{
    at->samples.items = calloc(at->count + 1, sizeof *at->samples.items);
    at->arena = arena_new(EXAMPLE_ARENA);
    at->samples.count = at->count;
    at->seen_count = 1;
    bool made = at->samples.items != NULL && at->arena != NULL;
    for (size_t i = 0; made && i < at->count; i++)
        made = read_example(at, i);
    if (!made)
        return false;
    give_rows(at);
    for (size_t i = 0; i < at->count; i++)
        take_rows(at, &at->samples.items[i]);
    if (!find_rarity(at))
        return false;
    for (size_t i = 0; i < at->count; i++)
        scale_sample(at, &at->samples.items[i]);
    return true;
}

/* --- Weights ----------------------------------------------------------------------------------- */

static bool learn_weights(struct learning *at)
{
    at->weights.row_length = at->classifier->row_length;
    at->weights.label_count = at->classifier->label_count;
    at->weights.rows =
        calloc(at->weights.row_count * at->weights.row_length, sizeof *at->weights.rows);
    return at->weights.rows != NULL && descent_learn(&at->samples, &at->weights);
}

/* What has been learnt, as it is read from now on. */
static bool keep_weights(struct learning *at)
{
    struct classifier *classifier = at->classifier;
    const size_t row_length = classifier->row_length;
    classifier->first_odds = calloc(row_length, sizeof *classifier->first_odds);
    if (classifier->first_odds == NULL ||
        !feature_table_init(&classifier->features, at->weights.row_count, row_length))
        return false;
    memcpy(classifier->first_odds, at->weights.rows, row_length * sizeof *classifier->first_odds);
    for (size_t number = 1; number < at->seen_count; number++) {
        const struct seen *seen = &at->seen[number];
        if (seen->row != 0)
            feature_table_add(&classifier->features, seen->name, at->rarity[seen->row],
                              at->weights.rows + seen->row * row_length);
    }
    return true;
}

/* --- All of it --------------------------------------------------------------------------------- */

static void learning_done(struct learning *at)
{
    name_table_done(&at->numbers);
    free(at->seen);
    free(at->samples.items);
    free(at->samples.terms);
    free(at->rarity);
    free(at->weights.rows);
    arena_free(at->arena);
}

static struct classifier *new_classifier(const struct word_groups *groups, size_t label_count)
{
    struct classifier *classifier = calloc(1, sizeof *classifier);
    const size_t blocks = label_count / DESCENT_BLOCK + 1;
    if (classifier != NULL)
        *classifier = (struct classifier){
            .groups = groups, .label_count = label_count, .row_length = blocks * DESCENT_BLOCK};
    return classifier;
}

struct classifier *classifier_learn(const struct word_groups *groups,
                                    const struct classifier_example *examples, size_t count,
                                    size_t label_count, struct error *err)
{
    struct learning at = {
        .classifier = new_classifier(groups, label_count), .examples = examples, .count = count};
    const bool ready =
        at.classifier != NULL && make_samples(&at) && learn_weights(&at) && keep_weights(&at);
    learning_done(&at);
    if (ready)
        return at.classifier;
    classifier_free(at.classifier);
    (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return NULL;
}
