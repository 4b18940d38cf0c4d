/* SPDX-License-Identifier: EUPL-1.2 */
#include "support/run.h"
#include "wire.h"

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/v1/services", .data = "list", .is_public = true},
    {.method = HTTP_GET, .path_template = "/v1/services/{id}", .data = "one", .is_public = true},
    {.method = HTTP_PUT, .path_template = "/v1/services/{id}", .data = "echo"},
    {.method = HTTP_POST, .path_template = "/v1/match", .data = "echo", .is_public = true},
    {.method = HTTP_POST, .path_template = "/v1/import", .data = "echo", .body_maximum = 200000},
    {.method = HTTP_GET, .path_template = "/large", .data = "large"},
    {.method = HTTP_GET, .path_template = "/nothing", .data = "nothing"},
    {.method = HTTP_GET, .path_template = "/broken", .data = "broken"},
    {.method = HTTP_GET, .path_template = "/unchanged", .data = "unchanged"},
    {.method = HTTP_GET, .path_template = "/page", .data = "page"},
    {.method = HTTP_DELETE, .path_template = "/v1/services/{id}", .data = "gone"},
};

enum { ROUTES = sizeof routes / sizeof routes[0], LARGE_PIECES = 300, LARGE_PIECE = 1000 };

static int released;

static void count_release(void *context)
{
    (void)context;
    __atomic_add_fetch(&released, 1, __ATOMIC_SEQ_CST);
}

/* Shows what the handler was given, one line for each part. */
static void show(const struct http_request *request, struct http_response *response)
{
    struct builder text;
    builder_init(&text, request->arena, 1 << 16);
    builder_printf(&text, "%s\n", request->route_template);
    for (size_t i = 0; i < request->path_parameter_count; i++)
        builder_printf(&text, "path %.*s=%.*s\n", STR_ARGUMENTS(request->path_parameters[i].name),
                       STR_ARGUMENTS(request->path_parameters[i].value));
    for (size_t i = 0; i < request->query_count; i++)
        builder_printf(&text, "query %.*s=%.*s\n", STR_ARGUMENTS(request->query[i].name),
                       STR_ARGUMENTS(request->query[i].value));
    builder_printf(&text, "from %.*s\n", STR_ARGUMENTS(request->remote_address));
    builder_printf(&text, "language %.*s\n",
                   STR_ARGUMENTS(http_request_header(request, "ACCEPT-language")));
    http_response_set(response, 200, STR("text/plain"), builder_view(&text));
    http_response_header(response, "ETag", STR("\"g1\""));
}

static void answer_large(struct http_response *response)
{
    char *piece = arena_alloc(response->arena, LARGE_PIECE);
    memset(piece, 'x', LARGE_PIECE);
    response->status = 200;
    response->content_type = STR("text/plain");
    for (int i = 0; i < LARGE_PIECES; i++)
        http_response_append(response, (struct str){piece, LARGE_PIECE});
}

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    (void)context;
    const char *what = request->route_data;
    response->release = count_release;
    if (strcmp(what, "echo") == 0)
        http_response_set(response, 200, STR("application/json"), request->body);
    else if (strcmp(what, "large") == 0)
        answer_large(response);
    else if (strcmp(what, "nothing") == 0)
        return;
    else if (strcmp(what, "broken") == 0) {
        response->status = 200;
        http_response_header(response, "X-Evil", STR("a\r\nSet-Cookie: b"));
    } else if (strcmp(what, "unchanged") == 0) {
        http_response_set(response, 304, STR("application/json"), STR("not sent"));
        http_response_header(response, "ETag", STR("\"g1\""));
    } else if (strcmp(what, "page") == 0) {
        http_response_set(response, 200, STR("text/html"), STR("<p>"));
        http_response_header(response, "Content-Security-Policy", STR("default-src 'self'"));
    } else if (strcmp(what, "gone") == 0)
        response->status = 204;
    else
        show(request, response);
}

