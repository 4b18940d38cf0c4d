/* SPDX-License-Identifier: EUPL-1.2 */
/* Each condition met, unknown and failed, hard and soft: one service, one question a line. */
#include "fixture.h"
#include "support/run.h"

#define PHONE            "\"phones\":1"
#define DEBTS            "\"situations\":[\"debts\"]," PHONE
#define ROOM(capacities) "\"capacities\":[" capacities "]"
#define HOURS(schedule)  "\"schedules\":[{" schedule "}]"
#define OPEN_TILL(time)                                                                            \
    HOURS("\"byday\":\"MO,TU,WE,TH,FR\",\"opens_at\":\"08:00\",\"closes_at\":\"" time "\"")
#define DOOR "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"address\":true}]"
#define AT(latitude, longitude)                                                                    \
    "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"address\":true,"          \
    "\"latitude\":" latitude ",\"longitude\":" longitude "}]"
#define NEAR_PORUBA "lat=49.828;lon=18.165"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

/*
 * `code` is the sentence of the condition's reason; NULL: there is none. `near_miss`: the service
 * is no result but a near miss for this condition. `first` and `second` are arguments of the
 * sentence.
 */
static const struct {
    const char *condition;
    const char *facts;
    const char *question;
    const char *code;
    bool near_miss;
    const char *first;
    const char *second;
} cases[] = {
    /* Age: both borders belong to it. */
    {"age", "", "age=34", NULL, false, "", ""},
    {"age", "\"minimum_age\":0", "age=34", NULL, false, "", ""},
    {"age", "\"minimum_age\":18,\"maximum_age\":26", "age=18", "reason.age.met.between", false,
     "18", "18"},
    {"age", "\"minimum_age\":18,\"maximum_age\":26", "age=26", "reason.age.met.between", false,
     "26", "18"},
    {"age", "\"minimum_age\":18,\"maximum_age\":26", "age=27", "reason.age.failed.between", true,
     "27", "18"},
    {"age", "\"minimum_age\":18,\"maximum_age\":26", "age=17", "reason.age.failed.between", true,
     "17", "18"},
    {"age", "\"minimum_age\":18,\"maximum_age\":26", "", "reason.age.unknown.between", false, "18",
     "26"},
    {"age", "\"maximum_age\":2", "age=2", "reason.age.met.to", false, "2", "2"},
    {"age", "\"minimum_age\":0,\"maximum_age\":2", "age=0", "reason.age.met.to", false, "0", "2"},
    {"age", "\"maximum_age\":2", "age=3", "reason.age.failed.to", true, "3", "2"},
    {"age", "\"maximum_age\":2", "", "reason.age.unknown.to", false, "2", ""},
    {"age", "\"minimum_age\":65", "age=64", "reason.age.failed.from", true, "64", "65"},
    {"age", "\"minimum_age\":65", "age=65", "reason.age.met.from", false, "65", "65"},
    {"age", "\"minimum_age\":65", "", "reason.age.unknown.from", false, "65", ""},
    {"age", "\"maximum_age\":2", "age=30;age=2", "reason.age.met.to", false, "2", "2"},
    {"age", "\"maximum_age\":2", "age=30;age=5", "reason.age.failed.to", true, "30, 5", "2"},
    {"age", "\"minimum_age\":18", "age=2", "reason.age.failed.from", true, "2", "18"},
    /* With children whose ages alone are told, there is an adult whose age is not. */
    {"age", "\"minimum_age\":18", "age=2;with_children=yes", "reason.age.unknown.from", false, "18",
     ""},
    {"age", "\"minimum_age\":18", "age=2;with_children=no", "reason.age.failed.from", true, "2",
     "18"},
    {"age", "\"minimum_age\":65", "age=2;age=30;with_children=yes", "reason.age.failed.from", true,
     "2, 30", "65"},
    {"age", "\"minimum_age\":15", "age=2;with_children=yes", "reason.age.failed.from", true, "2",
     "15"},
    /* Sex. */
    {"sex", "", "sex=male", NULL, false, "", ""},
    {"sex", "\"rules\":[\"men-only\"]", "sex=male", "reason.sex.met.men", false, "", ""},
    {"sex", "\"rules\":[\"men-only\"]", "sex=female", "reason.sex.failed.men", true, "", ""},
    {"sex", "\"rules\":[\"men-only\"]", "", "reason.sex.unknown.men", false, "", ""},
    {"sex", "\"rules\":[\"women-only\"]", "sex=female", "reason.sex.met.women", false, "", ""},
    {"sex", "\"rules\":[\"women-only\"]", "sex=male", "reason.sex.failed.women", true, "", ""},
    {"sex", "\"rules\":[\"women-only\"]", "with_children=yes", "reason.sex.unknown.women", false,
     "", ""},
    {"sex", "\"rules\":[\"women-only\",\"men-only\"]", "sex=male", NULL, false, "", ""},
    /* With a child, and what a service excludes for. */
    {"with-child", "\"rules\":[\"with-child\"]", "with_children=yes", "reason.with-child.met",
     false, "", ""},
    {"with-child", "\"rules\":[\"with-child\"]", "with_children=no", "reason.with-child.failed",
     true, "", ""},
    {"with-child", "\"rules\":[\"with-child\"]", "age=2", "reason.with-child.unknown", false, "",
     ""},
    {"with-child", "", "with_children=no", NULL, false, "", ""},
    {"active-addiction", "\"rules\":[\"active-addiction\"]", "active-addiction=yes",
     "reason.active-addiction.failed", true, "", ""},
    {"active-addiction", "\"rules\":[\"active-addiction\"]", "active-addiction=no",
     "reason.active-addiction.met", false, "", ""},
    {"active-addiction", "\"rules\":[\"active-addiction\"]", "mental-illness=yes",
     "reason.active-addiction.unknown", false, "", ""},
    {"active-addiction", "\"rules\":[\"mental-illness\"]", "active-addiction=yes", NULL, false, "",
     ""},
    {"mental-illness", "\"rules\":[\"mental-illness\"]", "mental-illness=yes",
     "reason.mental-illness.failed", true, "", ""},
    {"mental-illness", "\"rules\":[\"mental-illness\"]", "mental-illness=no",
     "reason.mental-illness.met", false, "", ""},
    {"mental-illness", "\"rules\":[\"mental-illness\"]", "infection=no",
     "reason.mental-illness.unknown", false, "", ""},
    {"infection", "\"rules\":[\"infection\"]", "infection=yes", "reason.infection.failed", true, "",
     ""},
    {"infection", "\"rules\":[\"infection\"]", "infection=no", "reason.infection.met", false, "",
     ""},
    {"infection", "\"rules\":[\"infection\"]", "", "reason.infection.unknown", false, "", ""},
    {"needs-hospital-care", "\"rules\":[\"needs-hospital-care\"]", "needs-hospital-care=yes",
     "reason.needs-hospital-care.failed", true, "", ""},
    {"needs-hospital-care", "\"rules\":[\"needs-hospital-care\"]", "needs-hospital-care=no",
     "reason.needs-hospital-care.met", false, "", ""},
    {"needs-hospital-care", "\"rules\":[\"needs-hospital-care\"]", "",
     "reason.needs-hospital-care.unknown", false, "", ""},
    {"other-rule", "\"rules\":[\"other\"]", "", "reason.other-rule.unknown", false, "", ""},
    {"other-rule", "\"rules\":[\"infection\"]", "", NULL, false, "", ""},
    /* Target group, form, language, accessibility. */
    {"target-group", "\"target_groups\":[\"families\"]", "", NULL, false, "", ""},
    {"target-group", "\"target_groups\":[\"families\"]", "target_groups=homeless,families",
     "reason.target-group.met", false, "families", ""},
    {"target-group", "\"target_groups\":[\"families\"]", "target_groups=homeless",
     "reason.target-group.failed", false, "homeless", ""},
    {"target-group", "", "target_groups=homeless", "reason.target-group.unknown", false, "homeless",
     ""},
    {"form", "\"forms\":[\"field\"]", "", NULL, false, "", ""},
    {"form", "\"forms\":[\"field\",\"outpatient\"]", "forms=field", "reason.form.met", false,
     "form.field", ""},
    {"form", "\"forms\":[\"outpatient\"]", "forms=field,outpatient", "reason.form.met", false,
     "form.outpatient", ""},
    {"form", "\"forms\":[\"outpatient\"]", "forms=field", "reason.form.failed", false, "form.field",
     "form.outpatient"},
    {"form", "", "forms=field", "reason.form.unknown", false, "form.field", ""},
    {"language", "\"languages\":[\"cs\",\"uk\"]", "", NULL, false, "", ""},
    {"language", "\"languages\":[\"cs\",\"uk\"]", "languages=ru,uk", "reason.language.met", false,
     "language.uk", ""},
    {"language", "\"languages\":[\"cs\"]", "languages=uk", "reason.language.failed", false,
     "language.uk", ""},
    {"language", "", "languages=uk", "reason.language.unknown", false, "language.uk", ""},
    {"accessibility", "\"accessibility\":[\"wheelchair\"]", "", NULL, false, "", ""},
    {"accessibility", "\"accessibility\":[\"wheelchair\"]", "accessibility=wheelchair",
     "reason.accessibility.met", false, "accessibility.wheelchair", ""},
    {"accessibility", "\"accessibility\":[\"wheelchair\"]", "accessibility=wheelchair,guide-dog",
     "reason.accessibility.failed", false, "accessibility.guide-dog", ""},
    {"accessibility", "", "accessibility=wheelchair", "reason.accessibility.unknown", false,
     "accessibility.wheelchair", ""},
    /* Free places: the number of registered ones says nothing about them. */
    {"free-places", "\"free_places\":{\"state\":\"some\",\"as_of\":\"2023-10\"}", "", NULL, false,
     "", ""},
    {"free-places", "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-20\"}",
     "with_capacity=yes", "reason.free-places.met", false, "2026-11-20", ""},
    {"free-places", "\"free_places\":{\"state\":\"some\",\"available\":3,\"as_of\":\"2026-11-20\"}",
     "with_capacity=yes", "reason.free-places.met.count", false, "2026-11-20", "3"},
    {"free-places", "\"free_places\":{\"state\":\"none\",\"as_of\":\"2026-11-20\"}",
     "with_capacity=yes", "reason.free-places.failed", false, "2026-11-20", ""},
    /* ... and a figure that is older than a week, or of which nobody knows how old, neither. */
    {"free-places", "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-16\"}",
     "with_capacity=yes", "reason.free-places.met", false, "2026-11-16", ""},
    {"free-places", "\"free_places\":{\"state\":\"none\",\"as_of\":\"2026-11-15\"}",
     "with_capacity=yes", "reason.free-places.unknown.old", false, "2026-11-15", ""},
    {"free-places", "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11\"}",
     "with_capacity=yes", "reason.free-places.unknown.old", false, "2026-11", ""},
    {"free-places", "\"free_places\":{\"state\":\"some\"}", "with_capacity=yes",
     "reason.free-places.unknown.old", false, "value.undated", ""},
    /* The unit with most room tells; full ones only where none has room. */
    {"free-places",
     ROOM("{\"unit\":\"beds\",\"available\":2,\"as_of\":\"2026-11-22T20:00:00+01:00\"}"),
     "with_capacity=yes", "reason.free-places.met.unit", false, "2026-11-22", "2"},
    {"free-places",
     ROOM("{\"unit\":\"men\",\"available\":0,\"as_of\":\"2026-11-23\"},"
          "{\"unit\":\"women\",\"available\":4,\"as_of\":\"2026-11-20\"}"),
     "with_capacity=yes", "reason.free-places.met.unit", false, "2026-11-20", "4"},
    {"free-places",
     ROOM("{\"unit\":\"men\",\"available\":9,\"as_of\":\"2026-11-01\"},"
          "{\"unit\":\"women\",\"available\":0,\"waiting\":7,\"as_of\":\"2026-11-20\"}"),
     "with_capacity=yes", "reason.free-places.failed.waiting", false, "2026-11-20", "7"},
    {"free-places", ROOM("{\"unit\":\"beds\",\"maximum\":20,\"as_of\":\"2026-11-20\"}"),
     "with_capacity=yes", "reason.free-places.unknown", false, "", ""},
    /* What a service wants to have happened before. */
    {"referral", "\"rules\":[\"referral\"]", "referral=yes", "reason.referral.met", false, "", ""},
    {"referral", "\"rules\":[\"referral\"]", "referral=no", "reason.referral.failed", true, "", ""},
    {"referral", "\"rules\":[\"referral\"]", "", "reason.referral.unknown", false, "", ""},
    {"referral", "", "referral=no", NULL, false, "", ""},
    {"residence", "\"rules\":[\"residence\"]", "residence=yes", "reason.residence.met", false, "",
     ""},
    {"residence", "\"rules\":[\"residence\"]", "residence=no", "reason.residence.failed", true, "",
     ""},
    {"residence", "\"rules\":[\"residence\"]", "", "reason.residence.unknown", false, "", ""},
    {"earlier-treatment", "\"rules\":[\"earlier-treatment\"]", "earlier-treatment=yes",
     "reason.earlier-treatment.met", false, "", ""},
    {"earlier-treatment", "\"rules\":[\"earlier-treatment\"]", "earlier-treatment=no",
     "reason.earlier-treatment.failed", true, "", ""},
    {"earlier-treatment", "\"rules\":[\"earlier-treatment\"]", "",
     "reason.earlier-treatment.unknown", false, "", ""},
    /* Hours, on Monday at noon. */
    {"open", OPEN_TILL("16:00"), "", NULL, false, "", ""},
    {"open", OPEN_TILL("16:00"), "open_at=now", "opening.open.until", false, "16:00", ""},
    {"open", OPEN_TILL("16:00"), "open_at=2026-11-23T17:05", "opening.closed.day", false,
     "weekday.tuesday", "8:00"},
    {"open", OPEN_TILL("16:00"), "open_at=2026-11-23T07:59", "opening.closed.same-day", false,
     "8:00", ""},
    {"open", OPEN_TILL("16:00"), "open_at=2026-11-27T15:59:59+00:00", "opening.closed.day", false,
     "weekday.monday", "8:00"},
    {"open", "", "open_at=now", "opening.unknown", false, "", ""},
    {"open",
     HOURS("\"byday\":\"MO,TU,WE,TH,FR,SA,SU\",\"opens_at\":\"00:00\","
           "\"closes_at\":\"24:00\""),
     "open_at=2026-12-24T23:30", "opening.open.always", false, "", ""},
    {"open", HOURS("\"byday\":\"MO,TU,WE,TH,FR\""), "open_at=now", "opening.unknown.unstated",
     false, "", ""},
    {"open", HOURS("\"byday\":\"MO,TU,WE,TH,FR\",\"holidays\":\"closed\""),
     "open_at=2026-11-22T12:00", "opening.closed", false, "", ""},
    {"open", OPEN_TILL("16:00"), "open_at=2026-12-24T10:00", "opening.unknown.holiday", false, "",
     ""},
    {"open",
     HOURS("\"byday\":\"TU\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\","
           "\"by_appointment\":true"),
     "open_at=2026-11-24T09:00", "opening.appointment.until", false, "12:00", ""},
    {"open",
     HOURS("\"byday\":\"TU\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\","
           "\"by_appointment\":true"),
     "open_at=now", "opening.appointment.day", false, "weekday.tuesday", "8:00"},
    {"open", OPEN_TILL("16:00") ",\"closures\":[{\"from\":\"2026-11-20\",\"to\":\"2026-11-30\"}]",
     "open_at=now", "opening.closure.day", false, "1. 12. 2026", "8:00"},
    {"open", HOURS("\"byday\":\"MO\",\"opens_at\":\"20:00\",\"closes_at\":\"06:00\""),
     "open_at=2026-11-24T03:00", "opening.open.until", false, "6:00", ""},
    /* Distance: to its place, or to the middle of its district; not of what has no door. */
    {"distance", AT("49.838000", "18.165000"), "", NULL, false, "", ""},
    {"distance", AT("49.838000", "18.165000"), NEAR_PORUBA, "reason.distance.met", false, "1100 m",
     ""},
    {"distance", AT("49.838000", "18.165000"), NEAR_PORUBA ";radius_m=1000",
     "reason.distance.failed", false, "1100 m", "1000 m"},
    {"distance", AT("49.956000", "18.165000"), NEAR_PORUBA, "reason.distance.met", false, "14 km",
     ""},
    {"distance", DOOR, NEAR_PORUBA, "reason.distance.met.district", false, "0 m", ""},
    {"distance", "\"places\":[{\"municipality\":\"ostrava\",\"address\":true}]", NEAR_PORUBA,
     "reason.distance.unknown", false, "", ""},
    {"distance", DOOR ",\"forms\":[\"field\"]", NEAR_PORUBA, NULL, false, "", ""},
    {"distance", DOOR ",\"forms\":[\"field\",\"outpatient\"]", NEAR_PORUBA ";forms=field", NULL,
     false, "", ""},
    {"distance", "\"area\":[\"municipality:ostrava\"]", NEAR_PORUBA, NULL, false, "", ""},
    {"distance",
     "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"concealed\":true}]",
     NEAR_PORUBA, NULL, false, "", ""},
    {"free-places", "\"registered_maximum\":50", "with_capacity=yes", "reason.free-places.unknown",
     false, "", ""},
    {"cost", "\"cost\":\"free\"", "", NULL, false, "", ""},
    {"cost", "\"cost\":\"free\"", "free_of_charge=yes", "reason.cost.met", false, "", ""},
    {"cost", "\"cost\":\"paid\"", "free_of_charge=yes", "reason.cost.failed", false, "", ""},
    {"cost", "", "free_of_charge=yes", "reason.cost.unknown", false, "", ""},
    /* The source. */
    {"source", "", "", "reason.source.unknown.undated", false, "", ""},
    {"source", "\"as_of\":\"2023-10\"", "", "reason.source.unknown", false, "2023-10", ""},
    {"source", "\"as_of\":\"2023-10\",\"confirmed_on\":\"2025-11-22\"", "",
     "reason.source.unknown.overdue", false, "2025-11-22", ""},
    {"source", "\"confirmed_on\":\"2025-11-23\"", "", "reason.source.met", false, "2025-11-23", ""},
    {"source", "\"as_of\":\"2023-10\",\"confirmed_on\":\"2026-05-01\"", "", "reason.source.met",
     false, "2026-05-01", ""},
};

