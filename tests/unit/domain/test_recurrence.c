/* SPDX-License-Identifier: EUPL-1.2 */
/* On which days a rule falls, when that is on the clock, and which times are refused. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/domain/event_facts.h"
#include "support/run.h"

static int32_t day_of(const char *text)
{
    struct civil_date date;
    ck_assert(civil_date_from_text(str_from(text), &date));
    return civil_day_from_date(date);
}

static const char *day_text(int32_t day, char text[48])
{
    if (day == RECURRENCE_NO_DAY)
        return "-";
    struct civil_date date = civil_day_date(day);
    (void)snprintf(text, 48, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
}

/* --- Rules -------------------------------------------------------------------------------------- */

/* A rule, from which day on its days are asked for, and the first of them. */
static const struct {
    const char *start;
    const char *frequency; /* NULL: once */
    int32_t interval;
    const char *byday;  /* NULL: not given */
    const char *until;  /* NULL: without end */
    const char *except; /* one day; NULL: none */
    const char *from;
    const char *days; /* separated by spaces; "-" when there is none left */
} rules[] = {
    /* once */
    {"2023-10-24", NULL, 1, NULL, NULL, NULL, "2023-01-01", "2023-10-24 -"},
    {"2023-10-24", NULL, 1, NULL, NULL, NULL, "2023-10-24", "2023-10-24 -"},
    {"2023-10-24", NULL, 1, NULL, NULL, NULL, "2023-10-25", "-"},
    {"2023-10-24", NULL, 1, NULL, NULL, "2023-10-24", "2023-01-01", "-"},
    /* every Tuesday, three years on, over the new year and a leap day */
    {"2023-10-24", "WEEKLY", 1, "TU", NULL, NULL, "2023-01-01", "2023-10-24 2023-10-31 2023-11-07"},
    {"2023-10-24", "WEEKLY", 1, "TU", NULL, NULL, "2026-11-24", "2026-11-24 2026-12-01"},
    {"2023-10-24", "WEEKLY", 1, "TU", NULL, NULL, "2026-11-25", "2026-12-01"},
    {"2023-10-24", "WEEKLY", 1, "TU", NULL, NULL, "2026-12-28", "2026-12-29 2027-01-05"},
    {"2023-10-24", "WEEKLY", 1, "TU", NULL, NULL, "2024-02-21", "2024-02-27 2024-03-05"},
    {"2023-10-24", "WEEKLY", 1, NULL, NULL, NULL, "2026-11-22", "2026-11-24"},
    /* several days a week; weeks begin on Monday */
    {"2026-11-24", "WEEKLY", 1, "MO,TU,SU", NULL, NULL, "2026-11-24",
     "2026-11-24 2026-11-29 2026-11-30 2026-12-01"},
    {"2026-11-24", "WEEKLY", 2, "TU,SU", NULL, NULL, "2026-11-24",
     "2026-11-24 2026-11-29 2026-12-08 2026-12-13"},
    {"2026-11-29", "WEEKLY", 2, "MO,SU", NULL, NULL, "2026-11-29",
     "2026-11-29 2026-12-07 2026-12-13 2026-12-21"},
    {"2026-11-24", "WEEKLY", 2, "TU", NULL, NULL, "2026-11-25", "2026-12-08"},
    {"2026-11-24", "WEEKLY", 52, "TU", NULL, NULL, "2026-11-25", "2027-11-23"},
    /* until, inclusive */
    {"2026-11-24", "WEEKLY", 1, "TU", "2026-12-01", NULL, "2026-11-24", "2026-11-24 2026-12-01 -"},
    {"2026-11-24", "WEEKLY", 1, "TU", "2026-11-30", NULL, "2026-11-24", "2026-11-24 -"},
    {"2026-11-24", "WEEKLY", 1, "TU", "2026-11-30", NULL, "2030-01-01", "-"},
    /* days left out */
    {"2026-11-24", "WEEKLY", 1, "TU", NULL, "2026-12-01", "2026-11-24", "2026-11-24 2026-12-08"},
    {"2026-11-24", "WEEKLY", 1, "TU", NULL, "2026-11-24", "2026-11-24", "2026-12-01"},
    /* the nth weekday of the month, from either end */
    {"2026-11-03", "MONTHLY", 1, "1TU", NULL, NULL, "2026-11-03",
     "2026-11-03 2026-12-01 2027-01-05"},
    {"2026-11-27", "MONTHLY", 1, "-1FR", NULL, NULL, "2026-11-01",
     "2026-11-27 2026-12-25 2027-01-29"},
    {"2026-01-29", "MONTHLY", 1, "5TH", NULL, NULL, "2026-01-01",
     "2026-01-29 2026-04-30 2026-07-30"},
    {"2026-11-02", "MONTHLY", 1, "1MO,3MO", NULL, NULL, "2026-11-02",
     "2026-11-02 2026-11-16 2026-12-07"},
    {"2026-11-03", "MONTHLY", 3, "1TU", NULL, NULL, "2026-11-04", "2027-02-02 2027-05-04"},
    {"2026-11-02", "MONTHLY", 2, "MO", NULL, NULL, "2026-11-17",
     "2026-11-23 2026-11-30 2027-01-04"},
    {"2024-02-29", "MONTHLY", 1, "-1TH", NULL, NULL, "2024-02-01", "2024-02-29 2024-03-28"},
    /* a day of the month: months without it are passed over */
    {"2026-01-31", "MONTHLY", 1, NULL, NULL, NULL, "2026-02-01", "2026-03-31 2026-05-31"},
    {"2024-02-29", "MONTHLY", 12, NULL, NULL, NULL, "2024-03-01", "2028-02-29 2032-02-29"},
    {"2026-01-31", "MONTHLY", 1, NULL, "2026-03-30", NULL, "2026-02-01", "-"},
    /* before the epoch of the numbers */
    {"1969-12-30", "WEEKLY", 2, "TU", NULL, NULL, "1969-12-01", "1969-12-30 1970-01-13"},
};

