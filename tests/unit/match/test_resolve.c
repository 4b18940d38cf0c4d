/* SPDX-License-Identifier: EUPL-1.2 */
/* From what was asked to what is meant, and what is said of words that nobody knows. */
#include "fixture.h"
#include "support/run.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static const struct {
    const char *question;
    int district;
    int locality;
    const char *place;
} places[] = {
    {"", KNOWLEDGE_NONE, KNOWLEDGE_NONE, ""},
    {"district=poruba", DISTRICT_PORUBA, KNOWLEDGE_NONE, "Poruba"},
    {"district=PORUBA", DISTRICT_PORUBA, KNOWLEDGE_NONE, "Poruba"},
    {"district=Slezská Ostrava", DISTRICT_SLEZSKA, KNOWLEDGE_NONE, "Slezská Ostrava"},
    {"district=slezska ostrava", DISTRICT_SLEZSKA, KNOWLEDGE_NONE, "Slezská Ostrava"},
    {"district=slezska-ostrava", DISTRICT_SLEZSKA, KNOWLEDGE_NONE, "Slezská Ostrava"},
    {"district=Ostrava jih", DISTRICT_JIH, KNOWLEDGE_NONE, "Ostrava-Jih"},
    /* A part means its district; one that is a locality too means the nearer place. */
    {"district=muglinov", DISTRICT_SLEZSKA, KNOWLEDGE_NONE, "Slezská Ostrava"},
    {"district=Koblov", DISTRICT_SLEZSKA, KNOWLEDGE_NONE, "Slezská Ostrava"},
    {"district=hrušov", DISTRICT_SLEZSKA, LOCALITY_HRUSOV, "Hrušov"},
    {"locality=Muglinov", DISTRICT_SLEZSKA, KNOWLEDGE_NONE, "Slezská Ostrava"},
    {"locality=Jílová", KNOWLEDGE_NONE, LOCALITY_JILOVA, "Jílová"},
    {"locality=Hulvácká", DISTRICT_JIH, LOCALITY_HULVACKA, "Hulvácká (Soiva)"},
    {"locality=ubytovna soiva", DISTRICT_JIH, LOCALITY_HULVACKA, "Hulvácká (Soiva)"},
    /* The locality goes before the district, which fills in what is not known of it. */
    {"district=Poruba;locality=Jílová", DISTRICT_PORUBA, LOCALITY_JILOVA, "Jílová"},
    {"district=Poruba;locality=Hrušov", DISTRICT_SLEZSKA, LOCALITY_HRUSOV, "Hrušov"},
    {"district=Hrušov;locality=Jílová", DISTRICT_SLEZSKA, LOCALITY_JILOVA, "Jílová"},
    /* The city as a whole is no district of it. */
    {"district=Ostrava", KNOWLEDGE_NONE, KNOWLEDGE_NONE, ""},
    {"district=Poruba;locality=Ostrava", DISTRICT_PORUBA, KNOWLEDGE_NONE, "Poruba"},
};

START_TEST(test_resolve_places)
{
    char question[256];
    (void)snprintf(question, sizeof question, "situations=debts;%s", places[_i].question);
    fixture_resolve(&fixture, question);
    ck_assert_int_eq(fixture.resolved.district, places[_i].district);
    ck_assert_int_eq(fixture.resolved.locality, places[_i].locality);
    ck_assert(str_equal_z(fixture.resolved.place, places[_i].place) || places[_i].place[0] == '\0');
    ck_assert_int_eq(str_present(fixture.resolved.place), places[_i].place[0] != '\0');
}
END_TEST

