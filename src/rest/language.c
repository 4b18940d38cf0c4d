/* SPDX-License-Identifier: EUPL-1.2 */
#include "language_internal.h"

#include <stddef.h>

enum { RANGES_MAXIMUM = 32, QUALITY_ONE = 1000 };

static struct str trimmed(struct str text)
{
    while (text.length > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
        text = (struct str){text.data + 1, text.length - 1};
    while (text.length > 0 &&
           (text.data[text.length - 1] == ' ' || text.data[text.length - 1] == '\t'))
        text.length--;
    return text;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* "0.8" in thousandths; 0 for what is no weight, as a range that cannot be read is not asked for. */
static int quality_of(struct str text)
{
    if (text.length == 0 || text.length > 5 || (text.data[0] != '0' && text.data[0] != '1'))
        return 0;
    int value = (text.data[0] - '0') * QUALITY_ONE;
    if (text.length > 1 && text.data[1] != '.')
        return 0;
    int unit = QUALITY_ONE / 10;
    for (size_t i = 2; i < text.length; i++, unit /= 10) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 0;
        value += (text.data[i] - '0') * unit;
    }
    return value > QUALITY_ONE ? 0 : value;
}

/* The weight a range carries: 1 without parameters, else that of "q". */
static int weight_of(struct str parameters)
{
    struct str name;
    struct str value;
    if (!str_present(parameters))
        return QUALITY_ONE;
    if (!str_cut(trimmed(parameters), '=', &name, &value))
        return 0;
    name = trimmed(name);
    return name.length == 1 && lower(name.data[0]) == 'q' ? quality_of(trimmed(value)) : 0;
}

/* The language of a range by its first subtag ("uk-UA"); "*" is Czech. */
static bool language_of(struct str range, enum language *language)
{
    char tag[3] = {0};
    struct str first = range;
    struct str rest;
    (void)str_cut(range, '-', &first, &rest);
    if (str_equal_z(first, "*")) {
        *language = LANGUAGE_CS;
        return true;
    }
    if (first.length != 2)
        return false;
    tag[0] = lower(first.data[0]);
    tag[1] = lower(first.data[1]);
    return language_from_tag(str_from(tag), language);
}

enum language language_negotiate(struct str accept_language)
{
    enum language best = LANGUAGE_CS;
    int best_weight = 0;
    struct str left = accept_language;
    for (int i = 0; i < RANGES_MAXIMUM && left.length > 0; i++) {
        struct str range = left;
        struct str parameters = {NULL, 0};
        struct str rest = {NULL, 0};
        (void)str_cut(left, ',', &range, &rest);
        left = rest;
        (void)str_cut(range, ';', &range, &parameters);
        enum language language;
        int weight = weight_of(parameters);
        if (weight > best_weight && language_of(trimmed(range), &language)) {
            best = language;
            best_weight = weight;
        }
    }
    return best;
}
