/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Somebody who wants to hear of every problem, also of those beyond the 16 of struct error.
 */
#ifndef SOCIOPOINT_CONFIG_REPORT_H
#define SOCIOPOINT_CONFIG_REPORT_H

#include "sociopoint/base/error.h"

/* `problem` is called once for each, in the order of the files; it must copy what it keeps. */
struct config_report {
    void (*problem)(void *context, const struct problem *problem);
    void *context;
};

#endif
