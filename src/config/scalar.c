/* SPDX-License-Identifier: EUPL-1.2 */
#include "scalar_internal.h"

#include <stddef.h>

struct word {
    const char *text;
    enum scalar_type type;
};

/* YAML 1.2, 10.3.2: the only words that are not text. */
static const struct word words[] = {
    {"", SCALAR_NULL},           {"~", SCALAR_NULL},          {"null", SCALAR_NULL},
    {"Null", SCALAR_NULL},       {"NULL", SCALAR_NULL},       {"true", SCALAR_TRUE},
    {"True", SCALAR_TRUE},       {"TRUE", SCALAR_TRUE},       {"false", SCALAR_FALSE},
    {"False", SCALAR_FALSE},     {"FALSE", SCALAR_FALSE},     {".inf", SCALAR_AMBIGUOUS},
    {".Inf", SCALAR_AMBIGUOUS},  {".INF", SCALAR_AMBIGUOUS},  {"+.inf", SCALAR_AMBIGUOUS},
    {"+.Inf", SCALAR_AMBIGUOUS}, {"+.INF", SCALAR_AMBIGUOUS}, {"-.inf", SCALAR_AMBIGUOUS},
    {"-.Inf", SCALAR_AMBIGUOUS}, {"-.INF", SCALAR_AMBIGUOUS}, {".nan", SCALAR_AMBIGUOUS},
    {".NaN", SCALAR_AMBIGUOUS},  {".NAN", SCALAR_AMBIGUOUS},
};

enum { DECIMAL = 10, OCTAL = 8, HEXADECIMAL = 16 };

static bool is_digit(char byte, int base)
{
    if (base == HEXADECIMAL && ((byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F')))
        return true;
    return byte >= '0' && byte < '0' + (base < DECIMAL ? base : DECIMAL);
}

/* The position after the digits that start at `position`. */
static size_t after_digits(struct str text, size_t position, int base)
{
    while (position < text.length && is_digit(text.data[position], base))
        position++;
    return position;
}

static bool is_at(struct str text, size_t position, char first, char second)
{
    return position < text.length &&
           (text.data[position] == first || text.data[position] == second);
}

/* The position after an exponent, or `position` when there is none. */
static size_t after_exponent(struct str text, size_t position)
{
    if (!is_at(text, position, 'e', 'E'))
        return position;
    size_t digits = position + 1;
    if (is_at(text, digits, '+', '-'))
        digits++;
    size_t end = after_digits(text, digits, DECIMAL);
    return end > digits ? end : position;
}

/* 0o17 and 0x1f. */
static bool is_based_number(struct str text)
{
    if (text.length < 3 || text.data[0] != '0' || !is_at(text, 1, 'o', 'x'))
        return false;
    return after_digits(text, 2, text.data[1] == 'o' ? OCTAL : HEXADECIMAL) == text.length;
}

/* [-+]?(digits|.digits|digits.|digits.digits)(exponent)?, and whether JSON would read it too. */
static enum scalar_type decimal_type(struct str text)
{
    size_t start = is_at(text, 0, '+', '-') ? 1 : 0;
    size_t whole = after_digits(text, start, DECIMAL);
    size_t fraction = whole;
    if (is_at(text, whole, '.', '.'))
        fraction = after_digits(text, whole + 1, DECIMAL);
    size_t digits = (whole - start) + (fraction > whole ? fraction - whole - 1 : 0);
    if (digits == 0 || after_exponent(text, fraction) != text.length)
        return SCALAR_TEXT;
    bool plus = text.data[0] == '+';
    bool padded = whole - start > 1 && text.data[start] == '0';
    bool open = whole == start || fraction == whole + 1;
    if (plus || padded || open)
        return SCALAR_AMBIGUOUS;
    return whole == text.length ? SCALAR_INTEGER : SCALAR_REAL;
}

enum scalar_type config_scalar_type(struct str plain)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal_z(plain, words[i].text))
            return words[i].type;
    }
    if (is_based_number(plain))
        return SCALAR_AMBIGUOUS;
    return decimal_type(plain);
}
