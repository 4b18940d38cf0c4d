/* SPDX-License-Identifier: EUPL-1.2 */
/* A question in JSON as a plain value. */
#include <check.h>
#include <string.h>

#include "sociopoint/directory/question.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/match/question.h"
#include "support/run.h"

static struct arena *arena;
static struct match_question question;
static struct error err;

static void setup(void)
{
    arena = arena_new(64 * 1024);
    question = (struct match_question){.now_ms = 1795000000000};
    err = (struct error){0};
}

static void teardown(void)
{
    arena_free(arena);
}

static bool read_question(const char *text, struct arena *memory)
{
    json_t *json CLEANUP(json_decrefp) = json_parse(str_from(text), &json_limits_request, &err);
    ck_assert_ptr_nonnull(json);
    return question_from_json(json, memory, &question, &err);
}

START_TEST(test_question_everything)
{
    ck_assert(read_question(
        "{\"situations\":[\"debts\",\"alcohol\"],\"municipality\":\"brno\",\"district\":\"a\","
        "\"locality\":\"b\",\"ages\":[2,30.0],\"sex\":\"male\",\"with_children\":false,"
        "\"circumstances\":{\"infection\":true,\"mental-illness\":false},"
        "\"target_groups\":[\"families\"],\"forms\":[\"field\"],\"languages\":[\"uk\"],"
        "\"accessibility\":[\"wheelchair\"],\"with_capacity\":true,\"free_of_charge\":true,"
        "\"limit\":3,\"language\":\"en\",\"lat\":49.8,\"lon\":18,\"radius_m\":900,"
        "\"open_at\":\"now\"}",
        arena));
    ck_assert_uint_eq(question.situations.count, 2);
    ck_assert(str_equal_z(question.situations.items[1], "alcohol"));
    ck_assert(str_equal_z(question.municipality, "brno"));
    ck_assert(str_equal_z(question.district, "a"));
    ck_assert(str_equal_z(question.locality, "b"));
    ck_assert_uint_eq(question.age_count, 2);
    ck_assert_int_eq(question.ages[1], 30);
    ck_assert_int_eq(question.sex, SEX_MALE);
    ck_assert_int_eq(question.with_children, SAID_NO);
    ck_assert_int_eq(question.circumstances[CIRCUMSTANCE_INFECTION], SAID_YES);
    ck_assert_int_eq(question.circumstances[CIRCUMSTANCE_MENTAL_ILLNESS], SAID_NO);
    ck_assert_int_eq(question.circumstances[CIRCUMSTANCE_ACTIVE_ADDICTION], SAID_NOTHING);
    ck_assert(str_equal_z(question.target_groups.items[0], "families"));
    ck_assert(str_equal_z(question.forms.items[0], "field"));
    ck_assert(str_equal_z(question.languages.items[0], "uk"));
    ck_assert(str_equal_z(question.accessibility.items[0], "wheelchair"));
    ck_assert(question.with_capacity && question.free_of_charge);
    ck_assert_uint_eq(question.limit, 3);
    ck_assert(str_equal_z(question.language, "en"));
    ck_assert(question.position.has_latitude && question.position.has_longitude);
    ck_assert_double_eq(question.position.latitude, 49.8);
    ck_assert_double_eq(question.position.longitude, 18);
    ck_assert_int_eq(question.radius_m, 900);
    ck_assert(str_equal_z(question.open_at, "now"));
    ck_assert_int_eq(question.now_ms, 1795000000000);
}
END_TEST

START_TEST(test_question_nothing_is_said_by_leaving_out)
{
    ck_assert(read_question("{\"situations\":[\"debts\"],\"age\":34}", arena));
    ck_assert_uint_eq(question.age_count, 1);
    ck_assert_int_eq(question.ages[0], 34);
    ck_assert_int_eq(question.sex, SEX_UNSAID);
    ck_assert_int_eq(question.with_children, SAID_NOTHING);
    ck_assert(!str_present(question.district));
    ck_assert_uint_eq(question.limit, 0);
}
END_TEST

