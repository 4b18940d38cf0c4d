/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classifier_internal.h"
#include "features_internal.h"
#include "sociopoint/text/classifier.h"

/* Chosen on tests/quality/tuning.tsv. */
enum { ROUNDS = 5 };
static const float learning_rate = 1.5F;
static const float first_squares = 0.2F; /* keeps the first steps small */
static const float negligible = 0.02F;   /* an error that is not worth a step */
static const float first_odds = -4.0F;   /* most texts are not about any one label */

static const float rare_uses = 3; /* so many examples may have what counts whole */
static const float least_rarity = 0.1F;

enum { EXAMPLE_ARENA = 1 << 20 };

/* A feature of an example as its row. */
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

struct learning {
    struct classifier *classifier;
    const struct classifier_example *examples;
    size_t count;
    struct name_table pairs; /* seen so far */
    struct sample *samples;
    struct term *terms;
    size_t term_count;
    size_t term_capacity;
    float *squares; /* of the steps so far, beside each weight */
    float *errors;  /* by label */
    struct arena *arena;
};

/* --- Samples ----------------------------------------------------------------------------------- */

static const struct feature *features_of_example(struct learning *at, size_t i, size_t *count)
{
    arena_reset(at->arena);
    return features_of_text(at->classifier->groups, &at->examples[i].tokens, 0,
                            at->examples[i].tokens.count, at->arena, count);
}

/* Whether the feature is worth a row: a pair that comes once teaches nothing that its words do not. */
static bool is_worth_a_row(struct learning *at, const struct feature *feature, bool *failed)
{
    if (feature->tokens[0] == feature->tokens[1])
        return true;
    uint32_t *times = name_table_put(&at->pairs, feature->name);
    *failed = *failed || times == NULL;
    return times != NULL && ++*times > 1;
}

static bool name_features(struct learning *at, size_t i)
{
    size_t count = 0;
    const struct feature *features = features_of_example(at, i, &count);
    bool failed = features == NULL;
    for (size_t k = 0; !failed && k < count; k++) {
        if (!is_worth_a_row(at, &features[k], &failed))
            continue;
        uint32_t *row = name_table_put(&at->classifier->rows, features[k].name);
        failed = row == NULL;
        if (row != NULL && *row == 0)
            *row = (uint32_t)at->classifier->row_count++;
    }
    return !failed;
}

static bool has_room(struct learning *at, size_t terms)
{
    if (at->term_count + terms <= at->term_capacity)
        return true;
    const size_t capacity = 2 * at->term_capacity + terms;
    struct term *larger = realloc(at->terms, capacity * sizeof *larger);
    if (larger == NULL)
        return false;
    at->terms = larger;
    at->term_capacity = capacity;
    return true;
}

static bool make_sample(struct learning *at, size_t i)
{
    size_t count = 0;
    const size_t first = at->term_count;
    float unknown = 0;
    const struct feature *features = features_of_example(at, i, &count);
    if (features == NULL || !has_room(at, count))
        return false;
    for (size_t k = 0; k < count; k++) {
        const uint32_t row = name_table_get(&at->classifier->rows, features[k].name);
        if (row != 0)
            at->terms[at->term_count++] = (struct term){row, features[k].value};
        else
            unknown += features[k].value * features[k].value;
    }
    at->samples[i] = (struct sample){first, at->term_count - first, at->examples[i].labels,
                                     at->examples[i].label_count, unknown};
    return true;
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
    struct classifier *classifier = at->classifier;
    classifier->rarity = calloc(classifier->row_count, sizeof *classifier->rarity);
    if (classifier->rarity == NULL)
        return false;
    for (size_t i = 0; i < at->term_count; i++)
        classifier->rarity[at->terms[i].row] += 1;
    for (size_t row = 1; row < classifier->row_count; row++)
        classifier->rarity[row] = rarity_of(classifier->rarity[row], (float)at->count);
    return true;
}

static void scale_sample(struct learning *at, const struct sample *sample)
{
    float squares = sample->unknown;
    struct term *terms = at->terms + sample->first;
    for (size_t i = 0; i < sample->count; i++) {
        terms[i].value *= at->classifier->rarity[terms[i].row];
        squares += terms[i].value * terms[i].value;
    }
    for (size_t i = 0; i < sample->count; i++)
        terms[i].value /= sqrtf(squares);
}

