/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Programs of measurement do not go on when something is wrong.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_FAIL_H
#define SOCIOPOINT_TESTS_BENCH_FAIL_H

/* Ends the program with a message on standard error. */
_Noreturn void bench_fail(const char *what, const char *which);

#endif
