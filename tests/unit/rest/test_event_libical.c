/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Calendars as another program reads them: libical finds nothing wrong in what is given out, and
 * what it makes of rules, days left out and both nights of the clocks is what the list of events
 * says. Built where libical is installed, as ./dev test does.
 *
 * Left out is what begins within the hour that is there twice: RFC 5545 (3.3.5) means the first
 * one, as we do, and libical 3.0 takes the second.
 */
#include "fixture.h"

#include <libical/ical.h>

#include "support/run.h"

enum { LINES_MAXIMUM = 1000, LINE_SIZE = 160, TARGET_SIZE = 200 };

static const char year[] = "from=2026-01-01&to=2026-12-31";

static const struct {
    const char *key;
    const char *name;
    const char *facts; /* the other members */
    int occurrences;   /* in the year 2026 */
} published[] = {
    {"single", "Beseda", "\"starts_at\":\"2026-05-06T17:00\",\"ends_at\":\"2026-05-06T18:30\"", 1},
    {"no-end", "Otevření; kde, to se dozvíte", "\"starts_at\":\"2026-12-01T08:00\"", 1},
    {"spring-night", "Noc, která má hodinu méně",
     "\"starts_at\":\"2026-03-28T22:00\",\"ends_at\":\"2026-03-29T04:00\"", 1},
    {"autumn-night", "Noc, která má hodinu navíc",
     "\"starts_at\":\"2026-10-24T22:00\",\"ends_at\":\"2026-10-25T04:00\"", 1},
    {"weekly", "Klub pro seniory, kteří hrají v karty, šachy a jiné hry, i když prohrávají 😀",
     "\"starts_at\":\"2026-03-03T09:00\",\"ends_at\":\"2026-03-03T10:00\",\"rrule\":{\"freq\":"
     "\"WEEKLY\",\"byday\":\"TU\",\"until\":\"2026-11-10\",\"except\":[\"2026-03-31\","
     "\"2026-10-27\"]}",
     35},
    {"nights", "Noci ze soboty na neděli",
     "\"starts_at\":\"2026-03-01T01:30\",\"ends_at\":\"2026-03-01T03:30\",\"rrule\":{\"freq\":"
     "\"WEEKLY\",\"byday\":\"SU\"}",
     44},
    {"fortnight", "Dvakrát za čtrnáct dní",
     "\"starts_at\":\"2026-01-01T00:00\",\"ends_at\":\"2026-01-01T23:59\",\"rrule\":{\"freq\":"
     "\"WEEKLY\",\"interval\":2,\"byday\":\"TH,MO\"}",
     53},
    {"ordinals", "Druhé úterý a poslední pátek",
     "\"starts_at\":\"2026-02-10T15:30\",\"rrule\":{\"freq\":\"MONTHLY\",\"byday\":\"2TU,-1FR\","
     "\"until\":\"2026-10-30\",\"except\":[\"2026-02-10\"]}",
     17},
    {"thirty-first", "Jednatřicátého",
     "\"starts_at\":\"2026-01-31T10:00\",\"rrule\":{\"freq\":\"MONTHLY\"}", 7},
    {"quarterly", "První pondělí čtvrtletí",
     "\"starts_at\":\"2025-10-06T10:00\",\"rrule\":{\"freq\":\"MONTHLY\",\"interval\":3,"
     "\"byday\":\"1MO\"}",
     4},
    {"day", "Den, který nemá čas", "\"description\":\"První\\nden\",\"starts_at\":\"2026-12-24\"",
     1},
    {"days", "Tři dny", "\"starts_at\":\"2026-07-03\",\"ends_at\":\"2026-07-05\",\"all_day\":true",
     1},
    {"all-days", "Celé dny",
     "\"starts_at\":\"2026-03-27\",\"all_day\":true,\"rrule\":{\"freq\":\"WEEKLY\",\"byday\":"
     "\"FR,SA,SU,MO\",\"until\":\"2026-04-06\",\"except\":[\"2026-03-29\"]}",
     7},
    {"all-cancelled", "Odpadá každý den, který měl být",
     "\"starts_at\":\"2026-06-01T10:00\",\"rrule\":{\"freq\":\"WEEKLY\",\"byday\":\"MO\",\"until\":"
     "\"2026-06-08\",\"except\":[\"2026-06-01\",\"2026-06-08\"]}",
     0},
};
enum { PUBLISHED = sizeof published / sizeof published[0] };

