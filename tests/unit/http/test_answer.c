/* SPDX-License-Identifier: EUPL-1.2 */
#include "../../../src/http/answer_internal.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "../../../src/http/refusal_internal.h"
#include "support/run.h"

enum { COLLECTED_SIZE = 1 << 20 };

struct collected {
    char bytes[COLLECTED_SIZE];
    size_t length;
    int writes;
    int fails_from; /* the write that fails, counted from 1; 0: none */
};

static struct collected collected;
static struct arena *arena;
static struct http_response response;
static char scratch[ANSWER_SCRATCH_SIZE];

static bool collect(void *context, const char *bytes, size_t length)
{
    (void)context;
    collected.writes++;
    if (collected.fails_from != 0 && collected.writes >= collected.fails_from)
        return false;
    ck_assert_uint_lt(collected.length + length, sizeof collected.bytes);
    memcpy(collected.bytes + collected.length, bytes, length);
    collected.length += length;
    return true;
}

static void setup(void)
{
    arena = arena_new(1 << 20);
    http_response_init(&response, arena);
}

static void teardown(void)
{
    arena_free(arena);
}

static bool write_answer(struct arena *buffer_arena, uint64_t *body_bytes)
{
    struct answer answer = {.response = &response,
                            .request_id = "0123456789abcdef",
                            .date = "Tue, 15 Nov 1994 08:12:31 GMT",
                            .keeps_connection = true};
    const struct answer_sink sink = {collect, NULL};
    return answer_write(&answer, buffer_arena, scratch, &sink, body_bytes);
}

START_TEST(test_answer_bytes)
{
    uint64_t body_bytes = 0;
    http_response_set(&response, 200, STR("text/plain"), STR("one "));
    http_response_append(&response, STR("two"));
    http_response_append(&response, STR(""));
    http_response_header(&response, "ETag", STR("\"x\""));
    http_response_header(&response, "Referrer-Policy", STR("same-origin"));
    ck_assert(write_answer(arena, &body_bytes));
    ck_assert_str_eq(collected.bytes,
                     "HTTP/1.1 200 OK\r\nDate: Tue, 15 Nov 1994 08:12:31 GMT\r\n"
                     "Content-Type: text/plain\r\nContent-Length: 7\r\nConnection: keep-alive\r\n"
                     "X-Request-Id: 0123456789abcdef\r\nX-Content-Type-Options: nosniff\r\n"
                     "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
                     "ETag: \"x\"\r\nReferrer-Policy: same-origin\r\n\r\none two");
    ck_assert_int_eq(collected.writes, 1);
    ck_assert_uint_eq(body_bytes, 7);
}
END_TEST

static size_t body_in_collected(void)
{
    const char *body = strstr(collected.bytes, "\r\n\r\n") + 4;
    return collected.length - (size_t)(body - collected.bytes);
}

START_TEST(test_answer_needs_no_memory)
{
    uint64_t body_bytes = 0;
    char *piece = arena_alloc(arena, 3000);
    memset(piece, 'y', 3000);
    response.status = 200;
    for (int i = 0; i < 5; i++)
        http_response_append(&response, (struct str){piece, 3000});
    struct arena *none = arena_new(0);
    ck_assert(write_answer(none, &body_bytes));
    ck_assert_uint_eq(body_bytes, 15000);
    ck_assert_uint_eq(body_in_collected(), 15000);
    arena_free(none);
}
END_TEST

START_TEST(test_answer_large_pieces_are_not_copied)
{
    uint64_t body_bytes = 0;
    char *piece = arena_alloc(arena, 300000);
    response.status = 200;
    http_response_append(&response, (struct str){piece, 300000});
    ck_assert(write_answer(arena, &body_bytes));
    ck_assert_uint_eq(body_in_collected(), 300000);
    ck_assert_int_eq(collected.writes, 2);
    ck_assert_uint_lt(arena_used(arena), 400000);
}
END_TEST

START_TEST(test_answer_composed_leaves_as_it_is)
{
    uint64_t body_bytes = 0;
    char *room = arena_buffer(arena, HTTP_RESPONSE_HEAD_ROOM + 3000);
    char *body = room + HTTP_RESPONSE_HEAD_ROOM;
    struct arena *none = arena_new(0);
    memset(body, 'z', 3000);
    http_response_set_composed(&response, 200, STR("text/plain"), body, 3000);
    ck_assert(write_answer(none, &body_bytes));
    ck_assert_int_eq(collected.writes, 1);
    ck_assert_uint_eq(body_bytes, 3000);
    ck_assert_uint_eq(body_in_collected(), 3000);
    ck_assert_int_eq(strncmp(collected.bytes, "HTTP/1.1 200 OK\r\n", 17), 0);
    ck_assert_int_eq(collected.bytes[collected.length - 1], 'z');
    arena_free(none);
}
END_TEST

