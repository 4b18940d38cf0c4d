/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small world to match in: two cities, eight situations, services given as facts, questions given
 * as words. For the tests of match; each test builds its own and frees it.
 */
#ifndef SOCIOPOINT_TESTS_UNIT_MATCH_FIXTURE_H
#define SOCIOPOINT_TESTS_UNIT_MATCH_FIXTURE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/moment.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"
#include "sociopoint/match/rules.h"

#define SAME(text)                                                                                 \
    {                                                                                              \
        {                                                                                          \
            STR_CONSTANT(text), STR_CONSTANT(text), STR_CONSTANT(text)                             \
        }                                                                                          \
    }
#define TERM(name)                                                                                 \
    {                                                                                              \
        {{0}}, STR_CONSTANT(name), SAME(name), SAME(name)                                          \
    }

enum { GROUP_FAMILIES, GROUP_HOMELESS, GROUP_ADDICTION, GROUP_CRISIS };
enum { KIND_SHELTER, KIND_COUNSELLING };
enum { LINE_112, LINE_ADULTS, LINE_CITY, LINE_CHILDREN };
enum { DISTRICT_PORUBA, DISTRICT_SLEZSKA, DISTRICT_JIH };
enum { LOCALITY_HRUSOV, LOCALITY_JILOVA, LOCALITY_HULVACKA };
enum { OSTRAVA, BRNO };

static const struct target_group fixture_groups[] = {
    {TERM("families")}, {TERM("homeless")}, {TERM("substance-addiction")}, {TERM("crisis")}};

static const struct service_kind fixture_kinds[] = {
    {TERM("shelter"), STR_CONSTANT("57"), FORM_RESIDENTIAL},
    {TERM("counselling"), STR_CONSTANT("37"), FORM_OUTPATIENT},
};

/* 116 123 is not confirmed; the line of the city is Ostrava's. */
static const struct crisis_line fixture_lines[] = {
    {.number = STR_CONSTANT("112"),
     .round_the_clock = true,
     .confirmed = true,
     .municipality = KNOWLEDGE_NONE},
    {.number = STR_CONSTANT("116 123"), .municipality = KNOWLEDGE_NONE},
    {.number = STR_CONSTANT("737 267 939"), .confirmed = true, .municipality = OSTRAVA},
    {.number = STR_CONSTANT("116 111"), .confirmed = true, .municipality = KNOWLEDGE_NONE},
};

static const uint16_t fixture_all_lines[] = {LINE_ADULTS, LINE_112, LINE_CITY, LINE_CHILDREN};
static const uint16_t fixture_child_line[] = {LINE_CHILDREN};
static const struct str fixture_synonyms[] = {STR_CONSTANT("exekutor")};

static const struct situation fixture_situations[] = {
    {.term = TERM("debts"),
     .kinds = 1U << KIND_COUNSELLING,
     .target_groups = 1U << GROUP_CRISIS,
     .synonyms = fixture_synonyms,
     .synonym_count = 1},
    {.term = TERM("roofless-tonight"),
     .urgency = URGENCY_CRISIS,
     .crisis_lines = fixture_all_lines,
     .crisis_line_count = 4,
     .kinds = 1U << KIND_SHELTER,
     .target_groups = 1U << GROUP_HOMELESS},
    {.term = TERM("parenting"),
     .urgency = URGENCY_URGENT,
     .crisis_lines = fixture_child_line,
     .crisis_line_count = 1,
     .target_groups = 1U << GROUP_FAMILIES},
    {.term = TERM("alcohol")},
    {.term = TERM("loneliness")},
    {.term = TERM("hunger")},
    {.term = TERM("illness")},
    {.term = TERM("violence")},
};

static const struct str fixture_slezska_parts[] = {STR_CONSTANT("Hrušov"), STR_CONSTANT("Muglinov"),
                                                   STR_CONSTANT("Koblov (k. ú.)")};
