/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "opening_records.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/domain/opening_hours.h"
#include "support/run.h"

/* "2026-07-20 08:00+2" as in the tables below: the local time, and the hours it is ahead of UTC. */
static int64_t moment_of(const char *text)
{
    char full[64];
    int64_t ms;
    (void)snprintf(full, sizeof full, "%.10sT%.5s:00+0%.1s:00", text, text + 11, text + 17);
    ck_assert_msg(moment_from_text(str_from(full), &ms), "%s", text);
    return ms;
}

static void text_of(const struct civil_time *time, char text[32])
{
    char full[CIVIL_TIME_TEXT_SIZE];
    (void)civil_time_format(time, full);
    (void)snprintf(text, 32, "%.10s %.5s+%.1s", full, full + 11, full + 21);
}

/*
 * One line: at this moment the state is this, because of this; until then, when it becomes that;
 * next open then ("?": perhaps before, that is unknown). 2026-07-20 is a Monday.
 */
struct line {
    enum record_name record;
    const char *at;
    enum opening_state state;
    enum opening_cause cause;
    const char *until;
    enum opening_state then;
    const char *next;
};

#define OPEN      OPENING_OPEN, OPENING_CAUSE_STATED
#define CLOSED    OPENING_CLOSED, OPENING_CAUSE_STATED
#define SHUT      OPENING_CLOSED, OPENING_CAUSE_CLOSURE
#define UNSAID    OPENING_UNKNOWN, OPENING_CAUSE_NO_HOURS
#define HOLIDAY   OPENING_UNKNOWN, OPENING_CAUSE_HOLIDAY
#define UNSURE    OPENING_UNKNOWN, OPENING_CAUSE_UNSTATED
#define NOT_VALID OPENING_UNKNOWN, OPENING_CAUSE_NOT_VALID
#define UNKNOWN   OPENING_UNKNOWN
#define ENDLESS   NULL, OPENING_UNKNOWN

