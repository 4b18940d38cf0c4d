/* SPDX-License-Identifier: EUPL-1.2 */
/* What the bench's load generator takes for a request, for an answer and for a right one. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "bench/load_answer.h"
#include "bench/load_plan.h"
#include "support/run.h"

static const char whole[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            "content-length:  5\r\nConnection: keep-alive\r\n\r\nhello";

START_TEST(test_load_answer_in_any_pieces)
{
    for (size_t step = 1; step <= sizeof whole - 1; step++) {
        char body[8] = "";
        struct load_answer answer = {.body = body, .body_room = sizeof body};
        enum load_answer_state state = LOAD_ANSWER_MORE;
        load_answer_begin(&answer);
        for (size_t at = 0; at < sizeof whole - 1; at += step) {
            size_t left = sizeof whole - 1 - at;
            ck_assert_int_eq(state, LOAD_ANSWER_MORE);
            state = load_answer_feed(&answer, (struct str){whole + at, left < step ? left : step});
        }
        ck_assert_int_eq(state, LOAD_ANSWER_COMPLETE);
        ck_assert_int_eq(answer.status, 200);
        ck_assert_uint_eq(answer.length, 5);
        ck_assert(!answer.closes);
        ck_assert_str_eq(body, "hello");
    }
}
END_TEST

static const struct {
    const char *bytes;
    enum load_answer_state state;
    int status;
    bool closes;
} answers[] = {
    {"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
     LOAD_ANSWER_COMPLETE, 503, true},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", LOAD_ANSWER_MORE, 200, false},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}more", LOAD_ANSWER_BROKEN, 200, false},
    {"HTTP/1.1 200 OK\r\n\r\n", LOAD_ANSWER_BROKEN, 200, false},
    {"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", LOAD_ANSWER_BROKEN, 200, false},
    {"HTTP/1.1 200 OK\nContent-Length: 0\n\r\n\r\n", LOAD_ANSWER_BROKEN, 0, false},
    {"HTTP/2 200\r\n\r\n", LOAD_ANSWER_BROKEN, 0, false},
};

START_TEST(test_load_answer_as_it_is)
{
    struct load_answer answer = {.body = NULL};
    load_answer_begin(&answer);
    ck_assert_int_eq(load_answer_feed(&answer, str_from(answers[_i].bytes)), answers[_i].state);
    ck_assert_int_eq(answer.status, answers[_i].status);
    ck_assert_int_eq(answer.closes, answers[_i].closes);
}
END_TEST

START_TEST(test_load_answer_head_too_long)
{
    static char bytes[LOAD_ANSWER_HEAD + 1];
    struct load_answer answer = {.body = NULL};
    memset(bytes, 'x', sizeof bytes);
    load_answer_begin(&answer);
    ck_assert_int_eq(load_answer_feed(&answer, (struct str){bytes, sizeof bytes}),
                     LOAD_ANSWER_BROKEN);
}
END_TEST

static void free_request(struct load_request *request)
{
    free((char *)(uintptr_t)request->wire.data);
    free((char *)(uintptr_t)request->expected.data);
}

START_TEST(test_load_plan_line_becomes_request)
{
    struct load_request get;
    struct load_request post;
    ck_assert(load_plan_parse(STR("GET\t/x\t-\tfound"), false, &get));
    ck_assert_str_eq(get.wire.data, "GET /x HTTP/1.1\r\nHost: bench\r\n\r\n");
    ck_assert_str_eq(get.expected.data, "found");
    ck_assert(load_plan_parse(STR("POST\t/y\t{\"a\":1}\tz"), true, &post));
    ck_assert_str_eq(post.wire.data,
                     "POST /y HTTP/1.1\r\nHost: bench\r\nConnection: close\r\nContent-Type: "
                     "application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    free_request(&get);
    free_request(&post);
}
END_TEST

START_TEST(test_load_plan_needs_four_fields)
{
    static const char *const lines[] = {
        "", "GET", "GET\t/x\t-", "GET\t/x\t-\t", "\t/x\t-\ta", "GET\t/x\t-\ta\tb"};
    struct load_request request;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        ck_assert_msg(!load_plan_parse(str_from(lines[i]), false, &request), "%s", lines[i]);
}
END_TEST

START_TEST(test_load_request_takes_one_other_length)
{
    struct load_request request = {.length = 100};
    ck_assert(load_request_takes(&request, 100));
    ck_assert_uint_eq(request.other, 0);
    ck_assert(load_request_takes(&request, 101));
    ck_assert(load_request_takes(&request, 101));
    ck_assert(load_request_takes(&request, 100));
    ck_assert(!load_request_takes(&request, 102));
    ck_assert_uint_eq(request.other, 101);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bench/load");
    TCase *cases = tcase_create("load");
    tcase_add_test(cases, test_load_answer_in_any_pieces);
    tcase_add_loop_test(cases, test_load_answer_as_it_is, 0, sizeof answers / sizeof answers[0]);
    tcase_add_test(cases, test_load_answer_head_too_long);
    tcase_add_test(cases, test_load_plan_line_becomes_request);
    tcase_add_test(cases, test_load_plan_needs_four_fields);
    tcase_add_test(cases, test_load_request_takes_one_other_length);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
