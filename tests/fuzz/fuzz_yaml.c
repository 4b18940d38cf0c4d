/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: config
 * A file of config/: the YAML of it, each of the schemas of config/schema/, and the places that
 * problems name.
 */
#include "fuzz/fuzz.h"
#include "support/source.h"

#include "sociopoint/config/yaml.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"

static const char *const names[] = {"categories", "crisis-lines",  "match",
                                    "settings",   "municipality",  "service-kinds",
                                    "situations", "target-groups", "text"};

enum { SCHEMAS = sizeof names / sizeof names[0] };

static struct json_schema *schemas[SCHEMAS];

static void start(void)
{
    json_start();
    for (size_t i = 0; i < SCHEMAS; i++) {
        char relative[64];
        struct error err = {.code = ERROR_NONE};
        (void)snprintf(relative, sizeof relative, "config/schema/%s.json", names[i]);
        json_t *document = json_parse_file(source_path(relative), &json_limits_file, &err);
        FUZZ_REQUIRE(document != NULL);
        schemas[i] = json_schema_compile(document, "", NULL, &err);
        FUZZ_REQUIRE(schemas[i] != NULL);
        json_decref(document);
    }
}

static void check_positions(const struct config_yaml *yaml, const struct error *err)
{
    for (size_t i = 0; i < err->problem_count; i++) {
        int line = 0;
        int column = 0;
        config_yaml_position(yaml, err->problems[i].pointer, &line, &column);
        FUZZ_REQUIRE(line >= 1 && column >= 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (schemas[0] == NULL)
        start();
    struct error err = {.code = ERROR_NONE};
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_parse(fuzz_str(data, size), "fuzz.yaml", CONFIG_YAML_DEPTH, &err);
    if (yaml == NULL) {
        fuzz_failed(&err);
        FUZZ_REQUIRE(err.problem_count == 1);
        return 0;
    }
    for (size_t i = 0; i < SCHEMAS; i++) {
        struct error found = {.code = ERROR_NONE};
        if (!json_schema_validate(schemas[i], config_yaml_value(yaml), "", &found)) {
            fuzz_failed(&found);
            check_positions(yaml, &found);
        }
    }
    return 0;
}
