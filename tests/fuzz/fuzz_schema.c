/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: json
 * A schema, a NUL, and the value to be held against it, which is also taken as the text of a
 * parameter.
 */
#include "fuzz/fuzz.h"

#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"

/* Small, because what a schema of our own may cost is not what is looked for. */
static const struct json_limits limits = {16 * 1024, 32, 1000};

static void validate(const struct json_schema *schema, struct str text)
{
    struct error err = {.code = ERROR_NONE};
    json_t *value CLEANUP(json_decrefp) = json_parse(text, &limits, &err);
    if (value == NULL) {
        fuzz_failed(&err);
        return;
    }
    struct error again = {.code = ERROR_NONE};
    bool valid = json_schema_validate(schema, value, "", &err);
    FUZZ_REQUIRE(valid == json_schema_validate(schema, value, "", &again));
    FUZZ_REQUIRE(err.problem_count == again.problem_count);
    if (!valid)
        fuzz_failed(&err);
}

static void take_parameter(const struct json_schema *schema, struct str text)
{
    const struct str texts[] = {text, text};
    for (size_t count = 1; count <= 2; count++) {
        struct error err = {.code = ERROR_NONE};
        json_t *value CLEANUP(json_decrefp) = json_from_parameter(schema, "p", texts, count, &err);
        if (value == NULL)
            fuzz_failed(&err);
        else
            (void)json_schema_validate(schema, value, "", &err); /* either is right */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool started;
    if (!started)
        json_start();
    started = true;
    struct str schema_text = fuzz_str(data, size);
    struct str value_text = STR("0");
    (void)str_cut(schema_text, '\0', &schema_text, &value_text);
    struct error err = {.code = ERROR_NONE};
    json_t *document CLEANUP(json_decrefp) = json_parse(schema_text, &limits, &err);
    if (document == NULL) {
        fuzz_failed(&err);
        return 0;
    }
    const struct json_schema_options options = {
        (value_text.length & 1) != 0 ? JSON_SCHEMA_FORMATS_IGNORED : JSON_SCHEMA_FORMATS_ASSERTED};
    struct json_schema *schema CLEANUP(json_schema_freep) =
        json_schema_compile(document, "", &options, &err);
    if (schema == NULL) {
        fuzz_failed(&err);
        return 0;
    }
    validate(schema, value_text);
    take_parameter(schema, value_text);
    return 0;
}
