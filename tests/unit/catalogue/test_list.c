/* SPDX-License-Identifier: EUPL-1.2 */
/* Which documents are on which page. Documents are told apart by one-letter names. */
#include <stdio.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/catalogue/list.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

static struct catalogue *catalogue;
static struct generation *generation;
static struct arena *arena;

/* The id of a key as text, in one of a few buffers. */
static const char *id_text(enum document_kind kind, const char *key)
{
    static char texts[8][UUID_TEXT_SIZE];
    static size_t next;
    struct uuid id = rows_id(kind, key);
    return uuid_to_text(&id, texts[next++ % 8]);
}

static void put_service(int64_t seq, const char *key, const char *organization, const char *term,
                        const char *rest)
{
    char facts[1024];
    (void)snprintf(
        facts, sizeof facts, "{\"name\":\"%s\",\"organization\":\"%s\",\"terms\":[\"%s\"],%s}", key,
        id_text(DOCUMENT_ORGANIZATION, organization), id_text(DOCUMENT_TAXONOMY_TERM, term), rest);
    rows_put(catalogue, seq, DOCUMENT_SERVICE, key, facts);
}

static void put_place(const char *key, const char *service, const char *postcode)
{
    char facts[1024];
    (void)snprintf(facts, sizeof facts,
                   "{\"name\":\"%s\",\"service\":\"%s\",\"organization\":\"%s\"%s%s%s}", key,
                   id_text(DOCUMENT_SERVICE, service), id_text(DOCUMENT_ORGANIZATION, "o"),
                   postcode == NULL ? "" : ",\"postal_code\":\"", postcode == NULL ? "" : postcode,
                   postcode == NULL ? "" : "\"");
    rows_put(catalogue, 1, DOCUMENT_SERVICE_AT_LOCATION, key, facts);
}

static void put_term(const char *key, const char *taxonomy, const char *parent)
{
    char facts[512];
    (void)snprintf(
        facts, sizeof facts, "{\"key\":\"%s\",\"name\":\"%s\",\"taxonomy\":\"%s\"%s%s%s}", key, key,
        taxonomy, parent == NULL ? "" : ",\"parent\":\"",
        parent == NULL ? "" : id_text(DOCUMENT_TAXONOMY_TERM, parent), parent == NULL ? "" : "\"");
    rows_put(catalogue, 1, DOCUMENT_TAXONOMY_TERM, key, facts);
}

static void put_services(void)
{
    char places[256];
    put_service(1, "a", "o", "t",
                "\"area\":[\"municipality:ostrava\"],\"modified\":\"2026-01-01T00:00:00Z\"");
    put_service(2, "b", "p", "t", "\"area\":[\"cz\"],\"modified\":\"2026-01-02T09:00:00Z\"");
    put_service(3, "c", "o", "u", "\"area\":[\"municipality:brno\"],\"aliases\":[\"Český klub\"]");
    (void)snprintf(places, sizeof places,
                   "\"places\":[{\"id\":\"%s\",\"municipality\":\"ostrava\"},{\"id\":\"%s\"}],"
                   "\"organization_name\":\"Člověk v tísni\"",
                   id_text(DOCUMENT_SERVICE_AT_LOCATION, "k"),
                   id_text(DOCUMENT_SERVICE_AT_LOCATION, "l"));
    put_service(4, "d", "p", "v", places);
    put_service(5, "e", "p", "x", "\"area\":[\"municipality:praha\"]");
}

