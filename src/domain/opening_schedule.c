/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/opening_schedule.h"

#include "opening_internal.h"
#include "opening_text_internal.h"

enum {
    WEEKS_OF_YEAR = 53,
    DAYS_OF_MONTH = 31,
    INTERVAL_MAXIMUM = 1000,
    COUNT_MAXIMUM = 1000,
    COUNT_DAYS_MAXIMUM = 100 * 366 /* how far the last of `count` occurrences is looked for */
};

const struct text_code opening_problems[] = {
    {"schedule-frequency", 1},      {"schedule-weekday", 1},       {"schedule-month-day", 1},
    {"schedule-week", 1},           {"schedule-time", 1},          {"schedule-time-offset", 1},
    {"schedule-date", 1},           {"schedule-dates-order", 1},   {"schedule-interval", 0},
    {"schedule-count", 0},          {"schedule-start-missing", 0}, {"schedule-dates-missing", 0},
    {"schedule-member-unknown", 1}, {"schedule-purpose", 1},       {"schedule-holidays", 1},
    {"schedule-too-many", 0},
};
const size_t opening_problem_count = sizeof opening_problems / sizeof opening_problems[0];

static const struct {
    struct str name;
    size_t offset;
} texts[] = {
    {STR_CONSTANT("freq"), offsetof(struct opening_schedule, freq)},
    {STR_CONSTANT("wkst"), offsetof(struct opening_schedule, wkst)},
    {STR_CONSTANT("byday"), offsetof(struct opening_schedule, byday)},
    {STR_CONSTANT("until"), offsetof(struct opening_schedule, until)},
    {STR_CONSTANT("dtstart"), offsetof(struct opening_schedule, dtstart)},
    {STR_CONSTANT("purpose"), offsetof(struct opening_schedule, purpose)},
    {STR_CONSTANT("byweekno"), offsetof(struct opening_schedule, byweekno)},
    {STR_CONSTANT("holidays"), offsetof(struct opening_schedule, holidays)},
    {STR_CONSTANT("opens_at"), offsetof(struct opening_schedule, opens_at)},
    {STR_CONSTANT("valid_to"), offsetof(struct opening_schedule, valid_to)},
    {STR_CONSTANT("byyearday"), offsetof(struct opening_schedule, byyearday)},
    {STR_CONSTANT("closes_at"), offsetof(struct opening_schedule, closes_at)},
    {STR_CONSTANT("bymonthday"), offsetof(struct opening_schedule, bymonthday)},
    {STR_CONSTANT("valid_from"), offsetof(struct opening_schedule, valid_from)},
};

struct str *opening_schedule_text(struct opening_schedule *schedule, struct str name)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (str_equal(name, texts[i].name))
            return (void *)((char *)schedule + texts[i].offset);
    }
    return NULL;
}

static bool refuse_as(struct error *err, enum error_code code, const char *problem,
                      const char *pointer, struct str text)
{
    char argument[PROBLEM_ARGUMENT_SIZE];
    str_copy_z(text, argument, sizeof argument);
    return error_set_with(err, code, problem, pointer, ERROR_ARGUMENTS(argument, NULL, NULL));
}

static bool refuse(struct error *err, const char *problem, const char *pointer, struct str text)
{
    return refuse_as(err, ERROR_INVALID, problem, pointer, text);
}

/* Looks a text up among `count` keys; absent leaves *value as it is. */
static bool read_key(struct str text, const char *const *keys, size_t count, uint8_t *value)
{
    if (str_empty(text))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (str_equal_z(text, keys[i])) {
            *value = (uint8_t)i;
            return true;
        }
    }
    return false;
}

static bool read_purpose(struct str text, uint8_t *purpose, struct error *err)
{
    const char *keys[OPENING_PURPOSE_COUNT];
    for (int i = 0; i < OPENING_PURPOSE_COUNT; i++)
        keys[i] = opening_purpose_key((enum opening_purpose)i);
    if (!read_key(text, keys, OPENING_PURPOSE_COUNT, purpose))
        return refuse(err, "schedule-purpose", "/purpose", text);
    return true;
}

static bool read_kind(const struct opening_schedule *schedule, struct opening_rule *rule,
                      struct error *err)
{
    static const char *const frequencies[] = {
        [OPENING_WEEKLY] = "WEEKLY", [OPENING_MONTHLY] = "MONTHLY"};
    static const char *const holidays[] = {
        [OPENING_HOLIDAYS_UNSTATED] = "unstated", [OPENING_HOLIDAYS_OPEN] = "open",
        [OPENING_HOLIDAYS_CLOSED] = "closed",     [OPENING_HOLIDAYS_ALSO] = "also",
        [OPENING_HOLIDAYS_ONLY] = "only",
    };
    if (!str_empty(schedule->byyearday))
        return refuse_as(err, ERROR_UNSUPPORTED, "schedule-member-unknown", "/byyearday",
                         STR("byyearday"));
    if (!read_key(schedule->freq, frequencies, 2, &rule->frequency))
        return refuse(err, "schedule-frequency", "/freq", schedule->freq);
    if (!read_key(schedule->holidays, holidays, sizeof holidays / sizeof holidays[0],
                  &rule->holidays))
        return refuse(err, "schedule-holidays", "/holidays", schedule->holidays);
    rule->by_appointment = schedule->by_appointment;
    rule->replaces = schedule->replaces;
    return read_purpose(schedule->purpose, &rule->purpose, err);
}

