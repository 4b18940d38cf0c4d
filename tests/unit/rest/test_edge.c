/* SPDX-License-Identifier: EUPL-1.2 */
/* What the API answers to whoever abuses it: the real contract behind the real server, spoken to by
 * raw bytes. */
#include <sys/resource.h>

#include "fixture.h"
#include "support/run.h"
#include "unit/http/wire.h"

#define HOST "Host: x\r\n"
#define TAIL " HTTP/1.1\r\n" HOST "\r\n"

static struct fixture fixture;
static struct http_server *server;
static int port;

/* Every key is bad. */
static enum http_key_state refuse_key(void *context, struct str key, bool ask, uint64_t *holder)
{
    (void)context, (void)key, (void)ask, (void)holder;
    return HTTP_KEY_REFUSED;
}

static void start(unsigned per_minute)
{
    size_t count;
    fixture_init(&fixture);
    struct http_options options = wire_options();
    options.handle = rest_handle;
    options.refuse = rest_refuse;
    options.context = fixture.rest;
    options.public_per_minute = per_minute;
    options.check_key = refuse_key;
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    server = wire_start(&options, routes, count);
    port = http_server_port(server, 0);
}

static void stop(void)
{
    ck_assert(http_server_stop(server, 5000));
    fixture_done(&fixture);
}

static json_t *document_of(const struct wire_answer *answer)
{
    struct error err = {0};
    json_t *document =
        json_parse((struct str){answer->body, answer->body_length}, &json_limits_file, &err);
    ck_assert_msg(json_is_object(document), "%s", answer->body);
    return document;
}

static void setup(void)
{
    start(0);
}

/* --- Every refusal is a problem document, and says nothing of what is inside --------------------- */

#define POST(path, headers, body)                                                                  \
    "POST " path " HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n" headers "\r\n" body
#define CANARY "kanarek%22%3Cb%3E"

static const struct {
    const char *request;
    int status;
} refused[] = {
    {"GET /v1/" CANARY TAIL, 404},
    {"GET /v1/services/" CANARY TAIL, 400},
    {"GET /v1/services/%00kanarek" TAIL, 400},
    {"GET /v1/kanarek%0d%0aSet-Cookie:%20a=b" TAIL, 400},
    {"GET /v1/services?" CANARY "=1" TAIL, 400},
    {"GET /v1/services?search=%ff" TAIL, 400},
    {"GET /v1/services?page=kanarek" TAIL, 400},
    {"GET /v1/services?page=99999999999999999999" TAIL, 400},
    {"GET /v1/services?page=nan&per_page=-1&page=2&" CANARY TAIL, 400},
    {"GET /v1/services/00000000-0000-5000-8000-000000000000" TAIL, 404},
    {"GET kanarek:\"<b> HTTP/1.1\r\n" HOST "\r\n", 400},
    {"GET /v1 HTTP/kanarek\"<b>\r\n" HOST "\r\n", 505},
    {"kanarek /v1/services HTTP/1.1\r\n" HOST "\r\n", 405},
    {"kanarek\"<b> /v1/services HTTP/1.1\r\n" HOST "\r\n", 405},
    {"kanarek\r\n\r\n", 400},
    {"GET /v1 HTTP/1.1\r\nHost: kanarek\r\nHost: kanarek\r\n\r\n", 400},
    {"GET /v1 HTTP/1.1\r\n" HOST "X: kanarek\r\n kanarek\r\n\r\n", 400},
    {"DELETE /v1/services" TAIL, 405},
    {"GET /v1/match" TAIL, 405},
    {"PUT /v1/services HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", 405},
    {"POST /v1/match HTTP/1.1\r\n" HOST "\r\n", 411},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 7\r\n\r\nkanarek", 415},
    {POST("/v1/match", "Content-Length: 7\r\n", "kanarek"), 400},
    {POST("/v1/match", "Content-Length: 7x\r\n", "kanarek"), 400},
    {POST("/v1/match", "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n", "kanarek"), 400},
    {POST("/v1/match", "Content-Length: 11\r\n", "{\"kan\":\"<\"}"), 422},
    {POST("/v1/match", "Content-Length: 29\r\n", "{\"situations\":[\"<kanarek>\\\"\"]}"), 400},
    {POST("/v1/match", "Content-Length: 28\r\n", "{\"situations\":[\"<kanarek>\"]}"), 422},
    {POST("/v1/match", "Content-Length: 65537\r\n", ""), 413},
    {POST("/v1/match", "Content-Length: 7\r\nExpect: kanarek\r\n", "kanarek"), 417},
    {POST("/v1/services", "Content-Length: 13\r\n", "{\"kanarek\":1}"), 422},
    {POST("/v1/services", "Content-Length: 15\r\n", "{\"proximity\":\"\"}"), 400},
    {POST("/health/live", "Content-Length: 2\r\n", "{}"), 405},
    {"TRACE / HTTP/1.1\r\n" HOST "\r\n", 405},
    {"CONNECT kanarek:443 HTTP/1.1\r\n" HOST "\r\n", 405},
    {"GET /../kanarek" TAIL, 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST "Authorization: Bearer kanarek\r\n\r\n", 401},
    {"GET /v1/services HTTP/1.1\r\n" HOST "Authorization: kanarek\"<b>\r\n\r\n", 401},
    {POST("/v1/match", "Content-Length: 7\r\nAuthorization: Basic kanarek\r\n", "kanarek"), 401},
};