static void start(void)
{
    struct document_row row;
    catalogue = catalogue_new();
    arena = arena_new(1 << 20);
    put_services();
    put_place("k", "d", "702 00");
    put_place("l", "d", NULL);
    put_place("m", "c", "60200");
    rows_put(catalogue, 1, DOCUMENT_ORGANIZATION, "o", "{\"name\":\"o\"}");
    rows_put(catalogue, 1, DOCUMENT_ORGANIZATION, "p", "{\"name\":\"p\"}");
    row = rows_document(1, DOCUMENT_ORGANIZATION, "q", "{\"name\":\"q\"}");
    row.municipality = STR("opava");
    rows_apply(catalogue, &row);
    row = rows_document(1, DOCUMENT_LOCATION, "w", "{\"name\":\"w\"}");
    row.municipality = STR("brno");
    rows_apply(catalogue, &row);
    rows_put(catalogue, 1, DOCUMENT_TAXONOMY, "ones", "{\"key\":\"ones\",\"name\":\"n\"}");
    put_term("t", "ones", NULL);
    put_term("u", "ones", "t");
    put_term("v", "twos", NULL);
    generation = rows_build(catalogue);
}

static void stop(void)
{
    generation_free(generation);
    catalogue_free(catalogue);
    arena_free(arena);
}

/* The names on the page, in order. */
static void check_page(const struct list_page *page, const char *expected)
{
    char got[64] = "";
    for (size_t i = 0; i < page->size; i++) {
        size_t used = strlen(got);
        (void)snprintf(got + used, sizeof got - used, "%.*s",
                       STR_ARGUMENTS(page->items[i]->sort_key));
    }
    ck_assert_str_eq(got, expected);
}

/* One filter at a time, then together; ids by key. */
static const struct {
    enum document_kind kind;
    const char *municipality;
    const char *term;
    const char *taxonomy;
    const char *organization;
    const char *modified_after;
    const char *search;
    bool top_only;
    const char *parent;
    const char *postcode;
    const char *expected;
} filters[] = {
    {.kind = DOCUMENT_SERVICE, .expected = "abcde"},
    {.kind = DOCUMENT_SERVICE, .municipality = "ostrava", .expected = "abd"},
    {.kind = DOCUMENT_SERVICE, .municipality = "brno", .expected = "bc"},
    {.kind = DOCUMENT_SERVICE, .municipality = "opava", .expected = "b"},
    {.kind = DOCUMENT_SERVICE, .term = "t", .expected = "ab"},
    {.kind = DOCUMENT_SERVICE, .term = "nobody", .expected = ""},
    {.kind = DOCUMENT_SERVICE, .taxonomy = "ones", .expected = "abc"},
    {.kind = DOCUMENT_SERVICE, .taxonomy = "nobody", .expected = ""},
    {.kind = DOCUMENT_SERVICE, .organization = "o", .expected = "ac"},
    {.kind = DOCUMENT_SERVICE, .organization = "nobody", .expected = ""},
    {.kind = DOCUMENT_SERVICE, .modified_after = "2026-01-02", .expected = "b"},
    {.kind = DOCUMENT_SERVICE, .modified_after = "2026-01-02T10:00:00+01:00", .expected = "b"},
    {.kind = DOCUMENT_SERVICE, .modified_after = "2026-01-02T09:00:01Z", .expected = ""},
    {.kind = DOCUMENT_SERVICE, .modified_after = "2025-12-31", .expected = "ab"},
    {.kind = DOCUMENT_SERVICE, .search = "CLOVEK", .expected = "d"},
    {.kind = DOCUMENT_SERVICE, .search = "ký KLUB", .expected = "c"},
    {.kind = DOCUMENT_SERVICE, .search = "nothing", .expected = ""},
    {.kind = DOCUMENT_SERVICE, .search = " - ", .expected = "abcde"},
    {.kind = DOCUMENT_SERVICE, .search = "a", .municipality = "brno", .expected = ""},
    {.kind = DOCUMENT_SERVICE,
     .municipality = "ostrava",
     .organization = "p",
     .term = "t",
     .modified_after = "2026-01-01",
     .search = "b",
     .expected = "b"},
    {.kind = DOCUMENT_SERVICE, .top_only = true, .expected = ""},
    {.kind = DOCUMENT_SERVICE, .postcode = "70200", .expected = ""},
    {.kind = DOCUMENT_ORGANIZATION, .expected = "opq"},
    {.kind = DOCUMENT_ORGANIZATION, .municipality = "ostrava", .expected = "op"},
    {.kind = DOCUMENT_ORGANIZATION, .municipality = "opava", .expected = "pq"},
    {.kind = DOCUMENT_ORGANIZATION, .organization = "o", .expected = ""},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .municipality = "ostrava", .expected = "kl"},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .municipality = "brno", .expected = "m"},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .organization = "o", .expected = "klm"},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .postcode = "70200", .expected = "k"},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .postcode = "602 00", .expected = "m"},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .postcode = "7020", .expected = ""},
    {.kind = DOCUMENT_SERVICE_AT_LOCATION, .postcode = "702000", .expected = ""},
    {.kind = DOCUMENT_LOCATION, .municipality = "brno", .expected = "w"},
    {.kind = DOCUMENT_LOCATION, .municipality = "ostrava", .expected = ""},
    {.kind = DOCUMENT_TAXONOMY, .municipality = "brno", .expected = "n"},
    {.kind = DOCUMENT_TAXONOMY_TERM, .expected = "tuv"},
    {.kind = DOCUMENT_TAXONOMY_TERM, .top_only = true, .expected = "tv"},
    {.kind = DOCUMENT_TAXONOMY_TERM, .parent = "t", .expected = "u"},
    {.kind = DOCUMENT_TAXONOMY_TERM, .parent = "t", .top_only = true, .expected = ""},
    {.kind = DOCUMENT_TAXONOMY_TERM, .taxonomy = "ones", .expected = "tu"},
    {.kind = DOCUMENT_TAXONOMY_TERM, .taxonomy = "ones", .top_only = true, .expected = "t"},
};

