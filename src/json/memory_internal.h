/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether the JSON library ran out of memory without saying so.
 *
 * jansson ignores some of its own failures: its scanner drops the byte that it could not keep, so
 * that a text is taken for malformed, or for another text. So its allocations go through ours,
 * which remember a failure, and whoever parses asks for it afterwards.
 */
#ifndef SOCIOPOINT_JSON_MEMORY_INTERNAL_H
#define SOCIOPOINT_JSON_MEMORY_INTERNAL_H

#include <stdbool.h>

/* Before the first value and before there are threads. */
void memory_start(void);

/* Forgets what has happened in this thread. */
void memory_watch(void);

/* Whether an allocation of the library has failed in this thread since memory_watch. */
bool memory_failed(void);

#endif