static bool read_time(struct str text, const char *pointer, uint16_t *minute, struct error *err)
{
    if (opening_time_has_offset(text))
        return refuse_as(err, ERROR_UNSUPPORTED, "schedule-time-offset", pointer, text);
    if (!opening_time_from_text(text, minute))
        return refuse(err, "schedule-time", pointer, text);
    return true;
}

/* A time that is not given leaves the stretch open to that side, and its hours unknown. */
static bool read_times(const struct opening_schedule *schedule, struct opening_rule *rule,
                       struct error *err)
{
    bool has_start = !str_empty(schedule->opens_at);
    bool has_end = !str_empty(schedule->closes_at);
    uint16_t start = 0;
    uint16_t end = CIVIL_DAY_MINUTES;
    if (has_start && !read_time(schedule->opens_at, "/opens_at", &start, err))
        return false;
    if (start == CIVIL_DAY_MINUTES)
        return refuse(err, "schedule-time", "/opens_at", schedule->opens_at);
    if (has_end && !read_time(schedule->closes_at, "/closes_at", &end, err))
        return false;
    rule->opens = start;
    rule->length = (uint16_t)(end > start ? end - start : end + CIVIL_DAY_MINUTES - start);
    rule->unsure = !has_start || !has_end;
    return true;
}

static bool read_day(struct str text, const char *pointer, int32_t *day, struct error *err)
{
    if (str_empty(text))
        return true;
    if (!opening_day_from_text(text, day))
        return refuse(err, "schedule-date", pointer, text);
    return true;
}

static bool read_dates(const struct opening_schedule *schedule, struct opening_rule *rule,
                       struct error *err)
{
    int32_t until = OPENING_DAY_LAST;
    rule->first_day = OPENING_DAY_FIRST;
    rule->last_day = OPENING_DAY_LAST;
    rule->anchor_day = OPENING_DAY_FIRST;
    if (!read_day(schedule->valid_from, "/valid_from", &rule->first_day, err) ||
        !read_day(schedule->valid_to, "/valid_to", &rule->last_day, err) ||
        !read_day(schedule->dtstart, "/dtstart", &rule->anchor_day, err) ||
        !read_day(schedule->until, "/until", &until, err))
        return false;
    if (rule->replaces &&
        (rule->first_day == OPENING_DAY_FIRST || rule->last_day == OPENING_DAY_LAST))
        return refuse(err, "schedule-dates-missing", "/valid_from", (struct str){0});
    if (rule->anchor_day > rule->first_day)
        rule->first_day = rule->anchor_day;
    if (until < rule->last_day) {
        rule->last_day = until;
        if (rule->first_day > until)
            return refuse(err, "schedule-dates-order", "/until", schedule->until);
    }
    if (rule->first_day > rule->last_day)
        return refuse(err, "schedule-dates-order", "/valid_to", schedule->valid_to);
    return true;
}

/* As in RFC 5545: without any day given, that of the first event counts. */
static void take_day_of_start(struct opening_rule *rule)
{
    if (rule->frequency == OPENING_MONTHLY)
        rule->month_days = UINT32_C(1) << civil_day_date(rule->anchor_day).day;
    else
        rule->weekdays = (uint8_t)(1U << civil_day_weekday(rule->anchor_day));
}

static bool read_days(const struct opening_schedule *schedule, struct opening_rule *rule,
                      struct error *err)
{
    bool monthly = rule->frequency == OPENING_MONTHLY;
    uint64_t start = 0;
    uint64_t end = 0;
    if (!str_empty(schedule->byday) && !opening_weekdays_from_text(schedule->byday, monthly, rule))
        return refuse(err, "schedule-weekday", "/byday", schedule->byday);
    if (!str_empty(schedule->bymonthday) &&
        (!monthly || !opening_numbers_from_text(schedule->bymonthday, DAYS_OF_MONTH, &start, &end)))
        return refuse(err, "schedule-month-day", "/bymonthday", schedule->bymonthday);
    rule->month_days = (uint32_t)start;
    rule->month_days_from_end = (uint32_t)end;
    if (!str_empty(schedule->byweekno) &&
        (monthly || !opening_numbers_from_text(schedule->byweekno, WEEKS_OF_YEAR, &rule->weeks,
                                               &rule->weeks_from_end)))
        return refuse(err, "schedule-week", "/byweekno", schedule->byweekno);
    if (rule->has_weekdays || start != 0 || end != 0)
        return true;
    if (rule->anchor_day != OPENING_DAY_FIRST) {
        take_day_of_start(rule);
        return true;
    }
    if (monthly)
        return refuse(err, "schedule-start-missing", "/dtstart", (struct str){0});
    rule->weekdays =
        OPENING_ALL_WEEKDAYS; /* "on holidays" needs no more; anything else is not stated */
    if (rule->holidays != OPENING_HOLIDAYS_ONLY)
        rule->unsure = true;
    return true;
}

