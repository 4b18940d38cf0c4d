/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows, areas and candidates as they come from facts and knowledge. */
#include <math.h>
#include <stdio.h>

#include "sociopoint/catalogue/match_index.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

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
    {"{\"file_municipality\":\"ostrava\",\"places\":[" IN_BRNO "]}", 1 << BRNO, ROW_PUBLIC_PLACE,
     BRNO},
    {"{\"places\":[" IN_OSTRAVA "," IN_BRNO "]}", 1 << OSTRAVA | 1 << BRNO,
     ROW_MORE_AREAS | ROW_PUBLIC_PLACE | ROW_SEVERAL_PLACES, OSTRAVA},
    {"{\"area\":[\"cz\"],\"file_municipality\":\"ostrava\"}", ALL,
     ROW_AREA_GIVEN | ROW_WHOLE_COUNTRY, MATCH_NO_HOME},
    {"{\"area\":[\"cz\"],\"places\":[" IN_BRNO "]}", ALL,
     ROW_AREA_GIVEN | ROW_WHOLE_COUNTRY | ROW_PUBLIC_PLACE, BRNO},
    {"{\"area\":[\"region:moravskoslezsky\"]}", 1 << OSTRAVA | 1 << OPAVA,
     ROW_AREA_GIVEN | ROW_WHOLE_REGION, MATCH_NO_HOME},
    {"{\"area\":[\"region:zlinsky\"],\"places\":[" IN_OSTRAVA
     "],\"file_municipality\":\"ostrava\"}",
     0, ROW_AREA_GIVEN | ROW_WHOLE_REGION | ROW_PUBLIC_PLACE, MATCH_NO_HOME},
    {"{\"area\":[\"municipality:ostrava\"]}", 1 << OSTRAVA, ROW_AREA_GIVEN | ROW_WHOLE_MUNICIPALITY,
     OSTRAVA},
    {"{\"area\":[\"municipality:ostrava\"],\"places\":[" IN_BRNO "]}", 1 << OSTRAVA,
     ROW_AREA_GIVEN | ROW_WHOLE_MUNICIPALITY | ROW_PUBLIC_PLACE, OSTRAVA},
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
     1 << OSTRAVA, ROW_PLACE_LOCALITIES | ROW_VISIT | ROW_PUBLIC_PLACE, OSTRAVA},
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
    {"{\"places\":[{\"address\":true}]}", ROW_VISIT | ROW_PUBLIC_PLACE},
    {"{\"places\":[{\"concealed\":true},{\"address\":true}]}",
     ROW_VISIT | ROW_CONCEALED | ROW_PUBLIC_PLACE | ROW_SEVERAL_PLACES},
    {"{\"confirmed_on\":\"2026-01-01\"}", ROW_CONFIRMED},
    {"{\"status\":\"temporarily closed\"}", ROW_CLOSED},
    {"{\"schedules\":[{\"byday\":\"MO\"}]}", ROW_HOURS},
    {"{\"closures\":[{\"from\":\"2026-01-01\"}]}", ROW_HOURS},
    {"{\"places\":[{},{\"schedules\":[{\"byday\":\"MO\"}]}]}",
     ROW_HOURS | ROW_PUBLIC_PLACE | ROW_SEVERAL_PLACES},
    {"{\"schedules\":[{\"byday\":\"XX\"}]}", 0},
    {"{\"places\":[{\"concealed\":true}]}", ROW_CONCEALED},
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

/* --- Parts ------------------------------------------------------------------------------------- */

/* The first candidate of a group, as a position. */
static uint32_t first_of(uint32_t group)
{
    return generation_match_index(generation)->groups[group].first;
}

/* The rows of a part, by its groups. */
static void check_part(const struct match_candidates *list, size_t part, const char *expected)
{
    const struct match_index *index = generation_match_index(generation);
    char got[128] = "";
    for (uint32_t at = first_of(list->parts[part]); at < first_of(list->parts[part + 1]); at++) {
        size_t used = strlen(got);
        (void)snprintf(got + used, sizeof got - used, "%u ",
                       (unsigned)index->candidate_items[at].row);
    }
    ck_assert_str_eq(got, expected);
}

