/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/classifier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classifier_internal.h"
#include "features_internal.h"

/* A text is read in parts, of which two make a stretch. A feature reaches into the next part at
 * most. */
enum { PART = CLASSIFIER_STRETCH / 2, FEATURES_OF_PART = PART * FEATURES_OF_TOKEN };
_Static_assert((int)FEATURES_REACH <= (int)PART, "a feature within three parts");

void classifier_free(struct classifier *classifier)
{
    if (classifier == NULL)
        return;
    feature_table_done(&classifier->features);
    free(classifier->first_odds);
    free(classifier);
}

size_t classifier_label_count(const struct classifier *classifier)
{
    return classifier->label_count;
}

size_t classifier_feature_count(const struct classifier *classifier)
{
    return classifier->features.count;
}

float classifier_likelihood(float odds)
{
    return 1 / (1 + expf(-odds));
}

/* A known feature. */
struct known {
    const struct feature_slot *slot;
    float value;
    uint16_t tokens[2];
};

/* What features add up to, before they are scaled to a length of 1. */
struct sum {
    float *odds;
    float squares; /* of the values of all of them, known or not */
};

struct part {
    const struct known *known;
    size_t known_count;
    struct sum within;
    struct sum across; /* from this part into the next */
};

struct classifier_text {
    const struct classifier *classifier;
    size_t token_count;
    struct part *parts;
    size_t part_count;
    struct sum whole;
};

/* --- Reading ----------------------------------------------------------------------------------- */

/* The features of one part, on their way to sums. */
struct reading {
    const struct feature_table *table;
    struct feature features[FEATURES_OF_PART];
    const struct feature_slot *slots[FEATURES_OF_PART];
    size_t count;
    size_t known_count;
};

/* All of them, and what they need from memory. */
static void find_features(struct reading *at, const struct features_text *text, size_t from,
                          size_t to)
{
    at->count = 0;
    at->known_count = 0;
    for (size_t token = from; token < to; token++) {
        const size_t first = at->count;
        at->count += features_of_token(text, token, at->features + at->count);
        for (size_t i = first; i < at->count; i++)
            feature_table_fetch(at->table, at->features[i].name);
    }
    for (size_t i = 0; i < at->count; i++) {
        at->slots[i] = feature_table_find(at->table, at->features[i].name);
        at->known_count += at->slots[i] != NULL ? 1 : 0;
    }
}

/* What is rare counts more; what is not known counts in the scale alone. */
static void add_features(const struct reading *at, struct part *part, size_t to,
                         struct known *known)
{
    for (size_t i = 0; i < at->count; i++) {
        const struct feature *feature = &at->features[i];
        const struct feature_slot *slot = at->slots[i];
        struct sum *sum = feature->tokens[1] < to ? &part->within : &part->across;
        const float value = feature->value * (slot == NULL ? 1 : slot->rarity);
        sum->squares += value * value;
        if (slot == NULL)
            continue;
        feature_table_weigh(at->table, slot, value, sum->odds);
        known[part->known_count++] = (struct known){
            slot, value, {(uint16_t)feature->tokens[0], (uint16_t)feature->tokens[1]}};
    }
    part->known = known;
}

static bool read_part(struct classifier_text *text, const struct features_text *source,
                      struct part *part, struct arena *arena)
{
    const size_t from = (size_t)(part - text->parts) * PART;
    const size_t to = from + PART < text->token_count ? from + PART : text->token_count;
    const size_t row_length = text->classifier->row_length;
    struct reading at;
    at.table = &text->classifier->features;
    find_features(&at, source, from, to);
    struct known *known = arena_array(arena, at.known_count, sizeof *known);
    part->within.odds = arena_array(arena, row_length, sizeof *part->within.odds);
    part->across.odds = arena_array(arena, row_length, sizeof *part->across.odds);
    if (known == NULL || part->within.odds == NULL || part->across.odds == NULL)
        return false;
    add_features(&at, part, to, known);
    return true;
}

static void add_sum(struct sum *total, const struct sum *more, size_t labels)
{
    total->squares += more->squares;
    for (size_t label = 0; label < labels; label++)
        total->odds[label] += more->odds[label];
}

