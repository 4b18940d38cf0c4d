/* SPDX-License-Identifier: EUPL-1.2 */
/* Which services are shown, in which order, and what is asked and nearly fits. */
#include "fixture.h"
#include "support/run.h"

#define PHONE ",\"phones\":1"
#define DEBTS "\"situations\":[\"debts\"]"
#define BOTH  "\"situations\":[\"debts\",\"alcohol\"]"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

struct service {
    const char *name;
    const char *facts;
};

/* Each pair of services is in the order the question wants; reversing the file changes nothing. */
static const struct {
    struct service services[4];
    const char *question;
    const char *results;
} orders[] = {
    /* Named before kind, kind alone only with a shared target group. */
    {{{"kind", "\"kind\":\"counselling\",\"target_groups\":[\"crisis\"]" PHONE},
      {"named", DEBTS PHONE},
      {"stranger", "\"kind\":\"counselling\",\"target_groups\":[\"families\"]" PHONE},
      {"other", "\"situations\":[\"alcohol\"]" PHONE}},
     "situations=debts",
     "named kind"},
    /* The situation's own target group counts besides. */
    {{{"a", DEBTS PHONE}, {"b", DEBTS ",\"target_groups\":[\"crisis\"]" PHONE}},
     "situations=debts",
     "b a"},
    /* More situations before more points. */
    {{{"a", DEBTS ",\"confirmed_on\":\"2026-11-01\"" PHONE}, {"b", BOTH PHONE}},
     "situations=debts,alcohol",
     "b a"},
    /* More situations before a phone; a phone or a door before points. */
    {{{"a", DEBTS PHONE}, {"b", BOTH}}, "situations=debts,alcohol", "b a"},
    {{{"a", DEBTS ",\"confirmed_on\":\"2026-11-01\""}, {"b", DEBTS PHONE}},
     "situations=debts",
     "b a"},
    {{{"a", DEBTS ",\"confirmed_on\":\"2026-11-01\""},
      {"b", DEBTS ",\"places\":[{\"municipality\":\"ostrava\",\"address\":true}]"}},
     "situations=debts",
     "b a"},
    /* Sure before open: a known age is worth points, an unknown one costs some. */
    {{{"a", DEBTS ",\"minimum_age\":18" PHONE}, {"b", DEBTS PHONE}}, "situations=debts", "b a"},
    {{{"a", DEBTS PHONE}, {"b", DEBTS ",\"minimum_age\":18" PHONE}},
     "situations=debts;age=30",
     "b a"},
    /* Newer sources before older ones; undated ones last; a confirmation is worth most. */
    {{{"a", DEBTS ",\"as_of\":\"2022-05\"" PHONE},
      {"b", DEBTS ",\"as_of\":\"2025\"" PHONE},
      {"c", DEBTS PHONE},
      {"d", DEBTS ",\"as_of\":\"2019\",\"confirmed_on\":\"2024-01-01\"" PHONE}},
     "situations=debts",
     "d b a c"},
    /* Beyond the weights' last year points are equal: the year itself decides, then the name. */
    {{{"a", DEBTS ",\"as_of\":\"2010\"" PHONE},
      {"c", DEBTS ",\"as_of\":\"2012\"" PHONE},
      {"b", DEBTS ",\"as_of\":\"2012\"" PHONE}},
     "situations=debts",
     "b c a"},
    /* A service that is temporarily closed is not offered; inactive ones neither. */
    {{{"a", DEBTS PHONE ",\"status\":\"temporarily closed\""}, {"b", DEBTS PHONE}},
     "situations=debts",
     "b"},
    /* The limit, and each situation's best within it. */
    {{{"a", DEBTS PHONE}, {"b", DEBTS PHONE}, {"c", DEBTS PHONE}},
     "situations=debts;limit=2",
     "a b"},
    {{{"a", DEBTS PHONE}, {"b", DEBTS PHONE}, {"c", "\"situations\":[\"alcohol\"]"}},
     "situations=debts,alcohol;limit=2",
     "a c"},
    {{{"a", DEBTS PHONE},
      {"b", "\"situations\":[\"loneliness\"]"},
      {"c", "\"situations\":[\"alcohol\"]"}},
     "situations=debts,alcohol,loneliness;limit=2",
     "a b"},
    /* One asked twice is asked once. */
    {{{"a", DEBTS PHONE}, {"b", BOTH}}, "situations=debts,debts", "a b"},
};

static void add_services(const struct service *services, bool reversed)
{
    for (size_t i = 0; i < 4; i++) {
        const struct service *service = &services[reversed ? 3 - i : i];
        if (service->name != NULL)
            fixture_service(&fixture, service->name, service->facts);
    }
}

