/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small knowledge and documents made from rows in the test itself.
 *
 * Three cities (Ostrava and Opava of one region, Brno of another), four situations, three kinds,
 * three target groups. Everything points at literals, so knowledge_release frees all there is.
 */
#ifndef SOCIOPOINT_TESTS_CATALOGUE_ROWS_H
#define SOCIOPOINT_TESTS_CATALOGUE_ROWS_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/error.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/domain/knowledge.h"

enum { OSTRAVA, OPAVA, BRNO };
enum { SITUATION_DEBT, SITUATION_ROOFLESS, SITUATION_ADDICTION, SITUATION_LONELY };
enum { GROUP_HOMELESS, GROUP_FAMILIES, GROUP_ADDICTED };
enum { KIND_SHELTER, KIND_COUNSELLING, KIND_RELATED };
enum { DISTRICT_SLEZSKA, DISTRICT_PORUBA, DISTRICT_JIH };
enum { LOCALITY_JILOVA, LOCALITY_HRUSOV };

static const struct district rows_ostrava_districts[] = {
    {.key = STR_CONSTANT("slezska-ostrava"), .name = STR_CONSTANT("Slezská Ostrava")},
    {.key = STR_CONSTANT("poruba"),
     .name = STR_CONSTANT("Poruba"),
     .has_coordinates = true,
     .latitude_micro = 49828000,
     .longitude_micro = 18165000},
    {.key = STR_CONSTANT("ostrava-jih"), .name = STR_CONSTANT("Ostrava-Jih")},
};
static const struct locality rows_ostrava_localities[] = {
    {.key = STR_CONSTANT("jilova"), .name = STR_CONSTANT("Jílová"), .district = DISTRICT_SLEZSKA},
    {.key = STR_CONSTANT("hrusov"), .name = STR_CONSTANT("Hrušov"), .district = KNOWLEDGE_NONE},
};
static const struct district rows_brno_districts[] = {
    {.key = STR_CONSTANT("brno-stred"), .name = STR_CONSTANT("Brno-střed")},
};
static const struct municipality rows_municipalities[] = {
    {.key = STR_CONSTANT("ostrava"),
     .region = STR_CONSTANT("moravskoslezsky"),
     .districts = rows_ostrava_districts,
     .district_count = 3,
     .localities = rows_ostrava_localities,
     .locality_count = 2},
    {.key = STR_CONSTANT("opava"), .region = STR_CONSTANT("moravskoslezsky")},
    {.key = STR_CONSTANT("brno"),
     .region = STR_CONSTANT("jihomoravsky"),
     .districts = rows_brno_districts,
     .district_count = 1},
};
static const struct situation rows_situations[] = {
    {.term = {.key = STR_CONSTANT("debt")}, .kinds = 1 << KIND_COUNSELLING, .target_groups = 3},
    {.term = {.key = STR_CONSTANT("roofless")},
     .kinds = 1 << KIND_SHELTER,
     .target_groups = 1 << GROUP_HOMELESS},
    {.term = {.key = STR_CONSTANT("addiction")},
     .kinds = 1 << KIND_COUNSELLING | 1 << KIND_SHELTER,
     .target_groups = 1 << GROUP_ADDICTED},
    {.term = {.key = STR_CONSTANT("lonely")}},
};
static const struct target_group rows_target_groups[] = {
    {{.key = STR_CONSTANT("homeless")}},
    {{.key = STR_CONSTANT("families")}},
    {{.key = STR_CONSTANT("addicted")}},
};
static const struct service_kind rows_kinds[] = {
    {.term = {.key = STR_CONSTANT("shelter")},
     .section = STR_CONSTANT("57"),
     .forms = FORM_RESIDENTIAL},
    {.term = {.key = STR_CONSTANT("counselling")}, .section = STR_CONSTANT("37"), .forms = 7},
    {.term = {.key = STR_CONSTANT("related-activity")}},
};

static inline const struct knowledge *rows_knowledge(void)
{
    struct knowledge *knowledge = knowledge_new(1 << 16);
    ck_assert_ptr_nonnull(knowledge);
    knowledge->municipalities = rows_municipalities;
    knowledge->municipality_count = 3;
    knowledge->situations = rows_situations;
    knowledge->situation_count = 4;
    knowledge->target_groups = rows_target_groups;
    knowledge->target_group_count = 3;
    knowledge->kinds = rows_kinds;
    knowledge->kind_count = 3;
    return knowledge;
}

static inline struct uuid rows_id(enum document_kind kind, const char *key)
{
    return uuid_of_key(document_kind_key(kind), str_from(key));
}

/* The document `key` of the kind; body and short form are its facts. */
static inline struct document_row rows_document(int64_t seq, enum document_kind kind,
                                                const char *key, const char *facts)
{
    return (struct document_row){.seq = seq,
                                 .kind = kind,
                                 .id = rows_id(kind, key),
                                 .facts = str_from(facts),
                                 .body = str_from(facts),
                                 .short_form = str_from(facts)};
}

static inline void rows_apply(struct catalogue *catalogue, const struct document_row *row)
{
    struct error err = {0};
    ck_assert_msg(catalogue_apply(catalogue, row, &err), "%s %s", err.problems[0].code,
                  err.problems[0].pointer);
}

static inline void rows_put(struct catalogue *catalogue, int64_t seq, enum document_kind kind,
                            const char *key, const char *facts)
{
    struct document_row row = rows_document(seq, kind, key, facts);
    rows_apply(catalogue, &row);
}

static inline void rows_remove(struct catalogue *catalogue, int64_t seq, enum document_kind kind,
                               const char *key)
{
    struct document_row row = {.seq = seq, .kind = kind, .id = rows_id(kind, key), .removed = true};
    rows_apply(catalogue, &row);
}

/* A generation of the catalogue with the knowledge above, which goes with it. */
static inline struct generation *rows_build(struct catalogue *catalogue)
{
    struct error err = {0};
    const struct generation_status status = {.loaded_at_ms = 1000};
    const struct knowledge *knowledge = rows_knowledge();
    struct generation *generation = catalogue_build(catalogue, knowledge, &status, &err);
    ck_assert_ptr_nonnull(generation);
    knowledge_release(knowledge);
    return generation;
}

#endif
