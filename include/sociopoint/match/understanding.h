/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From what somebody types to the situations they are in.
 *
 * Two things look at the text, apart from each other: lines of words that mean danger to life or
 * limb (config/understanding/danger.yaml), and a classifier that has learnt from examples how
 * people say each situation (config/understanding/examples/). What either finds is a situation, and
 * every situation says which words spoke for it. What the text says of the people concerned (ages,
 * sex, children, target groups; config/understanding/people.yaml) is told besides.
 *
 * A pure function, like match_run. The text is never kept.
 */
#ifndef SOCIOPOINT_MATCH_UNDERSTANDING_H
#define SOCIOPOINT_MATCH_UNDERSTANDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/match/question.h"

struct knowledge;

enum {
    UNDERSTOOD_SITUATIONS_MAXIMUM = 5,
    UNDERSTOOD_CHOICE = 3, /* so many are told of a text that is understood, however unsure */
    UNDERSTOOD_CATEGORIES_MAXIMUM = 3,
    UNDERSTOOD_LINES_MAXIMUM = 8
};

/* How well a text was understood. */
enum understanding_state {
    UNDERSTANDING_NO_TEXT,
    UNDERSTANDING_SURE,   /* at least one situation is sure */
    UNDERSTANDING_UNSURE, /* the first is possible, and used for want of a surer one */
    UNDERSTANDING_NONE    /* it seems to be about something else */
};

/* A stretch of the text, in UTF-16 code units (text/tokens.h). */
struct text_span {
    uint32_t start;
    uint32_t end;
    struct str text; /* a view into the text */
};

struct text_spans {
    const struct text_span *items; /* in the order of the text, none touching another */
    size_t count;
};

struct recognised {
    uint16_t situation;      /* index into the knowledge */
    float confidence;        /* 0 to 1 */
    bool used;               /* matched unasked */
    bool alarm;              /* a crisis whose lines are read out, whether it is used or not */
    bool danger;             /* named by a line of danger */
    struct text_spans words; /* that spoke for it */
};

struct match_understanding {
    enum understanding_state state;
    struct recognised situations[UNDERSTOOD_SITUATIONS_MAXIMUM]; /* the surest first */
    size_t situation_count;
    uint16_t crisis_lines[UNDERSTOOD_LINES_MAXIMUM]; /* of dangers, to be read out first */
    size_t crisis_line_count;
    uint16_t categories[UNDERSTOOD_CATEGORIES_MAXIMUM]; /* the nearest, unless it is sure */
    size_t category_count;
    int ages[MATCH_AGES_MAXIMUM];
    size_t age_count;
    enum match_sex sex;
    bool with_children;
    uint64_t target_groups;
    struct text_spans people_words; /* that said so */
    bool cut;                       /* the text was longer than is read */
};

/*
 * Understands valid UTF-8. An absent or empty text is UNDERSTANDING_NO_TEXT. Fails with
 * ERROR_MEMORY when the arena is exhausted, and in no other way.
 */
MUST_USE bool match_understand(const struct knowledge *knowledge, struct str text,
                               struct arena *arena, struct match_understanding *understanding,
                               struct error *err);

/*
 * Takes what was understood into the question as far as it does not say so itself: the situations
 * that are used behind those asked, ages, sex, children, target groups. Lines of danger, and those
 * of a crisis that is only possible, are read out in any case. `understanding` must live as long as
 * `resolved`.
 */
void match_adopt(const struct match_understanding *understanding, struct match_resolved *resolved);

/* "no-text", "sure", "unsure", "none". */
const char *understanding_state_key(enum understanding_state state);

#endif
