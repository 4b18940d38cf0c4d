/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an import says of hours, closures, coordinates and room: first the schema, then the
 * calendar.
 *
 * Every file here also has a service that is wrong in a way of its own, so that nothing is ever
 * written and no database is needed; what is told besides is what the table says.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/source.h"

#include "sociopoint/directory/import.h"
#include "sociopoint/domain/knowledge.h"
#include "support/run.h"

enum { TOLD_MAXIMUM = 16 };

static struct problem told[TOLD_MAXIMUM];
static size_t told_count;
static bool checked; /* the schema was satisfied */

static void tell(void *context, const struct problem *problem)
{
    (void)context;
    if (strcmp(problem->code, "import-ages-reversed") == 0) {
        checked = true;
        return;
    }
    ck_assert_uint_lt(told_count, TOLD_MAXIMUM);
    told[told_count++] = *problem;
}

#define NAMES                                                                                      \
    "\"organization\":\"o\",\"name\":\"N\",\"description\":\"D\",\"situations\":[],"               \
    "\"target_groups\":[],\"source\":{\"name\":\"S\"}"

static const struct municipality ostrava = {
    .key = STR_CONSTANT("ostrava"),
    .name = {{STR_CONSTANT("Ostrava"), STR_CONSTANT("Ostrava"), STR_CONSTANT("Острава")}},
    .region = STR_CONSTANT("moravskoslezsky"),
};

/* One city and no terms. */
static const struct knowledge *make_knowledge(void)
{
    static const struct translated name = {
        {STR_CONSTANT("T"), STR_CONSTANT("T"), STR_CONSTANT("T")}};
    struct knowledge *knowledge = knowledge_new(1 << 16);
    ck_assert_ptr_nonnull(knowledge);
    knowledge->municipalities = &ostrava;
    knowledge->municipality_count = 1;
    knowledge->situations_taxonomy = (struct term){{{0}}, STR("situations"), name, name};
    knowledge->target_groups_taxonomy = (struct term){{{1}}, STR("target-groups"), name, name};
    knowledge->kinds_taxonomy = (struct term){{{2}}, STR("service-kinds"), name, name};
    return knowledge;
}