/* As rest does it: the document in the caller's language. */
static void refuse_in_czech(void *context, const struct http_refusal *refusal,
                            struct http_response *response)
{
    (void)context;
    if (!str_equal_z(refusal->accept_language, "cs"))
        return;
    struct builder text;
    builder_init(&text, response->arena, 4096);
    builder_printf(&text, "{\"code\":\"%s\",\"jazyk\":\"cs\"", refusal->code);
    for (size_t i = 0; i < refusal->parameter_count; i++) {
        builder_append_z(&text, i == 0 ? ",\"parameters\":[\"" : ",\"");
        builder_append_escaped(&text, refusal->parameters[i]);
        builder_append_char(&text, '"');
    }
    builder_append_z(&text, refusal->parameter_count > 0 ? "]}" : "}");
    http_response_set(response, refusal->status, STR("application/problem+json"),
                      builder_view(&text));
    http_response_header(response, "Content-Language", STR("cs"));
}

static struct http_server *server;
static int port;

static void setup(void)
{
    struct http_options options = wire_options();
    options.handle = handle;
    options.refuse = refuse_in_czech;
    options.body_maximum = 1000;
    server = wire_start(&options, routes, ROUTES);
    port = http_server_port(server, 0);
    released = 0;
}

static void teardown(void)
{
    ck_assert(http_server_stop(server, 5000));
}

#define HOST "Host: x\r\n"

/* Framing: one answer, then the connection is closed. */
static const struct {
    const char *request;
    int status;
} framings[] = {
    {"POST /v1/match HTTP/1.1\r\n" HOST
     "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     400},
    {"POST /v1/match HTTP/1.1\r\n" HOST
     "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
     400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
    {"GET /v1/services HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 411},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n", 411},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
     400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 5abc\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 5,5\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\n", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551616\r\n\r\n", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 0000000005\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length : 5\r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 5 \r\n\r\nabcde", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "\r\n", 411},
    {"PUT /v1/services/1 HTTP/1.1\r\n" HOST "\r\n", 411},
    {"PATCH /v1/services/1 HTTP/1.1\r\n" HOST "\r\n", 411},
    {"POST /v1/match HTTP/1.1\r\n" HOST " folded: x\r\nContent-Length: 5\r\n\r\nabcde", 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n", 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST ": v\r\nContent-Length: 5\r\n\r\nabcde", 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST "X: a\nContent-Length: 0\r\n\r\n", 400},
    {"GET /v1/services HTTP/1.1\n" HOST "\r\n", 400},
    {"GET /v1/services HTTP/1.1\r\nHost: x\n\n", 400},
    {"GET  /v1/services HTTP/1.1\r\n" HOST "\r\n", 400},
    {"\r\nGET /v1/services HTTP/1.1\r\n" HOST "\r\n", 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nabcde", 400},
    {"HEAD /v1/services HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nabcde", 400},
    {"GET /v1/services HTTP/1.1\r\n\r\n", 400},
    {"GET /v1/services HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST HOST "\r\n", 400},
    {"GET /v1/services HTTP/2.0\r\n" HOST "\r\n", 505},
    {"GET /v1/services FTP/1.1\r\n" HOST "\r\n", 400},
    {"GET /v1/services HTTP/9\"}x\r\n" HOST "\r\n", 505},
    {"GET /v1/services\r\n\r\n", 400},
    {"nonsense\r\n\r\n", 400},
    {"GET /v1/services HTTP/1.1\r\n" HOST "X: \x01\r\n\r\n", 400},
    {"POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: tea\r\n\r\nabcde", 417},
};

START_TEST(test_server_framing_gets_one_answer)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, framings[_i].request));
    /* What a smuggled second request would be. */
    wire_send(wire, "GET /v1/services HTTP/1.1\r\n" HOST "\r\n");
    bool is_head = strncmp(framings[_i].request, "HEAD ", 5) == 0;
    struct wire_answer answer = wire_receive_as(wire, is_head);
    ck_assert_int_eq(answer.status, framings[_i].status);
    ck_assert(wire_has_header(&answer, "Connection", "close"));
    ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
    ck_assert_msg(wire_is_closed(wire, WIRE_PATIENCE_MS), "a second answer after %s",
                  framings[_i].request);
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_server_leading_line_ends_hide_nothing)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire,
                        "\r\n\r\nPOST /v1/match HTTP/1.1\r\n" HOST
                        "Content-Length: 56\r\n\r\nGET /v1/services HTTP/1.1\r\n" HOST "\r\n"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 400);
    ck_assert(wire_is_closed(wire, WIRE_PATIENCE_MS));
    wire_done(&answer);
    close(wire);
}
END_TEST

