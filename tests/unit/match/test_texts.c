/* SPDX-License-Identifier: EUPL-1.2 */
/* Whatever the match says has a sentence in the table, with as many arguments as it is given. */
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

static int arguments_of(const char *code)
{
    for (size_t i = 0; i < match_text_code_count; i++) {
        if (strcmp(match_text_codes[i].code, code) == 0)
            return match_text_codes[i].arguments;
    }
    ck_abort_msg("no text for %s", code);
}

static bool is_present(const struct match_argument *argument)
{
    return str_present(argument->plain) || argument->translated != NULL ||
           argument->text_code != NULL;
}

/* The arguments the sentence wants are there, and no others; words among them have a text too. */
static void check_reason(const struct match_reason *reason)
{
    int wanted = arguments_of(reason->code);
    for (int i = 0; i < MATCH_ARGUMENTS; i++) {
        ck_assert_msg(is_present(&reason->arguments[i]) == (i < wanted), "%s {%d}", reason->code,
                      i);
        if (reason->arguments[i].text_code != NULL)
            (void)arguments_of(reason->arguments[i].text_code);
    }
}

/* Likewise of a sentence that is no reason. */
static void check_sentence(const char *code, const struct match_argument *arguments)
{
    struct match_reason reason = {.code = code};
    memcpy(reason.arguments, arguments, sizeof reason.arguments);
    check_reason(&reason);
}

static void check_answer(const struct match_answer *answer)
{
    for (size_t i = 0; i < answer->result_count; i++) {
        for (size_t j = 0; j < answer->results[i].reason_count; j++)
            check_reason(&answer->results[i].reasons[j]);
        check_sentence(answer->results[i].opening.code, answer->results[i].opening.arguments);
        check_sentence(answer->results[i].room.code, answer->results[i].room.arguments);
    }
    for (size_t i = 0; i < answer->suggestion_count; i++)
        ck_assert_int_eq(arguments_of(answer->suggestions[i].code), 0);
    for (size_t i = 0; i < answer->near_miss_count; i++) {
        check_reason(&answer->near_misses[i].failed);
        ck_assert(is_present(&answer->near_misses[i].asked));
        ck_assert(is_present(&answer->near_misses[i].needed));
    }
    for (size_t i = 0; i < answer->ask_count; i++)
        ck_assert_int_eq(arguments_of(answer->asks[i].code), 0);
}

#define WEEK(times) "\"schedules\":[{\"byday\":\"MO,TU,WE,TH,FR\"," times "}]"
#define CLOSED      ",\"closures\":[{\"from\":\"2026-11-23\",\"to\":\"2026-11-25\"}]"

static const char *const ages[] = {"", ",\"minimum_age\":18", ",\"maximum_age\":26",
                                   ",\"minimum_age\":18,\"maximum_age\":26"};
static const char *const rules[] = {
    "",
    ",\"rules\":[\"men-only\",\"infection\",\"other\"]",
    ",\"rules\":[\"women-only\",\"with-child\"]",
    ",\"rules\":[\"mental-illness\",\"active-addiction\"]",
    ",\"rules\":[\"needs-hospital-care\"]",
    ",\"rules\":[\"referral\",\"residence\",\"earlier-treatment\"]"};
static const char *const areas[] = {
    "",
    ",\"area\":[\"cz\"]",
    ",\"area\":[\"region:moravskoslezsky\"]",
    ",\"area\":[\"municipality:ostrava\"]",
    ",\"area\":[\"district:ostrava/poruba\"]",
    ",\"area\":[\"locality:ostrava/jilova\"],\"forms\":[\"field\"]",
    ",\"places\":[{\"municipality\":\"ostrava\",\"district\":\"poruba\",\"address\":true}]",
};
static const char *const offers[] = {
    "",
    ",\"phones\":1,\"languages\":[\"cs\"],\"accessibility\":[\"wheelchair\"],\"cost\":\"free\","
    "\"free_places\":{\"state\":\"some\",\"available\":2},\"target_groups\":[\"families\"],"
    "\"as_of\":\"2024\"",
    ",\"emails\":1,\"cost\":\"paid\",\"free_places\":{\"state\":\"none\",\"as_of\":\"2026\"},"
    "\"forms\":[\"residential\"],\"confirmed_on\":\"2026-01-01\"",
    ",\"organization_phones\":1,\"free_places\":{\"state\":\"some\",\"as_of\":\"2026\"}",
    ",\"phones\":1,\"capacities\":[{\"unit\":\"beds\",\"available\":2,\"as_of\":\"2026-11-23\"}],"
    "\"confirmed_on\":\"2020-01-01\"," WEEK("\"opens_at\":\"08:00\",\"closes_at\":\"16:00\""),
    ",\"capacities\":[{\"unit\":\"beds\",\"available\":0,\"waiting\":3,"
    "\"as_of\":\"2026-11-23\"}]," WEEK("\"opens_at\":\"20:00\",\"closes_at\":\"06:00\""),
    ",\"phones\":1," WEEK("\"opens_at\":\"09:00\",\"closes_at\":\"17:00\","
                          "\"by_appointment\":true"),
    ",\"phones\":1," WEEK("\"holidays\":\"closed\""),
    "," WEEK("\"opens_at\":\"00:00\",\"closes_at\":\"24:00\"") CLOSED,
};

