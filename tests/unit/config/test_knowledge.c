/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/source.h"

#include "sociopoint/config/loader.h"
#include "sociopoint/config/yaml.h"
#include "support/run.h"
#include "unit/config/copy.h"

enum { TEXT_ARGUMENTS = 3 };

static void check_id(const struct term *term, const char *kind, const char *key)
{
    struct uuid id = uuid_of_key(kind, str_from(key));
    ck_assert_int_eq(uuid_compare_ids(&term->id, &id), 0);
}

START_TEST(test_knowledge_has_situations_in_the_order_of_the_categories)
{
    const struct knowledge *knowledge = load_good();
    ck_assert_uint_eq(knowledge->category_count, 2);
    ck_assert_uint_eq(knowledge->situation_count, 3);
    const struct situation *debts = &knowledge->situations[0];
    const struct situation *roofless = &knowledge->situations[1];
    ck_assert(str_equal_z(debts->term.key, "debts"));
    ck_assert_int_eq(debts->category, 0);
    ck_assert_int_eq(debts->urgency, URGENCY_NORMAL);
    ck_assert_uint_eq(debts->kinds, 5);
    ck_assert_uint_eq(debts->target_groups, 2);
    ck_assert_uint_eq(debts->synonym_count, 2);
    ck_assert(str_equal_z(debts->synonyms[0], "dluh"));
    ck_assert_uint_eq(debts->crisis_line_count, 0);
    ck_assert(str_equal_z(debts->term.name.in[LANGUAGE_EN], "Debts"));
    ck_assert(str_equal_z(debts->term.description.in[LANGUAGE_CS], "Když jsou dluhy"));
    check_id(&debts->term, "term", "situations/debts");
    ck_assert_int_eq(roofless->urgency, URGENCY_CRISIS);
    ck_assert_int_eq(roofless->category, 1);
    ck_assert_uint_eq(roofless->crisis_line_count, 2);
    ck_assert_uint_eq(roofless->crisis_lines[0], 1);
    ck_assert_uint_eq(roofless->crisis_lines[1], 0);
    ck_assert_int_eq(knowledge->situations[2].urgency, URGENCY_URGENT);
    check_id(&knowledge->categories[1].term, "term", "situations/housing");
    check_id(&knowledge->situations_taxonomy, "taxonomy", "situations");
    ck_assert(str_equal_z(knowledge->situations_taxonomy.name.in[LANGUAGE_CS], "Situace"));
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_groups_and_kinds)
{
    const struct knowledge *knowledge = load_good();
    ck_assert_int_eq(knowledge_target_group(knowledge, STR("families")), 1);
    ck_assert_int_eq(knowledge_kind(knowledge, STR("57")), 1);
    ck_assert_int_eq(knowledge_kind(knowledge, STR("related-activity")), 2);
    ck_assert(!str_present(knowledge->kinds[2].section));
    ck_assert_uint_eq(knowledge->kinds[0].forms, FORM_OUTPATIENT | FORM_FIELD);
    ck_assert_uint_eq(knowledge->kinds[1].forms, FORM_RESIDENTIAL);
    ck_assert_uint_eq(knowledge->kinds[2].forms, 0);
    check_id(&knowledge->kinds[1].term, "term", "service-kinds/shelter");
    check_id(&knowledge->target_groups[0].term, "term", "target-groups/seniors");
    check_id(&knowledge->kinds_taxonomy, "taxonomy", "service-kinds");
    check_id(&knowledge->target_groups_taxonomy, "taxonomy", "target-groups");
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_places)
{
    const struct knowledge *knowledge = load_good();
    ck_assert_uint_eq(knowledge->municipality_count, 2);
    ck_assert_int_eq(knowledge->default_municipality, 0);
    const struct municipality *alfa = &knowledge->municipalities[0];
    ck_assert(str_equal_z(alfa->key, "alfa"));
    ck_assert(str_equal_z(alfa->region, "kraj"));
    ck_assert(str_equal_z(alfa->name.in[LANGUAGE_UK], "Альфа"));
    ck_assert_uint_eq(alfa->district_count, 2);
    ck_assert_uint_eq(alfa->districts[0].part_count, 2);
    ck_assert(str_equal_z(alfa->districts[0].parts[1], "Dolní"));
    ck_assert_uint_eq(alfa->locality_count, 2);
    ck_assert_int_eq(alfa->localities[0].district, 1);
    ck_assert(str_equal_z(alfa->localities[0].other_names[0], "Ubytovna"));
    ck_assert_int_eq(alfa->localities[1].district, KNOWLEDGE_NONE);
    struct uuid contact = uuid_of_key("service", STR("alfa-help"));
    ck_assert_int_eq(uuid_compare_ids(&alfa->first_contact->service, &contact), 0);
    ck_assert(str_equal_z(alfa->first_contact->phone, "800 111 222"));
    ck_assert(!str_present(alfa->first_contact->email));
    ck_assert(str_equal_z(alfa->first_contact->hours.in[LANGUAGE_EN], "on working days"));
    ck_assert_ptr_null(knowledge->municipalities[1].first_contact);
    ck_assert_uint_eq(knowledge->municipalities[1].locality_count, 0);
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_coordinates_where_they_are_known)
{
    const struct knowledge *knowledge = load_good();
    const struct district *unknown = &knowledge->municipalities[0].districts[0];
    const struct district *known = &knowledge->municipalities[1].districts[0];
    ck_assert(!unknown->has_coordinates);
    ck_assert_int_eq(unknown->latitude_micro, 0);
    ck_assert(known->has_coordinates);
    ck_assert_int_eq(known->latitude_micro, 49834700);
    ck_assert_int_eq(known->longitude_micro, -1);
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_crisis_lines)
{
    const struct knowledge *knowledge = load_good();
    ck_assert_uint_eq(knowledge->crisis_line_count, 2);
    const struct crisis_line *first = &knowledge->crisis_lines[0];
    const struct crisis_line *second = &knowledge->crisis_lines[1];
    ck_assert(first->round_the_clock && first->confirmed && first->free_of_charge);
    ck_assert(!second->round_the_clock && !second->confirmed && !second->free_of_charge);
    ck_assert_int_eq(first->municipality, KNOWLEDGE_NONE);
    ck_assert_int_eq(second->municipality, 0);
    ck_assert(str_equal_z(first->as_of, "2024-05"));
    ck_assert(!str_present(second->as_of));
    ck_assert(str_equal_z(second->source, "https://example.org/156"));
    ck_assert(str_equal_z(second->operator_name, "Město"));
    ck_assert(str_equal_z(second->hours.in[LANGUAGE_CS], "neověřeno"));
    ck_assert(str_equal_z(second->for_whom.in[LANGUAGE_EN], "anyone"));
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_points)
{
    const struct knowledge *knowledge = load_good();
    const struct match_weights *weights = &knowledge->weights;
    ck_assert_int_eq(weights->named_situation, 100);
    ck_assert_int_eq(weights->kind_of_situation, 40);
    ck_assert_int_eq(weights->target_group_of_situation, 10);
    ck_assert_int_eq(weights->name, 70);
    ck_assert_int_eq(weights->met[CONDITION_AREA], 1);
    ck_assert_int_eq(weights->failed[CONDITION_AREA], -3);
    ck_assert_int_eq(weights->unknown[CONDITION_AGE], 5);
    ck_assert_int_eq(weights->unknown[CONDITION_OTHER_RULE], -6);
    ck_assert_int_eq(weights->met[CONDITION_REACHABLE], 7);
    ck_assert_int_eq(weights->confirmed, 15);
    ck_assert_int_eq(weights->met[CONDITION_REFERRAL], 8);
    ck_assert_int_eq(weights->met[CONDITION_OPEN], 11);
    ck_assert_int_eq(weights->met[CONDITION_DISTANCE], 0);
    ck_assert_int_eq(weights->failed[CONDITION_DISTANCE], -13);
    ck_assert_int_eq(weights->overdue, 5);
    ck_assert_int_eq(weights->review_age_days, 300);
    ck_assert_int_eq(weights->capacity_age_days, 10);
    ck_assert_uint_eq(weights->distance_band_count, 2);
    ck_assert_int_eq(weights->distance_bands[1].within_m, 1500);
    ck_assert_int_eq(weights->distance_bands[1].points, 3);
    ck_assert_int_eq(weights->diversity.first, 5);
    ck_assert_int_eq(weights->diversity.at_most, 3);
    ck_assert_int_eq(weights->diversity.within, 20);
    ck_assert_int_eq(weights->source_year_points[0], 8);
    ck_assert_int_eq(weights->source_year_points[7], 1);
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_texts)
{
    const struct knowledge *knowledge = load_good();
    ck_assert_uint_eq(knowledge->texts.count, 3);
    ck_assert(str_equal_z(texts_find(&knowledge->texts, LANGUAGE_UK, "hello"), "uk: hello"));
    ck_assert(str_equal_z(texts_find(&knowledge->texts, LANGUAGE_CS, "reason.age.met"),
                          "cs: {0} of {1}"));
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_hash_follows_every_byte)
{
    const struct knowledge *first = load_good();
    const struct knowledge *again = load_good();
    ck_assert_uint_eq(strlen(first->hash), 16);
    ck_assert_str_eq(first->hash, again->hash);
    edit("match.yaml", "situation:", "# a comment\nsituation:");
    const struct knowledge *changed = load_good();
    ck_assert_str_ne(first->hash, changed->hash);
    knowledge_release(first);
    knowledge_release(again);
    knowledge_release(changed);
}
END_TEST