static unsigned count_bits(const uint64_t *left, const uint64_t *right)
{
    const size_t rows = generation_match_index(generation)->row_count;
    unsigned count = 0;
    for (size_t word = 0; word < (rows + 63) / 64; word++)
        count += (unsigned)__builtin_popcountll(left[word] | right[word]);
    return count;
}

/* The sets of a list say the same as its items. */
static void check_sets(const struct match_candidates *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct match_candidate item = list->items[i];
        const unsigned named = list->named[item.row / 64] >> (item.row % 64) & 1;
        const unsigned sharing = list->sharing[item.row / 64] >> (item.row % 64) & 1;
        ck_assert_uint_eq(named, item.strength == STRENGTH_NAMED);
        ck_assert_uint_eq(sharing, item.shares_group);
    }
    ck_assert_uint_eq(count_bits(list->named, list->sharing), list->count);
}

/* Later years first, then in ascending order of rows. */
static bool stand_in_order(const struct match_index *index, uint32_t at)
{
    const uint32_t left = index->candidate_items[at - 1].row;
    const uint32_t right = index->candidate_items[at].row;
    const uint16_t year = index->rows[left].source_year;
    return year > index->rows[right].source_year ||
           (year == index->rows[right].source_year && left < right);
}

static void check_group(const struct match_group *group)
{
    const struct match_index *index = generation_match_index(generation);
    ck_assert_uint_lt(group[0].first, group[1].first);
    for (uint32_t at = group[0].first; at < group[1].first; at++) {
        const struct match_candidate item = index->candidate_items[at];
        const uint16_t *of = index->row_classes[item.row].of;
        ck_assert_uint_eq(item.strength, group->strength);
        ck_assert_uint_eq(item.shares_group, group->shares_group);
        ck_assert_uint_eq(of[FACET_PERSON], group->person);
        for (size_t facet = 0; facet < FACET_COUNT; facet++)
            ck_assert_uint_eq(index->candidate_classes[facet][at], of[facet]);
        ck_assert(at == group[0].first || stand_in_order(index, at));
    }
}

/* The groups of a list speak for its candidates, and hold each of them. */
static void check_groups(const struct match_candidates *list, size_t parts)
{
    const struct match_index *index = generation_match_index(generation);
    for (uint32_t i = list->parts[0]; i < list->parts[parts]; i++)
        check_group(&index->groups[i]);
    ck_assert_uint_eq(first_of(list->parts[parts]) - first_of(list->parts[0]), list->count);
    ck_assert_ptr_eq(index->candidate_items + first_of(list->parts[0]), list->items);
}

static bool is_offered(size_t row, int municipality)
{
    const uint64_t *offered = generation_match_index(generation)->offered[municipality];
    return (offered[row / 64] >> (row % 64) & 1) != 0;
}

START_TEST(test_match_index_parts)
{
    static const char *const facts[] = {
        "{\"name\":\"a\",\"situations\":[\"debt\"],\"area\":[\"municipality:brno\"]}",
        "{\"name\":\"b\",\"situations\":[\"debt\",\"lonely\"],\"area\":[\"cz\"]}",
        "{\"name\":\"c\",\"situations\":[\"debt\"],\"area\":[\"municipality:ostrava\"]}",
        "{\"name\":\"d\",\"situations\":[\"lonely\"],\"area\":[\"municipality:brno\"]}",
        "{\"name\":\"e\",\"situations\":[\"debt\"],\"area\":[\"municipality:brno\"]}",
        "{\"name\":\"f\",\"situations\":[\"debt\"]}",
    };
    char key[2] = "a";
    for (size_t i = 0; i < 6; i++, key[0]++)
        rows_put(catalogue, 1, DOCUMENT_SERVICE, key, facts[i]);
    generation = rows_build(catalogue);
    const struct match_index *index = generation_match_index(generation);
    const size_t several = generation_knowledge(generation)->municipality_count;
    check_part(&index->candidates[SITUATION_DEBT], OSTRAVA, "2 ");
    check_part(&index->candidates[SITUATION_DEBT], OPAVA, "");
    check_part(&index->candidates[SITUATION_DEBT], BRNO, "0 4 ");
    check_part(&index->candidates[SITUATION_DEBT], several, "1 5 ");
    check_part(&index->candidates[SITUATION_LONELY], BRNO, "3 ");
    check_part(&index->candidates[SITUATION_LONELY], several, "1 ");
    check_sets(&index->candidates[SITUATION_DEBT]);
    check_sets(&index->candidates[SITUATION_LONELY]);
    ck_assert(is_offered(0, BRNO) && !is_offered(0, OSTRAVA));
    ck_assert(is_offered(1, BRNO) && is_offered(1, OSTRAVA));
    ck_assert(!is_offered(5, BRNO) && !is_offered(5, OSTRAVA));
}
END_TEST

