/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Records with the kinds of hours that real services have, for the tests of opening hours.
 */
#ifndef TESTS_UNIT_DOMAIN_OPENING_RECORDS_H
#define TESTS_UNIT_DOMAIN_OPENING_RECORDS_H

#include <check.h>

#include "sociopoint/domain/opening_schedule.h"

/* A schedule or closure as texts; a row of nothing is none. */
struct schedule_row {
    const char *byday;
    const char *opens_at;
    const char *closes_at;
    const char *holidays;
    const char *purpose;
    const char *freq;
    const char *bymonthday;
    const char *byweekno;
    const char *dtstart;
    const char *until;
    const char *valid_from;
    const char *valid_to;
    int interval;
    int count;
    bool by_appointment;
    bool replaces;
};

struct closure_row {
    const char *valid_from;
    const char *valid_to;
    const char *purpose;
    const char *text;
};

enum { ROWS_MAXIMUM = 6 };

struct record {
    struct schedule_row schedules[ROWS_MAXIMUM];
    struct closure_row closures[ROWS_MAXIMUM];
};

enum record_name {
    NO_RECORD,
    NOTHING,     /* states no hours */
    OFFICE,      /* a town hall: Monday and Wednesday, with a lunch break */
    WEEKDAYS,    /* Monday to Friday, nothing on holidays */
    HOTLINE,     /* "on working days in office hours": no times */
    ALWAYS,      /* round the clock */
    SHELTER,     /* every night, holidays too */
    SOBERING,    /* working days 16-7, weekends and holidays round the clock */
    PHARMACY,    /* Monday to Friday and, shorter, Saturday, Sunday and holidays */
    HOLIDAYS,    /* open on holidays alone */
    STAY,        /* from Monday morning to Friday afternoon without a break */
    COUNSEL,     /* walk-in and by appointment */
    AGREED,      /* by appointment only, times as agreed */
    AGREED_WORK, /* likewise, on working days */
    AGREED_ALSO, /* likewise; one can come on weekends and holidays */
    AGREED_BUT,  /* likewise, but closed for two weeks in July */
    AGREED_XMAS, /* likewise; other hours on two days in December */
    AGREED_SOME, /* likewise, and on Mondays at stated times */
    FIRST_WED,   /* the first Wednesday of the month */
    LAST_THU,    /* the last Thursday of the month from 16:00, no end given */
    MONTH_DAYS,  /* the 1st, the 15th and the last day of the month */
    FRIDAY_13,   /* when both fall together */
    FORTNIGHT,   /* every second Tuesday from 6 January 2026 */
    BIMONTHLY,   /* the second Monday of every second month */
    EVEN_WEEKS,  /* Tuesdays of even weeks of autumn 2026 */
    COUNTED,     /* four Mondays */
    SEASONS,     /* summer hours, then autumn hours; before that nothing is stated */
    FAR_OFF,     /* nights by appointment, from July on also without */
    LAST_NIGHT,  /* every night up to 20 July */
    ENDED,       /* hours up to the end of July, then nothing, then closed */
    VACATION,    /* closed for two weeks in July */
    UNTIL_NEWS,  /* closed until further notice, no hours */
    CHRISTMAS,   /* another regime from 21 December to 3 January */
    ONE_DAY,     /* special hours on one holiday */
    NO_DAYS,     /* 6-18, days not stated */
    PURPOSES,    /* phone, outpatient, field; no general hours */
    PHONED,      /* general and phone hours; the phone is closed for a week */
    BRANCH,      /* hours of a place */
    SMALL_HOURS, /* both sides of the hour that is lost and doubled */
    PARTS,       /* the whole day in two rules that meet, and one inside */
    RECORD_COUNT
};

#define WEEK    "MO,TU,WE,TH,FR"
#define WEEKEND "SA,SU"
#define DAILY   "MO,TU,WE,TH,FR,SA,SU"