/* Imports one service and one location with these members. */
static void import(const char *service, const char *location)
{
    char path[] = "/tmp/sociopoint-import-XXXXXX";
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    FILE *file = fdopen(descriptor, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert(fprintf(file,
                      "{\"municipality\":\"ostrava\",\"organizations\":[{\"key\":\"o\",\"name\":"
                      "\"O\"}],\"locations\":[{\"key\":\"l\",\"organization\":\"o\"%s}],"
                      "\"services\":[{\"key\":\"s\"," NAMES "%s},{\"key\":\"wrong\"," NAMES
                      ",\"minimum_age\":9,\"maximum_age\":8}]}",
                      location, service) > 0);
    ck_assert_int_eq(fclose(file), 0);
    const struct knowledge *knowledge = make_knowledge();
    const char *files[] = {path, NULL};
    char schema[512];
    (void)snprintf(schema, sizeof schema, "%s", source_path("config/schema/directory.json"));
    const struct import_source source = {schema, files};
    const struct import_report report = {.problem = tell};
    struct import_result result;
    struct error err = {0};
    told_count = 0;
    checked = false;
    ck_assert(!directory_import(NULL, knowledge, &source, &report, &result, &err));
    knowledge_release(knowledge);
    ck_assert_int_eq(unlink(path), 0);
}

#define OPEN      ",\"concealed\":false"
#define CONCEALED ",\"concealed\":true,\"area\":[\"cz\"]"
#define TIMES     "\"opens_at\":\"08:00\",\"closes_at\":\"12:00\""
#define DAY       "2026-11-20"

static const struct {
    const char *service;
    const char *location;
    const char *code; /* NULL: nothing */
    const char *pointer;
    const char *argument; /* NULL: not looked at */
} cases[] = {
    /* right */
    {",\"schedules\":[{\"byday\":\"MO,TU\"," TIMES "},{\"byday\":\"SA\"},{" TIMES "},"
     "{\"freq\":\"MONTHLY\",\"byday\":\"1TU,-1FR\"," TIMES "},"
     "{\"freq\":\"MONTHLY\",\"bymonthday\":\"1,-1\"," TIMES "},"
     "{\"byday\":\"MO\",\"interval\":2,\"dtstart\":\"2026-01-05\",\"until\":\"2026-12-31\"},"
     "{\"byday\":\"MO\",\"byweekno\":\"1,3\",\"purpose\":\"phone\",\"by_appointment\":true,"
     "\"holidays\":\"closed\",\"notes\":\"jen objednaní\"},{\"holidays\":\"only\"," TIMES "},"
     "{\"byday\":\"TH\",\"valid_from\":\"2026-12-24\",\"valid_to\":\"2026-12-31\","
     "\"replaces\":true," TIMES "}],\"closures\":[{\"from\":\"2026-07-01\",\"text\":\"T\"},"
     "{\"from\":\"2026-07-01\",\"to\":\"2026-07-01\",\"text\":\"T\",\"purpose\":\"field\"}]",
     OPEN ",\"latitude\":49.8,\"longitude\":18.2,\"schedules\":[{\"byday\":\"MO\"}],"
          "\"closures\":[{\"from\":\"2026-07-01\",\"text\":\"T\"}]",
     NULL, NULL, NULL},
    {",\"capacities\":[{\"unit\":\"beds\",\"available\":2,\"maximum\":2,\"waiting\":9,\"as_of\":"
     "\"2026\"},{\"unit\":\"flats\",\"maximum\":2,\"as_of\":\"2026-11\"},{\"unit\":\"users\","
     "\"waiting\":1,\"as_of\":\"" DAY "\"},{\"unit\":\"families\",\"available\":0,\"as_of\":\"" DAY
     "T10:00:00+01:00\"}]",
     OPEN, NULL, NULL, NULL},
    {"", CONCEALED ",\"schedules\":[{\"byday\":\"MO\"}]", NULL, NULL, NULL},
    /* what the schema sees */
    {"", CONCEALED ",\"latitude\":49.8,\"longitude\":18.2", "schema-false", "/latitude", NULL},
    {"", OPEN ",\"latitude\":49.8", "schema-dependent-required", "", "longitude"},
    {",\"schedules\":[{\"notes\":\"jen tak\"}]", OPEN, "schema-any-of", "/schedules/0", NULL},
    {",\"schedules\":[{\"byday\":\"MO\",\"freq\":\"DAILY\"}]", OPEN, "schema-enum",
     "/schedules/0/freq", NULL},
    {",\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00Z\"}]", OPEN, "schema-pattern",
     "/schedules/0/opens_at", NULL},
    {",\"schedules\":[{\"byday\":\"MO\",\"by_appointment\":false}]", OPEN, "schema-const",
     "/schedules/0/by_appointment", NULL},
    {",\"schedules\":[{\"byday\":\"MO\",\"replaces\":true}]", OPEN, "schema-dependent-required",
     "/schedules/0", NULL},
    {",\"closures\":[{\"from\":\"2026-07\",\"text\":\"T\"}]", OPEN, "schema-pattern",
     "/closures/0/from", NULL},
    {",\"closures\":[{\"from\":\"2026-07-01\"}]", OPEN, "schema-required", "/closures/0", "text"},
    {",\"capacities\":[{\"unit\":\"beds\",\"as_of\":\"2026\"}]", OPEN, "schema-any-of",
     "/capacities/0", NULL},
    {",\"capacities\":[{\"unit\":\"beds\",\"available\":1}]", OPEN, "schema-required",
     "/capacities/0", "as_of"},
    {",\"rules\":[{\"code\":\"residency\",\"text\":\"T\",\"kind\":\"eligibility\"}]", OPEN,
     "schema-enum", "/rules/0/code", NULL},
    /* what only the calendar knows */
    {",\"schedules\":[{\"byday\":\"MO\"},{\"byday\":\"1MO\"}]", OPEN, "schedule-weekday",
     "/schedules/1/byday", "1MO"},
    {",\"schedules\":[{\"byday\":\"MO\",\"valid_from\":\"2026-03-02\",\"valid_to\":\"2026-03-01\"}"
     "]",
     OPEN, "schedule-dates-order", "/schedules/0/valid_to", "2026-03-01"},
    {",\"schedules\":[{\"byday\":\"MO\",\"until\":\"2026-02-29\"}]", OPEN, "schedule-date",
     "/schedules/0/until", "2026-02-29"},
    {",\"schedules\":[{\"byday\":\"MO\",\"interval\":2}]", OPEN, "schedule-start-missing",
     "/schedules/0/dtstart", NULL},
    {",\"schedules\":[{\"bymonthday\":\"3\"}]", OPEN, "schedule-month-day",
     "/schedules/0/bymonthday", "3"},
    {",\"schedules\":[{\"freq\":\"MONTHLY\",\"byday\":\"MO\",\"byweekno\":\"3\"}]", OPEN,
     "schedule-week", "/schedules/0/byweekno", "3"},
    {",\"closures\":[{\"from\":\"2026-02-30\",\"text\":\"T\"}]", OPEN, "schedule-date",
     "/closures/0/from", "2026-02-30"},
    {",\"closures\":[{\"from\":\"2026-03-02\",\"to\":\"2026-03-01\",\"text\":\"T\"}]", OPEN,
     "schedule-dates-order", "/closures/0/to", "2026-03-01"},
    {"", OPEN ",\"schedules\":[{\"byday\":\"2TU\"}]", "schedule-weekday", "/schedules/0/byday",
     "2TU"},
    {"", CONCEALED ",\"closures\":[{\"from\":\"2026-04-31\",\"text\":\"T\"}]", "schedule-date",
     "/closures/0/from", "2026-04-31"},
    {",\"capacities\":[{\"unit\":\"beds\",\"maximum\":1,\"as_of\":\"2026\"},"
     "{\"unit\":\"beds\",\"maximum\":2,\"as_of\":\"2026\"}]",
     OPEN, "import-unit-twice", "/capacities/1/unit", "beds"},
    {",\"capacities\":[{\"unit\":\"beds\",\"available\":3,\"maximum\":2,\"as_of\":\"2026\"}]", OPEN,
     "import-room-above-maximum", "/capacities/0/available", NULL},
    {",\"capacities\":[{\"unit\":\"beds\",\"available\":3,\"as_of\":\"2026-02-30\"}]", OPEN,
     "schedule-date", "/capacities/0/as_of", "2026-02-30"},
};

START_TEST(test_import_hours)
{
    import(cases[_i].service, cases[_i].location);
    if (cases[_i].code == NULL) {
        ck_assert_msg(told_count == 0, "%s %s", told[0].code, told[0].pointer);
        ck_assert(checked);
        return;
    }
    ck_assert_uint_ge(told_count, 1);
    ck_assert(checked == (strncmp(cases[_i].code, "schema-", 7) != 0));
    ck_assert_str_eq(told[0].code, cases[_i].code);
    size_t end = strlen(told[0].pointer);
    size_t length = strlen(cases[_i].pointer);
    ck_assert_msg(end >= length && strcmp(told[0].pointer + end - length, cases[_i].pointer) == 0,
                  "%s", told[0].pointer);
    if (cases[_i].argument != NULL)
        ck_assert_str_eq(told[0].argument[0], cases[_i].argument);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("directory/import_hours");
    TCase *tests = tcase_create("import_hours");
    tcase_add_loop_test(tests, test_import_hours, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
