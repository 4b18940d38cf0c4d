/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opening hours against a slow reference that paints every minute of a span of days.
 *
 * The reference shares nothing with the code: its calendar is a table made by counting days, its
 * holidays and changes of the clock are written down, and it finds a local time by looking at the
 * clock minute by minute. Schedules are random, but the same in each run.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/domain/opening_schedule.h"
#include "support/run.h"

enum {
    CALENDAR_DAYS = 880, /* from 2025-11-01, a Saturday, to the end of March 2028 */
    SPAN_DAYS = 10,
    SPAN_MINUTES = SPAN_DAYS * 1440,
    SPECS_MAXIMUM = 6,
    CLOSED_MAXIMUM = 2,
    RUNS = 20,
    RECORDS_OF_RUN = 10,
    ANSWERS_OF_RECORD = 8,
    ABSENT = -1
};

static const int64_t epoch_ms = 1761955200000; /* 2025-11-01T00:00:00Z */

/* ----- the calendar */

struct day {
    int year, month, day, weekday, month_length;
    bool holiday;
};

static struct day calendar[CALENDAR_DAYS];

static const int holiday_dates[][3] = {
    {2025, 11, 17}, {2025, 12, 24}, {2025, 12, 25}, {2025, 12, 26}, {2026, 1, 1},   {2026, 4, 3},
    {2026, 4, 6},   {2026, 5, 1},   {2026, 5, 8},   {2026, 7, 5},   {2026, 7, 6},   {2026, 9, 28},
    {2026, 10, 28}, {2026, 11, 17}, {2026, 12, 24}, {2026, 12, 25}, {2026, 12, 26}, {2027, 1, 1},
    {2027, 3, 26},  {2027, 3, 29},  {2027, 5, 1},   {2027, 5, 8},   {2027, 7, 5},   {2027, 7, 6},
    {2027, 9, 28},  {2027, 10, 28}, {2027, 11, 17}, {2027, 12, 24}, {2027, 12, 25}, {2027, 12, 26},
    {2028, 1, 1},
};

static bool is_holiday(const struct day *day)
{
    for (size_t i = 0; i < sizeof holiday_dates / sizeof holiday_dates[0]; i++) {
        const int *date = holiday_dates[i];
        if (date[0] == day->year && date[1] == day->month && date[2] == day->day)
            return true;
    }
    return false;
}

static void make_calendar(void)
{
    static const int lengths[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct day now = {2025, 11, 1, 5, 30, false};
    for (int i = 0; i < CALENDAR_DAYS; i++) {
        now.holiday = is_holiday(&now);
        calendar[i] = now;
        now.weekday = now.weekday == 6 ? 0 : now.weekday + 1;
        now.day++;
        if (now.day <= now.month_length)
            continue;
        now.day = 1;
        now.month++;
        if (now.month == 13) {
            now.month = 1;
            now.year++;
        }
        now.month_length = now.month == 2 && now.year == 2028 ? 29 : lengths[now.month];
    }
}

static int index_of(int year, int month, int day)
{
    for (int i = 0; i < CALENDAR_DAYS; i++) {
        if (calendar[i].year == year && calendar[i].month == month && calendar[i].day == day)
            return i;
    }
    ck_abort_msg("%d-%d-%d", year, month, day);
    return 0;
}

/* ----- the clock: minutes since the beginning of the calendar, of UTC and local */

static int summer_begins[2], summer_ends[2];

static void make_clock(void)
{
    summer_begins[0] = index_of(2026, 3, 29) * 1440 + 60;
    summer_ends[0] = index_of(2026, 10, 25) * 1440 + 60;
    summer_begins[1] = index_of(2027, 3, 28) * 1440 + 60;
    summer_ends[1] = index_of(2027, 10, 31) * 1440 + 60;
}

static int clock_at(int utc)
{
    for (int i = 0; i < 2; i++) {
        if (utc >= summer_begins[i] && utc < summer_ends[i])
            return utc + 120;
    }
    return utc + 60;
}

/* The first minute at which the clock shows it; if it never does, an hour after it shows one less. */
static int utc_of(int local)
{
    for (int utc = local - 180; utc <= local; utc++) {
        if (clock_at(utc) == local)
            return utc;
    }
    for (int utc = local - 240; utc <= local; utc++) {
        if (clock_at(utc) == local - 60)
            return utc + 60;
    }
    ck_abort_msg("%d", local);
    return 0;
}

/* ----- schedules as numbers; days are indexes of the calendar */

struct spec {
    bool monthly;
    bool weekdays[7];
    int ordinal, ordinal_weekday; /* one "2MO" or "-1FR"; ordinal 0: none */
    int month_day;                /* one day, negative from the end; 0: none */
    int interval, dtstart, valid_from, valid_to, opens, closes;
    enum opening_purpose purpose;
    enum opening_holidays holidays;
    bool by_appointment, replaces;
};

struct closed {
    int from, to;
    enum opening_purpose purpose;
};

struct record {
    struct spec specs[SPECS_MAXIMUM];
    int spec_count;
    struct closed closed[CLOSED_MAXIMUM];
    int closed_count;
    enum opening_purpose asked;
};

static uint64_t seed;

static int random_below(int limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 11) % (uint64_t)limit);
}