/* More rows than a word has bits. */
START_TEST(test_match_index_parts_of_many_rows)
{
    enum { SERVICES = 333 };
    for (int i = 0; i < SERVICES; i++) {
        char facts[256];
        char key[16];
        (void)snprintf(key, sizeof key, "s%03d", i);
        (void)snprintf(facts, sizeof facts,
                       "{\"name\":\"%s\",\"situations\":[\"%s\",\"%s\"],\"minimum_age\":%d,"
                       "\"as_of\":\"%d\",\"area\":[\"%s\"]}",
                       key, i % 3 == 0 ? "debt" : "other", i % 5 == 0 ? "lonely" : "other", i % 4,
                       2020 + i / 4 % 2,
                       i % 7 == 0   ? "cz"
                       : i % 2 == 0 ? "municipality:brno"
                                    : "municipality:ostrava");
        rows_put(catalogue, 1, DOCUMENT_SERVICE, key, facts);
    }
    generation = rows_build(catalogue);
    const struct match_index *index = generation_match_index(generation);
    const size_t parts = generation_knowledge(generation)->municipality_count + 1;
    check_sets(&index->candidates[SITUATION_DEBT]);
    check_sets(&index->candidates[SITUATION_LONELY]);
    check_groups(&index->candidates[SITUATION_DEBT], parts);
    check_groups(&index->candidates[SITUATION_LONELY], parts);
    ck_assert_uint_eq(index->candidates[SITUATION_DEBT].count, SERVICES / 3);
}
END_TEST

/* --- Classes ----------------------------------------------------------------------------------- */

#define HOURS_OF(day)                                                                              \
    "\"schedules\":[{\"byday\":\"" day "\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]"
#define AT(latitude, longitude) ",\"latitude\":" latitude ",\"longitude\":" longitude
#define IN_PORUBA               ",\"district\":\"poruba\""
#define PLACE(more)             "\"places\":[{\"municipality\":\"ostrava\",\"address\":true" more "}]"

