/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The short way of the ranking against the long one: whatever is asked, passing over the candidates
 * that cannot get among the best must not change the answer.
 */
#include "bench/random.h"
#include "fixture.h"

enum { SERVICES = 1000, QUESTIONS = 250, SECONDS = 60 };

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

static void say_for_whom(struct facts *facts)
{
    SAY(facts, 60, "\"situations\":[\"debts\"]", "\"situations\":[\"roofless-tonight\",\"debts\"]",
        "\"situations\":[\"parenting\"]", "\"situations\":[\"alcohol\",\"debts\"]");
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
        "\"latitude\":49.79,\"longitude\":18.24}]");
    SAY(facts, 10, "\"office\":true");
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
        "\"free_places\":{\"state\":\"none\",\"as_of\":\"2026-11-22\"}");
    SAY(facts, 30,
        "\"schedules\":[{\"byday\":\"MO\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]",
        "\"schedules\":[{\"byday\":\"SU\",\"opens_at\":\"08:00\",\"closes_at\":\"12:00\"}]");
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
                                         "lat=49.82; lon=18.26",
                                         "limit=1",
                                         "limit=3",
                                         "limit=30"};
    static const char *const situations[] = {"debts", "roofless-tonight", "debts,parenting",
                                             "alcohol,debts,roofless-tonight", "parenting"};
    size_t length =
        (size_t)snprintf(words, size, "situations=%s", situations[random_below(random, 5)]);
    size_t count = sizeof pieces / sizeof pieces[0];
    for (size_t i = 0; i < count; i++) {
        if (random_percent(random, 14))
            length += (size_t)snprintf(words + length, size - length, "; %s", pieces[i]);
    }
}

/* --- The comparison ---------------------------------------------------------------------------- */

static void check_same(const struct match_answer *fast, const struct match_answer *slow,
                       const char *words)
{
    ck_assert_msg(fast->result_count == slow->result_count, "%s", words);
    for (size_t i = 0; i < slow->result_count; i++) {
        ck_assert_msg(fast->results[i].entry == slow->results[i].entry, "%s: result %zu", words, i);
        ck_assert_int_eq(fast->results[i].score, slow->results[i].score);
        ck_assert_uint_eq(fast->results[i].situations, slow->results[i].situations);
    }
    ck_assert_msg(fast->near_miss_count == slow->near_miss_count, "%s", words);
    for (size_t i = 0; i < slow->near_miss_count; i++)
        ck_assert_msg(fast->near_misses[i].entry == slow->near_misses[i].entry, "%s", words);
    ck_assert_msg(fast->suggestion_count == slow->suggestion_count, "%s", words);
    for (size_t i = 0; i < slow->suggestion_count; i++)
        ck_assert_uint_eq(fast->suggestions[i].services, slow->suggestions[i].services);
}

START_TEST(test_bound_never_changes_the_answer)
{
    struct fixture fixture;
    struct random random = {(uint64_t)_i};
    struct match_rules rules = *match_rules_all();
    rules.order |= ORDER_EXHAUSTIVE;
    fixture_init(&fixture);
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

int main(void)
{
    Suite *suite = suite_create("match/bound");
    TCase *tcase = tcase_create("bound");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, test_bound_never_changes_the_answer, 0, 4);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