static bool one_in(int n)
{
    return random_below(n) == 0;
}

static int random_minute(void)
{
    static const int usual[] = {0, 60, 120, 150, 180, 360, 480, 720, 750, 1020, 1200, 1320, 1439};
    return one_in(4) ? random_below(1440) : usual[random_below(sizeof usual / sizeof usual[0])];
}

static void random_days(struct spec *spec)
{
    for (int i = 0; i < 7; i++)
        spec->weekdays[i] = !spec->monthly ? !one_in(3) : one_in(8);
    if (one_in(5) && !spec->monthly)
        memset(spec->weekdays, 1, sizeof spec->weekdays);
    if (one_in(15))
        memset(spec->weekdays, 0, sizeof spec->weekdays);
    if (spec->monthly && one_in(2)) {
        spec->ordinal = one_in(2) ? 1 + random_below(5) : -1 - random_below(5);
        spec->ordinal_weekday = random_below(7);
    }
    if (spec->monthly && (one_in(3) || spec->ordinal == 0))
        spec->month_day = one_in(2) ? 1 + random_below(31) : -1 - random_below(31);
}

static struct spec random_spec(int first)
{
    struct spec spec = {.monthly = one_in(4), .interval = 1};
    random_days(&spec);
    spec.dtstart = ABSENT;
    spec.valid_from = one_in(4) ? first - 10 + random_below(20) : ABSENT;
    spec.valid_to = one_in(4) ? first + 8 + random_below(10) : ABSENT;
    if (one_in(4)) {
        spec.interval = 1 + random_below(3);
        spec.dtstart = first - random_below(first > 60 ? 60 : first);
    }
    if (one_in(8)) {
        spec.replaces = true;
        spec.valid_from = first + random_below(6);
        spec.valid_to = spec.valid_from + random_below(5);
    }
    spec.opens = one_in(20) ? ABSENT : random_minute();
    spec.closes = one_in(20) ? ABSENT : one_in(6) ? 1440 : random_minute();
    if (one_in(6)) {
        spec.opens = 0;
        spec.closes = 1440;
    }
    spec.purpose =
        one_in(3) ? (enum opening_purpose)random_below(OPENING_PURPOSE_COUNT) : OPENING_GENERAL;
    spec.holidays = (enum opening_holidays)random_below(5);
    spec.by_appointment = one_in(4);
    return spec;
}

static struct record random_record(int first)
{
    struct record record = {.spec_count = random_below(SPECS_MAXIMUM + 1)};
    for (int i = 0; i < record.spec_count; i++)
        record.specs[i] = random_spec(first);
    record.closed_count = one_in(3) ? 1 + random_below(CLOSED_MAXIMUM) : 0;
    for (int i = 0; i < record.closed_count; i++) {
        struct closed *closed = &record.closed[i];
        closed->from = first - 3 + random_below(SPAN_DAYS);
        closed->to = one_in(8) ? ABSENT : closed->from + random_below(5);
        closed->purpose = (enum opening_purpose)(one_in(2) ? random_below(4) : 0);
    }
    record.asked = (enum opening_purpose)(one_in(2) ? random_below(4) : 0);
    return record;
}

/* ----- the reference */

enum paint { BLANK, SHUT, PERHAPS, OPEN }; /* darker paint wins */

