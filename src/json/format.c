/* SPDX-License-Identifier: EUPL-1.2 */
#include "format_internal.h"

#include <arpa/inet.h>
#include <string.h>

#include "sociopoint/base/uuid.h"

enum {
    EMAIL_LOCAL_MAXIMUM = 64,
    HOST_MAXIMUM = 253,
    HOST_LABEL_MAXIMUM = 63,
    LEAP_SECOND_MINUTE = 23 * 60 + 59,
    MINUTES_OF_DAY = 24 * 60
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_alpha(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_hex(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static bool one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

static struct str rest_from(struct str text, size_t start)
{
    return (struct str){text.data + start, text.length - start};
}

/* Exactly `digits` digits at the start of *text, which loses them. */
static bool take_number(struct str *text, size_t digits, int *number)
{
    if (text->length < digits)
        return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(text->data[i]))
            return false;
        *number = *number * 10 + (text->data[i] - '0');
    }
    *text = rest_from(*text, digits);
    return true;
}

static bool take_byte(struct str *text, const char *set)
{
    if (text->length == 0 || !one_of(text->data[0], set))
        return false;
    *text = rest_from(*text, 1);
    return true;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool take_date(struct str *text)
{
    int year;
    int month;
    int day;

    if (!take_number(text, 4, &year) || !take_byte(text, "-") || !take_number(text, 2, &month) ||
        !take_byte(text, "-") || !take_number(text, 2, &day))
        return false;
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of_month(year, month);
}

/* "Z" or "+01:00"; how many minutes the local time is ahead of UTC. */
static bool take_offset(struct str *text, int *ahead)
{
    int hours;
    int minutes;

    *ahead = 0;
    if (take_byte(text, "Zz"))
        return true;
    int sign = text->length > 0 && text->data[0] == '-' ? -1 : 1;
    if (!take_byte(text, "+-") || !take_number(text, 2, &hours) || !take_byte(text, ":") ||
        !take_number(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ahead = sign * (hours * 60 + minutes);
    return true;
}

static bool take_fraction(struct str *text)
{
    int digit;

    if (!take_byte(text, "."))
        return true;
    if (!take_number(text, 1, &digit))
        return false;
    while (take_number(text, 1, &digit))
        ;
    return true;
}

static bool take_time(struct str *text)
{
    int hour;
    int minute;
    int second;
    int ahead;

    if (!take_number(text, 2, &hour) || !take_byte(text, ":") || !take_number(text, 2, &minute) ||
        !take_byte(text, ":") || !take_number(text, 2, &second) || !take_fraction(text) ||
        !take_offset(text, &ahead))
        return false;
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    int utc = (hour * 60 + minute - ahead + 2 * MINUTES_OF_DAY) % MINUTES_OF_DAY;
    return second < 60 || utc == LEAP_SECOND_MINUTE;
}

static bool format_date(struct str text)
{
    return take_date(&text) && text.length == 0;
}

static bool format_time(struct str text)
{
    return take_time(&text) && text.length == 0;
}

static bool format_date_time(struct str text)
{
    return take_date(&text) && take_byte(&text, "Tt") && take_time(&text) && text.length == 0;
}

static bool format_uuid(struct str text)
{
    struct uuid ignored;
    return uuid_from_text(text, &ignored);
}

static bool is_ipv6(struct str text)
{
    char address[INET6_ADDRSTRLEN];
    unsigned char bytes[16];

    if (text.length >= sizeof address || memchr(text.data, '\0', text.length) != NULL)
        return false;
    return inet_pton(AF_INET6, str_copy_z(text, address, sizeof address), bytes) == 1;
}

static bool is_ipv4(struct str text)
{
    char address[INET_ADDRSTRLEN];
    unsigned char bytes[4];

    if (text.length >= sizeof address || memchr(text.data, '\0', text.length) != NULL)
        return false;
    return inet_pton(AF_INET, str_copy_z(text, address, sizeof address), bytes) == 1;
}

static bool is_host_label(struct str label)
{
    if (label.length == 0 || label.length > HOST_LABEL_MAXIMUM || label.data[0] == '-' ||
        label.data[label.length - 1] == '-')
        return false;
    for (size_t i = 0; i < label.length; i++) {
        if (!is_alpha(label.data[i]) && !is_digit(label.data[i]) && label.data[i] != '-')
            return false;
    }
    return true;
}

static bool is_host(struct str text)
{
    struct str label = text;
    struct str rest;

    if (text.length > HOST_MAXIMUM)
        return false;
    while (str_cut(text, '.', &label, &rest)) {
        if (!is_host_label(label))
            return false;
        text = rest;
    }
    return is_host_label(text);
}

/* "[127.0.0.1]" or "[IPv6:::1]", RFC 5321 section 4.1.3. */
static bool is_address_literal(struct str text)
{
    if (text.length < 2 || text.data[0] != '[' || text.data[text.length - 1] != ']')
        return false;
    struct str address = {text.data + 1, text.length - 2};
    if (str_starts_with(address, STR("IPv6:")))
        return is_ipv6(rest_from(address, sizeof "IPv6:" - 1));
    return is_ipv4(address);
}

static bool is_dot_atom(struct str text)
{
    bool dot = true; /* not at the start, not twice, not at the end */

    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '.'
                ? dot
                : !is_alpha(byte) && !is_digit(byte) && !one_of(byte, "!#$%&'*+-/=?^_`{|}~"))
            return false;
        dot = byte == '.';
    }
    return !dot;
}

static bool is_quoted(struct str text)
{
    if (text.length < 2 || text.data[0] != '"' || text.data[text.length - 1] != '"')
        return false;
    for (size_t i = 1; i < text.length - 1; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == '"')
            return false;
        if (i == text.length - 1 || text.data[i] < ' ' || text.data[i] > '~')
            return false;
    }
    return true;
}

/* A Mailbox of RFC 5321 section 4.1.2. */
static bool format_email(struct str text)
{
    size_t at = text.length;

    while (at > 0 && text.data[at - 1] != '@')
        at--;
    if (at == 0)
        return false;
    struct str local = {text.data, at - 1};
    struct str domain = rest_from(text, at);
    return local.length <= EMAIL_LOCAL_MAXIMUM && (is_dot_atom(local) || is_quoted(local)) &&
           (is_host(domain) || is_address_literal(domain));
}

/* Unreserved, sub-delims, percent-encoded bytes, and `more`. */
static bool all_uri_bytes(struct str text, const char *more)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '%') {
            if (text.length - i < 3 || !is_hex(text.data[i + 1]) || !is_hex(text.data[i + 2]))
                return false;
            i += 2;
        } else if (!is_alpha(byte) && !is_digit(byte) && !one_of(byte, "-._~!$&'()*+,;=") &&
                   !one_of(byte, more)) {
            return false;
        }
    }
    return true;
}

