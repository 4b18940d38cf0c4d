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
 * state is worth, a distance what its band is; a service that the question names gets `name` and
 * stands before the others; the source gives points by its year and for the owner's confirmation,
 * fewer where that is overdue. Points decide only among services that cover
 * as many of the asked situations, and can be called or visited alike. Services that are
 * temporarily closed are not offered.
 *
 * Diversity: of the first results one organisation takes only so many places as struct
 * match_diversity says, as long as a service of another one covers as many situations, can be
 * called or visited alike, and is not farther behind than it says. It is looked for among the best
 * limit + MATCH_SPARE, and the best such service passes.
 *
 * The best of several places: an open one where the time is asked; then the nearest; then one in
 * the asked locality or district; then the first of the record. Concealed places are never shown,
 * and never measured to.
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
#include "sociopoint/domain/opening_hours.h"
#include "sociopoint/domain/service_facts.h"
#include "sociopoint/domain/texts.h"

struct entry;
struct generation;
struct match_resolved;
struct match_rules;
struct text_spans;

enum {
    MATCH_ARGUMENTS = 3,
    MATCH_NEAR_MISSES_MAXIMUM = 5,
    MATCH_SPARE = 10,         /* results looked at beyond the limit, for diversity */
    MATCH_RESULTS_ENOUGH = 3, /* with fewer results there are near misses */
    MATCH_REASONS_MAXIMUM =
        40 /* of one result: 8 situations, the name, every condition, the source */
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

/* How far the record can be trusted. */
enum match_freshness {
    FRESHNESS_UNCONFIRMED,
    FRESHNESS_CONFIRMED, /* by its owner, and not longer ago than the knowledge allows */
    FRESHNESS_OVERDUE    /* longer ago */
};

/* Whether a service is open at the time asked, or now; by the hours of its best place. */
struct match_opening {
    enum opening_state state; /* for those who just come or call */
    bool by_appointment;      /* not open for them, but at this time for those who are expected */
    enum opening_cause cause;
    bool has_closes_at; /* till when, for those for whom it is open */
    struct civil_time closes_at;
    bool
        has_opens_next; /* not open: when it is next; for those who are expected, where only these */
    struct civil_time opens_next;
    const char *code; /* of the sentence */
    struct match_argument arguments[MATCH_ARGUMENTS];
};

/* What a distance is measured to. */
enum match_distance_from { DISTANCE_NONE, DISTANCE_FROM_PLACE, DISTANCE_FROM_DISTRICT };

/* The free places of the unit that has most of them, or of the freshest where none has. */
struct match_room {
    enum free_places state; /* a figure that is too old says nothing */
    bool stated;            /* there is a figure, maybe too old; what follows belongs to it */
    struct str unit;        /* absent: not said; likewise the others, -1 */
    int available;
    int maximum;
    int waiting;
    struct str as_of;
    const char *code; /* of the sentence */
    struct match_argument arguments[MATCH_ARGUMENTS];
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
    unsigned situations;            /* bit i: it serves match_answer.situations[i] */
    const struct text_spans *named; /* the words that name it; NULL: none does */
    int score;                      /* the sum of the points of its reasons */
    const struct match_reason *
        reasons; /* situations first, then the name, then in the order of the conditions, the source last */
    size_t reason_count;
    enum match_freshness freshness;
    struct match_opening opening;
    const struct service_place *place; /* the best for this question; NULL: none that is public */
    enum match_distance_from
        distance_from; /* to that place; DISTANCE_NONE: not asked or not known */
    int distance_m;
    struct match_room room;
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

/* What to change in the question to get more; most services first. */
struct match_suggestion {
    const char *code;      /* "suggest.area" */
    const char *condition; /* key of the condition that keeps services away */
    size_t services;       /* how many */
};

/* Whom to call when nothing fits, or beside everything else. */
struct match_fallback {
    const struct first_contact *contact; /* of the municipality; NULL: none is known */
    const uint16_t *lines; /* without one: confirmed national lines for the situations, in order */
    size_t line_count;
    bool
        town_hall; /* without one: the advice to call the town hall, for which no number is known */
    bool has_opening; /* the contact's listing is known */
    struct match_opening opening;
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
    const struct match_suggestion *suggestions;
    size_t suggestion_count;
    struct civil_time at; /* what hours were looked up for */
    struct match_fallback
        fallback; /* always names somebody: a contact, or lines and the town hall */
};

/*
 * Works out what all questions to the generation have in common, before it is published: what its
 * areas are worth in each district. Answers are the same without, and cost more. ERROR_MEMORY.
 */
MUST_USE bool match_prepare(struct generation *generation, struct error *err);

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
/* Appends the sentence of `code` with the arguments in words, as it stands in a JSON string. */
void match_sentence_append_escaped(const struct texts *texts, enum language language,
                                   const char *code,
                                   const struct match_argument arguments[MATCH_ARGUMENTS],
                                   struct builder *out);

/* "confirmed", "unconfirmed", "overdue". */
const char *match_freshness_key(enum match_freshness freshness);
/* "met", "unknown", "failed". */
const char *match_state_key(enum match_state state);

/* Every text code that match can emit, for config to check the texts against. */
extern const struct text_code match_text_codes[];
extern const size_t match_text_code_count;

#endif
