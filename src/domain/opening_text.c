/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_text_internal.h"

enum { ORDINAL_MAXIMUM = 5, LAST_ORDINALS_SHIFT = 8, TIME_LENGTH = 5, TIME_LENGTH_SECONDS = 8 };

static struct str trim(struct str text)
{
    while (text.length > 0 && text.data[0] == ' ') {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && text.data[text.length - 1] == ' ')
        text.length--;
    return text;
}

/* Takes the next item of a list with commas; false at its end. */
static bool next_item(struct str *rest, struct str *item)
{
    if (!str_present(*rest))
        return false;
    struct str after = {0};
    if (!str_cut(*rest, ',', item, &after))
        *item = *rest;
    *rest = after;
    *item = trim(*item);
    return true;
}

static bool two_digits(const char *text, int high, int *value)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *value = (text[0] - '0') * 10 + (text[1] - '0');
    return *value <= high;
}

bool opening_time_has_offset(struct str text)
{
    for (size_t i = TIME_LENGTH; i < text.length; i++) {
        if (text.data[i] == 'Z' || text.data[i] == '+' || text.data[i] == '-')
            return true;
    }
    return false;
}

bool opening_time_from_text(struct str text, uint16_t *minute)
{
    if (text.length == TIME_LENGTH_SECONDS && text.data[5] == ':' && text.data[6] == '0' &&
        text.data[7] == '0')
        text.length = TIME_LENGTH;
    int hour;
    int of_hour;
    if (text.length != TIME_LENGTH || text.data[2] != ':' || !two_digits(text.data, 24, &hour) ||
        !two_digits(text.data + 3, 59, &of_hour))
        return false;
    *minute = (uint16_t)(hour * 60 + of_hour);
    return *minute <= CIVIL_DAY_MINUTES;
}

bool opening_day_from_text(struct str text, int32_t *day)
{
    struct civil_date date;
    if (!civil_date_from_text(text, &date) || !civil_date_exists(date))
        return false;
    *day = civil_day_from_date(date);
    return true;
}

bool opening_weekday_from_text(struct str text, enum weekday *weekday)
{
    static const char *const names[WEEKDAY_COUNT] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    for (int i = 0; i < WEEKDAY_COUNT; i++) {
        if (str_equal_z(text, names[i])) {
            *weekday = (enum weekday)i;
            return true;
        }
    }
    return false;
}

/* "-1" or "2" (RFC 5545 allows "+2" too): the number and from where it counts. */
static bool signed_number(struct str text, int maximum, bool *from_end, int *number)
{
    uint64_t value;
    *from_end = str_starts_with(text, STR("-"));
    if (*from_end || str_starts_with(text, STR("+"))) {
        text.data++;
        text.length--;
    }
    if (!str_to_uint(text, (uint64_t)maximum, &value) || value == 0)
        return false;
    *number = (int)value;
    return true;
}

static bool add_weekday(struct str item, bool ordinals, struct opening_rule *rule)
{
    enum weekday weekday;
    if (item.length < 2)
        return false;
    struct str name = {item.data + item.length - 2, 2};
    struct str ordinal = {item.data, item.length - 2};
    if (!opening_weekday_from_text(name, &weekday))
        return false;
    if (ordinal.length == 0) {
        rule->weekdays = (uint8_t)(rule->weekdays | 1U << weekday);
        return true;
    }
    bool from_end;
    int number;
    if (!ordinals || !signed_number(ordinal, ORDINAL_MAXIMUM, &from_end, &number))
        return false;
    unsigned bit = 1U << (from_end ? number + LAST_ORDINALS_SHIFT : number);
    rule->ordinals[weekday] = (uint16_t)(rule->ordinals[weekday] | bit);
    return true;
}

bool opening_weekdays_from_text(struct str text, bool ordinals, struct opening_rule *rule)
{
    struct str item;
    while (next_item(&text, &item)) {
        if (!add_weekday(item, ordinals, rule))
            return false;
    }
    rule->has_weekdays = true;
    return true;
}

bool opening_numbers_from_text(struct str text, int maximum, uint64_t *from_start,
                               uint64_t *from_end)
{
    struct str item;
    bool is_from_end;
    int number;
    while (next_item(&text, &item)) {
        if (!signed_number(item, maximum, &is_from_end, &number))
            return false;
        *(is_from_end ? from_end : from_start) |= UINT64_C(1) << number;
    }
    return true;
}