/* `count` as the date of the last occurrence, so that evaluation need not count. */
static bool limit_count(int64_t count, struct opening_rule *rule)
{
    int32_t first = rule->anchor_day;
    for (int32_t day = first; day <= rule->last_day && day - first < COUNT_DAYS_MAXIMUM; day++) {
        struct opening_date date;
        opening_dates_fill(&date, 1, day);
        if (opening_rule_recurs(rule, &date) && --count == 0) {
            rule->last_day = day;
            return rule->first_day <= day;
        }
    }
    return rule->last_day != OPENING_DAY_LAST;
}

static bool read_repetition(const struct opening_schedule *schedule, struct opening_rule *rule,
                            struct error *err)
{
    enum weekday week_start = WEEKDAY_MONDAY;
    if (!str_empty(schedule->wkst) && !opening_weekday_from_text(schedule->wkst, &week_start))
        return refuse(err, "schedule-weekday", "/wkst", schedule->wkst);
    rule->week_start = (uint8_t)week_start;
    if (schedule->interval < 0 || schedule->interval > INTERVAL_MAXIMUM)
        return refuse(err, "schedule-interval", "/interval", (struct str){0});
    if (schedule->count < 0 || schedule->count > COUNT_MAXIMUM)
        return refuse(err, "schedule-count", "/count", (struct str){0});
    rule->interval = (uint16_t)(schedule->interval == 0 ? 1 : schedule->interval);
    if ((rule->interval > 1 || schedule->count > 0) && rule->anchor_day == OPENING_DAY_FIRST)
        return refuse(err, "schedule-start-missing", "/dtstart", (struct str){0});
    if (schedule->count > 0 && !limit_count(schedule->count, rule))
        return refuse(err, "schedule-count", "/count", (struct str){0});
    return true;
}

/* Round the clock all the year, or a date of its own: both speak of holidays without saying so. */
static bool speaks_of_holidays(const struct opening_rule *rule)
{
    bool always = rule->frequency == OPENING_WEEKLY && rule->weekdays == OPENING_ALL_WEEKDAYS &&
                  rule->interval == 1 && rule->weeks == 0 && rule->weeks_from_end == 0 &&
                  rule->length == CIVIL_DAY_MINUTES && !rule->unsure;
    return always || rule->first_day == rule->last_day;
}

bool opening_rule_parse(const struct opening_schedule *schedule, struct opening_rule *rule,
                        struct error *err)
{
    struct opening_rule read = {0};
    if (!read_kind(schedule, &read, err) || !read_times(schedule, &read, err) ||
        !read_dates(schedule, &read, err) || !read_days(schedule, &read, err) ||
        !read_repetition(schedule, &read, err))
        return false;
    if (read.holidays == OPENING_HOLIDAYS_UNSTATED && speaks_of_holidays(&read))
        read.holidays = OPENING_HOLIDAYS_OPEN;
    *rule = read;
    return true;
}

bool opening_draft_schedule(struct opening_draft *draft, const struct opening_schedule *schedule,
                            struct error *err)
{
    struct opening_rule rule;
    if (!opening_rule_parse(schedule, &rule, err))
        return false;
    if (draft->rule_count == OPENING_RULES_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "schedule-too-many", "");
    draft->rules[draft->rule_count++] = rule;
    return true;
}

bool opening_draft_closure(struct opening_draft *draft, const struct opening_closed_dates *closed,
                           struct error *err)
{
    uint8_t purpose = OPENING_GENERAL;
    struct opening_closure closure = {
        .first_day = OPENING_DAY_FIRST, .last_day = OPENING_DAY_LAST, .text = closed->text};
    if (str_empty(closed->valid_from))
        return refuse(err, "schedule-dates-missing", "/valid_from", (struct str){0});
    if (!read_day(closed->valid_from, "/valid_from", &closure.first_day, err) ||
        !read_day(closed->valid_to, "/valid_to", &closure.last_day, err) ||
        !read_purpose(closed->purpose, &purpose, err))
        return false;
    if (closure.first_day > closure.last_day)
        return refuse(err, "schedule-dates-order", "/valid_to", closed->valid_to);
    if (draft->closure_count == OPENING_CLOSURES_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "schedule-too-many", "");
    closure.purpose = (enum opening_purpose)purpose;
    draft->closures[draft->closure_count++] = closure;
    return true;
}

struct opening_hours opening_draft_hours(const struct opening_draft *draft)
{
    return (struct opening_hours){
        .rules = draft->rules,
        .rule_count = draft->rule_count,
        .closures = draft->closures,
        .closure_count = draft->closure_count,
    };
}