static void add_services(void)
{
    char name[32];
    char facts[1024];
    const size_t age_count = sizeof ages / sizeof ages[0];
    const size_t rule_count = sizeof rules / sizeof rules[0];
    const size_t area_count = sizeof areas / sizeof areas[0];
    const size_t offer_count = sizeof offers / sizeof offers[0];
    for (size_t i = 0; i < age_count * rule_count * area_count * offer_count; i++) {
        (void)snprintf(name, sizeof name, "s%zu", i);
        (void)snprintf(facts, sizeof facts, "\"situations\":[\"%s\"]%s%s%s%s",
                       i % 2 == 0 ? "debts" : "parenting", ages[i % age_count],
                       rules[i / age_count % rule_count],
                       areas[i / age_count / rule_count % area_count],
                       offers[i / age_count / rule_count / area_count]);
        fixture_service(&fixture, name, facts);
    }
    fixture_service(&fixture, "kind", "\"kind\":\"counselling\",\"target_groups\":[\"crisis\"]");
}

static const char *const questions[] = {
    "situations=debts,parenting",
    "situations=debts;district=poruba;age=30;sex=male;with_children=no",
    "situations=debts;district=Slezská Ostrava;age=17;sex=female;with_children=yes",
    "situations=parenting;locality=Jílová;age=3;infection=yes;mental-illness=no",
    "situations=parenting;locality=Hulvácká;age=70;active-addiction=no;needs-hospital-care=no",
    "situations=debts;locality=Hrušov;active-addiction=yes;mental-illness=yes;infection=no",
    "situations=debts;target_groups=families;forms=field;languages=uk;accessibility=guide-dog;"
    "with_capacity=yes;free_of_charge=yes;needs-hospital-care=yes",
    "situations=parenting;target_groups=homeless;forms=residential;languages=cs;"
    "accessibility=wheelchair;with_capacity=yes;free_of_charge=yes",
    "situations=loneliness;municipality=brno",
    "situations=debts;open_at=now;with_capacity=yes;referral=yes;residence=no",
    "situations=parenting;open_at=2026-11-23T22:00;lat=49.82;lon=18.17;radius_m=100",
    "situations=debts;open_at=2026-11-27T23:00;lat=49.82;lon=18.17;earlier-treatment=no",
    "situations=parenting;open_at=2026-12-24T10:00;with_capacity=yes;referral=no",
    "situations=debts;open_at=2026-11-24T07:00;earlier-treatment=yes;residence=yes",
};

START_TEST(test_texts_of_every_answer)
{
    char question[512];
    add_services();
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        (void)snprintf(question, sizeof question, "%s;limit=50", questions[i]);
        fixture_ask(&fixture, question);
        check_answer(&fixture.answer);
    }
}
END_TEST

START_TEST(test_texts_are_listed_once)
{
    for (size_t i = 0; i < match_text_code_count; i++) {
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(match_text_codes[i].code, match_text_codes[j].code);
    }
}
END_TEST

/* An argument is a plain text, a name in the answer's language, or the text of a code. */
START_TEST(test_texts_arguments_in_words)
{
    struct text table[] = {
        {.code = STR_CONSTANT("x"),
         .sentence = {{STR_CONSTANT("{0} {1} {2}"), STR_CONSTANT("{2}"), STR_CONSTANT("")}}},
        {.code = STR_CONSTANT("y"),
         .sentence = {{STR_CONSTANT("ano"), STR_CONSTANT("yes"), STR_CONSTANT("так")}}}};
    struct texts texts;
    static const struct translated name = {
        {STR_CONSTANT("rodiny"), STR_CONSTANT("families"), STR_CONSTANT("родини")}};
    const struct match_argument arguments[MATCH_ARGUMENTS] = {
        {.plain = STR("27")}, {.translated = &name}, {.text_code = "y"}};
    struct builder out;
    ck_assert(texts_prepare(table, 2, fixture.arena, &texts));
    builder_init(&out, fixture.arena, 100);
    match_sentence_append_escaped(&texts, LANGUAGE_CS, "x", arguments, &out);
    match_sentence_append_escaped(&texts, LANGUAGE_EN, "x", arguments, &out);
    ck_assert(str_equal_z(builder_view(&out), "27 rodiny anoyes"));
    ck_assert(!str_present(
        match_argument_text(&(struct match_argument){.plain = {NULL, 0}}, &texts, LANGUAGE_CS)));
    ck_assert_str_eq(match_state_key(MATCH_UNKNOWN), "unknown");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/texts");
    TCase *tests = tcase_create("texts");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_texts_of_every_answer);
    tcase_add_test(tests, test_texts_are_listed_once);
    tcase_add_test(tests, test_texts_arguments_in_words);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
