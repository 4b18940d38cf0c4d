/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "opening_records.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/domain/opening_schedule.h"
#include "support/run.h"

#define NINE .opens_at = STR_CONSTANT("09:00"), .closes_at = STR_CONSTANT("17:00")

/* What is refused, with the member at fault. */
static const struct {
    struct opening_schedule schedule;
    const char *code;
    const char *pointer;
    const char *argument;
    enum error_code class;
} refusals[] = {
    {{.freq = STR_CONSTANT("DAILY"), NINE}, "schedule-frequency", "/freq", "DAILY", ERROR_INVALID},
    {{.freq = STR_CONSTANT("weekly"), NINE},
     "schedule-frequency",
     "/freq",
     "weekly",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MON"), NINE}, "schedule-weekday", "/byday", "MON", ERROR_INVALID},
    {{.byday = STR_CONSTANT("mo"), NINE}, "schedule-weekday", "/byday", "mo", ERROR_INVALID},
    {{.byday = STR_CONSTANT("M"), NINE}, "schedule-weekday", "/byday", "M", ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO,"), NINE}, "schedule-weekday", "/byday", "MO,", ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO-FR"), NINE}, "schedule-weekday", "/byday", "MO-FR", ERROR_INVALID},
    {{.byday = STR_CONSTANT("1TU"), NINE}, "schedule-weekday", "/byday", "1TU", ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("0TU"), NINE},
     "schedule-weekday",
     "/byday",
     "0TU",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("6TU"), NINE},
     "schedule-weekday",
     "/byday",
     "6TU",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("--1TU"), NINE},
     "schedule-weekday",
     "/byday",
     "--1TU",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), .bymonthday = STR_CONSTANT("32"), NINE},
     "schedule-month-day",
     "/bymonthday",
     "32",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), .bymonthday = STR_CONSTANT("0"), NINE},
     "schedule-month-day",
     "/bymonthday",
     "0",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), .bymonthday = STR_CONSTANT("1;2"), NINE},
     "schedule-month-day",
     "/bymonthday",
     "1;2",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .bymonthday = STR_CONSTANT("1"), NINE},
     "schedule-month-day",
     "/bymonthday",
     "1",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .byweekno = STR_CONSTANT("54"), NINE},
     "schedule-week",
     "/byweekno",
     "54",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"),
      .byday = STR_CONSTANT("1MO"),
      .byweekno = STR_CONSTANT("1"),
      NINE},
     "schedule-week",
     "/byweekno",
     "1",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .byyearday = STR_CONSTANT("1"), NINE},
     "schedule-member-unknown",
     "/byyearday",
     "byyearday",
     ERROR_UNSUPPORTED},
    {{.byday = STR_CONSTANT("MO"), .wkst = STR_CONSTANT("XX"), NINE},
     "schedule-weekday",
     "/wkst",
     "XX",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT("9:00")},
     "schedule-time",
     "/opens_at",
     "9:00",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT("24:00")},
     "schedule-time",
     "/opens_at",
     "24:00",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT("08:60")},
     "schedule-time",
     "/opens_at",
     "08:60",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT("08.00")},
     "schedule-time",
     "/opens_at",
     "08.00",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .closes_at = STR_CONSTANT("24:01")},
     "schedule-time",
     "/closes_at",
     "24:01",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .closes_at = STR_CONSTANT("25:00")},
     "schedule-time",
     "/closes_at",
     "25:00",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .closes_at = STR_CONSTANT("08:00:30")},
     "schedule-time",
     "/closes_at",
     "08:00:30",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT("08:00Z")},
     "schedule-time-offset",
     "/opens_at",
     "08:00Z",
     ERROR_UNSUPPORTED},
    {{.byday = STR_CONSTANT("MO"), .closes_at = STR_CONSTANT("09:00+01:00")},
     "schedule-time-offset",
     "/closes_at",
     "09:00+01:00",
     ERROR_UNSUPPORTED},
    {{.byday = STR_CONSTANT("MO"), .valid_from = STR_CONSTANT("2026"), NINE},
     "schedule-date",
     "/valid_from",
     "2026",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .valid_to = STR_CONSTANT("2026-02-29"), NINE},
     "schedule-date",
     "/valid_to",
     "2026-02-29",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .dtstart = STR_CONSTANT("1.1.2026"), NINE},
     "schedule-date",
     "/dtstart",
     "1.1.2026",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .until = STR_CONSTANT("brzy"), NINE},
     "schedule-date",
     "/until",
     "brzy",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"),
      .valid_from = STR_CONSTANT("2026-02-02"),
      .valid_to = STR_CONSTANT("2026-02-01"),
      NINE},
     "schedule-dates-order",
     "/valid_to",
     "2026-02-01",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"),
      .dtstart = STR_CONSTANT("2026-02-02"),
      .until = STR_CONSTANT("2026-02-01"),
      NINE},
     "schedule-dates-order",
     "/until",
     "2026-02-01",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .interval = -1, NINE},
     "schedule-interval",
     "/interval",
     "",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .interval = 1001, NINE},
     "schedule-interval",
     "/interval",
     "",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .interval = 2, NINE},
     "schedule-start-missing",
     "/dtstart",
     "",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .count = 2, NINE},
     "schedule-start-missing",
     "/dtstart",
     "",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"), NINE},
     "schedule-start-missing",
     "/dtstart",
     "",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .count = -1, NINE},
     "schedule-count",
     "/count",
     "",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .count = 1001, NINE},
     "schedule-count",
     "/count",
     "",
     ERROR_INVALID},
    {{.freq = STR_CONSTANT("MONTHLY"),
      .bymonthday = STR_CONSTANT("31"),
      .interval = 12,
      .dtstart = STR_CONSTANT("2026-02-01"),
      .count = 1,
      NINE},
     "schedule-count",
     "/count",
     "",
     ERROR_INVALID}, /* 31 February never comes */
    {{.byday = STR_CONSTANT("MO"),
      .count = 1,
      .dtstart = STR_CONSTANT("2026-01-05"),
      .valid_from = STR_CONSTANT("2026-02-01"),
      NINE},
     "schedule-count",
     "/count",
     "",
     ERROR_INVALID}, /* over before it is valid */
    {{.byday = STR_CONSTANT("MO"), .purpose = STR_CONSTANT("chat"), NINE},
     "schedule-purpose",
     "/purpose",
     "chat",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .holidays = STR_CONSTANT("maybe"), NINE},
     "schedule-holidays",
     "/holidays",
     "maybe",
     ERROR_INVALID},
    {{.byday = STR_CONSTANT("MO"), .replaces = true, NINE},
     "schedule-dates-missing",
     "/valid_from",
     "",
     ERROR_INVALID},
};