/* Two services, and the facets in which they are not of one class. */
static const struct {
    const char *left;
    const char *right;
    unsigned differ; /* 1 << enum match_facet */
} pairs[] = {
    {"\"minimum_age\":18", "\"minimum_age\":18,\"maximum_age\":-1", 0},
    {"\"phones\":1", "\"phones\":2,\"web\":true", 0},
    {"\"minimum_age\":18", "\"minimum_age\":15", 1 << FACET_PERSON},
    {"\"maximum_age\":18", "\"minimum_age\":18", 1 << FACET_PERSON},
    {"\"rules\":[\"men-only\"]", "\"rules\":[\"women-only\"]", 1 << FACET_PERSON},
    {"\"target_groups\":[\"families\"]", "\"target_groups\":[\"homeless\"]", 1 << FACET_GROUPS},
    {"\"forms\":[\"outpatient\"]", "\"forms\":[\"residential\"]", 1 << FACET_OFFER},
    {"\"languages\":[\"uk\"]", "\"languages\":[\"en\"]", 1 << FACET_OFFER},
    {"\"accessibility\":[\"wheelchair\"]", "\"cost\":\"free\"", 1 << FACET_OFFER},
    {"\"cost\":\"paid\"", "\"cost\":\"free\"", 1 << FACET_OFFER},
    {"\"as_of\":\"2025\"", "\"as_of\":\"2024\"", 1 << FACET_SOURCE},
    {"\"as_of\":\"2025-01\"", "\"as_of\":\"2025-02\"", 0},
    {"\"confirmed_on\":\"2025-01-01\"", "\"confirmed_on\":\"2025-01-02\"", 1 << FACET_SOURCE},
    {"\"as_of\":\"2025\"", "\"confirmed_on\":\"2025\"", 1 << FACET_SOURCE},
    {"\"phones\":1", "\"emails\":1", 1 << FACET_AREA},
    {"\"office\":true", "\"office\":false", 1 << FACET_AREA},
    {"\"status\":\"temporarily closed\"", "\"status\":\"active\"", 1 << FACET_AREA},
    {"\"area\":[\"municipality:ostrava\"]", "\"area\":[\"municipality:brno\"]", 1 << FACET_AREA},
    {"\"area\":[\"district:ostrava/poruba\"]", "\"area\":[\"district:ostrava/ostrava-jih\"]",
     1 << FACET_AREA},
    {"\"area\":[\"locality:ostrava/jilova\"]", "\"area\":[\"locality:ostrava/hrusov\"]",
     1 << FACET_AREA},
    {HOURS_OF("MO"), HOURS_OF("MO"), 0},
    {HOURS_OF("MO"), HOURS_OF("TU"), 1 << FACET_HOURS},
    {HOURS_OF("MO"), "\"phones\":0", 1 << FACET_HOURS},
    {PLACE("," HOURS_OF("MO")), PLACE("," HOURS_OF("MO")), 0},
    {PLACE("," HOURS_OF("MO")), PLACE("") "," HOURS_OF("MO"), 1 << FACET_HOURS},
    {"\"closures\":[{\"from\":\"2026-01-01\"}]", "\"closures\":[{\"from\":\"2026-01-02\"}]",
     1 << FACET_HOURS},
    {PLACE(""), PLACE(""), 0},
    {PLACE("") ",\"phones\":1", "\"phones\":1,\"file_municipality\":\"ostrava\"",
     1 << FACET_SPOT | 1 << FACET_AREA},
    {PLACE(AT("49.8", "18.2")), PLACE(AT("49.8", "18.2")), 0},
    {PLACE(AT("49.8", "18.2")), PLACE(AT("49.8002", "18.2003")), 0},
    {PLACE(AT("49.8", "18.2")), PLACE(AT("49.83", "18.2")), 1 << FACET_SPOT},
    {PLACE(AT("49.8", "18.2")), PLACE(AT("49.8", "18.24")), 1 << FACET_SPOT},
    {PLACE(AT("49.8", "18.2")), PLACE(""), 1 << FACET_SPOT},
    {PLACE(IN_PORUBA), PLACE(IN_PORUBA), 0},
    {PLACE(AT("49.828", "18.165") IN_PORUBA), PLACE(IN_PORUBA), 1 << FACET_SPOT},
    {PLACE(IN_PORUBA), "\"forms\":[\"field\",\"outpatient\"]," PLACE(IN_PORUBA),
     1 << FACET_SPOT | 1 << FACET_OFFER},
    {"\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-20\"}",
     "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-20\",\"count\":2}", 0},
    {"\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-20\"}",
     "\"free_places\":{\"state\":\"none\",\"as_of\":\"2026-11-20\"}", 1 << FACET_ROOM},
    {"\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-20\"}",
     "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-21\"}", 1 << FACET_ROOM},
};

static void put_named(const char *key, const char *facts)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "{\"name\":\"%s\",\"situations\":[\"debt\"],%s}", key, facts);
    rows_put(catalogue, 1, DOCUMENT_SERVICE, key, text);
}

