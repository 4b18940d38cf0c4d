/* SPDX-License-Identifier: EUPL-1.2 */
/* Hours, coordinates and room, from the facts of a service and its places. */
#include <stdio.h>

#include "sociopoint/catalogue/match_index.h"
#include "sociopoint/domain/opening_hours.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

static struct entry_heap heap; /* goes with the program */

static struct entry *entry_of(const char *facts)
{
    struct error err = {0};
    struct document_row row = rows_document(5, DOCUMENT_SERVICE, "it", facts);
    struct entry *entry = entry_new(&heap, &row, &err);
    ck_assert_ptr_nonnull(entry);
    return entry;
}

/* How many rules and closures come of it; none of them when anything could not be understood. */
static const struct {
    const char *facts;
    size_t rules;
    size_t closures;
    unsigned unread;
} hours[] = {
    {"{}", 0, 0, 0},
    {"{\"schedules\":[],\"closures\":[]}", 0, 0, 0},
    {"{\"schedules\":{},\"closures\":7}", 0, 0, 0},
    {"{\"schedules\":[{\"byday\":\"MO,TU\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]}", 1, 0,
     0},
    {"{\"closures\":[{\"from\":\"2026-07-01\",\"to\":\"2026-07-14\"}],\"schedules\":["
     "{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"},"
     "{\"byday\":\"MO\",\"opens_at\":\"13:00\",\"closes_at\":\"24:00\"}]}",
     2, 1, 0},
    {"{\"closures\":[{\"from\":\"2026-07-01\"}]}", 0, 1, 0},
    {"{\"schedules\":[{\"byday\":\"MO\",\"freq\":\"WEEKLY\",\"wkst\":\"MO\",\"interval\":2,"
     "\"dtstart\":\"2026-01-05\",\"until\":\"2026-12-31\",\"opens_at\":\"08:00\","
     "\"closes_at\":\"12:00\",\"valid_from\":\"2026-01-01\",\"valid_to\":\"2026-12-31\","
     "\"purpose\":\"phone\",\"holidays\":\"closed\",\"by_appointment\":true,\"new\":[1]}]}",
     1, 0, 0},
    {"{\"schedules\":[{\"freq\":\"MONTHLY\",\"byday\":\"1TU\",\"opens_at\":\"16:00\","
     "\"closes_at\":\"18:00\"},{\"freq\":\"MONTHLY\",\"bymonthday\":\"15\",\"opens_at\":\"16:00\","
     "\"closes_at\":\"18:00\"}]}",
     2, 0, 0},
    {"{\"schedules\":[{\"byday\":\"MO,TU,WE,TH,FR\",\"holidays\":\"closed\"}]}", 1, 0, 0},
    {"{\"schedules\":[{\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]}", 1, 0, 0},
    {"{\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"8 am\",\"closes_at\":\"12:00\"}]}", 0, 0, 1},
    {"{\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"},"
     "{\"byday\":\"XX\"},7]}",
     0, 0, 2},
    {"{\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}],"
     "\"closures\":[{\"from\":\"2026-02-30\"}]}",
     0, 0, 1},
    {"{\"closures\":[{\"from\":\"2026-07-14\",\"to\":\"2026-07-01\"},[]]}", 0, 0, 2},
};

START_TEST(test_facts_hours)
{
    struct entry *entry = entry_of(hours[_i].facts);
    const struct service_facts *facts = entry->facts.service;
    ck_assert_uint_eq(facts->unread_schedules, hours[_i].unread);
    if (hours[_i].rules + hours[_i].closures == 0) {
        ck_assert_ptr_null(facts->hours);
    } else {
        ck_assert_ptr_nonnull(facts->hours);
        ck_assert_uint_eq(facts->hours->rule_count, hours[_i].rules);
        ck_assert_uint_eq(facts->hours->closure_count, hours[_i].closures);
    }
    entry_release(entry);
}
END_TEST

