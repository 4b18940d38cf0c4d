/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/classifier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classifier_internal.h"
#include "features_internal.h"

void classifier_free(struct classifier *classifier)
{
    if (classifier == NULL)
        return;
    name_table_done(&classifier->rows);
    free(classifier->rarity);
    free(classifier->weights);
    free(classifier);
}

size_t classifier_label_count(const struct classifier *classifier)
{
    return classifier->label_count;
}

size_t classifier_feature_count(const struct classifier *classifier)
{
    return classifier->row_count - 1;
}

/* A feature with its row (0: not known), its value, and where it comes from. */
struct classifier_term {
    uint32_t row;
    float value;
    uint32_t tokens[2];
};

static float likelihood_of(float odds)
{
    return 1 / (1 + expf(-odds));
}

/* The known features of a stretch as rows and values, what is rare counting more; the rest counts
 * in their scale alone. NULL when the arena is exhausted. */
static struct classifier_term *terms_of(const struct classifier *classifier,
                                        struct text_stretch stretch, struct arena *arena,
                                        size_t *count)
{
    const struct feature *features = features_of_text(classifier->groups, stretch.tokens,
                                                      stretch.from, stretch.to, arena, count);
    struct classifier_term *terms = arena_array(arena, *count + 1, sizeof *terms);
    float squares = 0;
    if (features == NULL || terms == NULL)
        return NULL;
    for (size_t i = 0; i < *count; i++) {
        const uint32_t row = name_table_get(&classifier->rows, features[i].name);
        const float value = features[i].value * (row == 0 ? 1 : classifier->rarity[row]);
        terms[i] =
            (struct classifier_term){row, value, {features[i].tokens[0], features[i].tokens[1]}};
        squares += value * value;
    }
    for (size_t i = 0; i < *count; i++)
        terms[i].value /= sqrtf(squares);
    return terms;
}

bool classifier_weigh(const struct classifier *classifier, struct text_stretch stretch,
                      struct arena *arena, float *likelihood, struct error *err)
{
    size_t count = 0;
    const struct classifier_term *terms = terms_of(classifier, stretch, arena, &count);
    float *odds = arena_array(arena, classifier->row_length, sizeof *odds);
    if (terms == NULL || odds == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    classifier_add(classifier, 0, 1, odds);
    for (size_t i = 0; i < count; i++) {
        if (terms[i].row != 0)
            classifier_add(classifier, terms[i].row, terms[i].value, odds);
    }
    for (size_t label = 0; label < classifier->label_count; label++)
        likelihood[label] = likelihood_of(odds[label]);
    return true;
}

bool classifier_explain(const struct classifier *classifier, struct text_stretch stretch,
                        size_t label, struct arena *arena, float *shares, struct error *err)
{
    size_t count = 0;
    const struct classifier_term *terms = terms_of(classifier, stretch, arena, &count);
    if (terms == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    memset(shares, 0, (stretch.to - stretch.from) * sizeof *shares);
    for (size_t i = 0; i < count; i++) {
        if (terms[i].row == 0)
            continue;
        const float half = terms[i].value * classifier_weights(classifier, terms[i].row)[label] / 2;
        shares[terms[i].tokens[0] - stretch.from] += half;
        shares[terms[i].tokens[1] - stretch.from] += half;
    }
    return true;
}
