/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The languages Sociopoint answers in. Czech is the language of the facts and the fallback.
 */
#ifndef SOCIOPOINT_DOMAIN_LANGUAGE_H
#define SOCIOPOINT_DOMAIN_LANGUAGE_H

#include <stdbool.h>

#include "sociopoint/base/str.h"

enum language { LANGUAGE_CS, LANGUAGE_EN, LANGUAGE_UK, LANGUAGE_COUNT };

/* A text in every language; none is ever absent. */
struct translated {
    struct str in[LANGUAGE_COUNT];
};

/* BCP 47 tag: "cs", "en", "uk". */
const char *language_tag(enum language language);
bool language_from_tag(struct str tag, enum language *language);

#endif