START_TEST(test_conditions_table)
{
    char facts[1024];
    char question[256];
    (void)snprintf(facts, sizeof facts, DEBTS "%s%s", cases[_i].facts[0] == '\0' ? "" : ",",
                   cases[_i].facts);
    (void)snprintf(question, sizeof question, "situations=debts;%s", cases[_i].question);
    fixture_service(&fixture, "service", facts);
    fixture_ask(&fixture, question);

    const struct match_answer *answer = &fixture.answer;
    ck_assert_uint_eq(answer->result_count, cases[_i].near_miss ? 0 : 1);
    ck_assert_uint_eq(answer->near_miss_count, cases[_i].near_miss ? 1 : 0);
    const struct match_reason *reason =
        cases[_i].near_miss ? &answer->near_misses[0].failed
                            : fixture_reason(&answer->results[0], cases[_i].condition);
    if (cases[_i].code == NULL) {
        ck_assert_ptr_null(reason);
        return;
    }
    ck_assert_ptr_nonnull(reason);
    ck_assert_str_eq(reason->code, cases[_i].code);
    ck_assert_str_eq(reason->condition, cases[_i].condition);
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[0]), cases[_i].first);
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[1]), cases[_i].second);
}
END_TEST

/* The ways a service can be reached; these need other facts than the table's. */
static const struct {
    const char *facts;
    const char *code;
} ways[] = {
    {"\"phones\":1", "reason.reachable.met.phone"},
    {"\"organization_phones\":2", "reason.reachable.met.organization-phone"},
    {"\"places\":[{\"municipality\":\"ostrava\",\"address\":true}]", "reason.reachable.met.visit"},
    {"\"places\":[{\"municipality\":\"ostrava\"}]", "reason.reachable.failed"},
    {"\"emails\":1", "reason.reachable.failed.email"},
    {"\"web\":true", "reason.reachable.failed"},
};