/* What a record says of its times, in the order of the tables. */
struct said {
    const char *start;
    const char *end;
    const char *frequency;
    int32_t interval;
    const char *byday;
    const char *until;
    const char *except;
};

static void read_said(const struct said *said, struct happening *when, const char **member)
{
    static int32_t days[1];
    static struct str excepted[1];
    excepted[0] = str_from(said->except);
    const struct event_times times = {
        .starts_at = str_from(said->start),
        .ends_at = str_from(said->end),
        .frequency = str_from(said->frequency),
        .byday = str_from(said->byday),
        .until = str_from(said->until),
        .interval = said->interval,
        .except = excepted,
        .except_count = said->except == NULL ? 0 : 1,
    };
    *member = NULL;
    if (event_times_read(&times, days, when, member))
        ck_assert_ptr_null(*member);
    else
        ck_assert_ptr_nonnull(*member);
}

START_TEST(test_recurrence_days)
{
    struct happening when;
    const char *wrong;
    char found[200] = "";
    char text[48];
    read_said(&(struct said){rules[_i].start, NULL, rules[_i].frequency, rules[_i].interval,
                             rules[_i].byday, rules[_i].until, rules[_i].except},
              &when, &wrong);
    ck_assert_msg(wrong == NULL, "%s", wrong);
    int32_t from = day_of(rules[_i].from);
    while (strlen(found) < strlen(rules[_i].days)) {
        int32_t day = recurrence_next(&when.days, from);
        if (found[0] != '\0')
            (void)snprintf(found + strlen(found), sizeof found - strlen(found), " ");
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s",
                       day_text(day, text));
        if (day == RECURRENCE_NO_DAY)
            break;
        ck_assert(recurrence_falls_on(&when.days, day));
        from = day + 1;
    }
    ck_assert_str_eq(found, rules[_i].days);
}
END_TEST

