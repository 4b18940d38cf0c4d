/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/config/loader.h"
#include "support/run.h"
#include "unit/config/copy.h"

/* --- One mistake at a time --- */

static const struct {
    const char *file;
    const char *from;
    const char *to;
    const char *code;
    const char *place;
    const char *argument[PROBLEM_ARGUMENTS]; /* NULL: not looked at */
} bad_cases[] = {
    /* references between files */
    {"taxonomy/situations/housing.yaml",
     "\"156\", \"112\"",
     "\"156\", \"113\"",
     "config-reference-unknown",
     "taxonomy/situations/housing.yaml:8 /situations/0/crisis_lines/1",
     {"crisis-line", "113", "112"}},
    {"taxonomy/situations/housing.yaml",
     "[seniors, families]",
     "[seniors, family]",
     "config-reference-unknown",
     "taxonomy/situations/housing.yaml:10 /situations/0/target_groups/1",
     {"target-group", "family", "families"}},
    {"taxonomy/situations/housing.yaml",
     "target_groups: [seniors]",
     "target_groups: [xyz]",
     "config-reference-unknown",
     "taxonomy/situations/housing.yaml:17 /situations/1/target_groups/0",
     {"target-group", "xyz", ""}},
    {"taxonomy/situations/money.yaml",
     "\"37\"",
     "\"38\"",
     "config-reference-unknown",
     "taxonomy/situations/money.yaml:8 /situations/0/services_sections/0",
     {"section", "38", "37"}},
    {"taxonomy/situations/money.yaml",
     "related-activity",
     "related-activities",
     "config-reference-unknown",
     "taxonomy/situations/money.yaml:8 /situations/0/services_sections/1",
     {"section", "related-activities", "related-activity"}},
    {"taxonomy/situations/money.yaml",
     "category: money",
     "category: monye",
     "config-reference-unknown",
     "taxonomy/situations/money.yaml:2 /category",
     {"category", "monye", "money"}},
    {"municipalities/alfa.yaml",
     "district: jih",
     "district: jiih",
     "config-reference-unknown",
     "municipalities/alfa.yaml:22 /localities/0/district",
     {"district", "jiih", "jih"}},
    {"crisis-lines.yaml",
     "municipality: alfa",
     "municipality: alpha",
     "config-reference-unknown",
     "crisis-lines.yaml:20 /crisis_lines/1/municipality",
     {"municipality", "alpha", "alfa"}},
    {"understanding/examples/money.yaml",
     "situation: debts",
     "situation: dets",
     "config-reference-unknown",
     "understanding/examples/money.yaml:4 /examples/0/situation",
     {"situation", "dets", "debts"}},
    {"understanding/examples/housing.yaml",
     "[eviction, debts]",
     "[eviction, debt]",
     "config-reference-unknown",
     "understanding/examples/housing.yaml:11 /stories/0/situations/1",
     {"situation", "debt", "debts"}},
    {"understanding/examples/money.yaml",
     "category: money",
     "category: housing",
     "config-file-name",
     "understanding/examples/money.yaml:2 /category",
     {"housing.yaml", NULL, NULL}},
    {"understanding/danger.yaml",
     "situation: eviction",
     "situation: evicton",
     "config-reference-unknown",
     "understanding/danger.yaml:4 /dangers/0/situation",
     {"situation", "evicton", "eviction"}},
    {"understanding/danger.yaml",
     "[\"112\"]",
     "[\"113\"]",
     "config-reference-unknown",
     "understanding/danger.yaml:5 /dangers/0/crisis_lines/0",
     {"crisis-line", "113", "112"}},
    {"understanding/danger.yaml",
     "@partner",
     "@partners",
     "phrase-group-unknown",
     "understanding/danger.yaml:7 /dangers/0/says/0",
     {"partners", NULL, NULL}},
    {"understanding/danger.yaml",
     "nechci žít",
     "ne-chci žít",
     "phrase-word-unusable",
     "understanding/danger.yaml:12 /dangers/1/says/0",
     {"ne-chci", NULL, NULL}},
    {"understanding/people.yaml",
     "[families]",
     "[family]",
     "config-reference-unknown",
     "understanding/people.yaml:10 /hints/1/target_groups/0",
     {"target-group", "family", "families"}},
    {"understanding/words/words.yaml",
     "manžel*",
     "\"*\"",
     "phrase-word-unusable",
     "understanding/words/words.yaml:6 /groups/1/words/0",
     {"*", NULL, NULL}},
    /* twice */
    {"understanding/words/words.yaml",
     "name: partner",
     "name: debt",
     "config-duplicate",
     "understanding/words/words.yaml:5 /groups/1/name",
     {"word-group", "debt", NULL}},
    {"understanding/danger.yaml",
     "key: despair",
     "key: violence",
     "config-duplicate",
     "understanding/danger.yaml:9 /dangers/1/key",
     {"danger", "violence", NULL}},
    {"taxonomy/situations/housing.yaml",
     "key: eviction",
     "key: debts",
     "config-duplicate",
     "taxonomy/situations/housing.yaml:12 /situations/1/key",
     {"situation", "debts", NULL}},
    {"taxonomy/situations/money.yaml",
     "key: debts",
     "key: housing",
     "config-duplicate",
     "taxonomy/situations/money.yaml:4 /situations/0/key",
     {"situation", "housing", NULL}},
    {"taxonomy/target-groups.yaml",
     "key: families",
     "key: seniors",
     "config-duplicate",
     "taxonomy/target-groups.yaml:9 /target_groups/1/key",
     {"target-group", "seniors", NULL}},
    {"taxonomy/service-kinds.yaml",
     "key: related-activity",
     "key: shelter",
     "config-duplicate",
     "taxonomy/service-kinds.yaml:16 /service_kinds/2/key",
     {"service-kind", "shelter", NULL}},
    {"taxonomy/service-kinds.yaml",
     "\"57\"",
     "\"37\"",
     "config-duplicate",
     "taxonomy/service-kinds.yaml:12 /service_kinds/1/section",
     {"section", "37", NULL}},
    {"taxonomy/categories.yaml",
     "key: housing",
     "key: money",
     "config-duplicate",
     "taxonomy/categories.yaml:9 /categories/1/key",
     {"situation", "money", NULL}},
    {"municipalities/alfa.yaml",
     "key: jih",
     "key: sever",
     "config-duplicate",
     "municipalities/alfa.yaml:16 /districts/1/key",
     {"district alfa", "sever", NULL}},
    {"municipalities/alfa.yaml",
     "key: park",
     "key: hostel",
     "config-duplicate",
     "municipalities/alfa.yaml:23 /localities/1/key",
     {"locality alfa", "hostel", NULL}},
    {"municipalities/beta.yaml",
     "region: jiny",
     "region: jiny\ndefault: true",
     "config-duplicate",
     "municipalities/beta.yaml:6 /default",
     {"default", "municipality", NULL}},
    {"crisis-lines.yaml",
     "\"156\"",
     "\"112\"",
     "config-duplicate",
     "crisis-lines.yaml:13 /crisis_lines/1/number",
     {"crisis-line", "112", NULL}},
    {"text/cs.yaml",
     "hello",
     "problem.limit",
     "yaml-key-duplicate",
     "text/cs.yaml:4",
     {"problem.limit", "", ""}},
    /* files */
    {"municipalities/beta.yaml",
     "key: beta",
     "key: gama",
     "config-file-name",
     "municipalities/beta.yaml:2 /key",
     {"gama.yaml", "", ""}},
    {"municipalities/beta.yaml",
     "key: beta",
     "key: alfa",
     "config-duplicate",
     "municipalities/beta.yaml:2 /key",
     {"municipality", "alfa", NULL}},
    {"taxonomy/situations/housing.yaml",
     "category: housing",
     "category: money",
     "config-file-name",
     "taxonomy/situations/housing.yaml:2 /category",
     {"money.yaml", "", ""}},
    {"taxonomy/situations/money.yaml",
     NULL,
     NULL,
     "config-file-missing",
     "taxonomy/situations/money.yaml",
     {"", "", ""}},
    {"taxonomy/situations/old.yml",
     NULL,
     "x: 1\n",
     "config-file-unexpected",
     "taxonomy/situations/old.yml",
     {"", "", ""}},
    {"taxonomy/situations/.yaml", NULL, "x: 1\n", NULL, NULL, {NULL, NULL, NULL}}, /* hidden */
    {"text/uk.yaml", NULL, NULL, "config-file-missing", "text/uk.yaml", {"", "", ""}},
    {"match.yaml", NULL, NULL, "config-file-missing", "match.yaml", {"", "", ""}},
    {"schema/match.json", NULL, NULL, "json-file-missing", "schema/match.json", {"", "", ""}},
    {"schema/match.json",
     "\"minimum\"",
     "\"minimun\"",
     "schema-keyword-unsupported",
     "schema/match.json /properties/distance_bands/items/properties/within_m/minimun",
     {"minimun", "", ""}},
    {"municipalities/alfa.yaml",
     "default: true\n",
     "",
     "config-default-missing",
     "municipalities",
     {"", "", ""}},
    /* YAML */
    {"match.yaml", "100", "&named 100", "yaml-anchor", "match.yaml:2", {"named", "", ""}},
    {"crisis-lines.yaml",
     "operator: Město",
     "operator: Město\n    operator: X",
     "yaml-key-duplicate",
     "crisis-lines.yaml:18",
     {"operator", "", ""}},
    {"municipalities/alfa.yaml",
     "\"800 111 222\"",
     "0800111222",
     "yaml-number-ambiguous",
     "municipalities/alfa.yaml:10",
     {"0800111222", "", ""}},
    /* schemas */
    {"municipalities/beta.yaml",
     "49.8347",
     "90.1",
     "schema-maximum",
     "municipalities/beta.yaml:9 /districts/0/latitude",
     {"90", "", ""}},
    {"municipalities/beta.yaml",
     "    latitude: 49.8347\n",
     "",
     "schema-dependent-required",
     "municipalities/beta.yaml:7 /districts/0",
     {"latitude", "longitude", ""}},
    {"municipalities/beta.yaml",
     "49.8347",
     "\"49.8347\"",
     "schema-type",
     "municipalities/beta.yaml:9 /districts/0/latitude",
     {NULL, NULL, NULL}},
    {"taxonomy/situations/money.yaml",
     "urgency: normal",
     "urgency: high",
     "schema-enum",
     "taxonomy/situations/money.yaml:7 /situations/0/urgency",
     {NULL, NULL, NULL}},
    {"taxonomy/situations/money.yaml",
     "urgency: normal",
     "urgency: crisis",
     "schema-required",
     "taxonomy/situations/money.yaml:4 /situations/0",
     {"crisis_lines", "", ""}},
    {"taxonomy/situations/money.yaml",
     "synonyms:",
     "synonym:",
     NULL,
     "taxonomy/situations/money.yaml:10 /situations/0/synonym",
     {NULL, NULL, NULL}},
    {"taxonomy/situations/money.yaml",
     "cs: Dluhy, ",
     "",
     "schema-required",
     "taxonomy/situations/money.yaml:5 /situations/0/name",
     {"cs", "", ""}},
    {"taxonomy/situations/money.yaml",
     "en: Debts",
     "en: \" \"",
     "schema-pattern",
     "taxonomy/situations/money.yaml:5 /situations/0/name/en",
     {NULL, NULL, NULL}},
    {"taxonomy/situations/money.yaml",
     "[dluh, půjčka]",
     "[dluh, půjčka, dluh]",
     "schema-unique-items",
     "taxonomy/situations/money.yaml:10 /situations/0/synonyms",
     {NULL, NULL, NULL}},
    {"crisis-lines.yaml",
     "round_the_clock: false",
     "round_the_clock: true",
     "schema-const",
     "crisis-lines.yaml:19 /crisis_lines/1/confirmed",
     {"true", "", ""}},
    {"crisis-lines.yaml",
     "round_the_clock: true",
     "round_the_clock: yes",
     "schema-type",
     "crisis-lines.yaml:8 /crisis_lines/0/round_the_clock",
     {"boolean", "", ""}},
    {"crisis-lines.yaml",
     "\"2024-05\"",
     "2024",
     "schema-type",
     "crisis-lines.yaml:12 /crisis_lines/0/as_of",
     {"string", "", ""}},
    {"match.yaml",
     "{met: 4, unknown: 5}",
     "{met: 4, unknown: 5, failed: 1}",
     "schema-additional",
     "match.yaml:6 /conditions/age/failed",
     {"failed", "", ""}},
    {"match.yaml",
     "-1000",
     "-1001",
     "schema-minimum",
     "match.yaml:25 /conditions/reachable/failed",
     {"-1000", "", ""}},
    {"match.yaml", ", 1]", "]", "schema-min-items", "match.yaml:32 /source_years", {"8", "", ""}},
    {"text/en.yaml",
     "\"en: hello\"",
     "",
     "schema-type",
     "text/en.yaml:3 /hello",
     {"string", "", ""}},
    {"text/en.yaml",
     "\"en: hello\"",
     "\"\"",
     "schema-pattern",
     "text/en.yaml:3 /hello",
     {NULL, NULL, NULL}},
    /* texts against what the program says */
    {"text/en.yaml",
     "hello: \"en: hello\"\n",
     "",
     "config-text-missing",
     "text/en.yaml",
     {"hello", "", ""}},
    {"text/uk.yaml",
     "hello",
     "helo: x\nhello",
     "config-text-surplus",
     "text/uk.yaml:3 /helo",
     {"helo", "hello", ""}},
    {"text/cs.yaml",
     "at most {0}",
     "at most {1}",
     "config-text-placeholder",
     "text/cs.yaml:4 /problem.limit",
     {"{1}", "1", ""}},
    {"text/cs.yaml",
     "cs: hello",
     "cs: {0}",
     "config-text-placeholder",
     "text/cs.yaml:3 /hello",
     {"{0}", "0", ""}},
    {"text/cs.yaml",
     "at most {0}",
     "at most {0",
     "config-text-placeholder",
     "text/cs.yaml:4 /problem.limit",
     {"{", "1", ""}},
    {"text/cs.yaml",
     "at most {0}",
     "at most {name}",
     "config-text-placeholder",
     "text/cs.yaml:4 /problem.limit",
     {"{", "1", ""}},
};