/* The first problem; `near` is how its list of near words starts. */
static const struct {
    const char *question;
    const char *code;
    const char *pointer;
    const char *asked;
    const char *near;
} refused[] = {
    {"age=30", "question-situations-missing", "/situations", "", ""},
    {"situations=debts,debs", "question-situation-unknown", "/situations/1", "debs", "debts"},
    {"situations=dluh", "question-situation-unknown", "/situations/0", "dluh", ""},
    {"situations=exekutor", "question-situation-unknown", "/situations/0", "exekutor", "debts"},
    {"situations=rooflesstonight", "question-situation-unknown", "/situations/0", "rooflesstonight",
     "roofless-tonight"},
    {"situations=Roofless", "question-situation-unknown", "/situations/0", "Roofless",
     "roofless-tonight"},
    {"situations=a,b,c,d,e,f,g,h,i", "question-too-many", "/situations", "8", ""},
    {"situations=debts;municipality=ostravka", "question-municipality-unknown", "/municipality",
     "ostravka", "ostrava"},
    {"situations=debts;district=Slezka Ostrava", "question-place-unknown", "/district",
     "Slezka Ostrava", "Slezská Ostrava"},
    {"situations=debts;district= ", "question-place-unknown", "/district", " ", ""},
    {"situations=debts;locality=Jilovská", "question-place-unknown", "/locality", "Jilovská",
     "Jílová"},
    {"situations=debts;municipality=brno;district=poruba", "question-place-unknown", "/district",
     "poruba", ""},
    {"situations=debts;target_groups=families,family", "question-target-group-unknown",
     "/target_groups/1", "family", "families"},
    {"situations=debts;forms=fields", "question-form-unknown", "/forms/0", "fields", "field"},
    {"situations=debts;languages=cs,ua", "question-language-unknown", "/languages/1", "ua", ""},
    {"situations=debts;accessibility=weelchair", "question-accessibility-unknown",
     "/accessibility/0", "weelchair", "wheelchair"},
    {"situations=debts;age=30;age=131", "question-age-invalid", "/ages/1", "130", ""},
    {"situations=debts;age=-1", "question-age-invalid", "/ages/0", "130", ""},
    {"situations=debts;limit=51", "question-limit-invalid", "/limit", "50", ""},
    {"situations=debts;lat=49.8", "question-position-incomplete", "/lon", "", ""},
    {"situations=debts;lon=18.2", "question-position-incomplete", "/lat", "", ""},
    {"situations=debts;lat=18.26;lon=49.83", "question-position-elsewhere", "/lat", "", ""},
    {"situations=debts;lat=91;lon=18", "question-position-elsewhere", "/lat", "", ""},
    {"situations=debts;lat=nan;lon=18", "question-position-elsewhere", "/lat", "", ""},
    {"situations=debts;lat=49.8;lon=-18.2", "question-position-elsewhere", "/lat", "", ""},
    {"situations=debts;radius_m=500", "question-radius-alone", "/radius_m", "", ""},
    {"situations=debts;lat=49.8;lon=18.2;radius_m=200001", "question-radius-invalid", "/radius_m",
     "200000", ""},
    {"situations=debts;lat=49.8;lon=18.2;radius_m=-1", "question-radius-invalid", "/radius_m",
     "200000", ""},
};

START_TEST(test_resolve_refuses)
{
    struct match_resolved untouched = {.limit = 77};
    fixture_question(&fixture, refused[_i].question);
    fixture.resolved = untouched;
    ck_assert(!match_resolve(fixture.knowledge, &fixture.question, fixture.arena, &fixture.resolved,
                             &fixture.err));
    const struct problem *problem = &fixture.err.problems[0];
    ck_assert_int_eq(fixture.err.code, ERROR_INVALID);
    ck_assert_str_eq(problem->code, refused[_i].code);
    ck_assert_str_eq(problem->pointer, refused[_i].pointer);
    ck_assert_str_eq(problem->argument[0], refused[_i].asked);
    size_t length = strlen(refused[_i].near);
    ck_assert_msg(strncmp(problem->argument[1], refused[_i].near, length) == 0, "near: %s",
                  problem->argument[1]);
    ck_assert_uint_eq(fixture.resolved.limit, 77);
}
END_TEST

/* Times asked, as UTC; "" is refused. */
static const struct {
    const char *text;
    const char *utc;
} times[] = {
    {"now", "2026-11-23T11:00:00Z"},
    {"2026-12-24T10:00", "2026-12-24T09:00:00Z"},
    {"2026-12-24T10:00:30", "2026-12-24T09:00:30Z"},
    {"2026-07-01T10:00", "2026-07-01T08:00:00Z"},
    {"2026-12-24T10:00:00Z", "2026-12-24T10:00:00Z"},
    {"2026-12-24T10:00:00+05:00", "2026-12-24T05:00:00Z"},
    /* 02:30 comes twice in October and means the first; in March it does not come. */
    {"2026-10-25T02:30", "2026-10-25T00:30:00Z"},
    {"2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z"},
    {"2027-03-28T02:30", "2027-03-28T01:30:00Z"},
    {"2028-02-29T00:00", "2028-02-28T23:00:00Z"},
    {"", ""},
    {"Now", ""},
    {"today", ""},
    {"2026-12-24", ""},
    {"2026-12-24T", ""},
    {"2026-12-24 10:00", ""},
    {"2026-12-24T24:00", ""},
    {"2026-12-24T10:60", ""},
    {"2026-12-24T10:00:60", ""},
    {"2026-12-24T1a:00", ""},
    {"2026-02-29T10:00", ""},
    {"2026-13-01T10:00", ""},
    {"2026-12-24T10:00+01:00", ""},
    {"2026-12-24T10:00:00+25:00", ""},
    {"10:00", ""},
};

START_TEST(test_resolve_times)
{
    fixture_question(&fixture, "situations=debts");
    fixture.question.open_at = str_from(times[_i].text);
    bool good = match_resolve(fixture.knowledge, &fixture.question, fixture.arena,
                              &fixture.resolved, &fixture.err);
    ck_assert_int_eq(good, times[_i].utc[0] != '\0');
    if (good) {
        ck_assert(fixture.resolved.open_asked);
        ck_assert_int_eq(fixture.resolved.at_ms, fixture_moment(times[_i].utc));
        return;
    }
    ck_assert_str_eq(fixture.err.problems[0].code, "question-time-invalid");
    ck_assert_str_eq(fixture.err.problems[0].pointer, "/open_at");
    ck_assert_str_eq(fixture.err.problems[0].argument[0], times[_i].text);
}
END_TEST

