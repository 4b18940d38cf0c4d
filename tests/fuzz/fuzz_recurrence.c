/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: domain
 * Times of an event, one a line: start, end, frequency, BYDAY, UNTIL, interval, days left out; then
 * its next days.
 */
#include "fuzz/fuzz.h"

#include "sociopoint/domain/event_facts.h"

enum { EXCEPT_MAXIMUM = 8, DAYS = 4 };

/* The next line; absent where it is empty. */
static struct str next_line(struct str *text)
{
    struct str line = *text;
    struct str rest = {NULL, 0};
    (void)str_cut(*text, '\n', &line, &rest);
    *text = rest;
    return line.length == 0 ? (struct str){NULL, 0} : line;
}

static void ask_days(const struct recurrence *days, int32_t from)
{
    for (int i = 0; i < DAYS; i++) {
        int32_t day = recurrence_next(days, from);
        if (day == RECURRENCE_NO_DAY)
            return;
        FUZZ_REQUIRE(day >= from && day >= days->first_day && day <= days->last_day);
        FUZZ_REQUIRE(recurrence_falls_on(days, day));
        from = day + 1;
    }
}

static void ask_times(const struct happening *when, int64_t from_ms)
{
    int32_t day = civil_time_at(from_ms).day;
    for (int i = 0; i < DAYS; i++) {
        struct occurrence next;
        if (!happening_next(when, day, from_ms, &next))
            return;
        FUZZ_REQUIRE(next.day >= day && next.ends_ms > next.starts_ms && next.ends_ms > from_ms);
        day = next.day + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = fuzz_str(data, size);
    struct str except[EXCEPT_MAXIMUM];
    struct event_times times = {.except = except};
    times.starts_at = next_line(&text);
    times.ends_at = next_line(&text);
    times.frequency = next_line(&text);
    times.byday = next_line(&text);
    times.until = next_line(&text);
    uint64_t interval = 1;
    if (!str_to_uint(next_line(&text), INT32_MAX, &interval))
        interval = 1;
    times.interval = (int32_t)interval;
    while (text.length > 0 && times.except_count < EXCEPT_MAXIMUM)
        except[times.except_count++] = next_line(&text);
    int32_t days[EXCEPT_MAXIMUM];
    struct happening when;
    const char *member = NULL;
    if (!event_times_read(&times, days, &when, &member)) {
        FUZZ_REQUIRE(member != NULL);
        return 0;
    }
    FUZZ_REQUIRE(when.days.interval >= 1);
    ask_days(&when.days, when.days.first_day - 1);
    ask_days(&when.days, civil_time_at(1795000000000).day);
    ask_times(&when, 0);
    ask_times(&when, 1795000000000);
    return 0;
}