START_TEST(test_loader_tells_one_mistake)
{
    struct error err = {0};
    edit(bad_cases[_i].file, bad_cases[_i].from, bad_cases[_i].to);
    const struct knowledge *knowledge = load(&err);
    if (bad_cases[_i].place == NULL) {
        ck_assert_ptr_nonnull(knowledge);
        knowledge_release(knowledge);
        return;
    }
    ck_assert_ptr_null(knowledge);
    ck_assert_uint_ge(told_count, 1);
    size_t i = 0;
    while (i < told_count && strcmp(place_of(&told[i]), bad_cases[_i].place) != 0)
        i++;
    ck_assert_msg(i < told_count, "%s: told was %s %s", bad_cases[_i].place, told[0].pointer,
                  told[0].code);
    ck_assert_str_eq(told[i].pointer, err.problems[i].pointer);
    if (bad_cases[_i].code != NULL)
        ck_assert_str_eq(told[i].code, bad_cases[_i].code);
    for (int j = 0; j < PROBLEM_ARGUMENTS; j++) {
        if (bad_cases[_i].argument[j] != NULL)
            ck_assert_str_eq(told[i].argument[j], bad_cases[_i].argument[j]);
    }
}
END_TEST

/* --- Several at once --- */

START_TEST(test_loader_tells_all_mistakes_of_all_files)
{
    struct error err = {0};
    edit("match.yaml", "named: 100", "name: 100");
    edit("municipalities/alfa.yaml", "district: jih", "district: zapad");
    edit("text/uk.yaml", "hello", "goodbye");
    edit("taxonomy/situations/money.yaml", "urgency: normal", "urgency: &a normal");
    ck_assert_ptr_null(load(&err));
    ck_assert_uint_eq(told_count, 6);
    ck_assert_str_eq(place_of(&told[0]), "municipalities/alfa.yaml:22 /localities/0/district");
    ck_assert_str_eq(place_of(&told[1]), "taxonomy/situations/money.yaml:7");
    ck_assert_str_eq(place_of(&told[2]), "text/uk.yaml:3 /goodbye");
    ck_assert_str_eq(place_of(&told[3]), "text/uk.yaml");
    ck_assert_str_eq(told[3].argument[0], "hello");
    ck_assert_str_eq(place_of(&told[4]), "match.yaml:2 /situation");
    ck_assert_str_eq(place_of(&told[5]), "match.yaml:2 /situation/name");
    ck_assert_uint_eq(err.problem_count, 6);
    ck_assert(!err.more);
}
END_TEST