START_TEST(test_resolve_time_not_asked_is_now)
{
    fixture_resolve(&fixture, "situations=debts");
    ck_assert(!fixture.resolved.open_asked);
    ck_assert_int_eq(fixture.resolved.at_ms, fixture.resolved.now_ms);
}
END_TEST

START_TEST(test_resolve_position)
{
    fixture_resolve(&fixture, "situations=debts;lat=49.8285;lon=18.1661;radius_m=500");
    ck_assert(fixture.resolved.located);
    ck_assert_int_eq(fixture.resolved.latitude_micro, 49828500);
    ck_assert_int_eq(fixture.resolved.longitude_micro, 18166100);
    ck_assert_int_eq(fixture.resolved.radius_m, 500);
    fixture_resolve(&fixture, "situations=debts");
    ck_assert(!fixture.resolved.located);
}
END_TEST

/* What is near nothing gets no suggestions, which would only mislead. */
START_TEST(test_resolve_suggests_nothing_where_nothing_is_near)
{
    fixture_question(&fixture, "situations=dluh");
    ck_assert(!match_resolve(fixture.knowledge, &fixture.question, fixture.arena, &fixture.resolved,
                             &fixture.err));
    ck_assert_str_eq(fixture.err.problems[0].argument[1], "");
}
END_TEST

START_TEST(test_resolve_tells_all_problems_at_once)
{
    fixture_question(&fixture, "situations=x;municipality=y;age=200;forms=z;limit=99");
    ck_assert(!match_resolve(fixture.knowledge, &fixture.question, fixture.arena, &fixture.resolved,
                             &fixture.err));
    ck_assert_uint_eq(fixture.err.problem_count, 5);
}
END_TEST

START_TEST(test_resolve_too_many_ages)
{
    fixture_question(&fixture, "situations=debts;age=1;age=2;age=3;age=4;age=5;age=6;age=7;age=8");
    fixture.question.age_count = MATCH_AGES_MAXIMUM + 1;
    ck_assert(!match_resolve(fixture.knowledge, &fixture.question, fixture.arena, &fixture.resolved,
                             &fixture.err));
    ck_assert_str_eq(fixture.err.problems[0].code, "question-too-many");
    ck_assert_str_eq(fixture.err.problems[0].pointer, "/ages");
}
END_TEST

START_TEST(test_resolve_limit_and_repetitions)
{
    fixture_resolve(&fixture, "situations=alcohol,debts,alcohol;forms=field,residential");
    ck_assert_uint_eq(fixture.resolved.limit, MATCH_LIMIT_DEFAULT);
    ck_assert_uint_eq(fixture.resolved.situation_count, 2);
    ck_assert_uint_eq(fixture.resolved.situations[0], 3);
    ck_assert_uint_eq(fixture.resolved.forms, FORM_FIELD | FORM_RESIDENTIAL);
    ck_assert_int_eq(fixture.resolved.municipality, OSTRAVA);
}
END_TEST

START_TEST(test_resolve_arena_exhausted)
{
    struct arena *small = arena_new(64);
    fixture_question(&fixture, "situations=debts;district=poruba");
    ck_assert(!match_resolve(fixture.knowledge, &fixture.question, small, &fixture.resolved,
                             &fixture.err));
    ck_assert_int_eq(fixture.err.code, ERROR_MEMORY);
    arena_free(small);
}
END_TEST

START_TEST(test_resolve_circumstances_by_key)
{
    enum match_circumstance circumstance;
    ck_assert(match_circumstance_from_key(STR("needs-hospital-care"), &circumstance));
    ck_assert_str_eq(match_circumstance_key(circumstance), "needs-hospital-care");
    ck_assert(!match_circumstance_from_key(STR("men-only"), &circumstance));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/resolve");
    TCase *tests = tcase_create("resolve");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_resolve_places, 0, sizeof places / sizeof places[0]);
    tcase_add_loop_test(tests, test_resolve_refuses, 0, sizeof refused / sizeof refused[0]);
    tcase_add_loop_test(tests, test_resolve_times, 0, sizeof times / sizeof times[0]);
    tcase_add_test(tests, test_resolve_time_not_asked_is_now);
    tcase_add_test(tests, test_resolve_position);
    tcase_add_test(tests, test_resolve_suggests_nothing_where_nothing_is_near);
    tcase_add_test(tests, test_resolve_tells_all_problems_at_once);
    tcase_add_test(tests, test_resolve_too_many_ages);
    tcase_add_test(tests, test_resolve_limit_and_repetitions);
    tcase_add_test(tests, test_resolve_arena_exhausted);
    tcase_add_test(tests, test_resolve_circumstances_by_key);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
