/* SPDX-License-Identifier: EUPL-1.2 */
/* What an entry takes from the facts of its document. */
#include "support/catalogue_rows.h"
#include "support/run.h"

static struct entry_heap heap; /* goes with the program */

#define FULL_ID   "8f14e45f-ceea-467f-9a3b-4d5e6f708192"
#define TERM_LOW  "00000000-0000-4000-8000-000000000001"
#define TERM_HIGH "ffffffff-0000-4000-8000-000000000001"

static const char full_service[] =
    "{\"name\":\"Azylový dům pro ženy\",\"alternate_name\":\"Dům u "
    "Řeky\",\"aliases\":[\"Říčka\",7],"
    "\"organization\":\"" FULL_ID "\",\"organization_name\":\"Charita Ostrava\",\"office\":true,"
    "\"kind\":\"shelter\",\"situations\":[\"debt\",\"roofless\"],\"target_groups\":[\"families\"],"
    "\"forms\":[\"residential\",\"field\",\"by-owl\"],\"minimum_age\":18,\"maximum_age\":64,"
    "\"rules\":[\"women-only\",\"with-child\"],\"area\":[\"municipality:ostrava\"],"
    "\"file_municipality\":\"ostrava\",\"places\":[{\"id\":\"" FULL_ID
    "\",\"municipality\":\"ostrava\",\"district\":\"poruba\",\"locality\":\"jilova\","
    "\"address\":true},{\"concealed\":true},\"odd\"],\"phones\":2,\"organization_phones\":1,"
    "\"emails\":1,\"web\":true,\"languages\":[\"cs\",\"uk\"],\"accessibility\":[\"wheelchair\"],"
    "\"cost\":\"paid\",\"registered_maximum\":42,\"free_places\":{\"state\":\"some\","
    "\"available\":3,\"as_of\":\"2025-10-01\"},\"as_of\":\"2025\",\"confirmed_on\":\"2026-01-02\","
    "\"modified\":\"2026-01-02T10:00:00Z\",\"terms\":[\"" TERM_HIGH "\",\"" TERM_LOW
    "\",\"odd\"],\"status\":\"temporarily closed\",\"new_member\":{\"deep\":[1,2]}}";

static struct entry *entry_of(enum document_kind kind, const char *facts)
{
    struct error err = {0};
    struct document_row row = rows_document(5, kind, "it", facts);
    struct entry *entry = entry_new(&heap, &row, &err);
    ck_assert_ptr_nonnull(entry);
    return entry;
}

static void check_text(struct str got, const char *expected)
{
    if (expected == NULL)
        ck_assert(!str_present(got));
    else
        ck_assert_msg(str_equal_z(got, expected), "%.*s, not %s", STR_ARGUMENTS(got), expected);
}