static void make_headers(char *request, size_t size, int count)
{
    size_t length = (size_t)snprintf(request, size, "GET /v1/services HTTP/1.1\r\n" HOST);
    for (int i = 1; i < count; i++)
        length += (size_t)snprintf(request + length, size - length, "X-%d: v\r\n", i);
    (void)snprintf(request + length, size - length, "\r\n");
}

START_TEST(test_server_counts_headers)
{
    static const struct {
        int count;
        int status;
    } cases[] = {{63, 200}, {64, 431}, {65, 431}, {200, 431}};
    char request[8192];
    make_headers(request, sizeof request, cases[_i].count);
    ck_assert_int_eq(wire_status(port, request), cases[_i].status);
}
END_TEST

static int status_of_long_request(size_t uri_length, size_t header_length)
{
    size_t size = uri_length + header_length + 256;
    char *request = calloc(1, size);
    char *filler = calloc(1, uri_length + header_length + 1);
    memset(filler, 'a', uri_length + header_length);
    (void)snprintf(request, size, "GET /v1/services/%.*s HTTP/1.1\r\n" HOST "X: %.*s\r\n\r\n",
                   (int)uri_length, filler, (int)header_length, filler);
    int status = wire_status(port, request);
    free(request);
    free(filler);
    return status;
}

START_TEST(test_server_limits_the_head)
{
    ck_assert_int_eq(status_of_long_request(8000, 10), 200);
    ck_assert_int_eq(status_of_long_request(8200, 10), 414);
    ck_assert_int_eq(status_of_long_request(10, 16000), 200);
    ck_assert_int_eq(status_of_long_request(10, 17000), 431);
    ck_assert_int_eq(status_of_long_request(10, 30000), 400);
}
END_TEST

