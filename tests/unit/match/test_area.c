/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a service works against where it is asked for, and the municipality as a boundary. */
#include "fixture.h"
#include "support/run.h"

#define DEBTS       "\"situations\":[\"debts\"],\"phones\":1"
#define AREA(codes) DEBTS ",\"area\":[" codes "]"
#define PLACE(district)                                                                            \
    "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"" district "\",\"address\":true}]"
#define STANDS(district) DEBTS "," PLACE(district)
#define FIELD            ",\"forms\":[\"field\"]"
#define OFFICE           ",\"office\":true"
#define OMAMA            AREA("\"locality:ostrava/jilova\",\"locality:ostrava/hulvacka\"")
#define HRUSOV           AREA("\"locality:ostrava/hrusov\"")
#define TWO_DISTRICTS    AREA("\"district:ostrava/poruba\",\"district:ostrava/ostrava-jih\"")

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

enum outcome { NEITHER, RESULT, NEAR_MISS };

/* `code` NULL: a result without a reason about the area. `ask` is asked for field services alone. */
static const struct {
    const char *facts;
    const char *question;
    enum outcome outcome;
    const char *code;
    const char *first;
    const char *second;
    const char *ask;
} cases[] = {
    /* The whole country, region or municipality holds every place of it. */
    {AREA("\"cz\""), "district=poruba", RESULT, "reason.area.met.country", "Poruba", "", NULL},
    {AREA("\"cz\"") FIELD, "municipality=brno", RESULT, NULL, "", "", NULL},
    {AREA("\"region:moravskoslezsky\"") FIELD, "locality=Jílová", RESULT, "reason.area.met.region",
     "Jílová", "", NULL},
    {AREA("\"municipality:ostrava\"") FIELD, "district=poruba", RESULT,
     "reason.area.met.municipality", "Ostrava", "", NULL},
    {AREA("\"municipality:ostrava\""), "", RESULT, NULL, "", "", NULL},
    {AREA("\"municipality:ostrava\""), "district=Ostrava", RESULT, NULL, "", "", NULL},
    /* A listed district, asked by name, key, part or locality. */
    {TWO_DISTRICTS, "district=Poruba", RESULT, "reason.area.met.district", "Poruba", "", NULL},
    {TWO_DISTRICTS, "locality=Ubytovna Soiva", RESULT, "reason.area.met.district",
     "Hulvácká (Soiva)", "", NULL},
    {TWO_DISTRICTS, "district=Muglinov", RESULT, "reason.area.failed", "Slezská Ostrava",
     "Poruba, Ostrava-Jih", NULL},
    {TWO_DISTRICTS FIELD, "district=Muglinov", NEAR_MISS, "reason.area.failed", "Slezská Ostrava",
     "Poruba, Ostrava-Jih", NULL},
    {TWO_DISTRICTS OFFICE, "district=Muglinov", NEAR_MISS, "reason.area.failed", "Slezská Ostrava",
     "Poruba, Ostrava-Jih", NULL},
    {TWO_DISTRICTS, "", RESULT, "reason.area.unknown.unsaid", "Poruba, Ostrava-Jih", "", NULL},
    {TWO_DISTRICTS OFFICE, "", RESULT, "reason.area.unknown.unsaid", "Poruba, Ostrava-Jih", "",
     "ask.district"},
    /* A locality of which nobody knows the district. */
    {TWO_DISTRICTS FIELD, "locality=Jílová", RESULT, "reason.area.unknown.districts", "Jílová",
     "Poruba, Ostrava-Jih", "ask.district"},
    /* A listed locality: the asked one, an asked district that has it or may have it. */
    {OMAMA FIELD, "locality=jilova", RESULT, "reason.area.met.locality", "Jílová", "", NULL},
    {OMAMA FIELD, "district=Jílová", RESULT, "reason.area.met.locality", "Jílová", "", NULL},
    {OMAMA FIELD, "district=Ostrava-Jih", RESULT, "reason.area.unknown.localities", "Ostrava-Jih",
     "Jílová, Hulvácká (Soiva)", "ask.locality"},
    {OMAMA FIELD, "district=Poruba", RESULT, "reason.area.unknown.localities", "Poruba",
     "Jílová, Hulvácká (Soiva)", "ask.locality"},
    {OMAMA FIELD, "", RESULT, "reason.area.unknown.unsaid", "Jílová, Hulvácká (Soiva)", "",
     "ask.district"},
    {OMAMA FIELD, "locality=Hrušov", NEAR_MISS, "reason.area.failed", "Hrušov",
     "Jílová, Hulvácká (Soiva)", NULL},
    {HRUSOV FIELD, "district=Poruba", NEAR_MISS, "reason.area.failed", "Poruba", "Hrušov", NULL},
    {HRUSOV FIELD, "district=Slezská Ostrava", RESULT, "reason.area.unknown.localities",
     "Slezská Ostrava", "Hrušov", "ask.locality"},
    {HRUSOV, "district=Poruba", RESULT, "reason.area.failed", "Poruba", "Hrušov", NULL},
    /* No area: where it stands is what is known; people come to it. */
    {STANDS("poruba"), "district=poruba", RESULT, "reason.area.met.nearby", "Poruba", "", NULL},
    {STANDS("poruba"), "district=Hrušov", RESULT, "reason.area.unknown.elsewhere", "Hrušov",
     "Poruba", NULL},
    {STANDS("poruba"), "locality=Jílová", RESULT, "reason.area.unknown", "Jílová", "", NULL},
    {STANDS("poruba"), "", RESULT, NULL, "", "", NULL},
    {STANDS("poruba") FIELD, "district=poruba", RESULT, "reason.area.unknown", "Poruba", "", NULL},
    {DEBTS, "district=poruba", RESULT, "reason.area.unknown", "Poruba", "", NULL},
    {DEBTS, "", RESULT, NULL, "", "", NULL},
    {DEBTS ",\"places\":[{\"municipality\":\"ostrava\",\"locality\":\"jilova\"}]",
     "locality=jilova", RESULT, "reason.area.met.nearby", "Jílová", "", NULL},
    /* A listed area goes before the place where the service stands. */
    {AREA("\"district:ostrava/ostrava-jih\"") "," PLACE("poruba"), "district=poruba", RESULT,
     "reason.area.failed", "Poruba", "Ostrava-Jih", NULL},
    /* A place the knowledge does not have says nothing. */
    {AREA("\"district:ostrava/nowhere\""), "district=poruba", RESULT, "reason.area.unknown",
     "Poruba", "", NULL},
    /* The municipality is a boundary: outside it is neither a result nor a near miss. */
    {AREA("\"municipality:brno\""), "", NEITHER, NULL, "", "", NULL},
    {AREA("\"municipality:brno\"") ",\"maximum_age\":2", "age=30", NEITHER, NULL, "", "", NULL},
    {AREA("\"municipality:ostrava\""), "municipality=brno", NEITHER, NULL, "", "", NULL},
    {AREA("\"region:jihomoravsky\""), "", NEITHER, NULL, "", "", NULL},
    {AREA("\"region:jihomoravsky\""), "municipality=brno", RESULT, NULL, "", "", NULL},
    {DEBTS, "municipality=brno", NEITHER, NULL, "", "", NULL},
    {AREA("\"municipality:brno\",\"district:ostrava/poruba\""), "district=poruba", RESULT,
     "reason.area.met.district", "Poruba", "", NULL},
};