START_TEST(test_match_index_classes)
{
    put_named("a", pairs[_i].left);
    put_named("b", pairs[_i].right);
    generation = rows_build(catalogue);
    const struct match_index *index = generation_match_index(generation);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        uint16_t class = index->row_classes[0].of[facet];
        bool same = class != MATCH_NO_CLASS && class == index->row_classes[1].of[facet];
        ck_assert_msg(same == ((pairs[_i].differ >> facet & 1) == 0), "%s | %s: facet %d",
                      pairs[_i].left, pairs[_i].right, facet);
        ck_assert_uint_lt(class, index->classes[facet].count);
        ck_assert(class == MATCH_NO_CLASS || index->classes[facet].rows[class] == 0);
        ck_assert(index->classes[facet].complete == (class != MATCH_NO_CLASS));
    }
}
END_TEST

/* --- Spots ------------------------------------------------------------------------------------- */

static void check_spot(const struct match_spot *spot, int32_t latitude, int32_t longitude)
{
    const struct distance_point point = distance_point_at(latitude, longitude);
    ck_assert(spot->known);
    ck_assert_double_eq(distance_straight(&spot->at, &point), 0);
}

START_TEST(test_match_index_spots)
{
    const struct match_row *row =
        row_of("{\"places\":[{\"address\":true,\"latitude\":49.8,\"longitude\":18.2},"
               "{\"concealed\":true,\"address\":true,\"latitude\":49.8,\"longitude\":18.2},"
               "{\"address\":true},{\"latitude\":49.7,\"longitude\":18.1},"
               "{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"address\":true}]}");
    const struct match_index *index = generation_match_index(generation);
    const uint32_t *first = &index->spot_first[row - index->rows];
    ck_assert_uint_eq(first[1] - first[0], 5);
    check_spot(&index->spots[first[0]], 49800000, 18200000);
    for (size_t i = 1; i < 4; i++)
        ck_assert(!index->spots[first[0] + i].known);
    check_spot(&index->spots[first[0] + 4], 49828000, 18165000);
}
END_TEST

/* --- Cells ------------------------------------------------------------------------------------- */

/* The cell of a row's class. */
static const struct match_cell *cell_of(size_t row)
{
    const struct match_index *index = generation_match_index(generation);
    return &index->cells[index->row_classes[row].of[FACET_SPOT]];
}

static double straight_to(size_t row)
{
    const struct match_index *index = generation_match_index(generation);
    return distance_straight(&cell_of(row)->middle, &index->spots[index->spot_first[row]].at);
}

/* Three in one place, two near each other, one in a district, one nobody knows where. */
START_TEST(test_match_index_cells)
{
    put_named("a", PLACE(AT("49.8", "18.2")));
    put_named("b", PLACE(AT("49.756", "18.3")));
    put_named("c", PLACE(AT("49.8", "18.2")));
    put_named("d", PLACE(AT("49.759", "18.302")));
    put_named("e", PLACE(IN_PORUBA));
    put_named("f", PLACE(""));
    put_named("g", PLACE(AT("49.8", "18.2")));
    generation = rows_build(catalogue);
    for (size_t row = 0; row < 7; row += row == 0 ? 2 : 4) {
        ck_assert_ptr_eq(cell_of(row), cell_of(0));
        ck_assert_double_eq(straight_to(row), 0);
    }
    ck_assert_double_eq(cell_of(0)->reach, 0);
    ck_assert_ptr_eq(cell_of(1), cell_of(3));
    ck_assert_double_eq_tol(cell_of(1)->reach, 182, 2);
    ck_assert_double_eq_tol(straight_to(1), straight_to(3), 1);
    ck_assert_double_ge(cell_of(1)->reach, fmax(straight_to(1), straight_to(3)));
    ck_assert_double_eq(cell_of(4)->reach, 0);
    ck_assert_double_eq(straight_to(4), 0);
    ck_assert_double_lt(cell_of(5)->reach, 0);
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
    tcase_add_test(tests, test_match_index_parts);
    tcase_add_test(tests, test_match_index_parts_of_many_rows);
    tcase_add_loop_test(tests, test_match_index_classes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tests, test_match_index_spots);
    tcase_add_test(tests, test_match_index_cells);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
