/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists: envelope, pages and their links, filters, shapes of items, searches by POST. */
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

static const struct {
    const char *target;
    const char *envelope; /* items, pages, page, size, first, last, empty */
    const char *link;     /* NULL: none */
} pages[] = {
    {"/v1/services", "3 1 1 3 true true false",
     "</v1/services?page=1>; rel=\"first\", </v1/services?page=1>; rel=\"last\""},
    {"/v1/services?per_page=2", "3 2 1 2 true false false",
     "</v1/services?page=1&per_page=2>; rel=\"first\", "
     "</v1/services?page=2&per_page=2>; rel=\"next\", "
     "</v1/services?page=2&per_page=2>; rel=\"last\""},
    {"/v1/services?page=2&per_page=2", "3 2 2 1 false true false",
     "</v1/services?page=1&per_page=2>; rel=\"first\", "
     "</v1/services?page=1&per_page=2>; rel=\"prev\", "
     "</v1/services?page=2&per_page=2>; rel=\"last\""},
    {"/v1/services?search=D%C5%AFm&per_page=1", "1 1 1 1 true true false",
     "</v1/services?page=1&search=D%C5%AFm&per_page=1>; rel=\"first\", "
     "</v1/services?page=1&search=D%C5%AFm&per_page=1>; rel=\"last\""},
    {"/v1/services?search=nic", "0 0 1 0 true true true", NULL},
    {"/v1/services?municipality=brno", "1 1 1 1 true true false",
     "</v1/services?page=1&municipality=brno>; rel=\"first\", "
     "</v1/services?page=1&municipality=brno>; rel=\"last\""},
};

START_TEST(test_list_pages)
{
    char envelope[128];
    ck_assert_int_eq(fixture_get(&fixture, pages[_i].target), 200);
    (void)snprintf(envelope, sizeof envelope, "%s %s %s %s %s %s %s",
                   fixture_at(&fixture, "/total_items"), fixture_at(&fixture, "/total_pages"),
                   fixture_at(&fixture, "/page_number"), fixture_at(&fixture, "/size"),
                   fixture_at(&fixture, "/first_page"), fixture_at(&fixture, "/last_page"),
                   fixture_at(&fixture, "/empty"));
    ck_assert_str_eq(envelope, pages[_i].envelope);
    ck_assert(json_is_array(json_object_get(fixture.json, "contents")));
    struct str link = fixture_answer_header(&fixture, "Link");
    if (pages[_i].link == NULL)
        ck_assert(!str_present(link));
    else
        ck_assert_msg(str_equal_z(link, pages[_i].link), "%.*s", STR_ARGUMENTS(link));
}
END_TEST

/* A page beyond the last is empty and still leads back. */
START_TEST(test_list_beyond_the_last)
{
    ck_assert_int_eq(fixture_get(&fixture, "/v1/services?page=9&per_page=2"), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/contents"), "[]");
    ck_assert_str_eq(fixture_at(&fixture, "/total_items"), "3");
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Link"),
                          "</v1/services?page=1&per_page=2>; rel=\"first\", "
                          "</v1/services?page=2&per_page=2>; rel=\"prev\", "
                          "</v1/services?page=2&per_page=2>; rel=\"last\""));
}
END_TEST

/* What an item is: the short form, the body, or two members. */
START_TEST(test_list_shapes)
{
    (void)fixture_get(&fixture, "/v1/services?search=dluhova");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/name"), "Dluhová poradna");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/schedules"), "-");
    (void)fixture_get(&fixture, "/v1/services?search=dluhova&full=true");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/schedules"), "[]");
    (void)fixture_get(&fixture, "/v1/services?search=dluhova&minimal=true");
    ck_assert_uint_eq(json_object_size(json_pointer_get(fixture.json, STR("/contents/0"))), 2);
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/last_modified"), "2026-01-02T03:04:05Z");
}
END_TEST

START_TEST(test_list_organizations_with_services)
{
    (void)fixture_get(&fixture, "/v1/organizations?full_service=true&search=charita");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/name"), "Charita");
    ck_assert_uint_eq(json_array_size(json_pointer_get(fixture.json, STR("/contents/0/services"))),
                      3);
    (void)fixture_get(&fixture, "/v1/organizations?full_service=true&search=ruce");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/services"), "[]");
}
END_TEST

/* Everything, one a line, whatever page was asked for. */
START_TEST(test_list_ndjson)
{
    size_t lines = 0;
    ck_assert_int_eq(fixture_get(&fixture, "/v1/services?format=ndjson&per_page=1&page=2"), 200);
    ck_assert(str_equal_z(fixture.response.content_type, "application/x-ndjson"));
    ck_assert(!str_present(fixture_answer_header(&fixture, "Link")));
    for (struct str rest = fixture.body, line; str_cut(rest, '\n', &line, &rest); lines++) {
        struct error err = {0};
        json_t *item = json_parse(line, &json_limits_request, &err);
        ck_assert(json_is_object(item));
        json_decref(item);
    }
    ck_assert_uint_eq(lines, 3);
}
END_TEST

/* A POST is the same search: nothing is created, nothing stays in a URL or a cache. */
START_TEST(test_list_search_by_post)
{
    ck_assert_int_eq(fixture_post(&fixture, "/v1/services", "{\"search\":\"DUM\",\"per_page\":1}"),
                     200);
    ck_assert_str_eq(fixture_at(&fixture, "/total_items"), "1");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/name"), "Azylový dům");
    ck_assert(!str_present(fixture_answer_header(&fixture, "Link")));
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Cache-Control"), "no-store"));
}
END_TEST

/* Known terms speak the caller's language, unknown ones are as published. */
START_TEST(test_list_terms)
{
    fixture_begin(&fixture, "GET", "/v1/taxonomy_terms");
    fixture_header(&fixture, "Accept-Language", "en");
    ck_assert_int_eq(fixture_send(&fixture), 200);
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/name"), "Debt enforcement (bailiffs)");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/code"), "debt-enforcement");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/language"), "en");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/1/name"), "Neslýchané");
    ck_assert(str_equal_z(fixture_answer_header(&fixture, "Content-Language"), "en"));
    ck_assert(
        str_equal_z(fixture_answer_header(&fixture, "Vary"), "Accept-Language, Authorization"));
    (void)fixture_get(&fixture, "/v1/taxonomies?search=cizi");
    ck_assert_str_eq(fixture_at(&fixture, "/contents/0/description"), "Odjinud");
}
END_TEST

/* Before the first load: not now, and when to come again. */
START_TEST(test_list_without_directory)
{
    static const char *const targets[] = {"/v1/services", "/v1/organizations", "/v1/taxonomies",
                                          "/v1/taxonomy_terms", "/v1/service_at_locations"};
    fixture_done(&fixture);
    fixture_init_empty(&fixture);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        ck_assert_int_eq(fixture_get(&fixture, targets[i]), 503);
        ck_assert_str_eq(fixture_at(&fixture, "/problems/0/code"), "directory-unavailable");
        ck_assert(str_equal_z(fixture_answer_header(&fixture, "Retry-After"), "5"));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("list");
    TCase *tests = tcase_create("list");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_list_pages, 0, sizeof pages / sizeof pages[0]);
    tcase_add_test(tests, test_list_beyond_the_last);
    tcase_add_test(tests, test_list_shapes);
    tcase_add_test(tests, test_list_organizations_with_services);
    tcase_add_test(tests, test_list_ndjson);
    tcase_add_test(tests, test_list_search_by_post);
    tcase_add_test(tests, test_list_terms);
    tcase_add_test(tests, test_list_without_directory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
