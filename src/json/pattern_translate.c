/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * ECMA-262 writes a few things otherwise than PCRE2, and PCRE2 knows many that ECMA-262 does not.
 * The first are rewritten; the second are refused, because a client that checks the same contract
 * would read them otherwise.
 */
#include "pattern_internal.h"

/* WhiteSpace and LineTerminator of ECMA-262 that PCRE2's ASCII \s does not know, for use inside of [ ]. */
#define SPACE_SET "\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"

/* Long names of general categories; PCRE2 knows the short ones. */
static const struct {
    const char *name;
    const char *code;
} categories[] = {
    {"Cased_Letter", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"digit", "Nd"},
    {"punct", "P"},
};

/* Letters that may follow a backslash as they are. */
static const char plain_escapes[] = "dDwWbBnrtfcxuk";

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static struct str category_code(struct str name)
{
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        if (str_equal_z(name, categories[i].name))
            return str_from(categories[i].code);
    }
    return name;
}

/* "p{Letter}" or "P{L}" at the start of `rest`; how many bytes it takes, 0 when it is none. */
static size_t translate_property(struct str rest, struct builder *target)
{
    struct str before;
    struct str behind;
    struct str name;

    if (!str_cut(rest, '{', &before, &behind) || before.length != 1 ||
        !str_cut(behind, '}', &name, &behind))
        return 0;
    builder_append_char(target, '\\');
    builder_append_char(target, rest.data[0]);
    builder_append_char(target, '{');
    builder_append(target, category_code(name));
    builder_append_char(target, '}');
    return name.length + sizeof "p{}" - 1;
}

/* What follows a backslash; how many bytes of it were read, 0 when ECMA-262 has no such escape. */
static size_t translate_escape(struct str rest, bool in_class, struct builder *target)
{
    char byte = rest.length == 0 ? '\0' : rest.data[0];

    switch (byte) {
    case 'p':
    case 'P':
        return translate_property(rest, target);
    case 's':
        builder_append_z(target, in_class ? SPACE_SET : "[" SPACE_SET "]");
        return 1;
    case 'S':
        builder_append_z(target, in_class ? "\\S" : "[^" SPACE_SET "]");
        return 1;
    case 'v':
        builder_append_z(target, "\\x0b");
        return 1;
    default:
        if (byte == '\0' || (is_letter(byte) && strchr(plain_escapes, byte) == NULL))
            return 0;
        builder_append_char(target, '\\');
        builder_append_char(target, byte);
        return 1;
    }
}

/* What follows an opening bracket: groups, look-around and names of ECMA-262, and nothing else. */
static bool is_known_group(struct str rest)
{
    if (rest.length > 0 && rest.data[0] == '*')
        return false;
    if (rest.length < 2 || rest.data[0] != '?')
        return true;
    return strchr(":=!<", rest.data[1]) != NULL;
}

bool pattern_translate(struct str source, struct builder *target)
{
    bool in_class = false;

    for (size_t i = 0; i < source.length; i++) {
        char byte = source.data[i];
        struct str rest = {source.data + i + 1, source.length - i - 1};
        if (byte == '\\') {
            size_t taken = translate_escape(rest, in_class, target);
            if (taken == 0)
                return false;
            i += taken;
            continue;
        }
        if (!in_class && byte == '(' && !is_known_group(rest))
            return false;
        /* An opening bracket in a class is itself, and never the start of a class of POSIX. */
        if (in_class && byte == '[')
            builder_append_char(target, '\\');
        builder_append_char(target, byte);
        if (byte == '[')
            in_class = true;
        else if (byte == ']')
            in_class = false;
    }
    return true;
}