/* More schedules than a record may have: no hours, and no crash. */
START_TEST(test_facts_hours_beyond_the_limit)
{
    static const char one[] = "{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}";
    char facts[(OPENING_RULES_MAXIMUM + 2) * sizeof one + 32] = "{\"schedules\":[";
    for (int i = 0; i <= OPENING_RULES_MAXIMUM; i++) {
        size_t used = strlen(facts);
        ck_assert(snprintf(facts + used, sizeof facts - used, "%s%s", i > 0 ? "," : "", one) > 0);
    }
    size_t used = strlen(facts);
    ck_assert(snprintf(facts + used, sizeof facts - used, "]}") == 2);
    struct entry *entry = entry_of(facts);
    ck_assert_ptr_null(entry->facts.service->hours);
    ck_assert_uint_eq(entry->facts.service->unread_schedules, 1);
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_hours_mean_what_they_say)
{
    struct entry *entry = entry_of(
        "{\"closures\":[{\"from\":\"2026-07-01\",\"to\":\"2026-07-14\",\"text\":\"Dovolen\\u00e1\","
        "\"purpose\":\"outpatient\"}],\"schedules\":[{\"byday\":\"TU\",\"opens_at\":\"08:30\","
        "\"closes_at\":\"11:00\",\"by_appointment\":true,\"purpose\":\"phone\","
        "\"holidays\":\"closed\"}]}");
    const struct opening_hours *read = entry->facts.service->hours;
    const struct opening_rule *rule = &read->rules[0];
    ck_assert_uint_eq(rule->opens, 8 * 60 + 30);
    ck_assert_uint_eq(rule->length, 150);
    ck_assert(rule->by_appointment && !rule->unsure && !rule->replaces);
    ck_assert_uint_eq(rule->purpose, OPENING_PHONE);
    ck_assert_uint_eq(rule->holidays, OPENING_HOLIDAYS_CLOSED);
    ck_assert_int_eq(read->closures[0].purpose, OPENING_OUTPATIENT);
    ck_assert_int_eq(read->closures[0].last_day - read->closures[0].first_day, 13);
    ck_assert(str_equal_z(read->closures[0].text, "Dovolená"));
    entry_release(entry);
}
END_TEST

#define HOURS "{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}"

/* The hours of a place are its own, and a bad one takes no other's with it. */
START_TEST(test_facts_hours_of_places)
{
    struct entry *entry = entry_of(
        "{\"schedules\":[" HOURS "],\"places\":[{\"schedules\":[" HOURS "," HOURS "]},"
        "{\"schedules\":[{\"byday\":\"?\"}],\"closures\":[{\"from\":\"2026-01-01\"}]},"
        "{\"concealed\":true,\"closures\":[{\"from\":\"2026-01-01\",\"text\":\"a\"}]},{}]}");
    const struct service_facts *facts = entry->facts.service;
    ck_assert_uint_eq(facts->place_count, 4);
    ck_assert_uint_eq(facts->hours->rule_count, 1);
    ck_assert_uint_eq(facts->places[0].hours->rule_count, 2);
    ck_assert_ptr_null(facts->places[1].hours);
    ck_assert_uint_eq(facts->places[2].hours->closure_count, 1);
    ck_assert_ptr_null(facts->places[3].hours);
    ck_assert_uint_eq(facts->unread_schedules, 1);
    entry_release(entry);
}
END_TEST

static const struct {
    const char *place;
    bool has;
    int32_t latitude;
    int32_t longitude;
} coordinates[] = {
    {"{\"latitude\":49.8347,\"longitude\":18.2819}", true, 49834700, 18281900},
    {"{\"latitude\":49.834701,\"longitude\":18.2819009}", true, 49834701, 18281900},
    {"{\"latitude\":-49,\"longitude\":-0.5}", true, -49000000, -500000},
    {"{\"latitude\":90,\"longitude\":-180.000000}", true, 90000000, -180000000},
    {"{\"latitude\":0,\"longitude\":0}", true, 0, 0},
    {"{\"latitude\":49.8347,\"longitude\":18.2819,\"concealed\":true}", false, 0, 0},
    {"{\"latitude\":49.8347}", false, 0, 0},
    {"{\"longitude\":18.2819}", false, 0, 0},
    {"{\"latitude\":90.000001,\"longitude\":18}", false, 0, 0},
    {"{\"latitude\":49,\"longitude\":-180.1}", false, 0, 0},
    {"{\"latitude\":\"49\",\"longitude\":18}", false, 0, 0},
    {"{\"latitude\":null,\"longitude\":18}", false, 0, 0},
    {"{\"latitude\":4.9e1,\"longitude\":18}", false, 0, 0},
    {"{\"latitude\":49,\"longitude\":99999999999999999999}", false, 0, 0},
    {"{}", false, 0, 0},
};

START_TEST(test_facts_coordinates)
{
    char facts[256];
    ck_assert(snprintf(facts, sizeof facts, "{\"places\":[%s]}", coordinates[_i].place) > 0);
    struct entry *entry = entry_of(facts);
    const struct service_place *place = &entry->facts.service->places[0];
    ck_assert(place->has_coordinates == coordinates[_i].has);
    ck_assert_int_eq(place->latitude_micro, coordinates[_i].latitude);
    ck_assert_int_eq(place->longitude_micro, coordinates[_i].longitude);
    entry_release(entry);
}
END_TEST

#define UNIT(unit, available, as_of)                                                               \
    "{\"unit\":\"" unit "\",\"available\":" #available ",\"as_of\":\"" as_of "\"}"
#define STATE "\"free_places\":{\"state\":\"some\",\"as_of\":\"2025\"}"

