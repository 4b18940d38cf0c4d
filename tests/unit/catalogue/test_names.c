/* SPDX-License-Identifier: EUPL-1.2 */
/* What is found by its name, and which sentences name something. Names are real ones of the city. */
#include <stdio.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/catalogue/list.h"
#include "sociopoint/catalogue/names.h"
#include "sociopoint/text/tokens.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

enum { ARENA_BYTES = 1 << 22, TEXT_BYTES = 1 << 16 };

static struct catalogue *catalogue;
static struct generation *generation;
static struct arena *arena;

/* Key, name, organisation, other facts. */
static const char *const services[][4] = {
    {"adelante", "Adelante – noclehárna", "armada", ""},
    {"muzi", "Azylový dům pro muže Adelante", "armada", ""},
    {"eufrasie", "Dům svaté Eufrasie – azylový dům", "pastyr", ""},
    {"liscina", "NZDM – komunitní centrum Liščina", "souziti",
     ",\"aliases\":[\"KC Liščina\",\"NZDM KC Lišřina\"]"},
    {"klubik", "Předškolní klubík", "jekhetane", ",\"aliases\":[\"předškolní klub JEKHEANE\"]"},
    {"deti", "Nízkoprahové zařízení pro děti a mládež", "jekhetane", ""},
    {"banka", "Potravinová banka v Ostravě", "banka", ",\"aliases\":[\"POMPO\"]"},
    {"poradna", "Sociálně-dluhová poradna", "dchoo", ""},
    {"gone", "Zaniklá poradna Adelante", "armada", ",\"status\":\"defunct\""},
    {"brno", "Azylový dům Vlhká", "armada", ",\"area\":[\"municipality:brno\"]"},
};
static const char *const organizations[][2] = {
    {"armada", "Armáda spásy v České republice"},
    {"pastyr", "Služby Dobrého Pastýře"},
    {"souziti", "Vzájemné soužití"},
    {"jekhetane", "SPOLEČNĚ-JEKHETANE"},
    {"banka", "Potravinová banka v Ostravě"},
    {"dchoo", "Diecézní charita ostravsko-opavská"},
};

static void put_service(size_t i)
{
    char facts[1024];
    char id[UUID_TEXT_SIZE];
    const struct uuid organization = rows_id(DOCUMENT_ORGANIZATION, services[i][2]);
    const bool placed = strstr(services[i][3], "area") != NULL;
    (void)snprintf(facts, sizeof facts, "{\"name\":\"%s\",\"organization\":\"%s\"%s%s}",
                   services[i][1], uuid_to_text(&organization, id),
                   placed ? "" : ",\"area\":[\"municipality:ostrava\"]", services[i][3]);
    rows_put(catalogue, 1, DOCUMENT_SERVICE, services[i][0], facts);
}

static void start(void)
{
    char facts[256];
    catalogue = catalogue_new();
    arena = arena_new(ARENA_BYTES);
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        put_service(i);
    for (size_t i = 0; i < sizeof organizations / sizeof organizations[0]; i++) {
        (void)snprintf(facts, sizeof facts, "{\"name\":\"%s\"}", organizations[i][1]);
        rows_put(catalogue, 1, DOCUMENT_ORGANIZATION, organizations[i][0], facts);
    }
    generation = rows_build(catalogue);
}

static void stop(void)
{
    generation_free(generation);
    catalogue_free(catalogue);
    arena_free(arena);
}

static struct text_tokens read_tokens(const char *text)
{
    struct text_tokens tokens;
    struct error err;
    ck_assert(text_tokens_read(str_from(text), arena, &tokens, &err));
    return tokens;
}