static bool is_listed(const char *code)
{
    for (size_t i = 0; i < opening_problem_count; i++) {
        if (strcmp(opening_problems[i].code, code) == 0)
            return true;
    }
    return false;
}

START_TEST(test_opening_schedule_refused)
{
    struct error err = {0};
    struct opening_rule rule;
    memset(&rule, 0x5a, sizeof rule);
    ck_assert(!opening_rule_parse(&refusals[_i].schedule, &rule, &err));
    ck_assert_str_eq(err.problems[0].code, refusals[_i].code);
    ck_assert_str_eq(err.problems[0].pointer, refusals[_i].pointer);
    ck_assert_str_eq(err.problems[0].argument[0], refusals[_i].argument);
    ck_assert_int_eq(err.code, refusals[_i].class);
    ck_assert(is_listed(err.problems[0].code));
    ck_assert_uint_eq(rule.opens, 0x5a5a); /* untouched */
}
END_TEST

/* What is understood, and as what. */
static const struct {
    struct opening_schedule schedule;
    unsigned weekdays;
    int opens;
    int length;
    enum opening_holidays holidays;
    bool unsure;
} accepted[] = {
    {{.byday = STR_CONSTANT("MO"), NINE}, 1, 540, 480, OPENING_HOLIDAYS_UNSTATED, false},
    {{.byday = STR_CONSTANT("MO, WE ,SU"), NINE}, 1 + 4 + 64, 540, 480, 0, false},
    {{.freq = STR_CONSTANT("WEEKLY"), .byday = STR_CONSTANT("FR"), NINE}, 16, 540, 480, 0, false},
    {{.byday = STR_CONSTANT("MO"),
      .opens_at = STR_CONSTANT("09:00:00"),
      .closes_at = STR_CONSTANT("10:00:00")},
     1,
     540,
     60,
     0,
     false},
    {{.byday = STR_CONSTANT("MO"),
      .opens_at = STR_CONSTANT("16:00"),
      .closes_at = STR_CONSTANT("07:00")},
     1,
     960,
     900,
     0,
     false},
    {{.byday = STR_CONSTANT("MO"),
      .opens_at = STR_CONSTANT("16:00"),
      .closes_at = STR_CONSTANT("00:00")},
     1,
     960,
     480,
     0,
     false},
    {{.byday = STR_CONSTANT("MO"),
      .opens_at = STR_CONSTANT("16:00"),
      .closes_at = STR_CONSTANT("24:00")},
     1,
     960,
     480,
     0,
     false},
    {{.byday = STR_CONSTANT("MO"),
      .opens_at = STR_CONSTANT("08:00"),
      .closes_at = STR_CONSTANT("08:00")},
     1,
     480,
     1440,
     0,
     false},
    {{.byday = STR_CONSTANT("MO"),
      .opens_at = STR_CONSTANT("00:00"),
      .closes_at = STR_CONSTANT("24:00")},
     1,
     0,
     1440,
     0,
     false},
    {{.byday = STR_CONSTANT(DAILY),
      .opens_at = STR_CONSTANT("00:00"),
      .closes_at = STR_CONSTANT("00:00")},
     127,
     0,
     1440,
     OPENING_HOLIDAYS_OPEN,
     false},
    {{.byday = STR_CONSTANT(DAILY),
      .opens_at = STR_CONSTANT("00:00"),
      .closes_at = STR_CONSTANT("24:00"),
      .holidays = STR_CONSTANT("closed")},
     127,
     0,
     1440,
     OPENING_HOLIDAYS_CLOSED,
     false},
    {{.byday = STR_CONSTANT(DAILY),
      .opens_at = STR_CONSTANT("00:01"),
      .closes_at = STR_CONSTANT("24:00")},
     127,
     1,
     1439,
     OPENING_HOLIDAYS_UNSTATED,
     false},
    {{.byday = STR_CONSTANT(DAILY)}, 127, 0, 1440, OPENING_HOLIDAYS_UNSTATED, true},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT("16:00")}, 1, 960, 480, 0, true},
    {{.byday = STR_CONSTANT("MO"), .closes_at = STR_CONSTANT("16:00")}, 1, 0, 960, 0, true},
    {{.byday = STR_CONSTANT("MO"), .opens_at = STR_CONSTANT(""), .closes_at = STR_CONSTANT("")},
     1,
     0,
     1440,
     0,
     true},
    {{NINE}, 127, 540, 480, 0, true},
    {{.holidays = STR_CONSTANT("only"), NINE}, 127, 540, 480, OPENING_HOLIDAYS_ONLY, false},
    {{.holidays = STR_CONSTANT("unstated"), .byday = STR_CONSTANT("MO"), NINE},
     1,
     540,
     480,
     OPENING_HOLIDAYS_UNSTATED,
     false},
    {{.dtstart = STR_CONSTANT("2026-07-21"), NINE}, 2, 540, 480, 0, false},
    {{.dtstart = STR_CONSTANT("2026-07-21T09:00:00Z"), NINE}, 2, 540, 480, 0, false},
    {{.byday = STR_CONSTANT("TH"),
      .valid_from = STR_CONSTANT("2026-12-24"),
      .valid_to = STR_CONSTANT("2026-12-24"),
      NINE},
     8,
     540,
     480,
     OPENING_HOLIDAYS_OPEN,
     false},
};

