/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "command_internal.h"

#include "sociopoint/config/settings.h"
#include "sociopoint/domain/knowledge.h"

int command_check_config(const struct options *options)
{
    struct configuration configuration;
    struct error err;
    if (!configuration_load(options, &configuration, &err)) {
        (void)fprintf(stderr, "sociopoint: the configuration in %s is not usable\n",
                      options->config);
        return EXIT_CONFIGURATION;
    }
    const struct knowledge *knowledge = configuration.knowledge;
    (void)printf("configuration in order: %zu situations in %zu categories, %zu target groups, "
                 "%zu kinds of service, %zu municipalities, %zu crisis lines, %zu sentences\n",
                 knowledge->situation_count, knowledge->category_count,
                 knowledge->target_group_count, knowledge->kind_count,
                 knowledge->municipality_count, knowledge->crisis_line_count,
                 knowledge->texts.count);
    configuration_done(&configuration);
    return EXIT_GOOD;
}
