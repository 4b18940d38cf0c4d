/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The thread that lets happen what must happen at a moment: an alert ends, something that many
 * documents embed has changed. Every node runs one; the database deals the rows out, so that they
 * do not do the same work.
 */
#ifndef SOCIOPOINT_DIRECTORY_TICK_INTERNAL_H
#define SOCIOPOINT_DIRECTORY_TICK_INTERNAL_H

#include "sociopoint/base/error.h"

struct store_settings;
struct tick;

/* `settings` are of the writing role. */
struct tick *tick_start(const struct store_settings *settings, struct error *err);
/* Accepts NULL. */
void tick_stop(struct tick *tick);

#endif
