/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/goals.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_SMALL = 10000, SIZE_LARGE = 100000 };

/* A row: what is measured, and its goal at each size; 0: none. */
struct goal {
    const char *what;
    const char *request;
    const char *under; /* the candidate whose rate ours is divided by; NULL: a latency */
    enum results_column column;
    double small;
    double large;
};

static const struct goal goals[] = {
    {"detail of a service, of constant answers", "get", "constant", COLUMN_RATE, 0.9, 0},
    {"match, of constant answers", "match", "constant", COLUMN_RATE, 0.7, 0.5},
    {"detail, times SQL composed from tables", "get", "sql", COLUMN_RATE, 7.5, 0},
    {"detail, times SQL with stored documents", "get", "sql-stored", COLUMN_RATE, 0, 0},
    {"match, times SQL", "match", "sql", COLUMN_RATE, 12, 40},
    {"detail, times Fastify + pg", "get", "fastify", COLUMN_RATE, 11, 0},
    {"match, times Fastify + pg", "match", "fastify", COLUMN_RATE, 20, 0},
    {"detail at half load, p99 (ms)", "get", NULL, COLUMN_P99, 3, 3},
    {"detail at half load, p99.9 (ms)", "get", NULL, COLUMN_P999, 8, 8},
    {"match at half load, p99 (ms)", "match", NULL, COLUMN_P99, 3, 3},
    {"match at half load, p99.9 (ms)", "match", NULL, COLUMN_P999, 8, 8},
};

static double goal_at(const struct goal *goal, unsigned long size)
{
    return size == SIZE_SMALL ? goal->small : size == SIZE_LARGE ? goal->large : 0;
}

static void print_value(const struct spread *value, double goal, bool reached, FILE *out)
{
    if (value->most <= 0) {
        (void)fprintf(out, " not measured |");
        return;
    }
    (void)fprintf(out, " %.3g (%.3g to %.3g)", value->median, value->least, value->most);
    if (goal > 0)
        (void)fprintf(out, ", goal %g: %s", goal, reached ? "reached" : "**not reached**");
    (void)fprintf(out, " |");
}

static void print_goal(const struct results *results, const struct goal *goal, FILE *out)
{
    (void)fprintf(out, "| %s |", goal->what);
    for (size_t i = 0; i < results->size_count; i++) {
        unsigned long size = results->sizes[i];
        struct results_key ours = {size, "ours", goal->request, "most"};
        struct results_key other = {size, goal->under, goal->request, "most"};
        struct spread value;
        if (goal->under != NULL) {
            value = results_ratio(results, &ours, &other);
        } else {
            ours.mode = "half";
            value = results_spread(results, &ours, goal->column);
        }
        double wanted = goal_at(goal, size);
        print_value(&value, wanted,
                    goal->under != NULL ? value.median >= wanted : value.median <= wanted, out);
    }
    (void)fprintf(out, "\n");
}

/* Memory and start, which are no rates. */
static void print_node(const struct results *results, FILE *out)
{
    (void)fprintf(out, "| memory, of the bytes of all documents |");
    for (size_t i = 0; i < results->size_count; i++) {
        unsigned long size = results->sizes[i];
        struct spread resident = results_of_size(results, "memory", size, 2);
        struct spread documents = results_of_size(results, "memory", size, 3);
        double factor = documents.median > 0 ? resident.median / documents.median : 0;
        struct spread value = {factor, factor, factor};
        print_value(&value, size == SIZE_LARGE ? 1.5 : 0, factor <= 1.5, out);
    }
    (void)fprintf(out, "\n| cold start to ready (s) |");
    for (size_t i = 0; i < results->size_count; i++) {
        struct spread value = results_of_size(results, "start", results->sizes[i], 2);
        value = (struct spread){value.median / 1e3, value.least / 1e3, value.most / 1e3};
        print_value(&value, results->sizes[i] == SIZE_LARGE ? 3 : 0, value.median <= 3, out);
    }
    (void)fprintf(out, "\n");
}

void goals_print(const struct results *results, FILE *out)
{
    (void)fprintf(out, "| what |");
    for (size_t i = 0; i < results->size_count; i++)
        (void)fprintf(out, " %lu services |", results->sizes[i]);
    (void)fprintf(out, "\n|---|");
    for (size_t i = 0; i < results->size_count; i++)
        (void)fprintf(out, "---|");
    (void)fprintf(out, "\n");
    for (size_t i = 0; i < sizeof goals / sizeof goals[0]; i++)
        print_goal(results, &goals[i], out);
    print_node(results, out);
}

static bool good_enough(const struct results *results, const char *request, double known)
{
    struct results_key peer = {SIZE_SMALL, "sql", request, "most"};
    struct results_key constant = {SIZE_SMALL, "constant", "get", "most"};
    struct spread rate = results_spread(results, &peer, COLUMN_RATE);
    struct spread limit = results_spread(results, &constant, COLUMN_RATE);
    double wanted = 0.8 * known * limit.median / 60000;
    if (rate.median >= wanted)
        return true;
    (void)fprintf(stderr, "bench: the SQL peer answers %s %.0f times a second, not %.0f\n", request,
                  rate.median, wanted);
    return false;
}

bool goals_peer_good(const struct results *results)
{
    bool get = good_enough(results, "get", 6600);
    bool match = good_enough(results, "match", 2700);
    return get && match;
}
