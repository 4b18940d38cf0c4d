/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/language.h"

static const char *const tags[LANGUAGE_COUNT] = {"cs", "en", "uk"};

const char *language_tag(enum language language)
{
    return tags[language];
}

bool language_from_tag(struct str tag, enum language *language)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (str_equal_z(tag, tags[i])) {
            *language = (enum language)i;
            return true;
        }
    }
    return false;
}