START_TEST(test_opening_schedule_accepted)
{
    struct error err = {0};
    struct opening_rule rule;
    ck_assert_msg(opening_rule_parse(&accepted[_i].schedule, &rule, &err), "%s",
                  err.problems[0].code);
    ck_assert_uint_eq(rule.weekdays, accepted[_i].weekdays);
    ck_assert_int_eq(rule.opens, accepted[_i].opens);
    ck_assert_int_eq(rule.length, accepted[_i].length);
    ck_assert_int_eq(rule.holidays, accepted[_i].holidays);
    ck_assert_int_eq(rule.unsure, accepted[_i].unsure);
}
END_TEST

/* The recurrences of RFC 5545, by the dates on which a schedule is open within a year. */
static const struct {
    struct opening_schedule schedule;
    const char *dates; /* of 2026, "MM-DD " each, from `from` on */
    const char *from;
} recurrences[] = {
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("1TU"), NINE},
     "08-04 09-01 10-06 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("-1FR"), NINE},
     "07-31 08-28 09-25 ",
     "07-20"},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("+2MO,-2MO"), NINE},
     "08-10 08-24 09-14 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("5SA"), NINE},
     "08-29 10-31 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("-5SA"), NINE},
     "08-01 10-03 ",
     "07-20"},
    {{.freq = STR_CONSTANT("MONTHLY"), .byday = STR_CONSTANT("TU"), NINE},
     "08-04 08-11 08-18 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"), .bymonthday = STR_CONSTANT("31"), NINE},
     "08-31 10-31 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"), .bymonthday = STR_CONSTANT("-1,-31"), NINE},
     "08-01 08-31 09-30 10-01 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"),
      .bymonthday = STR_CONSTANT("8,9,10,11,12,13,14"),
      .byday = STR_CONSTANT("SA"),
      NINE},
     "08-08 09-12 10-10 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"),
      .bymonthday = STR_CONSTANT("1"),
      .byday = STR_CONSTANT("2MO"),
      NINE},
     "",
     "08-01"}, /* never */
    {{.freq = STR_CONSTANT("MONTHLY"), .dtstart = STR_CONSTANT("2026-06-19"), NINE},
     "08-19 09-19 10-19 ",
     "08-01"},
    {{.freq = STR_CONSTANT("MONTHLY"),
      .byday = STR_CONSTANT("1MO"),
      .interval = 3,
      .dtstart = STR_CONSTANT("2026-03-15"),
      NINE},
     "06-01 ",
     "05-01"},
    /* RFC 5545, section 3.3.10: the example of WKST, moved to 2026 */
    {{.byday = STR_CONSTANT("TU,SU"), .interval = 2, .dtstart = STR_CONSTANT("2026-08-04"), NINE},
     "08-04 08-09 08-18 08-23 ",
     "08-01"},
    {{.byday = STR_CONSTANT("TU,SU"),
      .interval = 2,
      .dtstart = STR_CONSTANT("2026-08-04"),
      .wkst = STR_CONSTANT("SU"),
      NINE},
     "08-04 08-16 08-18 08-30 ",
     "08-01"},
    {{.byday = STR_CONSTANT("MO"), .byweekno = STR_CONSTANT("32,-1"), NINE}, "08-03 ", "08-01"},
    {{.byday = STR_CONSTANT("MO"), .byweekno = STR_CONSTANT("-1,-2"), NINE},
     "12-21 12-28 ",
     "12-01"},
    {{.byday = STR_CONSTANT("MO,TU"), .count = 3, .dtstart = STR_CONSTANT("2026-08-04"), NINE},
     "08-04 08-10 08-11 ",
     "08-01"},
    {{.byday = STR_CONSTANT("MO"), .until = STR_CONSTANT("2026-08-10"), NINE},
     "08-03 08-10 ",
     "08-01"},
    {{.byday = STR_CONSTANT("MO"),
      .count = 9,
      .until = STR_CONSTANT("2026-08-10"),
      .dtstart = STR_CONSTANT("2026-08-01"),
      NINE},
     "08-03 08-10 ",
     "08-01"},
};

