/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "command_internal.h"

#include "sociopoint/json/parse.h"

static const struct {
    const char *name;
    int (*run)(const struct options *options);
    const char *summary;
} commands[] = {
    {"serve", command_serve, "answer requests until SIGTERM; SIGHUP reads the configuration anew"},
    {"migrate", command_migrate,
     "bring the database to this version (--dry-run: only say how; --after-restore: new epoch)"},
    {"import", command_import, "FILE...: take directory files in"},
    {"key", command_key, "add, list, revoke ID: who is counted by a key; add prints the key, once"},
    {"check-config", command_check_config, "say what is wrong in the configuration"},
    {"export-state", command_export_state, "FILE: write the published directory as a state file"},
    {"coverage-of-needs", command_coverage_of_needs, "services and phones for each situation"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_usage(FILE *out)
{
    (void)fprintf(out, "usage: sociopoint COMMAND [OPTION...]\n\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        (void)fprintf(out, "  %-18s %s\n", commands[i].name, commands[i].summary);
    (void)fprintf(out,
                  "\n"
                  "  --config DIR       configuration (settings.yaml, taxonomy/, text/, ...)\n"
                  "  --migrations DIR   files of the database\n"
                  "  --dsn DSN          database, instead of the one in settings.yaml\n"
                  "  --state-dir DIR    where the node keeps its copy of the directory\n"
                  "  --listen ADDRESS   instead of the addresses in settings.yaml; may repeat\n"
                  "  --quiet            import: the sum alone, no line for each record\n"
                  "  --organization X   key add: for this organisation (its id or key)\n"
                  "  --municipality X   key add: for the editors of this municipality (its key)\n"
                  "  --professional     key add: for a professional, such as the hotline\n"
                  "  --label TEXT       key add: who has it\n"
                  "  --days N           key add: how long it is good, 365 when not given\n");
}

int cli_main(int argc, char **argv)
{
    static struct options options; /* large, and needed to the end of the process */
    /* A crash must not write what citizens ask to a core file. */
    (void)prctl(PR_SET_DUMPABLE, 0);
    if (argc >= 2 && (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0)) {
        print_usage(stdout);
        return EXIT_GOOD;
    }
    if (!options_parse(argc, argv, &options)) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    json_start();
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(options.command, commands[i].name) == 0)
            return commands[i].run(&options);
    }
    (void)fprintf(stderr, "sociopoint: no command '%s'\n\n", options.command);
    print_usage(stderr);
    return EXIT_USAGE;
}
