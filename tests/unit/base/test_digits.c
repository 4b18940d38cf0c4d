/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>

#include "sociopoint/base/clock.h"
#include "sociopoint/base/digits.h"
#include "sociopoint/base/uuid.h"
#include "support/run.h"

static const struct {
    unsigned value;
    unsigned width;
    const char *decimal;
    const char *hex;
} cases[] = {
    {0, 1, "0", "0"},           {0, 4, "0000", "0000"},
    {7, 2, "07", "07"},         {59, 2, "59", "3b"},
    {2026, 4, "2026", "07ea"},  {12345, 3, "345", "039"},
    {255, 5, "00255", "000ff"}, {4294967295U, 10, "4294967295", "00ffffffff"},
};

START_TEST(test_digits_have_their_width)
{
    char text[32];
    *digits_put(text, cases[_i].value, cases[_i].width) = '\0';
    ck_assert_str_eq(text, cases[_i].decimal);
    *digits_put_hex(text, cases[_i].value, cases[_i].width) = '\0';
    ck_assert_str_eq(text, cases[_i].hex);
}
END_TEST

START_TEST(test_digits_of_dates_and_times)
{
    char text[32];
    *digits_put_date(text, 2026, 1, 9) = '\0';
    ck_assert_str_eq(text, "2026-01-09");
    *digits_put_time(text, 3, 0, 59) = '\0';
    ck_assert_str_eq(text, "03:00:59");
    *digits_put_hex(text, UINT64_C(0xfedcba9876543210), 16) = '\0';
    ck_assert_str_eq(text, "fedcba9876543210");
}
END_TEST

static const struct {
    int64_t wall_ms;
    const char *text;
} moments[] = {
    {0, "1970-01-01T00:00:00Z"},
    {INT64_C(951782399999), "2000-02-28T23:59:59Z"},
    {INT64_C(951782400000), "2000-02-29T00:00:00Z"},
    {INT64_C(253402300799999), "9999-12-31T23:59:59Z"},
    {INT64_C(253402300800000), ""},
};

START_TEST(test_digits_of_a_moment)
{
    char text[CLOCK_TEXT_SIZE];
    ck_assert_str_eq(clock_format_utc(moments[_i].wall_ms, text), moments[_i].text);
}
END_TEST

START_TEST(test_digits_of_an_id_are_those_it_was_read_from)
{
    static const char *const ids[] = {"00000000-0000-0000-0000-000000000000",
                                      "01234567-89ab-cdef-0123-456789abcdef",
                                      "ffffffff-ffff-ffff-ffff-ffffffffffff"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct uuid id;
        char text[UUID_TEXT_SIZE];
        ck_assert(uuid_from_text(str_from(ids[i]), &id));
        ck_assert_str_eq(uuid_to_text(&id, text), ids[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("digits");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, test_digits_have_their_width, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, test_digits_of_dates_and_times);
    tcase_add_loop_test(tcase, test_digits_of_a_moment, 0, sizeof moments / sizeof moments[0]);
    tcase_add_test(tcase, test_digits_of_an_id_are_those_it_was_read_from);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