/* Paths, methods and queries. */
static const struct {
    const char *method;
    const char *target;
    int status;
    const char *allow;
} targets[] = {
    {"GET", "/v1/services", 200, NULL},
    {"GET", "/v1/services?", 200, NULL},
    {"GET", "/v1/services?a=1&a=2", 200, NULL},
    {"GET", "/v1/services/%00secret", 400, NULL},
    {"GET", "/v1/services/x%00/../y", 400, NULL},
    {"GET", "/v1/services/%ff%fe", 400, NULL},
    {"GET", "/v1/services/a%0d%0aSet-Cookie:x", 400, NULL},
    {"GET", "/v1/services/%zz", 400, NULL},
    {"GET", "/v1/services/../x", 400, NULL},
    {"GET", "/v1/servicesx", 404, NULL},
    {"GET", "/v1/services/", 404, NULL},
    {"GET", "/V1/services", 404, NULL},
    {"GET", "/v1/SERVICES", 404, NULL},
    {"GET", "/", 404, NULL},
    {"GET", "/etc/passwd", 404, NULL},
    {"GET", "/v1/services?q=%00", 400, NULL},
    {"GET", "/v1/services?q=%zz", 400, NULL},
    {"GET", "/v1/services?q=%ff", 400, NULL},
    {"GET", "/v1/services?q=%0a", 400, NULL},
    {"GET", "/v1/services?%00=1", 400, NULL},
    {"GET", "/v1/services?=1", 400, NULL},
    {"CONNECT", "/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"PROPFIND", "/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"LOCK", "/v1/services/1", 405, "GET, HEAD, PUT, DELETE, OPTIONS"},
    {"TRACE", "/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"BREW", "/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"get", "/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"TRACE", "/nowhere", 405, "GET, HEAD, POST, PUT, DELETE, OPTIONS"},
    {"CONNECT", "example.org:443", 405, "GET, HEAD, POST, PUT, DELETE, OPTIONS"},
    {"DELETE", "/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"GET", "/v1/match", 405, "POST, OPTIONS"},
    {"HEAD", "/v1/match", 405, "POST, OPTIONS"},
    {"DELETE", "/v1/services/1", 204, NULL},
    {"OPTIONS", "/v1/services/1", 204, "GET, HEAD, PUT, DELETE, OPTIONS"},
    {"OPTIONS", "/nowhere", 404, NULL},
    {"OPTIONS", "*", 204, "GET, HEAD, POST, PUT, DELETE, OPTIONS"},
    {"GET", "*", 400, NULL},
    {"GET", "http://x/v1/services", 200, NULL},
    {"GET", "HTTPS://other.example:8443/v1/services?a=1", 200, NULL},
    {"GET", "http://x/v1/services?q=%zz", 400, NULL},
    {"GET", "http://x/v1/%00", 400, NULL},
    {"GET", "http://x/nowhere", 404, NULL},
    {"GET", "http://x", 400, NULL},
    {"GET", "http://x?a=1", 400, NULL},
    {"GET", "http:///v1/services", 400, NULL},
    {"GET", "ftp://x/v1/services", 400, NULL},
    {"GET", "v1/services", 400, NULL},
    {"DELETE", "http://x/v1/services", 405, "GET, HEAD, OPTIONS"},
    {"OPTIONS", "http://x/v1/services/1", 204, "GET, HEAD, PUT, DELETE, OPTIONS"},
};

START_TEST(test_server_targets)
{
    char request[512];
    (void)snprintf(request, sizeof request, "%s %s HTTP/1.1\r\n" HOST "\r\n", targets[_i].method,
                   targets[_i].target);
    struct wire_answer answer = wire_ask(port, request);
    ck_assert_msg(answer.status == targets[_i].status, "%s: %d", request, answer.status);
    ck_assert_msg(wire_has_header(&answer, "Allow", targets[_i].allow), "%s", answer.head);
    wire_done(&answer);
}
END_TEST

/* Targets with a server in them, and bodies behind them; then the connection ends, once. */
START_TEST(test_server_absolute_targets_are_served)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "GET /v1/services HTTP/1.1\r\n" HOST "\r\n"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
    wire_done(&answer);
    ck_assert(wire_send(wire, "POST http://x:80/v1/match HTTP/1.1\r\n" HOST
                              "Content-Length: 7\r\n\r\n{\"a\":"));
    ck_assert(wire_send(wire, "1}GET /v1/services HTTP/1.1\r\n" HOST "\r\n"));
    answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "{\"a\":1}");
    ck_assert(wire_has_header(&answer, "Connection", "close"));
    ck_assert(wire_is_closed(wire, WIRE_PATIENCE_MS));
    wire_done(&answer);
    close(wire);
    answer = wire_ask(port, "GET http://x/v1/services/a%2Fb?x=1+2 HTTP/1.1\r\n" HOST "\r\n");
    ck_assert_ptr_nonnull(
        strstr(answer.body, "/v1/services/{id}\npath id=a/b\nquery x=1 2\nfrom 127.0.0.1\n"));
    wire_done(&answer);
}
END_TEST

