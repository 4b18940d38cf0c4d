/* SPDX-License-Identifier: EUPL-1.2 */
#include "vocabulary_internal.h"

static const struct vocabulary_word languages[] = {
    {"cs", "language.cs"}, {"sk", "language.sk"}, {"en", "language.en"}, {"uk", "language.uk"},
    {"ru", "language.ru"}, {"pl", "language.pl"}, {"de", "language.de"}, {"fr", "language.fr"},
    {"es", "language.es"}, {"it", "language.it"}, {"pt", "language.pt"}, {"hu", "language.hu"},
    {"ro", "language.ro"}, {"bg", "language.bg"}, {"sr", "language.sr"}, {"hr", "language.hr"},
    {"tr", "language.tr"}, {"ar", "language.ar"}, {"fa", "language.fa"}, {"hi", "language.hi"},
    {"vi", "language.vi"}, {"zh", "language.zh"}, {"mn", "language.mn"}, {"rom", "language.rom"},
};

static const struct vocabulary_word accessibility[] = {
    {"wheelchair", "accessibility.wheelchair"},
    {"hearing-loop", "accessibility.hearing-loop"},
    {"sign-language", "accessibility.sign-language"},
    {"easy-reading", "accessibility.easy-reading"},
    {"guide-dog", "accessibility.guide-dog"},
};

static const struct vocabulary_word forms[] = {
    {"residential", "form.residential"},
    {"outpatient", "form.outpatient"},
    {"field", "form.field"},
};

const struct vocabulary vocabulary_languages = {languages, sizeof languages / sizeof languages[0]};
const struct vocabulary vocabulary_accessibility = {accessibility,
                                                    sizeof accessibility / sizeof accessibility[0]};
const struct vocabulary vocabulary_forms = {forms, sizeof forms / sizeof forms[0]};

const struct vocabulary_word *vocabulary_find(const struct vocabulary *vocabulary, struct str key)
{
    for (size_t i = 0; i < vocabulary->count; i++) {
        if (str_equal_z(key, vocabulary->words[i].key))
            return &vocabulary->words[i];
    }
    return NULL;
}
