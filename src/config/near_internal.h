/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which known keys are nearest to one that is not known.
 */
#ifndef SOCIOPOINT_CONFIG_NEAR_INTERNAL_H
#define SOCIOPOINT_CONFIG_NEAR_INTERNAL_H

#include <stddef.h>

#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

enum { CONFIG_NEAR_KEYS = 3 };

/* The best so far, nearest first; starts as all zero but `asked`. Views into what was offered. */
struct config_near {
    struct str asked;
    struct str keys[CONFIG_NEAR_KEYS];
    size_t distances[CONFIG_NEAR_KEYS];
    size_t count;
};

/* Takes the key if it is close enough to be what was meant. */
void config_near_offer(struct config_near *near, struct str key);
/* The keys joined by ", ", as many as fit whole; returns `text`. */
const char *config_near_text(const struct config_near *near, char text[PROBLEM_ARGUMENT_SIZE]);

#endif