static const enum opening_state state_of[] = {
    [BLANK] = OPENING_UNKNOWN,
    [SHUT] = OPENING_CLOSED,
    [PERHAPS] = OPENING_UNKNOWN,
    [OPEN] = OPENING_OPEN,
};

static char painted[2][SPAN_MINUTES];

static bool has_days(const struct spec *spec)
{
    bool any = spec->ordinal != 0 || spec->month_day != 0;
    for (int i = 0; i < 7; i++)
        any = any || spec->weekdays[i];
    return any;
}

static int length_of(const struct spec *spec)
{
    int opens = spec->opens == ABSENT ? 0 : spec->opens;
    int closes = spec->closes == ABSENT ? 1440 : spec->closes;
    return closes > opens ? closes - opens : closes + 1440 - opens;
}

static bool is_unsure(const struct spec *spec)
{
    bool no_days = !has_days(spec) && spec->dtstart == ABSENT;
    return spec->opens == ABSENT || spec->closes == ABSENT ||
           (no_days && spec->holidays != OPENING_HOLIDAYS_ONLY);
}

static enum opening_holidays holidays_of(const struct spec *spec)
{
    int from = spec->valid_from > spec->dtstart ? spec->valid_from : spec->dtstart;
    bool all = !spec->monthly && spec->interval == 1 && length_of(spec) == 1440 && !is_unsure(spec);
    for (int i = 0; i < 7; i++)
        all = all && spec->weekdays[i];
    bool one_day = spec->valid_to != ABSENT && spec->valid_to == from;
    if (spec->holidays == OPENING_HOLIDAYS_UNSTATED && (all || one_day))
        return OPENING_HOLIDAYS_OPEN;
    return spec->holidays;
}

static bool is_valid(const struct spec *spec, int day)
{
    return day >= spec->valid_from && day >= spec->dtstart &&
           (spec->valid_to == ABSENT || day <= spec->valid_to);
}

/* Counts from the first day of the month, or back from its last. */
static bool is_ordinal(const struct spec *spec, int day)
{
    int step = spec->ordinal > 0 ? -1 : 1;
    int seen = 0;
    if (calendar[day].weekday != spec->ordinal_weekday)
        return false;
    for (int i = day; i >= 0 && calendar[i].month == calendar[day].month; i += step)
        seen += calendar[i].weekday == spec->ordinal_weekday;
    return seen == abs(spec->ordinal);
}

static bool is_in_interval(const struct spec *spec, int day)
{
    int periods = 0;
    if (spec->dtstart == ABSENT)
        return true;
    for (int i = spec->dtstart + 1; i <= day; i++)
        periods += spec->monthly ? calendar[i].day == 1 : calendar[i].weekday == 0;
    return periods % spec->interval == 0;
}

static bool recurs(const struct spec *spec, int day)
{
    const struct day *now = &calendar[day];
    if (!is_in_interval(spec, day))
        return false;
    if (!has_days(spec)) {
        if (spec->dtstart == ABSENT)
            return true;
        const struct day *start = &calendar[spec->dtstart];
        return spec->monthly ? now->day == start->day : now->weekday == start->weekday;
    }
    if (!spec->monthly)
        return spec->weekdays[now->weekday];
    int wanted = spec->month_day > 0 ? spec->month_day : now->month_length + 1 + spec->month_day;
    bool by_month_day = spec->month_day != 0 && now->day == wanted;
    bool by_weekday = spec->weekdays[now->weekday] || (spec->ordinal != 0 && is_ordinal(spec, day));
    struct spec no_month_day = *spec;
    no_month_day.month_day = 0;
    if (spec->month_day == 0)
        return by_weekday;
    return by_month_day && (by_weekday || !has_days(&no_month_day));
}

static bool is_asked(const struct record *record, const struct spec *spec)
{
    bool exact = false;
    for (int i = 0; i < record->spec_count; i++)
        exact = exact || record->specs[i].purpose == record->asked;
    if (exact)
        return spec->purpose == record->asked;
    return record->asked == OPENING_GENERAL || spec->purpose == OPENING_GENERAL;
}

static bool is_closed(const struct record *record, int day, enum opening_purpose purpose)
{
    for (int i = 0; i < record->closed_count; i++) {
        const struct closed *closed = &record->closed[i];
        bool on = day >= closed->from && (closed->to == ABSENT || day <= closed->to);
        if (on && (closed->purpose == OPENING_GENERAL || closed->purpose == purpose))
            return true;
    }
    return false;
}

