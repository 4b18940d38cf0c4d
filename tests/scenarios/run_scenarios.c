/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * scenarios --config DIR --catalogue STATEFILE [--without CONDITION | --mutate] FILE...
 *
 * Asks every question of the files and holds the answers against what is expected. The last line is
 * "N passed, N failed". With --mutate it tells whether the scenarios would notice mistakes of the
 * match (mutate.h). Exits with 1 when a scenario fails or a mutant survives, with 2 when it cannot
 * begin.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/mutate.h"
#include "scenarios/scenario.h"
#include "scenarios/world.h"
#include "sociopoint/json/parse.h"

enum { CANNOT_BEGIN = 2 };

struct request {
    const char *config;
    const char *catalogue;
    const char *without;
    bool mutate;
};

static bool read_request(int argc, char **argv, struct request *request)
{
    static const struct option known[] = {
        {"config", required_argument, NULL, 'c'},
        {"catalogue", required_argument, NULL, 's'},
        {"without", required_argument, NULL, 'w'},
        {"mutate", no_argument, NULL, 'm'},
        {NULL, 0, NULL, 0},
    };
    *request = (struct request){0};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == 'c')
            request->config = optarg;
        else if (option == 's')
            request->catalogue = optarg;
        else if (option == 'w')
            request->without = optarg;
        else if (option == 'm')
            request->mutate = true;
        else
            return false;
    }
    return request->config != NULL && request->catalogue != NULL && optind < argc;
}

static bool read_files(struct scenarios *scenarios, int argc, char **argv)
{
    bool good = true;
    for (int i = optind; i < argc; i++)
        good = scenarios_read(scenarios, argv[i]) && good;
    return good;
}

static int run_all(const struct world *world, const struct scenarios *scenarios,
                   const struct match_rules *rules)
{
    size_t passed = 0;
    for (size_t i = 0; i < scenarios->count; i++)
        passed += scenario_run(&scenarios->items[i], world, rules, stdout);
    (void)printf("%zu passed, %zu failed\n", passed, scenarios->count - passed);
    return passed == scenarios->count ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run(const struct request *request, const struct world *world,
               const struct scenarios *scenarios)
{
    struct mutant_rules mutant;
    enum match_condition condition;
    if (request->without == NULL)
        return run_all(world, scenarios, match_rules_all());
    if (!match_condition_from_key(str_from(request->without), &condition)) {
        (void)fprintf(stderr, "no such condition: %s\n", request->without);
        return CANNOT_BEGIN;
    }
    mutant_without(&mutant, condition);
    return run_all(world, scenarios, &mutant.rules);
}

/* A mutant counts as noticed when a scenario fails, so all must pass without one. */
static int run_mutants(const struct world *world, const struct scenarios *scenarios)
{
    if (run_all(world, scenarios, match_rules_all()) != EXIT_SUCCESS)
        return EXIT_FAILURE;
    return mutate(world, scenarios) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void tell(const struct error *err)
{
    for (size_t i = 0; i < err->problem_count; i++) {
        const struct problem *problem = &err->problems[i];
        (void)fprintf(stderr, "%s: %s %s %s\n", problem->pointer, problem->code,
                      problem->argument[0], problem->argument[1]);
    }
}

int main(int argc, char **argv)
{
    struct request request;
    struct world world;
    struct error err = {0};
    if (!read_request(argc, argv, &request)) {
        (void)fprintf(stderr, "usage: scenarios --config DIR --catalogue STATEFILE "
                              "[--without CONDITION | --mutate] FILE...\n");
        return CANNOT_BEGIN;
    }
    json_start();
    struct scenarios *scenarios CLEANUP(scenarios_freep) = scenarios_new();
    if (scenarios == NULL || !read_files(scenarios, argc, argv))
        return CANNOT_BEGIN;
    int status = CANNOT_BEGIN;
    if (!world_open(request.config, request.catalogue, &world, &err))
        tell(&err);
    else if (scenarios_furnish(scenarios, &world))
        status = request.mutate ? run_mutants(&world, scenarios) : run(&request, &world, scenarios);
    world_close(&world);
    return status;
}
