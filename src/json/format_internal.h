/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The formats that schemas may assert. Everything here is a pure function of the text.
 */
#ifndef SOCIOPOINT_JSON_FORMAT_INTERNAL_H
#define SOCIOPOINT_JSON_FORMAT_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/str.h"

struct format {
    const char *name;
    bool (*matches)(struct str text);
};

/* The format of that name, or NULL. */
const struct format *format_find(struct str name);

#endif
