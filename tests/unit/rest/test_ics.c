/* SPDX-License-Identifier: EUPL-1.2 */
/* Content lines of iCalendar: escapes, folds, times and rules. */
#include <check.h>
#include <string.h>

#include "../../../src/rest/ics_internal.h"
#include "sociopoint/domain/recurrence.h"
#include "support/run.h"

static struct builder out;
static struct ics ics;

static void setup(void)
{
    builder_init(&out, NULL, 1024 * 1024);
    ics = (struct ics){&out, 0};
}

static void teardown(void)
{
    builder_done(&out);
}

static void check_out(const char *expected)
{
    ck_assert(!builder_failed(&out));
    ck_assert_msg(str_equal_z(builder_view(&out), expected), "%.*s",
                  STR_ARGUMENTS(builder_view(&out)));
}

#define TEN     "0123456789"
#define SIXTY   TEN TEN TEN TEN TEN TEN
#define SEVENTY SIXTY TEN

static const struct {
    const char *text;
    const char *line;
} texts[] = {
    {"Klub", "SUMMARY:Klub\r\n"},
    {"", ""},
    {"a,b;c\\d:e\"f", "SUMMARY:a\\,b\\;c\\\\d:e\"f\r\n"},
    {"a\nb", "SUMMARY:a\\nb\r\n"},
    {"a\r\nb\r", "SUMMARY:a\\nb\r\n"},
    {"\n", "SUMMARY:\\n\r\n"},
    {"a\001b\033[c\177d\te", "SUMMARY:ab[cd\te\r\n"},
    {"END:VEVENT\r\nBEGIN:VALARM", "SUMMARY:END:VEVENT\\nBEGIN:VALARM\r\n"},
    /* 75 octets are one line, 76 two; a folded one begins with a space that counts */
    {SIXTY "1234567", "SUMMARY:" SIXTY "1234567\r\n"},
    {SIXTY "12345678", "SUMMARY:" SIXTY "1234567\r\n 8\r\n"},
    {SIXTY "1234567" SEVENTY "ABCD", "SUMMARY:" SIXTY "1234567\r\n " SEVENTY "ABCD\r\n"},
    {SIXTY "1234567" SEVENTY "ABCDE", "SUMMARY:" SIXTY "1234567\r\n " SEVENTY "ABCD\r\n E\r\n"},
    /* a character is not cut: two, three and four octets */
    {SIXTY "123456Ž", "SUMMARY:" SIXTY "123456\r\n Ž\r\n"},
    {SIXTY "12345Žx", "SUMMARY:" SIXTY "12345Ž\r\n x\r\n"},
    {SIXTY "12345€", "SUMMARY:" SIXTY "12345\r\n €\r\n"},
    {SIXTY "1234😀", "SUMMARY:" SIXTY "1234\r\n 😀\r\n"},
    {SIXTY "123😀", "SUMMARY:" SIXTY "123😀\r\n"},
    /* an escape may be cut, as it is put together again before it is read */
    {SIXTY "123456,x", "SUMMARY:" SIXTY "123456\\\r\n ,x\r\n"},
};

START_TEST(test_ics_text)
{
    ics_text_line(&ics, "SUMMARY", str_from(texts[_i].text));
    check_out(texts[_i].line);
}
END_TEST

START_TEST(test_ics_absent_text)
{
    ics_text_line(&ics, "SUMMARY", (struct str){NULL, 0});
    check_out("");
}
END_TEST