START_TEST(test_list_filters)
{
    struct uuid term = rows_id(DOCUMENT_TAXONOMY_TERM, filters[_i].term ? filters[_i].term : "");
    struct uuid taxonomy =
        rows_id(DOCUMENT_TAXONOMY, filters[_i].taxonomy ? filters[_i].taxonomy : "");
    struct uuid organization =
        rows_id(DOCUMENT_ORGANIZATION, filters[_i].organization ? filters[_i].organization : "");
    struct uuid parent =
        rows_id(DOCUMENT_TAXONOMY_TERM, filters[_i].parent ? filters[_i].parent : "");
    const struct list_query query = {
        .kind = filters[_i].kind,
        .municipality = str_from(filters[_i].municipality),
        .taxonomy_term_id = filters[_i].term ? &term : NULL,
        .taxonomy_id = filters[_i].taxonomy ? &taxonomy : NULL,
        .organization_id = filters[_i].organization ? &organization : NULL,
        .modified_after = str_from(filters[_i].modified_after),
        .search = str_from(filters[_i].search),
        .top_only = filters[_i].top_only,
        .parent_id = filters[_i].parent ? &parent : NULL,
        .postcode = str_from(filters[_i].postcode),
        .page = 1,
        .per_page = LIST_ALL,
    };
    struct list_page page;
    struct error err = {0};
    ck_assert(generation_list(generation, &query, arena, &page, &err));
    check_page(&page, filters[_i].expected);
    ck_assert_uint_eq(page.total_items, strlen(filters[_i].expected));
    ck_assert_int_eq(page.empty, page.total_items == 0);
    ck_assert(page.first_page && page.last_page);
}
END_TEST