/* Whether another rule for the same, valid on the day, replaces this one. */
static bool is_replaced(const struct record *record, const struct spec *spec, int day)
{
    for (int i = 0; i < record->spec_count && !spec->replaces; i++) {
        const struct spec *other = &record->specs[i];
        if (other->replaces && other->purpose == spec->purpose && is_asked(record, other) &&
            is_valid(other, day))
            return true;
    }
    return false;
}

static bool holiday_is_stated(const struct record *record, enum opening_purpose purpose, int day)
{
    for (int i = 0; i < record->spec_count; i++) {
        const struct spec *other = &record->specs[i];
        bool states = holidays_of(other) == OPENING_HOLIDAYS_ALSO ||
                      holidays_of(other) == OPENING_HOLIDAYS_ONLY;
        if (states && other->purpose == purpose && is_asked(record, other) &&
            is_valid(other, day) && !is_replaced(record, other, day))
            return true;
    }
    return false;
}

/* How dark a rule paints what begins on the day; BLANK: nothing begins. */
static enum paint paint_of(const struct record *record, const struct spec *spec, int day)
{
    bool on = recurs(spec, day);
    bool sure = !is_unsure(spec);
    if (!is_asked(record, spec) || !is_valid(spec, day) || is_replaced(record, spec, day) ||
        is_closed(record, day, spec->purpose) || is_closed(record, day, record->asked))
        return BLANK;
    if (calendar[day].holiday) {
        enum opening_holidays holidays = holidays_of(spec);
        if (holidays == OPENING_HOLIDAYS_CLOSED)
            return BLANK;
        if (holidays == OPENING_HOLIDAYS_ALSO)
            on = true;
        if (holidays == OPENING_HOLIDAYS_UNSTATED) {
            if (holiday_is_stated(record, spec->purpose, day))
                return BLANK;
            sure = false;
        }
    } else if (spec->holidays == OPENING_HOLIDAYS_ONLY) {
        return BLANK;
    }
    return !on ? BLANK : sure ? OPEN : PERHAPS;
}

/* Whether something is stated of a day. */
static bool is_covered(const struct record *record, int day)
{
    if (is_closed(record, day, record->asked))
        return true;
    for (int i = 0; i < record->spec_count; i++) {
        const struct spec *spec = &record->specs[i];
        if (is_asked(record, spec) && is_valid(spec, day) &&
            (spec->holidays != OPENING_HOLIDAYS_ONLY || calendar[day].holiday))
            return true;
    }
    return false;
}

/* Paints the minutes of UTC from the midnight of day `first` on. */
static void paint(const struct record *record, int first)
{
    bool covered[SPAN_DAYS + 2];
    for (int i = 0; i < SPAN_DAYS + 2; i++)
        covered[i] = is_covered(record, first + i);
    for (int i = 0; i < SPAN_MINUTES; i++) {
        int day = clock_at(first * 1440 + i) / 1440;
        painted[0][i] = painted[1][i] = covered[day - first] ? SHUT : BLANK;
    }
    for (int day = first - 2; day <= first + SPAN_DAYS; day++) {
        for (int i = 0; i < record->spec_count; i++) {
            const struct spec *spec = &record->specs[i];
            enum paint dark = paint_of(record, spec, day);
            int opens = day * 1440 + (spec->opens == ABSENT ? 0 : spec->opens);
            if (dark == BLANK)
                continue;
            int from = utc_of(opens) - first * 1440;
            int to = utc_of(opens + length_of(spec)) - first * 1440;
            for (int k = from < 0 ? 0 : from; k < to && k < SPAN_MINUTES; k++) {
                char *minute = &painted[spec->by_appointment][k];
                *minute = *minute < (char)dark ? (char)dark : *minute;
            }
        }
    }
}

/* ----- the same record as texts, for the code under test */

struct spec_texts {
    char byday[64], bymonthday[16], dtstart[16], valid_from[16], valid_to[16];
    char opens_at[8], closes_at[8];
};

static struct str date_text(int day, char text[16])
{
    if (day == ABSENT)
        return (struct str){0};
    const struct day *now = &calendar[day];
    (void)snprintf(text, 16, "%04u-%02u-%02u", (unsigned)now->year % 10000,
                   (unsigned)now->month % 100, (unsigned)now->day % 100);
    return str_from(text);
}