/* Nobody outside needs to know what this is made of. */
static void check_discreet(const char *text)
{
    static const char *const inside[] = {"civetweb", "jansson",  "libpq", "postgres",
                                         "SELECT",   "SQLSTATE", "src/",  "rest_",
                                         ".c:",      "/usr/",    "/var/", "Set-Cookie"};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        ck_assert_msg(strstr(text, inside[i]) == NULL, "%s in %s", inside[i], text);
}

static void check_refusal(const char *request, int status)
{
    struct wire_answer answer = wire_ask(port, request);
    ck_assert_msg(answer.status == status, "%d for %s", answer.status, request);
    ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
    ck_assert(wire_has_header(&answer, "X-Content-Type-Options", "nosniff"));
    check_discreet(answer.head);
    check_discreet(answer.body);
    ck_assert_ptr_null(strstr(answer.head, "kanarek"));
    json_t *document = document_of(&answer);
    ck_assert_int_eq(json_integer_value(json_object_get(document, "status")), answer.status);
    ck_assert(str_starts_with(json_member_str(document, "type"), STR("/docs#problem-")));
    ck_assert_uint_ge(json_member_str(document, "title").length, 5);
    ck_assert_uint_ge(json_array_size(json_object_get(document, "problems")), 1);
    json_decref(document);
    wire_done(&answer);
}

/* One after the other on one server. */
START_TEST(test_edge_refusals_are_problem_documents)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        check_refusal(refused[i].request, refused[i].status);
}
END_TEST

/* --- HEAD, OPTIONS and other methods, everywhere -------------------------------------------------- */

/* Calls `check` for each route of the contract with a path that has a record where there is one. */
static void for_each_path(void (*check)(const struct http_route *route, const char *path))
{
    size_t count;
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    for (size_t i = 0; i < count; i++) {
        char path[256];
        const char *brace = strchr(routes[i].path_template, '{');
        int before = brace == NULL ? (int)strlen(routes[i].path_template)
                                   : (int)(brace - routes[i].path_template);
        const char *id = strstr(routes[i].path_template, "/situations/") != NULL
                             ? "debt-enforcement"
                             : fixture_id("service", "poradna");
        (void)snprintf(path, sizeof path, "%.*s%s%s", before, routes[i].path_template,
                       brace == NULL ? "" : id, brace == NULL ? "" : strchr(brace, '}') + 1);
        check(&routes[i], path);
    }
}