START_TEST(test_facts_full_service)
{
    struct entry *entry = entry_of(DOCUMENT_SERVICE, full_service);
    const struct service_facts *facts = entry->facts.service;
    struct uuid id;
    ck_assert(uuid_from_text(STR(FULL_ID), &id));
    check_text(facts->name, "Azylový dům pro ženy");
    check_text(facts->alternate_name, "Dům u Řeky");
    ck_assert_uint_eq(facts->alias_count, 1);
    check_text(facts->aliases[0], "Říčka");
    ck_assert_int_eq(uuid_compare_ids(&facts->organization, &id), 0);
    check_text(facts->organization_name, "Charita Ostrava");
    ck_assert(facts->office && facts->web);
    check_text(facts->kind, "shelter");
    ck_assert_uint_eq(facts->situation_count, 2);
    check_text(facts->situations[1], "roofless");
    ck_assert_uint_eq(facts->target_group_count, 1);
    ck_assert_uint_eq(facts->forms, FORM_RESIDENTIAL | FORM_FIELD);
    ck_assert_int_eq(facts->minimum_age, 18);
    ck_assert_int_eq(facts->maximum_age, 64);
    ck_assert_uint_eq(facts->rules, RULE_WOMEN_ONLY | RULE_WITH_CHILD);
    ck_assert_uint_eq(facts->area_count, 1);
    check_text(facts->area[0].code, "municipality:ostrava");
    check_text(facts->file_municipality, "ostrava");
    ck_assert_int_eq(facts->status, STATUS_TEMPORARILY_CLOSED);
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_full_service_reach)
{
    struct entry *entry = entry_of(DOCUMENT_SERVICE, full_service);
    const struct service_facts *facts = entry->facts.service;
    ck_assert_uint_eq(facts->place_count, 2);
    check_text(facts->places[0].municipality, "ostrava");
    check_text(facts->places[0].district, "poruba");
    check_text(facts->places[0].locality, "jilova");
    ck_assert(facts->places[0].has_address && !facts->places[0].concealed);
    ck_assert(!facts->places[1].has_address && facts->places[1].concealed);
    check_text(facts->places[1].municipality, NULL);
    ck_assert_int_eq(facts->phones, 2);
    ck_assert_int_eq(facts->organization_phones, 1);
    ck_assert_int_eq(facts->emails, 1);
    ck_assert_uint_eq(facts->language_count, 2);
    check_text(facts->languages[1], "uk");
    ck_assert_uint_eq(facts->accessibility_count, 1);
    ck_assert_int_eq(facts->cost, COST_PAID);
    ck_assert_int_eq(facts->registered_maximum, 42);
    ck_assert_int_eq(facts->free_places, FREE_SOME);
    ck_assert_int_eq(facts->free_count, 3);
    check_text(facts->free_as_of, "2025-10-01");
    check_text(facts->as_of, "2025");
    check_text(facts->confirmed_on, "2026-01-02");
    check_text(facts->modified, "2026-01-02T10:00:00Z");
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_terms_are_sorted)
{
    struct entry *entry = entry_of(DOCUMENT_SERVICE, full_service);
    struct uuid low;
    struct uuid other;
    ck_assert(uuid_from_text(STR(TERM_LOW), &low));
    ck_assert(uuid_from_text(STR(FULL_ID), &other));
    ck_assert_uint_eq(entry->term_count, 2);
    ck_assert_uint_eq(entry->facts.service->term_count, 2);
    ck_assert_int_eq(uuid_compare_ids(&entry->terms[0], &low), 0);
    ck_assert(entry_has_term(entry, &entry->terms[0]));
    ck_assert(entry_has_term(entry, &entry->terms[1]));
    ck_assert(!entry_has_term(entry, &other));
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_search_text_is_folded_lines)
{
    struct entry *entry = entry_of(DOCUMENT_SERVICE, full_service);
    check_text(entry->sort_key, "azylovy dum pro zeny");
    check_text(entry->search_text, "azylovy dum pro zeny\ndum u reky\ncharita ostrava\nricka");
    ck_assert_int_eq(entry->modified_ms, INT64_C(1767348000000));
    entry_release(entry);
}
END_TEST

/* Whatever is missing or of another type is unknown. */
static const char *const silent[] = {
    "{}",
    "{\"name\":7,\"aliases\":\"x\",\"organization\":\"x\",\"office\":\"yes\",\"situations\":{},"
    "\"forms\":[1,null],\"minimum_age\":\"18\",\"maximum_age\":-5,\"rules\":[\"?\"],\"area\":[{}],"
    "\"places\":[1],\"phones\":\"2\",\"web\":1,\"languages\":[],\"cost\":\"cheap\","
    "\"registered_maximum\":1.5,\"free_places\":[],\"modified\":\"today\",\"terms\":[\"x\"],"
    "\"status\":\"new\"}",
    "{\"minimum_age\":200,\"maximum_age\":99999999999,\"registered_maximum\":99999999999,"
    "\"free_places\":{\"state\":\"many\",\"available\":-1},\"phones\":-1}",
};