/* The next day is what going day by day finds. */
START_TEST(test_recurrence_next_is_the_first_that_fits)
{
    struct happening when;
    const char *wrong;
    read_said(&(struct said){rules[_i].start, NULL, rules[_i].frequency, rules[_i].interval,
                             rules[_i].byday, rules[_i].until, rules[_i].except},
              &when, &wrong);
    int32_t start = day_of(rules[_i].start);
    int32_t expected = RECURRENCE_NO_DAY;
    for (int32_t day = start + 800; day >= start - 3; day--) {
        if (recurrence_falls_on(&when.days, day))
            expected = day;
        if (expected != RECURRENCE_NO_DAY)
            ck_assert_int_eq(recurrence_next(&when.days, day), expected);
    }
}
END_TEST

/* A rule that fits no day is given up. */
START_TEST(test_recurrence_without_days)
{
    struct recurrence days = {.frequency = RECURRENCE_MONTHLY,
                              .first_day = day_of("2026-02-01"),
                              .last_day = RECURRENCE_NO_DAY,
                              .interval = 12};
    days.weekdays[RECURRENCE_ORDINAL_ZERO + 5] = 1 << WEEKDAY_MONDAY;
    int32_t next = recurrence_next(&days, days.first_day);
    ck_assert_int_eq(next, day_of("2044-02-29")); /* the first February with a fifth Monday */
    days.interval = 1;
    days.weekdays[RECURRENCE_ORDINAL_ZERO + 5] = 0;
    days.weekdays[RECURRENCE_ORDINAL_ZERO] = 1 << 7; /* no weekday at all */
    ck_assert_int_eq(recurrence_next(&days, days.first_day), RECURRENCE_NO_DAY);
    days.frequency = RECURRENCE_WEEKLY;
    ck_assert_int_eq(recurrence_next(&days, days.first_day), RECURRENCE_NO_DAY);
}
END_TEST

/* --- Times on the clock ------------------------------------------------------------------------- */

