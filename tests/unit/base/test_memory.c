/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/uuid.h"
#include "support/run.h"

START_TEST(test_arena_stops_at_its_maximum_and_stays_usable)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(1024);
    ck_assert_ptr_nonnull(arena_alloc(arena, 1000));
    ck_assert(!arena_exhausted(arena));
    ck_assert_ptr_null(arena_alloc(arena, 100));
    ck_assert_ptr_nonnull(arena_alloc(arena, 8));
    ck_assert(arena_exhausted(arena));
    arena_reset(arena);
    ck_assert(!arena_exhausted(arena));
    ck_assert_uint_eq(arena_used(arena), 0);
    ck_assert_ptr_nonnull(arena_alloc(arena, 1000));
}
END_TEST

START_TEST(test_arena_memory_is_zero_and_aligned_after_reuse)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(1024 * 1024);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 3000; size += 37) {
            unsigned char *memory = arena_alloc(arena, size);
            ck_assert_uint_eq((uintptr_t)memory % sizeof(void *), 0);
            size_t zeros = 0;
            while (zeros < size && memory[zeros] == 0)
                zeros++;
            ck_assert_uint_eq(zeros, size);
            memset(memory, 0xAA, size);
        }
        arena_reset(arena);
    }
}
END_TEST

START_TEST(test_arena_refuses_products_that_overflow)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(SIZE_MAX);
    ck_assert_ptr_null(arena_array(arena, SIZE_MAX / 2, 4));
    ck_assert_ptr_null(arena_alloc(arena, SIZE_MAX - 2));
}
END_TEST

START_TEST(test_arena_extends_only_the_newest_and_within_its_chunk)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(64 * 1024);
    char *first = arena_buffer(arena, 100);
    ck_assert(arena_extend(arena, first, 100, 1000));
    memset(first, 'a', 1000);
    char *second = arena_buffer(arena, 8);
    memset(second, 'b', 8);
    ck_assert_int_eq(first[999], 'a');
    ck_assert(!arena_extend(arena, first, 1000, 2000));
    ck_assert(!arena_extend(arena, second, 8, 60 * 1024));
    ck_assert(arena_extend(arena, second, 8, 16));
    ck_assert_uint_eq(arena_used(arena), 1008 + 16);
}
END_TEST

/* A request of 150 KB in many pieces: from the second on its memory is the same, so nothing is allocated. */
START_TEST(test_arena_keeps_what_a_usual_request_needs)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(1024 * 1024);
    const char *places[4];
    for (int round = 0; round < 4; round++) {
        places[round] = arena_buffer(arena, 1000);
        for (int i = 1; i < 150; i++)
            ck_assert_ptr_nonnull(arena_buffer(arena, 1000));
        arena_reset(arena);
    }
    ck_assert_ptr_eq(places[2], places[3]);
}
END_TEST

START_TEST(test_builder_failure_is_sticky)
{
    struct builder builder;
    builder_init(&builder, NULL, 10);
    builder_append_z(&builder, "12345");
    builder_append_z(&builder, "678901");
    builder_append_z(&builder, "x");
    ck_assert(builder_failed(&builder));
    ck_assert(str_equal_z(builder_view(&builder), "12345"));
    builder_done(&builder);
}
END_TEST

START_TEST(test_builder_fixed_stays_in_its_memory)
{
    char memory[9] = "........";
    struct builder builder;
    builder_init_fixed(&builder, memory, 8);
    builder_append_z(&builder, "12345678");
    ck_assert(!builder_failed(&builder));
    builder_append_char(&builder, 'x');
    ck_assert(builder_failed(&builder));
    ck_assert_str_eq(memory, "12345678");
    ck_assert_ptr_eq(builder_view(&builder).data, memory);
}
END_TEST

static const struct {
    struct str plain;
    const char *json;
} json_cases[] = {
    {STR_CONSTANT(""), ""},
    {STR_CONSTANT("a\"b\\c"), "a\\\"b\\\\c"},
    {STR_CONSTANT("\b\f\n\r\t"), "\\b\\f\\n\\r\\t"},
    {STR_CONSTANT("\x01\x1F"), "\\u0001\\u001f"},
    {STR_CONSTANT("a\0b"), "a\\u0000b"},
    {STR_CONSTANT("\xC5\xBEl\xC3\xBD"), "\xC5\xBEl\xC3\xBD"},
};

START_TEST(test_builder_json_table)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(4096);
    struct builder builder;
    builder_init(&builder, arena, 1024);
    builder_append_escaped(&builder, json_cases[_i].plain);
    ck_assert(str_equal_z(builder_view(&builder), json_cases[_i].json));
}
END_TEST