static const struct record records[RECORD_COUNT] = {
    [OFFICE] = {{{.byday = "MO,WE", .opens_at = "08:00", .closes_at = "11:30"},
                 {.byday = "MO,WE", .opens_at = "12:30", .closes_at = "17:00"}}},
    [WEEKDAYS] =
        {{{.byday = WEEK, .opens_at = "08:00", .closes_at = "16:00", .holidays = "closed"}}},
    [HOTLINE] = {{{.byday = WEEK, .holidays = "closed"}}},
    [ALWAYS] = {{{.byday = DAILY, .opens_at = "00:00", .closes_at = "24:00"}}},
    [SHELTER] = {{{.byday = DAILY, .opens_at = "22:00", .closes_at = "06:00", .holidays = "open"}}},
    [SOBERING] =
        {{{.byday = WEEK, .opens_at = "16:00", .closes_at = "07:00", .holidays = "closed"},
          {.byday = WEEKEND, .opens_at = "00:00", .closes_at = "24:00", .holidays = "also"}}},
    [PHARMACY] =
        {{{.byday = WEEK, .opens_at = "08:00", .closes_at = "22:00"},
          {.byday = WEEKEND, .opens_at = "08:00", .closes_at = "16:00", .holidays = "also"}}},
    [HOLIDAYS] = {{{.opens_at = "10:00", .closes_at = "12:00", .holidays = "only"}}},
    [STAY] = {{{.byday = "MO", .opens_at = "06:30", .closes_at = "24:00"},
               {.byday = "TU,WE,TH", .opens_at = "00:00", .closes_at = "24:00"},
               {.byday = "FR", .opens_at = "00:00", .closes_at = "15:30"}}},
    [COUNSEL] =
        {{{.byday = "MO", .opens_at = "08:30", .closes_at = "10:00"},
          {.byday = "MO", .opens_at = "10:00", .closes_at = "12:00", .by_appointment = true},
          {.byday = "TU", .opens_at = "09:00", .closes_at = "15:00", .by_appointment = true}}},
    [AGREED] = {{{.by_appointment = true}}},
    [AGREED_WORK] = {{{.by_appointment = true, .holidays = "closed"}}},
    [AGREED_ALSO] =
        {{{.by_appointment = true},
          {.byday = WEEKEND, .opens_at = "08:00", .closes_at = "16:00", .holidays = "also"}}},
    [AGREED_BUT] = {{{.by_appointment = true}}, {{"2026-07-13", "2026-07-24", NULL, "dovolená"}}},
    [AGREED_XMAS] = {{{.by_appointment = true},
                      {.byday = DAILY,
                       .opens_at = "09:00",
                       .closes_at = "12:00",
                       .valid_from = "2026-12-22",
                       .valid_to = "2026-12-23",
                       .replaces = true}}},
    [AGREED_SOME] =
        {{{.by_appointment = true},
          {.byday = "MO", .opens_at = "10:00", .closes_at = "12:00", .by_appointment = true}}},
    [FIRST_WED] =
        {{{.freq = "MONTHLY", .byday = "1WE", .opens_at = "10:00", .closes_at = "17:00"}}},
    [LAST_THU] = {{{.freq = "MONTHLY", .byday = "-1TH", .opens_at = "16:00"}}},
    [MONTH_DAYS] = {{{.freq = "MONTHLY",
                      .bymonthday = "1,15,-1",
                      .opens_at = "09:00",
                      .closes_at = "10:00",
                      .holidays = "open"}}},
    [FRIDAY_13] = {{{.freq = "MONTHLY",
                     .byday = "FR",
                     .bymonthday = "13",
                     .opens_at = "20:00",
                     .closes_at = "21:00"}}},
    [FORTNIGHT] = {{{.byday = "TU",
                     .opens_at = "09:00",
                     .closes_at = "12:00",
                     .interval = 2,
                     .dtstart = "2026-01-06"}}},
    [BIMONTHLY] = {{{.freq = "MONTHLY",
                     .byday = "2MO",
                     .opens_at = "14:00",
                     .closes_at = "16:00",
                     .interval = 2,
                     .dtstart = "2026-01-01"}}},
    [EVEN_WEEKS] = {{{.byday = "TU",
                      .byweekno = "36,38,40,42,44,46,48,50,52",
                      .opens_at = "13:00",
                      .closes_at = "15:00",
                      .valid_from = "2026-09-01",
                      .valid_to = "2026-12-31"}}},
    [COUNTED] = {{{.byday = "MO",
                   .opens_at = "10:00",
                   .closes_at = "11:00",
                   .count = 4,
                   .dtstart = "2026-09-07",
                   .holidays = "open"}}},
    [SEASONS] = {{{.byday = WEEK,
                   .opens_at = "08:00",
                   .closes_at = "14:00",
                   .valid_from = "2026-07-01",
                   .valid_to = "2026-08-31"},
                  {.byday = WEEK,
                   .opens_at = "08:00",
                   .closes_at = "17:00",
                   .valid_from = "2026-09-01",
                   .until = "2026-11-30"}}},
    [FAR_OFF] =
        {{{.byday = WEEK, .opens_at = "08:00", .closes_at = "14:00", .valid_from = "2026-07-01"},
          {.byday = DAILY, .opens_at = "22:00", .closes_at = "06:00", .by_appointment = true}}},
    [LAST_NIGHT] =
        {{{.byday = DAILY, .opens_at = "22:00", .closes_at = "06:00", .valid_to = "2026-07-20"}}},
    [ENDED] =
        {{{.byday = WEEK, .opens_at = "08:00", .closes_at = "16:00", .valid_to = "2026-07-31"}},
         {{"2026-08-10", "2026-08-14", NULL, "stěhování"}}},
    [VACATION] = {{{.byday = WEEK, .opens_at = "08:00", .closes_at = "16:00"}},
                  {{"2026-07-13", "2026-07-24", NULL, "dovolená"}}},
    [UNTIL_NEWS] = {{{0}}, {{"2026-05-01", NULL, NULL, "rekonstrukce"}}},
    [CHRISTMAS] = {{{.byday = WEEK, .opens_at = "08:00", .closes_at = "16:00"},
                    {.byday = WEEK,
                     .opens_at = "09:00",
                     .closes_at = "12:00",
                     .holidays = "closed",
                     .valid_from = "2026-12-21",
                     .valid_to = "2027-01-03",
                     .replaces = true}}},
    [ONE_DAY] = {{{.byday = DAILY, .opens_at = "08:00", .closes_at = "20:00"},
                  {.byday = "TH",
                   .opens_at = "08:00",
                   .closes_at = "12:00",
                   .valid_from = "2026-12-24",
                   .valid_to = "2026-12-24",
                   .replaces = true}}},
    [NO_DAYS] = {{{.opens_at = "06:00", .closes_at = "18:00"}}},
    [PURPOSES] =
        {
            {{.byday = WEEK,
              .opens_at = "08:00",
              .closes_at = "16:00",
              .purpose = "phone",
              .holidays = "closed"},
             {.byday = "MO", .opens_at = "09:00", .closes_at = "12:00", .purpose = "outpatient"},
             {.byday = "WE", .opens_at = "13:00", .closes_at = "18:00", .purpose = "field"}}},
    [PHONED] = {{{.byday = WEEK, .opens_at = "09:00", .closes_at = "11:00"},
                 {.byday = DAILY, .opens_at = "00:00", .closes_at = "24:00", .purpose = "phone"}},
                {{"2026-07-27", "2026-08-02", "phone", "porucha linky"}}},
    [BRANCH] = {{{.byday = "TU", .opens_at = "12:00", .closes_at = "18:00"}},
                {{"2026-07-21", "2026-07-21", NULL, "malování"}}},
    [SMALL_HOURS] =
        {{{.byday = DAILY, .opens_at = "00:30", .closes_at = "02:30", .holidays = "open"},
          {.byday = DAILY, .opens_at = "03:00", .closes_at = "04:00", .holidays = "open"}}},
    [PARTS] = {{{.byday = DAILY, .opens_at = "12:00", .closes_at = "00:00", .holidays = "open"},
                {.byday = DAILY, .opens_at = "00:00", .closes_at = "12:00", .holidays = "open"},
                {.byday = "MO", .opens_at = "09:00", .closes_at = "10:00"}}},
};