/* Whatever the length: no line is longer than 75 octets, and unfolded all is as it was. */
START_TEST(test_ics_fold_any_length)
{
    char text[1200];
    char unfolded[1200];
    size_t used = 0;
    size_t at = 0;
    size_t column = 0;
    for (int i = 0; i <= _i; i++) {
        const char *piece = i % 3 == 0 ? "ř" : i % 7 == 0 ? "€" : "a";
        memcpy(text + used, piece, strlen(piece));
        used += strlen(piece);
    }
    ics_text_line(&ics, "X", (struct str){text, used});
    struct str lines = builder_view(&out);
    ck_assert_int_eq(memcmp(lines.data + lines.length - 2, "\r\n", 2), 0);
    for (size_t i = 0; i < lines.length - 2; i++) {
        bool fold = lines.data[i] == '\r';
        if (!fold)
            unfolded[at++] = lines.data[i];
        else
            ck_assert_int_eq(memcmp(lines.data + i, "\r\n ", 3), 0);
        i += fold ? 2 : 0;
        column = fold ? 1 : column + 1;
        ck_assert_uint_le(column, 75);
        ck_assert(column != 1 || ((unsigned char)lines.data[i + 1] & 0xc0) != 0x80 || !fold);
    }
    ck_assert_uint_eq(at, used + 2);
    ck_assert_int_eq(memcmp(unfolded + 2, text, used), 0);
}
END_TEST

static int32_t day_of(const char *text)
{
    struct civil_date date;
    ck_assert(civil_date_from_text(str_from(text), &date));
    return civil_day_from_date(date);
}

START_TEST(test_ics_times)
{
    ics_begin(&ics, "A");
    ics_put_day(&ics, day_of("2026-03-09"));
    ics_end(&ics);
    ics_begin(&ics, "B");
    ics_put_local(&ics, day_of("2026-12-31"), 23 * 60 + 5);
    ics_end(&ics);
    ics_begin(&ics, "C");
    ics_put_utc(&ics, civil_time_utc_ms(day_of("2026-07-01"), 90) + 7999);
    ics_end(&ics);
    ics_begin(&ics, "D");
    ics_put_utc(&ics, -1); /* not known */
    ics_end(&ics);
    check_out("A:20260309\r\nB:20261231T230500\r\nC:20260630T233007Z\r\nD:19700101T000000Z\r\n");
}
END_TEST

static const struct {
    enum recurrence_frequency frequency;
    int32_t interval;
    const char *byday;
    const char *until;
    int32_t minute;
    const char *line;
} rules[] = {
    {RECURRENCE_WEEKLY, 1, NULL, NULL, RECURRENCE_NO_TIME, "RRULE:FREQ=WEEKLY\r\n"},
    {RECURRENCE_WEEKLY, 2, "TU,MO", NULL, RECURRENCE_NO_TIME,
     "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU\r\n"},
    {RECURRENCE_MONTHLY, 1, "1TU,-1FR,SU", NULL, RECURRENCE_NO_TIME,
     "RRULE:FREQ=MONTHLY;BYDAY=-1FR,SU,1TU\r\n"},
    /* UNTIL is of the kind of DTSTART: a day, or the moment in UTC, in summer and in winter */
    {RECURRENCE_WEEKLY, 1, "TU", "2026-06-30", RECURRENCE_NO_TIME,
     "RRULE:FREQ=WEEKLY;UNTIL=20260630;BYDAY=TU\r\n"},
    {RECURRENCE_WEEKLY, 1, "TU", "2026-06-30", 9 * 60,
     "RRULE:FREQ=WEEKLY;UNTIL=20260630T070000Z;BYDAY=TU\r\n"},
    {RECURRENCE_WEEKLY, 1, "TU", "2026-12-01", 0,
     "RRULE:FREQ=WEEKLY;UNTIL=20261130T230000Z;BYDAY=TU\r\n"},
};

START_TEST(test_ics_rules)
{
    struct recurrence days = {.frequency = rules[_i].frequency,
                              .interval = rules[_i].interval,
                              .last_day = RECURRENCE_NO_DAY};
    if (rules[_i].byday != NULL)
        ck_assert(recurrence_byday_from_text(str_from(rules[_i].byday), true, days.weekdays));
    if (rules[_i].until != NULL)
        days.last_day = day_of(rules[_i].until);
    ics_rule_line(&ics, &days, rules[_i].minute);
    check_out(rules[_i].line);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("ics");
    TCase *tests = tcase_create("ics");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_ics_text, 0, COUNT_OF(texts));
    tcase_add_test(tests, test_ics_absent_text);
    tcase_add_loop_test(tests, test_ics_fold_any_length, 0, 299);
    tcase_add_test(tests, test_ics_times);
    tcase_add_loop_test(tests, test_ics_rules, 0, COUNT_OF(rules));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
