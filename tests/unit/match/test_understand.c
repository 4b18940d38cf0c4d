/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/domain/knowledge.h"
#include "sociopoint/match/understanding.h"
#include "sociopoint/text/classifier.h"
#include "sociopoint/text/groups.h"
#include "sociopoint/text/phrases.h"
#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"
#include "support/run.h"

enum { DEBTS, ROOFLESS, VIOLENCE, ALCOHOL, CARD, FLAT, CARE, SITUATIONS };
enum { MONEY, SAFETY, HEALTH, CATEGORIES };
enum { LINE_112, LINE_158, ARENA_BYTES = 16 << 20, EXAMPLES_MAXIMUM = 64, TEXT_SIZE = 512 };

#define KEY(text)                                                                                  \
    {                                                                                              \
        .term = {.key = STR_CONSTANT(text) }                                                       \
    }

static const struct category categories[] = {KEY("money"), KEY("safety"), KEY("health")};
static const struct target_group target_groups[] = {KEY("seniors"), KEY("families")};
static const struct situation situations[] = {
    {.term = {.key = STR_CONSTANT("debts")}, .category = MONEY},
    {.term = {.key = STR_CONSTANT("roofless")}, .category = SAFETY, .urgency = URGENCY_CRISIS},
    {.term = {.key = STR_CONSTANT("violence")}, .category = SAFETY, .urgency = URGENCY_CRISIS},
    {.term = {.key = STR_CONSTANT("alcohol")}, .category = HEALTH},
    {.term = {.key = STR_CONSTANT("card")}, .category = HEALTH},
    {.term = {.key = STR_CONSTANT("flat")}, .category = MONEY},
    {.term = {.key = STR_CONSTANT("care")}, .category = HEALTH},
};

static const struct {
    const char *text;
    uint16_t label;
} examples[] = {
    {"mám dluhy", DEBTS},
    {"nesplácím půjčku", DEBTS},
    {"jsem zadlužený", DEBTS},
    {"dluhy mě ničí", DEBTS},
    {"borgy", DEBTS},
    {"dlužím bance", DEBTS},
    {"nemám kde spát", ROOFLESS},
    {"spím venku", ROOFLESS},
    {"jsem na ulici", ROOFLESS},
    {"potřebuju nocleh", ROOFLESS},
    {"manžel mě bije", VIOLENCE},
    {"mlátí mě", VIOLENCE},
    {"bojím se manžela", VIOLENCE},
    {"piju každý den", ALCOHOL},
    {"chlastám", ALCOHOL},
    {"táta chlastá", ALCOHOL},
    {"alkohol mě ničí", ALCOHOL},
    {"průkaz", CARD},
    {"vyřídit průkaz", CARD},
    {"obecní byt", FLAT},
    {"žádost o byt", FLAT},
    {"příspěvek na péči", CARE},
    {"péče o maminku", CARE},
    {"kdy jede tramvaj", SITUATIONS},
    {"jak bude zítra", SITUATIONS},
    {"recept na guláš", SITUATIONS},
    {"pizza", SITUATIONS},
    {"kde spát v Praze hotel", SITUATIONS},
};
enum { EXAMPLES = sizeof examples / sizeof examples[0] };

static const struct str partners[] = {STR_CONSTANT("manžel*"), STR_CONSTANT("přítel")};
static const struct str beating[] = {STR_CONSTANT("bije"), STR_CONSTANT("mlátí"),
                                     STR_CONSTANT("tluče")};
static const struct word_group groups[] = {{STR_CONSTANT("partner"), partners, 2},
                                           {STR_CONSTANT("beat"), beating, 3}};

static const uint16_t danger_crisis_lines[] = {LINE_158};
static const struct danger dangers[] = {
    {STR_CONSTANT("violence"), VIOLENCE, danger_crisis_lines, 1}};
static const struct phrase_line danger_lines[] = {{STR_CONSTANT("@beat @partner"), 0},
                                                  {STR_CONSTANT("zabije|zabít"), 0}};
static const uint16_t danger_of_line[] = {0, 0};
static const struct phrase_line denial_lines[] = {{STR_CONSTANT("nemám|bez dluhy|dluhů"), 2},
                                                  {STR_CONSTANT("nepiju"), 0},
                                                  {STR_CONSTANT("nezabije"), 0}};