/* What is known of free places: numbers go before the state. */
static const struct {
    const char *facts;
    enum free_places free;
    int count;
    const char *as_of; /* NULL: absent */
} room[] = {
    {"{}", FREE_UNKNOWN, -1, NULL},
    {"{" STATE "}", FREE_SOME, -1, "2025"},
    {"{\"capacities\":{}}", FREE_UNKNOWN, -1, NULL},
    {"{\"capacities\":[7]}", FREE_UNKNOWN, -1, NULL},
    {"{\"capacities\":[{\"unit\":\"beds\",\"maximum\":20}]}", FREE_UNKNOWN, -1, NULL},
    {"{\"capacities\":[{\"unit\":\"beds\",\"maximum\":20}]," STATE "}", FREE_SOME, -1, "2025"},
    {"{\"capacities\":[" UNIT("beds", 0, "2026-01-02") "]," STATE "}", FREE_NONE, 0, "2026-01-02"},
    {"{\"capacities\":[" UNIT("beds", 3, "2026-01-02") "]}", FREE_SOME, 3, "2026-01-02"},
    {"{\"capacities\":[" UNIT("beds", 0, "2026-03-02") "," UNIT("flats", 2, "2026-01-02") "]}",
     FREE_SOME, 2, "2026-01-02"},
    {"{\"capacities\":[" UNIT("beds", 1, "2026-01-02") "," UNIT("flats", 2, "2026-01-03") "," UNIT(
         "users", 0, "2026-01-04") "]}",
     FREE_SOME, 2, "2026-01-03"},
    {"{\"capacities\":[" UNIT("beds", 0, "2026-01-04") "," UNIT("flats", 0, "2026-01-02") "]}",
     FREE_NONE, 0, "2026-01-02"},
    {"{\"capacities\":[{\"unit\":\"beds\",\"available\":0}]}", FREE_NONE, 0, NULL},
    {"{\"capacities\":[{\"unit\":\"beds\",\"available\":\"many\"}]}", FREE_UNKNOWN, -1, NULL},
};

START_TEST(test_facts_room)
{
    struct entry *entry = entry_of(room[_i].facts);
    const struct service_facts *facts = entry->facts.service;
    ck_assert_int_eq(facts->free_places, room[_i].free);
    ck_assert_int_eq(facts->free_count, room[_i].count);
    ck_assert(str_present(facts->free_as_of) == (room[_i].as_of != NULL));
    if (room[_i].as_of != NULL)
        ck_assert(str_equal_z(facts->free_as_of, room[_i].as_of));
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_capacities)
{
    struct entry *entry = entry_of(
        "{\"capacities\":[{\"unit\":\"l\\u016f\\u017eka\",\"available\":2,\"maximum\":20,"
        "\"waiting\":5,\"as_of\":\"2026-01-02T10:00:00Z\",\"new\":{}},{\"unit\":\"rodiny\"}]}");
    const struct service_capacity *beds = &entry->facts.service->capacities[0];
    const struct service_capacity *families = &entry->facts.service->capacities[1];
    ck_assert_uint_eq(entry->facts.service->capacity_count, 2);
    ck_assert(str_equal_z(beds->unit, "lůžka"));
    ck_assert(str_equal_z(beds->as_of, "2026-01-02T10:00:00Z"));
    ck_assert_int_eq(beds->available, 2);
    ck_assert_int_eq(beds->maximum, 20);
    ck_assert_int_eq(beds->waiting, 5);
    ck_assert_int_eq(families->available, -1);
    ck_assert_int_eq(families->maximum, -1);
    ck_assert_int_eq(families->waiting, -1);
    ck_assert(!str_present(families->as_of));
    entry_release(entry);
}
END_TEST

START_TEST(test_generation_counts_unread_schedules)
{
    struct catalogue *catalogue = catalogue_new();
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", "{\"schedules\":[{\"byday\":\"?\"},7]}");
    rows_put(catalogue, 2, DOCUMENT_SERVICE, "b",
             "{\"schedules\":[" HOURS "],\"places\":[{\"closures\":[{\"from\":\"never\"}]}]}");
    struct generation *generation = rows_build(catalogue);
    struct uuid id = rows_id(DOCUMENT_SERVICE, "a");
    const struct match_index *index = generation_match_index(generation);
    ck_assert_uint_eq(generation_unread_schedules(generation), 3);
    ck_assert_uint_eq(index->rows[generation_match_row(generation, &id)].flags & ROW_HOURS, 0);
    generation_free(generation);
    catalogue_free(catalogue);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("facts_hours");
    TCase *tests = tcase_create("facts_hours");
    tcase_add_loop_test(tests, test_facts_hours, 0, sizeof hours / sizeof hours[0]);
    tcase_add_test(tests, test_facts_hours_beyond_the_limit);
    tcase_add_test(tests, test_facts_hours_mean_what_they_say);
    tcase_add_test(tests, test_facts_hours_of_places);
    tcase_add_loop_test(tests, test_facts_coordinates, 0,
                        sizeof coordinates / sizeof coordinates[0]);
    tcase_add_loop_test(tests, test_facts_room, 0, sizeof room / sizeof room[0]);
    tcase_add_test(tests, test_facts_capacities);
    tcase_add_test(tests, test_generation_counts_unread_schedules);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
