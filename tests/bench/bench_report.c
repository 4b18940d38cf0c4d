/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * bench_report RESULTS.tsv TABLE.md PLOT.svg
 *
 * Turns what tests/bench/run has measured into tables and a plot, and prints the tables. Exit
 * status 1 when the SQL peer was too slow to be compared with.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/fail.h"
#include "bench/goals.h"
#include "bench/plot.h"
#include "bench/results.h"

#define BUSY_LOAD 0.7 /* more than what the bench's own preparations leave behind */

static const char *const candidates[] = {"constant", "ours", "sql-stored", "sql", "fastify"};
static const char *const requests[] = {"get", "match"};

static void print_machine(const struct results *results, FILE *out)
{
    (void)fprintf(out, "%s; %s; commit %s; load average at the start %s.\n\n",
                  results_text(results, "machine"), results_text(results, "date"),
                  results_text(results, "commit"), results_text(results, "load"));
    if (strtod(results_text(results, "load"), NULL) > BUSY_LOAD)
        (void)fprintf(out,
                      "**The machine had other work to do: rates and latencies say little.**\n\n");
}

static void print_candidate(const struct results *results, const struct results_key *most,
                            FILE *out)
{
    struct spread rate = results_spread(results, most, COLUMN_RATE);
    struct spread cpu = results_spread(results, most, COLUMN_CPU);
    struct spread load = results_spread(results, most, COLUMN_LOAD);
    const struct results_key half = {most->size, most->candidate, most->request, "half"};
    struct spread p50 = results_spread(results, &half, COLUMN_P50);
    struct spread p99 = results_spread(results, &half, COLUMN_P99);
    struct spread p999 = results_spread(results, &half, COLUMN_P999);
    if (rate.most <= 0)
        return;
    (void)fprintf(out,
                  "| %lu | %s | %s | %.0f (%.0f to %.0f) | %.1f | %.2f | %.2f | %.2f | %.1f |\n",
                  most->size, most->request, most->candidate, rate.median, rate.least, rate.most,
                  cpu.median, p50.median, p99.median, p999.median, load.most);
}

static void print_all(const struct results *results, FILE *out)
{
    (void)fprintf(out, "| services | request | who | requests/s | CPU us | p50 ms | p99 ms | p99.9 "
                       "ms | load |\n|---|---|---|---|---|---|---|---|---|\n");
    for (size_t s = 0; s < results->size_count; s++) {
        for (size_t r = 0; r < sizeof requests / sizeof requests[0]; r++) {
            for (size_t c = 0; c < sizeof candidates / sizeof candidates[0]; c++) {
                const struct results_key key = {results->sizes[s], candidates[c], requests[r],
                                                "most"};
                print_candidate(results, &key, out);
            }
        }
    }
    (void)fprintf(out, "\nRequests a second: median (least to most) of the rounds, closed loop, 16 "
                       "connections. CPU: of the server, with its database, for one request. "
                       "Latencies: at half that rate, open loop, from when a request was due.\n");
}

static void write_to(const char *path, const struct results *results,
                     void (*print)(const struct results *results, FILE *out))
{
    FILE *file = fopen(path, "w");
    if (file == NULL)
        bench_fail("cannot write", path);
    print(results, file);
    if (fclose(file) != 0)
        bench_fail("cannot write", path);
}

static void print_tables(const struct results *results, FILE *out)
{
    print_machine(results, out);
    goals_print(results, out);
    (void)fprintf(out, "\n");
    print_all(results, out);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        bench_fail("see the head of the source", "arguments");
    struct results *results = results_read(argv[1]);
    bool compared = results_text(results, "compared")[0] != '\0';
    write_to(argv[2], results, print_tables);
    write_to(argv[3], results, compared ? plot_rates : plot_growth);
    print_tables(results, stdout);
    bool good = !compared || results->sizes[0] != 10000 || goals_peer_good(results);
    results_free(results);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
