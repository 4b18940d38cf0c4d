/* SPDX-License-Identifier: EUPL-1.2 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command_internal.h"

/* Options with a value go to a text of struct options, the others to a bool. */
static const struct {
    const char *name;
    size_t offset;
    bool with_value;
} table[] = {
    {"--config", offsetof(struct options, config), true},
    {"--migrations", offsetof(struct options, migrations), true},
    {"--dsn", offsetof(struct options, dsn), true},
    {"--state-dir", offsetof(struct options, state_dir), true},
    {"--dry-run", offsetof(struct options, dry_run), false},
    {"--after-restore", offsetof(struct options, after_restore), false},
    {"--quiet", offsetof(struct options, quiet), false},
    {"--organization", offsetof(struct options, organization), true},
    {"--municipality", offsetof(struct options, municipality), true},
    {"--professional", offsetof(struct options, professional), false},
    {"--label", offsetof(struct options, label), true},
    {"--days", offsetof(struct options, days), true},
};

/* "<folder of the program>/../share/sociopoint/<name>", where `cmake --install` puts it. */
static void default_path(const char *name, char path[OPTIONS_PATH_SIZE])
{
    char program[OPTIONS_PATH_SIZE - 64];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    char *slash = NULL;
    if (length > 0) {
        program[length] = '\0';
        slash = strrchr(program, '/');
    }
    if (slash == NULL)
        slash = program;
    *slash = '\0';
    (void)snprintf(path, OPTIONS_PATH_SIZE, "%s/../share/sociopoint/%s", program, name);
}

static bool take_value(struct options *options, size_t row, const char *value)
{
    if (value == NULL) {
        (void)fprintf(stderr, "sociopoint: %s needs a value\n\n", table[row].name);
        return false;
    }
    memcpy((char *)options + table[row].offset, &value, sizeof value);
    return true;
}

static bool take_listen(struct options *options, const char *value)
{
    if (value == NULL || options->listen_count == OPTIONS_LISTEN_MAXIMUM) {
        (void)fprintf(stderr, "sociopoint: --listen needs an address, %d at most\n\n",
                      OPTIONS_LISTEN_MAXIMUM);
        return false;
    }
    options->listen[options->listen_count++] = value;
    return true;
}

/* Takes the option in argv[*position], and its value behind it. */
static bool take_option(struct options *options, char **argv, int *position)
{
    const char *name = argv[*position];
    if (strcmp(name, "--listen") == 0)
        return take_listen(options, argv[++*position]);
    for (size_t row = 0; row < sizeof table / sizeof table[0]; row++) {
        if (strcmp(name, table[row].name) != 0)
            continue;
        if (table[row].with_value)
            return take_value(options, row, argv[++*position]);
        *((bool *)((char *)options + table[row].offset)) = true;
        return true;
    }
    (void)fprintf(stderr, "sociopoint: no option '%s'\n\n", name);
    return false;
}

bool options_parse(int argc, char **argv, struct options *options)
{
    *options = (struct options){.command = argc > 1 ? argv[1] : ""};
    default_path("config", options->default_config);
    default_path("migrations", options->default_migrations);
    options->config = options->default_config;
    options->migrations = options->default_migrations;
    for (int i = 2; i < argc; i++) {
        if (argv[i][0] == '-') {
            if (!take_option(options, argv, &i))
                return false;
        } else if (options->file_count == OPTIONS_FILES_MAXIMUM) {
            (void)fprintf(stderr, "sociopoint: at most %d files\n\n", OPTIONS_FILES_MAXIMUM);
            return false;
        } else {
            options->files[options->file_count++] = argv[i];
        }
    }
    return true;
}