START_TEST(test_facts_silent_service)
{
    struct entry *entry = entry_of(DOCUMENT_SERVICE, silent[_i]);
    const struct service_facts *facts = entry->facts.service;
    ck_assert(!str_present(facts->name) && !str_present(facts->kind) && !facts->office);
    ck_assert_int_eq(facts->minimum_age, -1);
    ck_assert_int_eq(facts->maximum_age, -1);
    ck_assert_uint_eq(facts->alias_count + facts->situation_count + facts->target_group_count, 0);
    ck_assert_uint_eq(facts->area_count + facts->place_count + facts->language_count, 0);
    ck_assert_uint_eq(facts->forms | facts->rules, 0);
    ck_assert_int_eq(facts->phones + facts->organization_phones + facts->emails, 0);
    ck_assert(!facts->web);
    ck_assert_int_eq(facts->cost, COST_UNKNOWN);
    ck_assert_int_eq(facts->registered_maximum, -1);
    ck_assert_int_eq(facts->free_places, FREE_UNKNOWN);
    ck_assert_int_eq(facts->free_count, -1);
    ck_assert_int_eq(facts->status, STATUS_ACTIVE);
    ck_assert_uint_eq(entry->term_count, 0);
    ck_assert_int_eq(entry->modified_ms, -1);
    ck_assert_uint_eq(entry->sort_key.length, 0);
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_other_kinds)
{
    struct entry *entry =
        entry_of(DOCUMENT_ORGANIZATION, "{\"name\":\"Člověk\",\"aliases\":[\"ČvT\"]}");
    check_text(entry->facts.organization->name, "Člověk");
    check_text(entry->search_text, "clovek\ncvt");
    entry_release(entry);

    entry = entry_of(DOCUMENT_SERVICE_AT_LOCATION,
                     "{\"name\":\"Poradna\",\"service\":\"" FULL_ID "\",\"location\":\"" TERM_LOW
                     "\",\"organization\":\"" TERM_HIGH "\",\"postal_code\":\"702 00\"}");
    check_text(entry->facts.place->postal_code, "702 00");
    ck_assert_uint_eq(entry->facts.place->service.bytes[0], 0x8f);
    ck_assert_uint_eq(entry->facts.place->organization.bytes[0], 0xff);
    entry_release(entry);

    entry = entry_of(DOCUMENT_TAXONOMY, "{\"key\":\"situations\",\"name\":\"Situace\"}");
    check_text(entry->facts.taxonomy->key, "situations");
    entry_release(entry);

    entry = entry_of(DOCUMENT_TAXONOMY_TERM, "{\"key\":\"debt\",\"name\":\"Dluhy\",\"taxonomy\":"
                                             "\"situations\",\"parent\":\"" TERM_LOW "\"}");
    check_text(entry->facts.term->taxonomy, "situations");
    ck_assert(entry->facts.term->has_parent);
    entry_release(entry);

    entry = entry_of(DOCUMENT_TAXONOMY_TERM, "{\"key\":\"debt\"}");
    ck_assert(!entry->facts.term->has_parent);
    entry_release(entry);

    entry = entry_of(DOCUMENT_LOCATION, "{\"name\":\"Dům\"}");
    check_text(entry->sort_key, "dum");
    entry_release(entry);
}
END_TEST

static const char *const malformed[] = {
    "",
    " ",
    "[]",
    "7",
    "null",
    "\"text\"",
    "{",
    "{\"name\":",
    "{\"name\":}",
    "{\"name\"}",
    "{\"name\":\"a",
    "{\"name\":\"a\"",
    "{\"name\":\"a\",}",
    "{,}",
    "{name:1}",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}",
    "{} {}",
    "{}x",
    "{\"a\":[1,]}",
    "{\"a\":[1 2]}",
    "{\"a\":[1}",
    "{\"a\":tru}",
    "{\"web\":trux}",
    "{\"a\":-}",
    "{\"a\":nul",
    "{\"a\":\"\\",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\\ud800\\u0041\"}",
    "{\"name\":\"a\\\"}",
    "{\"places\":[{\"id\":}]}",
    "{\"free_places\":{\"x\"}}",
    "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
};