static bool is_scheme(struct str text)
{
    if (text.length == 0 || !is_alpha(text.data[0]))
        return false;
    for (size_t i = 1; i < text.length; i++) {
        if (!is_alpha(text.data[i]) && !is_digit(text.data[i]) && !one_of(text.data[i], "+-."))
            return false;
    }
    return true;
}

static bool is_port(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.data[i]))
            return false;
    }
    return true;
}

static bool is_ip_literal(struct str address)
{
    if (address.length > 0 && one_of(address.data[0], "vV")) {
        struct str version;
        struct str rest;
        return str_cut(rest_from(address, 1), '.', &version, &rest) && version.length > 0 &&
               rest.length > 0 && all_uri_bytes(version, "") && all_uri_bytes(rest, ":");
    }
    return is_ipv6(address);
}

/* host [":" port], RFC 3986 section 3.2. */
static bool is_host_and_port(struct str text)
{
    struct str host;
    struct str rest;

    if (text.length > 0 && text.data[0] == '[') {
        if (!str_cut(rest_from(text, 1), ']', &host, &rest) || !is_ip_literal(host))
            return false;
        return rest.length == 0 || (rest.data[0] == ':' && is_port(rest_from(rest, 1)));
    }
    if (!str_cut(text, ':', &host, &rest))
        return all_uri_bytes(text, "");
    return all_uri_bytes(host, "") && is_port(rest);
}

static bool is_authority(struct str text)
{
    struct str user;
    struct str rest;

    if (str_cut(text, '@', &user, &rest))
        return all_uri_bytes(user, ":") && is_host_and_port(rest);
    return is_host_and_port(text);
}

/* The part behind the scheme, without query and fragment. */
static bool is_hierarchical_part(struct str text)
{
    if (!str_starts_with(text, STR("//")))
        return all_uri_bytes(text, ":@/");
    struct str behind = rest_from(text, 2);
    size_t length = 0;
    while (length < behind.length && behind.data[length] != '/')
        length++;
    return is_authority((struct str){behind.data, length}) &&
           all_uri_bytes(rest_from(behind, length), ":@/");
}

/* A URI of RFC 3986: with a scheme. */
static bool format_uri(struct str text)
{
    struct str scheme;
    struct str rest;
    struct str fragment = STR("");
    struct str query = STR("");
    struct str before;

    if (!str_cut(text, ':', &scheme, &rest) || !is_scheme(scheme))
        return false;
    if (str_cut(rest, '#', &before, &fragment))
        rest = before;
    if (str_cut(rest, '?', &before, &query))
        rest = before;
    return is_hierarchical_part(rest) && all_uri_bytes(query, ":@/?") &&
           all_uri_bytes(fragment, ":@/?");
}

static const struct format formats[] = {
    {"date", format_date},   {"date-time", format_date_time},
    {"email", format_email}, {"time", format_time},
    {"uri", format_uri},     {"uuid", format_uuid},
};

const struct format *format_find(struct str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (str_equal_z(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}
