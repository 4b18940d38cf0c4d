/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * bench_match --config DIR [--sizes N,N...] [--seed N] [--questions N] [--rounds N] [--short]
 *
 * What one match costs: candidates, ranking and reasons, by the matcher alone, over catalogues of
 * synthetic services, and how that grows with their number. One round asks every question once,
 * those of all situations mixed, so that no question finds what it reads in the nearest cache
 * because it was asked just now. Times are those of the processor in this thread, without what it
 * takes to read its clock; a question's cost is the median of its rounds, and the spread of the
 * rounds tells how much else the machine had to do. Nothing passes or fails by time; what does fail
 * is an answer that differs from that of
 * weighing every candidate by itself.
 *
 * From 1,000,000 services on, bodies have two bytes and fewer answers are compared. --short: a few
 * questions, to see it run.
 */
#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/machine.h"
#include "bench/questions.h"
#include "bench/random.h"
#include "bench/statistics.h"
#include "bench/synthetic.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/match_index.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/rules.h"
#include "sociopoint/rest/rest.h"

enum {
    SIZES_MAXIMUM = 8,
    ROUNDS_MAXIMUM = 101,
    ARENA_BYTES = 4 * 1024 * 1024,
    LARGE = 1000000,
    COMPARED_OF_LARGE = 10, /* one in so many */
    CLOCK_READINGS = 1001
};

struct wishes {
    const char *config;
    const char *commit; /* to be printed */
    size_t sizes[SIZES_MAXIMUM];
    size_t size_count;
    uint64_t seed;
    size_t questions; /* of each situation */
    size_t rounds;
};

/* One question with its times and what it costs. */
struct asked {
    struct match_question question;
    struct match_resolved resolved;
    size_t situation;
    double times[ROUNDS_MAXIMUM]; /* microseconds */
    double cost;                  /* the median of the times */
    size_t arena_bytes;
};

/* What is told of one size in the end. */
struct growth {
    size_t services;
    struct summary costs;
    double build_seconds;
    double index_bytes; /* of a service */
};

struct bench {
    const struct wishes *wishes;
    struct growth *growth;
    const struct knowledge *knowledge;
    struct generation *generation;
    struct arena *questions_arena;
    struct arena *arena; /* of the match, used again as a server's worker does */
    struct asked *asked;
    size_t *order; /* in which a round asks them */
    size_t count;
    double clock_us; /* what measuring itself takes */
    double round_means[ROUNDS_MAXIMUM];
    size_t heap_calls_bytes; /* by which the heap has grown over all timed matches */
};

/* --- The catalogue ----------------------------------------------------------------------------- */

/* The generation with the time it took, in `growth`, which says how many services there are. */
static struct generation *make_generation(const struct wishes *wishes,
                                          const struct knowledge *knowledge, struct growth *growth)
{
    const size_t services = growth->services;
    char directory[4096];
    const struct generation_status status = {0};
    struct error err = {0};
    (void)snprintf(directory, sizeof directory, "%s/directory", wishes->config);
    struct synthetic *synthetic = synthetic_new(directory, wishes->seed, services);
    struct catalogue *catalogue = catalogue_new();
    double began = machine_cpu_us();
    for (size_t n = 0; n < services; n++)
        synthetic_apply(synthetic, knowledge, n,
                        services < LARGE ? SYNTHETIC_REAL_BODIES : SYNTHETIC_SMALL_BODIES,
                        catalogue);
    double filled = machine_cpu_us();
    struct generation *generation = catalogue_build(catalogue, knowledge, &status, &err);
    if (generation == NULL || !match_prepare(generation, &err))
        synthetic_fail("no generation", err.problems[0].code);
    growth->build_seconds = (machine_cpu_us() - filled) / 1e6;
    growth->index_bytes = (double)generation_index_bytes(generation) / (double)services;
    (void)printf(
        "\n%zu services: made and applied in %.1f s, generation built in %.3f s; documents "
        "%zu MB, indexes %.0f bytes a service\n",
        services, (filled - began) / 1e6, growth->build_seconds,
        generation_document_bytes(generation) >> 20, growth->index_bytes);
    catalogue_free(catalogue);
    synthetic_free(synthetic);
    return generation;
}

/* --- The questions ----------------------------------------------------------------------------- */

static void make_question(struct bench *bench, size_t i)
{
    struct asked *asked = &bench->asked[i];
    struct error err = {0};
    asked->situation = i / bench->wishes->questions;
    question_make(bench->knowledge, asked->situation, i % bench->wishes->questions,
                  bench->wishes->seed, &asked->question);
    if (!match_resolve(bench->knowledge, &asked->question, bench->questions_arena, &asked->resolved,
                       &err))
        synthetic_fail(err.problems[0].code, err.problems[0].pointer);
}