static const struct line lines[] = {
    /* nothing stated */
    {NOTHING, "2026-07-20 09:00+2", UNSAID, ENDLESS, NULL},
    {NOTHING, "2026-12-25 03:00+1", UNSAID, ENDLESS, NULL},

    /* an ordinary week with a lunch break */
    {OFFICE, "2026-07-20 00:00+2", CLOSED, "2026-07-20 08:00+2", OPENING_OPEN,
     "2026-07-20 08:00+2"},
    {OFFICE, "2026-07-20 07:59+2", CLOSED, "2026-07-20 08:00+2", OPENING_OPEN,
     "2026-07-20 08:00+2"},
    {OFFICE, "2026-07-20 08:00+2", OPEN, "2026-07-20 11:30+2", OPENING_CLOSED, NULL},
    {OFFICE, "2026-07-20 11:29+2", OPEN, "2026-07-20 11:30+2", OPENING_CLOSED, NULL},
    {OFFICE, "2026-07-20 11:30+2", CLOSED, "2026-07-20 12:30+2", OPENING_OPEN,
     "2026-07-20 12:30+2"},
    {OFFICE, "2026-07-20 12:30+2", OPEN, "2026-07-20 17:00+2", OPENING_CLOSED, NULL},
    {OFFICE, "2026-07-20 17:00+2", CLOSED, "2026-07-22 08:00+2", OPENING_OPEN,
     "2026-07-22 08:00+2"},
    {OFFICE, "2026-07-21 10:00+2", CLOSED, "2026-07-22 08:00+2", OPENING_OPEN,
     "2026-07-22 08:00+2"},
    {OFFICE, "2026-07-22 16:59+2", OPEN, "2026-07-22 17:00+2", OPENING_CLOSED, NULL},
    {OFFICE, "2026-07-22 17:00+2", CLOSED, "2026-07-27 08:00+2", OPENING_OPEN,
     "2026-07-27 08:00+2"},
    {OFFICE, "2026-07-25 10:00+2", CLOSED, "2026-07-27 08:00+2", OPENING_OPEN,
     "2026-07-27 08:00+2"},

    /* holidays of which nothing is said: unknown in its hours, closed outside them */
    {OFFICE, "2026-07-06 07:59+2", CLOSED, "2026-07-06 08:00+2", UNKNOWN, "?2026-07-08 08:00+2"},
    {OFFICE, "2026-07-06 09:00+2", HOLIDAY, "2026-07-06 11:30+2", OPENING_CLOSED,
     "?2026-07-08 08:00+2"},
    {OFFICE, "2026-07-06 12:00+2", CLOSED, "2026-07-06 12:30+2", UNKNOWN, "?2026-07-08 08:00+2"},
    {OFFICE, "2026-07-06 18:00+2", CLOSED, "2026-07-08 08:00+2", OPENING_OPEN,
     "2026-07-08 08:00+2"},
    {OFFICE, "2026-10-28 10:00+1", HOLIDAY, "2026-10-28 11:30+1", OPENING_CLOSED,
     "?2026-11-02 08:00+1"},
    {OFFICE, "2026-11-17 10:00+1", CLOSED, "2026-11-18 08:00+1", OPENING_OPEN,
     "2026-11-18 08:00+1"}, /* a Tuesday: no hours, so nothing to doubt */
    {OFFICE, "2026-04-06 10:00+2", HOLIDAY, "2026-04-06 11:30+2", OPENING_CLOSED,
     "?2026-04-08 08:00+2"}, /* Easter Monday */
    {OFFICE, "2027-03-29 10:00+2", HOLIDAY, "2027-03-29 11:30+2", OPENING_CLOSED,
     "?2027-03-31 08:00+2"}, /* Easter Monday of the next year */
    {OFFICE, "2026-03-30 10:00+2", OPEN, "2026-03-30 11:30+2", OPENING_CLOSED, NULL},

    /* closed on holidays by its own words: every holiday of two years */
    {WEEKDAYS, "2025-12-31 15:59+1", OPEN, "2025-12-31 16:00+1", OPENING_CLOSED, NULL},
    {WEEKDAYS, "2026-01-01 10:00+1", CLOSED, "2026-01-02 08:00+1", OPENING_OPEN,
     "2026-01-02 08:00+1"},
    {WEEKDAYS, "2026-04-02 10:00+2", OPEN, "2026-04-02 16:00+2", OPENING_CLOSED, NULL},
    {WEEKDAYS, "2026-04-02 16:00+2", CLOSED, "2026-04-07 08:00+2", OPENING_OPEN,
     "2026-04-07 08:00+2"},
    {WEEKDAYS, "2026-04-03 10:00+2", CLOSED, "2026-04-07 08:00+2", OPENING_OPEN,
     "2026-04-07 08:00+2"},
    {WEEKDAYS, "2026-04-06 10:00+2", CLOSED, "2026-04-07 08:00+2", OPENING_OPEN,
     "2026-04-07 08:00+2"},
    {WEEKDAYS, "2026-05-01 10:00+2", CLOSED, "2026-05-04 08:00+2", OPENING_OPEN,
     "2026-05-04 08:00+2"},
    {WEEKDAYS, "2026-05-08 10:00+2", CLOSED, "2026-05-11 08:00+2", OPENING_OPEN,
     "2026-05-11 08:00+2"},
    {WEEKDAYS, "2026-07-05 10:00+2", CLOSED, "2026-07-07 08:00+2", OPENING_OPEN,
     "2026-07-07 08:00+2"},
    {WEEKDAYS, "2026-07-06 10:00+2", CLOSED, "2026-07-07 08:00+2", OPENING_OPEN,
     "2026-07-07 08:00+2"},
    {WEEKDAYS, "2026-09-28 10:00+2", CLOSED, "2026-09-29 08:00+2", OPENING_OPEN,
     "2026-09-29 08:00+2"},
    {WEEKDAYS, "2026-10-28 10:00+1", CLOSED, "2026-10-29 08:00+1", OPENING_OPEN,
     "2026-10-29 08:00+1"},
    {WEEKDAYS, "2026-11-17 10:00+1", CLOSED, "2026-11-18 08:00+1", OPENING_OPEN,
     "2026-11-18 08:00+1"},
    {WEEKDAYS, "2026-12-24 10:00+1", CLOSED, "2026-12-28 08:00+1", OPENING_OPEN,
     "2026-12-28 08:00+1"},
    {WEEKDAYS, "2026-12-26 10:00+1", CLOSED, "2026-12-28 08:00+1", OPENING_OPEN,
     "2026-12-28 08:00+1"},
    {WEEKDAYS, "2026-12-31 10:00+1", OPEN, "2026-12-31 16:00+1", OPENING_CLOSED, NULL},
    {WEEKDAYS, "2027-01-01 10:00+1", CLOSED, "2027-01-04 08:00+1", OPENING_OPEN,
     "2027-01-04 08:00+1"},
    {WEEKDAYS, "2027-03-25 16:00+1", CLOSED, "2027-03-30 08:00+2", OPENING_OPEN,
     "2027-03-30 08:00+2"}, /* over Easter and the change of the clock */
    {WEEKDAYS, "2027-03-26 10:00+1", CLOSED, "2027-03-30 08:00+2", OPENING_OPEN,
     "2027-03-30 08:00+2"},
    {WEEKDAYS, "2027-04-30 10:00+2", OPEN, "2027-04-30 16:00+2", OPENING_CLOSED, NULL},
    {WEEKDAYS, "2027-07-05 10:00+2", CLOSED, "2027-07-07 08:00+2", OPENING_OPEN,
     "2027-07-07 08:00+2"},
    {WEEKDAYS, "2027-07-06 10:00+2", CLOSED, "2027-07-07 08:00+2", OPENING_OPEN,
     "2027-07-07 08:00+2"},
    {WEEKDAYS, "2027-09-28 10:00+2", CLOSED, "2027-09-29 08:00+2", OPENING_OPEN,
     "2027-09-29 08:00+2"},
    {WEEKDAYS, "2027-10-28 10:00+2", CLOSED, "2027-10-29 08:00+2", OPENING_OPEN,
     "2027-10-29 08:00+2"},
    {WEEKDAYS, "2027-11-17 10:00+1", CLOSED, "2027-11-18 08:00+1", OPENING_OPEN,
     "2027-11-18 08:00+1"},
    {WEEKDAYS, "2027-12-24 10:00+1", CLOSED, "2027-12-27 08:00+1", OPENING_OPEN,
     "2027-12-27 08:00+1"},

    /* the first-contact line: working days, no times */
    {HOTLINE, "2026-07-20 09:00+2", UNSURE, "2026-07-25 00:00+2", OPENING_CLOSED, NULL},
    {HOTLINE, "2026-07-20 03:00+2", UNSURE, "2026-07-25 00:00+2", OPENING_CLOSED, NULL},
    {HOTLINE, "2026-07-24 23:59+2", UNSURE, "2026-07-25 00:00+2", OPENING_CLOSED, NULL},
    {HOTLINE, "2026-07-25 09:00+2", CLOSED, "2026-07-27 00:00+2", UNKNOWN, NULL},
    {HOTLINE, "2026-07-26 23:59+2", CLOSED, "2026-07-27 00:00+2", UNKNOWN, NULL},
    {HOTLINE, "2026-07-04 09:00+2", CLOSED, "2026-07-07 00:00+2", UNKNOWN, NULL},
    {HOTLINE, "2026-04-03 09:00+2", CLOSED, "2026-04-07 00:00+2", UNKNOWN, NULL},
    {HOTLINE, "2026-11-17 09:00+1", CLOSED, "2026-11-18 00:00+1", UNKNOWN, NULL},
    {HOTLINE, "2026-12-23 12:00+1", UNSURE, "2026-12-24 00:00+1", OPENING_CLOSED, NULL},
    {HOTLINE, "2026-12-24 09:00+1", CLOSED, "2026-12-28 00:00+1", UNKNOWN, NULL},
    {HOTLINE, "2027-01-01 09:00+1", CLOSED, "2027-01-04 00:00+1", UNKNOWN, NULL},

    /* round the clock: holidays, changes of the clock, everything */
    {ALWAYS, "2026-07-20 09:00+2", OPEN, ENDLESS, NULL},
    {ALWAYS, "2026-12-24 23:59+1", OPEN, ENDLESS, NULL},
    {ALWAYS, "2026-03-29 03:00+2", OPEN, ENDLESS, NULL},
    {ALWAYS, "2026-10-25 02:30+1", OPEN, ENDLESS, NULL},

    /* past midnight */
    {SHELTER, "2026-07-20 21:59+2", CLOSED, "2026-07-20 22:00+2", OPENING_OPEN,
     "2026-07-20 22:00+2"},
    {SHELTER, "2026-07-20 22:00+2", OPEN, "2026-07-21 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-07-21 00:00+2", OPEN, "2026-07-21 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-07-21 05:59+2", OPEN, "2026-07-21 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-07-21 06:00+2", CLOSED, "2026-07-21 22:00+2", OPENING_OPEN,
     "2026-07-21 22:00+2"},
    {SHELTER, "2026-12-25 01:00+1", OPEN, "2026-12-25 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2026-12-31 23:30+1", OPEN, "2027-01-01 06:00+1", OPENING_CLOSED, NULL},

    /* the night of March: 02:00 to 03:00 is missing */
    {SHELTER, "2026-03-28 23:00+1", OPEN, "2026-03-29 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-03-29 01:59+1", OPEN, "2026-03-29 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-03-29 03:00+2", OPEN, "2026-03-29 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-03-29 05:59+2", OPEN, "2026-03-29 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2026-03-29 06:00+2", CLOSED, "2026-03-29 22:00+2", OPENING_OPEN,
     "2026-03-29 22:00+2"},
    {SHELTER, "2027-03-27 22:00+1", OPEN, "2027-03-28 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2027-03-28 03:00+2", OPEN, "2027-03-28 06:00+2", OPENING_CLOSED, NULL},
    {SHELTER, "2027-03-28 06:00+2", CLOSED, "2027-03-28 22:00+2", OPENING_OPEN,
     "2027-03-28 22:00+2"},
    {SMALL_HOURS, "2026-03-29 00:29+1", CLOSED, "2026-03-29 00:30+1", OPENING_OPEN,
     "2026-03-29 00:30+1"},
    {SMALL_HOURS, "2026-03-29 01:59+1", OPEN, "2026-03-29 04:00+2", OPENING_CLOSED, NULL},
    {SMALL_HOURS, "2026-03-29 03:00+2", OPEN, "2026-03-29 04:00+2", OPENING_CLOSED, NULL},
    {SMALL_HOURS, "2026-03-29 04:00+2", CLOSED, "2026-03-30 00:30+2", OPENING_OPEN,
     "2026-03-30 00:30+2"},
    {SMALL_HOURS, "2027-03-28 01:59+1", OPEN, "2027-03-28 04:00+2", OPENING_CLOSED, NULL},
    {WEEKDAYS, "2026-03-27 16:00+1", CLOSED, "2026-03-30 08:00+2", OPENING_OPEN,
     "2026-03-30 08:00+2"},

    /* the night of October: 02:00 to 03:00 comes twice */
    {SHELTER, "2026-10-24 22:00+2", OPEN, "2026-10-25 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2026-10-25 02:30+2", OPEN, "2026-10-25 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2026-10-25 02:30+1", OPEN, "2026-10-25 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2026-10-25 05:59+1", OPEN, "2026-10-25 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2026-10-25 06:00+1", CLOSED, "2026-10-25 22:00+1", OPENING_OPEN,
     "2026-10-25 22:00+1"},
    {SHELTER, "2027-10-31 02:30+2", OPEN, "2027-10-31 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2027-10-31 02:30+1", OPEN, "2027-10-31 06:00+1", OPENING_CLOSED, NULL},
    {SHELTER, "2027-10-31 06:00+1", CLOSED, "2027-10-31 22:00+1", OPENING_OPEN,
     "2027-10-31 22:00+1"},
    {SMALL_HOURS, "2026-10-25 02:29+2", OPEN, "2026-10-25 02:30+2", OPENING_CLOSED, NULL},
    {SMALL_HOURS, "2026-10-25 02:30+2", CLOSED, "2026-10-25 03:00+1", OPENING_OPEN,
     "2026-10-25 03:00+1"},
    {SMALL_HOURS, "2026-10-25 02:10+1", CLOSED, "2026-10-25 03:00+1", OPENING_OPEN,
     "2026-10-25 03:00+1"}, /* the second 02:10: it has closed at the first 02:30 */
    {SMALL_HOURS, "2026-10-25 03:00+1", OPEN, "2026-10-25 04:00+1", OPENING_CLOSED, NULL},
    {SMALL_HOURS, "2027-10-31 02:10+1", CLOSED, "2027-10-31 03:00+1", OPENING_OPEN,
     "2027-10-31 03:00+1"},
    {WEEKDAYS, "2026-10-23 16:00+2", CLOSED, "2026-10-26 08:00+1", OPENING_OPEN,
     "2026-10-26 08:00+1"},

    /* working days 16-7, weekends and holidays all day */
    {SOBERING, "2026-07-20 15:59+2", CLOSED, "2026-07-20 16:00+2", OPENING_OPEN,
     "2026-07-20 16:00+2"},
    {SOBERING, "2026-07-20 16:00+2", OPEN, "2026-07-21 07:00+2", OPENING_CLOSED, NULL},
    {SOBERING, "2026-07-21 07:00+2", CLOSED, "2026-07-21 16:00+2", OPENING_OPEN,
     "2026-07-21 16:00+2"},
    {SOBERING, "2026-07-24 16:00+2", OPEN, "2026-07-27 00:00+2", OPENING_CLOSED, NULL},
    {SOBERING, "2026-07-03 16:00+2", OPEN, "2026-07-07 00:00+2", OPENING_CLOSED, NULL},
    {SOBERING, "2026-07-06 12:00+2", OPEN, "2026-07-07 00:00+2", OPENING_CLOSED, NULL},
    {SOBERING, "2026-07-07 00:00+2", CLOSED, "2026-07-07 16:00+2", OPENING_OPEN,
     "2026-07-07 16:00+2"}, /* no evening before that it could have begun on */
    {SOBERING, "2026-11-16 16:00+1", OPEN, "2026-11-18 00:00+1", OPENING_CLOSED, NULL},
    {SOBERING, "2026-12-23 16:00+1", OPEN, "2026-12-28 00:00+1", OPENING_CLOSED, NULL},

    /* where holidays have hours of their own, the others fall silent */
    {PHARMACY, "2026-07-20 21:00+2", OPEN, "2026-07-20 22:00+2", OPENING_CLOSED, NULL},
    {PHARMACY, "2026-07-06 09:00+2", OPEN, "2026-07-06 16:00+2", OPENING_CLOSED, NULL},
    {PHARMACY, "2026-07-06 18:00+2", CLOSED, "2026-07-07 08:00+2", OPENING_OPEN,
     "2026-07-07 08:00+2"},
    {PHARMACY, "2026-07-25 17:00+2", CLOSED, "2026-07-26 08:00+2", OPENING_OPEN,
     "2026-07-26 08:00+2"},
    {PHARMACY, "2026-04-03 15:00+2", OPEN, "2026-04-03 16:00+2", OPENING_CLOSED, NULL},

    /* hours of holidays alone say nothing of other days */
    {HOLIDAYS, "2026-07-20 11:00+2", NOT_VALID, "2026-09-28 00:00+2", OPENING_CLOSED,
     "?2026-09-28 10:00+2"},
    {HOLIDAYS, "2026-09-28 09:00+2", CLOSED, "2026-09-28 10:00+2", OPENING_OPEN,
     "2026-09-28 10:00+2"},
    {HOLIDAYS, "2026-09-28 10:00+2", OPEN, "2026-09-28 12:00+2", OPENING_CLOSED, NULL},
    {HOLIDAYS, "2026-07-04 23:00+2", NOT_VALID, "2026-07-05 00:00+2", OPENING_CLOSED,
     "?2026-07-05 10:00+2"},

    /* several days without a break */
    {STAY, "2026-07-20 06:29+2", CLOSED, "2026-07-20 06:30+2", OPENING_OPEN, "2026-07-20 06:30+2"},
    {STAY, "2026-07-20 06:30+2", OPEN, "2026-07-24 15:30+2", OPENING_CLOSED, NULL},
    {STAY, "2026-07-23 03:00+2", OPEN, "2026-07-24 15:30+2", OPENING_CLOSED, NULL},
    {STAY, "2026-07-24 15:30+2", CLOSED, "2026-07-27 06:30+2", OPENING_OPEN, "2026-07-27 06:30+2"},
    {STAY, "2026-11-16 12:00+1", OPEN, "2026-11-17 00:00+1", UNKNOWN, NULL},
    {STAY, "2026-11-17 12:00+1", HOLIDAY, "2026-11-18 00:00+1", OPENING_OPEN,
     "?2026-11-18 00:00+1"},
    {PARTS, "2026-07-20 09:30+2", OPEN, ENDLESS, NULL},
    {PARTS, "2026-07-20 12:00+2", OPEN, ENDLESS, NULL},
    {PARTS, "2026-07-06 09:30+2", OPEN, ENDLESS, NULL}, /* the sure rule covers the doubtful one */

    /* once a month */
    {FIRST_WED, "2026-07-01 10:00+2", OPEN, "2026-07-01 17:00+2", OPENING_CLOSED, NULL},
    {FIRST_WED, "2026-07-01 17:00+2", CLOSED, "2026-08-05 10:00+2", OPENING_OPEN,
     "2026-08-05 10:00+2"},
    {FIRST_WED, "2026-07-08 12:00+2", CLOSED, "2026-08-05 10:00+2", OPENING_OPEN,
     "2026-08-05 10:00+2"},
    {FIRST_WED, "2026-09-30 12:00+2", CLOSED, "2026-10-07 10:00+2", OPENING_OPEN,
     "2026-10-07 10:00+2"},
    {LAST_THU, "2026-07-30 15:59+2", CLOSED, "2026-07-30 16:00+2", UNKNOWN, NULL},
    {LAST_THU, "2026-07-30 16:00+2", UNSURE, "2026-07-31 00:00+2", OPENING_CLOSED, NULL},
    {LAST_THU, "2026-07-23 17:00+2", CLOSED, "2026-07-30 16:00+2", UNKNOWN, NULL},
    {LAST_THU, "2026-12-24 17:00+1", CLOSED, "2026-12-31 16:00+1", UNKNOWN, NULL},
    {MONTH_DAYS, "2026-02-15 09:30+1", OPEN, "2026-02-15 10:00+1", OPENING_CLOSED, NULL},
    {MONTH_DAYS, "2026-02-15 10:00+1", CLOSED, "2026-02-28 09:00+1", OPENING_OPEN,
     "2026-02-28 09:00+1"},
    {MONTH_DAYS, "2026-02-28 10:00+1", CLOSED, "2026-03-01 09:00+1", OPENING_OPEN,
     "2026-03-01 09:00+1"},
    {MONTH_DAYS, "2028-02-28 09:30+1", CLOSED, "2028-02-29 09:00+1", OPENING_OPEN,
     "2028-02-29 09:00+1"},
    {MONTH_DAYS, "2026-05-01 09:30+2", OPEN, "2026-05-01 10:00+2", OPENING_CLOSED, NULL},
    {FRIDAY_13, "2026-02-13 20:30+1", OPEN, "2026-02-13 21:00+1", OPENING_CLOSED, NULL},
    {FRIDAY_13, "2026-02-13 21:00+1", CLOSED, "2026-03-13 20:00+1", OPENING_OPEN,
     "2026-03-13 20:00+1"},
    {FRIDAY_13, "2026-03-20 20:30+1", CLOSED, ENDLESS, NULL}, /* 13 November: too far ahead */
    {FRIDAY_13, "2026-07-13 20:30+2", CLOSED, ENDLESS, NULL}, /* a Monday */

    /* every second one */
    {FORTNIGHT, "2026-01-06 09:00+1", OPEN, "2026-01-06 12:00+1", OPENING_CLOSED, NULL},
    {FORTNIGHT, "2026-01-13 10:00+1", CLOSED, "2026-01-20 09:00+1", OPENING_OPEN,
     "2026-01-20 09:00+1"},
    {FORTNIGHT, "2026-01-20 10:00+1", OPEN, "2026-01-20 12:00+1", OPENING_CLOSED, NULL},
    {FORTNIGHT, "2027-01-05 10:00+1", OPEN, "2027-01-05 12:00+1", OPENING_CLOSED, NULL},
    {FORTNIGHT, "2026-01-05 10:00+1", NOT_VALID, "2026-01-06 00:00+1", OPENING_CLOSED,
     "?2026-01-06 09:00+1"},
    {BIMONTHLY, "2026-01-12 15:00+1", OPEN, "2026-01-12 16:00+1", OPENING_CLOSED, NULL},
    {BIMONTHLY, "2026-01-12 16:00+1", CLOSED, "2026-03-09 14:00+1", OPENING_OPEN,
     "2026-03-09 14:00+1"},
    {BIMONTHLY, "2026-02-09 15:00+1", CLOSED, "2026-03-09 14:00+1", OPENING_OPEN,
     "2026-03-09 14:00+1"},
    {BIMONTHLY, "2026-09-14 15:00+2", OPEN, "2026-09-14 16:00+2", OPENING_CLOSED, NULL},
    {EVEN_WEEKS, "2026-09-01 14:00+2", OPEN, "2026-09-01 15:00+2", OPENING_CLOSED, NULL},
    {EVEN_WEEKS, "2026-09-08 14:00+2", CLOSED, "2026-09-15 13:00+2", OPENING_OPEN,
     "2026-09-15 13:00+2"},
    {EVEN_WEEKS, "2026-12-29 14:00+1", CLOSED, "2027-01-01 00:00+1", UNKNOWN, NULL},
    {COUNTED, "2026-09-06 10:30+2", NOT_VALID, "2026-09-07 00:00+2", OPENING_CLOSED,
     "?2026-09-07 10:00+2"},
    {COUNTED, "2026-09-21 11:00+2", CLOSED, "2026-09-28 10:00+2", OPENING_OPEN,
     "2026-09-28 10:00+2"}, /* the fourth */
    {COUNTED, "2026-09-28 11:00+2", CLOSED, "2026-09-29 00:00+2", UNKNOWN, NULL},
    {COUNTED, "2026-10-05 10:30+2", NOT_VALID, ENDLESS, NULL},

    /* validity: before and after, nothing is stated */
    {FAR_OFF, "2026-02-15 23:45+1", CLOSED, ENDLESS, NULL}, /* an hour is lost meanwhile */
    {SEASONS, "2026-06-30 10:00+2", NOT_VALID, "2026-07-01 00:00+2", OPENING_CLOSED,
     "?2026-07-01 08:00+2"},
    {SEASONS, "2026-07-01 10:00+2", OPEN, "2026-07-01 14:00+2", OPENING_CLOSED, NULL},
    {SEASONS, "2026-08-31 15:00+2", CLOSED, "2026-09-01 08:00+2", OPENING_OPEN,
     "2026-09-01 08:00+2"},
    {SEASONS, "2026-09-01 15:00+2", OPEN, "2026-09-01 17:00+2", OPENING_CLOSED, NULL},
    {SEASONS, "2026-11-30 16:00+1", OPEN, "2026-11-30 17:00+1", OPENING_CLOSED, NULL},
    {SEASONS, "2026-11-30 17:00+1", CLOSED, "2026-12-01 00:00+1", UNKNOWN, NULL},
    {SEASONS, "2026-12-01 10:00+1", NOT_VALID, ENDLESS, NULL},
    {LAST_NIGHT, "2026-07-20 23:00+2", OPEN, "2026-07-21 06:00+2", UNKNOWN, NULL},
    {LAST_NIGHT, "2026-07-21 06:00+2", NOT_VALID, ENDLESS, NULL},
    {ENDED, "2026-08-03 10:00+2", NOT_VALID, "2026-08-10 00:00+2", OPENING_CLOSED, NULL},

    /* closures */
    {VACATION, "2026-07-10 15:00+2", OPEN, "2026-07-10 16:00+2", OPENING_CLOSED, NULL},
    {VACATION, "2026-07-10 16:00+2", CLOSED, "2026-07-27 08:00+2", OPENING_OPEN,
     "2026-07-27 08:00+2"},
    {VACATION, "2026-07-13 00:00+2", SHUT, "2026-07-27 08:00+2", OPENING_OPEN,
     "2026-07-27 08:00+2"},
    {VACATION, "2026-07-24 23:59+2", SHUT, "2026-07-27 08:00+2", OPENING_OPEN,
     "2026-07-27 08:00+2"},
    {VACATION, "2026-07-25 00:00+2", CLOSED, "2026-07-27 08:00+2", OPENING_OPEN,
     "2026-07-27 08:00+2"},
    {UNTIL_NEWS, "2026-04-30 23:59+2", UNSAID, ENDLESS, NULL},
    {UNTIL_NEWS, "2026-05-01 00:00+2", SHUT, ENDLESS, NULL},
    {UNTIL_NEWS, "2030-01-01 12:00+1", SHUT, ENDLESS, NULL},

    /* special hours */
    {CHRISTMAS, "2026-12-18 15:00+1", OPEN, "2026-12-18 16:00+1", OPENING_CLOSED, NULL},
    {CHRISTMAS, "2026-12-21 08:30+1", CLOSED, "2026-12-21 09:00+1", OPENING_OPEN,
     "2026-12-21 09:00+1"},
    {CHRISTMAS, "2026-12-23 11:00+1", OPEN, "2026-12-23 12:00+1", OPENING_CLOSED, NULL},
    {CHRISTMAS, "2026-12-23 13:00+1", CLOSED, "2026-12-28 09:00+1", OPENING_OPEN,
     "2026-12-28 09:00+1"},
    {CHRISTMAS, "2027-01-01 10:00+1", CLOSED, "2027-01-04 08:00+1", OPENING_OPEN,
     "2027-01-04 08:00+1"},
    {CHRISTMAS, "2027-01-04 15:00+1", OPEN, "2027-01-04 16:00+1", OPENING_CLOSED, NULL},
    {ONE_DAY, "2026-12-24 11:00+1", OPEN, "2026-12-24 12:00+1", OPENING_CLOSED, NULL},
    {ONE_DAY, "2026-12-24 13:00+1", CLOSED, "2026-12-25 08:00+1", UNKNOWN, "?2026-12-27 08:00+1"},
    {ONE_DAY, "2026-12-25 11:00+1", HOLIDAY, "2026-12-25 20:00+1", OPENING_CLOSED,
     "?2026-12-27 08:00+1"},

    /* times without days */
    {NO_DAYS, "2026-07-20 05:59+2", CLOSED, "2026-07-20 06:00+2", UNKNOWN, NULL},
    {NO_DAYS, "2026-07-20 06:00+2", UNSURE, "2026-07-20 18:00+2", OPENING_CLOSED, NULL},
    {NO_DAYS, "2026-07-20 18:00+2", CLOSED, "2026-07-21 06:00+2", UNKNOWN, NULL},

    /* for people who just come, appointments are no opening */
    {COUNSEL, "2026-07-20 09:00+2", OPEN, "2026-07-20 10:00+2", OPENING_CLOSED, NULL},
    {COUNSEL, "2026-07-20 10:00+2", CLOSED, "2026-07-27 08:30+2", OPENING_OPEN,
     "2026-07-27 08:30+2"},
    {AGREED, "2026-07-20 10:00+2", CLOSED, ENDLESS, NULL},

    /* general questions to a record that has hours for purposes only take all of them */
    {PURPOSES, "2026-07-20 15:00+2", OPEN, "2026-07-20 16:00+2", OPENING_CLOSED, NULL},
    {PURPOSES, "2026-07-22 15:00+2", OPEN, "2026-07-22 18:00+2", OPENING_CLOSED, NULL},
    {PURPOSES, "2026-07-06 15:00+2", CLOSED, "2026-07-07 08:00+2", OPENING_OPEN,
     "2026-07-07 08:00+2"},
    {PHONED, "2026-07-20 15:00+2", CLOSED, "2026-07-21 09:00+2", OPENING_OPEN,
     "2026-07-21 09:00+2"},
};