static const struct person_hint hints[] = {
    {.number_is_age = true},
    {.says_sex = true, .female = true, .with_children = true, .target_groups = 2},
    {.says_sex = true, .female = false},
};
static const struct phrase_line people_lines[] = {
    {STR_CONSTANT("mi|je #"), 3}, {STR_CONSTANT("samoživitelk*"), 0}, {STR_CONSTANT("vdovec"), 0}};
static const uint16_t hint_of_line[] = {0, 1, 2};

static struct knowledge knowledge;
static struct arena *arena;

static void add_words(const struct text_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        ck_assert(vocabulary_add(knowledge.understanding.vocabulary, tokens->items[i].word));
}

/* The example's label, and that it is a crisis; returns how many. */
static size_t label(uint16_t example, uint16_t labels[2])
{
    labels[0] = example;
    labels[1] = SITUATIONS + LABEL_CRISIS;
    return example < SITUATIONS && situations[example].urgency == URGENCY_CRISIS ? 2 : 1;
}

static void learn(void)
{
    uint16_t labels[EXAMPLES_MAXIMUM][2];
    struct error err = {0};
    struct classifier_example learnt[EXAMPLES_MAXIMUM];
    struct understanding *model = &knowledge.understanding;
    model->vocabulary = vocabulary_new(arena);
    for (size_t i = 0; i < EXAMPLES; i++) {
        ck_assert(text_tokens_read(str_from(examples[i].text), arena, &learnt[i].tokens, &err));
        learnt[i].labels = labels[i];
        learnt[i].label_count = label(examples[i].label, labels[i]);
        add_words(&learnt[i].tokens);
    }
    ck_assert(vocabulary_finish(model->vocabulary));
    model->classifier =
        classifier_learn(model->groups, learnt, EXAMPLES, SITUATIONS + LABELS_BESIDE, &err);
}

static void setup(void)
{
    struct error err = {0};
    arena = arena_new(ARENA_BYTES);
    knowledge = (struct knowledge){
        .categories = categories,
        .category_count = CATEGORIES,
        .situations = situations,
        .situation_count = SITUATIONS,
        .target_groups = target_groups,
        .target_group_count = 2,
        .understanding = {.limits = {.sure = 50,
                                     .possible = 25,
                                     .crisis = 20,
                                     .alarm = 20,
                                     .danger = 60,
                                     .beside = 10,
                                     .category = 3},
                          .groups = word_groups_new(groups, 2, arena, &err),
                          .danger_of_line = danger_of_line,
                          .dangers = dangers,
                          .danger_count = 1,
                          .hint_of_line = hint_of_line,
                          .hints = hints,
                          .hint_count = 3},
    };
    struct understanding *model = &knowledge.understanding;
    model->danger_lines = phrase_set_new(model->groups, danger_lines, 2, arena, &err);
    model->denial_lines = phrase_set_new(model->groups, denial_lines, 3, arena, &err);
    model->people_lines = phrase_set_new(model->groups, people_lines, 3, arena, &err);
    learn();
    ck_assert_ptr_nonnull(model->classifier);
}

static void teardown(void)
{
    classifier_free(knowledge.understanding.classifier);
    vocabulary_free(knowledge.understanding.vocabulary);
    arena_free(arena);
}

static struct match_understanding understand(const char *text)
{
    struct match_understanding understood;
    struct error err = {0};
    ck_assert(match_understand(&knowledge, str_from(text), arena, &understood, &err));
    return understood;
}

/* Keys of the situations that are used, with a mark for danger. */
static const char *used(const struct match_understanding *understood, char out[TEXT_SIZE])
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < understood->situation_count; i++) {
        const struct recognised *recognised = &understood->situations[i];
        if (recognised->used)
            length += (size_t)snprintf(out + length, TEXT_SIZE - length, "%s%.*s%s",
                                       length == 0 ? "" : " ",
                                       STR_ARGUMENTS(situations[recognised->situation].term.key),
                                       recognised->danger ? "!" : "");
    }
    return out;
}