START_TEST(test_server_hands_over_what_was_decoded)
{
    struct wire_answer answer =
        wire_ask(port, "GET /v1/services/a%2Fb?x=1+2&y=%C5%BE&&z&x=3 HTTP/1.1\r\n" HOST
                       "Accept-Language: uk\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n");
    ck_assert_str_eq(answer.body,
                     "/v1/services/{id}\npath id=a/b\nquery x=1 2\nquery y=\xC5\xBE\nquery z=\n"
                     "query x=3\nfrom 127.0.0.1\nlanguage uk\n");
    wire_done(&answer);
}
END_TEST

START_TEST(test_server_answers_have_what_all_have)
{
    struct wire_answer answer = wire_ask(port, "GET /v1/services HTTP/1.1\r\n" HOST "\r\n");
    char value[128];
    ck_assert(wire_has_header(&answer, "X-Content-Type-Options", "nosniff"));
    ck_assert(wire_has_header(&answer, "Referrer-Policy", "no-referrer"));
    ck_assert(wire_has_header(&answer, "Content-Security-Policy",
                              "default-src 'none'; frame-ancestors 'none'"));
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Origin", "*"));
    ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
    ck_assert(wire_has_header(&answer, "ETag", "\"g1\""));
    ck_assert_uint_eq(strlen(wire_header(&answer, "X-Request-Id", value, sizeof value)), 16);
    ck_assert_uint_eq(strlen(wire_header(&answer, "Date", value, sizeof value)), 29);
    ck_assert(wire_has_header(&answer, "Server", NULL));
    ck_assert(wire_has_header(&answer, "Permissions-Policy", NULL));
    wire_done(&answer);
    answer = wire_ask(port, "GET /page HTTP/1.1\r\n" HOST "\r\n");
    ck_assert(wire_has_header(&answer, "Content-Security-Policy", "default-src 'self'"));
    ck_assert(
        wire_has_header(&answer, "Permissions-Policy", "camera=(), geolocation=(), microphone=()"));
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Origin", NULL));
    wire_done(&answer);
}
END_TEST

/* The head without the lines that differ from answer to answer. */
static void stable_head(const struct wire_answer *answer, char *text, size_t size)
{
    text[0] = '\0';
    for (const char *line = answer->head; *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        if (strncmp(line, "Date:", 5) != 0 && strncmp(line, "X-Request-Id:", 13) != 0)
            (void)snprintf(text + strlen(text), size - strlen(text), "%.*s", (int)length, line);
        line += length;
    }
}

START_TEST(test_server_head_is_get_without_body)
{
    static const char *const paths[] = {"/v1/services",     "/large",  "/nowhere",  "/v1/match",
                                        "/v1/services/%zz", "/broken", "/unchanged"};
    char request[256];
    char get_head[4096];
    char head_head[4096];
    (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[_i]);
    struct wire_answer get = wire_ask(port, request);
    (void)snprintf(request, sizeof request, "HEAD %s HTTP/1.1\r\n" HOST "\r\n", paths[_i]);
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, request));
    struct wire_answer head = wire_receive_as(wire, true);
    /* The next answer begins right behind the head. */
    ck_assert(wire_send(wire, "GET /page HTTP/1.1\r\n" HOST "\r\n"));
    struct wire_answer next = wire_receive(wire);
    ck_assert_str_eq(next.body, "<p>");
    stable_head(&get, get_head, sizeof get_head);
    stable_head(&head, head_head, sizeof head_head);
    ck_assert_str_eq(get_head, head_head);
    wire_done(&get);
    wire_done(&head);
    wire_done(&next);
    close(wire);
}
END_TEST