/* What reading the clock twice takes, with nothing between. */
static double clock_cost(void)
{
    double costs[CLOCK_READINGS];
    for (size_t i = 0; i < CLOCK_READINGS; i++) {
        const double began = machine_cpu_us();
        costs[i] = machine_cpu_us() - began;
    }
    return percentile(costs, CLOCK_READINGS, 0.5);
}

static void bench_init(struct bench *bench, const struct wishes *wishes,
                       const struct knowledge *knowledge, struct growth *growth)
{
    struct random random = {wishes->seed};
    size_t count = knowledge->situation_count * wishes->questions;
    *bench = (struct bench){
        .wishes = wishes,
        .knowledge = knowledge,
        .growth = growth,
        .generation = make_generation(wishes, knowledge, growth),
        .questions_arena = arena_new((size_t)1 << 30),
        .arena = arena_new(ARENA_BYTES),
        .asked = calloc(count, sizeof *bench->asked),
        .order = calloc(count, sizeof *bench->order),
        .count = count,
        .clock_us = clock_cost(),
    };
    if (bench->questions_arena == NULL || bench->arena == NULL || bench->asked == NULL ||
        bench->order == NULL)
        synthetic_fail("no memory", "questions");
    for (size_t i = 0; i < count; i++) {
        make_question(bench, i);
        size_t other = random_below(&random, i + 1);
        bench->order[i] = bench->order[other];
        bench->order[other] = i;
    }
}

static void bench_done(struct bench *bench)
{
    free(bench->order);
    free(bench->asked);
    arena_free(bench->arena);
    arena_free(bench->questions_arena);
    generation_free(bench->generation);
}

/* --- The short way and the long one ------------------------------------------------------------ */

static bool same_result(const struct match_result *left, const struct match_result *right)
{
    return left->entry == right->entry && left->score == right->score &&
           left->situations == right->situations && left->reason_count == right->reason_count;
}

static bool same_answer(const struct match_answer *left, const struct match_answer *right)
{
    bool same = left->result_count == right->result_count && left->ask_count == right->ask_count &&
                left->near_miss_count == right->near_miss_count &&
                left->suggestion_count == right->suggestion_count;
    for (size_t i = 0; same && i < left->result_count; i++)
        same = same_result(&left->results[i], &right->results[i]);
    for (size_t i = 0; same && i < left->near_miss_count; i++)
        same = left->near_misses[i].entry == right->near_misses[i].entry;
    for (size_t i = 0; same && i < left->suggestion_count; i++)
        same = left->suggestions[i].services == right->suggestions[i].services;
    return same;
}

/* Every question must be answered as if every candidate had been weighed by itself. */
static void verify(struct bench *bench)
{
    const size_t step = bench->growth->services < LARGE ? 1 : COMPARED_OF_LARGE;
    struct match_rules long_way = *match_rules_all();
    long_way.order |= ORDER_EXHAUSTIVE;
    for (size_t i = 0; i < bench->count; i += step) {
        const struct match_resolved *question = &bench->asked[i].resolved;
        struct match_answer fast;
        struct match_answer slow;
        struct error err = {0};
        arena_reset(bench->arena);
        if (!match_run(bench->generation, question, match_rules_all(), bench->arena, &fast, &err) ||
            !match_run(bench->generation, question, &long_way, bench->arena, &slow, &err))
            synthetic_fail("no answer", err.problems[0].code);
        if (!same_answer(&fast, &slow))
            synthetic_fail("a bound is too low: another answer to a question about",
                           bench->knowledge->situations[bench->asked[i].situation].term.key.data);
    }
    (void)printf("%zu questions: the same answers as when every candidate is weighed\n",
                 (bench->count + step - 1) / step);
}

/* --- Measuring --------------------------------------------------------------------------------- */

static double ask(struct bench *bench, struct asked *asked)
{
    struct match_answer answer;
    struct error err = {0};
    arena_reset(bench->arena);
    double began = machine_cpu_us();
    bool answered = match_run(bench->generation, &asked->resolved, match_rules_all(), bench->arena,
                              &answer, &err);
    double ended = machine_cpu_us();
    if (!answered)
        synthetic_fail("no answer", err.problems[0].code);
    asked->arena_bytes = arena_used(bench->arena);
    return ended - began - bench->clock_us;
}

