/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The published directory read once, for commands that look at all of it.
 */
#ifndef SOCIOPOINT_CLI_PUBLISHED_INTERNAL_H
#define SOCIOPOINT_CLI_PUBLISHED_INTERNAL_H

#include "sociopoint/base/error.h"

struct configuration;
struct generation_holder;

/* A holder with one generation, to be freed by the caller; NULL with *err. */
struct generation_holder *published_read(const struct configuration *configuration,
                                         struct error *err);

#endif
