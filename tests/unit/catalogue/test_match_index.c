/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows, areas and candidates as they come from facts and knowledge. */
#include <stdio.h>

#include "sociopoint/catalogue/match_index.h"
#include "support/catalogue_rows.h"

static struct catalogue *catalogue;
static struct generation *generation;

static void start(void)
{
    catalogue = catalogue_new();
    generation = NULL;
}

static void stop(void)
{
    generation_free(generation);
    catalogue_free(catalogue);
}

/* The row of the one service with these facts. */
static const struct match_row *row_of(const char *facts)
{
    rows_put(catalogue, 1, DOCUMENT_SERVICE, "a", facts);
    generation = rows_build(catalogue);
    struct uuid id = rows_id(DOCUMENT_SERVICE, "a");
    int64_t row = generation_match_row(generation, &id);
    ck_assert_int_eq(row, 0);
    return &generation_match_index(generation)->rows[row];
}

#define ALL        (1 << OSTRAVA | 1 << OPAVA | 1 << BRNO)
#define IN_OSTRAVA "{\"municipality\":\"ostrava\"}"
#define IN_BRNO    "{\"municipality\":\"brno\"}"

/* To which municipalities a service belongs, and what its row says about its area. */
static const struct {
    const char *facts;
    uint64_t municipalities;
    uint32_t flags;
    int home;
} areas[] = {
    {"{}", 0, 0, MATCH_NO_HOME},
    {"{\"file_municipality\":\"ostrava\"}", 1 << OSTRAVA, 0, MATCH_NO_HOME},
    {"{\"file_municipality\":\"ostrava\",\"places\":[{\"concealed\":true}]}", 1 << OSTRAVA,
     ROW_CONCEALED, MATCH_NO_HOME},
    {"{\"file_municipality\":\"ostrava\",\"places\":[" IN_BRNO "]}", 1 << BRNO, 0, BRNO},
    {"{\"places\":[" IN_OSTRAVA "," IN_BRNO "]}", 1 << OSTRAVA | 1 << BRNO, ROW_MORE_AREAS,
     OSTRAVA},
    {"{\"area\":[\"cz\"],\"file_municipality\":\"ostrava\"}", ALL,
     ROW_AREA_GIVEN | ROW_WHOLE_COUNTRY, MATCH_NO_HOME},
    {"{\"area\":[\"cz\"],\"places\":[" IN_BRNO "]}", ALL, ROW_AREA_GIVEN | ROW_WHOLE_COUNTRY, BRNO},
    {"{\"area\":[\"region:moravskoslezsky\"]}", 1 << OSTRAVA | 1 << OPAVA,
     ROW_AREA_GIVEN | ROW_WHOLE_REGION, MATCH_NO_HOME},
    {"{\"area\":[\"region:zlinsky\"],\"places\":[" IN_OSTRAVA
     "],\"file_municipality\":\"ostrava\"}",
     0, ROW_AREA_GIVEN | ROW_WHOLE_REGION, MATCH_NO_HOME},
    {"{\"area\":[\"municipality:ostrava\"]}", 1 << OSTRAVA, ROW_AREA_GIVEN | ROW_WHOLE_MUNICIPALITY,
     OSTRAVA},
    {"{\"area\":[\"municipality:ostrava\"],\"places\":[" IN_BRNO "]}", 1 << OSTRAVA,
     ROW_AREA_GIVEN | ROW_WHOLE_MUNICIPALITY, OSTRAVA},
    {"{\"area\":[\"municipality:ostrava\",\"municipality:brno\"]}", 1 << OSTRAVA | 1 << BRNO,
     ROW_AREA_GIVEN | ROW_WHOLE_MUNICIPALITY | ROW_MORE_AREAS, OSTRAVA},
    {"{\"area\":[\"district:ostrava/poruba\"]}", 1 << OSTRAVA, ROW_AREA_GIVEN | ROW_AREA_DISTRICTS,
     OSTRAVA},
    {"{\"area\":[\"district:ostrava/mars\"]}", 1 << OSTRAVA, ROW_AREA_GIVEN, OSTRAVA},
    {"{\"area\":[\"district:ostrava\"]}", 1 << OSTRAVA, ROW_AREA_GIVEN, OSTRAVA},
    {"{\"area\":[\"locality:ostrava/jilova\"]}", 1 << OSTRAVA, ROW_AREA_GIVEN | ROW_AREA_LOCALITIES,
     OSTRAVA},
    {"{\"area\":[\"municipality:praha\"],\"file_municipality\":\"ostrava\"}", 0, ROW_AREA_GIVEN,
     MATCH_NO_HOME},
    {"{\"places\":[{\"municipality\":\"ostrava\",\"locality\":\"jilova\",\"address\":true}]}",
     1 << OSTRAVA, ROW_PLACE_LOCALITIES | ROW_VISIT, OSTRAVA},
};

