/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <unistd.h>

#include "command_internal.h"

#include "sociopoint/directory/import.h"
#include "sociopoint/store/store.h"

/* Nobody waits for an import, and a busy database is no reason to give it up. */
enum { IMPORT_STATEMENT_MS = 60000 };

static void tell_problem(void *context, const struct problem *problem)
{
    (void)context;
    report_problem(problem);
}

static void tell_row(void *context, const char *kind, const char *key, enum import_outcome outcome)
{
    static const char *const words[] = {[IMPORT_WRITTEN] = "written",
                                        [IMPORT_UNCHANGED] = "unchanged",
                                        [IMPORT_REMOVED] = "removed"};
    const struct options *options = context;
    if (!options->quiet)
        (void)printf("%s %s: %s\n", kind, key, words[outcome]);
}

/* On a terminal one line that moves; nothing else reads well in a log. */
static void tell_progress(void *context, size_t done, size_t total)
{
    (void)context;
    if (isatty(STDERR_FILENO))
        (void)fprintf(stderr, "\r   %zu of %zu records%s", done, total, done == total ? "\n" : "");
}

static int import_files(const struct options *options, const struct configuration *configuration,
                        struct store *store)
{
    char schema[OPTIONS_PATH_SIZE + 64];
    struct error err;
    struct import_result result;
    const struct import_report report = {.problem = tell_problem,
                                         .row = tell_row,
                                         .progress = tell_progress,
                                         .context = (void *)(uintptr_t)options};
    (void)snprintf(schema, sizeof schema, "%s/schema/directory.json", options->config);
    const struct import_source source = {.schema_path = schema, .files = options->files};
    if (!directory_import(store, configuration->knowledge, &source, &report, &result, &err)) {
        if (result.begun) {
            int status = report_error(&err);
            (void)fprintf(stderr,
                          "sociopoint: stopped; run the import again, it goes on where it was\n");
            return status;
        }
        /* Problems of records and files have been told one by one, with all others. */
        if (err.code == ERROR_MEMORY || err.code == ERROR_INTERNAL)
            (void)report_error(&err);
        (void)fprintf(stderr, "sociopoint: nothing was written; mend what is named above\n");
        return EXIT_DATA;
    }
    (void)printf("%zu records: %zu written, %zu unchanged, %zu removed\n", result.records,
                 result.written, result.unchanged, result.removed);
    return EXIT_GOOD;
}

int command_import(const struct options *options)
{
    struct configuration configuration;
    struct error err;
    if (options->file_count == 0) {
        (void)fprintf(stderr, "sociopoint: import needs at least one file\n");
        return EXIT_USAGE;
    }
    if (!configuration_load(options, &configuration, &err))
        return EXIT_CONFIGURATION;
    struct store_settings settings = configuration_store(&configuration, STORE_ROLE_IMPORT);
    settings.statement_timeout_ms = IMPORT_STATEMENT_MS;
    struct store *store CLEANUP(store_closep) = store_open(&settings, &err);
    int status = store == NULL ? report_error(&err) : import_files(options, &configuration, store);
    configuration_done(&configuration);
    return status;
}
