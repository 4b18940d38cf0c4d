/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Each allocation of an exchange fails: the n-th, for each n, once alone and once with all behind
 * it. The answer is the right one, byte for byte, or says that there is no memory, or there is
 * none (a server makes a refusal of that); nothing is leaked. So it is with the start.
 */
#define FIXTURE_CONFIG "config" /* what has been learnt matters here */
#include "fixture.h"
#include "support/failing_memory.h"
#include "support/run.h"

static struct fixture fixture;

#define FACTS_CLUB                                                                                 \
    "{\"name\":\"Klub\",\"starts_at\":\"2026-10-20T09:00\",\"ends_at\":\"2026-10-20T10:00\","      \
    "\"rrule\":{\"freq\":\"WEEKLY\",\"byday\":\"TU\",\"except\":[\"2026-11-03\"]},"                \
    "\"municipality\":\"ostrava\",\"district\":\"poruba\",\"modified\":\"2026-01-02T03:04:05Z\"}"

/* Calendars need an event. */
static void publish_event(void)
{
    struct error err = {0};
    const struct document_row row = {.seq = 100,
                                     .kind = DOCUMENT_EVENT,
                                     .id = uuid_of_key("event", STR("klub")),
                                     .municipality = STR("ostrava"),
                                     .facts = STR(FACTS_CLUB),
                                     .body = STR("{\"name\":\"Klub\"}"),
                                     .short_form = STR("{\"name\":\"Klub\"}")};
    ck_assert(catalogue_apply(fixture.catalogue, &row, &err));
    fixture_build(&fixture);
}