START_TEST(test_order_table)
{
    add_services(orders[_i / 2].services, _i % 2 == 1);
    fixture_ask(&fixture, orders[_i / 2].question);
    ck_assert_str_eq(fixture_results(&fixture), orders[_i / 2].results);
}
END_TEST

START_TEST(test_order_equal_names_by_id)
{
    char first[UUID_TEXT_SIZE];
    for (int i = 0; i < 2; i++) {
        struct fixture again;
        fixture_init(&again);
        static const char *const keys[] = {"one", "two"};
        for (int j = 0; j < 2; j++) {
            struct document_row row = {
                .seq = ++again.seq,
                .kind = DOCUMENT_SERVICE,
                .id = uuid_of_key("service", str_from(keys[(i + j) % 2])),
                .facts = STR("{\"name\":\"x\"," DEBTS ",\"file_municipality\":\"ostrava\"}"),
                .body = STR("{}"),
                .short_form = STR("{}")};
            ck_assert(catalogue_apply(again.catalogue, &row, &again.err));
        }
        fixture_ask(&again, "situations=debts");
        ck_assert_uint_eq(again.answer.result_count, 2);
        char text[UUID_TEXT_SIZE];
        (void)uuid_to_text(&again.answer.results[0].entry->id, text);
        if (i == 0)
            memcpy(first, text, sizeof first);
        ck_assert_str_eq(first, text);
        fixture_done(&again);
    }
}
END_TEST

/* The score is the sum of the points of the reasons, near misses aside. */
START_TEST(test_order_points_add_up_to_the_score)
{
    fixture_service(&fixture, "a",
                    BOTH ",\"target_groups\":[\"crisis\"],\"minimum_age\":18,\"as_of\":\"2024\","
                         "\"rules\":[\"women-only\",\"other\"],"
                         "\"area\":[\"district:ostrava/poruba\"]" PHONE);
    fixture_ask(&fixture, "situations=debts,alcohol;age=30;sex=female;district=poruba;"
                          "target_groups=crisis;with_capacity=yes;forms=field");
    const struct match_result *result = &fixture.answer.results[0];
    int sum = 0;
    for (size_t i = 0; i < result->reason_count; i++)
        sum += result->reasons[i].points;
    /* debts 100 + 7, alcohol 100, area 20, age 10, sex 9, other rule -2, group 15, phone 5, 2024 6 */
    ck_assert_int_eq(result->score, 270);
    ck_assert_int_eq(sum, result->score);
    ck_assert_uint_eq(result->situations, 3);
    ck_assert_str_eq(result->reasons[0].code, "reason.situation.met");
    ck_assert_str_eq(result->reasons[result->reason_count - 1].condition, "source");
}
END_TEST

START_TEST(test_order_kind_names_kind_and_group)
{
    fixture_service(&fixture, "kind",
                    "\"kind\":\"counselling\",\"target_groups\":[\"families\",\"crisis\"]" PHONE);
    fixture_ask(&fixture, "situations=debts");
    const struct match_reason *reason = &fixture.answer.results[0].reasons[0];
    ck_assert_str_eq(reason->code, "reason.situation.met.kind");
    ck_assert_int_eq(reason->points, 47);
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[0]), "debts");
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[1]), "counselling");
    ck_assert_str_eq(fixture_argument(&fixture, &reason->arguments[2]), "crisis");
}
END_TEST

/* --- Near misses ------------------------------------------------------------------------------- */

START_TEST(test_order_near_misses_only_with_fewer_than_three_results)
{
    static const char *const names[] = {"a", "b", "c"};
    fixture_service(&fixture, "young", DEBTS ",\"maximum_age\":26" PHONE);
    for (int i = 0; i < _i; i++)
        fixture_service(&fixture, names[i], DEBTS PHONE);
    fixture_ask(&fixture, "situations=debts;age=30;limit=1");
    ck_assert_uint_eq(fixture.answer.result_count, _i > 0);
    ck_assert_uint_eq(fixture.answer.near_miss_count, _i < 3);
}
END_TEST

