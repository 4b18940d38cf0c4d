/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the folder config/ to struct knowledge.
 *
 * Reads taxonomy/, municipalities/, crisis-lines.yaml, match.yaml and text/, holds each file
 * against its schema in schema/, then the files against each other, and the sentences against
 * what the program can say. All problems of all files are told at once, each as
 * "<directory>/<file>:<line> <JSON pointer>" with a code.
 *
 * May be called from any thread (on SIGHUP from one of its own); nothing is shared between calls.
 */
#ifndef SOCIOPOINT_CONFIG_LOADER_H
#define SOCIOPOINT_CONFIG_LOADER_H

#include <stddef.h>

#include "sociopoint/base/error.h"
#include "sociopoint/config/report.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/domain/texts.h"

/* The sentences one module can say. */
struct text_table {
    const struct text_code *codes;
    size_t count;
};

/*
 * Builds the knowledge of `directory` with one reference for the caller. `tables` ends with a row
 * whose `codes` is NULL; texts must have exactly their codes. A code may stand in several tables
 * with the same number of arguments. `report` may be NULL. NULL with the first problems in *err.
 */
const struct knowledge *config_knowledge_load(const char *directory,
                                              const struct text_table *tables,
                                              const struct config_report *report,
                                              struct error *err);

#endif