static struct str name_of(const struct name_hit *hit)
{
    size_t count = 0;
    if (hit->kind == NAME_PLACE)
        return generation_name_place(generation, hit->position)->name;
    if (hit->kind == NAME_SERVICE)
        return generation_documents(generation, DOCUMENT_SERVICE, &count)[hit->position]
            ->facts.service->name;
    ck_assert_int_eq(hit->kind, NAME_ORGANIZATION);
    return generation_documents(generation, DOCUMENT_ORGANIZATION, &count)[hit->position]
        ->facts.organization->name;
}

static const struct name_hit *find_hit(const struct name_hits *hits, enum name_kind kind,
                                       const char *name)
{
    for (size_t i = 0; i < hits->count; i++) {
        if (hits->items[i].kind == kind && str_equal_z(name_of(&hits->items[i]), name))
            return &hits->items[i];
    }
    return NULL;
}

static struct name_hits find(const struct text_tokens *tokens, bool typing)
{
    struct name_hits hits;
    struct error err;
    const struct name_query query = {
        .tokens = tokens, .typing = typing, .municipality = OSTRAVA, .maximum = 4};
    ck_assert(generation_names_find(generation, &query, arena, &hits, &err));
    return hits;
}

/* --- Finding ----------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    enum name_kind kind;
    const char *name; /* the first of its kind; NULL: none of it */
} finds[] = {
    {"azyl", NAME_SERVICE, "Azylový dům pro muže Adelante"}, /* it begins so; the other does not */
    {"Adelante", NAME_SERVICE, "Adelante – noclehárna"},
    {"noclehárna adelante", NAME_SERVICE, "Adelante – noclehárna"},
    {"adelatne", NAME_SERVICE, "Adelante – noclehárna"}, /* neighbours exchanged */
    {"armad", NAME_ORGANIZATION, "Armáda spásy v České republice"},
    {"armády spásy", NAME_ORGANIZATION, "Armáda spásy v České republice"},
    {"spasy armade", NAME_ORGANIZATION, "Armáda spásy v České republice"},
    {"JEKHEANE", NAME_ORGANIZATION, "SPOLEČNĚ-JEKHETANE"},
    {"JEKHEANE", NAME_SERVICE, "Předškolní klubík"}, /* by its alias */
    {"jekhetanee", NAME_ORGANIZATION, "SPOLEČNĚ-JEKHETANE"},
    {"DCHOO", NAME_ORGANIZATION, "Diecézní charita ostravsko-opavská"},
    {"DCHOOO", NAME_ORGANIZATION, "Diecézní charita ostravsko-opavská"},
    {"dchoo", NAME_SERVICE, "Sociálně-dluhová poradna"}, /* by its organisation */
    {"Lišřina", NAME_SERVICE, "NZDM – komunitní centrum Liščina"},
    {"liscine", NAME_SERVICE, "NZDM – komunitní centrum Liščina"},
    {"nzdm", NAME_SERVICE, "Nízkoprahové zařízení pro děti a mládež"},
    {"potravinova banka", NAME_SERVICE, "Potravinová banka v Ostravě"},
    {"potravinové bance", NAME_SERVICE, "Potravinová banka v Ostravě"},
    {"poru", NAME_PLACE, "Poruba"},
    {"jilove", NAME_PLACE, "Jílová"},
    {"brno", NAME_PLACE, NULL}, /* of another municipality */
    {"vlhka", NAME_SERVICE, NULL},
    {"zaniklá", NAME_SERVICE, NULL}, /* not offered any more */
    {"xyzzy", NAME_SERVICE, NULL},
    {"", NAME_SERVICE, NULL},
};

START_TEST(test_names_find)
{
    const struct text_tokens tokens = read_tokens(finds[_i].text);
    const struct name_hits hits = find(&tokens, true);
    for (size_t i = 0; i < hits.count; i++) {
        if (hits.items[i].kind != finds[_i].kind)
            continue;
        ck_assert_msg(finds[_i].name != NULL, "%s: found", finds[_i].text);
        ck_assert_msg(str_equal_z(name_of(&hits.items[i]), finds[_i].name), "%s: %.*s",
                      finds[_i].text, STR_ARGUMENTS(name_of(&hits.items[i])));
        return;
    }
    ck_assert_msg(finds[_i].name == NULL, "%s: not found", finds[_i].text);
}
END_TEST