/* The head without the lines that differ from answer to answer. */
static void stable_head(const struct wire_answer *answer, bool counts, char *text, size_t size)
{
    text[0] = '\0';
    for (const char *line = answer->head; *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        bool varies = strncmp(line, "Date:", 5) == 0 || strncmp(line, "X-Request-Id:", 13) == 0 ||
                      (counts && strncmp(line, "Content-Length:", 15) == 0);
        if (!varies)
            (void)snprintf(text + strlen(text), size - strlen(text), "%.*s", (int)length, line);
        line += length;
    }
}

static void check_head(const struct http_route *route, const char *path)
{
    static const char *const variants[] = {"", "?kanarek=1", "/kanarek"};
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        char request[512];
        char get_head[4096];
        char head_head[4096];
        bool counts = strcmp(route->path_template, "/metrics") == 0;
        (void)snprintf(request, sizeof request, "GET %s%s" TAIL, path, variants[i]);
        struct wire_answer get = wire_ask(port, request);
        (void)snprintf(request, sizeof request, "HEAD %s%s" TAIL, path, variants[i]);
        struct wire_answer head = wire_ask(port, request);
        stable_head(&get, counts, get_head, sizeof get_head);
        stable_head(&head, counts, head_head, sizeof head_head);
        ck_assert_str_eq(get_head, head_head);
        wire_done(&get);
        wire_done(&head);
    }
}

START_TEST(test_edge_head_is_get_without_body)
{
    for_each_path(check_head);
}
END_TEST

static void check_preflight(const struct http_route *route, const char *path)
{
    static const char *const wanted[] = {"PUT", "PATCH", "DELETE", "GET", "POST"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        char request[512];
        char value[256] = "";
        (void)snprintf(request, sizeof request,
                       "OPTIONS %s HTTP/1.1\r\n" HOST "Origin: https://evil.example\r\n"
                       "Access-Control-Request-Method: %s\r\n"
                       "Access-Control-Request-Headers: authorization, if-match\r\n\r\n",
                       path, wanted[i]);
        struct wire_answer answer = wire_ask(port, request);
        ck_assert_int_eq(answer.status, 204);
        ck_assert(wire_has_header(&answer, "Access-Control-Allow-Credentials", NULL));
        ck_assert_ptr_null(strstr(answer.head, "uthorization"));
        ck_assert_ptr_null(strstr(answer.head, "If-Match"));
        const char *methods =
            wire_header(&answer, "Access-Control-Allow-Methods", value, sizeof value);
        ck_assert_int_eq(methods != NULL, route->is_public);
        ck_assert(
            wire_has_header(&answer, "Access-Control-Allow-Origin", route->is_public ? "*" : NULL));
        for (size_t k = 0; methods != NULL && k < 3; k++)
            ck_assert_ptr_null(strstr(methods, wanted[k]));
        ck_assert_ptr_nonnull(wire_header(&answer, "Allow", value, sizeof value));
        ck_assert_ptr_nonnull(strstr(value, http_method_name(route->method)));
        wire_done(&answer);
    }
}

/* A page of a stranger may read what is public, and nothing else. */
START_TEST(test_edge_preflight_gives_no_write)
{
    for_each_path(check_preflight);
}
END_TEST

static void check_methods(const struct http_route *route, const char *path)
{
    static const char *const unlisted[] = {"CONNECT", "PROPFIND", "TRACE", "LOCK", "PATCH", "brew"};
    (void)route;
    for (size_t i = 0; i < sizeof unlisted / sizeof unlisted[0]; i++) {
        char request[512];
        char allow[128];
        (void)snprintf(request, sizeof request,
                       "%s %s HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", unlisted[i], path);
        struct wire_answer answer = wire_ask(port, request);
        ck_assert_msg(answer.status == 405, "%d for %s", answer.status, request);
        ck_assert_ptr_nonnull(wire_header(&answer, "Allow", allow, sizeof allow));
        ck_assert_ptr_nonnull(strstr(allow, "OPTIONS"));
        ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
        wire_done(&answer);
    }
}

START_TEST(test_edge_unlisted_methods)
{
    for_each_path(check_methods);
}
END_TEST

