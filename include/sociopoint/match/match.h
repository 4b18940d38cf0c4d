/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a question to ranked services, each with the reasons for its place.
 *
 * A pure function: the same generation, question and rules give the same answer, byte for byte.
 * No clock, no input or output, no locale, no state; any number of threads at once. The answer
 * lives in the caller's arena and points into the generation, which the caller holds until it has
 * rendered the answer.
 *
 * There is no prose. Reasons, questions and near misses carry the code of a sentence
 * (config/text/, section "match") and its arguments.
 *
 * Points (struct match_weights): a situation that a service names gives `named_situation`, one in
 * which only its kind helps `kind_of_situation`, either `target_group_of_situation` besides when
 * the service is for a target group of the situation; each condition that applies gives what its
 * state is worth; the source gives points by its year and for the owner's confirmation. Points
 * decide only among services that cover as many of the asked situations, and can be called or
 * visited alike. Services that are temporarily closed are not offered.
 */
#ifndef SOCIOPOINT_MATCH_MATCH_H
#define SOCIOPOINT_MATCH_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/domain/texts.h"

struct entry;
struct generation;
struct match_resolved;
struct match_rules;

enum {
    MATCH_ARGUMENTS = 3,
    MATCH_NEAR_MISSES_MAXIMUM = 5,
    MATCH_RESULTS_ENOUGH = 3,  /* with fewer results there are near misses */
    MATCH_REASONS_MAXIMUM = 32 /* of one result: 8 situations, every condition, the source */
};

enum match_state { MATCH_MET, MATCH_UNKNOWN, MATCH_FAILED, MATCH_STATES };

/*
 * A value in a sentence: plain text (a number, a name), or something with a name in every
 * language, or the code of a text. At most one member is present; none: the argument is absent.
 */
struct match_argument {
    struct str plain;
    const struct translated *translated;
    const char *text_code;
};

/* Why a service stands where it stands. */
struct match_reason {
    const char *condition; /* "situation", "source", or the key of an enum match_condition */
    enum match_state state;
    const char *code; /* of the sentence: "reason.age.met" */
    struct match_argument arguments[MATCH_ARGUMENTS];
    int points;
};

struct match_result {
    const struct entry *entry;
    unsigned situations; /* bit i: it serves match_answer.situations[i] */
    int score;           /* the sum of the points of its reasons */
    const struct match_reason
        *reasons; /* situations first, then in the order of the conditions, the source last */
    size_t reason_count;
};

/* A service that would be a result but for one hard condition. */
struct match_near_miss {
    const struct entry *entry;
    unsigned situations;
    int score; /* what its other reasons add up to; orders the near misses */
    struct match_reason failed;
    struct match_argument asked;  /* "27" */
    struct match_argument needed; /* "≤ 26" */
};

/* A question that would decide results that are open for want of an answer; most useful first. */
struct match_ask {
    const char *code;        /* "ask.age" */
    const char *condition;   /* key of the condition it decides */
    const uint16_t *results; /* positions in the answer's results */
    size_t result_count;
};

/* Whom to call when nothing fits, or beside everything else. */
struct match_fallback {
    const struct first_contact *contact; /* of the municipality; NULL: none is known */
    const uint16_t *lines; /* without one: confirmed national lines for the situations, in order */
    size_t line_count;
    bool
        town_hall; /* without one: the advice to call the town hall, for which no number is known */
};

struct match_answer {
    const uint16_t *situations; /* indexes into the knowledge, in the order asked */
    size_t situation_count;
    const uint16_t *
        crisis_lines; /* indexes into the knowledge, in the order to be read out; empty: no crisis */
    size_t crisis_line_count;
    const struct match_result *results;
    size_t result_count;
    const struct match_near_miss
        *near_misses; /* only with fewer than MATCH_RESULTS_ENOUGH results */
    size_t near_miss_count;
    const struct match_ask *asks;
    size_t ask_count;
    struct match_fallback
        fallback; /* always names somebody: a contact, or lines and the town hall */
};

/*
 * Answers. `rules` is match_rules_all() (match/rules.h) but in the mutation run. Fails with
 * ERROR_MEMORY when the arena is exhausted, and in no other way.
 */
MUST_USE bool match_run(const struct generation *generation, const struct match_resolved *question,
                        const struct match_rules *rules, struct arena *arena,
                        struct match_answer *answer, struct error *err);

/*
 * The part of the answer that needs no catalogue: situations, crisis lines and fallback, no
 * results. For a node that has no generation yet, and for refusals that must not be a dead end. A
 * NULL question gives the default municipality's fallback.
 */
MUST_USE bool match_without_catalogue(const struct knowledge *knowledge,
                                      const struct match_resolved *question, struct arena *arena,
                                      struct match_answer *answer, struct error *err);

/* The argument in words; absent when the argument is. A view into the knowledge, the arena or a literal. */
struct str match_argument_text(const struct match_argument *argument, const struct texts *texts,
                               enum language language);
/* Appends the sentence of `code` with the arguments in words. */
void match_sentence_append(const struct texts *texts, enum language language, const char *code,
                           const struct match_argument arguments[MATCH_ARGUMENTS],
                           struct builder *out);

/* "met", "unknown", "failed". */
const char *match_state_key(enum match_state state);

/* Every text code that match can emit, for config to check the texts against. */
extern const struct text_code match_text_codes[];
extern const size_t match_text_code_count;

#endif