static const struct {
    const char *text;
    const char *state;
    const char *used;
} cases[] = {
    {"", "no-text", ""},
    {"mám dluhy", "sure", "debts"},
    {"MAM DLUHY", "sure", "debts"},
    {"mam dluyh", "sure", "debts"}, /* misspelt */
    {"nemam kde spat", "sure", "roofless"},
    {"manžel mě tluče", "sure", "violence!"},     /* learnt of another word of the group */
    {"on mě jednou zabije", "sure", "violence!"}, /* the line alone */
    {"nemám dluhy", "none", ""},                  /* denied */
    {"bez dluhů", "none", ""},
    {"nepiju", "none", ""},
    {"nepiju, ale mám dluhy", "sure", "debts"},
    {"kdy jede tramvaj", "none", ""},
    {"pizza", "none", ""},
    {"xyz", "none", ""},
    {"12345", "none", ""},
    {"\xf0\x9f\x98\xad", "none", ""},
};

START_TEST(test_understand_table)
{
    char out[TEXT_SIZE];
    const struct match_understanding understood = understand(cases[_i].text);
    ck_assert_msg(strcmp(understanding_state_key(understood.state), cases[_i].state) == 0, "%s: %s",
                  cases[_i].text, understanding_state_key(understood.state));
    ck_assert_str_eq(used(&understood, out), cases[_i].used);
    if (understood.state == UNDERSTANDING_NONE)
        ck_assert_uint_eq(understood.situation_count, 0);
}
END_TEST

/* Beside a crisis nothing that can wait is used; it is told all the same. */
START_TEST(test_understand_crisis_is_not_diluted)
{
    char out[TEXT_SIZE];
    const struct match_understanding understood = understand("manžel mě bije a mám dluhy");
    ck_assert_str_eq(used(&understood, out), "violence!");
    ck_assert_uint_ge(understood.situation_count, 2);
    ck_assert_uint_eq(understood.crisis_line_count, 1);
    ck_assert_uint_eq(understood.crisis_lines[0], LINE_158);
}
END_TEST

static const struct {
    const char *text;
    bool alarm;
} alarms[] = {
    {"nemám kde spát", true}, {"manžel mě bije", true},     {"dluhy mě ničí a bojím se", true},
    {"mám dluhy", false},     {"příspěvek na péči", false}, {"kdy jede tramvaj", false},
};

START_TEST(test_understand_alarm_table)
{
    bool alarm = false;
    const struct match_understanding understood = understand(alarms[_i].text);
    for (size_t i = 0; i < understood.situation_count; i++)
        alarm = alarm || understood.situations[i].alarm;
    ck_assert_msg(alarm == alarms[_i].alarm, "%s", alarms[_i].text);
}
END_TEST

/* Nor does what is about something else become one where no situation can wait. */
START_TEST(test_understand_of_crises_alone)
{
    struct situation crises[SITUATIONS];
    memcpy(crises, situations, sizeof crises);
    for (size_t i = 0; i < SITUATIONS; i++)
        crises[i].urgency = URGENCY_CRISIS;
    knowledge.situations = crises;
    ck_assert_uint_eq(understand("kdy jede tramvaj").situation_count, 0);
    const struct match_understanding understood = understand("nemám kde spát");
    ck_assert_uint_eq(understood.situations[0].situation, ROOFLESS);
    ck_assert(understood.situations[0].alarm);
}
END_TEST

/* Five that are surer do not take the place of a crisis. */
START_TEST(test_understand_crisis_keeps_a_place)
{
    knowledge.understanding.limits.crisis = 0;
    knowledge.understanding.limits.alarm = 0;
    const struct match_understanding understood = understand("dluhy a alkohol, průkaz, byt, péče");
    ck_assert_uint_gt(understood.situation_count, UNDERSTOOD_CHOICE);
    const size_t last = understood.situation_count - 1;
    for (size_t i = 0; i < last; i++)
        ck_assert_int_ne(situations[understood.situations[i].situation].urgency, URGENCY_CRISIS);
    ck_assert_int_eq(situations[understood.situations[last].situation].urgency, URGENCY_CRISIS);
    ck_assert(understood.situations[last].alarm);
}
END_TEST

