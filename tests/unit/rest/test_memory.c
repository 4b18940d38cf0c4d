/* SPDX-License-Identifier: EUPL-1.2 */
/* Each allocation of the start (in growing steps) and of the exchanges fails once: an error or a
 * refusal, never a crash. */
#include "fixture.h"
#include "support/failing_memory.h"

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
    const char *body; /* NULL: GET */
    int status;
} exchanges[] = {
    {"/v1/services?page=1&per_page=2&search=dum&full=true", NULL, 200},
    {"/v1/services?format=ndjson&minimal=true", NULL, 200},
    {"/v1/organizations?full_service=true", NULL, 200},
    {"/v1/taxonomy_terms", NULL, 200},
    {"/v1/situations/debt-enforcement", NULL, 200},
    {"/v1/services?page=0&town=x", NULL, 400},
    {"/v1/events?from=2026-11-01&district=Poruba", NULL, 200},
    {"/v1/events.ics?municipality=ostrava", NULL, 200},
    {"/health/ready", NULL, 200},
    {"/metrics", NULL, 200},
    {"/v1/match", "{\"situations\":[\"debt-enforcement\"],\"district\":\"Poruba\"}", 200},
    {"/v1/match", "{\"situations\":[\"nothing\"],\"age\":7}", 422},
    {"/v1/services", "{\"search\":\"dum\",\"page\":1}", 200},
};

/* Either the answer it would have been, or a refusal; a server makes 500 of none. (A jansson that has
 * no memory takes some texts for malformed and drops a byte of others: 400, 422.) */
START_TEST(test_memory_exchanges)
{
    bool failed = true;
    for (long n = 1; failed; n++) {
        fixture_begin(&fixture, exchanges[_i].body == NULL ? "GET" : "POST", exchanges[_i].target);
        if (exchanges[_i].body != NULL)
            fixture_body(&fixture, exchanges[_i].body);
        fixture.request.headers = fixture.headers;
        fixture.request.header_count = fixture.header_count;
        http_response_init(&fixture.response, fixture.arena);
        failing_memory_arm(n);
        rest_handle(fixture.rest, &fixture.request, &fixture.response);
        failed = failing_memory_disarm();
        int status = fixture.response.failed ? 500 : fixture.response.status;
        ck_assert_msg(status == exchanges[_i].status || (failed && (status == 0 || status >= 400)),
                      "%d with allocation %ld failing", status, n);
        if (status != 0 && !fixture.response.failed)
            fixture_collect(&fixture);
    }
}
END_TEST

/* The start has thousands of them; the steps grow by an eighth. */
START_TEST(test_memory_start)
{
    const struct rest_options options = {
        .holder = fixture.holder, .settings = &fixture.settings, .knowledge = fixture.knowledge};
    struct rest *rest = NULL;
    for (long n = 1; rest == NULL; n += 1 + n / 8) {
        struct error err = {0};
        failing_memory_arm(n);
        rest = rest_new(&options, &err);
        bool failed = failing_memory_disarm();
        ck_assert(rest != NULL || (failed && err.problem_count > 0));
        ck_assert_msg(rest == NULL || !failed, "started with allocation %ld failing", n);
    }
    rest_free(rest);
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
        tcase_add_loop_test(tests, test_memory_exchanges, 0,
                            sizeof exchanges / sizeof exchanges[0]);
        tcase_add_test(tests, test_memory_start);
        tcase_add_test(tests, test_memory_new_knowledge);
    }
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
