/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * bench_load --port N --plan FILE [--connections N] [--seconds S] [--rate R] [--requests N]
 *            [--cpu-of PID]... [--fresh] [--overload] [--lengths]
 *
 * Loads a server of this machine and prints one line of fields between tabs: accepted answers a
 * second, p50, p99 and p99.9 in milliseconds, microseconds of processor time of the named
 * processes per answer, answers accepted, refused, wrong, dropped, unserved, and of the connection
 * that got fewest and most. --lengths only asks each request once and prints the mean length of
 * the answers. --sizes PID prints
 * what a process has: resident kilobytes, threads, descriptors. Exit status 1 when an answer was
 * wrong or a connection never got one.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/fail.h"
#include "bench/load_run.h"
#include "bench/process.h"
#include "bench/statistics.h"

struct wishes {
    struct load_options load;
    const char *plan;
    bool lengths;
};

_Noreturn static void print_size(pid_t pid)
{
    struct process_size size = process_size(pid);
    (void)printf("%.0f\t%u\t%u\n", size.resident_kb, size.threads, size.descriptors);
    exit(size.threads > 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void take(struct wishes *wishes, int option)
{
    struct load_options *load = &wishes->load;
    if (option == 'p')
        load->port = (int)strtol(optarg, NULL, 10);
    else if (option == 'f')
        wishes->plan = optarg;
    else if (option == 'c')
        load->connections = (unsigned)strtoul(optarg, NULL, 10);
    else if (option == 's')
        load->seconds = strtod(optarg, NULL);
    else if (option == 'r')
        load->rate = strtod(optarg, NULL);
    else if (option == 'n')
        load->requests = strtoull(optarg, NULL, 10);
    else if (option == 'u' && load->process_count < LOAD_PROCESSES_MAXIMUM)
        load->processes[load->process_count++] = (pid_t)strtol(optarg, NULL, 10);
    else if (option == 'h')
        load->fresh = true;
    else if (option == 'o')
        load->overload = true;
    else if (option == 'l')
        wishes->lengths = true;
    else if (option == 'z')
        print_size((pid_t)strtol(optarg, NULL, 10));
    else
        bench_fail("see the head of the source", "arguments");
}

static void read_wishes(struct wishes *wishes, int argc, char **argv)
{
    static const struct option known[] = {
        {"port", required_argument, NULL, 'p'},        {"plan", required_argument, NULL, 'f'},
        {"connections", required_argument, NULL, 'c'}, {"seconds", required_argument, NULL, 's'},
        {"rate", required_argument, NULL, 'r'},        {"requests", required_argument, NULL, 'n'},
        {"cpu-of", required_argument, NULL, 'u'},      {"fresh", no_argument, NULL, 'h'},
        {"overload", no_argument, NULL, 'o'},          {"lengths", no_argument, NULL, 'l'},
        {"sizes", required_argument, NULL, 'z'},       {NULL, 0, NULL, 0},
    };
    *wishes = (struct wishes){.load = {.connections = 16, .seconds = 5}};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;)
        take(wishes, option);
    if (optind != argc || wishes->plan == NULL || wishes->load.port == 0 ||
        wishes->load.connections == 0 || wishes->load.connections > LOAD_CONNECTIONS_MAXIMUM ||
        wishes->load.seconds <= 0)
        bench_fail("see the head of the source", "arguments");
}

static void print_lengths(const struct load_plan *plan)
{
    double sum = 0;
    for (size_t i = 0; i < plan->count; i++)
        sum += (double)plan->items[i].length;
    (void)printf("%.0f\n", sum / (double)plan->count);
}

static void print_result(const struct load_result *result)
{
    struct latencies latencies = latencies_of(result->latencies, result->latency_count);
    double answers = (double)result->accepted;
    (void)printf("%.1f\t%.3f\t%.3f\t%.3f\t%.2f", answers / result->seconds, latencies.p50,
                 latencies.p99, latencies.p999, answers > 0 ? result->cpu_us / answers : 0);
    const uint64_t counts[] = {result->accepted, result->refused, result->wrong, result->dropped,
                               result->unserved, result->least,   result->most};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        (void)printf("\t%" PRIu64, counts[i]);
    (void)printf("\n");
}

/* A bench of wrong answers measures nothing. */
static bool acceptable(const struct load_options *options, const struct load_result *result)
{
    if (result->wrong > 0)
        (void)fprintf(stderr, "bench: %" PRIu64 " answers were wrong\n", result->wrong);
    if (options->overload)
        return result->wrong == 0;
    if (result->dropped > 0)
        (void)fprintf(stderr, "bench: %" PRIu64 " requests got no answer\n", result->dropped);
    if (options->rate <= 0 && result->least == 0)
        (void)fprintf(stderr, "bench: a connection got no answer at all\n");
    return result->wrong == 0 && result->dropped == 0 && (options->rate > 0 || result->least > 0);
}

int main(int argc, char **argv)
{
    struct wishes wishes;
    struct load_plan plan;
    struct load_result result;
    read_wishes(&wishes, argc, argv);
    load_plan_read(&plan, wishes.plan, wishes.load.fresh);
    if (!wishes.load.overload && !load_learn(wishes.load.port, &plan))
        return EXIT_FAILURE;
    bool good = true;
    if (wishes.lengths) {
        print_lengths(&plan);
    } else {
        load_run(&wishes.load, &plan, &result);
        good = acceptable(&wishes.load, &result) && load_confirm(wishes.load.port, &plan);
        print_result(&result);
        free(result.latencies);
    }
    load_plan_done(&plan);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
