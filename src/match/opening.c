/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

#include "argument_internal.h"

enum { TIME_BYTES = 8, DATE_BYTES = 24, HOUR_MINUTES = 60, WEEK_DAYS = 7 };

/* One opening being put into words. */
struct saying {
    const struct opening_answer *answer;
    struct arena *arena;
    struct match_opening *opening;
};

/* "8:30" */
static struct match_argument time_argument(const struct civil_time *time, struct arena *arena)
{
    struct builder text;
    builder_init(&text, arena, TIME_BYTES);
    builder_append_int(&text, time->minute / HOUR_MINUTES);
    builder_append_z(&text, time->minute % HOUR_MINUTES < 10 ? ":0" : ":");
    builder_append_int(&text, time->minute % HOUR_MINUTES);
    if (builder_failed(&text))
        return (struct match_argument){0};
    return argument_plain(builder_view(&text));
}

/* "on Tuesday" within a week, else "3. 12. 2026". */
static struct match_argument day_argument(const struct civil_time *time,
                                          const struct civil_time *from, struct arena *arena)
{
    static const char *const weekdays[WEEKDAY_COUNT] = {
        "weekday.monday", "weekday.tuesday",  "weekday.wednesday", "weekday.thursday",
        "weekday.friday", "weekday.saturday", "weekday.sunday"};
    if (time->day - from->day < WEEK_DAYS)
        return argument_code(weekdays[civil_day_weekday(time->day)]);
    struct civil_date date = civil_day_date(time->day);
    struct builder text;
    builder_init(&text, arena, DATE_BYTES);
    builder_printf(&text, "%d. %d. %d", date.day, date.month, date.year);
    if (builder_failed(&text))
        return (struct match_argument){0};
    return argument_plain(builder_view(&text));
}

/* The sentences about a moment to come: on the same day, or on another one. */
struct moment_codes {
    const char *same_day; /* {0} the time */
    const char *day;      /* {0} the day, {1} the time */
};

static void say_moment(struct saying *at, const struct moment_codes *codes,
                       const struct civil_time *moment)
{
    const struct civil_time *now = &at->answer->at;
    struct match_argument *next = at->opening->arguments;
    bool same_day = moment->day == now->day;
    at->opening->code = same_day ? codes->same_day : codes->day;
    if (!same_day)
        *next++ = day_argument(moment, now, at->arena);
    *next = time_argument(moment, at->arena);
}

/* A night that ends in the morning is told by the hour alone. */
static bool is_soon(const struct civil_time *now, const struct civil_time *until)
{
    return until->utc_ms - now->utc_ms < INT64_C(24) * 60 * 60 * 1000;
}

static void say_open(struct saying *at, const struct opening_way *way,
                     const struct moment_codes *closes, const char *always)
{
    if (!way->has_until) {
        at->opening->code = always;
        return;
    }
    at->opening->has_closes_at = true;
    at->opening->closes_at = way->until;
    struct civil_time shown = way->until;
    if (is_soon(&at->answer->at, &shown))
        shown.day = at->answer->at.day;
    say_moment(at, closes, &shown);
}

static void say_next(struct saying *at, const struct opening_way *way,
                     const struct moment_codes *opens, const char *never)
{
    if (!way->has_next) {
        at->opening->code = never;
        return;
    }
    at->opening->has_opens_next = true;
    at->opening->opens_next = way->next;
    say_moment(at, opens, &way->next);
}

static void say_closed(struct saying *at)
{
    static const struct moment_codes opens = {"opening.closed.same-day", "opening.closed.day"};
    static const struct moment_codes latest = {"opening.closed.latest.same-day",
                                               "opening.closed.latest.day"};
    static const struct moment_codes closure = {"opening.closure.same-day", "opening.closure.day"};
    static const struct moment_codes expected = {"opening.appointment.same-day",
                                                 "opening.appointment.day"};
    const struct opening_answer *answer = at->answer;
    if (answer->cause == OPENING_CAUSE_CLOSURE)
        say_next(at, &answer->walk_in, &closure, "opening.closure");
    else if (!answer->walk_in.has_next && answer->appointment.has_next)
        say_next(at, &answer->appointment, &expected, NULL);
    else
        say_next(at, &answer->walk_in, answer->walk_in.next_sure ? &opens : &latest,
                 "opening.closed");
}

static void say_unknown(struct saying *at, bool phone)
{
    static const char *const codes[OPENING_CAUSE_COUNT] = {
        [OPENING_CAUSE_NO_HOURS] = "opening.unknown",
        [OPENING_CAUSE_HOLIDAY] = "opening.unknown.holiday",
        [OPENING_CAUSE_UNSTATED] = "opening.unknown.unstated",
        [OPENING_CAUSE_NOT_VALID] = "opening.unknown.not-valid",
    };
    const struct opening_way *way = &at->answer->walk_in;
    at->opening->has_opens_next = way->has_next;
    at->opening->opens_next = way->next;
    at->opening->code = phone ? codes[at->answer->cause] : "opening.unknown.no-phone";
}

bool opening_describe(const struct opening_question *question, bool phone, struct arena *arena,
                      struct match_opening *opening)
{
    static const struct moment_codes closes = {"opening.open.until", "opening.open.day"};
    static const struct moment_codes at_least = {"opening.open.at-least",
                                                 "opening.open.at-least.day"};
    static const struct moment_codes expected = {"opening.appointment.until",
                                                 "opening.appointment.until.day"};
    struct opening_answer answer;
    opening_evaluate(question, &answer);
    *opening = (struct match_opening){.state = answer.walk_in.state, .cause = answer.cause};
    struct saying at = {&answer, arena, opening};
    opening->by_appointment =
        answer.walk_in.state != OPENING_OPEN && answer.appointment.state == OPENING_OPEN;
    if (answer.walk_in.state == OPENING_OPEN)
        say_open(&at, &answer.walk_in, answer.walk_in.then == OPENING_UNKNOWN ? &at_least : &closes,
                 "opening.open.always");
    else if (opening->by_appointment)
        say_open(&at, &answer.appointment, &expected, "opening.appointment");
    else if (answer.walk_in.state == OPENING_CLOSED)
        say_closed(&at);
    else
        say_unknown(&at, phone);
    bool composed = opening->has_closes_at ||
                    (opening->has_opens_next && answer.walk_in.state == OPENING_CLOSED);
    return !composed || argument_present(&opening->arguments[0]);
}
