/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * bench_suggest --config DIR [--services N] [--seed N] [--rounds N]
 *
 * What one answer of POST /v1/suggest costs without its writing: names, understanding, choosing;
 * over a catalogue of synthetic services. Every text is typed letter by letter from the second on,
 * as somebody at a keyboard does. Times are those of the processor in this thread. Nothing passes
 * or fails by time.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/machine.h"
#include "bench/statistics.h"
#include "bench/synthetic.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/match/completion.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

enum { ARENA_BYTES = 16 * 1024 * 1024, TIMES_MAXIMUM = 1 << 20 };

static const char *const texts[] = {
    "azylový dům",
    "exekuce",
    "armáda spásy",
    "poruba",
    "jekheane",
    "DCHOOO",
    "Lišřina",
    "potravinova banka",
    "poradna charita",
    "nemám dnes kde spát",
    "manžel mě bije",
    "senior expres",
    "pečovatelská služba",
    "centrum ostrava",
    "dům pro ženy",
    "alkohol",
};

struct wishes {
    const char *config;
    size_t services;
    uint64_t seed;
    size_t rounds;
};

/* The organisation of the n-th service; one that is there already only becomes newer. */
static void apply_organization(const struct synthetic *synthetic, size_t n,
                               struct catalogue *catalogue)
{
    char facts[1024];
    struct error err = {0};
    json_t *record = synthetic_record(synthetic, n);
    const json_t *organization = json_object_get(record, "organization");
    const char *key = json_string_value(json_object_get(organization, "key"));
    (void)snprintf(facts, sizeof facts, "{\"name\":\"%s\"}",
                   json_string_value(json_object_get(organization, "name")));
    const struct document_row row = {.seq = (int64_t)n + 1,
                                     .kind = DOCUMENT_ORGANIZATION,
                                     .id = uuid_of_key("organization", str_from(key)),
                                     .municipality = STR("ostrava"),
                                     .facts = str_from(facts),
                                     .body = STR("{}"),
                                     .short_form = STR("{}")};
    if (!catalogue_apply(catalogue, &row, &err))
        synthetic_fail(err.problems[0].code, err.problems[0].pointer);
    json_decref(record);
}

static struct generation *make_generation(const struct wishes *wishes,
                                          const struct knowledge *knowledge)
{
    char directory[4096];
    const struct generation_status status = {0};
    struct error err = {0};
    (void)snprintf(directory, sizeof directory, "%s/directory", wishes->config);
    struct synthetic *synthetic = synthetic_new(directory, wishes->seed, wishes->services);
    struct catalogue *catalogue = catalogue_new();
    for (size_t n = 0; n < wishes->services; n++) {
        synthetic_apply(synthetic, knowledge, n, SYNTHETIC_SMALL_BODIES, catalogue);
        apply_organization(synthetic, n, catalogue);
    }
    const double began = machine_cpu_us();
    struct generation *generation = catalogue_build(catalogue, knowledge, &status, &err);
    if (generation == NULL)
        synthetic_fail("no generation", err.problems[0].code);
    (void)printf("%zu services: generation built in %.3f s, indexes %zu MB\n", wishes->services,
                 (machine_cpu_us() - began) / 1e6, generation_index_bytes(generation) >> 20);
    catalogue_free(catalogue);
    synthetic_free(synthetic);
    return generation;
}

/* Types the text letter by letter; adds the times. */
static void type(const struct generation *generation, const char *text, struct arena *arena,
                 double *times, size_t *count)
{
    const size_t length = strlen(text);
    for (size_t end = 2; end <= length && *count < TIMES_MAXIMUM; end++) {
        struct completions completions;
        struct error err = {0};
        if (((unsigned char)text[end] & 0xc0) == 0x80)
            continue;
        const struct completion_question question = {
            .text = {text, end},
            .municipality = generation_knowledge(generation)->default_municipality,
            .limit = COMPLETION_LIMIT_MAXIMUM};
        arena_reset(arena);
        const double began = machine_cpu_us();
        if (!match_complete(generation, &question, arena, &completions, &err))
            synthetic_fail("no completion", err.problems[0].code);
        times[(*count)++] = machine_cpu_us() - began;
    }
}

static void measure(const struct wishes *wishes, const struct generation *generation)
{
    double *times = calloc(TIMES_MAXIMUM, sizeof *times);
    struct arena *arena = arena_new(ARENA_BYTES);
    size_t count = 0;
    if (times == NULL || arena == NULL)
        synthetic_fail("no memory", "");
    for (size_t round = 0; round < wishes->rounds; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            type(generation, texts[i], arena, times, &count);
    }
    const struct summary summary = summarize(times, count);
    (void)printf("%zu answers: p50 %.0f us, p99 %.0f us, mean %.0f us, worst %.0f us\n", count,
                 summary.p50, summary.p99, summary.mean, summary.worst);
    arena_free(arena);
    free(times);
}

static struct wishes read_wishes(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"services", required_argument, NULL, 'n'},
        {"seed", required_argument, NULL, 's'},
        {"rounds", required_argument, NULL, 'r'},
        {NULL, 0, NULL, 0},
    };
    struct wishes wishes = {.services = 10000, .seed = 1, .rounds = 100};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'c')
            wishes.config = optarg;
        else if (option == 'n')
            wishes.services = strtoul(optarg, NULL, 10);
        else if (option == 's')
            wishes.seed = strtoull(optarg, NULL, 10);
        else if (option == 'r')
            wishes.rounds = strtoul(optarg, NULL, 10);
        else
            synthetic_fail("wrong option", "see the head of bench_suggest.c");
    }
    if (wishes.config == NULL)
        synthetic_fail("--config is missing", "");
    return wishes;
}

int main(int argc, char **argv)
{
    const struct wishes wishes = read_wishes(argc, argv);
    const struct knowledge *knowledge = synthetic_knowledge(wishes.config);
    struct generation *generation = make_generation(&wishes, knowledge);
    measure(&wishes, generation);
    generation_free(generation);
    knowledge_release(knowledge);
    return 0;
}
