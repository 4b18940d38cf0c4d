/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What every test program ends with: its suite is run, CK_VERBOSITY says how much it tells.
 */
#ifndef SOCIOPOINT_TESTS_RUN_H
#define SOCIOPOINT_TESTS_RUN_H

#include <check.h>

/* Takes the suite; the exit status of the program. */
int run_suite(Suite *suite);

#endif
