/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "command_internal.h"
#include "published_internal.h"

#include "sociopoint/base/clock.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/holder.h"
#include "sociopoint/catalogue/state_file.h"

int command_export_state(const struct options *options)
{
    struct configuration configuration;
    struct error err;
    if (options->file_count != 1) {
        (void)fprintf(stderr, "sociopoint: export-state needs one file to write\n");
        return EXIT_USAGE;
    }
    if (!configuration_load(options, &configuration, &err))
        return EXIT_CONFIGURATION;
    struct generation_holder *holder = published_read(&configuration, &err);
    bool good = holder != NULL;
    if (good) {
        const struct generation *generation = generation_acquire(holder);
        good = state_file_save(generation, options->files[0], clock_wall_ms(), &err);
        generation_release(holder, generation);
    }
    generation_holder_free(holder);
    configuration_done(&configuration);
    return good ? EXIT_GOOD : report_error(&err);
}
