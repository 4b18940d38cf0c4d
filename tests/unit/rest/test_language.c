/* SPDX-License-Identifier: EUPL-1.2 */
/* Which language an Accept-Language header gets. */
#include <check.h>

#include "../../../src/rest/language_internal.h"
#include "support/run.h"

static const struct {
    const char *header; /* NULL: none was sent */
    enum language language;
} cases[] = {
    {NULL, LANGUAGE_CS},
    {"", LANGUAGE_CS},
    {"cs", LANGUAGE_CS},
    {"en", LANGUAGE_EN},
    {"uk", LANGUAGE_UK},
    {"EN", LANGUAGE_EN},
    {"uk-UA", LANGUAGE_UK},
    {"en-GB,en;q=0.9,cs;q=0.8", LANGUAGE_EN},
    {"de,fr;q=0.9", LANGUAGE_CS},
    {"de, uk;q=0.3, en;q=0.2", LANGUAGE_UK},
    {"en;q=0.2, uk;q=0.3", LANGUAGE_UK},
    {"en;q=0.5, uk;q=0.5", LANGUAGE_EN},
    {"en;q=0, uk;q=0.001", LANGUAGE_UK},
    {"en;q=0", LANGUAGE_CS},
    {"*", LANGUAGE_CS},
    {"*;q=0.1, uk;q=0.05", LANGUAGE_CS},
    {"de, *;q=0.1", LANGUAGE_CS},
    {"  uk  ;  Q = 1.000 ", LANGUAGE_UK},
    {"en;q=1.0001, uk;q=0.1", LANGUAGE_UK},
    {"en;q=2, uk;q=0.1", LANGUAGE_UK},
    {"en;q=, uk;q=0.1", LANGUAGE_UK},
    {"en;q=x, uk;q=0.1", LANGUAGE_UK},
    {"en;level=1, uk;q=0.1", LANGUAGE_UK},
    {"english", LANGUAGE_CS},
    {"en_US", LANGUAGE_CS},
    {",,;;=,uk", LANGUAGE_UK},
    {"\xff\xfe,uk", LANGUAGE_UK},
};

START_TEST(test_language_table)
{
    ck_assert_int_eq(language_negotiate(str_from(cases[_i].header)), cases[_i].language);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("language");
    tcase_add_loop_test(tests, test_language_table, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