/* The dates of the next openings, one after the other, as long as `dates` is. */
static void list_openings(const struct opening_hours *hours, int64_t from_ms, char *text,
                          size_t size)
{
    struct opening_moment moment;
    const struct opening_question question = {.service = hours, .moment = &moment};
    opening_moment_init(&moment, from_ms);
    text[0] = '\0';
    for (size_t used = 0; used + 7 <= size; used += 6) {
        struct opening_answer answer;
        opening_evaluate(&question, &answer);
        if (!answer.walk_in.has_next)
            return;
        struct civil_date date = civil_day_date(answer.walk_in.next.day);
        (void)snprintf(text + used, 7, "%02u-%02u ", (unsigned)date.month % 100,
                       (unsigned)date.day % 100);
        opening_moment_init(&moment, civil_time_utc_ms(answer.walk_in.next.day, 1439));
    }
}

START_TEST(test_opening_schedule_recurrence)
{
    struct error err = {0};
    static struct opening_draft draft;
    char from[32];
    char found[64];
    int64_t from_ms;
    draft = (struct opening_draft){0};
    ck_assert_msg(opening_draft_schedule(&draft, &recurrences[_i].schedule, &err), "%s",
                  err.problems[0].code);
    /* It is open on holidays too: this is about dates. */
    draft.rules[0].holidays = OPENING_HOLIDAYS_OPEN;
    struct opening_hours hours = opening_draft_hours(&draft);
    (void)snprintf(from, sizeof from, "2026-%sT00:00:00Z", recurrences[_i].from);
    ck_assert(moment_from_text(str_from(from), &from_ms));
    size_t length = strlen(recurrences[_i].dates);
    list_openings(&hours, from_ms, found, length == 0 ? 7 : length + 1);
    ck_assert_str_eq(found, recurrences[_i].dates);
}
END_TEST

