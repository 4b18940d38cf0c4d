/* SPDX-License-Identifier: EUPL-1.2 */
/* A long story, through the real server: what the contract allows is answered, however it is escaped; what is
 * longer is refused with what to do and whom to call. */
#define FIXTURE_CONFIG "config" /* what has been learnt matters here */
#include "fixture.h"
#include "support/run.h"
#include "unit/http/wire.h"

enum { BODY_MAXIMUM = 64 * 1024, HEAD_ROOM = 512, REQUEST_ROOM = 2 * BODY_MAXIMUM };

static struct fixture fixture;
static struct http_server *server;
static int port;
static char request[REQUEST_ROOM];

static void setup(void)
{
    size_t count;
    fixture_init(&fixture);
    ck_assert_int_eq(fixture_get(&fixture, "/v1/situations"), 200); /* reads the contract, too */
    struct http_options options = wire_options();
    options.handle = rest_handle;
    options.refuse = rest_refuse;
    options.context = fixture.rest;
    const struct http_route *routes = rest_routes(fixture.rest, &count);
    server = wire_start(&options, routes, count);
    port = http_server_port(server, 0);
}

static void teardown(void)
{
    ck_assert(http_server_stop(server, 5000));
    fixture_done(&fixture);
}

/* The longest text that the contract allows, in characters. */
static size_t longest(void)
{
    const json_t *length = json_pointer_get(
        fixture.contract, STR("/components/schemas/MatchQuestion/properties/text/maxLength"));
    ck_assert(json_is_integer(length));
    return (size_t)json_integer_value(length);
}

/* A question with so many characters of text: the word, which is `word_length` of them, again and again. */
static size_t make_body(char *body, const char *word, size_t word_length, size_t characters)
{
    static const char head[] = "{\"situations\":[\"debt-enforcement\"],"
                               "\"municipality\":\"ostrava\",\"text\":\"";
    static const char tail[] = "\"}";
    size_t length = sizeof head - 1;
    memcpy(body, head, length);
    for (size_t i = 0; i + word_length <= characters; i += word_length) {
        memcpy(body + length, word, strlen(word));
        length += strlen(word);
    }
    for (size_t i = 0; i < characters % word_length; i++)
        body[length++] = ' ';
    memcpy(body + length, tail, sizeof tail);
    return length + sizeof tail - 1;
}

static struct wire_answer ask(const char *language, const char *body, size_t length)
{
    const int head = snprintf(request, HEAD_ROOM,
                              "POST /v1/match HTTP/1.1\r\nHost: x\r\nAccept-Language: %s\r\n"
                              "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                              language, length);
    memcpy(request + head, body, length);
    const int wire = wire_connect(port);
    ck_assert(wire_send_bytes(wire, request, (size_t)head + length));
    const struct wire_answer answer = wire_receive(wire);
    close(wire);
    return answer;
}

static json_t *document_of(const struct wire_answer *answer)
{
    struct error err = {0};
    json_t *document =
        json_parse((struct str){answer->body, answer->body_length}, &json_limits_file, &err);
    ck_assert_msg(json_is_object(document), "%s", answer->body);
    return document;
}

static void expect_whom_to_call(const json_t *document)
{
    ck_assert_uint_ge(json_array_size(json_object_get(document, "crisis")), 1);
    ck_assert(str_equal_z(json_member_str(json_object_get(document, "fallback"), "phone"),
                          "800 700 650"));
}

/* As much as the contract allows, as clients write it. */
static const struct {
    const char *word;
    size_t length; /* in characters */
} stories[] = {
    {"\\u0436\\u0438\\u0442\\u0442\\u044f\\u0020", 6}, /* escaped to the last letter */
    {"\\u017elu\\u0165ou\\u010dk\\u00fd ", 10},
    {"життя ", 6},
    {"žluťoučký ", 10},
    {"dluhy ", 6},
    {"\\u0436", 1}, /* a word without end */
};

START_TEST(test_long_text_is_answered)
{
    static char body[BODY_MAXIMUM];
    const size_t length = make_body(body, stories[_i].word, stories[_i].length, longest());
    ck_assert_uint_le(length, BODY_MAXIMUM);
    struct wire_answer answer = ask("cs", body, length);
    ck_assert_msg(answer.status == 200, "%d: %.300s", answer.status, answer.body);
    json_t *document = document_of(&answer);
    ck_assert_uint_ge(json_array_size(json_object_get(document, "results")), 1);
    json_decref(document);
    wire_done(&answer);
}
END_TEST

/* What is not read is said, and changes nothing. */
START_TEST(test_long_text_is_cut_and_says_so)
{
    static char body[BODY_MAXIMUM];
    struct wire_answer answer = ask("cs", body, make_body(body, "dluhy ", 6, longest()));
    json_t *document = document_of(&answer);
    const json_t *understood = json_object_get(document, "understood");
    ck_assert(json_is_true(json_object_get(understood, "cut")));
    json_decref(document);
    wire_done(&answer);
}
END_TEST

static const struct {
    const char *language;
    const char
        *too_long; /* how the sentence begins for a text that is longer than the contract says */
    const char *too_large; /* and for a body that is larger than is taken */
} refusals[] = {
    {"cs", "Text je příliš dlouhý. Zkraťte ho", "Obsah požadavku je větší, než přijímáme. Pošlete"},
    {"en", "The text is too long. Shorten it", "The body is larger than what is taken. Send"},
    {"uk", "Текст задовгий. Скоротіть його", "Вміст запиту більший, ніж ми приймаємо. Надішліть"},
};

static void expect_refusal(struct wire_answer *answer, int status, const char *begins)
{
    ck_assert_int_eq(answer->status, status);
    ck_assert(wire_has_header(answer, "Content-Type", "application/problem+json"));
    json_t *document = document_of(answer);
    const json_t *problem = json_array_get(json_object_get(document, "problems"), 0);
    const struct str detail = json_member_str(problem, "detail");
    ck_assert_msg(str_starts_with(detail, str_from(begins)), "%.*s", STR_ARGUMENTS(detail));
    expect_whom_to_call(document);
    json_decref(document);
    wire_done(answer);
}

START_TEST(test_long_text_that_is_too_long_says_what_to_do)
{
    static char body[BODY_MAXIMUM];
    struct wire_answer answer =
        ask(refusals[_i].language, body, make_body(body, "dluhy ", 6, longest() + 1));
    expect_refusal(&answer, 422, refusals[_i].too_long);
}
END_TEST

START_TEST(test_long_text_that_is_too_large_says_what_to_do)
{
    char head[HEAD_ROOM];
    (void)snprintf(head, sizeof head,
                   "POST /v1/match HTTP/1.1\r\nHost: x\r\nAccept-Language: %s\r\n"
                   "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n",
                   refusals[_i].language, BODY_MAXIMUM + 1);
    struct wire_answer answer = wire_ask(port, head);
    expect_refusal(&answer, 413, refusals[_i].too_large);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rest/long-text");
    TCase *tcase = tcase_create("long-text");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_long_text_is_answered, 0,
                        (int)(sizeof stories / sizeof stories[0]));
    tcase_add_test(tcase, test_long_text_is_cut_and_says_so);
    tcase_add_loop_test(tcase, test_long_text_that_is_too_long_says_what_to_do, 0,
                        (int)(sizeof refusals / sizeof refusals[0]));
    tcase_add_loop_test(tcase, test_long_text_that_is_too_large_says_what_to_do, 0,
                        (int)(sizeof refusals / sizeof refusals[0]));
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
