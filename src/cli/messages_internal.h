/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the command line says about problems, in English: what is wrong and how to mend it.
 *
 * These sentences are in the program and not in config/text/, because they have to be there when
 * the configuration is what is wrong.
 */
#ifndef SOCIOPOINT_CLI_MESSAGES_INTERNAL_H
#define SOCIOPOINT_CLI_MESSAGES_INTERNAL_H

#include "sociopoint/domain/texts.h"

/* One table, sorted by code; sentences in English alone. */
extern const struct texts cli_messages;

#endif
