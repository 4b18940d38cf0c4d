/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "command_internal.h"

#include "sociopoint/config/loader.h"
#include "sociopoint/config/settings.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"
#include "sociopoint/store/store.h"

static void tell(void *context, const struct problem *problem)
{
    (void)context;
    report_problem(problem);
}

static const struct config_report to_standard_error = {.problem = tell};

const struct knowledge *configuration_load_knowledge(const struct options *options,
                                                     struct error *err)
{
    /* Everything that is said to people comes from these two modules. */
    const struct text_table tables[] = {
        {match_text_codes, match_text_code_count},
        {rest_text_codes, rest_text_code_count},
        {NULL, 0},
    };
    return config_knowledge_load(options->config, tables, &to_standard_error, err);
}

static void apply_options(const struct options *options, struct settings *settings)
{
    if (options->dsn != NULL)
        settings->database.dsn = options->dsn;
    if (options->state_dir != NULL)
        settings->state_dir = options->state_dir;
    if (options->listen_count > 0) {
        settings->listen = options->listen;
        settings->listen_count = options->listen_count;
    }
}

static struct settings *load_settings(const struct options *options, struct error *err)
{
    char path[OPTIONS_PATH_SIZE + 64];
    char schema[OPTIONS_PATH_SIZE + 64];
    (void)snprintf(path, sizeof path, "%s/settings.yaml", options->config);
    (void)snprintf(schema, sizeof schema, "%s/schema/settings.json", options->config);
    return config_settings_load(path, schema, &to_standard_error, err);
}

/* The bytes of settings.yaml as one number; 0 when they cannot be read. */
static uint64_t settings_hash(const struct options *options)
{
    char path[OPTIONS_PATH_SIZE + 64];
    struct error ignored;
    (void)snprintf(path, sizeof path, "%s/settings.yaml", options->config);
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_read(path, path, CONFIG_YAML_DEPTH, &ignored);
    return yaml == NULL ? 0 : config_yaml_hash(yaml);
}

bool configuration_settings_check(const struct options *options,
                                  const struct configuration *configuration, bool *changed,
                                  struct error *err)
{
    struct settings *settings CLEANUP(settings_freep) = load_settings(options, err);
    *changed = settings_hash(options) != configuration->settings_hash;
    return settings != NULL;
}

bool configuration_load_settings(const struct options *options, struct configuration *configuration,
                                 struct error *err)
{
    *configuration = (struct configuration){.settings = load_settings(options, err),
                                            .settings_hash = settings_hash(options)};
    if (configuration->settings == NULL)
        return false;
    apply_options(options, configuration->settings);
    return true;
}

bool configuration_load(const struct options *options, struct configuration *configuration,
                        struct error *err)
{
    bool good = configuration_load_settings(options, configuration, err);
    configuration->knowledge = configuration_load_knowledge(options, err);
    if (good && configuration->knowledge != NULL)
        return true;
    configuration_done(configuration);
    return false;
}

void configuration_done(struct configuration *configuration)
{
    settings_free(configuration->settings);
    knowledge_release(configuration->knowledge);
    *configuration = (struct configuration){.settings = NULL};
}

struct store_settings configuration_store(const struct configuration *configuration, int role)
{
    const struct settings_database *database = &configuration->settings->database;
    return (struct store_settings){.dsn = database->dsn,
                                   .role = (enum store_role)role,
                                   .connections = (int)database->pool,
                                   .connect_timeout_ms = database->connect_timeout_ms,
                                   .statement_timeout_ms = database->statement_timeout_ms,
                                   .wait_ms = database->acquire_timeout_ms};
}
