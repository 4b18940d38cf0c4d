/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Requests with a key: whose bucket they are counted against, and what a bad one is answered.
 */
#include "wire.h"

#include <stdatomic.h>

#include "../../../src/http/authorization_internal.h"
#include "support/run.h"

static const struct {
    const char *headers[3]; /* values of Authorization; NULL: not there */
    const char *key;        /* NULL: refused */
} authorizations[] = {
    {{"Bearer abc"}, "abc"},
    {{"bearer abc"}, "abc"},
    {{"BEARER   abc"}, "abc"},
    {{"Bearer a b"}, "a b"},
    {{"Bearer "}, NULL},
    {{"Bearer    "}, NULL},
    {{"Bearer"}, NULL},
    {{""}, NULL},
    {{" Bearer abc"}, NULL},
    {{"Bearerabc"}, NULL},
    {{"Basic abc"}, NULL},
    {{"Bearer\tabc"}, NULL},
    {{"Bearer abc", "Bearer abc"}, NULL},
    {{"Bearer abc", "Basic abc"}, NULL},
    {{NULL}, NULL},
};

START_TEST(test_authorization_table)
{
    struct http_field headers[4] = {{STR("Host"), STR("x")}};
    size_t count = 1;
    struct str key;
    for (size_t i = 0; i < 3 && authorizations[_i].headers[i] != NULL; i++)
        headers[count++] = (struct http_field){i == 0 ? STR("Authorization") : STR("authorization"),
                                               str_from(authorizations[_i].headers[i])};
    bool found = authorization_bearer(headers, count, &key);
    ck_assert_int_eq(found, authorizations[_i].key != NULL);
    if (found)
        ck_assert(str_equal_z(key, authorizations[_i].key));
    else
        ck_assert(!str_present(key));
}
END_TEST

/* --- A server that knows a few keys ------------------------------------------------------------- */

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    (void)context;
    http_response_set(response, 200, STR("text/plain"),
                      request->with_key ? STR("with key") : STR("without"));
}

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/v1/services", .is_public = true},
    {.method = HTTP_POST, .path_template = "/v1/match", .is_public = true},
    {.method = HTTP_GET, .path_template = "/health/ready", .is_uncounted = true},
};

static struct http_server *server;
static int port;
static atomic_int asked; /* how often a key was looked up */

/* "good..." is known at once, "late..." after a look-up, "away..." cannot be looked up. */
static enum http_key_state check(void *context, struct str key, bool ask, uint64_t *holder)
{
    ck_assert_ptr_eq(context, &asked);
    if (ask)
        atomic_fetch_add(&asked, 1);
    *holder = key.length;
    if (str_starts_with(key, STR("good")))
        return HTTP_KEY_GOOD;
    if (str_starts_with(key, STR("late")))
        return ask ? HTTP_KEY_GOOD : HTTP_KEY_UNKNOWN;
    if (str_starts_with(key, STR("away")))
        return HTTP_KEY_UNKNOWN;
    return str_starts_with(key, STR("bad")) && !ask ? HTTP_KEY_UNKNOWN : HTTP_KEY_REFUSED;
}

static void start(void)
{
    static const char *const proxies[] = {"127.0.0.1"};
    struct http_options options = wire_options();
    options.handle = handle;
    options.proxies = proxies;
    options.proxy_count = 1;
    options.public_per_minute = 3;
    options.office_per_minute = 5;
    options.key_per_minute = 4;
    options.unknown_keys_per_minute = 2;
    options.check_key = check;
    options.key_context = &asked;
    atomic_store(&asked, 0);
    server = wire_start(&options, routes, sizeof routes / sizeof routes[0]);
    port = http_server_port(server, 0);
}

static void stop(void)
{
    ck_assert(http_server_stop(server, 5000));
}

static struct wire_answer ask_with(const char *request, const char *from, const char *authorization)
{
    char text[512];
    (void)snprintf(text, sizeof text,
                   "%s HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\nAuthorization: %s\r\n\r\n",
                   request, from, authorization);
    return wire_ask(port, text);
}

static int status_with(const char *from, const char *authorization)
{
    struct wire_answer answer = ask_with("GET /v1/services", from, authorization);
    wire_done(&answer);
    return answer.status;
}

static int status_without(const char *from)
{
    char text[256];
    (void)snprintf(text, sizeof text,
                   "GET /v1/services HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\n\r\n", from);
    struct wire_answer answer = wire_ask(port, text);
    wire_done(&answer);
    return answer.status;
}

#define HERE  "192.0.2.1"
#define THERE "192.0.2.2"

/* An address that has had enough has its key, and a key that has had enough its address. */
START_TEST(test_keys_have_buckets_of_their_own)
{
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_without(HERE), 200);
    ck_assert_int_eq(status_without(HERE), 429);
    struct wire_answer answer = ask_with("GET /v1/services", HERE, "Bearer good");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "with key");
    ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"key\";q=4;w=60"));
    wire_done(&answer);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_with(i == 0 ? THERE : HERE, "Bearer good"), 200);
    answer = ask_with("GET /v1/services", THERE, "Bearer good");
    ck_assert_int_eq(answer.status, 429);
    ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"key\";q=4;w=60"));
    wire_done(&answer);
    ck_assert_int_eq(status_with(THERE, "Bearer goodness"), 200);
    ck_assert_int_eq(status_without(THERE), 200);
    ck_assert_int_eq(atomic_load(&asked), 0);
    ck_assert_uint_eq(http_server_limited(server), 2);
}
END_TEST