START_TEST(test_loader_reports_more_than_an_error_holds)
{
    struct error err = {0};
    for (int i = 0; i < 20; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "surplus-%d: x\nhello:", i);
        edit("text/en.yaml", "hello:", text);
    }
    ck_assert_ptr_null(load(&err));
    ck_assert_uint_eq(told_count, 20);
    ck_assert_uint_eq(err.problem_count, ERROR_PROBLEMS_MAXIMUM);
    ck_assert(err.more);
}
END_TEST

/* A file that cannot be used is told once, and not again by everything that refers to it. */
START_TEST(test_loader_does_not_judge_references_into_a_broken_file)
{
    static const char *const broken[] = {"crisis-lines.yaml", "taxonomy/categories.yaml",
                                         "taxonomy/target-groups.yaml",
                                         "taxonomy/service-kinds.yaml", "municipalities/alfa.yaml"};
    struct error err = {0};
    edit(broken[_i], "name:", "nam:");
    ck_assert_ptr_null(load(&err));
    for (size_t i = 0; i < told_count; i++)
        ck_assert_msg(strncmp(place_of(&told[i]), broken[_i], strlen(broken[_i])) == 0, "%s %s",
                      told[i].pointer, told[i].code);
}
END_TEST

START_TEST(test_loader_works_without_a_report)
{
    struct error err = {0};
    edit("text/en.yaml", "hello", "hullo");
    ck_assert_ptr_null(config_knowledge_load(folder, tables, NULL, &err));
    ck_assert_uint_eq(err.problem_count, 2);
    ck_assert_ptr_null(config_knowledge_load("/nonexistent", tables, NULL, &err));
    ck_assert_str_eq(err.problems[0].code, "json-file-missing");
}
END_TEST

