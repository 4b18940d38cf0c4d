/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Counting how well phrases are understood, whoever answers: by language and of all.
 */
#ifndef SOCIOPOINT_TESTS_QUALITY_TALLY_H
#define SOCIOPOINT_TESTS_QUALITY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/domain/knowledge.h"
#include "sociopoint/match/understanding.h"

enum { TALLY_LANGUAGES_MAXIMUM = 8, TALLY_LANGUAGE_SIZE = 8, TALLY_FIRST_ONES = 3 };

/* What was answered to a phrase: indexes into the knowledge, the surest first. */
struct answer {
    uint16_t situations[UNDERSTOOD_SITUATIONS_MAXIMUM];
    size_t count;
    bool crisis_lines; /* lines of a crisis are read out */
};

struct tally {
    char language[TALLY_LANGUAGE_SIZE];
    unsigned asked; /* about a situation */
    unsigned first;
    unsigned three;
    unsigned other; /* about something else */
    unsigned other_answered;
    unsigned crises;
    unsigned crises_missed;
    unsigned calm;     /* about situations of which none is a crisis */
    unsigned needless; /* of those, where lines of a crisis are read out all the same */
};

struct tallies {
    struct tally languages[TALLY_LANGUAGES_MAXIMUM]; /* in the order in which they came */
    size_t count;
    struct tally all;
};

/* Counts an answer to a phrase whose right situations are `ids`: keys between commas, or "none". */
void tallies_count(struct tallies *tallies, const struct knowledge *knowledge, const char *ids,
                   const char *language, const struct answer *answer);
/* What is told and read out to whoever was understood so. */
struct answer answer_of_understanding(const struct match_understanding *understanding);
/* Whether one of the situations is a crisis. */
bool answer_names_crisis(const struct knowledge *knowledge, const struct answer *answer);
/* The place of the first right situation, from 0, or -1. */
int answer_place(const struct knowledge *knowledge, const char *ids, const struct answer *answer);
/* Whether the phrase is about a crisis, and no lines of a crisis are read out. */
bool answer_misses_crisis(const struct knowledge *knowledge, const char *ids,
                          const struct answer *answer);
bool ids_are_none(const char *ids);
/* 0 of nothing. */
double percent_of(unsigned part, unsigned whole);

#endif