static const struct district fixture_districts[] = {
    {.key = STR_CONSTANT("poruba"),
     .name = STR_CONSTANT("Poruba"),
     .has_coordinates = true,
     .latitude_micro = 49828000,
     .longitude_micro = 18165000},
    {.key = STR_CONSTANT("slezska-ostrava"),
     .name = STR_CONSTANT("Slezská Ostrava"),
     .parts = fixture_slezska_parts,
     .part_count = 3},
    {.key = STR_CONSTANT("ostrava-jih"), .name = STR_CONSTANT("Ostrava-Jih")},
};
static const struct str fixture_hulvacka_names[] = {STR_CONSTANT("Ubytovna SOIVA")};
static const struct locality fixture_localities[] = {
    {STR_CONSTANT("hrusov"), STR_CONSTANT("Hrušov"), NULL, 0, DISTRICT_SLEZSKA},
    {STR_CONSTANT("jilova"), STR_CONSTANT("Jílová"), NULL, 0, KNOWLEDGE_NONE},
    {STR_CONSTANT("hulvacka"), STR_CONSTANT("Hulvácká (Soiva)"), fixture_hulvacka_names, 1,
     DISTRICT_JIH},
};
static const struct first_contact fixture_contact = {.name = SAME("Sociopoint"),
                                                     .phone = STR_CONSTANT("800 700 650")};
static const struct municipality fixture_municipalities[] = {
    {.key = STR_CONSTANT("ostrava"),
     .name = SAME("Ostrava"),
     .region = STR_CONSTANT("moravskoslezsky"),
     .districts = fixture_districts,
     .district_count = 3,
     .localities = fixture_localities,
     .locality_count = 3,
     .first_contact = &fixture_contact},
    {.key = STR_CONSTANT("brno"), .name = SAME("Brno"), .region = STR_CONSTANT("jihomoravsky")},
};

static const struct match_weights fixture_weights = {
    .named_situation = 100,
    .kind_of_situation = 40,
    .target_group_of_situation = 7,
    .met = {[CONDITION_AREA] = 20,
            [CONDITION_AGE] = 10,
            [CONDITION_SEX] = 9,
            [CONDITION_TARGET_GROUP] = 15,
            [CONDITION_FREE_PLACES] = 11,
            [CONDITION_OPEN] = 25,
            [CONDITION_REACHABLE] = 5},
    .unknown = {[CONDITION_AREA] = -1,
                [CONDITION_AGE] = -3,
                [CONDITION_REFERRAL] = -5,
                [CONDITION_OTHER_RULE] = -2,
                [CONDITION_DISTANCE] = -1},
    .failed = {[CONDITION_AREA] = -60,
               [CONDITION_FORM] = -20,
               [CONDITION_FREE_PLACES] = -11,
               [CONDITION_OPEN] = -25,
               [CONDITION_DISTANCE] = -30,
               [CONDITION_REACHABLE] = -4},
    .confirmed = 12,
    .overdue = 3,
    .review_age_days = 365,
    .capacity_age_days = 7,
    .distance_bands = {{1000, 12}, {4000, 5}},
    .distance_band_count = 2,
    .diversity = {5, 3, 30},
    .source_year_points = {8, 7, 6, 5, 4, 3, 2, 1},
};

struct fixture {
    struct knowledge *knowledge;
    struct catalogue *catalogue;
    struct generation *generation;
    bool unprepared; /* the generation is asked without match_prepare() */
    struct arena *arena;
    int64_t seq;
    struct match_question question;
    struct match_resolved resolved;
    struct match_answer answer;
    struct error err;
};

static inline void fixture_init(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    fixture->knowledge = knowledge_new(1024 * 1024);
    fixture->catalogue = catalogue_new();
    fixture->arena = arena_new(4 * 1024 * 1024);
    ck_assert(fixture->knowledge != NULL && fixture->catalogue != NULL && fixture->arena != NULL);
    struct knowledge *knowledge = fixture->knowledge;
    knowledge->situations = fixture_situations;
    knowledge->situation_count = sizeof fixture_situations / sizeof fixture_situations[0];
    knowledge->target_groups = fixture_groups;
    knowledge->target_group_count = 4;
    knowledge->kinds = fixture_kinds;
    knowledge->kind_count = 2;
    knowledge->crisis_lines = fixture_lines;
    knowledge->crisis_line_count = 4;
    knowledge->municipalities = fixture_municipalities;
    knowledge->municipality_count = 2;
    knowledge->default_municipality = OSTRAVA;
    knowledge->weights = fixture_weights;
}