static void measure(struct bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) /* warms up, and lets the arena grow */
        (void)ask(bench, &bench->asked[bench->order[i]]);
    size_t heap = mallinfo2().uordblks;
    for (size_t round = 0; round < bench->wishes->rounds; round++) {
        for (size_t i = 0; i < bench->count; i++) {
            struct asked *asked = &bench->asked[bench->order[i]];
            asked->times[round] = ask(bench, asked);
            bench->round_means[round] += asked->times[round] / (double)bench->count;
        }
    }
    bench->heap_calls_bytes = mallinfo2().uordblks - heap;
    for (size_t i = 0; i < bench->count; i++)
        bench->asked[i].cost = percentile(bench->asked[i].times, bench->wishes->rounds, 0.5);
}

/* --- Telling ----------------------------------------------------------------------------------- */

static size_t count_named(const struct match_candidates *candidates)
{
    size_t named = 0;
    for (size_t i = 0; i < candidates->count; i++)
        named += candidates->items[i].strength == STRENGTH_NAMED;
    return named;
}

static void print_line(const struct bench *bench, size_t situation, const struct summary *costs)
{
    const struct match_index *index = generation_match_index(bench->generation);
    struct str key = bench->knowledge->situations[situation].term.key;
    size_t named = count_named(&index->candidates[situation]);
    (void)printf("%-28.*s %7zu %7zu %8.1f %8.1f %8.1f %8.1f\n", STR_ARGUMENTS(key), named,
                 index->candidates[situation].count - named, costs->mean, costs->p50, costs->p99,
                 costs->worst);
}

static void print_situations(const struct bench *bench)
{
    double costs[1024];
    size_t questions = bench->wishes->questions;
    (void)printf("%-28s %7s %7s %8s %8s %8s %8s\n", "situation (us)", "named", "by kind", "mean",
                 "p50", "p99", "worst");
    for (size_t s = 0; s < bench->knowledge->situation_count; s++) {
        for (size_t q = 0; q < questions; q++)
            costs[q] = bench->asked[s * questions + q].cost;
        struct summary summary = summarize(costs, questions);
        print_line(bench, s, &summary);
    }
}

/* What questions of a kind have to do with; the first that fits a question is its kind. */
struct question_kind {
    const char *name;
    bool (*is)(const struct match_resolved *question);
};

static bool says_position(const struct match_resolved *question)
{
    return question->located;
}

static bool says_time(const struct match_resolved *question)
{
    return question->open_asked;
}

static bool says_several(const struct match_resolved *question)
{
    return question->situation_count > 1;
}

static bool says_one(const struct match_resolved *question)
{
    return question->situation_count == 1;
}

static const struct question_kind kinds[] = {
    {"with a position", says_position},
    {"with a time", says_time},
    {"several situations, neither of these", says_several},
    {"one situation, neither of these", says_one},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static size_t kind_of(const struct match_resolved *question)
{
    size_t kind = 0;
    while (!kinds[kind].is(question))
        kind++;
    return kind;
}

static struct summary print_costs(const char *name, double *costs, size_t count)
{
    struct summary all = summarize(costs, count);
    (void)printf("%-38s %5zu %8.1f %8.1f %8.1f %8.1f\n", name, count, all.mean, all.p50, all.p99,
                 all.worst);
    return all;
}

/* What questions cost, by their kind and all together. */
static void print_kinds(const struct bench *bench)
{
    double *costs = calloc(bench->count, sizeof *costs);
    if (costs == NULL)
        synthetic_fail("no memory", "summary");
    (void)printf("%-38s %5s %8s %8s %8s %8s\n", "questions (us)", "count", "mean", "p50", "p99",
                 "worst");
    for (size_t kind = 0; kind <= KINDS; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < bench->count; i++) {
            if (kind == KINDS || kind_of(&bench->asked[i].resolved) == kind)
                costs[count++] = bench->asked[i].cost;
        }
        if (count > 0)
            bench->growth->costs =
                print_costs(kind == KINDS ? "all questions" : kinds[kind].name, costs, count);
    }
    free(costs);
}

/* How far the rounds agree, and how much a match takes of the arena and the heap. */
static void print_spread(struct bench *bench)
{
    double *bytes = calloc(bench->count, sizeof *bytes);
    if (bytes == NULL)
        synthetic_fail("no memory", "summary");
    for (size_t i = 0; i < bench->count; i++)
        bytes[i] = (double)bench->asked[i].arena_bytes;
    struct summary arena = summarize(bytes, bench->count);
    struct summary rounds = summarize(bench->round_means, bench->wishes->rounds);
    (void)printf("the clock takes %.2f us, which are taken off\n", bench->clock_us);
    (void)printf("spread: means of the %zu rounds from %.1f to %.1f us, median %.1f\n",
                 bench->wishes->rounds, bench->round_means[0], rounds.worst, rounds.p50);
    (void)printf("memory per match: %.0f bytes of the arena, at most %.0f; heap %zu bytes\n",
                 arena.mean, arena.worst, bench->heap_calls_bytes);
    free(bytes);
}

