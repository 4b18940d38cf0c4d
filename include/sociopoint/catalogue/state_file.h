/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The catalogue on disk, so that a node answers after a restart without its database.
 *
 * Written from a generation, which is immutable: a thread that holds one may save it while the
 * refresher goes on. A file is complete or not there: temporary file beside it, fsync, rename,
 * fsync of the directory. A failed save leaves the previous file as it was. At most one thread
 * saves to a path at a time.
 */
#ifndef SOCIOPOINT_CATALOGUE_STATE_FILE_H
#define SOCIOPOINT_CATALOGUE_STATE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"

struct catalogue;
struct error;
struct generation;

enum { STATE_FILE_VERSION = 1 };

/*
 * Writes the generation to `path`, readable by its owner alone. Fails with state-file-unwritable
 * (ERROR_UNAVAILABLE; pointer: path; arguments: the step that failed, the system's reason) or
 * memory-exhausted.
 */
MUST_USE bool state_file_save(const struct generation *generation, const char *path, int64_t now_ms,
                              struct error *err);

/*
 * Fills the empty `catalogue` with documents and cursor, and *written_at_ms with the wall clock of
 * the save. On failure the catalogue is empty. Problems (pointer: path): state-file-missing
 * (ERROR_NOT_FOUND), state-file-unreadable, state-file-foreign (not ours), state-file-version
 * (another version's), state-file-truncated, state-file-corrupt.
 */
MUST_USE bool state_file_load(const char *path, struct catalogue *catalogue, int64_t *written_at_ms,
                              struct error *err);

#endif