static inline void fixture_done(struct fixture *fixture)
{
    generation_free(fixture->generation);
    catalogue_free(fixture->catalogue);
    knowledge_release(fixture->knowledge);
    arena_free(fixture->arena);
}

/* Adds a service called `name` with the members of its facts: "\"forms\":[\"field\"]". */
static inline void fixture_service(struct fixture *fixture, const char *name, const char *facts)
{
    char text[2048];
    int length = snprintf(text, sizeof text,
                          "{\"name\":\"%s\",\"status\":\"active\",\"file_municipality\":\"ostrava\""
                          "%s%s}",
                          name, facts[0] == '\0' ? "" : ",", facts);
    ck_assert(length > 0 && (size_t)length < sizeof text);
    struct document_row row = {.seq = ++fixture->seq,
                               .kind = DOCUMENT_SERVICE,
                               .id = uuid_of_key("service", str_from(name)),
                               .facts = str_from(text),
                               .body = STR("{}"),
                               .short_form = STR("{}")};
    ck_assert(catalogue_apply(fixture->catalogue, &row, &fixture->err));
}

/* "yes", "no" */
static inline enum match_said fixture_said(const char *word)
{
    return strcmp(word, "yes") == 0 ? SAID_YES : SAID_NO;
}

static inline void fixture_list(struct match_list *list, char *words)
{
    for (char *save = NULL, *word = strtok_r(words, ",", &save); word != NULL;
         word = strtok_r(NULL, ",", &save))
        list->items[list->count++] = str_from(word);
}

static inline void fixture_position(struct match_position *position, const char *key,
                                    const char *value)
{
    bool latitude = strcmp(key, "lat") == 0;
    *(latitude ? &position->has_latitude : &position->has_longitude) = true;
    *(latitude ? &position->latitude : &position->longitude) = strtod(value, NULL);
}

static inline int64_t fixture_moment(const char *text)
{
    int64_t moment_ms = 0;
    ck_assert_msg(moment_from_text(str_from(text), &moment_ms), "no moment: %s", text);
    return moment_ms;
}

/* One "key=value" of a question. */
static inline void fixture_word(struct match_question *question, const char *key, char *value)
{
    enum match_circumstance circumstance;
    if (strcmp(key, "situations") == 0)
        fixture_list(&question->situations, value);
    else if (strcmp(key, "municipality") == 0)
        question->municipality = str_from(value);
    else if (strcmp(key, "district") == 0)
        question->district = str_from(value);
    else if (strcmp(key, "locality") == 0)
        question->locality = str_from(value);
    else if (strcmp(key, "age") == 0)
        question->ages[question->age_count++] = (int)strtol(value, NULL, 10);
    else if (strcmp(key, "sex") == 0)
        question->sex = strcmp(value, "male") == 0 ? SEX_MALE : SEX_FEMALE;
    else if (strcmp(key, "with_children") == 0)
        question->with_children = fixture_said(value);
    else if (strcmp(key, "target_groups") == 0)
        fixture_list(&question->target_groups, value);
    else if (strcmp(key, "forms") == 0)
        fixture_list(&question->forms, value);
    else if (strcmp(key, "languages") == 0)
        fixture_list(&question->languages, value);
    else if (strcmp(key, "accessibility") == 0)
        fixture_list(&question->accessibility, value);
    else if (strcmp(key, "with_capacity") == 0)
        question->with_capacity = fixture_said(value) == SAID_YES;
    else if (strcmp(key, "free_of_charge") == 0)
        question->free_of_charge = fixture_said(value) == SAID_YES;
    else if (strcmp(key, "lat") == 0 || strcmp(key, "lon") == 0)
        fixture_position(&question->position, key, value);
    else if (strcmp(key, "radius_m") == 0)
        question->radius_m = (int)strtol(value, NULL, 10);
    else if (strcmp(key, "open_at") == 0)
        question->open_at = str_from(value);
    else if (strcmp(key, "now") == 0)
        question->now_ms = fixture_moment(value);
    else if (strcmp(key, "limit") == 0)
        question->limit = (unsigned)strtol(value, NULL, 10);
    else if (match_circumstance_from_key(str_from(key), &circumstance))
        question->circumstances[circumstance] = fixture_said(value);
    else
        ck_abort_msg("no such word: %s", key);
}

