/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What processes have used: from /proc.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_PROCESS_H
#define SOCIOPOINT_TESTS_BENCH_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

/* Microseconds of processor time (user and system) that the process and its children, living or
 * ended, such as the backends of a PostgreSQL, have used so far; 0 when there is no such process.
 */
double process_cpu_us(pid_t pid);

struct process_size {
    double resident_kb;
    unsigned threads;
    unsigned descriptors;
};

struct process_size process_size(pid_t pid);

#endif
