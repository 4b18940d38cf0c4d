/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: config
 * settings.yaml: addresses, networks and limits beyond what its schema says.
 */
#include "fuzz/fuzz.h"
#include "support/source.h"

#include "sociopoint/config/settings.h"
#include "sociopoint/json/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char schema[4096];
    if (schema[0] == '\0') {
        json_start();
        (void)snprintf(schema, sizeof schema, "%s", source_path("config/schema/settings.json"));
    }
    struct error err = {.code = ERROR_NONE};
    struct settings *settings CLEANUP(settings_freep) =
        config_settings_load(fuzz_file(data, size), schema, NULL, &err);
    if (settings == NULL)
        fuzz_failed(&err);
    else
        FUZZ_REQUIRE(settings->listen_count > 0);
    return 0;
}