static void check_way(const struct opening_way *way, const struct line *line, int index)
{
    char until[32] = "";
    char next[40] = "";
    if (way->has_until)
        text_of(&way->until, until);
    if (way->has_next) {
        char time[32];
        text_of(&way->next, time);
        (void)snprintf(next, sizeof next, "%s%s", way->next_sure ? "" : "?", time);
    }
    const char *wanted_until = line->until == NULL ? "" : line->until;
    const char *wanted_next = line->next == NULL ? "" : line->next;
    ck_assert_msg(way->state == line->state, "line %d, %s: %s", index, line->at,
                  opening_state_key(way->state));
    ck_assert_msg(strcmp(until, wanted_until) == 0, "line %d, %s: until %s", index, line->at,
                  until);
    ck_assert_msg(way->then == line->then, "line %d, %s: then %s", index, line->at,
                  opening_state_key(way->then));
    ck_assert_msg(strcmp(next, wanted_next) == 0, "line %d, %s: next %s", index, line->at, next);
}

START_TEST(test_opening_hours_line)
{
    static struct opening_draft draft;
    const struct line *line = &lines[_i];
    struct opening_hours hours = record_hours(line->record, &draft);
    struct opening_moment moment;
    opening_moment_init(&moment, moment_of(line->at));
    struct opening_question question = {.service = &hours, .moment = &moment};
    struct opening_answer answer;
    opening_evaluate(&question, &answer);
    check_way(&answer.walk_in, line, _i);
    ck_assert_msg(answer.cause == line->cause, "line %d, %s: because %s", _i, line->at,
                  opening_cause_key(answer.cause));
    ck_assert_int_eq(opening_state_at(&question), line->state);
    ck_assert_int_eq(answer.closure != NULL, line->cause == OPENING_CAUSE_CLOSURE);
}
END_TEST