static struct fixture fixture;
static icalcomponent *calendar;

/* --- Setting up --------------------------------------------------------------------------------- */

static void publish(size_t i, int64_t seq, bool removed)
{
    char facts[1024];
    (void)snprintf(facts, sizeof facts,
                   "{\"name\":\"%s\",\"organization_name\":\"Charita\",%s,\"modified\":"
                   "\"2026-01-02T03:04:05Z\",\"source\":\"https://example.org/a,b;c\"}",
                   published[i].name, published[i].facts);
    const struct document_row row = {
        .seq = seq,
        .removed = removed,
        .municipality = STR("ostrava"),
        .facts = str_from(facts),
    };
    fixture_apply_event(&fixture, &row, published[i].key, published[i].name, "2026-01-01");
}

static void setup(void)
{
    icalerror_set_errors_are_fatal(0);
    fixture_init(&fixture);
    for (size_t i = 0; i < PUBLISHED; i++)
        publish(i, 100 + (int64_t)i, false);
    fixture_build(&fixture);
}

static void forget_calendar(void)
{
    if (calendar != NULL)
        icalcomponent_free(calendar);
    calendar = NULL;
}

static void teardown(void)
{
    forget_calendar();
    fixture_done(&fixture);
}

/* --- Reading ------------------------------------------------------------------------------------ */

/* Whether libical takes the text for a calendar that breaks no rule. */
static bool read_calendar(const char *text)
{
    forget_calendar();
    icalerror_clear_errno();
    calendar = icalparser_parse_string(text);
    return calendar != NULL && icalerrno == ICAL_NO_ERROR &&
           icalcomponent_count_errors(calendar) == 0 && icalrestriction_check(calendar) == 1 &&
           icalcomponent_count_errors(calendar) == 0;
}

static void get_calendar(const char *target)
{
    ck_assert_int_eq(fixture_get(&fixture, target), 200);
    char *text = malloc(fixture.body.length + 1);
    ck_assert_ptr_nonnull(text);
    (void)str_copy_z(fixture.body, text, fixture.body.length + 1);
    bool read = read_calendar(text);
    ck_assert_msg(read, "%s", calendar == NULL ? text : icalcomponent_as_ical_string(calendar));
    free(text);
}

static const char *of_event(const char *key)
{
    static char target[TARGET_SIZE];
    (void)snprintf(target, sizeof target, "/v1/events/%s.ics", fixture_id("event", key));
    return target;
}

/* --- Occurrences: lines "id start end", in seconds since 1970 or as days ------------------------- */

struct lines {
    size_t count;
    char line[LINES_MAXIMUM][LINE_SIZE];
};

static int compare_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void sort_lines(struct lines *lines)
{
    qsort(lines->line, lines->count, LINE_SIZE, compare_lines);
}

/* "2026-10-20T09:00:00+02:00", "2026-10-20", or nothing. */
static void moment_of_json(const json_t *value, char text[32])
{
    const char *moment = json_string_value(value);
    int year_, month, day, hour, minute, second, off_hour, off_minute;
    char sign;
    (void)snprintf(text, 32, "%s", moment == NULL ? "-" : moment);
    if (moment == NULL || sscanf(moment, "%d-%d-%dT%d:%d:%d%c%d:%d", &year_, &month, &day, &hour,
                                 &minute, &second, &sign, &off_hour, &off_minute) != 9)
        return;
    struct icaltimetype time = {.year = year_,
                                .month = month,
                                .day = day,
                                .hour = hour,
                                .minute = minute,
                                .second = second};
    long long offset = (off_hour * 60 + off_minute) * 60 * (sign == '-' ? -1 : 1);
    (void)snprintf(text, 32, "%lld", (long long)icaltime_as_timet(time) - offset);
}

static const json_t *first_of(const json_t *object, const char *name, const char *other)
{
    const json_t *value = json_object_get(object, name);
    return value != NULL ? value : json_object_get(object, other);
}