/* What the head does not fit before, what is no longer one piece, and what is not sent at all. */
START_TEST(test_answer_composed_is_copied_where_it_must)
{
    static const uint64_t lengths[] = {10, 12, 4};
    static char long_value[HTTP_RESPONSE_HEAD_ROOM];
    uint64_t body_bytes = 0;
    char *room = arena_buffer(arena, HTTP_RESPONSE_HEAD_ROOM + 10);
    char *body = room + HTTP_RESPONSE_HEAD_ROOM;
    memset(room, '#', HTTP_RESPONSE_HEAD_ROOM);
    memset(body, 'z', 10);
    memset(long_value, 'v', sizeof long_value);
    http_response_set_composed(&response, 200, STR("text/plain"), body, 10);
    if (_i == 0)
        http_response_header(&response, "X-Long", (struct str){long_value, sizeof long_value});
    else if (_i == 1)
        http_response_append(&response, STR("zz"));
    else
        http_response_set(&response, 200, STR("text/plain"), STR("zzzz"));
    ck_assert(write_answer(arena, &body_bytes));
    ck_assert_uint_eq(body_bytes, lengths[_i]);
    ck_assert_uint_eq(body_in_collected(), body_bytes);
    for (size_t i = 0; i < HTTP_RESPONSE_HEAD_ROOM; i++)
        ck_assert_int_eq(room[i], '#');
}
END_TEST

START_TEST(test_answer_failing_writes)
{
    uint64_t body_bytes = 1;
    char *piece = arena_alloc(arena, 300000);
    response.status = 200;
    http_response_append(&response, (struct str){piece, 300000});
    collected.fails_from = _i;
    ck_assert(!write_answer(arena, &body_bytes));
    ck_assert_uint_eq(body_bytes, 0);
    ck_assert_int_eq(collected.writes, _i); /* nothing is tried after a failure */
}
END_TEST

START_TEST(test_answer_date)
{
    static const struct {
        int64_t wall_ms;
        const char *text;
    } dates[] = {
        {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
        {784887151000, "Tue, 15 Nov 1994 08:12:31 GMT"},
        {1709251199999, "Thu, 29 Feb 2024 23:59:59 GMT"},
    };
    char text[ANSWER_DATE_SIZE];
    ck_assert_str_eq(answer_date(dates[_i].wall_ms, text), dates[_i].text);
}
END_TEST

/* The answer itself. */

START_TEST(test_response_refuses_what_must_not_stand_in_a_header)
{
    static const struct {
        const char *name;
        struct str value;
    } bad[] = {
        {"X", {"a\r\nb", 4}}, {"X", {"a\nb", 3}}, {"X", {"a\0b", 3}}, {"X", {"\x7F", 1}},
        {"X", {NULL, 0}},     {"", {"a", 1}},     {"X Y", {"a", 1}},  {"X:", {"a", 1}},
    };
    http_response_header(&response, bad[_i].name, bad[_i].value);
    ck_assert(response.failed);
    ck_assert_uint_eq(response.header_count, 0);
}
END_TEST

START_TEST(test_response_has_a_maximum_of_headers)
{
    for (int i = 0; i < HTTP_RESPONSE_HEADERS; i++)
        http_response_header(&response, "X", STR("a"));
    ck_assert(!response.failed);
    http_response_header(&response, "X", STR("a"));
    ck_assert(response.failed);
    http_response_clear(&response);
    ck_assert(!response.failed);
}
END_TEST

START_TEST(test_response_pieces_need_memory)
{
    struct arena *tiny = arena_new(8 * sizeof(struct str));
    http_response_init(&response, tiny);
    for (int i = 0; i < 8; i++)
        http_response_append(&response, STR("a"));
    ck_assert(!response.failed);
    http_response_append(&response, STR("a"));
    ck_assert(response.failed);
    ck_assert_uint_eq(http_response_length(&response), 8);
    arena_free(tiny);
}
END_TEST

static int releases;

static void count_release(void *context)
{
    releases += *(int *)context;
}

START_TEST(test_response_is_released_once)
{
    int one = 1;
    response.release = count_release;
    response.release_context = &one;
    http_response_clear(&response);
    http_response_release(&response);
    http_response_release(&response);
    ck_assert_int_eq(releases, 1);
}
END_TEST

START_TEST(test_response_finds_headers_in_any_case)
{
    http_response_header(&response, "ETag", STR("\"x\""));
    ck_assert(str_equal_z(http_response_get_header(&response, "etag"), "\"x\""));
    ck_assert(!str_present(http_response_get_header(&response, "Link")));
}
END_TEST

START_TEST(test_refusal_documents)
{
    size_t count = 0;
    for (const struct http_refusal_kind *kind; (kind = http_refusal_at(count)) != NULL; count++) {
        ck_assert_ptr_eq(refusal_kind(kind->code), kind);
        char expected[256];
        (void)snprintf(expected, sizeof expected,
                       "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\"}",
                       kind->title, kind->status, kind->code);
        ck_assert(str_equal_z(refusal_minimal_document(kind), expected));
    }
    ck_assert_uint_ge(count, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http/answer");
    TCase *tcase = tcase_create("answer");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_answer_bytes);
    tcase_add_test(tcase, test_answer_needs_no_memory);
    tcase_add_test(tcase, test_answer_large_pieces_are_not_copied);
    tcase_add_test(tcase, test_answer_composed_leaves_as_it_is);
    tcase_add_loop_test(tcase, test_answer_composed_is_copied_where_it_must, 0, 3);
    tcase_add_loop_test(tcase, test_answer_failing_writes, 1, 3);
    tcase_add_loop_test(tcase, test_answer_date, 0, 3);
    tcase_add_loop_test(tcase, test_response_refuses_what_must_not_stand_in_a_header, 0, 8);
    tcase_add_test(tcase, test_response_has_a_maximum_of_headers);
    tcase_add_test(tcase, test_response_pieces_need_memory);
    tcase_add_test(tcase, test_response_is_released_once);
    tcase_add_test(tcase, test_response_finds_headers_in_any_case);
    tcase_add_test(tcase, test_refusal_documents);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
