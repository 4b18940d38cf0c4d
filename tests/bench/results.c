/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/fail.h"

enum { LINE_MAXIMUM = 4096, FIELD_SIZE = 1, FIELD_CANDIDATE, FIELD_REQUEST, FIELD_MODE };

static void note_size(struct results *results, unsigned long size)
{
    for (size_t i = 0; i < results->size_count; i++) {
        if (results->sizes[i] == size)
            return;
    }
    if (results->size_count < RESULTS_SIZES_MAXIMUM)
        results->sizes[results->size_count++] = size;
}

void results_add(struct results *results, const char *line)
{
    static char none[] = "";
    if (results->count == RESULTS_LINES_MAXIMUM)
        bench_fail("too many lines", "results");
    char **field = results->lines[results->count++].field;
    char *rest = strdup(line); /* the fields are parts of it, so the first is what to free */
    if (rest == NULL)
        bench_fail("no memory", "results");
    for (size_t i = 0; i < RESULTS_FIELDS; i++) {
        field[i] = rest == NULL ? none : rest;
        rest = rest == NULL ? NULL : strchr(rest, '\t');
        if (rest != NULL)
            *rest++ = '\0';
    }
    if (strcmp(field[0], "run") == 0)
        note_size(results, strtoul(field[FIELD_SIZE], NULL, 10));
}

struct results *results_read(const char *path)
{
    char line[LINE_MAXIMUM];
    struct results *results = calloc(1, sizeof *results);
    FILE *file = fopen(path, "r");
    if (results == NULL || file == NULL)
        bench_fail("cannot read", path);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        results_add(results, line);
    }
    (void)fclose(file);
    return results;
}

void results_free(struct results *results)
{
    for (size_t i = 0; results != NULL && i < results->count; i++)
        free(results->lines[i].field[0]);
    free(results);
}

static bool matches(char *const *field, const struct results_key *key)
{
    return strcmp(field[0], "run") == 0 && strtoul(field[FIELD_SIZE], NULL, 10) == key->size &&
           strcmp(field[FIELD_CANDIDATE], key->candidate) == 0 &&
           strcmp(field[FIELD_REQUEST], key->request) == 0 &&
           strcmp(field[FIELD_MODE], key->mode) == 0;
}

size_t results_values(const struct results *results, const struct results_key *key,
                      enum results_column column, double values[RESULTS_ROUNDS_MAXIMUM])
{
    size_t count = 0;
    for (size_t i = 0; i < results->count && count < RESULTS_ROUNDS_MAXIMUM; i++) {
        if (matches(results->lines[i].field, key))
            values[count++] = strtod(results->lines[i].field[column], NULL);
    }
    return count;
}

struct spread results_spread(const struct results *results, const struct results_key *key,
                             enum results_column column)
{
    double values[RESULTS_ROUNDS_MAXIMUM];
    return spread_of(values, results_values(results, key, column, values));
}

struct spread results_ratio(const struct results *results, const struct results_key *key,
                            const struct results_key *under)
{
    double above[RESULTS_ROUNDS_MAXIMUM];
    double below[RESULTS_ROUNDS_MAXIMUM];
    size_t count = results_values(results, key, COLUMN_RATE, above);
    size_t other = results_values(results, under, COLUMN_RATE, below);
    return ratio_of(above, below, count < other ? count : other);
}

const char *results_text(const struct results *results, const char *kind)
{
    const char *text = "";
    for (size_t i = 0; i < results->count; i++) {
        if (strcmp(results->lines[i].field[0], kind) == 0)
            text = results->lines[i].field[1];
    }
    return text;
}

struct spread results_of_size(const struct results *results, const char *kind, unsigned long size,
                              size_t field)
{
    double values[RESULTS_ROUNDS_MAXIMUM];
    size_t count = 0;
    for (size_t i = 0; i < results->count && count < RESULTS_ROUNDS_MAXIMUM; i++) {
        char *const *line = results->lines[i].field;
        if (strcmp(line[0], kind) == 0 && strtoul(line[FIELD_SIZE], NULL, 10) == size)
            values[count++] = strtod(line[field], NULL);
    }
    return spread_of(values, count);
}
