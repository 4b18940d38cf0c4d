/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a text is about, learnt from examples.
 *
 * A text is taken as the set of its words, the beginnings of its words (which carry what Czech,
 * Slovak and Ukrainian endings vary), the groups of its words (groups.h, so that what has been
 * learnt in one language holds in another), and pairs of words and groups that stand together. For
 * every label there is a logistic regression over these features, all learnt in one pass after
 * another over the examples by stochastic gradient descent with AdaGrad (Duchi, Hazan, Singer, JMLR
 * 12, 2011). So a text may be about several things or about none, and the share of each word in a
 * label's weight is known: it says why.
 *
 * Learning is deterministic: the same examples in the same order give the same classifier.
 * Immutable afterwards, readable by any thread.
 */
#ifndef SOCIOPOINT_TEXT_CLASSIFIER_H
#define SOCIOPOINT_TEXT_CLASSIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/text/tokens.h"

enum { CLASSIFIER_LABELS_MAXIMUM = 256 };

struct classifier;
struct word_groups;

struct classifier_example {
    struct text_tokens tokens;
    const uint16_t *labels; /* each below the count of labels; none: it is about something else */
    size_t label_count;
};

/*
 * Looks at the examples only while it learns; the groups must outlive it. NULL with ERROR_MEMORY.
 */
struct classifier *classifier_learn(const struct word_groups *groups,
                                    const struct classifier_example *examples, size_t count,
                                    size_t label_count, struct error *err);
/* Accepts NULL. */
void classifier_free(struct classifier *classifier);

size_t classifier_label_count(const struct classifier *classifier);
/* Features it has learnt, for those who count memory. */
size_t classifier_feature_count(const struct classifier *classifier);

/* Tokens [from, to) of a text. */
struct text_stretch {
    const struct text_tokens *tokens;
    size_t from;
    size_t to;
};

/*
 * How likely the stretch is about each label, from 0 to 1, into `likelihood`, which has
 * room for every label. Labels do not exclude each other. Fails only when the arena is exhausted.
 */
MUST_USE bool classifier_weigh(const struct classifier *classifier, struct text_stretch stretch,
                               struct arena *arena, float *likelihood, struct error *err);

/*
 * What each token of the stretch adds to the log-odds of the label, into `shares`, which has room
 * for them; below 0 it speaks against it. Fails only when the arena is exhausted.
 */
MUST_USE bool classifier_explain(const struct classifier *classifier, struct text_stretch stretch,
                                 size_t label, struct arena *arena, float *shares,
                                 struct error *err);

#endif