/* Only the last word may go on, and only while somebody is typing. */
START_TEST(test_names_beginnings)
{
    const struct text_tokens one = read_tokens("azyl");
    const struct text_tokens two = read_tokens("azyl adelante");
    const char *name = "Azylový dům pro muže Adelante";
    const struct name_hits typing = find(&one, true);
    const struct name_hits typed = find(&one, false);
    ck_assert_ptr_nonnull(find_hit(&typing, NAME_SERVICE, name));
    ck_assert_ptr_null(find_hit(&typed, NAME_SERVICE, name));
    const struct name_hits first = find(&two, true);
    const struct name_hit *hit = find_hit(&first, NAME_SERVICE, name);
    ck_assert_ptr_nonnull(hit);
    ck_assert(!hit->tokens[0] && hit->tokens[1] && !hit->whole);
}
END_TEST

/* "Eufrasie" stands in one name, "dům" and "azylový" in several. */
START_TEST(test_names_common_words_count_little)
{
    const struct text_tokens tokens = read_tokens("dům eufrasie azylový");
    const struct name_hits hits = find(&tokens, false);
    ck_assert_uint_ge(hits.count, 2);
    ck_assert(str_equal_z(name_of(&hits.items[0]), "Dům svaté Eufrasie – azylový dům"));
    ck_assert(hits.items[0].whole);
    ck_assert_int_gt(hits.items[0].score, hits.items[1].score);
    ck_assert_int_le(hits.items[0].score, NAME_SCORE_MAXIMUM);
}
END_TEST

/* Whatever is typed, there are no more hits than were asked for, and it comes to an end. */
START_TEST(test_names_long_texts)
{
    static char text[TEXT_BYTES];
    static const char *const words[] = {"azylový ", "dům ",     "a",
                                        "xx ",      "Ostrava ", "\xf0\x9f\x98\x80 "};
    size_t length = 0;
    for (size_t i = 0; length + 16 < sizeof text; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s",
                                   words[i % (sizeof words / sizeof words[0])]);
    const struct text_tokens tokens = read_tokens(text);
    const struct name_hits hits = find(&tokens, true);
    struct name_hits said;
    struct error err;
    ck_assert_uint_le(hits.count, 4 * NAME_KIND_COUNT);
    ck_assert(generation_names_said(generation, &tokens, arena, &said, &err));
    ck_assert_uint_le(said.count, NAME_HITS_MAXIMUM);
}
END_TEST

/* --- Saying ------------------------------------------------------------------------------------ */

static const struct {
    const char *text;
    enum name_kind kind;
    const char *name; /* is named; NULL: nothing is */
} sayings[] = {
    {"chci do adelante", NAME_SERVICE, "Adelante – noclehárna"},
    {"hledám noclehárnu armády spásy", NAME_SERVICE, "Adelante – noclehárna"},
    {"potřebuju do armády spásy", NAME_ORGANIZATION, "Armáda spásy v České republice"},
    {"potravinova banka", NAME_SERVICE, "Potravinová banka v Ostravě"},
    {"pošlete mě do potravinové banky prosím", NAME_SERVICE, "Potravinová banka v Ostravě"},
    {"byl jsem na JEKHEANE", NAME_ORGANIZATION, "SPOLEČNĚ-JEKHETANE"},
    {"DCHOOO", NAME_ORGANIZATION, "Diecézní charita ostravsko-opavská"},
    {"Lišřina", NAME_SERVICE, "NZDM – komunitní centrum Liščina"},
    {"bydlím v porubě", NAME_SERVICE, NULL},
    {"bydlím v jílové", NAME_SERVICE, NULL},
    {"poruba", NAME_SERVICE, NULL},
    {"", NAME_SERVICE, NULL},
};