static const struct {
    const char *text;
    const char *code;
    const char *pointer;
    const char *argument;
} refused[] = {
    {"[]", "schema-type", "", "object"},
    {"{\"situation\":[\"debts\"]}", "schema-additional", "/situation", "situation"},
    {"{\"situations\":\"debts\"}", "schema-type", "/situations", "array"},
    {"{\"situations\":[\"debts\",1]}", "schema-type", "/situations/1", "string"},
    {"{\"forms\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}", "schema-max-items", "/forms", "16"},
    {"{\"municipality\":1}", "schema-type", "/municipality", "string"},
    {"{\"district\":\"\"}", "schema-min-length", "/district", "1"},
    {"{\"age\":\"34\"}", "schema-type", "/age", "integer"},
    {"{\"age\":3.5}", "schema-type", "/age", "integer"},
    {"{\"age\":99999999999}", "schema-type", "/age", "integer"},
    {"{\"ages\":34}", "schema-type", "/ages", "array"},
    {"{\"ages\":[1,2,3,4,5,6,7,8,9]}", "schema-max-items", "/ages", "8"},
    {"{\"ages\":[1,null]}", "schema-type", "/ages/1", "integer"},
    {"{\"age\":1,\"ages\":[2]}", "question-age-twice", "/age", ""},
    {"{\"sex\":\"other\"}", "schema-enum", "/sex", "female, male"},
    {"{\"sex\":1}", "schema-type", "/sex", "string"},
    {"{\"with_children\":\"yes\"}", "schema-type", "/with_children", "boolean"},
    {"{\"with_capacity\":1}", "schema-type", "/with_capacity", "boolean"},
    {"{\"circumstances\":[]}", "schema-type", "/circumstances", "object"},
    {"{\"circumstances\":{\"men-only\":true}}", "schema-additional", "/circumstances/men-only",
     "men-only"},
    {"{\"circumstances\":{\"infection\":1}}", "schema-type", "/circumstances/infection", "boolean"},
    {"{\"lat\":\"49.8\"}", "schema-type", "/lat", "number"},
    {"{\"lon\":null}", "schema-type", "/lon", "number"},
    {"{\"radius_m\":1.5}", "schema-type", "/radius_m", "integer"},
    {"{\"radius_m\":0}", "schema-minimum", "/radius_m", "1"},
    {"{\"open_at\":17}", "schema-type", "/open_at", "string"},
    {"{\"open_at\":\"\"}", "schema-min-length", "/open_at", "1"},
    {"{\"limit\":0}", "schema-minimum", "/limit", "1"},
    {"{\"limit\":\"5\"}", "schema-type", "/limit", "integer"},
};

START_TEST(test_question_refuses)
{
    ck_assert(!read_question(refused[_i].text, arena));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, refused[_i].code);
    ck_assert_str_eq(err.problems[0].pointer, refused[_i].pointer);
    ck_assert_str_eq(err.problems[0].argument[0], refused[_i].argument);
    ck_assert_uint_eq(question.situations.count, 0);
}
END_TEST

START_TEST(test_question_tells_all_problems_at_once)
{
    ck_assert(!read_question("{\"age\":\"x\",\"sex\":\"y\",\"limit\":0,\"what\":1}", arena));
    ck_assert_uint_eq(err.problem_count, 4);
}
END_TEST

START_TEST(test_question_without_memory)
{
    struct arena *none = arena_new(0);
    ck_assert(!read_question("{\"situations\":[\"debts\"]}", none));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    arena_free(none);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("directory/question");
    TCase *tests = tcase_create("question");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_question_everything);
    tcase_add_test(tests, test_question_nothing_is_said_by_leaving_out);
    tcase_add_loop_test(tests, test_question_refuses, 0, sizeof refused / sizeof refused[0]);
    tcase_add_test(tests, test_question_tells_all_problems_at_once);
    tcase_add_test(tests, test_question_without_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