/* --- The files of the repository --- */

/* The codes of the Czech file, which cli holds against what the program can say; to be freed. */
static struct text_code *czech_codes(const struct config_yaml *yaml, size_t *count)
{
    const char *key = NULL;
    json_t *value = NULL;
    struct text_code *codes = calloc(json_object_size(config_yaml_value(yaml)), sizeof *codes);
    ck_assert_ptr_nonnull(codes);
    *count = 0;
    json_object_foreach(config_yaml_value(yaml), key, value)
    {
        codes[(*count)++] = (struct text_code){key, TEXT_ARGUMENTS};
    }
    return codes;
}

static const struct knowledge *load_repository(const char *config)
{
    struct error err = {0};
    size_t count = 0;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_read(source_path("config/text/cs.yaml"), "cs.yaml", CONFIG_YAML_DEPTH, &err);
    ck_assert_ptr_nonnull(yaml);
    struct text_code *codes = czech_codes(yaml, &count);
    const struct text_table repository[] = {{codes, count}, {NULL, 0}};
    const struct knowledge *knowledge =
        config_knowledge_load(source_path(config), repository, NULL, &err);
    ck_assert_msg(knowledge != NULL, "%s %s %s", err.problems[0].pointer, err.problems[0].code,
                  err.problems[0].argument[0]);
    ck_assert_uint_eq(knowledge->texts.count, count);
    free(codes);
    return knowledge;
}

