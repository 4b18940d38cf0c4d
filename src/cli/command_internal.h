/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the commands share: their options, the configuration they load, and how they report.
 */
#ifndef SOCIOPOINT_CLI_COMMAND_INTERNAL_H
#define SOCIOPOINT_CLI_COMMAND_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/error.h"

struct knowledge;
struct settings;
struct store_settings;

enum { OPTIONS_FILES_MAXIMUM = 256, OPTIONS_LISTEN_MAXIMUM = 16, OPTIONS_PATH_SIZE = 4096 };

/* Exit statuses (sysexits.h where it has a word for it; 2 for a bad configuration). */
enum exit_status {
    EXIT_GOOD = 0,
    EXIT_FAILED = 1,
    EXIT_CONFIGURATION = 2,
    EXIT_USAGE = 64,
    EXIT_DATA = 65,
    EXIT_INTERNAL = 70,
    EXIT_TRY_AGAIN = 75
};

/* What stands on the command line; texts point into argv. */
struct options {
    const char *command;
    const char *config;     /* the folder */
    const char *migrations; /* the folder */
    const char *dsn;        /* NULL: as settings.yaml says */
    const char *state_dir;  /* likewise */
    const char *listen[OPTIONS_LISTEN_MAXIMUM];
    size_t listen_count;
    const char *files[OPTIONS_FILES_MAXIMUM + 1]; /* ends with NULL */
    size_t file_count;
    bool dry_run;
    bool after_restore;
    bool quiet;
    const char *organization; /* of a key; NULL: not given, as the following */
    const char *municipality;
    bool professional;
    const char *label;
    const char *days;
    char default_config[OPTIONS_PATH_SIZE];
    char default_migrations[OPTIONS_PATH_SIZE];
};

/* What most commands begin with. */
struct configuration {
    struct settings *settings;
    const struct knowledge *knowledge;
    uint64_t settings_hash; /* of the file the settings came from */
};

/* Fills *options; false after it has said on standard error what is wrong. */
bool options_parse(int argc, char **argv, struct options *options);

/* One line for one problem on standard error: where, the sentence, and the code in brackets. */
void report_problem(const struct problem *problem);
/* Every problem of *err, and the exit status its class stands for. */
int report_error(const struct error *err);
/* The same when the problems have been reported one by one already. */
int exit_status_of(const struct error *err);

/* Loads settings and knowledge and applies the options; on failure all problems have been reported. */
bool configuration_load(const struct options *options, struct configuration *configuration,
                        struct error *err);
/* Each of the two by itself: at start, and the knowledge anew on SIGHUP. */
bool configuration_load_settings(const struct options *options, struct configuration *configuration,
                                 struct error *err);
const struct knowledge *configuration_load_knowledge(const struct options *options,
                                                     struct error *err);
/* Whether settings.yaml is in order, and whether it is another than the one in force, which takes a
 * restart. */
bool configuration_settings_check(const struct options *options,
                                  const struct configuration *configuration, bool *changed,
                                  struct error *err);
void configuration_done(struct configuration *configuration);
/* How the store is reached; `role` is an enum store_role. */
struct store_settings configuration_store(const struct configuration *configuration, int role);

int command_serve(const struct options *options);
int command_migrate(const struct options *options);
int command_import(const struct options *options);
int command_key(const struct options *options);
int command_check_config(const struct options *options);
int command_export_state(const struct options *options);
int command_coverage_of_needs(const struct options *options);

#endif