/* A line of danger goes before what is surer. */
START_TEST(test_understand_danger_goes_before_what_is_surer)
{
    char out[TEXT_SIZE];
    const struct match_understanding understood =
        understand("mám dluhy, exekuce, exekutor, dluhy, a on mě zabije");
    ck_assert_str_eq(used(&understood, out), "violence!");
    ck_assert_uint_ne(understood.situations[0].situation, VIOLENCE);
}
END_TEST

START_TEST(test_understand_two_in_one_story)
{
    char out[TEXT_SIZE];
    const struct match_understanding understood = understand("mám dluhy, chlastám a piju");
    used(&understood, out);
    ck_assert_ptr_nonnull(strstr(out, "debts"));
    ck_assert_ptr_nonnull(strstr(out, "alcohol"));
}
END_TEST

/* A long story is understood in its stretches. */
START_TEST(test_understand_long_story)
{
    char text[4096] = "";
    size_t length = 0;
    for (int i = 0; i < 60; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "slovo%c ", 'a' + i % 26);
    (void)snprintf(text + length, sizeof text - length, "nemám kde spát");
    const struct match_understanding understood = understand(text);
    ck_assert_uint_ge(understood.situation_count, 1);
    ck_assert_uint_eq(understood.situations[0].situation, ROOFLESS);
    const struct text_spans *words = &understood.situations[0].words;
    ck_assert_uint_ge(words->count, 1);
    ck_assert_uint_ge(words->items[0].start, length);
}
END_TEST

START_TEST(test_understand_says_which_words_spoke)
{
    const char *text = "\xf0\x9f\x98\xad prosím, mám velké dluhy!";
    const struct match_understanding understood = understand(text);
    ck_assert_uint_eq(understood.situations[0].situation, DEBTS);
    const struct text_spans *words = &understood.situations[0].words;
    bool found = false;
    for (size_t i = 0; i < words->count; i++) {
        found = found || str_equal_z(words->items[i].text, "dluhy");
        ck_assert_uint_lt(words->items[i].start, words->items[i].end);
        ck_assert_uint_le(words->items[i].end, 26); /* two units for the face */
    }
    ck_assert(found);
}
END_TEST

START_TEST(test_understand_people)
{
    const struct match_understanding understood =
        understand("je mi 34, samoživitelka, mám dluhy 40000 a 300");
    ck_assert_uint_eq(understood.age_count, 1);
    ck_assert_int_eq(understood.ages[0], 34);
    ck_assert_int_eq(understood.sex, SEX_FEMALE);
    ck_assert(understood.with_children);
    ck_assert_uint_eq(understood.target_groups, 2);
    ck_assert_uint_ge(understood.people_words.count, 2);
    ck_assert_int_eq(understand("samoživitelka a vdovec").sex, SEX_UNSAID); /* contradictory */
    ck_assert_int_eq(understand("vdovec").sex, SEX_MALE);
}
END_TEST

START_TEST(test_understand_asks_back_about_the_nearest_categories)
{
    const struct match_understanding understood = understand("ničí");
    ck_assert_int_ne(understood.state, UNDERSTANDING_SURE);
    for (size_t i = 0; i < understood.category_count; i++)
        ck_assert_uint_lt(understood.categories[i], CATEGORIES);
    ck_assert_uint_le(understood.category_count, UNDERSTOOD_CATEGORIES_MAXIMUM);
    ck_assert_uint_eq(understand("mám dluhy").category_count, 0);
}
END_TEST

START_TEST(test_understand_floods)
{
    static const char *const units[] = {"a",        "dluhy ", "bije ", "manžel bije ",
                                        "\xcc\x81", "dluyh ", "12 ",   "zabije. "};
    enum { FLOOD_BYTES = 65536, TAKEN_MAXIMUM = 1024 * 1024 };
    static char flood[FLOOD_BYTES];
    struct match_understanding understood;
    struct error err = {0};
    const size_t length = strlen(units[_i]);
    size_t used_bytes = 0;
    for (; used_bytes + length <= FLOOD_BYTES; used_bytes += length)
        memcpy(flood + used_bytes, units[_i], length);
    const size_t taken = arena_used(arena);
    ck_assert(
        match_understand(&knowledge, (struct str){flood, used_bytes}, arena, &understood, &err));
    ck_assert_uint_le(arena_used(arena) - taken, TAKEN_MAXIMUM);
    ck_assert_uint_le(understood.situation_count, UNDERSTOOD_SITUATIONS_MAXIMUM);
}
END_TEST

