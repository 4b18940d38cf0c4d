/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: directory match config rest
 * A directory file: its schema, then the check of its records against the knowledge of config/ and
 * each other. Nothing is written.
 */
#include "fuzz/fuzz.h"
#include "support/source.h"

#include "directory/import_internal.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

static const struct json_limits limits = {64 * 1024, 32, 5000};

static const struct knowledge *knowledge;
static struct json_schema *schema;

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
    json_t *document =
        json_parse_file(source_path("config/schema/directory.json"), &json_limits_file, &err);
    FUZZ_REQUIRE(knowledge != NULL && document != NULL);
    schema = json_schema_compile(document, "", NULL, &err);
    FUZZ_REQUIRE(schema != NULL);
    json_decref(document);
    return 0;
}

static void heard(void *context, const struct problem *problem)
{
    size_t *count = context;
    FUZZ_REQUIRE(problem->code != NULL && problem->pointer[0] != '\0');
    (*count)++;
}

/* As import_plan_add_files does it. */
static void add_records(struct import_plan *plan, const json_t *root)
{
    static const char *const lists[IMPORT_KIND_COUNT] = {[IMPORT_ORGANIZATION] = "organizations",
                                                         [IMPORT_LOCATION] = "locations",
                                                         [IMPORT_SERVICE] = "services",
                                                         [IMPORT_EVENT] = "events"};
    for (int kind = IMPORT_ORGANIZATION; kind <= IMPORT_EVENT; kind++) {
        size_t index;
        json_t *item;
        json_array_foreach(json_object_get(root, lists[kind]), index, item)
        {
            FUZZ_REQUIRE(
                json_object_set(item, "municipality", json_object_get(root, "municipality")) == 0);
            FUZZ_REQUIRE(import_plan_add(plan, (enum import_kind)kind, 0, json_incref(item)));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const files[] = {"fuzz.json", NULL};
    struct error err = {.code = ERROR_NONE};
    json_t *root CLEANUP(json_decrefp) = json_parse(fuzz_str(data, size), &limits, &err);
    if (root == NULL || !json_schema_validate(schema, root, "", &err)) {
        fuzz_failed(&err);
        return 0;
    }
    size_t problems = 0;
    const struct import_report report = {.problem = heard, .context = &problems};
    struct import_plan plan = {.files = files, .report = &report, .err = &err};
    add_records(&plan, root);
    if (import_plan_check(&plan, knowledge)) {
        FUZZ_REQUIRE(problems == 0);
    } else {
        FUZZ_REQUIRE(problems > 0);
        fuzz_failed(&err);
    }
    import_plan_done(&plan);
    return 0;
}
