/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads of one thing: published bytes and their tags, terms and situations in three languages, and
 * what a node says of itself. */
#include "fixture.h"

#include "../../../src/rest/exchange_internal.h"
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

static const char *target(const char *collection, const char *kind, const char *key)
{
    static char text[160];
    (void)snprintf(text, sizeof text, "/v1/%s/%s", collection, fixture_id(kind, key));
    return text;
}

/* The bytes are those that were published, nothing is parsed or written anew. */
START_TEST(test_document_published_bytes)
{
    ck_assert_int_eq(fixture_get(&fixture, target("services", "service", "poradna")), 200);
    const struct generation *generation = generation_acquire(fixture.holder);
    const struct uuid id = uuid_of_key("service", STR("poradna"));
    const struct entry *entry = generation_find(generation, DOCUMENT_SERVICE, &id);
    ck_assert_uint_eq(fixture.response.piece_count, 1);
    ck_assert_ptr_eq(fixture.response.pieces[0].data, entry->body.data);
    generation_release(fixture.holder, generation);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "ETag"), "\"pe1.3\""));
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Vary"), "Authorization"));
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "public, max-age=30"));
}
END_TEST

static const char *const kept[] = {"/v1/services", "/v1/situations", "/v1", "/docs"};

/* What was asked with a key is kept by who asked alone, and so is that it has not changed. */
START_TEST(test_document_with_key_is_private)
{
    fixture_begin(&fixture, "GET", kept[_i]);
    fixture.request.with_key = true;
    ck_assert_int_eq(fixture_send(&fixture), 200);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "private, max-age=30"));
    char tag[128];
    str_copy_z(fixture_answer_header(&fixture, "ETag"), tag, sizeof tag);
    fixture_begin(&fixture, "GET", kept[_i]);
    fixture.request.with_key = true;
    fixture_header(&fixture, "If-None-Match", tag);
    ck_assert_int_eq(fixture_send(&fixture), 304);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "private, max-age=30"));
}
END_TEST

static const struct {
    const char *collection;
    const char *kind;
    const char *key;
} details[] = {
    {"services", "service", "linka"},
    {"organizations", "organization", "charita"},
    {"service_at_locations", "service_at_location", "poradna/misto"},
    {"taxonomies", "taxonomy", "situations"},
    {"taxonomies", "taxonomy", "foreign"},
    {"taxonomy_terms", "term", "situations/debt-enforcement"},
    {"taxonomy_terms", "term", "foreign/unheard"},
};

/* Every read has a tag, and answers 304 to it without a body. */
START_TEST(test_document_unchanged)
{
    char tag[128];
    const char *asked = target(details[_i].collection, details[_i].kind, details[_i].key);
    ck_assert_int_eq(fixture_get(&fixture, asked), 200);
    (void)str_copy_z(fixture_answer_header(&fixture, "ETag"), tag, sizeof tag);
    ck_assert_int_eq(tag[0], '"');
    fixture_begin(&fixture, "GET", asked);
    fixture_header(&fixture, "If-None-Match", tag);
    ck_assert_int_eq(fixture_send(&fixture), 304);
    ck_assert_uint_eq(fixture.body.length, 0);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "ETag"), tag));
    ck_assert(str_present(fixture_answer_header(&fixture, "Vary")));
    fixture_begin(&fixture, "GET", asked);
    fixture_header(&fixture, "If-None-Match", "\"pother.1\"");
    ck_assert_int_eq(fixture_send(&fixture), 200);
}
END_TEST

static const struct {
    const char *list;
    bool listed;
} tags[] = {
    {"\"a.1\"", true},
    {"W/\"a.1\"", true},
    {"\"x\", \"a.1\"", true},
    {"\"x\",W/\"y\" ,\t\"a.1\"", true},
    {"*", true},
    {"\"a.2\"", false},
    {"a.1", false},
    {"\"a.1", false},
    {"", false},
    {"\"x\" a.1", false},
    {"\"\",\"a.1\"", true},
    {"w/\"a.1\"", false},
};

START_TEST(test_document_tag_lists)
{
    ck_assert_int_eq(tag_listed(str_from(tags[_i].list), STR("\"a.1\"")), tags[_i].listed);
}
END_TEST

START_TEST(test_document_no_tag_no_match)
{
    ck_assert(!tag_listed((struct str){NULL, 0}, STR("\"a\"")));
    ck_assert(!tag_listed(STR("*"), (struct str){NULL, 0}));
}
END_TEST