/* The same for those who have an appointment. */
static const struct line appointment_lines[] = {
    {COUNSEL, "2026-07-20 09:00+2", CLOSED, "2026-07-20 10:00+2", OPENING_OPEN,
     "2026-07-20 10:00+2"},
    {COUNSEL, "2026-07-20 10:00+2", OPEN, "2026-07-20 12:00+2", OPENING_CLOSED, NULL},
    {COUNSEL, "2026-07-20 12:00+2", CLOSED, "2026-07-21 09:00+2", OPENING_OPEN,
     "2026-07-21 09:00+2"},
    {COUNSEL, "2026-07-21 15:00+2", CLOSED, "2026-07-27 10:00+2", OPENING_OPEN,
     "2026-07-27 10:00+2"},
    {COUNSEL, "2026-07-06 11:00+2", HOLIDAY, "2026-07-06 12:00+2", OPENING_CLOSED,
     "?2026-07-07 09:00+2"},
    {AGREED, "2026-07-20 10:00+2", UNSURE, ENDLESS, NULL},
    {AGREED_WORK, "2026-07-03 10:00+2", UNSURE, "2026-07-05 00:00+2", OPENING_CLOSED, NULL},
    {AGREED_ALSO, "2026-07-03 10:00+2", UNSURE, "2026-07-05 00:00+2", OPENING_CLOSED, NULL},
    {AGREED_BUT, "2026-07-03 10:00+2", UNSURE, "2026-07-13 00:00+2", OPENING_CLOSED, NULL},
    {AGREED_XMAS, "2026-12-20 10:00+1", UNSURE, "2026-12-22 00:00+1", OPENING_CLOSED, NULL},
    {AGREED_SOME, "2026-07-21 10:00+2", UNSURE, "2026-07-27 10:00+2", OPENING_OPEN,
     "?2026-07-27 10:00+2"},
    {OFFICE, "2026-07-20 10:00+2", CLOSED, ENDLESS, NULL},
    {SEASONS, "2026-12-01 10:00+1", NOT_VALID, ENDLESS, NULL},
    {NOTHING, "2026-07-20 10:00+2", UNSAID, ENDLESS, NULL},
};