START_TEST(test_names_said)
{
    const struct text_tokens tokens = read_tokens(sayings[_i].text);
    struct name_hits hits;
    struct error err;
    ck_assert(generation_names_said(generation, &tokens, arena, &hits, &err));
    if (sayings[_i].name == NULL)
        ck_assert_msg(hits.count == 0, "%s: %.*s", sayings[_i].text,
                      STR_ARGUMENTS(name_of(&hits.items[0])));
    else
        ck_assert_msg(find_hit(&hits, sayings[_i].kind, sayings[_i].name) != NULL, "%s",
                      sayings[_i].text);
}
END_TEST

/* "Noclehárna" tells which service of the organisation is meant, "ve městě" does not. */
START_TEST(test_names_said_of_organization)
{
    const char *organization = "Armáda spásy v České republice";
    const struct text_tokens narrow = read_tokens("noclehárna armády spásy");
    const struct text_tokens wide = read_tokens("armáda spásy ve městě");
    struct name_hits hits;
    struct error err;
    ck_assert(generation_names_said(generation, &narrow, arena, &hits, &err));
    ck_assert(!find_hit(&hits, NAME_ORGANIZATION, organization)->whole);
    ck_assert_ptr_null(find_hit(&hits, NAME_SERVICE, "Azylový dům pro muže Adelante"));
    const struct name_hit *service = find_hit(&hits, NAME_SERVICE, "Adelante – noclehárna");
    ck_assert(service->tokens[0] && service->tokens[1] && service->tokens[2]);
    ck_assert(generation_names_said(generation, &wide, arena, &hits, &err));
    ck_assert(find_hit(&hits, NAME_ORGANIZATION, organization)->whole);
}
END_TEST

/* --- Lists ------------------------------------------------------------------------------------- */

static const struct {
    enum document_kind kind;
    const char *search;
    size_t items;
} searches[] = {
    {DOCUMENT_SERVICE, "dům azylový", 3},       /* in any order */
    {DOCUMENT_SERVICE, "noclehárna armády", 1}, /* its own name and its organisation's */
    {DOCUMENT_SERVICE, "armáda spásy", 4},      /* by the organisation, closed ones too */
    {DOCUMENT_SERVICE, "adelatne", 3},          /* misspelt */
    {DOCUMENT_SERVICE, "nzdm", 2},              /* as a word, and as initials */
    {DOCUMENT_SERVICE, "lehárn", 1},            /* a piece of a word, as ever */
    {DOCUMENT_SERVICE, "azylový xyzzy", 0},     /* every word has to be found */
    {DOCUMENT_ORGANIZATION, "dchoo", 1},
    {DOCUMENT_ORGANIZATION, "spásy armada", 1},
    {DOCUMENT_ORGANIZATION, "noclehárna", 0},
};

START_TEST(test_names_search)
{
    const struct list_query query = {.kind = searches[_i].kind,
                                     .search = str_from(searches[_i].search),
                                     .page = 1,
                                     .per_page = LIST_ALL};
    struct list_page page;
    struct error err;
    ck_assert(generation_list(generation, &query, arena, &page, &err));
    ck_assert_msg(page.size == searches[_i].items, "%s: %zu", searches[_i].search, page.size);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names");
    TCase *tests = tcase_create("names");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_loop_test(tests, test_names_find, 0, (int)(sizeof finds / sizeof finds[0]));
    tcase_add_test(tests, test_names_beginnings);
    tcase_add_test(tests, test_names_common_words_count_little);
    tcase_add_test(tests, test_names_long_texts);
    tcase_add_loop_test(tests, test_names_said, 0, (int)(sizeof sayings / sizeof sayings[0]));
    tcase_add_test(tests, test_names_said_of_organization);
    tcase_add_loop_test(tests, test_names_search, 0, (int)(sizeof searches / sizeof searches[0]));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
