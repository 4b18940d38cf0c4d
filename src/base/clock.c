/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/clock.h"

#include <time.h>

#include "sociopoint/base/digits.h"

enum { YEAR_MAXIMUM = 9999 };

static int64_t read_ms(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now); /* cannot fail for the two clocks used here */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_wall_ms(void)
{
    return read_ms(CLOCK_REALTIME);
}

int64_t clock_monotonic_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}

char *clock_format_utc(int64_t wall_ms, char text[CLOCK_TEXT_SIZE])
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm parts;
    text[0] = '\0';
    if (gmtime_r(&seconds, &parts) == NULL || parts.tm_year + 1900 > YEAR_MAXIMUM)
        return text;
    char *to = digits_put_date(text, parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    *to++ = 'T';
    to = digits_put_time(to, parts.tm_hour, parts.tm_min, parts.tm_sec);
    *to++ = 'Z';
    *to = '\0';
    return text;
}