static bool make_samples(struct learning *at)
{
    at->samples = calloc(at->count + 1, sizeof *at->samples);
    at->arena = arena_new(EXAMPLE_ARENA);
    bool made = at->samples != NULL && at->arena != NULL;
    for (size_t i = 0; made && i < at->count; i++)
        made = name_features(at, i);
    for (size_t i = 0; made && i < at->count; i++)
        made = make_sample(at, i);
    made = made && find_rarity(at);
    for (size_t i = 0; made && i < at->count; i++)
        scale_sample(at, &at->samples[i]);
    return made;
}

/* --- Learning ---------------------------------------------------------------------------------- */

static bool make_weights(struct learning *at)
{
    struct classifier *classifier = at->classifier;
    const size_t weights = classifier->row_count * classifier->row_length;
    classifier->weights = calloc(weights, sizeof *classifier->weights);
    at->squares = calloc(weights, sizeof *at->squares);
    at->errors = calloc(classifier->row_length, sizeof *at->errors);
    if (classifier->weights == NULL || at->squares == NULL || at->errors == NULL)
        return false;
    for (size_t label = 0; label < classifier->label_count; label++)
        classifier->weights[label] = first_odds;
    return true;
}

static void step(struct learning *at, uint32_t row, float value, size_t label)
{
    const float gradient = at->errors[label] * value;
    float *square = at->squares + (size_t)row * at->classifier->row_length + label;
    *square += gradient * gradient;
    classifier_weights(at->classifier, row)[label] -=
        learning_rate * gradient / sqrtf(*square + first_squares);
}

/* What the classifier says of the sample now, less what it should say. */
static void find_errors(struct learning *at, const struct sample *sample)
{
    const size_t labels = at->classifier->label_count;
    memset(at->errors, 0, at->classifier->row_length * sizeof *at->errors);
    classifier_add(at->classifier, 0, 1, at->errors);
    for (size_t i = 0; i < sample->count; i++)
        classifier_add(at->classifier, at->terms[sample->first + i].row,
                       at->terms[sample->first + i].value, at->errors);
    for (size_t label = 0; label < labels; label++)
        at->errors[label] = 1 / (1 + expf(-at->errors[label]));
    for (size_t i = 0; i < sample->label_count; i++)
        at->errors[sample->labels[i]] -= 1;
}

static void learn_sample(struct learning *at, const struct sample *sample)
{
    find_errors(at, sample);
    for (size_t label = 0; label < at->classifier->label_count; label++) {
        if (fabsf(at->errors[label]) < negligible)
            continue;
        step(at, 0, 1, label);
        for (size_t i = 0; i < sample->count; i++)
            step(at, at->terms[sample->first + i].row, at->terms[sample->first + i].value, label);
    }
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
static void shuffle(struct learning *at, uint64_t *state)
{
    for (size_t i = at->count; i > 1; i--) {
        const size_t other = (size_t)(next_random(state) % i);
        const struct sample sample = at->samples[i - 1];
        at->samples[i - 1] = at->samples[other];
        at->samples[other] = sample;
    }
}

static void learn_rounds(struct learning *at)
{
    uint64_t state = 0;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(at, &state);
        for (size_t i = 0; i < at->count; i++)
            learn_sample(at, &at->samples[i]);
    }
}

static void learning_done(struct learning *at)
{
    name_table_done(&at->pairs);
    free(at->samples);
    free(at->terms);
    free(at->squares);
    free(at->errors);
    arena_free(at->arena);
}

static struct classifier *new_classifier(const struct word_groups *groups, size_t label_count)
{
    struct classifier *classifier = calloc(1, sizeof *classifier);
    const size_t blocks = label_count / CLASSIFIER_BLOCK + 1;
    if (classifier != NULL)
        *classifier = (struct classifier){.groups = groups,
                                          .label_count = label_count,
                                          .row_length = blocks * CLASSIFIER_BLOCK,
                                          .row_count = 1};
    return classifier;
}

struct classifier *classifier_learn(const struct word_groups *groups,
                                    const struct classifier_example *examples, size_t count,
                                    size_t label_count, struct error *err)
{
    struct learning at = {
        .classifier = new_classifier(groups, label_count), .examples = examples, .count = count};
    const bool ready = at.classifier != NULL && make_samples(&at) && make_weights(&at);
    if (ready)
        learn_rounds(&at);
    learning_done(&at);
    if (ready)
        return at.classifier;
    classifier_free(at.classifier);
    (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return NULL;
}