static void print_growth(const struct growth *growth, size_t count)
{
    (void)printf("\n%-12s %8s %8s %8s %8s %10s %14s\n", "services", "mean us", "p50", "p99",
                 "worst", "build s", "bytes each");
    for (size_t i = 0; i < count; i++)
        (void)printf("%-12zu %8.1f %8.1f %8.1f %8.1f %10.3f %14.0f\n", growth[i].services,
                     growth[i].costs.mean, growth[i].costs.p50, growth[i].costs.p99,
                     growth[i].costs.worst, growth[i].build_seconds, growth[i].index_bytes);
}

/* --- The program ------------------------------------------------------------------------------- */

/* "1000,10000"; false when it is not that. */
static bool take_sizes(struct wishes *wishes, const char *text)
{
    char *end = NULL;
    wishes->size_count = 0;
    do {
        if (wishes->size_count == SIZES_MAXIMUM)
            return false;
        size_t size = strtoul(text, &end, 10);
        if (end == text || size == 0)
            return false;
        wishes->sizes[wishes->size_count++] = size;
        text = end + 1;
    } while (*end == ',');
    return *end == '\0';
}

static bool take(struct wishes *wishes, int option)
{
    if (option == 'c')
        wishes->config = optarg;
    else if (option == 'g')
        wishes->commit = optarg;
    else if (option == 'n')
        return take_sizes(wishes, optarg);
    else if (option == 's')
        wishes->seed = strtoull(optarg, NULL, 10);
    else if (option == 'q')
        wishes->questions = strtoul(optarg, NULL, 10);
    else if (option == 'r')
        wishes->rounds = strtoul(optarg, NULL, 10);
    else if (option == 'x')
        *wishes = (struct wishes){.config = wishes->config,
                                  .commit = wishes->commit,
                                  .sizes = {2000},
                                  .size_count = 1,
                                  .seed = 1,
                                  .questions = 4,
                                  .rounds = 3};
    else
        return false;
    return true;
}

static bool read_wishes(int argc, char **argv, struct wishes *wishes)
{
    static const struct option known[] = {
        {"config", required_argument, NULL, 'c'},    {"commit", required_argument, NULL, 'g'},
        {"sizes", required_argument, NULL, 'n'},     {"seed", required_argument, NULL, 's'},
        {"questions", required_argument, NULL, 'q'}, {"rounds", required_argument, NULL, 'r'},
        {"short", no_argument, NULL, 'x'},           {NULL, 0, NULL, 0},
    };
    *wishes = (struct wishes){.config = "config",
                              .commit = "not told",
                              .sizes = {1000, 10000, 100000},
                              .size_count = 3,
                              .seed = 1,
                              .questions = 32,
                              .rounds = 15};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (!take(wishes, option))
            return false;
    }
    return optind == argc && wishes->questions >= 1 && wishes->questions <= 1024 &&
           wishes->rounds >= 1 && wishes->rounds <= ROUNDS_MAXIMUM;
}

int main(int argc, char **argv)
{
    struct wishes wishes;
    struct growth growth[SIZES_MAXIMUM];
    if (!read_wishes(argc, argv, &wishes)) {
        (void)fprintf(stderr, "usage: bench_match --config DIR [--sizes N,N...] [--seed N] "
                              "[--questions N] [--rounds N] [--short] [--commit TEXT]\n");
        return 2;
    }
    json_start();
    machine_print(wishes.commit);
    (void)printf("questions %zu of each situation, %zu rounds, seed %llu\n", wishes.questions,
                 wishes.rounds, (unsigned long long)wishes.seed);
    const struct knowledge *knowledge = synthetic_knowledge(wishes.config);
    for (size_t i = 0; i < wishes.size_count; i++) {
        struct bench bench;
        growth[i] = (struct growth){.services = wishes.sizes[i]};
        bench_init(&bench, &wishes, knowledge, &growth[i]);
        verify(&bench);
        measure(&bench);
        print_situations(&bench);
        print_kinds(&bench);
        print_spread(&bench);
        bench_done(&bench);
    }
    print_growth(growth, wishes.size_count);
    knowledge_release(knowledge);
    return 0;
}
