/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The short way of the ranking against the long one: whatever is asked, asking the conditions by
 * class and passing over what cannot get among the best must not change the answer; and one class
 * at a time, that it speaks for its rows, and that no row is worth more than the most.
 */
#include "../../../src/match/prepared_internal.h"
#include "../../../src/match/weigh_internal.h"
#include "../../../src/match/worths_internal.h"
#include "bench/random.h"
#include "fixture.h"
#include "support/run.h"

enum { SERVICES = 1000, QUESTIONS = 250, CLASS_QUESTIONS = 60, PLACE_PIECES = 3, SECONDS = 60 };

/* --- Services ---------------------------------------------------------------------------------- */

/* Facts under way; each member only now and then. */
struct facts {
    struct random random;
    size_t length;
    char text[1500];
};

static void say(struct facts *facts, unsigned percent, const char *const *choices, size_t count)
{
    const char *choice = choices[random_below(&facts->random, count)];
    if (!random_percent(&facts->random, percent))
        return;
    int length = snprintf(facts->text + facts->length, sizeof facts->text - facts->length, "%s%s",
                          facts->length > 0 ? "," : "", choice);
    ck_assert(length > 0 && (size_t)length < sizeof facts->text - facts->length);
    facts->length += (size_t)length;
}

#define SAY(facts, percent, ...)                                                                   \
    say(facts, percent, (const char *const[]){__VA_ARGS__},                                        \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

#define ALL_SITUATIONS                                                                             \
    "\"situations\":[\"debts\",\"roofless-tonight\",\"parenting\",\"alcohol\",\"loneliness\","     \
    "\"hunger\",\"illness\",\"violence\"]"

static void say_for_whom(struct facts *facts)
{
    SAY(facts, 60, "\"situations\":[\"debts\"]", "\"situations\":[\"roofless-tonight\",\"debts\"]",
        "\"situations\":[\"parenting\"]", "\"situations\":[\"alcohol\",\"debts\"]", ALL_SITUATIONS);
    SAY(facts, 70, "\"kind\":\"shelter\"", "\"kind\":\"counselling\"");
    SAY(facts, 80, "\"target_groups\":[\"crisis\"]", "\"target_groups\":[\"homeless\"]",
        "\"target_groups\":[\"families\",\"crisis\",\"homeless\"]");
    SAY(facts, 20, "\"minimum_age\":18", "\"minimum_age\":15,\"maximum_age\":26",
        "\"maximum_age\":64");
    SAY(facts, 25, "\"rules\":[\"men-only\"]", "\"rules\":[\"women-only\",\"with-child\"]",
        "\"rules\":[\"infection\",\"active-addiction\",\"other\"]",
        "\"rules\":[\"men-only\",\"women-only\"]", "\"rules\":[\"referral\"]");
}

static void say_where(struct facts *facts)
{
    SAY(facts, 50, "\"area\":[\"municipality:ostrava\"]", "\"area\":[\"district:ostrava/poruba\"]",
        "\"area\":[\"cz\"]", "\"area\":[\"locality:ostrava/hrusov\"]",
        "\"area\":[\"municipality:brno\"]");
    SAY(facts, 60,
        "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"address\":true,"
        "\"latitude\":49.83,\"longitude\":18.17}]",
        "\"places\":[{\"municipality\":\"ostrava\",\"locality\":\"hulvacka\"}]",
        "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"ostrava-jih\",\"address\":true,"
        "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"09:00\",\"closes_at\":\"11:00\"}]}]",
        "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"ostrava-jih\",\"address\":true,"
        "\"latitude\":49.79,\"longitude\":18.24}]");
    SAY(facts, 10, "\"office\":true");
}

/* Somewhere about the middle of the city, so that many are near each other. */
static void say_coordinates(struct facts *facts)
{
    char place[160];
    (void)snprintf(place, sizeof place,
                   "\"places\":[{\"municipality\":\"ostrava\",\"address\":true,"
                   "\"latitude\":49.8%02d,\"longitude\":18.2%02d}]",
                   (int)random_below(&facts->random, 60), (int)random_below(&facts->random, 100));
    SAY(facts, 100, place);
}

static void say_several_places(struct facts *facts)
{
    SAY(facts, 100,
        "\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"address\":true,"
        "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"13:00\",\"closes_at\":\"17:00\"}]},"
        "{\"municipality\":\"ostrava\",\"address\":true,\"latitude\":49.83,\"longitude\":18.28,"
        "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]}]",
        "\"places\":[{\"municipality\":\"ostrava\",\"concealed\":true},"
        "{\"municipality\":\"ostrava\",\"locality\":\"hrusov\",\"address\":true},"
        "{\"municipality\":\"brno\",\"address\":true,\"latitude\":49.2,\"longitude\":16.6}]",
        "\"places\":[{\"municipality\":\"ostrava\",\"concealed\":true}]");
}

static void say_how(struct facts *facts)
{
    SAY(facts, 60, "\"forms\":[\"field\"]", "\"forms\":[\"residential\"]",
        "\"forms\":[\"outpatient\",\"field\"]");
    SAY(facts, 60, "\"phones\":1", "\"organization_phones\":1", "\"emails\":1");
    SAY(facts, 10, "\"languages\":[\"uk\"]", "\"languages\":[\"en\",\"uk\"]");
    SAY(facts, 10, "\"accessibility\":[\"wheelchair\"]");
    SAY(facts, 30, "\"cost\":\"free\"", "\"cost\":\"paid\"");
    SAY(facts, 15, "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-11-20\"}",
        "\"free_places\":{\"state\":\"none\",\"as_of\":\"2026-11-22\"}",
        "\"free_places\":{\"state\":\"some\",\"as_of\":\"2026-02-01\"}",
        "\"capacities\":[{\"unit\":\"beds\",\"available\":0,\"as_of\":\"2026-11-21\"},"
        "{\"unit\":\"users\",\"available\":3,\"as_of\":\"2026-11-20\"}]");
    SAY(facts, 30,
        "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]",
        "\"schedules\":[{\"byday\":\"SU\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]",
        "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"18:00\","
        "\"by_appointment\":true}]");
    SAY(facts, 70, "\"as_of\":\"2026-02\"", "\"as_of\":\"2023\"", "\"as_of\":\"1850\"",
        "\"as_of\":\"2019-05\"", "\"as_of\":\"2999\"");
    SAY(facts, 15, "\"confirmed_on\":\"2026-10-01\"", "\"confirmed_on\":\"2024-01-01\"");
}

static void add_services(struct fixture *fixture)
{
    for (uint64_t i = 0; i < SERVICES; i++) {
        struct facts facts = {.random = {i * 7919 + 3}};
        char name[32];
        say_for_whom(&facts);
        if (random_percent(&facts.random, 10))
            say_several_places(&facts);
        else if (random_percent(&facts.random, 20))
            say_coordinates(&facts);
        else
            say_where(&facts);
        say_how(&facts);
        (void)snprintf(name, sizeof name, "s%llu",
                       (unsigned long long)random_below(&facts.random, 1000) * SERVICES + i);
        fixture_service(fixture, name, facts.text);
    }
}

/* --- Questions --------------------------------------------------------------------------------- */

static void make_words(struct random *random, char *words, size_t size)
{
    static const char *const pieces[] = {"district=Poruba",
                                         "locality=Hrušov",
                                         "locality=Jílová",
                                         "age=17",
                                         "age=40",
                                         "sex=female",
                                         "sex=male",
                                         "with_children=yes",
                                         "with_children=no",
                                         "infection=no",
                                         "active-addiction=yes",
                                         "referral=yes",
                                         "target_groups=families",
                                         "forms=field",
                                         "forms=residential",
                                         "languages=uk",
                                         "accessibility=wheelchair",
                                         "with_capacity=yes",
                                         "free_of_charge=yes",
                                         "open_at=now",
                                         "open_at=2026-11-23T10:00",
                                         "open_at=2026-12-25T03:00",
                                         "lat=49.82; lon=18.26",
                                         "lat=49.83; lon=18.25; radius_m=1500",
                                         "limit=1",
                                         "limit=3",
                                         "limit=30"};
    static const char *const situations[] = {
        "debts",
        "roofless-tonight",
        "debts,parenting",
        "alcohol,debts,roofless-tonight",
        "parenting",
        "debts,roofless-tonight,parenting,alcohol,loneliness,hunger,illness,violence"};
    const bool brno = random_percent(random, 10);
    size_t length =
        (size_t)snprintf(words, size, "situations=%s%s", situations[random_below(random, 6)],
                         brno ? "; municipality=brno" : "");
    size_t count = sizeof pieces / sizeof pieces[0];
    for (size_t i = brno ? PLACE_PIECES : 0; i < count; i++) {
        if (random_percent(random, 14))
            length += (size_t)snprintf(words + length, size - length, "; %s", pieces[i]);
    }
}

/* --- The comparison ---------------------------------------------------------------------------- */

/* The score is the sum of the points of the reasons, which are made from the service itself. */
static void check_sum(const struct match_result *result, const char *words)
{
    int sum = 0;
    for (size_t i = 0; i < result->reason_count; i++)
        sum += result->reasons[i].points;
    ck_assert_msg(sum == result->score, "%s: %d, not %d", words, sum, result->score);
}

static void check_same(const struct match_answer *fast, const struct match_answer *slow,
                       const char *words)
{
    ck_assert_msg(fast->result_count == slow->result_count, "%s", words);
    for (size_t i = 0; i < slow->result_count; i++) {
        ck_assert_msg(fast->results[i].entry == slow->results[i].entry, "%s: result %zu", words, i);
        ck_assert_int_eq(fast->results[i].score, slow->results[i].score);
        ck_assert_uint_eq(fast->results[i].situations, slow->results[i].situations);
        check_sum(&fast->results[i], words);
    }
    ck_assert_msg(fast->near_miss_count == slow->near_miss_count, "%s", words);
    for (size_t i = 0; i < slow->near_miss_count; i++)
        ck_assert_msg(fast->near_misses[i].entry == slow->near_misses[i].entry, "%s", words);
    ck_assert_msg(fast->suggestion_count == slow->suggestion_count, "%s", words);
    for (size_t i = 0; i < slow->suggestion_count; i++)
        ck_assert_uint_eq(fast->suggestions[i].services, slow->suggestions[i].services);
}

START_TEST(test_rank_short_way_gives_the_same_answer)
{
    struct fixture fixture;
    struct random random = {(uint64_t)_i};
    struct match_rules rules = *match_rules_all();
    rules.order |= ORDER_EXHAUSTIVE;
    fixture_init(&fixture);
    fixture.unprepared = _i % 2 == 1;
    add_services(&fixture);
    for (int i = 0; i < QUESTIONS; i++) {
        char words[512];
        make_words(&random, words, sizeof words);
        arena_reset(fixture.arena);
        fixture_ask(&fixture, words);
        const struct match_answer fast = fixture.answer;
        fixture_ask_with(&fixture, &rules, words);
        check_same(&fast, &fixture.answer, words);
    }
    fixture_done(&fixture);
}
END_TEST

/* What has been prepared is for all rules: with one left out it must not be used. */
START_TEST(test_rank_by_other_rules)
{
    const struct match_rules *all = match_rules_all();
    const struct match_rules without_area = {all->rules + 1, all->count - 1, ORDER_ALL};
    const struct match_rules exhaustive = {all->rules + 1, all->count - 1,
                                           ORDER_ALL | ORDER_EXHAUSTIVE};
    const char *words = "situations=debts; district=Poruba; limit=30";
    struct fixture fixture;
    ck_assert_int_eq(all->rules[0]->condition, CONDITION_AREA);
    fixture_init(&fixture);
    add_services(&fixture);
    fixture_ask_with(&fixture, &without_area, words);
    const struct match_answer fast = fixture.answer;
    fixture_ask_with(&fixture, &exhaustive, words);
    check_same(&fast, &fixture.answer, words);
    fixture_done(&fixture);
}
END_TEST

/* Equals of several groups stand by their rows, whichever group comes first. */
START_TEST(test_rank_equals_of_several_groups)
{
    enum { EQUALS = 60, SHOWN = 2 };
    struct fixture fixture;
    fixture_init(&fixture);
    for (int i = 0; i < EQUALS; i++) {
        const bool other = (i > 0 && i < EQUALS / 2) != (_i == 1);
        char name[8];
        (void)snprintf(name, sizeof name, "s%02d", i);
        fixture_service(&fixture, name,
                        other ? "\"situations\":[\"debts\"],\"phones\":1,\"minimum_age\":15"
                              : "\"situations\":[\"debts\"],\"phones\":1,\"minimum_age\":18");
    }
    fixture_ask(&fixture, "situations=debts; age=40; limit=2");
    ck_assert_uint_eq(fixture.answer.result_count, SHOWN);
    ck_assert(str_equal_z(fixture_name(fixture.answer.results[0].entry), "s00"));
    ck_assert(str_equal_z(fixture_name(fixture.answer.results[1].entry), "s01"));
    fixture_done(&fixture);
}
END_TEST

/* --- Classes ----------------------------------------------------------------------------------- */

/* Each part of a worth that takes part in the order, one at a time. */
static void check_no_more(int64_t worth, int64_t most, const char *words)
{
    const int64_t zero = worth_zero() + WORTH_COVERAGE;
    ck_assert_msg(worth <= most, "%s", words);
    if (worth < 0)
        return;
    ck_assert_msg(worth_points(zero + worth) <= worth_points(zero + most), "%s", words);
    ck_assert_msg((worth & WORTH_REACHABLE) <= (most & WORTH_REACHABLE), "%s", words);
    ck_assert_msg((worth & (WORTH_POINT - WORTH_YEAR)) <= (most & (WORTH_POINT - WORTH_YEAR)), "%s",
                  words);
}

/* What one row says goes for all of its class; where they differ, no row is worth more. */
static void check_class(const struct match_context *context, enum match_facet facet, uint16_t class,
                        int64_t worth, const char *words)
{
    const int64_t said = weigh_class(context, facet, class);
    if (worth_is_bounded(said))
        check_no_more(worth, said, words);
    else
        ck_assert_msg(said == worth, "%s: facet %d", words, (int)facet);
}

static void check_facet(const struct match_context *context, enum match_facet facet,
                        const char *words)
{
    const struct match_index *index = context->index;
    int64_t most = weigh_most(context, facet);
    for (size_t i = 0; weigh_is_asked(context, facet) && i < index->row_count; i++) {
        uint16_t class = index->row_classes[i].of[facet];
        int64_t worth = weigh_facet(context, facet, &index->rows[i]);
        check_no_more(worth, most, words);
        if (class != MATCH_NO_CLASS)
            check_class(context, facet, class, worth, words);
    }
}

/* What the tables say before and after a row has been settled, and the most of what differs within
 * a group. */
static void check_worths(const struct match_context *context, const char *words)
{
    struct worths worths;
    ck_assert(worths_init(&worths, context));
    for (size_t i = 0; i < context->index->row_count; i++) {
        const uint32_t row = (uint32_t)i;
        int64_t rest = 0;
        int64_t all = 0;
        for (size_t k = 0; k < worths.asked_count; k++)
            all += weigh_facet(context, worths.asked[k], &context->index->rows[i]);
        for (size_t k = 0; k < worths.rest_count; k++)
            rest += weigh_facet(context, worths.rest[k], &context->index->rows[i]);
        const int64_t bound = worths_of_row(&worths, &context->index->row_classes[i]);
        check_no_more(all, bound, words);
        check_no_more(rest, worths.rest_most, words);
        ck_assert_msg(worths_settle(&worths, row, bound, worths.open_count, INT64_MIN) == all,
                      "%s: row %zu", words, i);
    }
}

/* Areas that have been prepared are worth what they are worth when they are asked. */
static void check_prepared(const struct match_context *context, const char *words)
{
    const struct prepared_area *area = prepared_area_of(context);
    const struct match_resolved *question = context->question;
    const bool elsewhere = question->locality == LOCALITY_JILOVA && question->district >= 0;
    ck_assert_msg((area != NULL) == !elsewhere, "%s", words);
    for (uint16_t class = 1; area != NULL && class < context->index->classes[FACET_AREA].count;
         class ++) {
        const int64_t worth = weigh_class(context, FACET_AREA, class);
        ck_assert_msg(area->worths[class] == worth, "%s: class %d", words, class);
        ck_assert_msg(area->most >= worth, "%s", words);
    }
}

START_TEST(test_rank_class_speaks_for_its_rows)
{
    struct fixture fixture;
    struct random random = {(uint64_t)_i + 100};
    fixture_init(&fixture);
    add_services(&fixture);
    for (int i = 0; i < CLASS_QUESTIONS; i++) {
        char words[512];
        struct match_context context;
        make_words(&random, words, sizeof words);
        arena_reset(fixture.arena);
        fixture_ask(&fixture, words);
        context_init(&context, fixture.generation, &fixture.resolved, match_rules_all(),
                     fixture.arena);
        for (enum match_facet facet = 0; facet < FACET_COUNT; facet++)
            check_facet(&context, facet, words);
        check_prepared(&context, words);
        check_worths(&context, words);
    }
    fixture_done(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/rank");
    TCase *tcase = tcase_create("rank");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, test_rank_short_way_gives_the_same_answer, 0, 4);
    tcase_add_test(tcase, test_rank_by_other_rules);
    tcase_add_loop_test(tcase, test_rank_equals_of_several_groups, 0, 2);
    tcase_add_loop_test(tcase, test_rank_class_speaks_for_its_rows, 0, 4);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