static const struct {
    const char *municipality;
    const char *search;
    size_t page;
    size_t per_page;
    const char *expected;
    size_t total_items;
    size_t total_pages;
    bool first;
    bool last;
} pages[] = {
    {NULL, NULL, 1, 2, "ab", 5, 3, true, false},
    {NULL, NULL, 2, 2, "cd", 5, 3, false, false},
    {NULL, NULL, 3, 2, "e", 5, 3, false, true},
    {NULL, NULL, 4, 2, "", 5, 3, false, true},
    {NULL, NULL, SIZE_MAX, 2, "", 5, 3, false, true},
    {NULL, NULL, SIZE_MAX, SIZE_MAX, "", 5, 1, false, true},
    {NULL, NULL, 1, 5, "abcde", 5, 1, true, true},
    {NULL, NULL, 2, LIST_ALL, "", 5, 1, false, true},
    {NULL, NULL, 1, SIZE_MAX, "abcde", 5, 1, true, true},
    {"ostrava", NULL, 1, 2, "ab", 3, 2, true, false},
    {"ostrava", NULL, 2, 2, "d", 3, 2, false, true},
    {"ostrava", NULL, 3, 2, "", 3, 2, false, true},
    {NULL, "", 2, 2, "cd", 5, 3, false, false},
    {"ostrava", "", 2, 1, "b", 3, 3, false, false},
    {NULL, "nothing", 1, 2, "", 0, 0, true, true},
    {NULL, "nothing", 2, 2, "", 0, 0, false, true},
};

START_TEST(test_list_pages)
{
    const struct list_query query = {
        .kind = DOCUMENT_SERVICE,
        .municipality = str_from(pages[_i].municipality),
        .search = str_from(pages[_i].search),
        .page = pages[_i].page,
        .per_page = pages[_i].per_page,
    };
    struct list_page page;
    struct error err = {0};
    ck_assert(generation_list(generation, &query, arena, &page, &err));
    check_page(&page, pages[_i].expected);
    ck_assert_uint_eq(page.total_items, pages[_i].total_items);
    ck_assert_uint_eq(page.total_pages, pages[_i].total_pages);
    ck_assert_uint_eq(page.page_number, pages[_i].page);
    ck_assert_int_eq(page.first_page, pages[_i].first);
    ck_assert_int_eq(page.last_page, pages[_i].last);
    ck_assert_int_eq(page.empty, page.size == 0);
}
END_TEST

static const struct {
    const char *municipality;
    const char *modified_after;
    size_t page;
    const char *problem;
    const char *pointer;
} refused[] = {
    {"praha", NULL, 1, "municipality-unknown", "municipality"},
    {NULL, "yesterday", 1, "date-malformed", "modified_after"},
    {NULL, NULL, 0, "page-out-of-range", "page"},
};

START_TEST(test_list_refused)
{
    const struct list_query query = {
        .kind = DOCUMENT_SERVICE,
        .municipality = str_from(refused[_i].municipality),
        .modified_after = str_from(refused[_i].modified_after),
        .page = refused[_i].page,
        .per_page = 10,
    };
    struct list_page page;
    struct error err = {0};
    ck_assert(!generation_list(generation, &query, arena, &page, &err));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, refused[_i].problem);
    ck_assert_str_eq(err.problems[0].pointer, refused[_i].pointer);
}
END_TEST

/* Everything an arena may refuse: the folded search, the terms of a taxonomy, the items. */
START_TEST(test_list_without_memory)
{
    struct uuid taxonomy = rows_id(DOCUMENT_TAXONOMY, "ones");
    const struct list_query queries[] = {
        {.kind = DOCUMENT_SERVICE, .search = STR("a"), .page = 1},
        {.kind = DOCUMENT_SERVICE, .taxonomy_id = &taxonomy, .page = 1},
        {.kind = DOCUMENT_SERVICE, .municipality = STR("ostrava"), .page = 1},
    };
    struct arena *tiny = arena_new(1);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        struct list_page page;
        struct error err = {0};
        ck_assert(!generation_list(generation, &queries[i], tiny, &page, &err));
        ck_assert_int_eq(err.code, ERROR_MEMORY);
    }
    arena_free(tiny);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("list");
    TCase *tests = tcase_create("list");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_loop_test(tests, test_list_filters, 0, sizeof filters / sizeof filters[0]);
    tcase_add_loop_test(tests, test_list_pages, 0, sizeof pages / sizeof pages[0]);
    tcase_add_loop_test(tests, test_list_refused, 0, sizeof refused / sizeof refused[0]);
    tcase_add_test(tests, test_list_without_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