START_TEST(test_knowledge_of_the_repository_is_whole)
{
    const struct knowledge *knowledge = load_repository("config");
    ck_assert_uint_eq(knowledge->category_count, 10);
    ck_assert_uint_eq(knowledge->situation_count, 60);
    ck_assert_uint_eq(knowledge->target_group_count, 28);
    ck_assert_uint_eq(knowledge->kind_count, 36);
    ck_assert_uint_eq(knowledge->crisis_line_count, 14);
    ck_assert_uint_eq(knowledge->municipality_count, 2);
    int ostrava = knowledge_municipality(knowledge, STR("ostrava"));
    const struct municipality *municipality = &knowledge->municipalities[ostrava];
    ck_assert_int_eq(knowledge->default_municipality, ostrava);
    ck_assert_uint_eq(municipality->district_count, 23);
    ck_assert_uint_eq(municipality->locality_count, 17);
    int jilova = municipality_locality(municipality, STR("jilova"));
    ck_assert_int_eq(municipality->localities[jilova].district, KNOWLEDGE_NONE);
    ck_assert(str_equal_z(municipality->first_contact->phone, "800 700 650"));
    ck_assert(str_equal_z(municipality->first_contact->email, "sociopoint@ostrava.cz"));
    int brno = knowledge_municipality(knowledge, STR("brno"));
    ck_assert_ptr_null(knowledge->municipalities[brno].first_contact);
    knowledge_release(knowledge);
}
END_TEST

/* Who calls at night must not find nobody: only confirmed lines are said to be open at all hours. */
START_TEST(test_knowledge_promises_only_confirmed_hours)
{
    static const char *const open[] = {"112", "150", "155", "158", "156", "116 111", "116 006"};
    size_t count = 0;
    const struct knowledge *knowledge = load_repository("tests/support/config");
    for (size_t i = 0; i < knowledge->crisis_line_count; i++) {
        const struct crisis_line *line = &knowledge->crisis_lines[i];
        if (!line->round_the_clock)
            continue;
        ck_assert_msg(count < sizeof open / sizeof open[0] &&
                          str_equal_z(line->number, open[count]),
                      "%.*s", STR_ARGUMENTS(line->number));
        count++;
    }
    ck_assert_uint_eq(count, sizeof open / sizeof open[0]);
    knowledge_release(knowledge);
}
END_TEST

START_TEST(test_knowledge_has_every_text_in_every_language)
{
    const struct knowledge *knowledge = load_repository("tests/support/config");
    for (size_t i = 0; i < knowledge->texts.count; i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            ck_assert_msg(str_present(knowledge->texts.texts[i].sentence.in[language]), "%.*s",
                          STR_ARGUMENTS(knowledge->texts.texts[i].code));
    }
    knowledge_release(knowledge);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_knowledge_has_situations_in_the_order_of_the_categories);
    tcase_add_test(tcase, test_knowledge_has_groups_and_kinds);
    tcase_add_test(tcase, test_knowledge_has_places);
    tcase_add_test(tcase, test_knowledge_has_coordinates_where_they_are_known);
    tcase_add_test(tcase, test_knowledge_has_crisis_lines);
    tcase_add_test(tcase, test_knowledge_has_points);
    tcase_add_test(tcase, test_knowledge_has_texts);
    tcase_add_test(tcase, test_knowledge_hash_follows_every_byte);
    tcase_add_test(tcase, test_knowledge_of_the_repository_is_whole);
    tcase_add_test(tcase, test_knowledge_promises_only_confirmed_hours);
    tcase_add_test(tcase, test_knowledge_has_every_text_in_every_language);
}

int main(void)
{
    Suite *suite = suite_create("knowledge");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 30); /* one test learns from all examples */
    tcase_add_checked_fixture(tcase, copy_fixture, remove_copy);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