START_TEST(test_conditions_reachable)
{
    char facts[512];
    (void)snprintf(facts, sizeof facts, "\"situations\":[\"debts\"],%s", ways[_i].facts);
    fixture_service(&fixture, "service", facts);
    fixture_ask(&fixture, "situations=debts");
    ck_assert_uint_eq(fixture.answer.result_count, 1);
    ck_assert_str_eq(fixture_reason(&fixture.answer.results[0], "reachable")->code, ways[_i].code);
}
END_TEST

/* What a near miss says was asked and is needed. */
static const struct {
    const char *facts;
    const char *question;
    const char *asked;
    const char *needed;
} misses[] = {
    {"\"minimum_age\":18,\"maximum_age\":26", "age=27", "27", "18–26"},
    {"\"maximum_age\":26", "age=27", "27", "–26"},
    {"\"minimum_age\":65", "age=27;age=2", "27, 2", "65+"},
    {"\"rules\":[\"men-only\"]", "sex=female", "value.women", "value.men"},
    {"\"rules\":[\"women-only\"]", "sex=male", "value.men", "value.women"},
    {"\"rules\":[\"with-child\"]", "with_children=no", "value.no", "value.yes"},
    {"\"rules\":[\"active-addiction\"]", "active-addiction=yes", "value.yes", "value.no"},
    {"\"forms\":[\"field\"],\"area\":[\"district:ostrava/poruba\"]", "district=Hrušov", "Hrušov",
     "Poruba"},
};

