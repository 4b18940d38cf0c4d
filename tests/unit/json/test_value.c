/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/json/value.h"

#include <inttypes.h>

#include "json_case.h"

static const struct {
    const char *left;
    const char *right;
    bool equal;
} equals[] = {
    {"1", "1.0", true},
    {"0", "-0.0", true},
    {"1", "true", false},
    {"0", "false", false},
    {"0", "null", false},
    {"9007199254740993", "9007199254740992.0", false},
    {"9007199254740992", "9007199254740992.0", true},
    {"'a'", "'a'", true},
    {"'a'", "'A'", false},
    {"'\\u00e9'", "'\xC3\xA9'", true},
    {"'\\u00e9'", "'e\\u0301'", false},
    {"[1, [2]]", "[1.0, [2.0]]", true},
    {"[1, 2]", "[2, 1]", false},
    {"[1]", "[1, 1]", false},
    {"{'a': 1, 'b': 2}", "{'b': 2.0, 'a': 1}", true},
    {"{'a': 1}", "{'a': 1, 'b': 2}", false},
    {"{'a': 1}", "{'b': 1}", false},
    {"{}", "[]", false},
    {"null", "null", true},
    {"true", "true", true},
    {"true", "false", false},
};

START_TEST(test_value_equal)
{
    json_t *left = json_case(equals[_i].left);
    json_t *right = json_case(equals[_i].right);

    ck_assert_int_eq(json_value_equal(left, right), equals[_i].equal);
    ck_assert_int_eq(json_value_equal(right, left), equals[_i].equal);
    json_decref(left);
    json_decref(right);
}
END_TEST

/* Each is less than the next. */
static const char *const ascending[] = {
    "-1e300",
    "-9223372036854775808",
    "-9223372036854775807",
    "-1.5",
    "-1",
    "-0.5",
    "0",
    "1e-300",
    "0.5",
    "1",
    "1.5",
    "9007199254740992.0",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808.0",
    "1e300",
};

START_TEST(test_value_numbers_compare_exactly)
{
    json_t *left = json_case(ascending[_i]);

    for (int i = 0; i < (int)(sizeof ascending / sizeof ascending[0]); i++) {
        json_t *right = json_case(ascending[i]);
        int order = json_number_compare(left, right);
        ck_assert_int_eq((order > 0) - (order < 0), (_i > i) - (_i < i));
        json_decref(right);
    }
    json_decref(left);
}
END_TEST

static const struct {
    const char *number;
    const char *factor;
    bool multiple;
} multiples[] = {
    {"0", "7", true},
    {"-14", "7", true},
    {"15", "7", false},
    {"0.3", "0.1", true},
    {"4.35", "0.01", true},
    {"19.99", "0.01", true},
    {"19.999", "0.01", false},
    {"0.0075", "0.0001", true},
    {"0.00751", "0.0001", false},
    {"49.5", "1.5", true},
    {"1e308", "0.5", true},
    {"1e308", "0.123456789", false},
    {"1", "1e-300", true},
    {"1e-300", "1", false},
    {"9223372036854775807", "7", true},
    {"9223372036854775807", "2", false},
    {"-9223372036854775808", "2", true},
    {"9223372036854775806.0", "3", false},
    {"1e300", "9223372036854775807", false},
    {"3", "9223372036854775807", false},
    {"12391239123", "1e-8", true},
    {"600", "2e2", true},
    {"500", "2e2", false},
};

START_TEST(test_value_multiples_are_of_decimals)
{
    json_t *number = json_case(multiples[_i].number);
    json_t *factor = json_case(multiples[_i].factor);

    ck_assert_int_eq(json_number_is_multiple(number, factor), multiples[_i].multiple);
    json_decref(number);
    json_decref(factor);
}
END_TEST

static const struct {
    const char *value;
    bool integral;
    int64_t number;
} integers[] = {
    {"3", true, 3},
    {"3.0", true, 3},
    {"-1e2", true, -100},
    {"-9223372036854775808.0", true, INT64_MIN},
    {"9223372036854775807", true, INT64_MAX},
    {"9223372036854775808.0", false, 0},
    {"1e300", false, 0},
    {"-1e300", false, 0},
    {"3.5", false, 0},
    {"'3'", false, 0},
    {"true", false, 0},
};

START_TEST(test_value_to_int64)
{
    json_t *value = json_case(integers[_i].value);
    int64_t number = 0;

    ck_assert_int_eq(json_to_int64(value, &number), integers[_i].integral);
    ck_assert_int_eq(number, integers[_i].number);
    json_decref(value);
}
END_TEST

START_TEST(test_value_integral_is_about_the_fraction)
{
    json_t *large = json_real(1e300);
    json_t *fraction = json_real(-2.25);

    ck_assert(json_number_is_integral(large));
    ck_assert(!json_number_is_integral(fraction));
    ck_assert(!json_number_is_integral(NULL));
    json_decref(large);
    json_decref(fraction);
}
END_TEST

START_TEST(test_value_strings)
{
    json_t *object = json_case("{'name': 'Jílová', 'age': 3}");

    ck_assert(str_equal_z(json_member_str(object, "name"), "Jílová"));
    ck_assert(!str_present(json_member_str(object, "age")));
    ck_assert(!str_present(json_member_str(object, "none")));
    ck_assert(!str_present(json_str(NULL)));
    json_decref(object);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("value");
    tcase_add_loop_test(tests, test_value_equal, 0, sizeof equals / sizeof equals[0]);
    tcase_add_loop_test(tests, test_value_numbers_compare_exactly, 0,
                        sizeof ascending / sizeof ascending[0]);
    tcase_add_loop_test(tests, test_value_multiples_are_of_decimals, 0,
                        sizeof multiples / sizeof multiples[0]);
    tcase_add_loop_test(tests, test_value_to_int64, 0, sizeof integers / sizeof integers[0]);
    tcase_add_test(tests, test_value_integral_is_about_the_fraction);
    tcase_add_test(tests, test_value_strings);
    return run_suite_of("json/value", tests);
}