static inline struct opening_schedule schedule_of(const struct schedule_row *row)
{
    return (struct opening_schedule){
        .freq = str_from(row->freq),
        .byday = str_from(row->byday),
        .bymonthday = str_from(row->bymonthday),
        .byweekno = str_from(row->byweekno),
        .dtstart = str_from(row->dtstart),
        .until = str_from(row->until),
        .interval = row->interval,
        .count = row->count,
        .valid_from = str_from(row->valid_from),
        .valid_to = str_from(row->valid_to),
        .opens_at = str_from(row->opens_at),
        .closes_at = str_from(row->closes_at),
        .purpose = str_from(row->purpose),
        .holidays = str_from(row->holidays),
        .by_appointment = row->by_appointment,
        .replaces = row->replaces,
    };
}

static inline bool row_is_used(const struct schedule_row *row)
{
    return row->byday != NULL || row->opens_at != NULL || row->bymonthday != NULL ||
           row->by_appointment;
}

/* Fills the draft with a record of the table, or fails the test. */
static inline struct opening_hours record_hours(enum record_name name, struct opening_draft *draft)
{
    struct error err = {0};
    *draft = (struct opening_draft){0};
    for (size_t i = 0; i < ROWS_MAXIMUM; i++) {
        const struct schedule_row *row = &records[name].schedules[i];
        struct opening_schedule schedule = schedule_of(row);
        ck_assert_msg(!row_is_used(row) || opening_draft_schedule(draft, &schedule, &err),
                      "record %d: %s %s", name, err.problems[0].code, err.problems[0].pointer);
    }
    for (size_t i = 0; i < ROWS_MAXIMUM; i++) {
        const struct closure_row *row = &records[name].closures[i];
        struct opening_closed_dates closed = {str_from(row->valid_from), str_from(row->valid_to),
                                              str_from(row->purpose), str_from(row->text)};
        ck_assert(row->valid_from == NULL || opening_draft_closure(draft, &closed, &err));
    }
    return opening_draft_hours(draft);
}

#endif