/* --- Limits --- */

static const char term_text[] = "    name: {cs: a, en: a, uk: a}\n"
                                "    description: {cs: a, en: a, uk: a}\n";

START_TEST(test_loader_limits_situations)
{
    struct error err = {0};
    edit("taxonomy/categories.yaml", NULL,
         "taxonomy:\n  name: {cs: a, en: a, uk: a}\n"
         "  description: {cs: a, en: a, uk: a}\ncategories:\n");
    for (int i = 0; i < 5; i++) {
        char text[FILE_SIZE];
        char file[PATH_SIZE];
        int length = snprintf(text, sizeof text, "categories:\n  - key: c%d\n%s", i, term_text);
        edit("taxonomy/categories.yaml", "categories:\n", text);
        length = snprintf(text, sizeof text, "category: c%d\nsituations:\n", i);
        for (int j = 0; j < 52; j++)
            length += snprintf(text + length, sizeof text - (size_t)length,
                               "  - key: s%d-%d\n%s    urgency: normal\n"
                               "    services_sections: []\n    target_groups: [seniors]\n"
                               "    synonyms: []\n",
                               i, j, term_text);
        (void)snprintf(file, sizeof file, "taxonomy/situations/c%d.yaml", i);
        write_file(file, text, (size_t)length);
    }
    edit("taxonomy/situations/money.yaml", NULL, NULL);
    edit("taxonomy/situations/housing.yaml", NULL, NULL);
    edit("understanding/examples/money.yaml", NULL, NULL);
    edit("understanding/examples/housing.yaml", NULL, NULL);
    ck_assert_ptr_null(load(&err));
    ck_assert_uint_eq(told_count, 1);
    ck_assert_str_eq(told[0].code, "config-limit");
    ck_assert_str_eq(told[0].argument[0], "situation");
    ck_assert_str_eq(told[0].argument[1], "256");
    ck_assert_str_eq(place_of(&told[0]), "taxonomy/situations");
}
END_TEST