START_TEST(test_order_near_misses_best_first_at_most_five_one_failure_each)
{
    fixture_service(&fixture, "two-failures",
                    DEBTS ",\"maximum_age\":26,\"rules\":[\"men-only\"]" PHONE);
    fixture_service(&fixture, "kind",
                    "\"kind\":\"counselling\",\"target_groups\":[\"crisis\"],"
                    "\"maximum_age\":26" PHONE);
    fixture_service(&fixture, "men", DEBTS ",\"rules\":[\"men-only\"]" PHONE);
    fixture_service(&fixture, "unreachable", DEBTS ",\"maximum_age\":26");
    fixture_service(&fixture, "confirmed",
                    DEBTS ",\"maximum_age\":26,\"confirmed_on\":\"2026-11-01\"" PHONE);
    fixture_service(&fixture, "young", DEBTS ",\"maximum_age\":26" PHONE);
    fixture_service(&fixture, "zoo", DEBTS ",\"maximum_age\":26" PHONE);
    fixture_ask(&fixture, "situations=debts;age=30;sex=female");
    static const char *const expected[] = {"confirmed", "men", "young", "zoo", "kind"};
    ck_assert_uint_eq(fixture.answer.result_count, 0);
    ck_assert_uint_eq(fixture.answer.near_miss_count, 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert(str_equal_z(fixture_name(fixture.answer.near_misses[i].entry), expected[i]));
    ck_assert_str_eq(fixture.answer.near_misses[1].failed.code, "reason.sex.failed.men");
}
END_TEST

/* --- What to ask ------------------------------------------------------------------------------- */

START_TEST(test_order_asks_most_useful_first)
{
    fixture_service(&fixture, "a", DEBTS ",\"rules\":[\"infection\"]" PHONE);
    fixture_service(&fixture, "b", DEBTS ",\"minimum_age\":18,\"rules\":[\"other\"]" PHONE);
    fixture_service(&fixture, "c",
                    DEBTS ",\"minimum_age\":18,\"area\":[\"district:ostrava/poruba\"]" PHONE);
    fixture_ask(&fixture, "situations=debts;with_capacity=yes");
    ck_assert_str_eq(fixture_results(&fixture), "a c b");
    ck_assert_uint_eq(fixture.answer.ask_count, 2); /* a soft unknown decides nothing */
    const struct match_ask *asks = fixture.answer.asks;
    ck_assert_str_eq(asks[0].code, "ask.age");
    ck_assert_str_eq(asks[0].condition, "age");
    ck_assert_uint_eq(asks[0].result_count, 2);
    ck_assert_uint_eq(asks[0].results[0], 1);
    ck_assert_uint_eq(asks[0].results[1], 2);
    ck_assert_str_eq(asks[1].code, "ask.infection");
    ck_assert_uint_eq(asks[1].results[0], 0);
}
END_TEST

START_TEST(test_order_asks_equal_ones_by_the_better_result)
{
    fixture_service(&fixture, "a", DEBTS ",\"rules\":[\"infection\"]" PHONE);
    fixture_service(&fixture, "b", DEBTS ",\"rules\":[\"men-only\"]" PHONE);
    fixture_ask(&fixture, "situations=debts");
    ck_assert_uint_eq(fixture.answer.ask_count, 2);
    ck_assert_str_eq(fixture.answer.asks[0].code, "ask.infection");
    ck_assert_str_eq(fixture.answer.asks[1].code, "ask.sex");
}
END_TEST

START_TEST(test_order_asks_area_by_what_would_help)
{
    fixture_service(&fixture, "a",
                    DEBTS ",\"forms\":[\"field\"],\"area\":[\"locality:ostrava/jilova\"]" PHONE);
    fixture_service(&fixture, "b",
                    DEBTS ",\"office\":true,\"area\":[\"district:ostrava/poruba\"]" PHONE);
    fixture_ask(&fixture, "situations=debts;district=poruba");
    ck_assert_uint_eq(fixture.answer.ask_count, 1);
    ck_assert_str_eq(fixture.answer.asks[0].code, "ask.locality");
    fixture_ask(&fixture, "situations=debts;locality=Jílová");
    ck_assert_uint_eq(fixture.answer.ask_count, 1);
    ck_assert_str_eq(fixture.answer.asks[0].code, "ask.district");
}
END_TEST

/* --- Not all of one organisation ------------------------------------------------------------------- */

#define OF(n) ",\"organization\":\"00000000-0000-4000-8000-00000000000" n "\"" PHONE
#define OLD   ",\"as_of\":\"2022\""
#define FRESH ",\"as_of\":\"2026\""

/* The first five of ten; `order` is left out in the second run. */
static const struct {
    const char *facts[7];
    const char *question;
    const char *results;
    const char *without;
} diverse[] = {
    /* Three of one organisation, then another one that is a few points behind. */
    {{DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS FRESH OF("1"),
      DEBTS FRESH OF("1"), DEBTS OLD OF("2"), DEBTS OLD OF("3")},
     "situations=debts",
     "a b c f g d e",
     "a b c d e f g"},
    /* Where there is no other one, all are of one. */
    {{DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS FRESH OF("1"),
      DEBTS FRESH OF("1"), DEBTS OLD OF("1"), DEBTS OLD OF("1")},
     "situations=debts",
     "a b c d e f g",
     "a b c d e f g"},
    /* Who cannot be reached, serves fewer situations or is far behind does not pass. */
    {{BOTH FRESH OF("1"), BOTH FRESH OF("1"), BOTH FRESH OF("1"), BOTH FRESH OF("1"),
      DEBTS FRESH OF("2"), BOTH FRESH ",\"organization\":\"00000000-0000-4000-8000-000000000003\"",
      BOTH FRESH ",\"forms\":[\"field\"],\"area\":[\"municipality:ostrava\"]" OF("4")},
     "situations=debts,alcohol;forms=residential",
     "a b c g d f e",
     "a b c d g f e"},
    /* The other one is found beyond the limit. */
    {{DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS FRESH OF("1"),
      DEBTS FRESH OF("1"), DEBTS FRESH OF("1"), DEBTS OLD OF("3")},
     "situations=debts;limit=5",
     "a b c g d",
     "a b c d e"},
};

START_TEST(test_order_diversity)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
    struct match_rules without = *match_rules_all();
    without.order &= ~(unsigned)ORDER_DIVERSITY;
    for (size_t i = 0; i < 7; i++)
        fixture_service(&fixture, names[i], diverse[_i].facts[i]);
    fixture_ask(&fixture, diverse[_i].question);
    ck_assert_str_eq(fixture_results(&fixture), diverse[_i].results);
    fixture_ask_with(&fixture, &without, diverse[_i].question);
    ck_assert_str_eq(fixture_results(&fixture), diverse[_i].without);
}
END_TEST