static void setup(void)
{
    fixture_init(&fixture);
    fixture.condition.current_at_ms = 4102444800000; /* nothing grows older meanwhile */
    publish_event();
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static const struct exchange_case {
    const char *target; /* "/v1/services/": of a service */
    const char *body;   /* NULL: GET */
    int status;
} exchanges[] = {
    {"/v1/services?page=1&per_page=2&search=dum&full=true", NULL, 200},
    {"/v1/services?municipality=ostrava&modified_after=2026-01-01T00%3A00%3A00Z", NULL, 200},
    {"/v1/services?format=ndjson&minimal=true", NULL, 200},
    {"/v1/services/", NULL, 200},
    {"/v1/services/00000000-0000-4000-8000-000000000000", NULL, 404},
    {"/v1/organizations?full_service=true", NULL, 200},
    {"/v1/taxonomy_terms", NULL, 200},
    {"/v1/situations", NULL, 200},
    {"/v1/situations/debt-enforcement", NULL, 200},
    {"/v1/services?page=0&town=x", NULL, 400},
    {"/v1/events?from=2026-11-01&district=Poruba", NULL, 200},
    {"/v1/events.ics?municipality=ostrava", NULL, 200},
    {"/v1/events.ics?municipality=nowhere-at-all", NULL, 400},
    {"/health/ready", NULL, 200},
    {"/metrics", NULL, 200},
    {"/v1/match",
     "{\"situations\":[\"debt-enforcement\"],\"district\":\"Poruba\",\"open_at\":\"2026-11-25T10:"
     "00\"}",
     200},
    {"/v1/match",
     "{\"situations\":[\"roofless-tonight\",\"debt-enforcement\"],\"ages\":[34,7],\"sex\":"
     "\"female\",\"with_children\":true,\"locality\":\"Jílová\",\"open_at\":\"2026-11-25T10:00\","
     "\"languages\":[\"uk\"],\"limit\":5,\"language\":\"en\"}",
     200},
    {"/v1/match",
     "{\"text\":\"Táta chlastá a bije mámu, je mi 12. Exekuce a dluhy!\",\"open_at\":"
     "\"2026-11-25T10:00\"}",
     200},
    {"/v1/match", "{\"situations\":[\"nothing\"],\"age\":7}", 422},
    {"/v1/match", "{\"situations\":[\"a name that is longer than a first block\"", 400},
    {"/v1/suggest", "{\"text\":\"exek\"}", 200},
    {"/v1/services", "{\"search\":\"dum\",\"page\":1}", 200},
    {"/v1/services", "{\"search\":\"something that no service is called like\"}", 200},
};

enum { EXCHANGES = sizeof exchanges / sizeof exchanges[0] };

/* The request, up to the point from which allocations are the server's. */
static void begin(const struct exchange_case *exchange)
{
    static char target[256]; /* the request points at it */
    bool service = strcmp(exchange->target, "/v1/services/") == 0;
    (void)snprintf(target, sizeof target, "%s%s", exchange->target,
                   service ? fixture_id("service", "poradna") : "");
    fixture_begin(&fixture, exchange->body == NULL ? "GET" : "POST", target);
    if (exchange->body != NULL)
        fixture_body(&fixture, exchange->body);
    fixture.request.headers = fixture.headers;
    fixture.request.header_count = fixture.header_count;
    http_response_init(&fixture.response, fixture.arena);
}

/* The answer as it is when there is memory, to be freed. */
static char *right_answer(const struct exchange_case *exchange)
{
    begin(exchange);
    rest_handle(fixture.rest, &fixture.request, &fixture.response);
    ck_assert_int_eq(fixture.response.status, exchange->status);
    fixture_collect(&fixture);
    char *right = strndup(fixture.body.data, fixture.body.length);
    ck_assert_ptr_nonnull(right);
    return right;
}

/* What may come where an allocation has failed. */
static void check_answer(const struct exchange_case *exchange, const char *right, long n)
{
    if (fixture.response.status == 0 || fixture.response.failed)
        return;
    fixture_collect(&fixture);
    if (fixture.response.status == exchange->status) {
        ck_assert_msg(str_equal_z(fixture.body, right), "%s, allocation %ld: %.*s",
                      exchange->target, n, STR_ARGUMENTS(fixture.body));
        return;
    }
    ck_assert_msg(fixture.response.status == 503, "%s, allocation %ld: %d", exchange->target, n,
                  fixture.response.status);
    ck_assert_str_eq(fixture_at(&fixture, "/status"), "503");
    ck_assert(str_equal_z(fixture.response.content_type, "application/problem+json"));
}

static void try_exchange(const struct exchange_case *exchange, void (*arm)(long n))
{
    char *right = right_answer(exchange);
    bool failed = true;
    for (long n = 1; failed; n++) {
        fixture_done_exchange(&fixture);
        long blocks = failing_memory_blocks();
        begin(exchange);
        arm(n);
        rest_handle(fixture.rest, &fixture.request, &fixture.response);
        failed = failing_memory_disarm();
        ck_assert(failed || fixture.response.status == exchange->status);
        check_answer(exchange, right, n);
        fixture_done_exchange(&fixture);
        ck_assert_msg(failing_memory_blocks() == blocks, "%s, allocation %ld leaks %ld blocks",
                      exchange->target, n, failing_memory_blocks() - blocks);
    }
    free(right);
}

START_TEST(test_memory_exchange)
{
    try_exchange(&exchanges[_i], failing_memory_arm);
}
END_TEST

START_TEST(test_memory_exchange_for_good)
{
    try_exchange(&exchanges[_i], failing_memory_arm_for_good);
}
END_TEST

/* The start has thousands of them: the first two hundred, then in steps that grow by a sixteenth. */
static long next_of_many(long n)
{
    return n + 1 + (n < 200 ? 0 : n / 16);
}

START_TEST(test_memory_start)
{
    const struct rest_options options = {
        .holder = fixture.holder, .settings = &fixture.settings, .knowledge = fixture.knowledge};
    bool started = false;
    for (long n = 1; !started; n = next_of_many(n)) {
        struct error err = {0};
        long blocks = failing_memory_blocks();
        failing_memory_arm(n);
        struct rest *rest = rest_new(&options, &err);
        bool failed = failing_memory_disarm();
        started = rest != NULL;
        ck_assert(started || (failed && err.problem_count > 0));
        ck_assert_msg(!started || !failed, "started with allocation %ld failing", n);
        rest_free(rest);
        ck_assert_msg(failing_memory_blocks() == blocks, "allocation %ld leaks", n);
    }
}
END_TEST

START_TEST(test_memory_new_knowledge)
{
    bool failed = true;
    for (long n = 1; failed; n++) {
        struct error err = {0};
        failing_memory_arm(n);
        bool taken = rest_set_knowledge(fixture.rest, fixture.knowledge, &err);
        failed = failing_memory_disarm();
        ck_assert_int_eq(taken, !failed);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    if (FAILING_MEMORY) {
        tcase_add_loop_test(tests, test_memory_exchange, 0, EXCHANGES);
        tcase_add_loop_test(tests, test_memory_exchange_for_good, 0, EXCHANGES);
        tcase_add_test(tests, test_memory_start);
        tcase_add_test(tests, test_memory_new_knowledge);
    }
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