START_TEST(test_loader_limits_files)
{
    struct error err = {0};
    for (int i = 0; i < KNOWLEDGE_MUNICIPALITIES_MAXIMUM; i++) {
        char file[PATH_SIZE];
        (void)snprintf(file, sizeof file, "municipalities/m%d.yaml", i);
        write_file(file, "x: 1\n", 5);
    }
    ck_assert_ptr_null(load(&err));
    ck_assert_str_eq(told[0].code, "config-limit");
    ck_assert_str_eq(told[0].argument[0], "file");
    ck_assert_str_eq(told[0].argument[1], "64");
    ck_assert_str_eq(place_of(&told[0]), "municipalities");
}
END_TEST

/* --- Memory --- */

static int allocations_left;

static void *failing_malloc(size_t size)
{
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

/* One allocation of jansson fails, in steps over the whole load: never half a knowledge. */
START_TEST(test_loader_survives_want_of_memory)
{
    enum { STEP = 61, ALLOWED_MAXIMUM = 1000000 };
    struct error err = {0};
    const struct knowledge *knowledge = NULL;
    int failures = 0;
    json_set_alloc_funcs(failing_malloc, free);
    for (int allowed = 0; knowledge == NULL && allowed < ALLOWED_MAXIMUM; allowed += STEP) {
        allocations_left = allowed;
        err = (struct error){0};
        knowledge = config_knowledge_load(folder, tables, NULL, &err);
        if (knowledge == NULL) {
            ck_assert_uint_ge(err.problem_count, 1);
            failures++;
        }
    }
    ck_assert_int_gt(failures, 10);
    ck_assert_ptr_nonnull(knowledge);
    ck_assert_uint_eq(knowledge->situation_count, 3);
    knowledge_release(knowledge);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_loader_tells_one_mistake, 0,
                        sizeof bad_cases / sizeof bad_cases[0]);
    tcase_add_test(tcase, test_loader_tells_all_mistakes_of_all_files);
    tcase_add_test(tcase, test_loader_reports_more_than_an_error_holds);
    tcase_add_loop_test(tcase, test_loader_does_not_judge_references_into_a_broken_file, 0, 5);
    tcase_add_test(tcase, test_loader_works_without_a_report);
    tcase_add_test(tcase, test_loader_limits_situations);
    tcase_add_test(tcase, test_loader_limits_files);
    tcase_add_test(tcase, test_loader_survives_want_of_memory);
}

int main(void)
{
    Suite *suite = suite_create("loader");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, copy_fixture, remove_copy);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