static void add_listed(struct lines *lines, const json_t *occurrence)
{
    char start[32];
    char end[32];
    bool timed = json_object_get(occurrence, "starts_at") != NULL;
    moment_of_json(first_of(occurrence, "starts_at", "date"), start);
    moment_of_json(json_object_get(occurrence, timed ? "ends_at" : "end_date"), end);
    ck_assert_uint_lt(lines->count, LINES_MAXIMUM);
    (void)snprintf(lines->line[lines->count++], LINE_SIZE, "%s %s %s",
                   json_string_value(json_object_get(json_object_get(occurrence, "event"), "id")),
                   start, end);
}

/* What the list of events says, page by page. */
static void list(struct lines *lines, const char *window)
{
    char target[TARGET_SIZE];
    bool last = false;
    lines->count = 0;
    for (int page = 1; !last; page++) {
        (void)snprintf(target, sizeof target, "/v1/events?%s&per_page=100&page=%d", window, page);
        ck_assert_int_eq(fixture_get(&fixture, target), 200);
        const json_t *contents = json_object_get(fixture.json, "contents");
        for (size_t i = 0; i < json_array_size(contents); i++)
            add_listed(lines, json_array_get(contents, i));
        last = json_is_true(json_object_get(fixture.json, "last_page"));
    }
    sort_lines(lines);
}

static void moment_of_ical(struct icaltimetype time, char text[32])
{
    if (time.is_date)
        (void)snprintf(text, 32, "%04d-%02d-%02d", time.year, time.month, time.day);
    else
        (void)snprintf(text, 32, "%lld", (long long)icaltime_as_timet_with_zone(time, time.zone));
}

static int number_of_day(struct icaltimetype time)
{
    return time.year * 10000 + time.month * 100 + time.day;
}

/* The end, or the last day, of the one that begins at `start`; the start where none is stated. */
static struct icaltimetype end_of(icalcomponent *event, struct icaltimetype start)
{
    struct icaltimetype first = icalcomponent_get_dtstart(event);
    struct icaltimetype end = icalcomponent_get_dtend(event);
    int days = icaltime_day_of_year(start) - icaltime_day_of_year(first);
    if (icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY) == NULL)
        return start;
    for (int y = first.year; y < start.year; y++)
        days += icaltime_days_in_year(y);
    icaltime_adjust(&end, end.is_date ? days - 1 : days, 0, 0, 0);
    return end;
}

static void add_expanded(struct lines *lines, icalcomponent *event, struct icaltimetype start)
{
    char from[32];
    char to[32] = "-";
    struct icaltimetype end = end_of(event, start);
    moment_of_ical(start, from);
    if (icaltime_compare(start, end) != 0)
        moment_of_ical(end, to);
    ck_assert_uint_lt(lines->count, LINES_MAXIMUM);
    (void)snprintf(lines->line[lines->count++], LINE_SIZE, "%s %s %s", icalcomponent_get_uid(event),
                   from, to);
}

/* What libical makes of one event, of what touches these days. */
static void expand_event(struct lines *lines, icalcomponent *event, int first_day, int last_day)
{
    struct icaltimetype first = icalcomponent_get_dtstart(event);
    struct icaltimetype start = first;
    icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
    icalrecur_iterator *next =
        rule == NULL ? NULL : icalrecur_iterator_new(icalproperty_get_rrule(rule), first);
    ck_assert(rule == NULL || next != NULL);
    if (next != NULL)
        start = icalrecur_iterator_next(next);
    while (!icaltime_is_null_time(start) && number_of_day(start) <= last_day) {
        if (number_of_day(end_of(event, start)) >= first_day &&
            !icalproperty_recurrence_is_excluded(event, &first, &start))
            add_expanded(lines, event, start);
        start = next == NULL ? icaltime_null_time() : icalrecur_iterator_next(next);
    }
    if (next != NULL)
        icalrecur_iterator_free(next);
}

static void expand(struct lines *lines, int first_day, int last_day)
{
    lines->count = 0;
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event != NULL; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        expand_event(lines, event, first_day, last_day);
    sort_lines(lines);
}

/* --- Tests -------------------------------------------------------------------------------------- */

static struct lines listed;
static struct lines expanded;

#define OBJECT(lines) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" lines "END:VCALENDAR\r\n"
#define EVENT(lines)                                                                               \
    OBJECT("BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n" lines "END:VEVENT\r\n")

