/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/digits.h"

char *digits_put(char *to, unsigned value, unsigned width)
{
    for (unsigned i = width; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + width;
}

char *digits_put_hex(char *to, uint64_t value, unsigned width)
{
    for (unsigned i = width; i-- > 0; value >>= 4)
        to[i] = "0123456789abcdef"[value & 15];
    return to + width;
}

char *digits_put_date(char *to, int year, int month, int day)
{
    to = digits_put(to, (unsigned)year, 4);
    *to++ = '-';
    to = digits_put(to, (unsigned)month, 2);
    *to++ = '-';
    return digits_put(to, (unsigned)day, 2);
}

char *digits_put_time(char *to, int hour, int minute, int second)
{
    to = digits_put(to, (unsigned)hour, 2);
    *to++ = ':';
    to = digits_put(to, (unsigned)minute, 2);
    *to++ = ':';
    return digits_put(to, (unsigned)second, 2);
}
