/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Situations as JSON.
 */
#ifndef SOCIOPOINT_REST_SITUATION_INTERNAL_H
#define SOCIOPOINT_REST_SITUATION_INTERNAL_H

#include "sociopoint/base/builder.h"
#include "sociopoint/domain/knowledge.h"

const char *situation_urgency_key(enum urgency urgency);
/* The members id, key and name. */
void situation_write_name(const struct situation *situation, enum language language,
                          struct builder *out);

#endif