START_TEST(test_opening_hours_appointment)
{
    static struct opening_draft draft;
    const struct line *line = &appointment_lines[_i];
    struct opening_hours hours = record_hours(line->record, &draft);
    struct opening_moment moment;
    opening_moment_init(&moment, moment_of(line->at));
    struct opening_question question = {.service = &hours, .moment = &moment};
    struct opening_answer answer;
    opening_evaluate(&question, &answer);
    check_way(&answer.appointment, line, _i);
}
END_TEST

/* Whose hours count: of a place, of the service; for what. */
static const struct {
    enum record_name place;
    enum record_name service;
    enum opening_purpose purpose;
    const char *at;
    enum opening_state state;
    unsigned purposes;
    const char *closure;
} choices[] = {
    {NO_RECORD, NO_RECORD, OPENING_GENERAL, "2026-07-20 10:00+2", UNKNOWN, 0, NULL},
    {NO_RECORD, PURPOSES, OPENING_PHONE, "2026-07-20 15:00+2", OPENING_OPEN, 2, NULL},
    {NO_RECORD, PURPOSES, OPENING_OUTPATIENT, "2026-07-20 15:00+2", OPENING_CLOSED, 0, NULL},
    {NO_RECORD, PURPOSES, OPENING_OUTPATIENT, "2026-07-20 09:00+2", OPENING_OPEN, 4, NULL},
    {NO_RECORD, PURPOSES, OPENING_FIELD, "2026-07-22 17:00+2", OPENING_OPEN, 8, NULL},
    {NO_RECORD, PURPOSES, OPENING_FIELD, "2026-07-20 09:00+2", OPENING_CLOSED, 0, NULL},
    {NO_RECORD, PURPOSES, OPENING_GENERAL, "2026-07-22 14:00+2", OPENING_OPEN, 2 + 8, NULL},
    {NO_RECORD, PURPOSES, OPENING_GENERAL, "2026-07-20 09:30+2", OPENING_OPEN, 2 + 4, NULL},
    {NO_RECORD, PURPOSES, OPENING_OUTPATIENT, "2026-07-06 10:00+2", UNKNOWN, 0, NULL},
    {NO_RECORD, PURPOSES, OPENING_PHONE, "2026-07-06 10:00+2", OPENING_CLOSED, 0, NULL},
    {NO_RECORD, OFFICE, OPENING_PHONE, "2026-07-20 09:00+2", OPENING_OPEN, 1, NULL},
    {NO_RECORD, PHONED, OPENING_PHONE, "2026-07-20 03:00+2", OPENING_OPEN, 2, NULL},
    {NO_RECORD, PHONED, OPENING_GENERAL, "2026-07-20 03:00+2", OPENING_CLOSED, 0, NULL},
    {NO_RECORD, PHONED, OPENING_PHONE, "2026-07-28 10:00+2", OPENING_CLOSED, 0, "porucha linky"},
    {NO_RECORD, PHONED, OPENING_GENERAL, "2026-07-28 10:00+2", OPENING_OPEN, 1, NULL},
    {NO_RECORD, PHONED, OPENING_OUTPATIENT, "2026-07-28 10:00+2", OPENING_OPEN, 1, NULL},
    {BRANCH, OFFICE, OPENING_GENERAL, "2026-07-20 09:00+2", OPENING_CLOSED, 0, NULL},
    {BRANCH, OFFICE, OPENING_GENERAL, "2026-07-28 13:00+2", OPENING_OPEN, 1, NULL},
    {BRANCH, OFFICE, OPENING_GENERAL, "2026-07-21 13:00+2", OPENING_CLOSED, 0, "malování"},
    {BRANCH, VACATION, OPENING_GENERAL, "2026-07-14 13:00+2", OPENING_CLOSED, 0, "dovolená"},
    {NOTHING, OFFICE, OPENING_GENERAL, "2026-07-20 09:00+2", OPENING_OPEN, 1, NULL},
    {UNTIL_NEWS, OFFICE, OPENING_GENERAL, "2026-07-20 09:00+2", OPENING_CLOSED, 0, "rekonstrukce"},
    {BRANCH, PURPOSES, OPENING_OUTPATIENT, "2026-07-20 10:00+2", OPENING_CLOSED, 0, NULL},
    {BRANCH, PURPOSES, OPENING_PHONE, "2026-07-20 10:00+2", OPENING_OPEN, 2, NULL},
    {BRANCH, PURPOSES, OPENING_PHONE, "2026-07-21 13:00+2", OPENING_OPEN, 2, NULL},
    {BRANCH, PURPOSES, OPENING_FIELD, "2026-07-22 14:00+2", OPENING_OPEN, 8, NULL},
    {PURPOSES, ALWAYS, OPENING_PHONE, "2026-07-20 03:00+2", OPENING_CLOSED, 0, NULL},
    {BRANCH, OFFICE, OPENING_PHONE, "2026-07-28 13:00+2", OPENING_OPEN, 1, NULL},
};