static const struct match_reason *reason_of(enum outcome outcome)
{
    return outcome == NEAR_MISS ? &fixture.answer.near_misses[0].failed
                                : fixture_reason(&fixture.answer.results[0], "area");
}

START_TEST(test_area_table)
{
    char question[256];
    (void)snprintf(question, sizeof question, "situations=debts;%s", cases[_i].question);
    fixture_service(&fixture, "service", cases[_i].facts);
    fixture_ask(&fixture, question);

    const struct match_answer *answer = &fixture.answer;
    ck_assert_uint_eq(answer->result_count, cases[_i].outcome == RESULT);
    ck_assert_uint_eq(answer->near_miss_count, cases[_i].outcome == NEAR_MISS);
    ck_assert_uint_eq(answer->ask_count, cases[_i].ask != NULL);
    if (cases[_i].ask != NULL)
        ck_assert_str_eq(answer->asks[0].code, cases[_i].ask);
    if (cases[_i].outcome == NEITHER)
        return;
    const struct match_reason *reason = reason_of(cases[_i].outcome);
    if (cases[_i].code == NULL) {
        ck_assert_ptr_null(reason);
        return;
    }
    ck_assert_ptr_nonnull(reason);
    ck_assert_str_eq(reason->code, cases[_i].code);
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[0]), cases[_i].first);
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[1]), cases[_i].second);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/area");
    TCase *tests = tcase_create("area");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_area_table, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
