/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: directory match config rest
 * A question in JSON, understood with the knowledge of config/.
 */
#include "fuzz/fuzz.h"
#include "support/source.h"

#include "sociopoint/config/loader.h"
#include "sociopoint/directory/question.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"
#include "sociopoint/rest/rest.h"

static const struct knowledge *knowledge;
static struct arena *arena;

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
    (void)argument_count;
    (void)arguments;
    const struct text_table tables[] = {{rest_text_codes, rest_text_code_count},
                                        {match_text_codes, match_text_code_count},
                                        {NULL, 0}};
    struct error err = {.code = ERROR_NONE};
    json_start();
    knowledge = config_knowledge_load(source_path("config"), tables, NULL, &err);
    arena = arena_new(1024 * 1024);
    FUZZ_REQUIRE(knowledge != NULL && arena != NULL);
    return 0;
}

static void check_resolved(const struct match_resolved *resolved)
{
    FUZZ_REQUIRE(resolved->situation_count > 0 &&
                 resolved->situation_count <= MATCH_SITUATIONS_MAXIMUM);
    for (size_t i = 0; i < resolved->situation_count; i++)
        FUZZ_REQUIRE(resolved->situations[i] < knowledge->situation_count);
    FUZZ_REQUIRE(resolved->municipality >= 0 &&
                 (size_t)resolved->municipality < knowledge->municipality_count);
    const struct municipality *municipality = &knowledge->municipalities[resolved->municipality];
    FUZZ_REQUIRE(resolved->district < (int)municipality->district_count);
    FUZZ_REQUIRE(resolved->locality < (int)municipality->locality_count);
    for (size_t i = 0; i < resolved->age_count; i++)
        FUZZ_REQUIRE(resolved->ages[i] >= 0 && resolved->ages[i] <= MATCH_AGE_MAXIMUM);
    FUZZ_REQUIRE(resolved->limit > 0 && resolved->limit <= MATCH_LIMIT_MAXIMUM);
    FUZZ_REQUIRE(resolved->radius_m >= 0 && resolved->radius_m <= MATCH_RADIUS_MAXIMUM);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = {.code = ERROR_NONE};
    json_t *json CLEANUP(json_decrefp) =
        json_parse(fuzz_str(data, size), &json_limits_request, &err);
    if (json == NULL) {
        fuzz_failed(&err);
        return 0;
    }
    arena_reset(arena);
    struct match_question question = {.now_ms = 1795000000000};
    struct match_resolved resolved = {.now_ms = 0};
    if (!question_from_json(json, arena, &question, &err) ||
        !match_resolve(knowledge, &question, arena, &resolved, &err))
        fuzz_failed(&err);
    else
        check_resolved(&resolved);
    return 0;
}
