/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What makes free text understood: learnt from the examples and lines that editors keep in
 * config/understanding/.
 *
 * Part of the knowledge (knowledge.h), which frees it. References are indexes into the knowledge.
 */
#ifndef SOCIOPOINT_DOMAIN_UNDERSTANDING_H
#define SOCIOPOINT_DOMAIN_UNDERSTANDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/str.h"

struct classifier;
struct phrase_set;
struct vocabulary;
struct word_groups;

/* Something that may cost a life or hurt somebody, looked for before everything else. */
struct danger {
    struct str key;
    int situation;                /* that is understood with it */
    const uint16_t *crisis_lines; /* to be read out before those of the situation */
    size_t crisis_line_count;
};

/* What a line of people.yaml says of the person concerned. */
struct person_hint {
    bool says_sex;
    bool female;
    bool with_children;
    uint64_t target_groups;
    bool number_is_age; /* a number among or beside its words is the person's age */
};

/* From how many percent on something counts; from config/match.yaml. */
struct understanding_limits {
    int sure;     /* nobody is asked back; another situation may be used beside the surest */
    int possible; /* the surest situation is told and used */
    int crisis;   /* a crisis is told and its lines are read out, as against something else ... */
    int alarm;    /* ... and as against what can wait: it must reach both */
    int danger;   /* a line of danger makes its situation so sure, at least */
    int beside;   /* so likely by itself another situation is used beside a sure one */
    int category; /* a category is named as near, where no situation is sure */
};

/* What else is learnt beside the situations. */
enum label_beside {
    LABEL_OTHER,  /* the text is about something else */
    LABEL_CRISIS, /* it is about some situation that is a crisis */
    LABELS_BESIDE
};

struct understanding {
    struct understanding_limits limits;
    struct word_groups *groups;
    struct vocabulary *vocabulary; /* NULL: nothing is understood; so are the others then */
    /* Its labels are the situations, and behind them those of enum label_beside. */
    struct classifier *classifier;
    struct phrase_set *danger_lines;
    const uint16_t *danger_of_line;
    const struct danger *dangers;
    size_t danger_count;
    struct phrase_set *denial_lines; /* words that speak for nothing, because they are denied */
    struct phrase_set *people_lines;
    const uint16_t *hint_of_line;
    const struct person_hint *hints;
    size_t hint_count;
};

#endif