/* --- Bodies that mean harm ------------------------------------------------------------------------ */

enum { BODY_MAXIMUM = 64 * 1024, ROUNDS = 10, GROWTH_MAXIMUM = 20 * 1024 * 1024 };

/* `head`, then `unit` as often as it fits, then `tail`. */
static const struct {
    const char *head;
    const char *unit;
    const char *tail;
} harmful[] = {
    {"", "[", ""},
    {"", "{\"a\":", ""},
    {"[", "{},", "{}]"},
    {"[", "[],", "[]]"},
    {"[", "0,", "0]"},
    {"{\"situations\":[", "\"a\",", "\"a\"]}"},
    {"{\"situations\":[\"", "a", "\"]}"},
    {"{\"situations\":[\"", "\\u0061", "\"]}"},
    {"{\"situations\":[\"", "\\ud800", "\"]}"},
    {"{\"situations\":[\"", "\\u0000", "\"]}"},
    {"{\"situations\":[\"", "\xE2\x80\xAE", "\"]}"},
    {"{\"situations\":[\"", "\xFF", "\"]}"},
    {"{\"age\":", "9", "}"},
    {"{\"age\":1e", "9", "}"},
    {"{\"age\":0.", "0", "1}"},
    {"{\"a\":1,\"a\":1,", "\"a\":1,", "\"a\":1}"},
    {"{\"situations\":[\"debt-enforcement\"]} ", "x", ""},
    {"{\"situations\":[\"debt-enforcement\"],\"district\":\"", "Slezska Ostrawa ", "\"}"},
    {"{\"situations\":[\"debt-enforcement\"],\"open_at\":\"", "2026-", "\"}"},
    {"\xEF\xBB\xBF{\"situations\":[\"debt-enforcement\"]}", " ", ""},
    {"/*", "*", "*/{}"},
    {"NaN", "N", ""},
    {"", " ", ""},
};

static size_t make_body(char *body, int index)
{
    size_t head = strlen(harmful[index].head);
    size_t unit = strlen(harmful[index].unit);
    size_t tail = strlen(harmful[index].tail);
    size_t length = head;
    memcpy(body, harmful[index].head, head);
    for (; length + unit + tail <= BODY_MAXIMUM; length += unit)
        memcpy(body + length, harmful[index].unit, unit);
    memcpy(body + length, harmful[index].tail, tail);
    return length + tail;
}

static int64_t processor_ms(void)
{
    struct timespec used;
    ck_assert_int_eq(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used), 0);
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

