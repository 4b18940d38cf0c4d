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

static float likelihood_of(float odds)
{
    return 1 / (1 + expf(-odds));
}

bool classifier_weigh(const struct classifier *classifier, struct text_stretch stretch,
                      struct arena *arena, float *likelihood, struct error *err)
{
    size_t count = 0;
    const struct feature *features = features_of_text(classifier->groups, stretch.tokens,
                                                      stretch.from, stretch.to, arena, &count);
    float *odds = arena_array(arena, classifier->row_length, sizeof *odds);
    if (features == NULL || odds == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    classifier_add(classifier, 0, 1, odds);
    for (size_t i = 0; i < count; i++) {
        const uint32_t row = name_table_get(&classifier->rows, features[i].name);
        if (row != 0)
            classifier_add(classifier, row, features[i].value, odds);
    }
    for (size_t label = 0; label < classifier->label_count; label++)
        likelihood[label] = likelihood_of(odds[label]);
    return true;
}

bool classifier_explain(const struct classifier *classifier, struct text_stretch stretch,
                        size_t label, struct arena *arena, float *shares, struct error *err)
{
    size_t count = 0;
    const struct feature *features = features_of_text(classifier->groups, stretch.tokens,
                                                      stretch.from, stretch.to, arena, &count);
    if (features == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    memset(shares, 0, (stretch.to - stretch.from) * sizeof *shares);
    for (size_t i = 0; i < count; i++) {
        const uint32_t row = name_table_get(&classifier->rows, features[i].name);
        if (row == 0)
            continue;
        const float half = features[i].value * classifier_weights(classifier, row)[label] / 2;
        shares[features[i].tokens[0] - stretch.from] += half;
        shares[features[i].tokens[1] - stretch.from] += half;
    }
    return true;
}
