/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Numbers of a fixed width, as dates and ids are written: snprintf takes longer for a date than the
 * rest of the object it stands in.
 */
#ifndef SOCIOPOINT_BASE_DIGITS_H
#define SOCIOPOINT_BASE_DIGITS_H

#include <stdint.h>

/* Writes the last `width` decimal digits of `value`, with leading zeros; returns where they end. */
char *digits_put(char *to, unsigned value, unsigned width);
/* The same in lower-case hexadecimal. */
char *digits_put_hex(char *to, uint64_t value, unsigned width);
/* "2026-11-23" of a year up to 9999; returns where it ends. */
char *digits_put_date(char *to, int year, int month, int day);
/* "21:05:00" */
char *digits_put_time(char *to, int hour, int minute, int second);

#endif