START_TEST(test_server_preflight)
{
    static const struct {
        const char *path;
        const char *method;
        const char *origin;
        const char *methods;
    } cases[] = {
        {"/v1/services/1", "PUT", "*", "GET, HEAD"},
        {"/v1/services/1", "GET", "*", "GET, HEAD"},
        {"/v1/match", "POST", "*", "POST"},
        {"/v1/import", "POST", NULL, NULL},
    };
    char request[512];
    (void)snprintf(request, sizeof request,
                   "OPTIONS %s HTTP/1.1\r\n" HOST "Origin: https://evil.example\r\n"
                   "Access-Control-Request-Method: %s\r\n"
                   "Access-Control-Request-Headers: authorization\r\n\r\n",
                   cases[_i].path, cases[_i].method);
    struct wire_answer answer = wire_ask(port, request);
    ck_assert_int_eq(answer.status, 204);
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Origin", cases[_i].origin));
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Methods", cases[_i].methods));
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Credentials", NULL));
    ck_assert_ptr_null(strstr(answer.head, "uthorization"));
    wire_done(&answer);
}
END_TEST

START_TEST(test_server_errors_of_public_routes_may_be_read_anywhere)
{
    struct wire_answer answer =
        wire_ask(port, "POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 1001\r\n\r\n");
    ck_assert_int_eq(answer.status, 413);
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Origin", "*"));
    wire_done(&answer);
    answer = wire_ask(port, "POST /v1/import HTTP/1.1\r\n" HOST "Content-Length: 900000\r\n\r\n");
    ck_assert_int_eq(answer.status, 413);
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Origin", NULL));
    wire_done(&answer);
}
END_TEST

START_TEST(test_server_reads_bodies)
{
    struct wire_answer answer =
        wire_ask(port, "POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 7\r\n\r\n{\"a\":1}");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "{\"a\":1}");
    wire_done(&answer);
    ck_assert_int_eq(
        wire_status(port, "POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n"), 200);
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 7\r\n\r\nabc"));
    shutdown(wire, SHUT_WR);
    answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 400);
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_server_reads_bodies_up_to_the_maximum_of_the_route)
{
    enum { LENGTH = 200000 };
    char *request = calloc(1, LENGTH + 256);
    int head = snprintf(request, 256,
                        "POST /v1/import HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n", LENGTH);
    memset(request + head, 'b', LENGTH);
    struct wire_answer answer = wire_ask(port, request);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_uint_eq(answer.body_length, LENGTH);
    wire_done(&answer);
    free(request);
}
END_TEST

START_TEST(test_server_large_body_is_refused_from_the_header)
{
    int64_t start = clock_monotonic_ms();
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 1001\r\n\r\n"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 413);
    ck_assert_int_lt(clock_monotonic_ms() - start, 2000);
    ck_assert(wire_is_closed(wire, 2000 - (clock_monotonic_ms() - start)));
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_server_reads_little_of_a_refused_body)
{
    enum { CHUNK = 16 * 1024, CHUNKS = 64 }; /* 1 MiB: the kernel holds some of it for us both */
    static char chunk[CHUNK];
    int wire = wire_connect(port);
    int small = 4096;
    setsockopt(wire, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    ck_assert(
        wire_send(wire, "POST /v1/match HTTP/1.1\r\n" HOST "Content-Length: 1048576\r\n\r\n"));
    int sent = 0;
    while (sent < CHUNKS && wire_send_bytes(wire, chunk, sizeof chunk))
        sent++;
    ck_assert_int_lt(sent, CHUNKS);
    close(wire);
}
END_TEST

START_TEST(test_server_continue_is_sent_at_once)
{
    int64_t start = clock_monotonic_ms();
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "POST /v1/match HTTP/1.1\r\n" HOST
                              "Content-Length: 5\r\nExpect: 100-Continue\r\n\r\n"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 100);
    ck_assert_int_lt(clock_monotonic_ms() - start, 200);
    wire_done(&answer);
    ck_assert(wire_send(wire, "abcde"));
    answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "abcde");
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_server_nothing_is_continued_that_is_refused)
{
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, "POST /v1/match HTTP/1.1\r\n" HOST
                              "Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 413);
    ck_assert(wire_is_closed(wire, 2000));
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_server_keeps_connections)
{
    int wire = wire_connect(port);
    for (int i = 0; i < 50; i++) {
        ck_assert(wire_send(wire, i % 2 == 0 ? "GET /v1/services/7 HTTP/1.1\r\n" HOST "\r\n"
                                             : "POST /v1/match HTTP/1.1\r\n" HOST
                                               "Content-Length: 2\r\n\r\nhi"));
        struct wire_answer answer = wire_receive(wire);
        ck_assert_int_eq(answer.status, 200);
        ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
        wire_done(&answer);
    }
    /* Not even a 404 ends it. */
    ck_assert(wire_send(wire, "GET /nowhere HTTP/1.1\r\n" HOST "\r\n"
                              "GET /page HTTP/1.1\r\n" HOST "\r\n"));
    struct wire_answer first = wire_receive(wire);
    struct wire_answer second = wire_receive(wire);
    ck_assert_int_eq(first.status, 404);
    ck_assert_int_eq(second.status, 200);
    wire_done(&first);
    wire_done(&second);
    close(wire);
}
END_TEST