static bool read_parts(struct classifier_text *text, const struct text_tokens *tokens,
                       struct arena *arena)
{
    const size_t labels = text->classifier->label_count;
    struct features_text source;
    if (!features_prepare(&source, text->classifier->groups, tokens, arena))
        return false;
    for (size_t i = 0; i < text->part_count; i++) {
        if (!read_part(text, &source, &text->parts[i], arena))
            return false;
        add_sum(&text->whole, &text->parts[i].within, labels);
        add_sum(&text->whole, &text->parts[i].across, labels);
    }
    return true;
}

const struct classifier_text *classifier_read(const struct classifier *classifier,
                                              const struct text_tokens *tokens, struct arena *arena,
                                              struct error *err)
{
    struct classifier_text *text = arena_alloc(arena, sizeof *text);
    const size_t parts = (tokens->count + PART - 1) / PART;
    if (text != NULL)
        *text = (struct classifier_text){
            .classifier = classifier,
            .token_count = tokens->count,
            .parts = arena_array(arena, parts, sizeof *text->parts),
            .part_count = parts,
            .whole = {arena_array(arena, classifier->row_length, sizeof *text->whole.odds), 0}};
    if (text != NULL && text->parts != NULL && text->whole.odds != NULL &&
        read_parts(text, tokens, arena))
        return text;
    (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return NULL;
}

/* --- Stretches --------------------------------------------------------------------------------- */

size_t classifier_stretch_count(const struct classifier_text *text)
{
    return text->token_count > CLASSIFIER_STRETCH ? text->part_count : 1;
}

struct text_stretch classifier_stretch(const struct classifier_text *text, size_t number)
{
    if (number == 0)
        return (struct text_stretch){0, text->token_count};
    const size_t from = (number - 1) * PART;
    const size_t to = from + CLASSIFIER_STRETCH;
    return (struct text_stretch){from, to < text->token_count ? to : text->token_count};
}

static float scale_of(float squares)
{
    return squares > 0 ? 1 / sqrtf(squares) : 0;
}

/* The squares of the values of the stretch. */
static float squares_of(const struct classifier_text *text, size_t number)
{
    if (number == 0)
        return text->whole.squares;
    const struct part *part = &text->parts[number - 1];
    return part[0].within.squares + part[0].across.squares + part[1].within.squares;
}

static void add_scaled(float *odds, const struct sum *sum, float scale, size_t labels)
{
    for (size_t label = 0; label < labels; label++)
        odds[label] += scale * sum->odds[label];
}

void classifier_odds(const struct classifier_text *text, size_t stretch, float *odds)
{
    const size_t labels = text->classifier->label_count;
    const float scale = scale_of(squares_of(text, stretch));
    memcpy(odds, text->classifier->first_odds, labels * sizeof *odds);
    if (stretch == 0) {
        add_scaled(odds, &text->whole, scale, labels);
        return;
    }
    const struct part *part = &text->parts[stretch - 1];
    add_scaled(odds, &part[0].within, scale, labels);
    add_scaled(odds, &part[0].across, scale, labels);
    add_scaled(odds, &part[1].within, scale, labels);
}

void classifier_explain(const struct classifier_text *text, size_t stretch, size_t label,
                        float *shares)
{
    const struct text_stretch tokens = classifier_stretch(text, stretch);
    const float scale = scale_of(squares_of(text, stretch));
    memset(shares, 0, (tokens.to - tokens.from) * sizeof *shares);
    for (size_t i = tokens.from / PART; i * PART < tokens.to; i++) {
        for (size_t k = 0; k < text->parts[i].known_count; k++) {
            const struct known *known = &text->parts[i].known[k];
            if (known->tokens[1] >= tokens.to)
                continue;
            const float half =
                scale * known->value *
                feature_table_weight(&text->classifier->features, known->slot, label) / 2;
            shares[known->tokens[0] - tokens.from] += half;
            shares[known->tokens[1] - tokens.from] += half;
        }
    }
}