static struct str time_text(int minute, char text[8])
{
    if (minute == ABSENT)
        return (struct str){0};
    (void)snprintf(text, 8, "%02u:%02u", (unsigned)minute / 60 % 100, (unsigned)minute % 60);
    return str_from(text);
}

static struct str days_text(const struct spec *spec, char text[64])
{
    static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < 7; i++) {
        if (spec->weekdays[i])
            used +=
                (size_t)snprintf(text + used, 64 - used, "%s%s", used == 0 ? "" : ",", names[i]);
    }
    if (spec->ordinal != 0)
        (void)snprintf(text + used, 64 - used, "%s%d%s", used == 0 ? "" : ",", spec->ordinal,
                       names[spec->ordinal_weekday]);
    return str_from(text);
}

static bool add_spec(struct opening_draft *draft, const struct spec *spec)
{
    static const char *const holidays[] = {"unstated", "open", "closed", "also", "only"};
    struct spec_texts texts = {0};
    struct error err = {0};
    if (spec->month_day != 0)
        (void)snprintf(texts.bymonthday, sizeof texts.bymonthday, "%d", spec->month_day);
    struct opening_schedule schedule = {
        .freq = spec->monthly ? STR("MONTHLY") : STR("WEEKLY"),
        .byday = days_text(spec, texts.byday),
        .bymonthday = str_from(texts.bymonthday),
        .interval = spec->interval,
        .dtstart = date_text(spec->dtstart, texts.dtstart),
        .valid_from = date_text(spec->valid_from, texts.valid_from),
        .valid_to = date_text(spec->valid_to, texts.valid_to),
        .opens_at = time_text(spec->opens, texts.opens_at),
        .closes_at = time_text(spec->closes, texts.closes_at),
        .purpose = str_from(opening_purpose_key(spec->purpose)),
        .holidays = str_from(holidays[spec->holidays]),
        .by_appointment = spec->by_appointment,
        .replaces = spec->replaces,
    };
    return opening_draft_schedule(draft, &schedule, &err);
}

/* Leaves out of the record what is refused (a monthly schedule without any day, dates reversed). */
static struct opening_hours hours_of(struct record *record, struct opening_draft *draft)
{
    struct error err = {0};
    int kept = 0;
    *draft = (struct opening_draft){0};
    for (int i = 0; i < record->spec_count; i++) {
        if (add_spec(draft, &record->specs[i]))
            record->specs[kept++] = record->specs[i];
    }
    record->spec_count = kept;
    for (int i = 0; i < record->closed_count; i++) {
        char texts[2][16];
        struct opening_closed_dates closed = {
            .valid_from = date_text(record->closed[i].from, texts[0]),
            .valid_to = date_text(record->closed[i].to, texts[1]),
            .purpose = str_from(opening_purpose_key(record->closed[i].purpose)),
        };
        ck_assert(opening_draft_closure(draft, &closed, &err));
    }
    return opening_draft_hours(draft);
}

/* ----- the comparison */

struct trial {
    int number;
    int first; /* day */
    struct record record;
    struct opening_hours hours;
};

static struct opening_question question_at(const struct trial *trial, int minute, int ms,
                                           struct opening_moment *moment)
{
    opening_moment_init(moment, epoch_ms + ((int64_t)trial->first * 1440 + minute) * 60000 + ms);
    return (struct opening_question){
        .service = &trial->hours,
        .purpose = trial->record.asked,
        .moment = moment,
    };
}

/* Closed for those who just come and open for those who are expected: nobody can be sure. */
static enum opening_state painted_presence(int minute)
{
    enum opening_state walk_in = state_of[(int)painted[0][minute]];
    bool expected = state_of[(int)painted[1][minute]] == OPENING_OPEN;
    return walk_in == OPENING_CLOSED && expected ? OPENING_UNKNOWN : walk_in;
}

static void compare_states(const struct trial *trial)
{
    for (int i = 0; i < SPAN_MINUTES; i += 1 + random_below(9)) {
        struct opening_moment moment;
        struct opening_question question = question_at(trial, i, random_below(60000), &moment);
        enum opening_state state = opening_state_at(&question);
        ck_assert_msg(state == state_of[(int)painted[0][i]], "record %d, minute %d: %s",
                      trial->number, i, opening_state_key(state));
        state = opening_presence_at(&question);
        ck_assert_msg(state == painted_presence(i), "record %d, minute %d: presence %s",
                      trial->number, i, opening_state_key(state));
    }
}

