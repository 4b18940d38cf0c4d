/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a measurement depends on besides the program.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_MACHINE_H
#define SOCIOPOINT_TESTS_BENCH_MACHINE_H

/* Prints processor, cores, memory, load, compiler and flags, and the commit as told. */
void machine_print(const char *commit);

/* Processor time of the calling thread, in microseconds. */
double machine_cpu_us(void);

#endif