START_TEST(test_opening_schedule_too_many)
{
    static struct opening_draft draft;
    struct error err = {0};
    struct opening_schedule schedule = {.byday = STR("MO"), NINE};
    struct opening_closed_dates closed = {.valid_from = STR("2026-01-01")};
    for (int i = 0; i < OPENING_RULES_MAXIMUM; i++)
        ck_assert(opening_draft_schedule(&draft, &schedule, &err));
    ck_assert(!opening_draft_schedule(&draft, &schedule, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.problems[0].code, "schedule-too-many");
    for (int i = 0; i < OPENING_CLOSURES_MAXIMUM; i++)
        ck_assert(opening_draft_closure(&draft, &closed, &err));
    ck_assert(!opening_draft_closure(&draft, &closed, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_uint_eq(draft.rule_count, OPENING_RULES_MAXIMUM);
    ck_assert_uint_eq(draft.closure_count, OPENING_CLOSURES_MAXIMUM);

    /* The last rule counts as the first does. */
    struct opening_hours hours = opening_draft_hours(&draft);
    hours.closure_count = 0;
    draft.rules[OPENING_RULES_MAXIMUM - 1].weekdays = 2;
    struct opening_moment moment;
    opening_moment_init(&moment, 1784620800000); /* Tuesday, 2026-07-21, 10:00 */
    struct opening_question question = {.service = &hours, .moment = &moment};
    ck_assert_int_eq(opening_state_at(&question), OPENING_OPEN);
}
END_TEST

static const struct {
    struct opening_closed_dates closed;
    const char *code;
    const char *pointer;
} closure_refusals[] = {
    {{.valid_to = STR_CONSTANT("2026-01-01")}, "schedule-dates-missing", "/valid_from"},
    {{.valid_from = STR_CONSTANT("x")}, "schedule-date", "/valid_from"},
    {{.valid_from = STR_CONSTANT("2026-01-01"), .valid_to = STR_CONSTANT("2026-01")},
     "schedule-date",
     "/valid_to"},
    {{.valid_from = STR_CONSTANT("2026-01-02"), .valid_to = STR_CONSTANT("2026-01-01")},
     "schedule-dates-order",
     "/valid_to"},
    {{.valid_from = STR_CONSTANT("2026-01-02"), .purpose = STR_CONSTANT("all")},
     "schedule-purpose",
     "/purpose"},
};

START_TEST(test_opening_schedule_closure_refused)
{
    static struct opening_draft draft;
    struct error err = {0};
    ck_assert(!opening_draft_closure(&draft, &closure_refusals[_i].closed, &err));
    ck_assert_str_eq(err.problems[0].code, closure_refusals[_i].code);
    ck_assert_str_eq(err.problems[0].pointer, closure_refusals[_i].pointer);
    ck_assert(is_listed(err.problems[0].code));
    ck_assert_uint_eq(draft.closure_count, 0);
}
END_TEST

START_TEST(test_opening_schedule_draft_untouched)
{
    static struct opening_draft draft;
    struct error err = {0};
    struct opening_schedule schedule = {.byday = STR("XX")};
    ck_assert(!opening_draft_schedule(&draft, &schedule, &err));
    ck_assert_uint_eq(draft.rule_count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/opening_schedule");
    TCase *tests = tcase_create("opening_schedule");
    tcase_add_loop_test(tests, test_opening_schedule_refused, 0,
                        sizeof refusals / sizeof refusals[0]);
    tcase_add_loop_test(tests, test_opening_schedule_accepted, 0,
                        sizeof accepted / sizeof accepted[0]);
    tcase_add_loop_test(tests, test_opening_schedule_recurrence, 0,
                        sizeof recurrences / sizeof recurrences[0]);
    tcase_add_test(tests, test_opening_schedule_too_many);
    tcase_add_loop_test(tests, test_opening_schedule_closure_refused, 0,
                        sizeof closure_refusals / sizeof closure_refusals[0]);
    tcase_add_test(tests, test_opening_schedule_draft_untouched);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