START_TEST(test_server_closes_when_asked)
{
    static const char *const requests[] = {
        "GET /page HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n",
        "GET /page HTTP/1.1\r\n" HOST "Connection: keep-alive, close\r\n\r\n",
        "GET /page HTTP/1.1\r\n" HOST "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        "GET /page HTTP/1.0\r\n" HOST "\r\n",
        "GET /page HTTP/1.0\r\n" HOST "Connection: keep-alive\r\n\r\n",
    };
    int wire = wire_connect(port);
    ck_assert(wire_send(wire, requests[_i]));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 200);
    ck_assert(wire_has_header(&answer, "Connection", "close"));
    ck_assert(wire_is_closed(wire, 2000));
    wire_done(&answer);
    close(wire);
}
END_TEST

START_TEST(test_server_large_answers_arrive_whole)
{
    struct wire_answer answer = wire_ask(port, "GET /large HTTP/1.1\r\n" HOST "\r\n");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_uint_eq(answer.body_length, LARGE_PIECES * LARGE_PIECE);
    ck_assert_uint_eq(strspn(answer.body, "x"), LARGE_PIECES * LARGE_PIECE);
    wire_done(&answer);
    WIRE_EVENTUALLY(__atomic_load_n(&released, __ATOMIC_SEQ_CST) == 1);
}
END_TEST

START_TEST(test_server_unusable_answers_become_500)
{
    static const char *const paths[] = {"/nothing", "/broken"};
    char request[128];
    (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[_i]);
    struct wire_answer answer = wire_ask(port, request);
    ck_assert_int_eq(answer.status, 500);
    ck_assert_ptr_null(strstr(answer.head, "Cookie"));
    ck_assert_str_eq(answer.body, "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\","
                                  "\"status\":500,\"code\":\"internal\"}");
    WIRE_EVENTUALLY(__atomic_load_n(&released, __ATOMIC_SEQ_CST) == 1);
    wire_done(&answer);
}
END_TEST

START_TEST(test_server_answers_without_body)
{
    struct wire_answer answer = wire_ask(port, "GET /unchanged HTTP/1.1\r\n" HOST "\r\n");
    ck_assert_int_eq(answer.status, 304);
    ck_assert(wire_has_header(&answer, "Content-Length", NULL));
    ck_assert(wire_has_header(&answer, "ETag", "\"g1\""));
    wire_done(&answer);
    answer = wire_ask(port, "DELETE /v1/services/1 HTTP/1.1\r\n" HOST "\r\n");
    ck_assert_int_eq(answer.status, 204);
    ck_assert(wire_has_header(&answer, "Content-Length", NULL));
    wire_done(&answer);
}
END_TEST

