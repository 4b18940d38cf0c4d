/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What tests/bench/run has measured: lines of fields between tabs, the first of which says what it
 * is.
 *
 *   run SIZE CANDIDATE REQUEST most|half ROUND RATE P50 P99 P999 CPU ACCEPTED REFUSED WRONG DROPPED
 *       UNSERVED LEAST MOST LOAD
 *   memory SIZE RESIDENT DOCUMENTS (bytes)      start SIZE MILLISECONDS
 *   length SIZE REQUEST BYTES                   machine, date, commit, load: TEXT
 */
#ifndef SOCIOPOINT_TESTS_BENCH_RESULTS_H
#define SOCIOPOINT_TESTS_BENCH_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "bench/statistics.h"

enum {
    RESULTS_FIELDS = 20,
    RESULTS_LINES_MAXIMUM = 4096,
    RESULTS_SIZES_MAXIMUM = 8,
    RESULTS_ROUNDS_MAXIMUM = 64
};

/* Columns of a line `run`. */
enum results_column {
    COLUMN_RATE = 6,
    COLUMN_P50,
    COLUMN_P99,
    COLUMN_P999,
    COLUMN_CPU,
    COLUMN_LEAST = 16,
    COLUMN_MOST,
    COLUMN_LOAD
};

struct results {
    struct {
        char *field[RESULTS_FIELDS]; /* "" where there is none */
    } lines[RESULTS_LINES_MAXIMUM];
    size_t count;
    unsigned long sizes[RESULTS_SIZES_MAXIMUM]; /* in the order measured */
    size_t size_count;
};

/* What one group of lines `run` has in common. */
struct results_key {
    unsigned long size;
    const char *candidate;
    const char *request;
    const char *mode;
};

/* Reads the file; ends the program when it cannot. To be freed with results_free. */
struct results *results_read(const char *path);
void results_free(struct results *results);
/* Takes one line, without its line end, apart. */
void results_add(struct results *results, const char *line);

/* The values of a column, round by round; their number. */
size_t results_values(const struct results *results, const struct results_key *key,
                      enum results_column column, double values[RESULTS_ROUNDS_MAXIMUM]);
struct spread results_spread(const struct results *results, const struct results_key *key,
                             enum results_column column);
/* Rates of `key` over those of `under`, round by round. */
struct spread results_ratio(const struct results *results, const struct results_key *key,
                            const struct results_key *under);
/* The second field of the last line of that kind, or "". */
const char *results_text(const struct results *results, const char *kind);
/* The `field`-th field of the lines of that kind about a size. */
struct spread results_of_size(const struct results *results, const char *kind, unsigned long size,
                              size_t field);

#endif