static const struct {
    const char *accept;
    const char *language;
    const char *name;
    const char *category;
} languages[] = {
    {NULL, "cs", "Exekuce", "Peníze, dluhy a práce"},
    {"en", "en", "Debt enforcement (bailiffs)", "Money, debts and work"},
    {"uk-UA", "uk", "Примусове стягнення боргів", "Гроші, борги та робота"},
    {"de", "cs", "Exekuce", "Peníze, dluhy a práce"},
};

START_TEST(test_document_languages)
{
    static const char *const targets[] = {"/v1/situations/debt-enforcement", NULL};
    for (int i = 0; i < 2; i++) {
        fixture_begin(&fixture, "GET",
                      i == 0 ? targets[0]
                             : target("taxonomy_terms", "term", "situations/debt-enforcement"));
        if (languages[_i].accept != NULL)
            fixture_header(&fixture, "Accept-Language", languages[_i].accept);
        ck_assert_int_eq(fixture_send(&fixture), 200);
        ck_assert_str_eq(fixture_at(&fixture, "/name"), languages[_i].name);
        ck_assert_str_eq(fixture_at(&fixture, "/language"), languages[_i].language);
        ck_assert(str_equal_z(fixture_answer_header(&fixture, "Content-Language"),
                              languages[_i].language));
        if (i == 0)
            ck_assert_str_eq(fixture_at(&fixture, "/category/name"), languages[_i].category);
    }
}
END_TEST

