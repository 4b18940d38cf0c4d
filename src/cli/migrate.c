/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "command_internal.h"

#include "sociopoint/config/settings.h"
#include "sociopoint/store/migrate.h"

static void tell(void *context, enum store_migrate_event event, const char *name, size_t done,
                 size_t total)
{
    (void)context;
    switch (event) {
    case STORE_MIGRATE_PENDING:
        (void)printf("   would apply %s (%zu of %zu)\n", name, done, total);
        break;
    case STORE_MIGRATE_APPLYING:
        break;
    case STORE_MIGRATE_APPLIED:
        (void)printf("   applied %s (%zu of %zu)\n", name, done, total);
        break;
    case STORE_MIGRATE_REPUBLISHED:
        (void)printf("   published anew: %zu of %zu documents\n", done, total);
        break;
    }
    (void)fflush(stdout);
}

int command_migrate(const struct options *options)
{
    struct configuration configuration;
    struct error err;
    if (!configuration_load(options, &configuration, &err))
        return EXIT_CONFIGURATION;
    const char *dsn = configuration.settings->database.dsn;
    const struct store_migrate_options migrate = {
        .dsn = dsn, .directory = options->migrations, .dry_run = options->dry_run, .report = tell};
    bool good = store_migrate(&migrate, &err);
    if (good && options->after_restore && !options->dry_run) {
        good = store_renew_epoch(dsn, &err);
        if (good)
            (void)printf("   new epoch: nodes and clients will read everything anew\n");
    }
    int status = good ? EXIT_GOOD : report_error(&err);
    if (good)
        (void)printf("database %s\n",
                     options->dry_run ? "looked at, nothing changed" : "up to date");
    configuration_done(&configuration);
    return status;
}