START_TEST(test_match_index_area)
{
    const struct match_row *row = row_of(areas[_i].facts);
    ck_assert_uint_eq(row->municipalities, areas[_i].municipalities);
    ck_assert_uint_eq(row->flags, areas[_i].flags);
    ck_assert_int_eq(row->home, areas[_i].home);
}
END_TEST

START_TEST(test_match_index_area_records)
{
    const struct match_row *row =
        row_of("{\"area\":[\"district:ostrava/poruba\",\"locality:ostrava/hrusov\","
               "\"locality:ostrava/jilova\",\"district:brno/brno-stred\"],\"places\":["
               "{\"municipality\":\"ostrava\",\"district\":\"ostrava-jih\"},"
               "{\"municipality\":\"ostrava\",\"locality\":\"jilova\"},"
               "{\"municipality\":\"opava\"}]}");
    const struct match_index *index = generation_match_index(generation);
    const struct match_area *ostrava = match_index_area(index, row, OSTRAVA);
    const struct match_area *brno = match_index_area(index, row, BRNO);
    ck_assert_uint_eq(row->area_count, 2);
    ck_assert_ptr_null(match_index_area(index, row, OPAVA));
    ck_assert_uint_eq(ostrava->districts, 1 << DISTRICT_PORUBA);
    ck_assert_uint_eq(ostrava->locality_districts, 1 << DISTRICT_SLEZSKA);
    ck_assert_uint_eq(ostrava->place_districts, 1 << DISTRICT_JIH | 1 << DISTRICT_SLEZSKA);
    ck_assert_uint_eq(ostrava->locality_count, 2);
    ck_assert_uint_eq(ostrava->localities[0], LOCALITY_JILOVA);
    ck_assert_uint_eq(ostrava->localities[1], LOCALITY_HRUSOV);
    ck_assert_uint_eq(ostrava->place_locality_count, 1);
    ck_assert_uint_eq(ostrava->place_localities[0], LOCALITY_JILOVA);
    ck_assert(!ostrava->whole);
    ck_assert_uint_eq(brno->districts, 1);
    ck_assert_ptr_null(brno->localities);
    ck_assert_uint_eq(row->districts, ostrava->districts);
    ck_assert_uint_eq(row->place_districts, ostrava->place_districts);
}
END_TEST

/* Flags of reach and state, one fact at a time. */
static const struct {
    const char *facts;
    uint32_t flags;
} flags[] = {
    {"{\"office\":true}", ROW_OFFICE},
    {"{\"forms\":[\"field\"]}", ROW_FIELD_ONLY},
    {"{\"forms\":[\"field\",\"outpatient\"]}", 0},
    {"{\"phones\":1}", ROW_PHONE},
    {"{\"organization_phones\":1}", ROW_PHONE},
    {"{\"emails\":1}", ROW_EMAIL},
    {"{\"web\":true}", ROW_WEB},
    {"{\"places\":[{\"address\":true}]}", ROW_VISIT},
    {"{\"places\":[{\"concealed\":true},{\"address\":true}]}", ROW_VISIT | ROW_CONCEALED},
    {"{\"confirmed_on\":\"2026-01-01\"}", ROW_CONFIRMED},
    {"{\"status\":\"temporarily closed\"}", ROW_CLOSED},
    {"{\"schedules\":[{\"byday\":\"MO\"}]}", ROW_HOURS},
    {"{\"closures\":[{\"from\":\"2026-01-01\"}]}", ROW_HOURS},
    {"{\"places\":[{},{\"schedules\":[{\"byday\":\"MO\"}]}]}", ROW_HOURS},
    {"{\"schedules\":[{\"byday\":\"XX\"}]}", 0},
    {"{\"places\":[{},{\"latitude\":49.8,\"longitude\":18.2}]}", ROW_COORDINATES},
    {"{\"places\":[{\"latitude\":49.8,\"longitude\":18.2,\"concealed\":true}]}", ROW_CONCEALED},
};

