/* SPDX-License-Identifier: EUPL-1.2 */
/* Reasons that stand in an answer already are copied: each must still say what it says when written by itself. */
#include "fixture.h"

#include "../../../src/rest/exchange_internal.h"
#include "../../../src/rest/match_answer_internal.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"
#include "support/run.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_begin(&fixture, "POST", "/v1/match");
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static const char age_met[] = "reason.age.met.from";
static const char age_again[] = "reason.age.met.from"; /* the same code at another address */
static const char near[] = "reason.area.met.district";
static const struct translated name = {
    {STR_CONSTANT("\"Muži\""), STR_CONSTANT("Men"), STR_CONSTANT("Чоловіки")}};

/* In turns what is the same, what begins alike, and what differs in one thing alone. */
static const struct match_reason reasons[] = {
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.plain = STR_CONSTANT("18")}}, 10},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.plain = STR_CONSTANT("18")}}, 10},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.plain = STR_CONSTANT("18")}}, -4},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.plain = STR_CONSTANT("19")}}, 10},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}}, 10},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.translated = &name}}, 10},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.text_code = "value.men"}}, 10},
    {"age", MATCH_UNKNOWN, age_met, {{.plain = STR_CONSTANT("27")}}, 10},
    {"sex", MATCH_UNKNOWN, age_met, {{.plain = STR_CONSTANT("27")}}, 10},
    {"age", MATCH_MET, age_again, {{.plain = STR_CONSTANT("a\"b\n")}}, 10},
    {"area", MATCH_MET, near, {{.plain = STR_CONSTANT("Hrušov")}}, 0},
    {"area", MATCH_MET, near, {{.plain = STR_CONSTANT("Hrušov")}}, 0},
    {"age", MATCH_MET, age_met, {{.plain = STR_CONSTANT("27")}, {.plain = STR_CONSTANT("18")}}, 10},
};
enum { REASONS = sizeof reasons / sizeof reasons[0], RESULTS = 3 };

static json_t *answer_of(const struct generation *generation, enum language language)
{
    const struct uuid id = uuid_of_key("service", STR("poradna"));
    struct match_result results[RESULTS];
    for (int i = 0; i < RESULTS; i++)
        results[i] =
            (struct match_result){.entry = generation_find(generation, DOCUMENT_SERVICE, &id),
                                  .reasons = reasons,
                                  .reason_count = REASONS,
                                  .opening = {.code = "opening.unknown"},
                                  .room = {.available = -1,
                                           .maximum = -1,
                                           .waiting = -1,
                                           .code = "reason.free-places.unknown"}};
    const struct match_near_miss miss = {
        .entry = results[0].entry, .failed = reasons[0], .asked = reasons[0].arguments[0]};
    const struct match_answer answer = {
        .results = results, .result_count = RESULTS, .near_misses = &miss, .near_miss_count = 1};
    const struct exchange x = {.arena = fixture.arena,
                               .generation = generation,
                               .knowledge = fixture.knowledge,
                               .language = language};
    const struct match_resolved question = {0};
    struct builder out;
    builder_init(&out, fixture.arena, 1 << 20);
    match_answer_write(&x, &question, &answer, &out);
    ck_assert(!builder_failed(&out));
    return json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, NULL);
}

static void check_reason(const json_t *shown, const struct match_reason *reason,
                         enum language language)
{
    struct str words[MATCH_ARGUMENTS];
    struct builder sentence;
    ck_assert_uint_eq(json_object_size(shown), 5);
    ck_assert(str_equal_z(json_member_str(shown, "code"), reason->code));
    ck_assert(str_equal_z(json_member_str(shown, "condition"), reason->condition));
    ck_assert(str_equal_z(json_member_str(shown, "state"), match_state_key(reason->state)));
    ck_assert_int_eq(json_integer_value(json_object_get(shown, "points")), reason->points);
    for (int i = 0; i < MATCH_ARGUMENTS; i++)
        words[i] = match_argument_text(&reason->arguments[i], &fixture.knowledge->texts, language);
    builder_init(&sentence, fixture.arena, 4096);
    texts_append(&fixture.knowledge->texts, language, reason->code, words, &sentence);
    ck_assert(str_equal(json_member_str(shown, "text"), builder_view(&sentence)));
}

START_TEST(test_match_answer_reasons_say_what_they_say_alone)
{
    const enum language language = (enum language)_i;
    const struct generation *generation = generation_acquire(fixture.holder);
    json_t *answer CLEANUP(json_decrefp) = answer_of(generation, language);
    ck_assert_ptr_nonnull(answer);
    const json_t *results = json_object_get(answer, "results");
    ck_assert_uint_eq(json_array_size(results), RESULTS);
    for (size_t i = 0; i < RESULTS; i++) {
        const json_t *shown = json_object_get(json_array_get(results, i), "reasons");
        ck_assert_uint_eq(json_array_size(shown), REASONS);
        for (size_t k = 0; k < REASONS; k++)
            check_reason(json_array_get(shown, k), &reasons[k], language);
    }
    const json_t *miss = json_array_get(json_object_get(answer, "near_misses"), 0);
    check_reason(json_object_get(miss, "failed"), &reasons[0], language);
    generation_release(fixture.holder, generation);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rest/match-answer");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_match_answer_reasons_say_what_they_say_alone, 0,
                        LANGUAGE_COUNT);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