/* By the id of the term as well as by key; every situation of the city is there. */
START_TEST(test_document_situations)
{
    char asked[128];
    ck_assert_int_eq(fixture_get(&fixture, "/v1/situations/debt-enforcement"), 200);
    (void)snprintf(asked, sizeof asked, "/v1/situations/%s", fixture_at(&fixture, "/id"));
    ck_assert_int_eq(fixture_get(&fixture, asked), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/key"), "debt-enforcement");
    ck_assert_int_eq(fixture_get(&fixture, "/v1/situations"), 200);
    size_t situations = 0;
    const json_t *categories = json_object_get(fixture.json, "categories");
    for (size_t i = 0; i < json_array_size(categories); i++)
        situations += json_array_size(json_object_get(json_array_get(categories, i), "situations"));
    ck_assert_uint_eq(situations, fixture.knowledge->situation_count);
}
END_TEST

/* Lines of one city are not read out in another. */
START_TEST(test_document_local_lines)
{
    ck_assert_int_eq(fixture_get(&fixture, "/v1/situations/roofless-tonight?municipality=ostrava"),
                     200);
    bool here = fixture_says(&fixture, "Městská policie Ostrava");
    ck_assert_int_eq(fixture_get(&fixture, "/v1/situations/roofless-tonight?municipality=brno"),
                     200);
    ck_assert(here);
    ck_assert(!fixture_says(&fixture, "Městská policie Ostrava"));
}
END_TEST

START_TEST(test_document_organization_with_services)
{
    char asked[160];
    (void)snprintf(asked, sizeof asked, "%s?full_service=true",
                   target("organizations", "organization", "charita"));
    ck_assert_int_eq(fixture_get(&fixture, asked), 200);
    ck_assert_uint_eq(json_array_size(json_object_get(fixture.json, "services")), 3);
}
END_TEST

/* Situations need no directory. */
START_TEST(test_document_without_directory)
{
    fixture_done(&fixture);
    fixture_init_empty(&fixture);
    ck_assert_int_eq(fixture_get(&fixture, "/v1/situations"), 200);
    ck_assert_int_eq(fixture_get(&fixture, target("services", "service", "poradna")), 503);
    ck_assert_int_eq(fixture_get(&fixture, "/v1"), 200);
    ck_assert_int_eq(fixture_get(&fixture, "/health/live"), 200);
    ck_assert_int_eq(fixture_get(&fixture, "/health/ready"), 503);
    ck_assert_str_eq(fixture_at(&fixture, "/status"), "starting");
    ck_assert_int_eq(fixture_get(&fixture, "/metrics"), 200);
    ck_assert(fixture_says(&fixture, "\nsociopoint_ready 0\n"));
}
END_TEST

START_TEST(test_document_root)
{
    ck_assert_int_eq(fixture_get(&fixture, "/v1/"), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/version"), "3.1");
    ck_assert_str_eq(fixture_at(&fixture, "/profile"), "http://127.0.0.1:8080/docs#hsds-profile");
    ck_assert_str_eq(fixture_at(&fixture, "/openapi_url"), "http://127.0.0.1:8080/openapi.json");
    ck_assert_str_eq(fixture_at(&fixture, "/publisher/name"), "Město");
    ck_assert_str_eq(fixture_at(&fixture, "/publisher/identifier"), "-");
    ck_assert_int_eq(fixture_get(&fixture, "/"), 307);
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Location"), "/docs"));
}
END_TEST

START_TEST(test_document_health)
{
    ck_assert_int_eq(fixture_get(&fixture, "/health/ready"), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/status"), "ready");
    ck_assert_str_eq(fixture_at(&fixture, "/degraded"), "false");
    ck_assert_str_eq(fixture_at(&fixture, "/services"), "3");
    fixture.condition.database_up = false;
    ck_assert_int_eq(fixture_get(&fixture, "/health/ready"), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/degraded"), "true");
    ck_assert_str_eq(fixture_at(&fixture, "/database"), "down");
    fixture.condition.stopping = true;
    ck_assert_int_eq(fixture_get(&fixture, "/health/ready"), 503);
    ck_assert_str_eq(fixture_at(&fixture, "/status"), "stopping");
    ck_assert_int_eq(fixture_get(&fixture, "/health/live"), 200);
}
END_TEST

START_TEST(test_document_metrics)
{
    ck_assert_int_eq(fixture_get(&fixture, "/metrics"), 200);
    ck_assert(fixture_says(&fixture, "sociopoint_documents{kind=\"service\"} 3\n"));
    ck_assert(fixture_says(&fixture, "sociopoint_generation_seq 10\n"));
    ck_assert(fixture_says(&fixture, "sociopoint_degraded 0\n"));
    ck_assert(fixture_says(&fixture, "# TYPE sociopoint_unknown_terms gauge\n"));
    ck_assert(fixture_says(&fixture, "sociopoint_unread_schedules 0\n"));
}
END_TEST

START_TEST(test_document_security)
{
    ck_assert_int_eq(fixture_get(&fixture, "/.well-known/security.txt"), 200);
    ck_assert(fixture_says(&fixture, "Contact: mailto:security@example.cz\nExpires: 20"));
    ck_assert(fixture_says(&fixture, "T00:00:00Z\n"));
    fixture.settings.security_contact = "";
    ck_assert_int_eq(fixture_get(&fixture, "/.well-known/security.txt"), 404);
}
END_TEST

/* The page loads nothing from elsewhere and explains every kind of problem. */
START_TEST(test_document_docs)
{
    static const char *const anchors[] = {"hsds-profile", "problem-malformed", "problem-invalid",
                                          "problem-not-found", "problem-unavailable"};
    ck_assert_int_eq(fixture_get(&fixture, "/docs"), 200);
    for (size_t i = 0; i < sizeof anchors / sizeof anchors[0]; i++) {
        char id[64];
        (void)snprintf(id, sizeof id, "id=\"%s\"", anchors[i]);
        ck_assert_msg(fixture_says(&fixture, id), "%s", id);
    }
    ck_assert(!fixture_says(&fixture, "src=") && !fixture_says(&fixture, "https://"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("document");
    TCase *tests = tcase_create("document");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_document_published_bytes);
    tcase_add_loop_test(tests, test_document_with_key_is_private, 0,
                        (int)(sizeof kept / sizeof kept[0]));
    tcase_add_loop_test(tests, test_document_unchanged, 0, sizeof details / sizeof details[0]);
    tcase_add_loop_test(tests, test_document_tag_lists, 0, sizeof tags / sizeof tags[0]);
    tcase_add_test(tests, test_document_no_tag_no_match);
    tcase_add_loop_test(tests, test_document_languages, 0, sizeof languages / sizeof languages[0]);
    tcase_add_test(tests, test_document_situations);
    tcase_add_test(tests, test_document_local_lines);
    tcase_add_test(tests, test_document_organization_with_services);
    tcase_add_test(tests, test_document_without_directory);
    tcase_add_test(tests, test_document_root);
    tcase_add_test(tests, test_document_health);
    tcase_add_test(tests, test_document_metrics);
    tcase_add_test(tests, test_document_security);
    tcase_add_test(tests, test_document_docs);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