static const struct {
    const char *start;
    const char *end;
    const char *day;
    const char *starts; /* local, with the offset */
    const char *ends;
} clocks[] = {
    {"2026-01-06T09:00", "2026-01-06T10:30", "2026-01-06", "2026-01-06T09:00:00+01:00",
     "2026-01-06T10:30:00+01:00"},
    /* nine o'clock stays nine o'clock in summer */
    {"2026-01-06T09:00", "2026-01-06T10:30", "2026-07-07", "2026-07-07T09:00:00+02:00",
     "2026-07-07T10:30:00+02:00"},
    {"2026-01-06T09:00", "2026-01-06T10:30", "2026-03-31", "2026-03-31T09:00:00+02:00",
     "2026-03-31T10:30:00+02:00"},
    {"2026-01-06T09:00", "2026-01-06T10:30", "2026-10-27", "2026-10-27T09:00:00+01:00",
     "2026-10-27T10:30:00+01:00"},
    /* the night of 29 March 2026: no clock shows 02:00 to 03:00 */
    {"2026-01-04T01:30", "2026-01-04T04:00", "2026-03-29", "2026-03-29T01:30:00+01:00",
     "2026-03-29T04:00:00+02:00"},
    {"2026-01-04T02:30", "2026-01-04T04:00", "2026-03-29", "2026-03-29T03:30:00+02:00",
     "2026-03-29T04:00:00+02:00"},
    {"2026-01-03T22:00", "2026-01-04T06:00", "2026-03-28", "2026-03-28T22:00:00+01:00",
     "2026-03-29T06:00:00+02:00"},
    /* the night of 25 October 2026: 02:00 to 03:00 comes twice, the first one is meant */
    {"2026-01-04T02:30", "2026-01-04T04:00", "2026-10-25", "2026-10-25T02:30:00+02:00",
     "2026-10-25T04:00:00+01:00"},
    {"2026-01-03T22:00", "2026-01-04T06:00", "2026-10-24", "2026-10-24T22:00:00+02:00",
     "2026-10-25T06:00:00+01:00"},
    /* whole days: midnight to midnight, 23 and 25 hours long */
    {"2026-01-04", NULL, "2026-03-29", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"},
    {"2026-01-04", NULL, "2026-10-25", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"},
    {"2026-01-04", "2026-01-06", "2026-10-24", "2026-10-24T00:00:00+02:00",
     "2026-10-27T00:00:00+01:00"},
    /* without an end it lasts until midnight */
    {"2026-01-06T09:00", NULL, "2026-01-06", "2026-01-06T09:00:00+01:00",
     "2026-01-07T00:00:00+01:00"},
    {"2026-01-06T00:00", NULL, "2026-01-06", "2026-01-06T00:00:00+01:00",
     "2026-01-07T00:00:00+01:00"},
};

START_TEST(test_recurrence_clock)
{
    struct happening when;
    const char *wrong;
    char text[CIVIL_TIME_TEXT_SIZE];
    read_said(&(struct said){clocks[_i].start, clocks[_i].end, NULL, 1, NULL, NULL, NULL}, &when,
              &wrong);
    ck_assert_ptr_null(wrong);
    struct occurrence found = happening_on(&when, day_of(clocks[_i].day));
    struct civil_time time = civil_time_at(found.starts_ms);
    ck_assert_str_eq(civil_time_format(&time, text), clocks[_i].starts);
    time = civil_time_at(found.ends_ms);
    ck_assert_str_eq(civil_time_format(&time, text), clocks[_i].ends);
}
END_TEST

/* What ends within the hour that is left out does not end before it begins. */
START_TEST(test_recurrence_gap_has_no_negative_length)
{
    struct happening when;
    const char *wrong;
    read_said(&(struct said){"2026-01-04T02:50", "2026-01-04T03:10", NULL, 1, NULL, NULL, NULL},
              &when, &wrong);
    ck_assert_ptr_null(wrong);
    struct occurrence found = happening_on(&when, day_of("2026-03-29"));
    ck_assert(found.ends_ms > found.starts_ms);
}
END_TEST

START_TEST(test_recurrence_next_not_over)
{
    struct happening when;
    struct occurrence found;
    const char *wrong;
    read_said(&(struct said){"2026-11-24T09:00", "2026-11-24T10:00", "WEEKLY", 1, "TU",
                             "2026-12-01", NULL},
              &when, &wrong);
    ck_assert_ptr_null(wrong);
    int32_t first = day_of("2026-11-24");
    int64_t nine = civil_time_utc_ms(first, 9 * 60);
    ck_assert(happening_next(&when, INT32_MIN, nine, &found));
    ck_assert_int_eq(found.day, first);
    ck_assert(happening_next(&when, first, nine + 59 * 60 * 1000, &found));
    ck_assert_int_eq(found.day, first);
    ck_assert(happening_next(&when, first, nine + 60 * 60 * 1000, &found)); /* over to the minute */
    ck_assert_int_eq(found.day, first + 7);
    ck_assert(!happening_next(&when, first + 8, nine, &found));
    ck_assert(!happening_next(&when, first, civil_time_utc_ms(first + 7, 10 * 60), &found));
    ck_assert(happening_next(&when, first, INT64_MIN, &found));
    ck_assert_int_eq(found.day, first);
}
END_TEST

/* --- What is refused ---------------------------------------------------------------------------- */

static const struct {
    const char *start;
    const char *end;
    const char *frequency;
    int32_t interval;
    const char *byday;
    const char *until;
    const char *except;
    const char *member; /* NULL: it is right */
} readings[] = {
    {"2026-11-24", NULL, NULL, 1, NULL, NULL, NULL, NULL},
    {"2026-11-24T10:00", "2026-11-24T10:01", NULL, 1, NULL, NULL, NULL, NULL},
    {"2026-11-24", "2026-11-24", NULL, 1, NULL, NULL, NULL, NULL},
    {"2026-11-24T22:00", "2026-11-25T06:00", "WEEKLY", 1, NULL, "2026-11-24", "2026-11-24", NULL},
    {NULL, NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-02-30", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24T24:00", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24T10:60", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24T1a:00", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24T10:00:00", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24 10:00", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24T10.00", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-02-30T10:00", NULL, NULL, 1, NULL, NULL, NULL, "starts_at"},
    {"2026-11-24T10:00", "2026-11-24T10:00", NULL, 1, NULL, NULL, NULL, "ends_at"},
    {"2026-11-24T10:00", "2026-11-23T11:00", NULL, 1, NULL, NULL, NULL, "ends_at"},
    {"2026-11-24T10:00", "2026-11-24", NULL, 1, NULL, NULL, NULL, "ends_at"},
    {"2026-11-24", "2026-11-24T10:00", NULL, 1, NULL, NULL, NULL, "ends_at"},
    {"2026-11-24", "2026-11-23", NULL, 1, NULL, NULL, NULL, "ends_at"},
    {"2026-11-24", "soon", NULL, 1, NULL, NULL, NULL, "ends_at"},
    {"2026-11-24", NULL, "DAILY", 1, NULL, NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 0, NULL, NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 521, NULL, NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 1, "WE", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 1, "1TU", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 1, "TU,", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 1, "", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "MONTHLY", 1, "1TU", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "MONTHLY", 1, "4TU", NULL, NULL, NULL},
    {"2026-11-24", NULL, "MONTHLY", 1, "-1TU", NULL, NULL, NULL},
    {"2026-11-24", NULL, "MONTHLY", 1, "TU", NULL, NULL, NULL},
    {"2026-11-24", NULL, "MONTHLY", 1, "-TU", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "MONTHLY", 1, "6TU", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "MONTHLY", 1, "4XX", NULL, NULL, "rrule"},
    {"2026-11-24", NULL, "WEEKLY", 1, "TU", "2026-11-23", NULL, "until"},
    {"2026-11-24", NULL, "WEEKLY", 1, "TU", "2026-13-01", NULL, "until"},
    {"2026-11-24", NULL, "WEEKLY", 1, "TU", NULL, "2026-11-31", "except"},
};

START_TEST(test_recurrence_readings)
{
    struct happening when;
    const char *wrong;
    read_said(&(struct said){readings[_i].start, readings[_i].end, readings[_i].frequency,
                             readings[_i].interval, readings[_i].byday, readings[_i].until,
                             readings[_i].except},
              &when, &wrong);
    ck_assert_pstr_eq(wrong, readings[_i].member);
}
END_TEST

START_TEST(test_recurrence_byday_untouched_on_failure)
{
    uint8_t weekdays[RECURRENCE_ORDINALS] = {1};
    ck_assert(!recurrence_byday_from_text(STR("TU,XX"), true, weekdays));
    ck_assert_int_eq(weekdays[0], 1);
    ck_assert_int_eq(weekdays[RECURRENCE_ORDINAL_ZERO], 0);
    ck_assert(recurrence_byday_from_text(STR("TU,-5SU"), true, weekdays));
    ck_assert_int_eq(weekdays[0], 1 << WEEKDAY_SUNDAY);
    ck_assert_int_eq(weekdays[RECURRENCE_ORDINAL_ZERO], 1 << WEEKDAY_TUESDAY);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("recurrence");
    TCase *tests = tcase_create("recurrence");
    tcase_add_loop_test(tests, test_recurrence_days, 0, COUNT_OF(rules));
    tcase_add_loop_test(tests, test_recurrence_next_is_the_first_that_fits, 0, COUNT_OF(rules));
    tcase_add_test(tests, test_recurrence_without_days);
    tcase_add_loop_test(tests, test_recurrence_clock, 0, COUNT_OF(clocks));
    tcase_add_test(tests, test_recurrence_gap_has_no_negative_length);
    tcase_add_test(tests, test_recurrence_next_not_over);
    tcase_add_loop_test(tests, test_recurrence_readings, 0, COUNT_OF(readings));
    tcase_add_test(tests, test_recurrence_byday_untouched_on_failure);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