START_TEST(test_match_index_flags)
{
    ck_assert_uint_eq(row_of(flags[_i].facts)->flags, flags[_i].flags);
}
END_TEST

START_TEST(test_match_index_unknown_is_unknown)
{
    const struct match_row *row = row_of("{}");
    ck_assert_int_eq(row->kind, MATCH_NO_KIND);
    ck_assert_int_eq(row->minimum_age, MATCH_AGE_UNKNOWN);
    ck_assert_int_eq(row->maximum_age, MATCH_AGE_UNKNOWN);
    ck_assert_uint_eq(row->source_year, MATCH_UNDATED);
    ck_assert_uint_eq(row->forms | row->rules | row->cost | row->free_places, 0);
    ck_assert_uint_eq(row->languages | row->accessibility | row->registered_maximum, 0);
    ck_assert_uint_eq(row->target_groups, 0);
    ck_assert_uint_eq((uintptr_t)row % 64, 0);
}
END_TEST

START_TEST(test_match_index_conditions)
{
    const struct match_row *row = row_of(
        "{\"kind\":\"counselling\",\"target_groups\":[\"addicted\",\"homeless\"],"
        "\"forms\":[\"outpatient\"],\"minimum_age\":15,\"maximum_age\":140,"
        "\"rules\":[\"men-only\",\"referral\"],\"cost\":\"free\",\"registered_maximum\":99999,"
        "\"free_places\":{\"state\":\"none\"},\"as_of\":\"2023-10\","
        "\"languages\":[\"cs\",\"uk\",\"cs\"],\"accessibility\":[\"wheelchair\"]}");
    ck_assert_int_eq(row->kind, KIND_COUNSELLING);
    ck_assert_uint_eq(row->target_groups, 1 << GROUP_HOMELESS | 1 << GROUP_ADDICTED);
    ck_assert_uint_eq(row->forms, FORM_OUTPATIENT);
    ck_assert_int_eq(row->minimum_age, 15);
    ck_assert_int_eq(row->maximum_age, 127);
    ck_assert_uint_eq(row->rules, RULE_MEN_ONLY | RULE_REFERRAL);
    ck_assert_uint_eq(row->cost, COST_FREE);
    ck_assert_uint_eq(row->registered_maximum, UINT16_MAX);
    ck_assert_uint_eq(row->free_places, FREE_NONE);
    ck_assert_uint_eq(row->source_year, 2023);
    ck_assert_uint_eq(row->languages, generation_language_bit(generation, STR("cs")) |
                                          generation_language_bit(generation, STR("uk")));
    ck_assert_uint_ne(generation_language_bit(generation, STR("uk")), 0);
    ck_assert_uint_eq(generation_language_bit(generation, STR("de")), 0);
    ck_assert_uint_eq(row->accessibility,
                      generation_accessibility_bit(generation, STR("wheelchair")));
    ck_assert_ptr_eq(match_index_facts(generation_match_index(generation), row),
                     generation_match_index(generation)->services[0]->facts.service);
}
END_TEST

static const struct {
    const char *facts;
    uint16_t year;
} years[] = {
    {"{\"as_of\":\"2025\"}", 2025},
    {"{\"as_of\":\"2022-05-01\",\"confirmed_on\":\"2026-03-01\"}", 2026},
    {"{\"as_of\":\"2026\",\"confirmed_on\":\"2024-03-01\"}", 2026},
    {"{\"as_of\":\"soon\"}", MATCH_UNDATED},
    {"{\"as_of\":\"20\"}", MATCH_UNDATED},
};

START_TEST(test_match_index_source_year)
{
    ck_assert_uint_eq(row_of(years[_i].facts)->source_year, years[_i].year);
}
END_TEST

/* More codes than bits: the last bit is shared, and a code that is among the rest says so. */
START_TEST(test_match_index_shared_language_bit)
{
    char facts[1024] = "{\"languages\":[\"l0\"";
    for (int i = 1; i < 40; i++) {
        size_t used = strlen(facts);
        (void)snprintf(facts + used, sizeof facts - used, ",\"l%d\"", i);
    }
    size_t used = strlen(facts);
    (void)snprintf(facts + used, sizeof facts - used, "]}");
    const struct match_row *row = row_of(facts);
    ck_assert_uint_eq(row->languages, UINT32_MAX);
    ck_assert_uint_eq(generation_language_bit(generation, STR("l30")), UINT32_C(1) << 30);
    ck_assert_uint_eq(generation_language_bit(generation, STR("l31")), MATCH_LANGUAGE_SHARED);
    ck_assert_uint_eq(generation_language_bit(generation, STR("xx")), MATCH_LANGUAGE_SHARED);
}
END_TEST