/* --- What to change -------------------------------------------------------------------------------- */

static const struct {
    const char *facts[3];
    const char *question;
    const char *codes; /* with how many services */
} suggestions[] = {
    {{DEBTS PHONE}, "situations=debts", ""},
    {{DEBTS PHONE ",\"maximum_age\":26"}, "situations=debts;age=27", "suggest.age 1"},
    {{DEBTS PHONE ",\"maximum_age\":26", DEBTS PHONE ",\"rules\":[\"referral\"]",
      DEBTS PHONE ",\"rules\":[\"referral\"]"},
     "situations=debts;age=27;referral=no",
     "suggest.referral 2, suggest.age 1"},
    {{DEBTS PHONE ",\"rules\":[\"infection\"]", DEBTS PHONE ",\"rules\":[\"mental-illness\"]"},
     "situations=debts;infection=yes;mental-illness=yes",
     "suggest.exclusion 2"},
    /* Nothing can be done about being a man. */
    {{DEBTS PHONE ",\"rules\":[\"women-only\"]"}, "situations=debts;sex=male", ""},
    {{DEBTS PHONE ",\"forms\":[\"field\"],\"area\":[\"district:ostrava/poruba\"]"},
     "situations=debts;district=Hrušov",
     "suggest.area 1"},
    /* A wish that nobody meets; where one does, or nothing is known, there is no need. */
    {{DEBTS PHONE ",\"forms\":[\"field\"]", DEBTS PHONE},
     "situations=debts;forms=residential",
     "suggest.form 1"},
    {{DEBTS PHONE ",\"forms\":[\"field\"]", DEBTS PHONE ",\"forms\":[\"residential\"]"},
     "situations=debts;forms=residential",
     ""},
    {{DEBTS PHONE}, "situations=debts;forms=residential", ""},
    {{DEBTS PHONE ",\"schedules\":[{\"byday\":\"TU\",\"opens_at\":\"08:00\","
                  "\"closes_at\":\"12:00\"}]"},
     "situations=debts;open_at=now",
     "suggest.open 1"},
};

START_TEST(test_order_suggestions)
{
    static const char *const names[] = {"a", "b", "c"};
    struct builder codes;
    for (size_t i = 0; i < 3 && suggestions[_i].facts[i] != NULL; i++)
        fixture_service(&fixture, names[i], suggestions[_i].facts[i]);
    fixture_ask(&fixture, suggestions[_i].question);
    builder_init(&codes, fixture.arena, 512);
    for (size_t i = 0; i < fixture.answer.suggestion_count; i++) {
        const struct match_suggestion *suggestion = &fixture.answer.suggestions[i];
        builder_append_z(&codes, i > 0 ? ", " : "");
        builder_append_z(&codes, suggestion->code);
        builder_append_char(&codes, ' ');
        builder_append_int(&codes, (int64_t)suggestion->services);
    }
    builder_append_char(&codes, '\0');
    ck_assert_str_eq(builder_view(&codes).data, suggestions[_i].codes);
}
END_TEST

