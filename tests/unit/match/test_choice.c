/* SPDX-License-Identifier: EUPL-1.2 */
/* With which of its places a service is shown. */
#include "fixture.h"
#include "support/run.h"

#define MORNING ",\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]"
#define AFTERNOON                                                                                  \
    ",\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"13:00\",\"closes_at\":\"17:00\"}]"
#define NEAR(more)                                                                                 \
    "{\"municipality\":\"ostrava\",\"address\":true,\"latitude\":49.83,"                           \
    "\"longitude\":18.17,\"district\":\"poruba\"" more "}"
#define FAR(more)                                                                                  \
    "{\"municipality\":\"ostrava\",\"address\":true,\"latitude\":49.79,"                           \
    "\"longitude\":18.24,\"district\":\"ostrava-jih\"" more "}"
#define HIDDEN "{\"municipality\":\"ostrava\",\"concealed\":true,\"district\":\"poruba\"}"
#define HERE   "; lat=49.83; lon=18.17"
#define AT_TEN "; open_at=2026-11-23T10:00"

static struct fixture fixture;

static void start(void)
{
    fixture_init(&fixture);
}

static void stop(void)
{
    fixture_done(&fixture);
}

static const struct {
    const char *facts;
    const char *words;
    const char *district; /* of the place that is shown */
} shown[] = {
    {"\"places\":[" FAR("") "," NEAR("") "]", "", "ostrava-jih"}, /* nothing speaks for one */
    {"\"places\":[" FAR("") "," NEAR("") "]", "; district=Poruba", "poruba"},
    {"\"places\":[" NEAR("") "," FAR("") "]", "; district=Ostrava-Jih", "ostrava-jih"},
    {"\"places\":[" FAR("") "," NEAR("") "]", HERE, "poruba"},
    {"\"places\":[" FAR("") "," NEAR("") "]", HERE "; district=Ostrava-Jih", "poruba"},
    /* What is open goes before what is near. */
    {"\"places\":[" NEAR(AFTERNOON) "," FAR(MORNING) "]", HERE, "poruba"},
    {"\"places\":[" NEAR(AFTERNOON) "," FAR(MORNING) "]", HERE AT_TEN, "ostrava-jih"},
    {"\"places\":[" FAR(MORNING) "," NEAR(AFTERNOON) "]", HERE AT_TEN, "ostrava-jih"},
    {"\"places\":[" NEAR(MORNING) "," FAR(MORNING) "]", HERE AT_TEN, "poruba"},
    {"\"places\":[" FAR("") "," NEAR(AFTERNOON) "]", HERE AT_TEN, "ostrava-jih"}, /* unknown */
    /* The hours of the service are those of a place without its own. */
    {"\"places\":[" FAR("") "," NEAR("") "]" MORNING, HERE AT_TEN, "poruba"},
    {"\"places\":[" NEAR(AFTERNOON) "," FAR("") "]" MORNING, HERE AT_TEN, "ostrava-jih"},
    {"\"places\":[" FAR("") "," NEAR(AFTERNOON) "]" MORNING, HERE AT_TEN, "ostrava-jih"},
    /* A concealed place is never shown where another one can be. */
    {"\"places\":[" HIDDEN "," FAR("") "]", HERE, "ostrava-jih"},
    {"\"places\":[" FAR("") "," HIDDEN "]", "; district=Poruba", "ostrava-jih"},
    {"\"places\":[" HIDDEN "]", HERE, ""},
};

START_TEST(test_choice_of_a_place)
{
    char facts[1024];
    char words[256];
    (void)snprintf(facts, sizeof facts, "\"phones\":1,\"situations\":[\"debts\"],%s",
                   shown[_i].facts);
    (void)snprintf(words, sizeof words, "situations=debts%s", shown[_i].words);
    fixture_service(&fixture, "only", facts);
    fixture_ask(&fixture, words);
    ck_assert_uint_eq(fixture.answer.result_count, 1);
    const struct service_place *place = fixture.answer.results[0].place;
    ck_assert_msg(str_equal_z(place == NULL ? STR("") : place->district, shown[_i].district),
                  "%s %s", facts, words);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/choice");
    TCase *tests = tcase_create("choice");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_loop_test(tests, test_choice_of_a_place, 0, sizeof shown / sizeof shown[0]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
