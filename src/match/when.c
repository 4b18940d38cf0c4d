/* SPDX-License-Identifier: EUPL-1.2 */
#include "when_internal.h"

#include "sociopoint/base/moment.h"
#include "sociopoint/domain/civil_time.h"

enum {
    DATE_BYTES = 10,              /* "2026-12-24" */
    LOCAL_BYTES = 16,             /* "2026-12-24T10:00" */
    LOCAL_WITH_SECONDS_BYTES = 19 /* "2026-12-24T10:00:00" */
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Two digits up to `maximum` from byte `at` on. */
static bool read_two(struct str text, size_t at, int maximum, int *number)
{
    if (!is_digit(text.data[at]) || !is_digit(text.data[at + 1]))
        return false;
    *number = (text.data[at] - '0') * 10 + (text.data[at + 1] - '0');
    return *number <= maximum;
}

static bool has_shape_of_local(struct str text)
{
    if (text.length != LOCAL_BYTES && text.length != LOCAL_WITH_SECONDS_BYTES)
        return false;
    return text.data[DATE_BYTES] == 'T' && text.data[13] == ':' &&
           (text.length == LOCAL_BYTES || text.data[LOCAL_BYTES] == ':');
}

static bool local_from_text(struct str text, int64_t *at_ms)
{
    struct civil_date date;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!has_shape_of_local(text) ||
        !civil_date_from_text((struct str){text.data, DATE_BYTES}, &date) ||
        !civil_date_exists(date))
        return false;
    if (!read_two(text, 11, 23, &hour) || !read_two(text, 14, 59, &minute) ||
        (text.length == LOCAL_WITH_SECONDS_BYTES && !read_two(text, 17, 59, &second)))
        return false;
    *at_ms = civil_time_utc_ms(civil_day_from_date(date), hour * 60 + minute) + second * 1000;
    return true;
}

bool when_from_text(struct str text, int64_t now_ms, int64_t *at_ms)
{
    if (str_equal_z(text, "now")) {
        *at_ms = now_ms;
        return true;
    }
    if (local_from_text(text, at_ms))
        return true;
    return text.length > DATE_BYTES && moment_from_text(text, at_ms);
}

int32_t when_first_day(struct str text)
{
    struct civil_date date;
    if (!str_present(text) || !civil_date_from_text(text, &date))
        return INT32_MIN;
    date.month = date.month == 0 ? 1 : date.month;
    date.day = date.day == 0 ? 1 : date.day;
    return civil_date_exists(date) ? civil_day_from_date(date) : INT32_MIN;
}
