/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fixtures of the unit tests in a fuzz target: libcheck's assertions report to its runner, and
 * there is none here. To be included before the fixture.
 */
#ifndef TESTS_FUZZ_ASSERTIONS_H
#define TESTS_FUZZ_ASSERTIONS_H

#include <check.h>

#include "fuzz/fuzz.h"

#undef ck_assert_msg
#define ck_assert_msg(condition, ...) FUZZ_REQUIRE(condition)
#undef ck_abort_msg
#define ck_abort_msg(...) abort()

#endif