START_TEST(test_opening_hours_choice)
{
    static struct opening_draft drafts[2];
    struct opening_hours place = record_hours(choices[_i].place, &drafts[0]);
    struct opening_hours service = record_hours(choices[_i].service, &drafts[1]);
    struct opening_moment moment;
    opening_moment_init(&moment, moment_of(choices[_i].at));
    struct opening_question question = {
        .place = choices[_i].place == NO_RECORD ? NULL : &place,
        .service = choices[_i].service == NO_RECORD ? NULL : &service,
        .purpose = choices[_i].purpose,
        .moment = &moment,
    };
    struct opening_answer answer;
    opening_evaluate(&question, &answer);
    ck_assert_int_eq(answer.walk_in.state, choices[_i].state);
    ck_assert_int_eq(opening_state_at(&question), choices[_i].state);
    ck_assert_uint_eq(answer.purposes, choices[_i].purposes);
    ck_assert_int_eq(answer.closure != NULL, choices[_i].closure != NULL);
    ck_assert(answer.closure == NULL || str_equal_z(answer.closure->text, choices[_i].closure));
}
END_TEST

/* The answer says which holiday it is, and what the clock shows. */
START_TEST(test_opening_hours_day)
{
    static struct opening_draft draft;
    struct opening_hours hours = record_hours(OFFICE, &draft);
    struct opening_moment moment;
    opening_moment_init(&moment, moment_of("2026-07-06 00:30+2"));
    struct opening_question question = {.service = &hours, .moment = &moment};
    struct opening_answer answer;
    opening_evaluate(&question, &answer);
    ck_assert_int_eq(answer.holiday, HOLIDAY_JAN_HUS);
    ck_assert_int_eq(answer.at.minute, 30);
    ck_assert_int_eq(answer.at.utc_ms, moment_of("2026-07-06 00:30+2"));
}
END_TEST