START_TEST(test_match_index_status)
{
    static const struct {
        const char *facts;
        bool row;
    } statuses[] = {{"{\"name\":\"a\",\"status\":\"active\"}", true},
                    {"{\"name\":\"b\",\"status\":\"inactive\"}", false},
                    {"{\"name\":\"c\",\"status\":\"defunct\"}", false},
                    {"{\"name\":\"d\",\"status\":\"temporarily closed\"}", true}};
    char key[2] = "a";
    for (size_t i = 0; i < 4; i++, key[0]++)
        rows_put(catalogue, 1, DOCUMENT_SERVICE, key, statuses[i].facts);
    generation = rows_build(catalogue);
    ck_assert_uint_eq(generation_match_index(generation)->row_count, 2);
    key[0] = 'a';
    for (size_t i = 0; i < 4; i++, key[0]++) {
        struct uuid id = rows_id(DOCUMENT_SERVICE, key);
        int64_t row = generation_match_row(generation, &id);
        ck_assert_int_eq(row >= 0, statuses[i].row);
        if (row >= 0)
            ck_assert_uint_eq(generation_match_index(generation)->rows[row].service, i);
    }
    struct uuid nobody = rows_id(DOCUMENT_SERVICE, "nobody");
    ck_assert_int_eq(generation_match_row(generation, &nobody), -1);
}
END_TEST

/* "row:strength" of each candidate, rows in the order of names. */
static void check_candidates(int situation, const char *expected)
{
    const struct match_candidates *list =
        &generation_match_index(generation)->candidates[situation];
    char got[128] = "";
    for (size_t i = 0; i < list->count; i++) {
        size_t used = strlen(got);
        (void)snprintf(got + used, sizeof got - used, "%u:%u ", (unsigned)list->items[i].row,
                       (unsigned)list->items[i].strength);
    }
    ck_assert_str_eq(got, expected);
}

START_TEST(test_match_index_candidates)
{
    static const char *const facts[] = {
        /* 0: named, although its kind would do too */
        "{\"name\":\"a\",\"situations\":[\"debt\"],\"kind\":\"counselling\","
        "\"target_groups\":[\"families\"]}",
        /* 1: by kind with a shared group, for one of the two situations of its kind */
        "{\"name\":\"b\",\"kind\":\"shelter\",\"target_groups\":[\"addicted\"]}",
        /* 2: the kind fits, but no group is given */
        "{\"name\":\"c\",\"kind\":\"counselling\"}",
        /* 3: by section, sharing groups with both */
        "{\"name\":\"d\",\"kind\":\"37\",\"target_groups\":[\"homeless\",\"addicted\"]}",
        /* 4: unknown kind and unknown situation */
        "{\"name\":\"e\",\"kind\":\"castle\",\"situations\":[\"bored\",\"lonely\"],"
        "\"target_groups\":[\"homeless\"]}",
    };
    char key[2] = "a";
    for (size_t i = 0; i < 5; i++, key[0]++)
        rows_put(catalogue, 1, DOCUMENT_SERVICE, key, facts[i]);
    generation = rows_build(catalogue);
    check_candidates(SITUATION_DEBT, "0:2 3:1 ");
    check_candidates(SITUATION_ROOFLESS, "");
    check_candidates(SITUATION_ADDICTION, "1:1 3:1 ");
    check_candidates(SITUATION_LONELY, "4:2 ");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match_index");
    TCase *tests = tcase_create("match_index");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_loop_test(tests, test_match_index_area, 0, sizeof areas / sizeof areas[0]);
    tcase_add_test(tests, test_match_index_area_records);
    tcase_add_loop_test(tests, test_match_index_flags, 0, sizeof flags / sizeof flags[0]);
    tcase_add_test(tests, test_match_index_unknown_is_unknown);
    tcase_add_test(tests, test_match_index_conditions);
    tcase_add_loop_test(tests, test_match_index_source_year, 0, sizeof years / sizeof years[0]);
    tcase_add_test(tests, test_match_index_shared_language_bit);
    tcase_add_test(tests, test_match_index_status);
    tcase_add_test(tests, test_match_index_candidates);
    suite_add_tcase(suite, tests);
    return rows_run(suite);
}