/* "situations=debts; district=Muglinov; age=2" -> the question; it is asked on Monday, 23 November
 * 2026, at noon. */
static inline void fixture_question(struct fixture *fixture, const char *words)
{
    struct str copy = arena_copy(fixture->arena, str_from(words));
    fixture->question =
        (struct match_question){.now_ms = fixture_moment("2026-11-23T12:00:00+01:00")};
    for (char *save = NULL, *word = strtok_r((char *)(uintptr_t)copy.data, ";", &save);
         word != NULL; word = strtok_r(NULL, ";", &save)) {
        char *key = word + strspn(word, " ");
        char *value = strchr(key, '=');
        ck_assert_msg(value != NULL, "no value: %s", key);
        *value = '\0';
        fixture_word(&fixture->question, key, value + 1);
    }
}

/* Resolves the question; it must be a good one. */
static inline void fixture_resolve(struct fixture *fixture, const char *words)
{
    fixture_question(fixture, words);
    ck_assert_msg(match_resolve(fixture->knowledge, &fixture->question, fixture->arena,
                                &fixture->resolved, &fixture->err),
                  "%s: %s", words, fixture->err.problems[0].code);
}

/* The generation of the services added so far. */
static inline void fixture_build(struct fixture *fixture)
{
    const struct generation_status status = {0};
    fixture->generation =
        catalogue_build(fixture->catalogue, fixture->knowledge, &status, &fixture->err);
    ck_assert(fixture->generation != NULL);
    ck_assert(fixture->unprepared || match_prepare(fixture->generation, &fixture->err));
}

/* Asks the services added so far. */
static inline void fixture_ask_with(struct fixture *fixture, const struct match_rules *rules,
                                    const char *words)
{
    fixture_resolve(fixture, words);
    if (fixture->generation == NULL)
        fixture_build(fixture);
    ck_assert(match_run(fixture->generation, &fixture->resolved, rules, fixture->arena,
                        &fixture->answer, &fixture->err));
}

static inline void fixture_ask(struct fixture *fixture, const char *words)
{
    fixture_ask_with(fixture, match_rules_all(), words);
}

static inline struct str fixture_name(const struct entry *entry)
{
    return entry->facts.service->name;
}

/* The names of the results, "a b c". */
static inline const char *fixture_results(const struct fixture *fixture)
{
    struct builder names;
    builder_init(&names, fixture->arena, 4096);
    for (size_t i = 0; i < fixture->answer.result_count; i++) {
        builder_append_z(&names, i > 0 ? " " : "");
        builder_append(&names, fixture_name(fixture->answer.results[i].entry));
    }
    builder_append_char(&names, '\0');
    return builder_view(&names).data;
}

/* The reason of the condition; NULL: none was given. */
static inline const struct match_reason *fixture_reason(const struct match_result *result,
                                                        const char *condition)
{
    for (size_t i = 0; i < result->reason_count; i++) {
        if (strcmp(result->reasons[i].condition, condition) == 0)
            return &result->reasons[i];
    }
    return NULL;
}

/* The argument in Czech as a C string; "" where it is absent. */
static inline const char *fixture_argument(const struct fixture *fixture,
                                           const struct match_argument *argument)
{
    static const struct texts no_texts = {0};
    struct str text = argument->text_code != NULL
                          ? str_from(argument->text_code)
                          : match_argument_text(argument, &no_texts, LANGUAGE_CS);
    struct str copy = arena_copy(fixture->arena, text);
    return str_present(copy) ? copy.data : "";
}

#endif