static const char *const refused[] = {"Bearer bad", "Bearer wrong", "Bearer", "Basic good",
                                      "Bearer good\r\nAuthorization: Bearer good"};

START_TEST(test_keys_are_refused_alike)
{
    struct wire_answer answer = ask_with("GET /v1/services", HERE, refused[_i]);
    ck_assert_int_eq(answer.status, 401);
    ck_assert(wire_has_header(&answer, "WWW-Authenticate",
                              "Bearer realm=\"sociopoint\", error=\"invalid_token\""));
    ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
    ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
    ck_assert_ptr_nonnull(strstr(answer.body, "\"code\":\"key-refused\""));
    wire_done(&answer);
    answer = ask_with("GET /nowhere", HERE, refused[_i]);
    ck_assert_int_eq(answer.status, 401);
    wire_done(&answer);
}
END_TEST

/* Whoever tries keys out is stopped without a look-up; a key that is known is served from there. */
START_TEST(test_keys_cannot_be_tried_out)
{
    ck_assert_int_eq(status_with(HERE, "Bearer bad"), 401);
    ck_assert_int_eq(status_with(HERE, "Bearer bad1"), 401);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(status_with(HERE, "Bearer bad2"), 429);
    struct wire_answer answer = ask_with("GET /v1/services", HERE, "Bearer late");
    ck_assert_int_eq(answer.status, 429);
    ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"unknown-keys\";q=2;w=60"));
    wire_done(&answer);
    ck_assert_int_eq(atomic_load(&asked), 2);
    ck_assert_int_eq(status_with(HERE, "Bearer good"), 200);
    ck_assert_int_eq(status_without(HERE), 200);
    ck_assert_int_eq(status_with(THERE, "Bearer bad"), 401);
}
END_TEST

/* Keys that turn out to be good cost their address nothing. */
START_TEST(test_keys_are_looked_up)
{
    static const char *const keys[] = {"Bearer late", "Bearer late1", "Bearer late12",
                                       "Bearer late123"};
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(status_with(HERE, keys[i]), 200);
    ck_assert_int_eq(atomic_load(&asked), 4);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_without(HERE), 200);
}
END_TEST

/* What cannot be looked up is answered, as one of its address. */
START_TEST(test_keys_that_nobody_knows)
{
    for (int i = 0; i < 3; i++) {
        struct wire_answer answer = ask_with("GET /v1/services", HERE, "Bearer away");
        ck_assert_int_eq(answer.status, 200);
        ck_assert_str_eq(answer.body, "with key");
        char value[64];
        ck_assert_ptr_nonnull(wire_header(&answer, "RateLimit-Policy", value, sizeof value));
        ck_assert_str_eq(value, "\"public\";q=3;w=60");
        wire_done(&answer);
    }
    ck_assert_int_eq(status_with(HERE, "Bearer away"), 429);
    ck_assert_int_eq(status_without(HERE), 429);
}
END_TEST

/* Supervision is asked no key; a refused body is not read. */
START_TEST(test_keys_and_routes)
{
    struct wire_answer answer = ask_with("GET /health/ready", HERE, "Bearer wrong");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "without");
    wire_done(&answer);
    answer = ask_with("OPTIONS /v1/services", HERE, "Bearer good");
    ck_assert_int_eq(answer.status, 204);
    wire_done(&answer);
    answer = wire_ask(port, "POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                            "Authorization: Bearer wrong\r\n\r\nabcde");
    ck_assert_int_eq(answer.status, 401);
    ck_assert(wire_has_header(&answer, "Connection", "close"));
    wire_done(&answer);
}
END_TEST

/* Where nobody checks keys, a key is a header like any other. */
START_TEST(test_keys_without_a_check)
{
    struct http_options options = wire_options();
    options.handle = handle;
    options.public_per_minute = 2;
    server = wire_start(&options, routes, sizeof routes / sizeof routes[0]);
    port = http_server_port(server, 0);
    struct wire_answer answer = ask_with("GET /v1/services", HERE, "Bearer wrong");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "without");
    wire_done(&answer);
    stop();
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("http/key");
    TCase *forms = tcase_create("forms");
    tcase_add_loop_test(forms, test_authorization_table, 0, COUNT_OF(authorizations));
    tcase_set_timeout(forms, 30);
    tcase_add_test(forms, test_keys_without_a_check);
    suite_add_tcase(suite, forms);
    TCase *keys = tcase_create("keys");
    tcase_set_timeout(keys, 30);
    tcase_add_checked_fixture(keys, start, stop);
    tcase_add_test(keys, test_keys_have_buckets_of_their_own);
    tcase_add_loop_test(keys, test_keys_are_refused_alike, 0, COUNT_OF(refused));
    tcase_add_test(keys, test_keys_cannot_be_tried_out);
    tcase_add_test(keys, test_keys_are_looked_up);
    tcase_add_test(keys, test_keys_that_nobody_knows);
    tcase_add_test(keys, test_keys_and_routes);
    suite_add_tcase(suite, keys);
    return run_suite(suite);
}
