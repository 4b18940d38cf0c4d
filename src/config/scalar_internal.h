/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a plain (unquoted) scalar of YAML stands for.
 */
#ifndef SOCIOPOINT_CONFIG_SCALAR_INTERNAL_H
#define SOCIOPOINT_CONFIG_SCALAR_INTERNAL_H

#include "sociopoint/base/str.h"

enum scalar_type {
    SCALAR_TEXT,
    SCALAR_NULL,
    SCALAR_TRUE,
    SCALAR_FALSE,
    SCALAR_INTEGER,
    SCALAR_REAL,
    SCALAR_AMBIGUOUS /* a number to YAML, but not to JSON: 012, +420, 0x1f, .5, .inf */
};

enum scalar_type config_scalar_type(struct str plain);

#endif