START_TEST(test_server_refuses_in_the_callers_language)
{
    struct wire_answer answer =
        wire_ask(port, "GET /v1/services?near=%00&ok=1&far=%ff HTTP/1.1\r\n" HOST
                       "Accept-Language: cs\r\n\r\n");
    ck_assert_int_eq(answer.status, 400);
    ck_assert(wire_has_header(&answer, "Content-Language", "cs"));
    ck_assert_str_eq(answer.body, "{\"code\":\"parameter-malformed\",\"jazyk\":\"cs\","
                                  "\"parameters\":[\"near\",\"far\"]}");
    wire_done(&answer);
}
END_TEST

struct total {
    uint64_t routed;
    uint64_t unrouted;
};

static void add_count(void *context, const struct http_route_count *count)
{
    struct total *total = context;
    for (size_t i = 0; i < sizeof count->answers / sizeof count->answers[0]; i++) {
        if (count->path_template[0] == '\0')
            total->unrouted += count->answers[i];
        else if (strcmp(count->path_template, "/v1/services/{id}") == 0 &&
                 count->method == HTTP_GET)
            total->routed += i == 2 ? count->answers[i] : 0;
    }
}

static struct total counts(void)
{
    struct total total = {0};
    http_server_visit_counts(server, add_count, &total);
    return total;
}

START_TEST(test_server_counts_by_route)
{
    wire_status(port, "GET /v1/services/1 HTTP/1.1\r\n" HOST "\r\n");
    wire_status(port, "HEAD /v1/services/2 HTTP/1.1\r\n" HOST "\r\n");
    wire_status(port, "GET /nowhere HTTP/1.1\r\n" HOST "\r\n");
    WIRE_EVENTUALLY(counts().routed == 2 && counts().unrouted == 1);
    WIRE_EVENTUALLY(http_server_in_flight(server) == 0);
}
END_TEST

#define ADD_TABLE(tcase, test, table)                                                              \
    tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof(table)[0]))

static Suite *make_suite(void)
{
    Suite *suite = suite_create("http/server");
    TCase *tcase = tcase_create("wire");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, setup, teardown);
    ADD_TABLE(tcase, test_server_framing_gets_one_answer, framings);
    tcase_add_test(tcase, test_server_leading_line_ends_hide_nothing);
    tcase_add_loop_test(tcase, test_server_counts_headers, 0, 4);
    tcase_add_test(tcase, test_server_limits_the_head);
    ADD_TABLE(tcase, test_server_targets, targets);
    tcase_add_test(tcase, test_server_absolute_targets_are_served);
    tcase_add_test(tcase, test_server_hands_over_what_was_decoded);
    tcase_add_test(tcase, test_server_answers_have_what_all_have);
    tcase_add_loop_test(tcase, test_server_head_is_get_without_body, 0, 7);
    tcase_add_loop_test(tcase, test_server_preflight, 0, 4);
    tcase_add_test(tcase, test_server_errors_of_public_routes_may_be_read_anywhere);
    tcase_add_test(tcase, test_server_reads_bodies);
    tcase_add_test(tcase, test_server_reads_bodies_up_to_the_maximum_of_the_route);
    tcase_add_test(tcase, test_server_large_body_is_refused_from_the_header);
    tcase_add_test(tcase, test_server_reads_little_of_a_refused_body);
    tcase_add_test(tcase, test_server_continue_is_sent_at_once);
    tcase_add_test(tcase, test_server_nothing_is_continued_that_is_refused);
    tcase_add_test(tcase, test_server_keeps_connections);
    tcase_add_loop_test(tcase, test_server_closes_when_asked, 0, 5);
    tcase_add_test(tcase, test_server_large_answers_arrive_whole);
    tcase_add_loop_test(tcase, test_server_unusable_answers_become_500, 0, 2);
    tcase_add_test(tcase, test_server_answers_without_body);
    tcase_add_test(tcase, test_server_refuses_in_the_callers_language);
    tcase_add_test(tcase, test_server_counts_by_route);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(make_suite());
}
