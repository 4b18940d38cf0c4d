/* SPDX-License-Identifier: EUPL-1.2 */
/* How far it is, against distances known from elsewhere. */
#include "sociopoint/domain/distance.h"

#include <check.h>
#include <stdlib.h>

#include "support/run.h"

/* Metres on the sphere of the mean radius; one minute of a meridian is 1853.2 m. */
static const struct {
    int32_t from[2]; /* latitude, longitude; millionths of a degree */
    int32_t to[2];
    int metres;
} cases[] = {
    {{49828500, 18166100}, {49828500, 18166100}, 0},
    {{49000000, 18000000}, {50000000, 18000000}, 111195},
    {{0, 0}, {0, 1000000}, 111195},
    {{60000000, 0}, {60000000, 1000000}, 55597},
    {{0, 0}, {0, 180000000}, 20015115},
    {{90000000, 0}, {-90000000, 0}, 20015115},
    {{0, 179500000}, {0, -179500000}, 111195},
    {{49835000, 18282000}, {49195000, 16608000}, 140600}, /* Ostrava and Brno: about 140 km */
    {{49828500, 18166100}, {49828509, 18166100}, 1},
};

START_TEST(test_distance_table)
{
    const struct distance_point from = distance_point_at(cases[_i].from[0], cases[_i].from[1]);
    const struct distance_point to = distance_point_at(cases[_i].to[0], cases[_i].to[1]);
    int metres = distance_metres(distance_straight(&from, &to));
    int allowed = cases[_i].metres == 140600 ? 700 : 1;
    ck_assert_int_le(abs(metres - cases[_i].metres), allowed);
    ck_assert_int_eq(metres, distance_metres(distance_straight(&to, &from)));
}
END_TEST

/* The straight line of a way leads back to it, and never is longer. */
START_TEST(test_distance_straight_line_and_way)
{
    static const int ways[] = {0, 1, 500, 8000, 140600, 1000000, 20000000};
    const double straight = distance_straight_of(ways[_i]);
    ck_assert_int_eq(distance_metres(straight), ways[_i]);
    ck_assert_double_le(straight, ways[_i]);
    ck_assert_double_gt(distance_straight_of(ways[_i] + 1), straight);
}
END_TEST

/* Nothing on the sphere is farther away than half of its circumference. */
START_TEST(test_distance_has_an_end)
{
    ck_assert_int_eq(distance_metres(distance_straight_of(30000000)), 20015114);
    ck_assert_int_eq(distance_metres(2 * distance_straight_of(30000000)), 20015114);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("domain/distance");
    TCase *tests = tcase_create("distance");
    tcase_add_loop_test(tests, test_distance_table, 0, sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(tests, test_distance_straight_line_and_way, 0, 7);
    tcase_add_test(tests, test_distance_has_an_end);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
