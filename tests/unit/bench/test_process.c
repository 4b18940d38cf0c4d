/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose processor time is counted. */
#include <check.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/process.h"
#include "support/run.h"

enum { WORK_US = 50000 };

/* Works for so long in a child and waits for its end. */
static void work_in_a_child(void)
{
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        while (process_cpu_us(getpid()) < WORK_US)
            continue;
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

/* A backend that ends takes nothing away from what its server has used. */
START_TEST(test_process_counts_children_that_have_ended)
{
    const double before = process_cpu_us(getpid());
    work_in_a_child();
    ck_assert(process_cpu_us(getpid()) - before >= WORK_US);
}
END_TEST

START_TEST(test_process_unknown_has_used_nothing)
{
    ck_assert(!(process_cpu_us(-1) > 0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bench/process");
    TCase *cases = tcase_create("process");
    tcase_add_test(cases, test_process_counts_children_that_have_ended);
    tcase_add_test(cases, test_process_unknown_has_used_nothing);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
