/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/moment.h"

enum { DATE_LENGTH = 10, TIME_LENGTH = 19, MINUTE_MS = 60 * 1000 };

/* Digits at `position` as a number of at most `high`. */
static bool read_digits(struct str text, size_t position, size_t count, int high, int *value)
{
    if (text.length < position + count)
        return false;
    int number = 0;
    for (size_t i = position; i < position + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        number = number * 10 + (text.data[i] - '0');
    }
    *value = number;
    return number <= high;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days since 1970-01-01 of a date of the Gregorian calendar, or false when there is no such day. */
static bool read_date(struct str text, int64_t *days)
{
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    static const int days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int year;
    int month;
    int day;
    if (!read_digits(text, 0, 4, 9999, &year) || !read_digits(text, 5, 2, 12, &month) ||
        !read_digits(text, 8, 2, 31, &day) || text.data[4] != '-' || text.data[7] != '-')
        return false;
    if (year == 0 || month == 0 || day == 0)
        return false;
    bool leap_day = month == 2 && is_leap(year);
    if (day > month_days[month - 1] + (leap_day ? 1 : 0))
        return false;
    int past = year - 1;
    int64_t leaps = past / 4 - past / 100 + past / 400;
    int64_t to_year = (int64_t)past * 365 + leaps - 719162; /* days from year 1 to 1970 */
    *days = to_year + days_before[month - 1] + (month > 2 && is_leap(year) ? 1 : 0) + day - 1;
    return true;
}

static bool read_time(struct str text, int64_t *ms)
{
    int hour;
    int minute;
    int second;
    if (!read_digits(text, 11, 2, 23, &hour) || !read_digits(text, 14, 2, 59, &minute) ||
        !read_digits(text, 17, 2, 60, &second) || text.data[13] != ':' || text.data[16] != ':')
        return false;
    *ms = ((int64_t)hour * 60 + minute) * MINUTE_MS + (int64_t)second * 1000;
    return true;
}

/* ".5" and the like; what is finer than a millisecond is dropped. Returns where it ends. */
static size_t read_fraction(struct str text, size_t position, int64_t *ms)
{
    int64_t unit = 100;
    size_t i = position;
    if (i == text.length || text.data[i] != '.')
        return position;
    for (i++; i < text.length && text.data[i] >= '0' && text.data[i] <= '9'; i++, unit /= 10)
        *ms += (text.data[i] - '0') * unit;
    return i == position + 1 ? position : i;
}

/* "Z" or "+01:00" up to the end. */
static bool read_offset(struct str text, size_t position, int64_t *ms)
{
    if (position == text.length)
        return false;
    char sign = text.data[position];
    if (sign == 'Z' || sign == 'z')
        return position + 1 == text.length;
    int hour;
    int minute;
    if ((sign != '+' && sign != '-') || text.length != position + 6 ||
        text.data[position + 3] != ':' || !read_digits(text, position + 1, 2, 23, &hour) ||
        !read_digits(text, position + 4, 2, 59, &minute))
        return false;
    int64_t offset = ((int64_t)hour * 60 + minute) * MINUTE_MS;
    *ms -= sign == '+' ? offset : -offset;
    return true;
}

bool moment_from_text(struct str text, int64_t *wall_ms)
{
    int64_t days;
    if (text.length < DATE_LENGTH || !read_date(text, &days))
        return false;
    int64_t ms = 0;
    if (text.length > DATE_LENGTH) {
        if (text.length < TIME_LENGTH || (text.data[10] != 'T' && text.data[10] != 't') ||
            !read_time(text, &ms))
            return false;
        size_t end = read_fraction(text, TIME_LENGTH, &ms);
        if (!read_offset(text, end, &ms))
            return false;
    }
    *wall_ms = days * 24 * 60 * MINUTE_MS + ms;
    return true;
}
