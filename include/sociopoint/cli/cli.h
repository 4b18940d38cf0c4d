/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The command line: what each command does is a row of the table in src/cli/commands.c.
 */
#ifndef SOCIOPOINT_CLI_CLI_H
#define SOCIOPOINT_CLI_CLI_H

/* Runs the command that the arguments name; the exit status of the process. */
int cli_main(int argc, char **argv);

#endif