/* The first minute from `from` on that has the state (or another one); SPAN_MINUTES: none. */
static int find(const char *minutes, int from, enum opening_state state, bool same)
{
    int i = from;
    while (i < SPAN_MINUTES && (state_of[(int)minutes[i]] == state) != same)
        i++;
    return i;
}

static int minute_of(const struct trial *trial, const struct civil_time *time)
{
    return (int)((time->utc_ms - epoch_ms) / 60000) - trial->first * 1440;
}

static void compare_way(const struct trial *trial, const struct opening_way *way,
                        const char *minutes, int at)
{
    enum opening_state state = state_of[(int)minutes[at]];
    int until = find(minutes, at, state, false);
    int next = find(minutes, at, OPENING_OPEN, true);
    ck_assert_msg(way->state == state, "record %d, minute %d: state", trial->number, at);
    if (until < SPAN_MINUTES) {
        ck_assert_msg(way->has_until && minute_of(trial, &way->until) == until &&
                          way->then == state_of[(int)minutes[until]],
                      "record %d, minute %d: until", trial->number, at);
    } else {
        ck_assert_msg(!way->has_until || minute_of(trial, &way->until) >= until,
                      "record %d, minute %d: until later", trial->number, at);
    }
    if (state == OPENING_OPEN) {
        ck_assert_msg(!way->has_next, "record %d, minute %d: next", trial->number, at);
    } else if (next < SPAN_MINUTES) {
        bool sure = find(minutes, at, OPENING_UNKNOWN, true) >= next;
        ck_assert_msg(way->has_next && minute_of(trial, &way->next) == next &&
                          way->next_sure == sure,
                      "record %d, minute %d: next", trial->number, at);
    } else {
        ck_assert_msg(!way->has_next || minute_of(trial, &way->next) >= next,
                      "record %d, minute %d: next later", trial->number, at);
    }
}

static bool speaks_of(const struct record *record, bool by_appointment)
{
    for (int i = 0; i < record->spec_count; i++) {
        if (record->specs[i].by_appointment == by_appointment &&
            is_asked(record, &record->specs[i]))
            return true;
    }
    return false;
}

static void compare_answers(const struct trial *trial)
{
    for (int i = 0; i < ANSWERS_OF_RECORD; i++) {
        int at = random_below(SPAN_MINUTES);
        struct opening_moment moment;
        struct opening_question question = question_at(trial, at, 0, &moment);
        struct opening_answer answer;
        opening_evaluate(&question, &answer);
        if (speaks_of(&trial->record, false))
            compare_way(trial, &answer.walk_in, painted[0], at);
        if (speaks_of(&trial->record, true))
            compare_way(trial, &answer.appointment, painted[1], at);
        ck_assert_int_eq(answer.walk_in.state, state_of[(int)painted[0][at]]);
        ck_assert_int_eq(answer.appointment.state, state_of[(int)painted[1][at]]);
    }
}

/* Half of the spans hold a holiday or a change of the clock. */
static int random_first(void)
{
    static const int changes[][3] = {{2026, 3, 29},  {2026, 10, 25}, {2027, 3, 28},
                                     {2027, 10, 31}, {2026, 4, 3},   {2026, 12, 24}};
    if (one_in(2))
        return 70 + random_below(CALENDAR_DAYS - 70 - 40);
    const int *date = changes[random_below(sizeof changes / sizeof changes[0])];
    return index_of(date[0], date[1], date[2]) - random_below(SPAN_DAYS);
}

START_TEST(test_opening_property)
{
    static struct opening_draft draft;
    static struct trial trial;
    make_calendar();
    make_clock();
    seed = 0x9e3779b97f4a7c15U + (uint64_t)_i * 1000003U;
    for (int i = 0; i < RECORDS_OF_RUN; i++) {
        trial.number = i;
        trial.first = random_first();
        trial.record = random_record(trial.first);
        trial.hours = hours_of(&trial.record, &draft);
        paint(&trial.record, trial.first);
        compare_states(&trial);
        compare_answers(&trial);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/opening_property");
    TCase *tests = tcase_create("opening_property");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_opening_property, 0, RUNS);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
