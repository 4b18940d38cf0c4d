/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What one long or hostile text costs to understand.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_QUALITY_LONG_H
#define SOCIOPOINT_TESTS_BENCH_QUALITY_LONG_H

struct arena;
struct knowledge;
struct phrases;

/*
 * Prints a table: microseconds of processor time when the text is asked again and again, and when
 * other things have been in the caches since; and the bytes of the arena. Stories are put together
 * from the phrases.
 */
void quality_long_print(const struct knowledge *knowledge, const struct phrases *phrases,
                        struct arena *arena);

#endif