/* Any number is a moment; nothing overflows. */
START_TEST(test_opening_hours_extremes)
{
    static const int64_t moments[] = {INT64_MIN, -1, 0, INT64_MAX};
    static struct opening_draft draft;
    for (int name = NOTHING; name < RECORD_COUNT; name++) {
        struct opening_hours hours = record_hours((enum record_name)name, &draft);
        for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
            struct opening_moment moment;
            opening_moment_init(&moment, moments[i]);
            struct opening_question question = {.service = &hours, .moment = &moment};
            struct opening_answer answer;
            opening_evaluate(&question, &answer);
            ck_assert_int_eq(answer.walk_in.state, opening_state_at(&question));
        }
    }
}
END_TEST

START_TEST(test_opening_hours_keys)
{
    ck_assert_str_eq(opening_state_key(OPENING_UNKNOWN), "unknown");
    ck_assert_str_eq(opening_state_key(OPENING_CLOSED), "closed");
    ck_assert_str_eq(opening_state_key(OPENING_OPEN), "open");
    ck_assert_str_eq(opening_purpose_key(OPENING_FIELD), "field");
    for (int i = 0; i < OPENING_CAUSE_COUNT; i++)
        ck_assert_ptr_nonnull(opening_cause_key((enum opening_cause)i));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/opening_hours");
    TCase *tests = tcase_create("opening_hours");
    tcase_add_loop_test(tests, test_opening_hours_line, 0, sizeof lines / sizeof lines[0]);
    tcase_add_loop_test(tests, test_opening_hours_appointment, 0,
                        sizeof appointment_lines / sizeof appointment_lines[0]);
    tcase_add_loop_test(tests, test_opening_hours_choice, 0, sizeof choices / sizeof choices[0]);
    tcase_add_test(tests, test_opening_hours_day);
    tcase_add_test(tests, test_opening_hours_extremes);
    tcase_add_test(tests, test_opening_hours_keys);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