START_TEST(test_facts_malformed)
{
    struct error err = {0};
    struct document_row row = rows_document(5, DOCUMENT_SERVICE, "it", malformed[_i]);
    ck_assert_ptr_null(entry_new(&heap, &row, &err));
    ck_assert_int_eq(err.code, ERROR_INTERNAL);
    ck_assert_str_eq(err.problems[0].code, "facts-malformed");
    ck_assert_int_eq(strncmp(err.problems[0].pointer, "service/", 8), 0);
    ck_assert_uint_eq(strlen(err.problems[0].pointer), 8 + UUID_TEXT_SIZE - 1);
}
END_TEST

/* A row may have no facts at all: a state file says absent by a length of its own. */
START_TEST(test_facts_absent)
{
    struct error err = {0};
    struct document_row row = rows_document(5, DOCUMENT_SERVICE, "it", NULL);
    ck_assert(!str_present(row.facts));
    ck_assert_ptr_null(entry_new(&heap, &row, &err));
    ck_assert_str_eq(err.problems[0].code, "facts-malformed");
}
END_TEST

/* Every escape, white space where it may be, and members that nobody reads. */
START_TEST(test_facts_escapes)
{
    struct entry *entry = entry_of(
        DOCUMENT_SERVICE, " {\t\"x\" : {\"y\":[ ],\"z\":{ }} ,\n\"name\":"
                          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u017d\\u20aC\\ud83d\\ude00.\" , "
                          "\"aliases\":[\"\\u00e1\" , \"b\"],\"n\":[-1,1.5e+3,0,true,false,"
                          "null],\"minimum_age\":18.0,\"maximum_age\":-0}\r\n");
    check_text(entry->facts.service->name, "\"\\/\b\f\n\r\tAŽ€😀.");
    ck_assert_uint_eq(entry->facts.service->alias_count, 2);
    check_text(entry->facts.service->aliases[0], "á");
    check_text(entry->facts.service->aliases[1], "b");
    ck_assert_int_eq(entry->facts.service->minimum_age, -1); /* no integer */
    ck_assert_int_eq(entry->facts.service->maximum_age, 0);
    entry_release(entry);
}
END_TEST

START_TEST(test_facts_bytes_are_kept)
{
    struct error err = {0};
    struct document_row row = rows_document(9, DOCUMENT_SERVICE, "it", "{\"name\":\"A\"}");
    row.body = STR("{\"body\": 1}");
    row.short_form = STR("{\"short\":\t1}");
    row.municipality = STR("ostrava");
    struct entry *entry = entry_new(&heap, &row, &err);
    ck_assert_ptr_nonnull(entry);
    check_text(entry->body, "{\"body\": 1}");
    check_text(entry->short_form, "{\"short\":\t1}");
    check_text(entry->facts_text, "{\"name\":\"A\"}");
    check_text(entry->municipality, "ostrava");
    ck_assert_int_eq(entry->seq, 9);
    ck_assert_ptr_ne(entry->body.data, row.body.data);
    entry_release(entry_acquire(entry));
    entry_release(entry);
    entry_release(NULL);
}
END_TEST

START_TEST(test_facts_kind_keys)
{
    enum document_kind kind = DOCUMENT_TAXONOMY;
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        ck_assert(
            document_kind_from_key(str_from(document_kind_key((enum document_kind)i)), &kind));
        ck_assert_int_eq((int)kind, i);
    }
    ck_assert(!document_kind_from_key(STR("guide"), &kind));
    ck_assert_int_eq((int)kind, DOCUMENT_KIND_COUNT - 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("facts");
    TCase *tests = tcase_create("facts");
    tcase_add_test(tests, test_facts_full_service);
    tcase_add_test(tests, test_facts_full_service_reach);
    tcase_add_test(tests, test_facts_terms_are_sorted);
    tcase_add_test(tests, test_facts_search_text_is_folded_lines);
    tcase_add_loop_test(tests, test_facts_silent_service, 0, sizeof silent / sizeof silent[0]);
    tcase_add_test(tests, test_facts_other_kinds);
    tcase_add_loop_test(tests, test_facts_malformed, 0, sizeof malformed / sizeof malformed[0]);
    tcase_add_test(tests, test_facts_absent);
    tcase_add_test(tests, test_facts_escapes);
    tcase_add_test(tests, test_facts_bytes_are_kept);
    tcase_add_test(tests, test_facts_kind_keys);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