/* So that its silence means something. */
static const struct {
    const char *text;
    bool good;
} strictness[] = {
    {EVENT("DTSTART;VALUE=DATE:20260101\r\n"), true},
    {EVENT("DTSTART;TZID=Europe/Prague:20260101T9\r\n"), false},
    {EVENT("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=OFTEN\r\n"), false},
    {EVENT("DTSTART;VALUE=DATE:20260101\r\nDTSTART;VALUE=DATE:20260102\r\n"), false},
    {EVENT("DTSTART;VALUE=DATE:20260101\r\nTRANSP:MAYBE\r\nno line at all\r\n"), false},
    {OBJECT("BEGIN:VEVENT\r\nUID:1\r\nUID:2\r\nEND:VEVENT\r\n"), false},
};

START_TEST(test_event_libical_is_strict)
{
    ck_assert_int_eq(read_calendar(strictness[_i].text), strictness[_i].good);
}
END_TEST

START_TEST(test_event_libical_all)
{
    get_calendar("/v1/events.ics?municipality=ostrava");
    ck_assert_int_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), PUBLISHED);
    ck_assert_int_eq(icalcomponent_count_components(calendar, ICAL_VTIMEZONE_COMPONENT), 1);
    get_calendar("/v1/events.ics?municipality=brno");
    ck_assert_int_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 0);
}
END_TEST

/* Each alone: texts come back as they were, and in the year there are as many as were counted by
 * hand. */
START_TEST(test_event_libical_one)
{
    get_calendar(of_event(published[_i].key));
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    ck_assert_ptr_nonnull(event);
    ck_assert_str_eq(icalcomponent_get_uid(event), fixture_id("event", published[_i].key));
    ck_assert_str_eq(icalcomponent_get_summary(event), published[_i].name);
    expand(&expanded, 20260101, 20261231);
    ck_assert_int_eq((int)expanded.count, published[_i].occurrences);
}
END_TEST

static const struct {
    const char *window;
    int first_day;
    int last_day;
} windows[] = {
    {year, 20260101, 20261231},
    {"from=2026-03-29&to=2026-03-29", 20260329, 20260329}, /* the clocks go forward */
    {"from=2026-10-25&to=2026-10-25", 20261025, 20261025}, /* ... and back */
    {"from=2026-03-23&to=2026-04-05", 20260323, 20260405},
    {"from=2026-10-19&to=2026-11-01", 20261019, 20261101},
    {"from=2027-01-01&to=2027-12-31", 20270101, 20271231},
    {"from=2032-02-01&to=2032-03-31", 20320201, 20320331},
};

START_TEST(test_event_libical_occurrences)
{
    list(&listed, windows[_i].window);
    get_calendar("/v1/events.ics");
    expand(&expanded, windows[_i].first_day, windows[_i].last_day);
    ck_assert_uint_gt(listed.count, 0);
    for (size_t i = 0; i < listed.count && i < expanded.count; i++)
        ck_assert_str_eq(listed.line[i], expanded.line[i]);
    ck_assert_uint_eq(listed.count, expanded.count);
}
END_TEST

/* Called off altogether, an event is in no calendar and in no list. */
START_TEST(test_event_libical_called_off)
{
    publish(0, 1000, true);
    fixture_build(&fixture);
    ck_assert_int_eq(fixture_get(&fixture, of_event(published[0].key)), 404);
    get_calendar("/v1/events.ics");
    ck_assert_int_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT),
                     PUBLISHED - 1);
    list(&listed, year);
    expand(&expanded, 20260101, 20261231);
    ck_assert_uint_eq(listed.count, expanded.count);
    for (size_t i = 0; i < listed.count; i++)
        ck_assert_ptr_null(strstr(listed.line[i], fixture_id("event", published[0].key)));
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("event_libical");
    TCase *tests = tcase_create("event_libical");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_event_libical_is_strict, 0, COUNT_OF(strictness));
    tcase_add_test(tests, test_event_libical_all);
    tcase_add_loop_test(tests, test_event_libical_one, 0, PUBLISHED);
    tcase_add_loop_test(tests, test_event_libical_occurrences, 0, COUNT_OF(windows));
    tcase_add_test(tests, test_event_libical_called_off);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