START_TEST(test_understand_without_memory)
{
    struct match_understanding understood;
    bool done = false;
    for (size_t bytes = 0; !done; bytes += 997) {
        struct arena *little = arena_new(bytes);
        struct error err = {0};
        done = match_understand(&knowledge, STR("je mi 34, manžel mě bije a mám dluhy"), little,
                                &understood, &err);
        ck_assert(done || err.code == ERROR_MEMORY);
        arena_free(little);
    }
}
END_TEST

START_TEST(test_understand_without_a_model)
{
    struct match_understanding understood;
    struct error err = {0};
    const struct knowledge bare = {.situations = situations, .situation_count = SITUATIONS};
    ck_assert(match_understand(&bare, STR("mám dluhy"), arena, &understood, &err));
    ck_assert_int_eq(understood.state, UNDERSTANDING_NONE);
}
END_TEST

/* --- What goes into the question --- */

START_TEST(test_adopt_takes_what_is_not_said)
{
    const struct match_understanding understood = understand("je mi 34, samoživitelka, mám dluhy");
    struct match_resolved resolved = {.situations = {ALCOHOL}, .situation_count = 1};
    match_adopt(&understood, &resolved);
    ck_assert_uint_eq(resolved.situation_count, 2);
    ck_assert_uint_eq(resolved.situations[0], ALCOHOL); /* what was asked stays first */
    ck_assert_uint_eq(resolved.situations[1], DEBTS);
    ck_assert_uint_eq(resolved.age_count, 1);
    ck_assert_int_eq(resolved.ages[0], 34);
    ck_assert_int_eq(resolved.sex, SEX_FEMALE);
    ck_assert_int_eq(resolved.with_children, SAID_YES);
    ck_assert_uint_eq(resolved.target_groups, 2);
    ck_assert_ptr_eq(resolved.understanding, &understood);
}
END_TEST

START_TEST(test_adopt_leaves_what_is_said)
{
    const struct match_understanding understood = understand("je mi 34, samoživitelka, mám dluhy");
    struct match_resolved resolved = {.situations = {DEBTS},
                                      .situation_count = 1,
                                      .ages = {70},
                                      .age_count = 1,
                                      .sex = SEX_MALE,
                                      .with_children = SAID_NO};
    match_adopt(&understood, &resolved);
    ck_assert_uint_eq(resolved.situation_count, 1);
    ck_assert_uint_eq(resolved.age_count, 1);
    ck_assert_int_eq(resolved.ages[0], 70);
    ck_assert_int_eq(resolved.sex, SEX_MALE);
    ck_assert_int_eq(resolved.with_children, SAID_NO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match/understand");
    TCase *tcase = tcase_create("understand");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_understand_table, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, test_understand_crisis_is_not_diluted);
    tcase_add_loop_test(tcase, test_understand_alarm_table, 0, sizeof alarms / sizeof alarms[0]);
    tcase_add_test(tcase, test_understand_of_crises_alone);
    tcase_add_test(tcase, test_understand_crisis_keeps_a_place);
    tcase_add_test(tcase, test_understand_danger_goes_before_what_is_surer);
    tcase_add_test(tcase, test_understand_two_in_one_story);
    tcase_add_test(tcase, test_understand_long_story);
    tcase_add_test(tcase, test_understand_says_which_words_spoke);
    tcase_add_test(tcase, test_understand_people);
    tcase_add_test(tcase, test_understand_asks_back_about_the_nearest_categories);
    tcase_add_loop_test(tcase, test_understand_floods, 0, 8);
    tcase_add_test(tcase, test_understand_without_memory);
    tcase_add_test(tcase, test_understand_without_a_model);
    tcase_add_test(tcase, test_adopt_takes_what_is_not_said);
    tcase_add_test(tcase, test_adopt_leaves_what_is_said);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
