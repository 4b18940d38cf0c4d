/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One line per event on standard error: time, level, event, key=value pairs.
 *
 * Only http, directory and cli log. What a citizen asks or types is never an argument here. Control
 * characters in values are replaced. May be called from any thread; a line is written with one
 * call.
 */
#ifndef SOCIOPOINT_BASE_LOG_H
#define SOCIOPOINT_BASE_LOG_H

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"

enum { LOG_PAIRS_SIZE = 896 };

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/* Lines below `level` are not written; LOG_INFO at start. Not to be called while other threads log. */
void log_set_level(enum log_level level);
/* `event` is a word; `format` gives the pairs ("entries=%zu seq=%lld"), or "" for none. */
void log_event(enum log_level level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);
/* The same of finished pairs, for lines that every request writes; what is longer than LOG_PAIRS_SIZE is cut. */
void log_pairs(enum log_level level, const char *event, struct str pairs);

#endif