/* Bytes are looked at eight at a time: one that must be escaped is found wherever it stands. */
START_TEST(test_builder_json_escapes_at_every_place)
{
    static const char special[] = {'"', '\\', '\n', '\x1f', '\0'};
    static const char *const escaped[] = {"\\\"", "\\\\", "\\n", "\\u001f", "\\u0000"};
    for (size_t place = 0; place < 40; place++) {
        for (size_t i = 0; i < sizeof special; i++) {
            char plain[40];
            char wanted[64];
            memset(plain, place % 2 == 0 ? 'x' : '\xC5', sizeof plain);
            (void)snprintf(wanted, sizeof wanted, "%.*s%s%.*s", (int)place, plain, escaped[i],
                           (int)(sizeof plain - place - 1), plain);
            plain[place] = special[i];
            struct builder builder;
            builder_init(&builder, NULL, 100);
            builder_append_escaped(&builder, (struct str){plain, sizeof plain});
            ck_assert(str_equal_z(builder_view(&builder), wanted));
            builder_done(&builder);
        }
    }
}
END_TEST

START_TEST(test_builder_numbers_and_formats)
{
    struct builder builder;
    builder_init(&builder, NULL, 4096);
    builder_append_int(&builder, INT64_MIN);
    builder_append_char(&builder, ' ');
    for (int i = 0; i < 200; i++)
        builder_printf(&builder, "%d,", i);
    ck_assert(!builder_failed(&builder));
    ck_assert(str_starts_with(builder_view(&builder), STR("-9223372036854775808 0,1,2,")));
    builder_done(&builder);
}
END_TEST

START_TEST(test_error_keeps_sixteen_problems_and_says_there_were_more)
{
    struct error err = {.code = ERROR_NONE};
    for (int i = 0; i < ERROR_PROBLEMS_MAXIMUM + 3; i++)
        ck_assert(!error_add(&err, ERROR_INVALID, "some-problem", "/a", ERROR_ARGUMENTS("x", "y")));
    ck_assert_uint_eq(err.problem_count, ERROR_PROBLEMS_MAXIMUM);
    ck_assert(err.more);
    ck_assert_str_eq(err.problems[15].argument[1], "y");
    ck_assert(!error_set(&err, ERROR_NOT_FOUND, "other", "/b"));
    ck_assert_uint_eq(err.problem_count, 1);
    ck_assert(!err.more);
}
END_TEST

START_TEST(test_problem_prefix_keeps_the_end)
{
    struct problem problem = {.code = "some-problem", .pointer = "/area/0"};
    char path[400];
    problem_prefix(&problem, "omama");
    ck_assert_str_eq(problem.pointer, "omama /area/0");
    memset(path, 'x', sizeof path);
    memcpy(path + sizeof path - 13, "ostrava.json", 13);
    problem_prefix(&problem, path);
    ck_assert_uint_eq(strlen(problem.pointer), PROBLEM_POINTER_SIZE - 1);
    ck_assert_ptr_nonnull(strstr(problem.pointer, "xostrava.json omama /area/0"));
    problem_prefix(&problem, "no room");
    ck_assert_ptr_nonnull(strstr(problem.pointer, "xostrava.json omama /area/0"));
}
END_TEST

START_TEST(test_uuid_of_key_never_changes)
{
    char text[UUID_TEXT_SIZE];
    struct uuid id = uuid_of_key("service", STR("mesto-sociopoint"));
    struct uuid parsed;
    /* Fixed for ever: clients keep these ids. */
    ck_assert_str_eq(uuid_to_text(&id, text), "3a70c323-6674-5b2f-ba27-8a4c0f596b90");
    ck_assert(uuid_from_text(str_from(text), &parsed));
    ck_assert_int_eq(uuid_compare_ids(&id, &parsed), 0);
    ck_assert(!uuid_from_text(STR("5c1f0f8e-2d0a-4c6b-9b57-36d14e7a902"), &parsed));
    ck_assert(!uuid_from_text(STR("5c1f0f8e-2d0a-4c6b-9b57-36d14e7a902x"), &parsed));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory, strings, errors, ids");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, test_arena_stops_at_its_maximum_and_stays_usable);
    tcase_add_test(tcase, test_arena_memory_is_zero_and_aligned_after_reuse);
    tcase_add_test(tcase, test_arena_refuses_products_that_overflow);
    tcase_add_test(tcase, test_arena_extends_only_the_newest_and_within_its_chunk);
    tcase_add_test(tcase, test_arena_keeps_what_a_usual_request_needs);
    tcase_add_test(tcase, test_builder_failure_is_sticky);
    tcase_add_test(tcase, test_builder_json_escapes_at_every_place);
    tcase_add_test(tcase, test_builder_fixed_stays_in_its_memory);
    tcase_add_loop_test(tcase, test_builder_json_table, 0,
                        sizeof json_cases / sizeof json_cases[0]);
    tcase_add_test(tcase, test_builder_numbers_and_formats);
    tcase_add_test(tcase, test_error_keeps_sixteen_problems_and_says_there_were_more);
    tcase_add_test(tcase, test_problem_prefix_keeps_the_end);
    tcase_add_test(tcase, test_uuid_of_key_never_changes);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
