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
#include "sociopoint/base/error.h"
#include "sociopoint/text/tokens.h"

enum { CLASSIFIER_LABELS_MAXIMUM = 256, CLASSIFIER_STRETCH = 12 };

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

/* A text as a classifier has read it: what of it is known is looked up once. */
struct classifier_text;

/* The tokens must live as long as what is made of them, in the arena. NULL with ERROR_MEMORY. */
const struct classifier_text *classifier_read(const struct classifier *classifier,
                                              const struct text_tokens *tokens, struct arena *arena,
                                              struct error *err);

/* Tokens [from, to) of a text. */
struct text_stretch {
    size_t from;
    size_t to;
};

/*
 * The stretches that are weighed: stretch 0 is the whole text; a text longer than
 * CLASSIFIER_STRETCH has others, which are so long, each overlapping the next by half.
 */
size_t classifier_stretch_count(const struct classifier_text *text);
struct text_stretch classifier_stretch(const struct classifier_text *text, size_t number);

/*
 * The log-odds that the stretch is about each label, into `odds`, which has room for every label.
 * Labels do not exclude each other.
 */
void classifier_odds(const struct classifier_text *text, size_t stretch, float *odds);
/* From 0 to 1. */
float classifier_likelihood(float odds);

/*
 * What each token of the stretch adds to the log-odds of the label, into `shares`, which has room
 * for them; below 0 it speaks against it.
 */
void classifier_explain(const struct classifier_text *text, size_t stretch, size_t label,
                        float *shares);

#endif