START_TEST(test_conditions_near_miss_says_what_was_asked_and_what_is_needed)
{
    char facts[512];
    char question[256];
    (void)snprintf(facts, sizeof facts, DEBTS ",%s", misses[_i].facts);
    (void)snprintf(question, sizeof question, "situations=debts;%s", misses[_i].question);
    fixture_service(&fixture, "service", facts);
    fixture_ask(&fixture, question);
    ck_assert_uint_eq(fixture.answer.near_miss_count, 1);
    const struct match_near_miss *miss = &fixture.answer.near_misses[0];
    ck_assert_str_eq(fixture_argument(&fixture, &miss->asked), misses[_i].asked);
    ck_assert_str_eq(fixture_argument(&fixture, &miss->needed), misses[_i].needed);
}
END_TEST

/* Every language beyond the bits of a row is found in the facts. */
START_TEST(test_conditions_languages_beyond_the_bits)
{
    char many[512] = DEBTS ",\"languages\":[";
    size_t length = strlen(many);
    for (int i = 0; i < 40; i++)
        length += (size_t)snprintf(many + length, sizeof many - length, "\"q%c%c\",", 'a' + i / 26,
                                   'a' + i % 26);
    (void)snprintf(many + length, sizeof many - length, "\"vi\"]");
    fixture_service(&fixture, "many", many);
    fixture_service(&fixture, "none", DEBTS ",\"languages\":[\"zz\"]");
    fixture_ask(&fixture, "situations=debts;languages=vi");
    for (size_t i = 0; i < 2; i++) {
        const struct match_result *result = &fixture.answer.results[i];
        bool many_of_them = str_equal_z(fixture_name(result->entry), "many");
        ck_assert_str_eq(fixture_reason(result, "language")->code,
                         many_of_them ? "reason.language.met" : "reason.language.failed");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/conditions");
    TCase *tests = tcase_create("conditions");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_conditions_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(tests, test_conditions_reachable, 0, sizeof ways / sizeof ways[0]);
    tcase_add_loop_test(tests, test_conditions_near_miss_says_what_was_asked_and_what_is_needed, 0,
                        sizeof misses / sizeof misses[0]);
    tcase_add_test(tests, test_conditions_languages_beyond_the_bits);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