static long resident_bytes(void)
{
    long size;
    long resident;
    FILE *statm = fopen("/proc/self/statm", "r");
    ck_assert_int_eq(fscanf(statm, "%ld %ld", &size, &resident), 2);
    fclose(statm);
    return resident * sysconf(_SC_PAGESIZE);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { MEMORY_IS_OURS = 0 }; /* the sanitizer keeps what was freed */
#else
enum { MEMORY_IS_OURS = 1 };
#endif

static void ask_harmfully(const char *request, size_t length)
{
    int wire = wire_connect(port);
    ck_assert(wire_send_bytes(wire, request, length));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_msg(answer.status == 400 || answer.status == 422, "%d: %.200s for %.60s",
                  answer.status, answer.body, request + 80);
    ck_assert_uint_lt(answer.body_length, 16 * 1024);
    json_decref(document_of(&answer));
    wire_done(&answer);
    close(wire);
}

static void ask_each_harmful(void)
{
    static char request[BODY_MAXIMUM + 512];
    static char body[BODY_MAXIMUM + 512];
    for (int i = 0; i < (int)(sizeof harmful / sizeof harmful[0]); i++) {
        size_t length = make_body(body, i);
        int head = snprintf(request, 512,
                            "POST /v1/match HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n"
                            "Content-Length: %zu\r\n\r\n",
                            length);
        memcpy(request + head, body, length);
        int64_t before_ms = processor_ms();
        ask_harmfully(request, (size_t)head + length);
        ck_assert_int_lt(processor_ms() - before_ms, 1000);
    }
}

/* The largest bodies allowed, of the worst kinds: refused, cheaply, and nothing is left of them. */
START_TEST(test_edge_harmful_bodies)
{
    struct rusage usage;
    long before = resident_bytes();
    for (int i = 0; i < ROUNDS; i++)
        ask_each_harmful();
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    if (MEMORY_IS_OURS) /* at its highest, in kilobytes */
        ck_assert_int_lt(usage.ru_maxrss * 1024 - before, GROWTH_MAXIMUM);
}
END_TEST

/* Too many questions: still whom to call. */
START_TEST(test_edge_limited_match_says_whom_to_call)
{
    static const char *const methods[] = {"POST", "GET"};
    start(1);
    ck_assert_int_eq(wire_status(port, "GET /v1/services" TAIL), 200);
    for (size_t i = 0; i < 2; i++) {
        char request[512];
        (void)snprintf(request, sizeof request,
                       "%s /v1/match HTTP/1.1\r\n" HOST "Accept-Language: uk\r\n"
                       "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n",
                       methods[i]);
        struct wire_answer answer = wire_ask(port, request);
        ck_assert_int_eq(answer.status, 429);
        ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
        ck_assert(wire_has_header(&answer, "Content-Language", "uk"));
        ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"public\";q=1;w=60"));
        json_t *document = document_of(&answer);
        ck_assert_uint_ge(json_array_size(json_object_get(document, "crisis")), 1);
        ck_assert(str_equal_z(json_member_str(json_object_get(document, "fallback"), "phone"),
                              "800 700 650"));
        json_decref(document);
        wire_done(&answer);
    }
    ck_assert_int_eq(wire_status(port, "GET /health/live" TAIL), 200);
    stop();
}
END_TEST

static const struct {
    const char *language;
    const char *title;
} key_titles[] = {
    {"cs", "Klíč neplatí."}, {"en", "The key is not valid."}, {"uk", "Ключ недійсний."}};

/* Whoever asks with a key that has expired still needs somebody to call. */
START_TEST(test_edge_refused_key_says_whom_to_call)
{
    char request[512];
    (void)snprintf(request, sizeof request,
                   "POST /v1/match HTTP/1.1\r\n" HOST "Accept-Language: %s\r\n"
                   "Authorization: Bearer x\r\nContent-Length: 0\r\n\r\n",
                   key_titles[_i].language);
    struct wire_answer answer = wire_ask(port, request);
    ck_assert_int_eq(answer.status, 401);
    ck_assert(wire_has_header(&answer, "Content-Language", key_titles[_i].language));
    json_t *document = document_of(&answer);
    ck_assert(str_equal_z(json_member_str(document, "title"), key_titles[_i].title));
    ck_assert(str_equal_z(json_member_str(document, "type"), "/docs#problem-unauthorized"));
    ck_assert_uint_ge(json_array_size(json_object_get(document, "crisis")), 1);
    ck_assert(str_equal_z(json_member_str(json_object_get(document, "fallback"), "phone"),
                          "800 700 650"));
    json_decref(document);
    wire_done(&answer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edge");
    TCase *tests = tcase_create("edge");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, stop);
    tcase_add_test(tests, test_edge_refusals_are_problem_documents);
    tcase_add_test(tests, test_edge_head_is_get_without_body);
    tcase_add_test(tests, test_edge_preflight_gives_no_write);
    tcase_add_test(tests, test_edge_unlisted_methods);
    tcase_add_test(tests, test_edge_harmful_bodies);
    tcase_add_loop_test(tests, test_edge_refused_key_says_whom_to_call, 0,
                        (int)(sizeof key_titles / sizeof key_titles[0]));
    suite_add_tcase(suite, tests);
    TCase *alone = tcase_create("alone");
    tcase_set_timeout(alone, 60);
    tcase_add_test(alone, test_edge_limited_match_says_whom_to_call);
    suite_add_tcase(suite, alone);
    return run_suite(suite);
}
