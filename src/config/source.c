/* SPDX-License-Identifier: EUPL-1.2 */
#include "source_internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "sociopoint/config/yaml.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"

/* Problems of a schema lead into its text, which is JSON without lines: "<file> <pointer>". */
static void tell_schema(struct config_problems *problems, struct error *err, const char *name)
{
    for (size_t i = 0; i < err->problem_count; i++)
        problem_prefix(&err->problems[i], name);
    config_problems_take(problems, err);
}

struct json_schema *config_schema_open(const char *path, const char *name,
                                       struct config_problems *problems)
{
    struct error err = {0};
    json_t *document CLEANUP(json_decrefp) = json_parse_file(path, &json_limits_file, &err);
    if (document == NULL) {
        config_problems_take(problems, &err);
        return NULL;
    }
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);
    if (schema == NULL)
        tell_schema(problems, &err, name);
    return schema;
}

struct config_yaml *config_source_open(const char *path, const char *name,
                                       const struct json_schema *schema,
                                       struct config_problems *problems)
{
    struct error err = {0};
    struct config_yaml *yaml = config_yaml_read(path, name, CONFIG_YAML_DEPTH, &err);
    if (yaml == NULL) {
        config_problems_take(problems, &err);
        return NULL;
    }
    if (!json_schema_validate(schema, config_yaml_value(yaml), "", &err)) {
        config_problems_take_at(problems, yaml, &err);
        config_yaml_free(yaml);
        return NULL;
    }
    return yaml;
}