/* --- Rules left out, and failure --------------------------------------------------------------------- */

START_TEST(test_order_a_rule_left_out_is_not_held_against_anybody)
{
    const struct match_rules *all = match_rules_all();
    const struct match_rule *kept[CONDITION_COUNT];
    struct match_rules without = {kept, 0, ORDER_ALL};
    for (size_t i = 0; i < all->count; i++) {
        if (all->rules[i]->condition != CONDITION_AGE)
            kept[without.count++] = all->rules[i];
    }
    fixture_service(&fixture, "young", DEBTS ",\"maximum_age\":26" PHONE);
    fixture_ask(&fixture, "situations=debts;age=30");
    ck_assert_uint_eq(fixture.answer.result_count, 0);
    fixture_ask_with(&fixture, &without, "situations=debts;age=30");
    ck_assert_uint_eq(fixture.answer.result_count, 1);
    ck_assert_ptr_null(fixture_reason(&fixture.answer.results[0], "age"));
}
END_TEST

START_TEST(test_order_every_condition_has_one_rule)
{
    const struct match_rules *all = match_rules_all();
    ck_assert_uint_eq(all->count, CONDITION_COUNT);
    for (size_t i = 0; i < all->count; i++)
        ck_assert_uint_eq((size_t)all->rules[i]->condition, i);
}
END_TEST

/* Whatever allocation is the one too many, the answer is "no memory" and nothing else. */
START_TEST(test_order_arena_exhausted)
{
    fixture_service(&fixture, "a",
                    BOTH ",\"minimum_age\":18,\"area\":[\"locality:ostrava/jilova\"],"
                         "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\","
                         "\"address\":true}],\"schedules\":[{\"byday\":\"TU\",\"opens_at\":"
                         "\"08:00\",\"closes_at\":\"12:00\"}],\"capacities\":[{\"unit\":\"beds\","
                         "\"available\":3,\"as_of\":\"2026-11-23\"}]" PHONE);
    fixture_service(&fixture, "b", DEBTS ",\"maximum_age\":26" PHONE);
    fixture_ask(&fixture, "situations=debts,alcohol;age=30;district=poruba;open_at=now;lat=49.8;"
                          "lon=18.1;radius_m=100;with_capacity=yes");
    bool done = false;
    for (size_t maximum = 0; !done && maximum < 64 * 1024; maximum += 16) {
        struct arena *small = arena_new(maximum);
        struct match_answer answer;
        struct error err = {0};
        done = match_run(fixture.generation, &fixture.resolved, match_rules_all(), small, &answer,
                         &err);
        if (!done)
            ck_assert_int_eq(err.code, ERROR_MEMORY);
        else
            ck_assert_uint_eq(answer.result_count + answer.near_miss_count, 2);
        arena_free(small);
    }
    ck_assert(done);
}
END_TEST

static TCase *make_tests(void)
{
    TCase *tests = tcase_create("order");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_order_table, 0, 2 * sizeof orders / sizeof orders[0]);
    tcase_add_test(tests, test_order_equal_names_by_id);
    tcase_add_test(tests, test_order_points_add_up_to_the_score);
    tcase_add_test(tests, test_order_kind_names_kind_and_group);
    tcase_add_loop_test(tests, test_order_near_misses_only_with_fewer_than_three_results, 0, 4);
    tcase_add_test(tests, test_order_near_misses_best_first_at_most_five_one_failure_each);
    tcase_add_test(tests, test_order_asks_most_useful_first);
    tcase_add_test(tests, test_order_asks_equal_ones_by_the_better_result);
    tcase_add_test(tests, test_order_asks_area_by_what_would_help);
    tcase_add_loop_test(tests, test_order_diversity, 0, sizeof diverse / sizeof diverse[0]);
    tcase_add_loop_test(tests, test_order_suggestions, 0,
                        sizeof suggestions / sizeof suggestions[0]);
    tcase_add_test(tests, test_order_a_rule_left_out_is_not_held_against_anybody);
    tcase_add_test(tests, test_order_every_condition_has_one_rule);
    tcase_add_test(tests, test_order_arena_exhausted);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("match/order");
    suite_add_tcase(suite, make_tests());
    return run_suite(suite);
}
