/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The files of migrations/, read and put in the order in which they run.
 */
#ifndef SOCIOPOINT_STORE_MIGRATION_FILES_INTERNAL_H
#define SOCIOPOINT_STORE_MIGRATION_FILES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/error.h"

enum { MIGRATION_FILES_MAXIMUM = 1000, MIGRATION_SIZE_MAXIMUM = 1024 * 1024 };

struct migration_file {
    char *name; /* "0001_roles.sql" */
    char *text;
    bool repeatable;
    bool renders; /* the first line says so: after a change all documents are published anew */
};

struct migration_files {
    struct migration_file *files; /* numbered ones first, each kind in the order of the names */
    size_t count;
};

/*
 * Fails with migration-directory-unreadable, migration-file-unreadable or migration-name (a .sql
 * file that is neither "NNNN_words.sql" nor "R_words.sql", or two of one number). Other files are
 * passed over.
 */
bool migration_files_read(const char *directory, struct migration_files *files, struct error *err);
/* For CLEANUP, too. */
void migration_files_done(struct migration_files *files);

#endif
